"""Capital letters as a language writes them.

Qt's `Font.AllUppercase` goes letter by letter and knows no language: it leaves the ß and the i of
Turkish. Unicode's own mapping (`str.upper`) is right but for what its SpecialCasing.txt and the
CLDR's case rules except.
"""

from __future__ import annotations

import re
import unicodedata

DOTTED = str.maketrans({"i": "İ", "ı": "I"})
GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff][\u0370-\u03ff\u1f00-\u1fff\u0300-\u0345]*")
GREEK_DIPHTHONG = re.compile("([ΑΕΗΙΟΥΩ])[\u0301\u0342]([ΙΥ])(?!\u0308)")
GREEK_ACCENTS = re.compile("[\u0300\u0301\u0313\u0314\u0342]")
GREEK_OR = re.compile("[ήΉ]|[ηΗ]\u0301")
DOT_ABOVE = re.compile("(?<=[ijį])\u0307")


def capitals(text: str, language: str) -> str:
    """A text in capitals; `language` as in the content file, like `tr` or `en-GB`."""
    # No other language uses Greek letters.
    return _upper(GREEK.sub(lambda word: _greek(word[0]), text), language)


def with_capital(text: str, language: str) -> str:
    """A text that begins with a capital; the Dutch ij is one letter."""
    first = 2 if language.startswith("nl") and text[:2].lower() == "ij" else 1
    return _upper(text[:first], language) + text[first:]


def _upper(text: str, language: str) -> str:
    match language.partition("-")[0]:
        case "tr" | "az":
            return text.translate(DOTTED).upper()
        case "lt":  # the dot below an accent is written in small letters only
            return DOT_ABOVE.sub("", text).upper()
        case "hy":
            return text.replace("և", "եվ").upper()
    return text.upper()


def _greek(word: str) -> str:
    """Without accents, but for the word ή; a diaeresis shows which vowels are no diphthong."""
    apart = unicodedata.normalize("NFD", word.upper())
    apart = GREEK_DIPHTHONG.sub("\\1\\2\u0308", apart)
    plain = unicodedata.normalize("NFC", GREEK_ACCENTS.sub("", apart))
    return "Ή" if GREEK_OR.fullmatch(word) else plain
