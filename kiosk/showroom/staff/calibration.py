"""Measuring the screen with a bank card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation.screen_measure import (
    CARD_HEIGHT_MM,
    CARD_WIDTH_MM,
    ScreenMeasure,
    read_screen_measure,
    write_screen_measure,
)
from kiosk.operation.showroom_clock import showroom_clock
from kiosk.showroom.staff.work import Work
from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

LEAST_SHARE, MOST_SHARE = 0.05, 0.7
"""Of the screen's shorter side: a card on screens of 7 to 100 inches."""
FIRST_SHARE = 0.3
"""About that of a 24-inch screen."""


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffCalibrationViewModel(QObject):
    """The outline begins as wide as it was measured before."""

    changed = Signal()
    done = Signal()

    def __init__(self, data: Path, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._work = work
        self._measure: ScreenMeasure | None = None
        self._message = ""
        self._is_busy = False

    @Slot(float, float, float, float)
    def fit(self, width: float, height: float, button: float, letter: float) -> None:
        """Lengths in pixels: of the screen, its smallest button and its smallest capital letter."""
        before = read_screen_measure(self._data)
        card = FIRST_SHARE * min(width, height)
        if before is not None and (before.width, before.height) == (width, height):
            card = before.card
        self._measure = ScreenMeasure(width, height, round(card), button, letter, date.min)
        self.changed.emit()

    @Slot(float)
    def setCard(self, width: float) -> None:
        """So wide is the outline now; whole pixels, within bounds."""
        if self._measure is None:
            return
        card = min(max(round(width), self.leastCard), self.mostCard)
        if card != self._measure.card:
            self._measure = replace(self._measure, card=card)
            self.changed.emit()

    @Slot(int)
    def step(self, count: int) -> None:
        """So many pixels wider, or narrower."""
        self.setCard(self.card + count)

    @Slot()
    def save(self) -> None:
        """Keep it, and end."""
        measure = self._measure
        if measure is not None and not self._is_busy:
            self._is_busy = True
            self._work.run(_saving(self._data, measure), self._on_saved, self._fail)

    def _on_saved(self, refusal: str) -> None:
        self._is_busy = False
        if refusal:
            self._message = refusal
            self.changed.emit()
        else:
            self.done.emit()

    def _fail(self, _: Exception) -> None:
        self._on_saved("This could not be done; ask for help.")

    @Slot()
    def cancel(self) -> None:
        """End, and keep nothing."""
        self.done.emit()

    @Property(float, notify=changed)
    def card(self) -> float:
        """Its width on the screen, in pixels."""
        return self._measure.card if self._measure is not None else 0.0

    @Property(float, notify=changed)
    def cardHeight(self) -> float:
        return self.card * CARD_HEIGHT_MM / CARD_WIDTH_MM

    @Property(float, notify=changed)
    def leastCard(self) -> float:
        return float(round(LEAST_SHARE * self._shorter_side()))

    @Property(float, notify=changed)
    def mostCard(self) -> float:
        return float(round(MOST_SHARE * self._shorter_side()))

    def _shorter_side(self) -> float:
        return min(self._measure.width, self._measure.height) if self._measure is not None else 0.0

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What the width means."""
        return f"{self._measure.describe()}." if self._measure is not None else ""

    @Property(str, notify=changed)
    def message(self) -> str:
        """Why it could not be saved."""
        return self._message


def _saving(data: Path, measure: ScreenMeasure) -> Callable[[], str]:
    def save() -> str:
        today = showroom_clock(data).now().date()
        try:
            write_screen_measure(data, replace(measure, measured_on=today))
        except OSError as error:
            return (
                f"It cannot be stored ({error.strerror}); free some space on the disk, or fix the"
                " data folder's permissions."
            )
        return ""

    return save
