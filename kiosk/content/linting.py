"""Warnings about content that is valid and will still look wrong on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.content.loading import Loaded
from kiosk.content.model import Offer, Offers, Schedule
from kiosk.content.problems import Problem
from kiosk.content.season import season_on


def stands(offer: Offer, today: date) -> bool:
    """Whether an offer may be shown on `today`; it stands through its last day."""
    return (offer.valid_from or today) <= today <= offer.valid_until


def lint(loaded: Loaded, today: date) -> list[Problem]:
    """Every warning for `today`, in the order of the file."""
    if loaded.content is None:
        return []
    return sorted(_warnings(loaded, today), key=lambda problem: problem.spot)


def _warnings(loaded: Loaded, today: date) -> Iterator[Problem]:
    assert loaded.content is not None
    for index, place in enumerate(loaded.content.places):
        path = ("places", index)
        match place:
            case Offers():
                for number, offer in enumerate(place.offers):
                    if offer.valid_until < today:
                        yield Problem(
                            loaded.tree.spot((*path, "offers", number, "valid_until")),
                            f"'{offer.title}' ended on {offer.valid_until} and is not shown;"
                            " extend or remove it",
                            "warning",
                        )
            case Schedule() if season_on(place.races, today).is_over:
                yield Problem(
                    loaded.tree.spot((*path, "races")),
                    f"no race of '{place.name}' lies ahead; the screen shows season_over,"
                    " add the next dates when they are known",
                    "warning",
                )
            case _:
                pass
