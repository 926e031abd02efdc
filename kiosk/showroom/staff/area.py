"""The staff area itself: locked, open at one of its sections, or closed for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation.status import Status
from kiosk.showroom.staff.calibration import StaffCalibrationViewModel
from kiosk.showroom.staff.content import StaffContentViewModel
from kiosk.showroom.staff.health import StaffHealthViewModel
from kiosk.showroom.staff.machine import StaffMachineViewModel
from kiosk.showroom.staff.pin_pad import PinPadViewModel
from kiosk.showroom.staff.screen_patterns import StaffScreenTestViewModel
from kiosk.showroom.staff.services import StaffServices
from kiosk.showroom.staff.signups import StaffSignupsViewModel
from kiosk.showroom.staff.touch_trail import StaffTouchTestViewModel
from kiosk.showroom.staff.usage import StaffUsageViewModel
from kiosk.showroom.staff.words import DEFAULT_WORDS, StaffTexts
from kiosk.showroom.staff.work import Work
from kiosk.showroom.touch.activity import ACTIVITIES
from kiosk.showroom.viewmodels.session import seconds_since_boot
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.runner import Runner
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Phase = Literal["locked", "open", "cleaning", "screenTest", "touchTest", "calibration"]
Section = (
    StaffHealthViewModel
    | StaffContentViewModel
    | StaffSignupsViewModel
    | StaffUsageViewModel
    | StaffMachineViewModel
)
Tool = StaffScreenTestViewModel | StaffTouchTestViewModel | StaffCalibrationViewModel

SECTIONS: dict[str, type[Section]] = {
    "health": StaffHealthViewModel,
    "content": StaffContentViewModel,
    "signups": StaffSignupsViewModel,
    "usage": StaffUsageViewModel,
    "machine": StaffMachineViewModel,
}
SECTION_NAMES = tuple(SECTIONS)
TOOLS: dict[Phase, type[Tool]] = {
    "screenTest": StaffScreenTestViewModel,
    "touchTest": StaffTouchTestViewModel,
    "calibration": StaffCalibrationViewModel,
}
IDLE_SECONDS = 60
"""Without a touch; whoever comes next is a visitor."""
LONGEST_EXPORT_SECONDS = 600
CLEANING_SECONDS = 60
SLACK_SECONDS = 5
"""A timer is late on a busy machine; only sleep makes it later than this."""


class SectionRow(NamedTuple):
    """A tab."""

    name: str


TABS = tuple(SectionRow(getattr(DEFAULT_WORDS, name)) for name in SECTIONS)


class AreaState(NamedTuple):
    """What is in front."""

    sections: tuple[SectionRow, ...] = TABS
    phase: Phase = "locked"
    current: int = 0
    """The section's tab."""
    seconds_left: int = CLEANING_SECONDS
    """Of cleaning."""


@QmlElement
@QmlUncreatable("one while the staff area is open")
class StaffViewModel(RowViewModel):
    """Closes by itself; a section lives while it is in front."""

    changed = Signal()
    closed = Signal()
    restarting = Signal()
    leaving = Signal()
    row: AreaState

    def __init__(
        self,
        data: Path,
        runner: Runner,
        may_choose_pin: Callable[[], bool],
        read_status: Callable[[], Status],
        *,
        can_leave: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(AreaState(), parent)
        self._runner = runner
        self._services = StaffServices(data, Work(runner), DEFAULT_WORDS, read_status, can_leave)
        self._words = StaffTexts(DEFAULT_WORDS, self)
        self._pad: PinPadViewModel | None = PinPadViewModel(self._services, may_choose_pin, self)
        self._pad.opened.connect(self._unlock)
        self._section: Section | None = None
        self._tool: Tool | None = None
        self._last_touch = seconds_since_boot()
        self._idle = QTimer(self, singleShot=True, interval=1000 * IDLE_SECONDS)
        self._idle.timeout.connect(self._on_idle)
        self._idle.start()
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._count_down)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the window: every touch keeps it open, unless it comes too late.

        While the screen is wiped, none does anything.
        """
        if event.type() in ACTIVITIES:
            if self.row.phase == "cleaning":
                return True
            if self._paused() >= IDLE_SECONDS + SLACK_SECONDS and not self._is_busy():
                self.close()  # the machine has slept meanwhile
                return True
            self._last_touch = seconds_since_boot()
            self._idle.start()
        return False

    @Slot()
    def _on_idle(self) -> None:
        if self._is_busy() and self._paused() < LONGEST_EXPORT_SECONDS:
            self._idle.start()
        else:
            self.close()

    def _is_busy(self) -> bool:
        """What staff have asked for is seen to its end, unless the stick hangs."""
        section = self._section
        if isinstance(section, StaffContentViewModel):
            return section.stick.isBusy
        return isinstance(section, StaffSignupsViewModel) and section.row.is_exporting

    def _paused(self) -> float:
        return seconds_since_boot() - self._last_touch

    @Slot()
    def close(self) -> None:
        """Back to the attract loop; everything that was shown is gone."""
        self._idle.stop()
        self._countdown.stop()
        self._services.work.close()
        self.closed.emit()

    @Slot()
    def _unlock(self) -> None:
        if self._pad is not None:
            self._pad.deleteLater()
            self._pad = None
        self._open_section(0)

    @Slot()
    def _clean(self) -> None:
        self._idle.stop()
        self._countdown.start()
        self.update(phase="cleaning")

    @Slot(str)
    def _open_tool(self, phase: Phase) -> None:
        """In front of the section, which it goes back to."""
        self._tool = TOOLS[phase](self._services, self)
        self._tool.done.connect(self._close_tool)
        self.update(phase=phase)

    @Slot()
    def _close_tool(self) -> None:
        tool, self._tool = self._tool, None
        self.update(phase="open")
        if tool is not None:
            tool.deleteLater()

    @Slot()
    def _count_down(self) -> None:
        self.update(seconds_left=self.row.seconds_left - 1)
        if self.row.seconds_left <= 0:
            self.close()

    @Slot(int)
    def show(self, index: int) -> None:
        """Open a section by its tab."""
        if self.row.phase == "open" and 0 <= index < len(SECTION_NAMES):
            self._open_section(index)

    def _open_section(self, index: int) -> None:
        self._services.work.close()  # what the section before still waits for
        self._services = self._services._replace(work=Work(self._runner))
        before, section = self._section, SECTIONS[SECTION_NAMES[index]](self._services, self)
        if isinstance(section, StaffMachineViewModel):
            section.cleaning.connect(self._clean)
            section.toolOpened.connect(self._open_tool)
            section.restarting.connect(self.restarting)
            section.leaving.connect(self.leaving)
        self._section = section
        self.row = AreaState(phase="open", current=index)
        self.changed.emit()
        if before is not None:
            before.deleteLater()

    @Property(PinPadViewModel, notify=changed)
    def pad(self) -> PinPadViewModel | None:
        return self._pad

    @Property(str, notify=changed)
    def sectionName(self) -> str:
        """As its screen is named."""
        return SECTION_NAMES[self.row.current].capitalize()

    @Property(QObject, notify=changed)
    def section(self) -> QObject | None:
        return self._section

    @Property(QObject, notify=changed)
    def tool(self) -> QObject | None:
        """The view model of what has the screen to itself, in its phase."""
        return self._tool

    @Property(StaffTexts, constant=True)
    def words(self) -> Texts:
        return self._words
