"""A few large things to do on screen."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.places.features.model import Features
from kiosk.places.kind import DoorArt, Kind
from kiosk.places.presenting import Context, picture_row, with_picture
from kiosk.places.rows import PosterRow, StepRow


def door(place: Features, context: Context) -> DoorArt:
    """The picture of the first, and the place's title."""
    picture = picture_row(place.features[0].picture or place.picture, context)
    return DoorArt("", place.title, picture=picture)


def invitation(place: Features, context: Context) -> StepRow:
    """The first of them."""
    first = place.features[0]
    row = StepRow(place.id, first.title, place.name, section="features")
    return with_picture(row, first.picture or place.picture, context)


def quiet_posters(place: Features, context: Context) -> Sequence[PosterRow]:
    """The first of them, by the name of the place."""
    first = place.features[0]
    row = PosterRow(place.title, first.title, overline=place.name)
    return (with_picture(row, first.picture or place.picture, context),)


FEATURES = Kind(
    "features",
    Features,
    door=door,
    door_rank=3,
    invitation=invitation,
    quiet_posters=quiet_posters,
)
