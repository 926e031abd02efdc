"""Whether a file in another language than English has that language's words for the buttons."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.rules.rule import Finding, Subject
from kiosk.content.words import Words

ENGLISH = "en"
MOST_NAMED = 3


def language_texts(subject: Subject) -> Iterator[Finding]:
    """The kiosk's own words that would be in English among texts that are not."""
    content = subject.content
    if content.language == ENGLISH:
        return
    missing = [name for name in Words.model_fields if name not in content.words.model_fields_set]
    if missing:
        more = len(missing) - MOST_NAMED
        named = ", ".join(missing[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        yield Finding(
            ("words",),
            f"the texts are in '{content.language}' and the kiosk's own words still in English:"
            f" {named}; write each below words:",
        )
