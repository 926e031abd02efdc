"""The words a visitor agrees to: one name stands for one wording, in each language, forever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

from pydantic import ConfigDict

from kiosk.blocks.block import Block
from kiosk.blocks.fields import Language, Summary
from kiosk.blocks.listing import quoted
from kiosk.content.file import ContentUnreadable, read_bytes
from kiosk.content.model import Content
from kiosk.content.problems import Problem
from kiosk.content.yaml.tree import Tree, read_tree
from kiosk.places.signup.model import Consent, Controller, Privacy, SignupForm

SOURCE = "Regulation (EU) 2016/679 (GDPR), Article 7(1)"

ConsentKey = tuple[str, str]
"""The language and the consent's version."""


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What a consent is asked with: by part of the form, the SHA-256 of what it says."""

    key: ConsentKey
    parts: Mapping[str, str]

    def differing(self, other: ConsentWords) -> list[str]:
        """The names of the parts that say something else."""
        names = dict.fromkeys([*self.parts, *other.parts])
        return [name for name in names if self.parts.get(name) != other.parts.get(name)]


class _Form(Block):
    """As much of the form as consent is asked with."""

    model_config = ConfigDict(extra="ignore")

    controller: Controller
    purpose: Summary
    withdraw: Summary
    consent: Consent
    privacy: Privacy


class _Language(Block):
    model_config = ConfigDict(extra="ignore")

    language: Language = Content.model_fields["language"].default


def consent_words(content: Content) -> ConsentWords | None:
    """The words of a content's form; None without one."""
    _, form = _form(content)
    return None if form is None else _words(content.language, form)


def consent_words_in(file: Path) -> ConsentWords | None:
    """The same from a file that was in order once, whatever today's rules say of its other parts.

    None also where it cannot be read any more.
    """
    try:
        data: Any = read_tree(read_bytes(file).decode("utf-8-sig")).data
        language = _Language.model_validate(
            {key: data[key] for key in ("language",) if key in data}
        )
        form = next((place for place in data["places"] if place["kind"] == "signup"), None)
        return None if form is None else _words(language.language, _Form.model_validate(form))
    except (ContentUnreadable, ValueError, LookupError, TypeError):  # of pydantic, a ValueError
        return None


def name_reused(before: ConsentWords, content: Content, tree: Tree) -> Problem | None:
    """Words under a name that has stood for others; `tree` is that of `content`.

    A stored consent names a version, so each version must stand for one set of words.
    """
    path, form = _form(content)
    if form is None:
        return None
    words = _words(content.language, form)
    changed = before.differing(words)
    if words.key != before.key or not changed:
        return None
    return Problem(
        tree.spot((*path, "consent", "version")),
        "consent-version",
        f"{quoted(changed)} changed since the consent's version '{form.consent.version}' was"
        " first shown; give it a version that has never been used",
        source=SOURCE,
    )


def _words(language: str, form: SignupForm | _Form) -> ConsentWords:
    parts: dict[str, str | Block] = {
        "consent: wording": form.consent.wording,
        "controller": form.controller,
        "purpose": form.purpose,
        "withdraw": form.withdraw,
        "privacy": form.privacy,
    }
    key = language.casefold(), normalize("NFC", form.consent.version)
    return ConsentWords(key, {name: _digest(part) for name, part in parts.items()})


def _digest(part: str | Block) -> str:
    """What a later release lets be said, and nobody says, leaves it as it is."""
    plain = part if isinstance(part, str) else part.model_dump(mode="json", exclude_defaults=True)
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _form(content: Content) -> tuple[tuple[str, int], SignupForm | None]:
    for index, place in enumerate(content.places):
        if isinstance(place, SignupForm):
            return ("places", index), place
    return ("places", 0), None
