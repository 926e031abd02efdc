"""All the kiosk's own words: those of every place, and those of each kind of place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, create_model

from kiosk.blocks.words import CommonWords, KindWords, PluralForms, Word
from kiosk.places.kinds import KINDS


class _OlderWords(KindWords):
    """Keys of older files: days are written as the language has them."""

    month_names: tuple[Word, ...] | None = None
    """Not needed any more: months are written as the language has them."""
    date_order: Word | None = None
    """Not needed any more: days are written as the language has them."""


PLURALS = "Further forms of the words that stand beside a number, for languages with more than two."
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
        __doc__="What nouns become beside some numbers, as languages such as Polish need it.",
    )
    Words = create_model(
        "Words",
        __base__=(_OlderWords, *reversed(KIND_WORDS), CommonWords),
        __doc__="English unless the content file says otherwise; `{…}` is filled in by the kiosk.",
        plurals=(Annotated[Plurals, Field(description=PLURALS)], Plurals()),
    )
