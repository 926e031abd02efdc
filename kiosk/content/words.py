"""All the kiosk's own words: those that all places share, and those of each kind of place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, create_model

from kiosk.blocks.words import CommonWords, KindWords, PluralForms, Word
from kiosk.places.kinds import KINDS


class _OlderWords(KindWords):
    """Keys of older files; the language now decides how dates are written."""

    month_names: tuple[Word, ...] | None = None
    """No longer needed: the language decides how months are written."""
    date_order: Word | None = None
    """No longer needed: the language decides how dates are written."""


PLURALS = "Further plural forms of words beside a number, for languages with more than two."
KIND_WORDS = tuple(kind.words for kind in KINDS if kind.words is not None)

if TYPE_CHECKING:
    Plurals = PluralForms

    class Words(CommonWords):
        plurals: Plurals = PluralForms()
        month_names: tuple[Word, ...] | None = None
        date_order: Word | None = None

else:
    Plurals = create_model(
        "Plurals",
        __base__=tuple(words.forms for words in KIND_WORDS if words.forms is not None),
        __doc__="The forms nouns take beside some numbers, in languages such as Polish.",
    )
    Words = create_model(
        "Words",
        __base__=(_OlderWords, *reversed(KIND_WORDS), CommonWords),
        __doc__="English unless the content file says otherwise; the kiosk fills in `{…}`.",
        plurals=(Annotated[Plurals, Field(description=PLURALS)], Plurals()),
    )
