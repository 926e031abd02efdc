"""The staff area itself: locked, open at one of its sections, or closed for good."""

from __future__ import annotations

import time
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
from kiosk.showroom.staff.signups import StaffSignupsViewModel
from kiosk.showroom.staff.touch_trail import StaffTouchTestViewModel
from kiosk.showroom.staff.usage import StaffUsageViewModel
from kiosk.showroom.staff.words import DEFAULT_WORDS, StaffTexts
from kiosk.showroom.staff.work import Work
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.runner import Runner
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

Phase = Literal["locked", "open", "cleaning", "screenTest", "touchTest", "calibration"]

IDLE_SECONDS = 60
"""Without a touch; whoever comes next is a visitor."""
LONGEST_EXPORT_SECONDS = 600
CLEANING_SECONDS = 60
SLACK_SECONDS = 5
"""A timer is late on a busy machine; only sleep makes it later than this."""
ACTIVITIES = frozenset(
    {
        *(QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd),
        *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.KeyPress),
        QEvent.Type.Wheel,
    }
)


class SectionRow(NamedTuple):
    """A tab."""

    name: str


@QmlElement
@QmlUncreatable("one while the staff area is open")
class StaffViewModel(QObject):
    """Closes by itself; a section lives while it is in front."""

    changed = Signal()
    secondsLeftChanged = Signal()
    closed = Signal()
    restarting = Signal()
    leaving = Signal()

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
        super().__init__(parent)
        self._can_leave = can_leave
        self._data = data
        self._runner = runner
        self._read_status = read_status
        self._work = Work(runner)
        self._words = StaffTexts(DEFAULT_WORDS, self)
        self._phase: Phase = "locked"
        self._pad: PinPadViewModel | None = PinPadViewModel(
            data, self._work, DEFAULT_WORDS, may_choose_pin, self
        )
        self._pad.opened.connect(self._unlock)
        self._section_names = tuple(self._factories())
        names = [SectionRow(getattr(DEFAULT_WORDS, name)) for name in self._section_names]
        self._sections = RowsModel(SectionRow, names, self)
        self._current = 0
        self._section: QObject | None = None
        self._tool: QObject | None = None
        self._last_touch = _seconds_since_boot()
        self._idle = QTimer(self, singleShot=True, interval=1000 * IDLE_SECONDS)
        self._idle.timeout.connect(self._on_idle)
        self._idle.start()
        self._seconds_left = CLEANING_SECONDS
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._count_down)

    def _factories(self) -> dict[str, Callable[[Work], QObject]]:
        """How each section is made, by its name."""
        return {
            "health": lambda work: StaffHealthViewModel(self._data, work, self),
            "content": lambda work: StaffContentViewModel(
                *(self._data, work, DEFAULT_WORDS, self._read_status, self)
            ),
            "signups": lambda work: StaffSignupsViewModel(self._data, work, self),
            "usage": lambda work: StaffUsageViewModel(
                *(self._data, work, DEFAULT_WORDS, self._read_status, self)
            ),
            "machine": self._make_machine,
        }

    def _make_machine(self, work: Work) -> StaffMachineViewModel:
        machine = StaffMachineViewModel(work, can_leave=self._can_leave, parent=self)
        machine.cleaning.connect(self._clean)
        machine.toolOpened.connect(self._open_tool)
        machine.restarting.connect(self.restarting)
        machine.leaving.connect(self.leaving)
        return machine

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the window: every touch keeps it open, unless it comes too late.

        While the screen is wiped, none does anything.
        """
        if event.type() in ACTIVITIES:
            if self._phase == "cleaning":
                return True
            if self._paused() >= IDLE_SECONDS + SLACK_SECONDS and not self._is_busy():
                self.close()  # the machine has slept meanwhile
                return True
            self._last_touch = _seconds_since_boot()
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
        return isinstance(section, StaffSignupsViewModel) and section.isExporting

    def _paused(self) -> float:
        return _seconds_since_boot() - self._last_touch

    @Slot()
    def close(self) -> None:
        """Back to the attract loop; everything that was shown is gone."""
        self._idle.stop()
        self._countdown.stop()
        self._work.close()
        self.closed.emit()

    @Slot()
    def _unlock(self) -> None:
        self._phase = "open"
        if self._pad is not None:
            self._pad.deleteLater()
            self._pad = None
        self._open_section(0)

    @Slot()
    def _clean(self) -> None:
        self._idle.stop()
        self._phase = "cleaning"
        self._countdown.start()
        self.changed.emit()

    @Slot(str)
    def _open_tool(self, name: str) -> None:
        """In front of the section, which it goes back to."""
        tool: StaffScreenTestViewModel | StaffTouchTestViewModel | StaffCalibrationViewModel
        match name:
            case "screenTest":
                self._phase, tool = "screenTest", StaffScreenTestViewModel(self)
            case "touchTest":
                self._phase, tool = "touchTest", StaffTouchTestViewModel(self)
            case "calibration":
                tool = StaffCalibrationViewModel(self._data, self._work, self)
                self._phase = "calibration"
            case _:
                return
        tool.done.connect(self._close_tool)
        self._tool = tool
        self.changed.emit()

    @Slot()
    def _close_tool(self) -> None:
        tool, self._tool = self._tool, None
        self._phase = "open"
        self.changed.emit()
        if tool is not None:
            tool.deleteLater()

    @Slot()
    def _count_down(self) -> None:
        self._seconds_left -= 1
        self.secondsLeftChanged.emit()
        if self._seconds_left <= 0:
            self.close()

    @Slot(int)
    def show(self, index: int) -> None:
        """Open a section by its tab."""
        if self._phase == "open" and 0 <= index < len(self._section_names):
            self._open_section(index)

    def _open_section(self, index: int) -> None:
        self._work.close()  # what the section before still waits for
        self._work = Work(self._runner)
        before, self._current = self._section, index
        self._section = self._factories()[self._section_names[index]](self._work)
        self.changed.emit()
        if before is not None:
            before.deleteLater()

    @Property(str, notify=changed)
    def phase(self) -> str:
        return self._phase

    @Property(PinPadViewModel, notify=changed)
    def pad(self) -> PinPadViewModel | None:
        return self._pad

    @Property(int, notify=secondsLeftChanged)
    def secondsLeft(self) -> int:
        """Of cleaning."""
        return self._seconds_left

    @Property(RowsModel, constant=True)
    def sections(self) -> RowsModel:
        return self._sections

    @Property(int, notify=changed)
    def current(self) -> int:
        return self._current

    @Property(str, notify=changed)
    def sectionName(self) -> str:
        """As its screen is named."""
        return self._section_names[self._current].capitalize()

    @Property(QObject, notify=changed)
    def section(self) -> QObject | None:
        """The view model of the section in front."""
        return self._section

    @Property(QObject, notify=changed)
    def tool(self) -> QObject | None:
        """The view model of what has the screen to itself, in its phase."""
        return self._tool

    @Property(StaffTexts, constant=True)
    def words(self) -> Texts:
        return self._words


def _seconds_since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
