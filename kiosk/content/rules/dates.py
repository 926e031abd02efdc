"""What is over."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.model import Schedule
from kiosk.content.rules.rule import Finding, Subject
from kiosk.content.season import season_on


def ended_offer(subject: Subject) -> Iterator[Finding]:
    """An offer whose last day has passed."""
    for path, offer, _ in subject.offers:
        if offer.valid_until < subject.today:
            yield Finding(
                (*path, "valid_until"),
                f"'{offer.title}' ended on {offer.valid_until} and is not shown; extend or"
                " remove it",
            )


def season_over(subject: Subject) -> Iterator[Finding]:
    """A schedule without a race ahead."""
    for index, place in enumerate(subject.content.places):
        if isinstance(place, Schedule) and season_on(place.races, subject.today).is_over:
            yield Finding(
                ("places", index, "races"),
                f"no race of '{place.name}' lies ahead; the screen shows season_over, add the"
                " next dates when they are known",
            )
