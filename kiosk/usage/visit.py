"""What one visit adds to the counts: numbers and names from the content, nothing of the visitor."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

Measure = Literal["visit", "step", "place", "entry", "code", "given up", "language"]
"""What is counted. Each is the number of visits in which it happened at all.

`visit` is counted by the hour, everything else by the day: in an hour with a single visitor, what
they looked at must not be told apart.
"""
Step = Literal["opened", "form", "typed", "signed up"]
STEPS: tuple[Step, ...] = ("opened", "form", "typed", "signed up")
"""From the waking touch to a signup; whoever reaches a step has reached those before it."""

WHOLE_DAY = -1
"""The hour of what is counted by the day."""
OTHERS = ""
"""The subject of what there is too much of to name."""
MAX_SUBJECT_LENGTH = 120
MAX_SUBJECTS = 100
"""Different subjects of a measure in one visit."""
MAX_PENDING = 5000
"""Counts that wait for a disk that refuses or hangs: some days, then new ones are dropped."""


class Key(NamedTuple):
    """What a number counts; `day` and `hour` are the showroom's."""

    day: date
    hour: int
    measure: Measure
    subject: str


class Amount(NamedTuple):
    """In how many visits something happened, and the time spent on it, where that is measured."""

    visits: int
    seconds: int = 0

    def plus(self, other: Amount) -> Amount:
        return Amount(self.visits + other.visits, self.seconds + other.seconds)


class Tally:
    """Counts that have yet to be stored, and the names that places have now."""

    def __init__(self) -> None:
        self.amounts: dict[Key, Amount] = {}
        self.names: dict[str, str] = {}

    def add(self, key: Key, amount: Amount) -> None:
        if key in self.amounts:
            self.amounts[key] = self.amounts[key].plus(amount)
        elif len(self.amounts) < MAX_PENDING:
            self.amounts[key] = amount

    def add_all(self, other: Tally) -> None:
        """Add all counts of another; its names are the older ones."""
        for key, amount in other.amounts.items():
            self.add(key, amount)
        self.names = other.names | self.names


class Visit:
    """From the waking touch until the kiosk is left; moments are seconds on a steady clock."""

    def __init__(self, began: float) -> None:
        self.began = began
        self._place_id = ""
        self._opened = began
        self._seconds: dict[str, float] = {}
        self._names: dict[str, str] = {}
        self._seen: dict[Measure, set[str]] = {}
        self._given_up_at = ""

    @property
    def has_opened(self) -> bool:
        return "step" in self._seen

    def open_place(self, place_id: str, name: str, moment: float) -> None:
        """A place is opened, and the one before it left."""
        self.leave_place(moment)
        self.see("step", "opened")
        self.see("place", place_id)
        self._place_id, self._opened = place_id, moment
        self._names[place_id] = cleaned(name)

    def leave_place(self, moment: float) -> None:
        """The open place is left; `moment` is that of the last touch, not of the idle reset."""
        if self._place_id:
            spent = self._seconds.get(self._place_id, 0.0) + max(0.0, moment - self._opened)
            self._seconds[self._place_id] = spent
        self._place_id = ""

    def see(self, measure: Measure, subject: str) -> None:
        """Something happens in this visit; again makes no difference."""
        seen = self._seen.setdefault(measure, set())
        subject = cleaned(subject)
        seen.add(subject if len(seen) < MAX_SUBJECTS else OTHERS)

    def leave_form(self, stage: str) -> None:
        """The form is left; `stage` is `untouched`, `sent` or the field that it was given up at."""
        if stage != "untouched":
            self.see("step", "typed")
            self._given_up_at = stage
        if stage == "sent":
            self.see("step", "signed up")

    def tally(self, ended: float, last_touch: float, now: datetime) -> Tally:
        """What it adds to the counts of the hour in which it began; `now` is when it `ended`.

        Whoever has signed up has given up nothing, however often the form was opened.
        """
        tally = Tally()
        began = (now.astimezone(UTC) - timedelta(seconds=ended - self.began)).astimezone(now.tzinfo)
        day = began.date()
        length = round(max(0.0, last_touch - self.began))
        tally.add(Key(day, began.hour, "visit", ""), Amount(1, length))
        for measure, subjects in self._seen.items():
            for subject in subjects:
                seconds = round(self._seconds.get(subject, 0)) if measure == "place" else 0
                tally.add(Key(day, WHOLE_DAY, measure, subject), Amount(1, seconds))
        if self._given_up_at and "signed up" not in self._seen["step"]:
            tally.add(Key(day, WHOLE_DAY, "given up", self._given_up_at), Amount(1))
        tally.names = self._names
        return tally


def cleaned(text: str) -> str:
    """A name from the content as a subject: one line of bounded length."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    line = " ".join(printable.split())
    return line if len(line) <= MAX_SUBJECT_LENGTH else f"{line[: MAX_SUBJECT_LENGTH - 1]}…"
