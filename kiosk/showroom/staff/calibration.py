"""Measuring the screen with a bank card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

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
from kiosk.showroom.staff.services import StaffServices
from kiosk.toolkit.qt import QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

LEAST_SHARE, MOST_SHARE = 0.05, 0.7
"""Of the screen's shorter side: a card on screens of 7 to 100 inches."""
FIRST_SHARE = 0.3
"""About that of a 24-inch screen."""


class CalibrationState(NamedTuple):
    """The outline on the screen, in pixels, and what its width means."""

    card: float = 0.0
    card_height: float = 0.0
    least_card: float = 0.0
    most_card: float = 0.0
    sentence: str = ""
    message: str = ""
    """Why it could not be saved."""


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffCalibrationViewModel(RowViewModel):
    """The outline begins as wide as it was measured before."""

    changed = Signal()
    done = Signal()
    row: CalibrationState

    def __init__(self, services: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(CalibrationState(), parent)
        self._data = services.data
        self._work = services.work
        self._measure: ScreenMeasure | None = None
        self._is_busy = False

    @Slot(float, float, float, float)
    def fit(self, width: float, height: float, button: float, letter: float) -> None:
        """Lengths in pixels: of the screen, its smallest button and its smallest capital letter."""
        before = read_screen_measure(self._data)
        shorter = min(width, height)
        card = FIRST_SHARE * shorter
        if before is not None and (before.width, before.height) == (width, height):
            card = before.card
        self.update(least_card=round(LEAST_SHARE * shorter), most_card=round(MOST_SHARE * shorter))
        self._take(ScreenMeasure(width, height, round(card), button, letter, date.min))

    @Slot(float)
    def setCard(self, width: float) -> None:
        """So wide is the outline now; whole pixels, within bounds."""
        if self._measure is not None:
            card = min(max(round(width), self.row.least_card), self.row.most_card)
            self._take(replace(self._measure, card=card))

    def _take(self, measure: ScreenMeasure) -> None:
        self._measure = measure
        self.update(
            card=measure.card,
            card_height=measure.card * CARD_HEIGHT_MM / CARD_WIDTH_MM,
            sentence=f"{measure.describe()}.",
        )

    @Slot(int)
    def step(self, count: int) -> None:
        """So many pixels wider, or narrower."""
        self.setCard(self.row.card + count)

    @Slot()
    def save(self) -> None:
        """Keep it, and end."""
        if self._measure is not None and not self._is_busy:
            self._is_busy = True
            job = partial(_save, self._data, self._measure)
            self._work.run(job, self._on_saved, self._on_saved)

    def _on_saved(self, refusal: str) -> None:
        self._is_busy = False
        self.update(message=refusal)
        if not refusal:
            self.done.emit()


def _save(data: Path, measure: ScreenMeasure) -> str:
    """Returns why it could not be saved."""
    today = showroom_clock(data).now().date()
    try:
        write_screen_measure(data, replace(measure, measured_on=today))
    except OSError as error:
        return (
            f"It cannot be stored ({error.strerror}); free some space on the disk, or fix the"
            " data folder's permissions."
        )
    return ""
