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
from kiosk.showroom.staff.services import StaffServices
from kiosk.showroom.staff.words import sentence
from kiosk.toolkit.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

State = Literal["", "enter", "choose", "repeat", "unset", "unusable"]

USUAL_KEYS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)


class Look(NamedTuple):
    """What the data folder says before the first key is pressed."""

    state: State
    message: str = ""
    wait_seconds: float = 0
    keys: tuple[int, ...] = USUAL_KEYS


@QmlElement
@QmlUncreatable("part of the staff area")
class PinPadViewModel(QObject):
    """Takes digits and tells nobody which; `opened` once they were right."""

    changed = Signal()
    opened = Signal()

    def __init__(
        self,
        services: StaffServices,
        may_choose: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`may_choose`: whether somebody without a PIN may set one by touch now."""
        super().__init__(parent)
        self._data, self._work, self._words = services.data, services.work, services.words
        self._may_choose = may_choose
        self._look = Look("")
        self._digits = ""
        self._chosen = ""
        self._message = ""
        self._is_busy = False
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._count_down)
        self._seconds = 0
        self._work.run(self._look_around, self._begin, self._fail)

    def _look_around(self) -> Look:
        try:
            if not pin.has_pin(self._data):
                return Look("choose" if self._may_choose() else "unset")
            wait_seconds = pin.remaining_wait(self._data, pin.read_moment())
        except pin.PinUnusable as error:
            return Look("unusable", str(error))
        keys = list(USUAL_KEYS)
        if read_settings(self._data).settings.shuffle_pin:
            SystemRandom().shuffle(keys)
        return Look("enter", "", wait_seconds, tuple(keys))

    def _begin(self, look: Look) -> None:
        self._look = look
        self._say(look.message)
        self._hold_for(look.wait_seconds)

    def _fail(self, _: str) -> None:
        self._close("")

    def _close(self, reason: str) -> None:
        """Nobody gets in."""
        self._is_busy = False
        self._begin(Look("unusable", reason))

    # What is pressed

    @Slot(int)
    def press(self, digit: int) -> None:
        """A digit; more than a PIN may have are not taken."""
        if self.isReady and len(self._digits) < pin.LONGEST:
            self._digits += str(digit)
            self._say("")

    @Slot()
    def erase(self) -> None:
        """Take back the last digit."""
        if self.isReady and self._digits:
            self._digits = self._digits[:-1]
            self.changed.emit()

    @Slot()
    def submit(self) -> None:
        """Enter what was pressed."""
        if not self.isReady or not self._digits:
            return
        digits, self._digits = self._digits, ""
        match self._look.state:
            case "enter":
                self._set_busy(self._words.checking)
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
        self._is_busy = False
        if isinstance(outcome, str):
            self._close(outcome)
        elif outcome.is_right:
            self.opened.emit()
        else:
            self._say(self._words.wrong_pin)
            self._hold_for(outcome.wait_seconds)

    def _choose(self, digits: str) -> None:
        try:
            pin.require_good(digits)
        except pin.PinRefused as error:
            self._say(sentence(str(error)))
            return
        self._chosen = digits
        self._look = Look("repeat")
        self._say("")

    def _repeat(self, digits: str) -> None:
        chosen, self._chosen = self._chosen, ""
        if digits != chosen:
            self._look = Look("choose")
            self._say(self._words.pins_differ)
            return
        self._set_busy(self._words.checking)
        self._work.run(lambda: self._store(digits), self._on_stored, self._fail)

    def _store(self, digits: str) -> str:
        """Set the PIN, unless somebody else has meanwhile; returns what stands in the way."""
        try:
            if not self._may_choose() or pin.has_pin(self._data):
                return self._words.no_pin_lead
            pin.set_pin(self._data, digits)
        except (pin.PinRefused, pin.PinUnusable) as error:
            return sentence(str(error))
        return ""

    def _on_stored(self, refusal: str) -> None:
        if refusal:
            self._close(refusal)
        else:
            self.opened.emit()

    # Waiting

    def _hold_for(self, seconds: float) -> None:
        self._seconds = math.ceil(seconds)
        if self._seconds:
            self._wait.start()
        self.changed.emit()

    @Slot()
    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._wait.stop()
            self._message = ""
        self.changed.emit()

    def _set_busy(self, message: str) -> None:
        self._is_busy = True
        self._say(message)

    def _say(self, message: str) -> None:
        self._message = message
        self.changed.emit()

    # For QML

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._look.state

    @Property("QVariantList", notify=changed)
    def keys(self) -> list[int]:
        """The digits in the order of their keys: three rows of three, and the one below."""
        return list(self._look.keys)

    @Property(int, notify=changed)
    def entered(self) -> int:
        """How many digits have been pressed."""
        return len(self._digits)

    @Property(str, notify=changed)
    def enteredSpoken(self) -> str:
        count = len(self._digits)
        return "1 digit entered" if count == 1 else f"{count} digits entered" if count else ""

    @Property(bool, notify=changed)
    def hasKeys(self) -> bool:
        return self._look.state in {"enter", "choose", "repeat"}

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether a key does something now."""
        return self.hasKeys and not self._is_busy and not self._seconds

    @Property(str, notify=changed)
    def title(self) -> str:
        titles = {
            "choose": self._words.choose_pin,
            "repeat": self._words.repeat_pin,
            "unset": self._words.no_pin,
            "unusable": self._words.closed,
        }
        return titles.get(self._look.state, self._words.enter_pin)

    @Property(str, notify=changed)
    def lead(self) -> str:
        leads = {"choose": self._words.choose_lead, "unset": self._words.no_pin_lead}
        return leads.get(self._look.state, "")

    @Property(str, notify=changed)
    def message(self) -> str:
        """What became of the last try, and how long the next one has to wait."""
        if not self._seconds:
            return self._message
        minutes, seconds = divmod(self._seconds, 60)
        wait = f"{minutes}:{seconds:02d}" if minutes else f"{seconds} s"
        return f"{self._message} The next try is possible in {wait}.".strip()
