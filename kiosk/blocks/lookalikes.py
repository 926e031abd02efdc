"""Signs that cannot be seen, or that look like others: they come along when a text is copied."""

from __future__ import annotations

import unicodedata

from kiosk.blocks.refusal import FieldRefusal

INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""The Unicode categories of control characters, joiners and spaces."""
CYRILLIC = "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d"
GREEK = "\u03b1\u03bf\u03bd\u03b9\u03ba\u03c1\u03c5"
LATIN = str.maketrans(f"{CYRILLIC}{GREEK}\u0131", "aeopcyxijsdhqwaovikpui")
"""Small letters that look like Latin ones; the last is the Turkish i without its dot."""


def sign_name(sign: str) -> str:
    """`U+200B ZERO WIDTH SPACE`."""
    usual = "CONTROL CHARACTER" if unicodedata.category(sign) == "Cc" else "UNNAMED"
    return f"U+{ord(sign):04X} {unicodedata.name(sign, usual)}"


def as_it_looks(text: str) -> str:
    """A text without what cannot be seen, in the letters that it seems to be of."""
    apart = unicodedata.normalize("NFKD", text)
    seen = (sign for sign in apart if _is_seen(sign) and not unicodedata.combining(sign))
    return "".join(seen).translate(LATIN).strip()


def first_odd_sign(text: str) -> int | None:
    """Where the first sign stands that is not what it looks like."""
    return next((n for n, sign in enumerate(text) if _is_odd(sign)), None)


def odd_sign_at(text: str, index: int) -> str:
    """`an invisible character after 'head' (U+200B ZERO WIDTH SPACE)`."""
    sign = text[index]
    what = "a letter that only looks like it" if _is_seen(sign) else "an invisible character"
    before = "".join(filter(_is_seen, text[:index]))[-12:]
    where = f"after '{before}'" if before else "at its beginning"
    return f"{what} {where} ({sign_name(sign)})"


def refuse_odd_sign(text: str) -> None:
    """Refuse a sign that cannot be seen, in what is no text to read.

    Raises:
        FieldRefusal: names the sign and where it is.
    """
    for index, sign in enumerate(text):
        if not _is_seen(sign):
            raise FieldRefusal(
                "odd-character",
                f"has {odd_sign_at(text, index)}; delete it, or type the value again",
            )


def _is_seen(sign: str) -> bool:
    return sign == " " or unicodedata.category(sign) not in INVISIBLE


def _is_odd(sign: str) -> bool:
    if sign.isascii():
        return not sign.isprintable()
    return not _is_seen(sign) or as_it_looks(sign) != sign
