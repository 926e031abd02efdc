"""Dealerships on screen, the nearest first."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.blocks.codes import directions
from kiosk.places.dealers.distance import distance_km
from kiosk.places.dealers.model import Dealer, Dealers
from kiosk.places.dealers.rows import DealerRow
from kiosk.places.dealers.words import DealersWords
from kiosk.places.kind import DoorArt, Kind, Section, section_of
from kiosk.places.presenting import Context, picture_row
from kiosk.places.rows import Detail, FactRow


def door(place: Dealers, _: Context) -> DoorArt:
    """The dealership in which the kiosk stands."""
    return DoorArt("", place.here.name)


def sections(place: Dealers) -> Sequence[Section]:
    """The other dealerships."""
    return [section_of(place, "others")]


def nearest_first(place: Dealers) -> tuple[Dealer, ...]:
    """The other locations by distance from this one."""
    here = place.here.position
    return tuple(sorted(place.others, key=lambda dealer: distance_km(here, dealer.position)))


def dealer_row(dealer: Dealer, context: Context, place: Dealers) -> DealerRow:
    """A dealership in the list, with the way to it as the crow flies."""
    away = distance_km(place.here.position, dealer.position)
    return DealerRow(
        name=dealer.name,
        city=dealer.city,
        distance=context.local.distance(away, place.distance_unit),
        example=dealer.example,
    )


def dealer_detail(dealer: Dealer, context: Context, place: Dealers) -> Detail:
    """A dealership with hours, phone and the way there as a code."""
    words = context.words_of(DealersWords)
    facts = [FactRow(words.address, f"{dealer.street}, {dealer.city}")]
    if dealer.phone:
        facts.append(FactRow(words.phone, dealer.phone))
    facts += [FactRow(hours.days, hours.open) for hours in dealer.hours]
    here = dealer == place.here
    row = dealer_row(dealer, context, place)
    return Detail(
        title=dealer.name,
        overline=words.this_dealership if here else words.other_locations,
        figure="" if here else row.distance,
        facts=tuple(facts),
        example=dealer.example,
        code=directions(dealer.position.latitude, dealer.position.longitude, place.directions),
        code_caption=words.scan_route,
        code_name=dealer.name,
        picture=picture_row(place.picture, context),
    )


DEALERS = Kind("dealers", Dealers, sections, door, words=DealersWords)
