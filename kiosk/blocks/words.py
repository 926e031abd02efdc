"""The kiosk's own words: buttons, labels and the form's messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from kiosk.blocks.fields import Text
from kiosk.blocks.refusal import FieldRefusal

Word = Annotated[str, Text(40)]
Sentence = Annotated[str, Text(220)]
PLACEHOLDER = re.compile(r"\{[a-z]+\}")
NOT_NEEDED = ("month_names", "date_order")
"""Keys of older files; the language now decides how dates are written."""


def check_placeholders(text: str, usual: str) -> str:
    """Whether a text can be filled in like the usual one.

    Raises:
        FieldRefusal: says which placeholder is missing, doubled or not known.
    """
    known, given = PLACEHOLDER.findall(usual), PLACEHOLDER.findall(text)
    if re.search(r"[{}]", re.sub("|".join(map(re.escape, known)) or "$.", "", text)):
        if not known:
            raise FieldRefusal(
                "placeholder",
                "cannot contain { or }, since nothing is filled in here; write plain words",
            )
        raise FieldRefusal(
            "placeholder",
            f"can contain {' and '.join(known)} but no other braces; write {usual!r}",
        )
    for placeholder in known:
        if (count := given.count(placeholder)) != 1:
            wrong = "is missing" if count == 0 else f"is used {count} times"
            raise FieldRefusal(
                "placeholder",
                f"must contain {placeholder} once, but it {wrong}; write {usual!r}",
            )
    return text


class Immutable(BaseModel):
    """Unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class WordForms(Immutable):
    """The forms a noun takes beside some numbers, in languages such as Polish."""

    zero: Word | None = None
    """With 0 and numbers treated like it."""
    two: Word | None = None
    """With 2 and numbers treated like it."""
    few: Word | None = None
    """With 2, 3, 4 and numbers treated like them."""
    many: Word | None = None
    """With 5, 6, 7 and numbers treated like them."""


class SentenceForms(Immutable):
    """The same for a sentence that contains the number."""

    zero: Sentence | None = None
    """With 0 and numbers treated like it."""
    one: Sentence | None = None
    """With 21 and other numbers treated like 1."""
    two: Sentence | None = None
    """With 2 and numbers treated like it."""
    few: Sentence | None = None
    """With 2, 3, 4 and numbers treated like them."""
    many: Sentence | None = None
    """With 5, 6, 7 and numbers treated like them."""


class PluralForms(Immutable):
    """Further forms of some words, for languages in which nouns have more than two.

    `usual` is the English of those that are whole sentences.
    """

    usual: ClassVar[Mapping[str, str]] = {}

    @field_validator("*")
    @classmethod
    def _can_be_filled_in(cls, forms: object, info: ValidationInfo) -> object:
        usual = cls._usual_of(str(info.field_name))
        if isinstance(forms, BaseModel) and usual is not None:
            for name in type(forms).model_fields:
                if (text := getattr(forms, name)) is not None:
                    try:
                        check_placeholders(text, usual)
                    except FieldRefusal as error:
                        raise FieldRefusal(error.code, f"has {name}:, which {error}") from None
        return forms

    @classmethod
    def _usual_of(cls, name: str) -> str | None:
        owners = (kind for kind in cls.__mro__ if issubclass(kind, PluralForms))
        return next((kind.usual[name] for kind in owners if name in kind.usual), None)


class KindWords(Immutable):
    """Words of one kind of place; `{…}` in their English is filled in by the kiosk.

    `forms` is the model of the further forms that some of them have, and `singular` names the word
    that stands beside 1 alone, for each that stands beside a number.
    """

    forms: ClassVar[type[PluralForms] | None] = None
    singular: ClassVar[Mapping[str, str]] = {}

    @field_validator("*")
    @classmethod
    def _can_be_filled_in(cls, value: object, info: ValidationInfo) -> object:
        name = str(info.field_name)
        if isinstance(value, str) and name not in NOT_NEEDED:
            check_placeholders(value, str(cls.model_fields[name].default))
        return value

    def counted(self, name: str, count: int, plural: str) -> str:
        """The form of a word beside a number, given the plural that the language has for it.

        `one` is the form beside 1 alone, unless the word has one for 21 and its like as well.
        """
        singular: str = getattr(self, self._singular_of(name))
        if count == 1:
            return singular
        forms = getattr(getattr(self, "plurals", None), name, None)
        if plural == "one" and not hasattr(forms, "one"):
            return singular
        text: str = getattr(forms, plural, None) or getattr(self, name)
        return text

    @classmethod
    def _singular_of(cls, name: str) -> str:
        owners = (kind for kind in cls.__mro__ if issubclass(kind, KindWords))
        return next(kind.singular[name] for kind in owners if name in kind.singular)


class CommonWords(KindWords):
    """The words that all places and the screens around them share."""

    touch_to_begin: Word = "Touch to begin"
    """On the posters: invites visitors to touch the screen."""
    home: Word = "Home"
    """The button to the home screen."""
    back: Word = "Back"
    """The button back to the place."""
    example: Word = "Example"
    """On the ribbon that marks examples."""
    take_home: Sentence = "Scan with your phone to take this home."
    """Beside a code to scan, if its link has no line of its own."""
    next_entry: Word = "Next"
    """Above the name of the next entry, on the button to its page."""
    dates: Word = "Dates"
    """The label of the first and last day."""
    still_there: Word = "Still there?"
    """The headline of the warning before the screen starts over."""
    idle_explained: Sentence = (
        "Touch to carry on. At zero, this screen starts over for the next visitor."
    )
    """Below that headline."""
    carry_on: Word = "Carry on"
    """The button that keeps the screen as it is."""
