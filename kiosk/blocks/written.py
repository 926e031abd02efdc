"""What an editor may know of the field types: patterns for JSON Schema, never too strict."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_DAY = r"(?:19|2[01])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_SPAN = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9] *[-\u2013] *(?:[01]?[0-9]|2[0-4]):[0-5][0-9]"
_WEB = r"[Hh][Tt][Tt][Pp][Ss]?://\S+\.\S*"
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it is written.

    `hint` is what an editor says where the pattern does not fit; `read_as` is what it may take the
    value for besides a text.
    """

    pattern: str
    hint: str
    read_as: str | None = None
    most: int | None = field(default=None, kw_only=True)

    def fits(self, text: str) -> bool:
        """Whether a text is written like this."""
        return re.fullmatch(self.pattern, text) is not None

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        keywords = {_BOUNDS[key]: value for key, value in handler(schema).items() if key in _BOUNDS}
        keywords["type"] = [self.read_as, "string"] if self.read_as else "string"
        if self.most is not None:
            keywords["maxLength"] = self.most
        return keywords | {"pattern": rf"^\s*{self.pattern}\s*$", "patternErrorMessage": self.hint}


def _in_any_case(*words: str) -> str:
    """A pattern for some words in capital or small letters."""
    spelt = ("".join(f"[{c.upper()}{c}]" for c in word) for word in words)
    return f"(?:{'|'.join(spelt)})"


DAY = Written(_DAY, "Write a day as YEAR-MONTH-DAY, like 2024-04-05.")
MOMENT = Written(
    f"{_DAY}(?: {_TIME})?", "Write a day, or a day and a time, like 2024-05-01 or 2024-05-01 18:30."
)
WHOLE = Written("-?(?:0|[1-9][0-9]*)", "Write a whole number, like 36.", "integer")
AMOUNT = Written(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", "Write digits only, like 32500 or 4.9.", "number"
)
FLAG = Written(
    _in_any_case("true", "yes", "on", "false", "no", "off"), "Write true or false.", "boolean"
)
LANGUAGE = Written(
    "[a-z]{2,3}(?:-[A-Z]{2})?", "Write a language as two small letters, like en, or en-GB."
)
COLOR = Written("#[0-9a-fA-F]{6}", 'Write a color in quotes, like "#E2231A".')
SCREEN = Written("[0-9]{3,5}x[0-9]{3,5}", "Write a size as WIDTHxHEIGHT, like 1920x1080.")
SLUG = Written(
    "[a-z][a-z0-9-]*",
    "Write small letters, digits and hyphens, like stay-updated.",
    "boolean",
    most=32,
)
ADDRESS = Written(
    rf"(?:{_WEB}|(?:tel|mailto|geo):[\s\S]+)",
    "Copy the address from the browser; it begins with https://.",
    most=400,
)
PHONE = Written(
    r"\+?[0-9][0-9 ().-]{5,22}[0-9]", "Write a phone number like +1 317 555 0137.", "number"
)
WEBSITE = Written(_WEB, "Copy the address from the browser; it begins with https://.", most=400)
EMAIL = Written(r"[^\s@:<>]+@[^\s@:<>]+\.[^\s@:<>]+", "Write it like info@example.com.", most=80)
OPENING_TIMES = Written(
    rf"(?:{_in_any_case('closed')}|{_SPAN}(?: *, *{_SPAN})*)",
    "Write the times like 9:00-18:00 or 9:00-12:00, 13:00-18:00, or closed.",
)
PICTURE = Written(
    rf"[\s\S]*\.{_in_any_case('jpg', 'jpeg', 'png', 'webp', 'svg')}[/.]*",
    "Name a picture in the folder assets, ending in .jpg, .png, .webp or .svg.",
    most=200,
)
VIDEO = Written(
    rf"[\s\S]*\.{_in_any_case('mp4', 'm4v', 'mov', 'webm')}[/.]*",
    "Name a video in the folder assets, ending in .mp4 or .webm.",
    most=200,
)
ICON = Written(
    r"[a-z0-9]+\.\S+", "Write a QtAwesome name: a set, a dot and an icon, like ph.house-bold."
)
