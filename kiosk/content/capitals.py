"""Capital letters as a language writes them.

Qt's `Font.AllUppercase` goes letter by letter and knows no language: it leaves the ß and the i of
Turkish. Unicode's own mapping (`str.upper`) is right but for what its SpecialCasing.txt and the
CLDR's case rules except.
"""

from __future__ import annotations

import re
import unicodedata

DOTTED = str.maketrans({"i": "İ", "ı": "I"})
GREEK_DIPHTHONG = re.compile("([ΑΕΗΙΟΥΩ])[\u0301\u0342]([ΙΥ])(?!\u0308)")
GREEK_ACCENTS = re.compile("[\u0300\u0301\u0313\u0314\u0342]")
GREEK_OR = re.compile(r"(?<!\w)[ήΉ](?!\w)")
DOT_ABOVE = re.compile("(?<=[ijį])\u0307")


def capitals(text: str, language: str) -> str:
    """A text in capitals; `language` as in the content file, like `tr` or `en-GB`."""
    match language.partition("-")[0]:
        case "tr" | "az":
            return text.translate(DOTTED).upper()
        case "el":
            return _greek(text)
        case "lt":  # the dot below an accent is written in small letters only
            return DOT_ABOVE.sub("", text).upper()
        case "hy":
            return text.replace("և", "եվ").upper()
    return text.upper()


def with_capital(text: str, language: str) -> str:
    """A text that begins with a capital; the Dutch ij is one letter."""
    first = 2 if language.startswith("nl") and text[:2].lower() == "ij" else 1
    return capitals(text[:first], language) + text[first:]


def _greek(text: str) -> str:
    """Without accents, but for the word ή; a diaeresis shows which vowels are no diphthong."""
    apart = unicodedata.normalize("NFD", text.upper())
    apart = GREEK_DIPHTHONG.sub("\\1\\2\u0308", apart)
    plain = unicodedata.normalize("NFC", GREEK_ACCENTS.sub("", apart))
    for word in GREEK_OR.finditer(text):
        if len(plain) == len(text):
            plain = plain[: word.start()] + "Ή" + plain[word.end() :]
    return plain
