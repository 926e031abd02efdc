"""Offers on screen, never a price without its terms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from kiosk.blocks.block import Picture
from kiosk.language.capitals import with_capital
from kiosk.places.kind import DoorArt, Kind, Section, section_of
from kiosk.places.models.model import Models
from kiosk.places.offers.model import Offer, Offers
from kiosk.places.offers.words import OffersWords
from kiosk.places.presenting import Context, picture_row, with_link, with_picture
from kiosk.places.rows import ArticleRow, Detail, PosterRow


def door(place: Offers, context: Context) -> DoorArt:
    """How many, not how much: a price needs its terms beside it."""
    if (count := len(place.offers)) == 0:
        return DoorArt("", place.nothing_now.title)
    noun = context.words_of(OffersWords).counted("offers_today", count, context.local.plural(count))
    return DoorArt(context.local.number(count), noun)


def sections(place: Offers) -> Sequence[Section]:
    """The offers, then the programmes."""
    return [section_of(place, "offers"), section_of(place, "programmes")]


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
    return (with_picture(row, offer_picture(offer, context) or place.picture, context),)


def offer_row(offer: Offer, context: Context) -> ArticleRow:
    """An offer as a card, with its figure and its disclosure."""
    row = ArticleRow(
        title=offer.title,
        summary=offer.summary or "",
        figure=offer.figure,
        unit=offer.unit,
        note=_until(offer, context),
        terms=offer.terms,
        example=offer.example,
    )
    return with_picture(row, offer_picture(offer, context), context)


def offer_detail(offer: Offer, context: Context, place: Offers) -> Detail:
    """An offer with its whole disclosure."""
    return with_link(
        Detail(
            title=offer.title,
            overline=place.name,
            figure=offer.figure,
            figure_spoken=f"{offer.figure} {offer.unit}",
            unit=offer.unit,
            lead=offer.summary or "",
            terms=offer.terms,
            note=_until(offer, context),
            example=offer.example,
            picture=picture_row(offer_picture(offer, context) or place.picture, context),
        ),
        offer.link,
        context,
    )


def offer_picture(offer: Offer, context: Context) -> Picture | None:
    """The offer's own picture, or that of the car that it is for."""
    if offer.picture is not None or offer.car is None:
        return offer.picture
    line_ups = (place.line_ups for place in context.places if isinstance(place, Models))
    cars = (car for line_up in chain(*line_ups) for car in line_up.models)
    return next((car.picture for car in cars if car.name == offer.car), None)


def _until(offer: Offer, context: Context) -> str:
    return context.words_of(OffersWords).valid_until.format(
        date=context.local.day(offer.valid_until)
    )


OFFERS = Kind(
    "offers", Offers, sections, door, posters, posters_asked_by="show_offer", words=OffersWords
)
