"""Offers on screen, never a price without its terms."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.language.capitals import with_capital
from kiosk.places.kind import DoorArt, Kind, Section, section_of
from kiosk.places.offers.model import Offer, Offers
from kiosk.places.offers.words import OffersWords
from kiosk.places.rows import ArticleRow, Detail, PosterRow
from kiosk.places.shown import Shown, picture_view, with_link, with_picture


def door(place: Offers, shown: Shown) -> DoorArt:
    """How many, not how much: a price needs its terms beside it."""
    if (count := len(place.offers)) == 0:
        return DoorArt("", place.nothing_now.title)
    noun = shown.words_of(OffersWords).counted("offers_today", count, shown.local.plural(count))
    return DoorArt(shown.local.number(count), noun)


def sections(place: Offers) -> Sequence[Section]:
    """The offers, then the programmes."""
    return [section_of(place, "offers"), section_of(place, "programmes")]


def posters(place: Offers, shown: Shown) -> Sequence[PosterRow]:
    """The first offer."""
    if not place.offers:
        return ()
    offer = place.offers[0]
    row = PosterRow(
        headline="",
        overline=offer.title,
        line=f"{with_capital(offer.unit, shown.language)}. {_until(offer, shown)}.",
        figure=offer.figure,
        example=offer.example,
        dated=True,
    )
    return (with_picture(row, offer.picture or place.picture, shown),)


def offer_row(offer: Offer, shown: Shown) -> ArticleRow:
    """An offer as a card, with its figure and its disclosure."""
    row = ArticleRow(
        title=offer.title,
        summary=offer.summary or "",
        figure=offer.figure,
        unit=offer.unit,
        note=_until(offer, shown),
        terms=offer.terms,
        example=offer.example,
    )
    return with_picture(row, offer.picture, shown)


def offer_detail(offer: Offer, shown: Shown, place: Offers) -> Detail:
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
            note=_until(offer, shown),
            example=offer.example,
            picture=picture_view(offer.picture or place.picture, shown),
        ),
        offer.link,
        shown,
    )


def _until(offer: Offer, shown: Shown) -> str:
    return shown.words_of(OffersWords).valid_until.format(date=shown.local.day(offer.valid_until))


OFFERS = Kind(
    "offers", Offers, sections, door, posters, posters_asked_by="show_offer", words=OffersWords
)
