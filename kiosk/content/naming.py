"""What people call each part of the content: a noun, and the text that they know it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.content import model
from kiosk.content.model import Block

ATTRACT_LOOP = "attract loop"

LISTS: Mapping[type[Block], Mapping[str, str]] = {
    model.Attract: {"posters": "poster"},
    model.Content: {"places": "place"},
    model.Timeline: {"chapters": "chapter"},
    model.Team: {"drivers": "driver", "people": "person"},
    model.Schedule: {"races": "race"},
    model.Offers: {"offers": "offer", "programmes": "programme"},
    model.Features: {"features": "feature"},
    model.Models: {"line_ups": "line-up"},
    model.LineUp: {"models": "car"},
    model.Dealers: {"others": "dealer"},
    model.Links: {"groups": "link group"},
    model.LinkGroup: {"links": "link"},
}
"""The lists whose entries may have dates, and the noun of an entry."""

OTHERS: Mapping[type[Block], str] = {
    model.Attract: ATTRACT_LOOP,
    model.Brand: "brand",
    model.Consent: "consent",
    model.Controller: "controller",
    model.Dealer: "dealer",
    model.Estimator: "estimator",
    model.Fact: "figure",
    model.Home: "home",
    model.Hours: "opening hours",
    model.Privacy: "privacy page",
    model.Theme: "colours",
}
"""The nouns of blocks outside of those lists; what is in neither is told as a part of another."""

ONLY_ONE = (
    *(model.Attract, model.Brand, model.Consent, model.Controller, model.Estimator),
    *(model.Home, model.Privacy, model.Theme),
)
"""Blocks that need no name to be told from others."""

NAME_FIELDS = ("title", "name", "headline", "venue", "days", "label", "file")


def noun_in(owner: Block, field: str, block: Block) -> str:
    """The noun of a block that stands in a field of another; empty for one that has none."""
    return LISTS.get(type(owner), {}).get(field) or OTHERS.get(type(block), "")


def name_field(kind: type[Block]) -> str | None:
    """The field that people know a block by."""
    if issubclass(kind, model.Place):
        return "name"
    return next((field for field in NAME_FIELDS if field in kind.model_fields), None)


def name_of(block: Block) -> str:
    """What people know a block by; empty where it has no name."""
    field = name_field(type(block))
    return str(getattr(block, field) or "") if field else ""


def names_of(block: Block) -> Iterator[str]:
    """Everything that people may call a block: of a place, its title as well."""
    for field in NAME_FIELDS:
        if isinstance(name := getattr(block, field, None), str):
            yield name
