"""What staff do with the machine: clean, test, measure or dim its screen; restart or leave it."""

from __future__ import annotations

from functools import partial
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation.brightness import LEAST_PERCENT, BrightnessRefused, Panel, find_panel
from kiosk.refused import as_sentence
from kiosk.showroom.staff.services import StaffServices
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Question = Literal["", "restart", "leave"]

STEP_PERCENT = 5


class MachineState(NamedTuple):
    """How bright the panel is, where it can be set, and what staff were asked."""

    can_leave: bool
    asked: Question = ""
    """What waits to be confirmed."""
    has_brightness: bool = False
    brightness: float = 0
    """In percent."""
    message: str = ""
    """Why the panel could not be set."""


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffMachineViewModel(RowViewModel):
    """What ends the kiosk is asked for twice."""

    changed = Signal()
    cleaning = Signal()
    toolOpened = Signal(str)
    """What takes the screen to itself, by the name of its phase."""
    restarting = Signal()
    leaving = Signal()
    row: MachineState

    def __init__(self, services: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(MachineState(services.can_leave), parent)
        self._work = services.work
        self._panel: Panel | None = None
        self._actual_brightness = 0
        self._is_setting = False
        self._work.run(_look, self._show_panel)

    # The panel

    def _show_panel(self, found: tuple[Panel, int] | None) -> None:
        if found is not None:
            self._panel, self._actual_brightness = found
            self.update(has_brightness=True, brightness=self._actual_brightness)

    @Slot(float)
    def setBrightness(self, percent: float) -> None:
        """Set the panel; what is asked for meanwhile is set after it."""
        wanted = min(max(round(percent), LEAST_PERCENT), 100)
        if self._panel is not None and wanted != self.row.brightness:
            self.update(brightness=wanted, message="")
            self._set_panel(self._panel, wanted)

    @Slot(int)
    def stepBrightness(self, count: int) -> None:
        """By so many steps."""
        self.setBrightness(self.row.brightness + count * STEP_PERCENT)

    def _set_panel(self, panel: Panel, wanted: int) -> None:
        if not self._is_setting:
            self._is_setting = True
            self._work.run(
                partial(_set, panel, wanted),
                partial(self._on_set, panel, wanted),
                partial(self._go_on, panel, wanted),
            )

    def _on_set(self, panel: Panel, wanted: int, outcome: tuple[str, int | None]) -> None:
        refusal, percent = outcome
        if percent is not None:
            self._actual_brightness = percent
        self._go_on(panel, wanted, as_sentence(refusal))

    def _go_on(self, panel: Panel, wanted: int, message: str) -> None:
        """With what was asked for meanwhile, or back to how bright the panel really is."""
        self._is_setting = False
        if wanted != self.row.brightness:
            self._set_panel(panel, round(self.row.brightness))
        elif message:
            self.update(brightness=self._actual_brightness, message=message)

    @Property(float, constant=True)
    def leastBrightness(self) -> float:
        return float(LEAST_PERCENT)

    @Property(float, constant=True)
    def brightnessStep(self) -> float:
        return float(STEP_PERCENT)

    # What ends the kiosk

    @Slot()
    def restart(self) -> None:
        """Start the kiosk anew; the first time asks."""
        if self._is_confirmed("restart"):
            self.restarting.emit()

    @Slot()
    def leave(self) -> None:
        """End the kiosk; the first time asks."""
        if self.row.can_leave and self._is_confirmed("leave"):
            self.leaving.emit()

    def _is_confirmed(self, what: Question) -> bool:
        """Whether it was asked for before; it is now."""
        before = self.row.asked
        self.update(asked=what)
        return before == what


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
