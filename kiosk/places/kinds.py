"""Every kind of place: a line each, and nothing else of the kiosk needs to know of it."""

from __future__ import annotations

from typing import Any

from kiosk.blocks.block import Place
from kiosk.places.dealers.presentation import DEALERS
from kiosk.places.events.presentation import EVENTS
from kiosk.places.features.presentation import FEATURES
from kiosk.places.kind import Kind
from kiosk.places.links.presentation import LINKS
from kiosk.places.models.presentation import MODELS
from kiosk.places.offers.presentation import OFFERS
from kiosk.places.schedule.presentation import SCHEDULE
from kiosk.places.signup.presentation import SIGNUP
from kiosk.places.team.presentation import TEAM
from kiosk.places.timeline.presentation import TIMELINE

KINDS: tuple[Kind[Any], ...] = (
    TIMELINE,
    TEAM,
    SCHEDULE,
    OFFERS,
    FEATURES,
    EVENTS,
    MODELS,
    DEALERS,
    LINKS,
    SIGNUP,
)
"""In the order in which the documents list them."""

_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(place: Place) -> Kind[Any]:
    """The kind that a place is of."""
    return _BY_NAME[place.kind]
