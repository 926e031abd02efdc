"""Checks that a file in a language other than English has words for the buttons."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.blocks.words import NOT_NEEDED
from kiosk.content.lint.rule import Finding, Subject
from kiosk.content.words import Plurals, Words

ENGLISH = "en"
MOST_NAMED = 3
FORMS_WITH_OWN_KEYS = frozenset({"one", "other"})
"""Plural forms that have their own keys among the words."""


def language_texts(subject: Subject) -> Iterator[Finding]:
    """The kiosk's own words that would be in English among other texts, and obsolete keys."""
    words, language = subject.content.words, subject.content.language
    obsolete = [name for name in NOT_NEEDED if getattr(words, name) is not None]
    for name in obsolete:
        yield Finding(
            ("words", name),
            f"{name} is no longer needed: days are written as '{language}' has them; remove it",
        )
    if language.partition("-")[0] == ENGLISH:
        return
    expected = [name for name in Words.model_fields if name not in {"plurals", *NOT_NEEDED}]
    missing = [name for name in expected if name not in words.model_fields_set]
    if missing:
        more = len(missing) - MOST_NAMED
        listed_names = ", ".join(missing[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        yield Finding(
            ("words",),
            f"the texts are in '{language}', but the kiosk's own words are still in English:"
            f" {listed_names}; write each under words:",
        )
    yield from _missing_forms(words, language)


def _missing_forms(words: Words, language: str) -> Iterator[Finding]:
    from kiosk.language.localization import localization  # 30 ms, and never for English

    required = sorted(localization(language).plurals - FORMS_WITH_OWN_KEYS)
    for name in Plurals.model_fields:
        forms = getattr(words.plurals, name)
        missing = [form for form in required if getattr(forms, form) is None]
        if missing and name in words.model_fields_set:
            yield Finding(
                ("words", name),
                f"'{language}' has other words for some numbers; write {' and '.join(missing)}"
                f" of {name} under words: plurals:",
            )
