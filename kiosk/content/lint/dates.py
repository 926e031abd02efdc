"""What is over."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.blocks.block import Dated, written
from kiosk.blocks.naming import name_of
from kiosk.blocks.zones import beginning, ending
from kiosk.content.lint.rule import Finding, Subject
from kiosk.places.offers.model import Offer
from kiosk.places.schedule.model import Schedule
from kiosk.places.schedule.season import season_on


def ended_offer(subject: Subject) -> Iterator[Finding]:
    """An offer whose last day has passed."""
    for path, offer, _ in subject.offers:
        if offer.valid_until < subject.today:
            yield Finding(
                (*path, "valid_until"),
                f"'{offer.title}' ended on {offer.valid_until} and is not shown; extend or"
                " remove it",
            )


def gone_entry(subject: Subject) -> Iterator[Finding]:
    """Anything but an offer whose time has passed."""
    for path, block in subject.blocks(Dated):
        until, goes = block.show_until, block.goes
        if isinstance(block, Offer) or goes is None or goes > beginning(subject.today):
            continue
        if until is not None and ending(until) <= goes:
            yield Finding(
                (*path, "show_until"),
                f"'{name_of(block)}' was shown until {written(until)} and is no longer shown; give"
                " it another day, or remove it",
            )
        else:
            yield Finding(
                (*path, "starts"),
                f"'{name_of(block)}' is over and no longer shown; give it other days, or remove it",
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
