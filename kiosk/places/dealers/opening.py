"""Whether a dealership is open, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.blocks.opening_times import DAY, moment_of
from kiosk.places.dealers.model import Dealer, OpeningException

LOOKED_AHEAD = 60
"""Days in which the next change is looked for."""


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Whether it is open at a moment, and the local time at which that changes.

    `changes` is None where nothing changes for as long as is looked ahead.
    """

    is_open: bool
    changes: datetime | None
    opens_today: bool
    """Whether it is open at any time of the day."""


def opening_state(dealer: Dealer, now: datetime) -> OpeningState | None:
    """Whether it is open at a time of its own clocks; None where the file has no times."""
    if dealer.opening_hours is None:
        return None
    today, minute = now.date(), now.hour * 60 + now.minute
    spans = dealer.spans_on(today)
    current = next((closes for opens, closes in spans if opens <= minute < closes), None)
    if current is not None:
        return OpeningState(True, _closing(dealer, today, current), True)
    for ahead in range(LOOKED_AHEAD):
        day = today + timedelta(days=ahead)
        for opens, _ in dealer.spans_on(day):
            if ahead or opens > minute:
                return OpeningState(False, moment_of(day, opens), bool(spans))
    return OpeningState(False, None, bool(spans))


def _closing(dealer: Dealer, day: date, closes: int) -> datetime | None:
    """When it closes that is open on a day until then, perhaps through the night."""
    for _ in range(LOOKED_AHEAD):
        following = dealer.spans_on(day + timedelta(days=1))
        if closes < DAY or not following or following[0][0] > 0:
            return moment_of(day, closes)
        day, closes = day + timedelta(days=1), following[0][1]
    return None


def exceptions_ahead(dealer: Dealer, today: date, days: int) -> Sequence[OpeningException]:
    """What is different today or within so many days, in order."""
    until = today + timedelta(days=days)
    ahead = [entry for entry in dealer.exceptions if entry.last >= today and entry.first <= until]
    return sorted(ahead, key=lambda entry: entry.first)


def same_days(dealer: Dealer, first: int) -> Sequence[Sequence[int]]:
    """Runs of days of the usual week with the same times.

    Days count from Monday, 0; the week begins with the day `first`.
    """
    runs: list[list[int]] = []
    for number in range(7):
        day = (first + number) % 7
        if runs and dealer.week[runs[-1][-1]] == dealer.week[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
