"""Offers on screen, never a price without its terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.blocks.block import Picture
from kiosk.language.capitals import with_capital
from kiosk.places.kind import DoorArt, Kind
from kiosk.places.models.drawn import drawing_url
from kiosk.places.models.model import Model, Models
from kiosk.places.models.presentation import estimate_for, placed_cars, sights, with_sight
from kiosk.places.models.rows import SightRow
from kiosk.places.offers.model import Offer, Offers
from kiosk.places.offers.rows import OfferPage, OfferRow
from kiosk.places.offers.words import OffersWords
from kiosk.places.presenting import Context, code_to_take_home, picture_row, with_picture
from kiosk.places.rows import PictureRow, PosterRow, StepRow

FEW = 4
"""With no more offers than this there is room for more of their terms."""
BEGINNING, LONGEST_SENTENCE = 80, 160
"""Letters of the terms in the list: whole sentences up to the first, and no more than the second
of a first sentence that is longer.
"""
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class PlacedCar:
    """A car and where it is opened."""

    car: Model
    place: Models
    tab: int
    entry: int


def door(place: Offers, context: Context) -> DoorArt:
    """How many, not how much: a price needs its terms beside it."""
    if (count := len(place.offers)) == 0:
        return DoorArt("", place.nothing_now.title)
    noun = context.words_of(OffersWords).counted("offers_today", count, context.local.plural(count))
    sight = offer_sights(place.offers[0], context, place)[0]
    return DoorArt(
        context.local.number(count),
        noun,
        drawing=sight.drawing,
        picture=PictureRow(sight.source, sight.focus_x, sight.focus_y),
    )


def invitation(place: Offers, context: Context) -> StepRow | None:
    """The first offer; its figure stands on its page, beside its terms."""
    if not place.offers:
        return None
    offer = place.offers[0]
    row = StepRow(place.id, offer.title, place.name, section="offers")
    return with_sight(row, offer_sights(offer, context, place)[0])


def posters(place: Offers, context: Context) -> Sequence[PosterRow]:
    """The first offer."""
    if not place.offers:
        return ()
    offer = place.offers[0]
    row = PosterRow(
        headline="",
        overline=offer.title,
        line=f"{with_capital(offer.unit, context.language)}. {_until(offer, context)}.",
        figure=offer.figure,
        example=offer.example,
        dated=True,
    )
    picture = offer_picture(offer, context)
    if picture is None and (drawing := _drawing(offer, context)):
        return (row._replace(drawing=drawing, is_apart=True),)
    is_apart = picture is not None
    return (with_picture(row._replace(is_apart=is_apart), picture or place.picture, context),)


def offer_row(offer: Offer, context: Context, place: Offers) -> OfferRow:
    """An offer of the list: its car, its figure, until when, and how its terms begin."""
    row = OfferRow(
        title=offer.title,
        figure=offer.figure,
        unit=offer.unit,
        note=_until(offer, context),
        terms=beginning(offer.terms, BEGINNING if len(place.offers) <= FEW else 0),
        example=offer.example,
    )
    return with_sight(row, offer_sights(offer, context, place)[0])


def offer_page(offer: Offer, context: Context, place: Offers) -> OfferPage:
    """An offer with its whole disclosure, and what to do next."""
    code, caption, name = code_to_take_home(offer.link, context)
    placed = _placed_car(offer, context)
    estimator = estimate_for(placed.car if placed else None)
    page = OfferPage(
        title=offer.title,
        overline=place.name,
        figure=offer.figure,
        unit=offer.unit,
        note=_until(offer, context),
        terms=offer.terms,
        lead=offer.summary or "",
        code=code,
        code_caption=caption,
        code_name=name,
        estimator=estimator if place.estimator is not None else "",
        sights=tuple(offer_sights(offer, context, place)),
        example=offer.example,
    )
    if placed is None:
        return page
    return page._replace(
        car=placed.car.name,
        car_place=placed.place.id,
        car_tab=placed.tab,
        car_entry=placed.entry,
    )


def offer_sights(offer: Offer, context: Context, place: Offers) -> list[SightRow]:
    """The offer's own picture, then those of its car; with none of them, the place's."""
    found = []
    if offer.picture is not None:
        found.append(SightRow("", *picture_row(offer.picture, context)))
    placed = _placed_car(offer, context)
    if placed is not None and (placed.car.body_style or placed.car.picture or placed.car.pictures):
        found += sights(placed.car, context, placed.place)
    return found or [SightRow("", *picture_row(place.picture, context))]


def offer_picture(offer: Offer, context: Context) -> Picture | None:
    """The offer's own picture, or that of the car that it is for."""
    if offer.picture is not None:
        return offer.picture
    placed = _placed_car(offer, context)
    return placed.car.picture if placed else None


def beginning(terms: str, most: int) -> str:
    """The first sentence, and those after it while all are no longer than `most`.

    An ellipsis stands for the rest.
    """
    sentences = SENTENCE_ENDS.split(terms)
    taken = sentences[0]
    if len(taken) > LONGEST_SENTENCE:
        return taken[:LONGEST_SENTENCE].rpartition(" ")[0].rstrip(",;:") + "\u00a0…"
    rest = sentences[1:]
    while rest and len(taken) + 1 + len(rest[0]) <= most:
        taken = f"{taken} {rest.pop(0)}"
    return f"{taken}\u00a0…" if rest else taken


def _drawing(offer: Offer, context: Context) -> str:
    placed = _placed_car(offer, context)
    return drawing_url(placed.car) if placed else ""


def _placed_car(offer: Offer, context: Context) -> PlacedCar | None:
    if offer.car is None:
        return None
    for place in context.places:
        if isinstance(place, Models):
            for tab, entry, car in placed_cars(place):
                if car.name == offer.car:
                    return PlacedCar(car, place, tab, entry)
    return None


def _until(offer: Offer, context: Context) -> str:
    return context.words_of(OffersWords).valid_until.format(
        date=context.local.day(offer.valid_until)
    )


OFFERS = Kind(
    "offers",
    Offers,
    door=door,
    posters=posters,
    posters_asked_by="show_offer",
    words=OffersWords,
    door_rank=2,
    invitation=invitation,
)
