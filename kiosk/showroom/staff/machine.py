"""What staff do with the machine: clean, test, measure or dim its screen; restart or leave it."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation.brightness import LEAST_PERCENT, BrightnessRefused, Panel, find_panel
from kiosk.showroom.staff.work import Work
from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Question = Literal["", "restart", "leave"]

STEP_PERCENT = 5


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffMachineViewModel(QObject):
    """What ends the kiosk is asked for twice."""

    changed = Signal()
    cleaning = Signal()
    toolOpened = Signal(str)
    restarting = Signal()
    leaving = Signal()
    panelChanged = Signal()

    def __init__(self, work: Work, *, can_leave: bool, parent: QObject | None = None) -> None:
        """`can_leave`: not where a service manager would start it again at once."""
        super().__init__(parent)
        self._work = work
        self._can_leave = can_leave
        self._asked: Question = ""
        self._panel: Panel | None = None
        self._brightness = self._actual_brightness = 0
        self._is_setting = False
        self._message = ""
        work.run(_look, self._show_panel)

    # The panel

    def _show_panel(self, found: tuple[Panel, int] | None) -> None:
        if found is not None:
            self._panel, self._actual_brightness = found
            self._brightness = self._actual_brightness
            self.panelChanged.emit()

    @Slot(float)
    def setBrightness(self, percent: float) -> None:
        """Set the panel; what is asked for meanwhile is set after it."""
        wanted = min(max(round(percent), LEAST_PERCENT), 100)
        if self._panel is not None and wanted != self._brightness:
            self._brightness, self._message = wanted, ""
            self.panelChanged.emit()
            self._set_panel()

    @Slot(int)
    def stepBrightness(self, count: int) -> None:
        """By so many steps."""
        self.setBrightness(self._brightness + count * STEP_PERCENT)

    def _set_panel(self) -> None:
        panel, wanted = self._panel, self._brightness
        if panel is not None and not self._is_setting:
            self._is_setting = True
            job = partial(_set, panel, wanted)
            self._work.run(job, partial(self._on_set, wanted), partial(self._on_bug, wanted))

    def _on_set(self, wanted: int, outcome: tuple[str, int | None]) -> None:
        refusal, percent = outcome
        if percent is not None:
            self._actual_brightness = percent
        self._go_on(wanted, f"{refusal[:1].upper()}{refusal[1:]}." if refusal else "")

    def _on_bug(self, wanted: int, _: Exception) -> None:
        self._go_on(wanted, "This could not be done; ask for help.")

    def _go_on(self, wanted: int, message: str) -> None:
        """With what was asked for meanwhile, or back to how bright the panel really is."""
        self._is_setting = False
        if wanted != self._brightness:
            self._set_panel()
        elif message:
            self._brightness, self._message = self._actual_brightness, message
            self.panelChanged.emit()

    @Property(bool, notify=panelChanged)
    def hasBrightness(self) -> bool:
        """Whether the panel can be set here."""
        return self._panel is not None

    @Property(float, notify=panelChanged)
    def brightness(self) -> float:
        """In percent."""
        return float(self._brightness)

    @Property(float, constant=True)
    def leastBrightness(self) -> float:
        return float(LEAST_PERCENT)

    @Property(float, constant=True)
    def brightnessStep(self) -> float:
        return float(STEP_PERCENT)

    @Property(str, notify=panelChanged)
    def message(self) -> str:
        """Why the panel could not be set."""
        return self._message

    # What is done once

    @Slot()
    def clean(self) -> None:
        """Let touches do nothing for a while."""
        self.cleaning.emit()

    @Slot(str)
    def open(self, tool: str) -> None:
        """Open what takes the screen to itself, by the name of its phase."""
        self.toolOpened.emit(tool)

    @Slot()
    def restart(self) -> None:
        """Start the kiosk anew; the first time asks."""
        if self._is_confirmed("restart"):
            self.restarting.emit()

    @Slot()
    def leave(self) -> None:
        """End the kiosk; the first time asks."""
        if self._can_leave and self._is_confirmed("leave"):
            self.leaving.emit()

    def _is_confirmed(self, what: Question) -> bool:
        """Whether it was asked for before; it is now."""
        before, self._asked = self._asked, what
        self.changed.emit()
        return before == what

    @Property(bool, constant=True)
    def canLeave(self) -> bool:
        return self._can_leave

    @Property(str, notify=changed)
    def asked(self) -> str:
        """What waits to be confirmed: `restart`, `leave` or nothing."""
        return self._asked


def _look() -> tuple[Panel, int] | None:
    panel = find_panel()
    percent = None if panel is None else panel.read()
    return None if panel is None or percent is None else (panel, percent)


def _set(panel: Panel, percent: int) -> tuple[str, int | None]:
    """Why it could not be set, empty if it was; and how bright it is now, if that is known."""
    try:
        panel.set(percent)
    except BrightnessRefused as error:
        return str(error), panel.read()
    return "", percent
