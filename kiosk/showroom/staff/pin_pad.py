"""The keys on which the PIN is entered or, on a new kiosk, chosen."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import SystemRandom
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation import pin
from kiosk.operation.settings import read_settings
from kiosk.refused import as_sentence
from kiosk.showroom.staff.services import StaffServices
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

State = Literal["", "enter", "choose", "repeat", "unset", "unusable"]

USUAL_KEYS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)


class PadState(NamedTuple):
    """What is asked for; of the digits that were pressed, how many."""

    state: State = ""
    message: str = ""
    """What became of the last try."""
    seconds: int = 0
    """How long the next one has to wait."""
    keys: tuple[int, ...] = USUAL_KEYS
    entered: int = 0
    is_busy: bool = False


@QmlElement
@QmlUncreatable("part of the staff area")
class PinPadViewModel(RowViewModel):
    """Takes digits and tells nobody which; `opened` once they were right."""

    changed = Signal()
    opened = Signal()
    row: PadState

    def __init__(
        self,
        services: StaffServices,
        may_choose: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`may_choose`: whether somebody without a PIN may set one by touch now."""
        super().__init__(PadState(), parent)
        self._data, self._work, self._words = services.data, services.work, services.words
        self._may_choose = may_choose
        self._digits = ""
        self._chosen = ""
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._count_down)
        self._work.run(self._look_around, self._show, self._fail)

    def _look_around(self) -> PadState:
        try:
            if not pin.has_pin(self._data):
                return PadState("choose" if self._may_choose() else "unset")
            wait_seconds = pin.remaining_wait(self._data, pin.read_moment())
        except pin.PinUnusable as error:
            return PadState("unusable", str(error))
        keys = list(USUAL_KEYS)
        if read_settings(self._data).settings.shuffle_pin:
            SystemRandom().shuffle(keys)
        return PadState("enter", seconds=math.ceil(wait_seconds), keys=tuple(keys))

    def _show(self, state: PadState) -> None:
        self.replace(state)
        if state.seconds:
            self._wait.start()

    def _fail(self, _: str) -> None:
        self._show(PadState("unusable"))

    # What is pressed

    @Slot(int)
    def press(self, digit: int) -> None:
        """A digit; more than a PIN may have are not taken."""
        if self.isReady and len(self._digits) < pin.LONGEST:
            self._set_digits(self._digits + str(digit))

    @Slot()
    def erase(self) -> None:
        """Take back the last digit."""
        if self.isReady and self._digits:
            self._set_digits(self._digits[:-1])

    def _set_digits(self, digits: str) -> None:
        self._digits = digits
        self.update(entered=len(digits), message="")

    @Slot()
    def submit(self) -> None:
        """Enter what was pressed."""
        if not self.isReady or not self._digits:
            return
        digits = self._digits
        self._set_digits("")
        match self.row.state:
            case "enter":
                self.update(message=self._words.checking, is_busy=True)
                self._work.run(lambda: self._try(digits), self._judge, self._fail)
            case "choose":
                self._choose(digits)
            case "repeat":
                self._repeat(digits)

    def _try(self, digits: str) -> pin.Attempt | str:
        try:
            return pin.try_pin(self._data, digits, pin.read_moment())
        except pin.PinUnusable as error:
            return str(error)

    def _judge(self, outcome: pin.Attempt | str) -> None:
        if isinstance(outcome, str):
            self._show(PadState("unusable", outcome))
        elif outcome.is_right:
            self.opened.emit()
        else:
            seconds, wrong = math.ceil(outcome.wait_seconds), self._words.wrong_pin
            self._show(self.row._replace(message=wrong, seconds=seconds, is_busy=False))

    def _choose(self, digits: str) -> None:
        try:
            pin.require_good(digits)
        except pin.PinRefused as error:
            self.update(message=error.sentence)
            return
        self._chosen = digits
        self._show(PadState("repeat"))

    def _repeat(self, digits: str) -> None:
        chosen, self._chosen = self._chosen, ""
        if digits != chosen:
            self._show(PadState("choose", self._words.pins_differ))
            return
        self.update(message=self._words.checking, is_busy=True)
        self._work.run(lambda: self._store(digits), self._on_stored, self._fail)

    def _store(self, digits: str) -> str:
        """Set the PIN, unless somebody else has meanwhile; returns what stands in the way."""
        try:
            if not self._may_choose() or pin.has_pin(self._data):
                return self._words.no_pin_lead
            pin.set_pin(self._data, digits)
        except (pin.PinRefused, pin.PinUnusable) as error:
            return as_sentence(str(error))
        return ""

    def _on_stored(self, refusal: str) -> None:
        if refusal:
            self._show(PadState("unusable", refusal))
        else:
            self.opened.emit()

    @Slot()
    def _count_down(self) -> None:
        seconds = self.row.seconds - 1
        if seconds > 0:
            self.update(seconds=seconds)
        else:
            self._wait.stop()
            self.update(seconds=0, message="")

    # For QML

    @Property("QVariantList", notify=changed)
    def keys(self) -> list[int]:
        """The digits in the order of their keys: three rows of three, and the one below."""
        return list(self.row.keys)

    @Property(str, notify=changed)
    def enteredSpoken(self) -> str:
        count = self.row.entered
        return "1 digit entered" if count == 1 else f"{count} digits entered" if count else ""

    @Property(bool, notify=changed)
    def hasKeys(self) -> bool:
        return self.row.state in {"enter", "choose", "repeat"}

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether a key does something now."""
        return self.hasKeys and not self.row.is_busy and not self.row.seconds

    @Property(str, notify=changed)
    def title(self) -> str:
        titles = {
            "choose": self._words.choose_pin,
            "repeat": self._words.repeat_pin,
            "unset": self._words.no_pin,
            "unusable": self._words.closed,
        }
        return titles.get(self.row.state, self._words.enter_pin)

    @Property(str, notify=changed)
    def lead(self) -> str:
        leads = {"choose": self._words.choose_lead, "unset": self._words.no_pin_lead}
        return leads.get(self.row.state, "")

    @Property(str, notify=changed)
    def message(self) -> str:
        """What became of the last try, and how long the next one has to wait."""
        if not self.row.seconds:
            return self.row.message
        minutes, seconds = divmod(self.row.seconds, 60)
        wait = f"{minutes}:{seconds:02d}" if minutes else f"{seconds} s"
        return f"{self.row.message} The next try is possible in {wait}.".strip()
