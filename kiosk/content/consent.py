"""The words a visitor agrees to, from one content to the next."""

from __future__ import annotations

from kiosk.content.model import Content, Signup
from kiosk.content.problems import Problem
from kiosk.content.tree import Tree

NAME = "consent-version"
SOURCE = "Regulation (EU) 2016/679 (GDPR), Article 7(1)"


def consent_changed(before: Content, after: Content, tree: Tree) -> Problem | None:
    """What a consent is asked with has changed and its version has not; `tree` is that of `after`.

    A stored consent names a version, so each version must stand for one set of words.
    """
    old, (path, new) = _form(before)[1], _form(after)
    if old is None or new is None or old.consent.version != new.consent.version:
        return None
    changed = [
        name
        for name, was, now in (
            ("consent: wording", old.consent.wording, new.consent.wording),
            ("controller", old.controller, new.controller),
            ("purpose", old.purpose, new.purpose),
            ("withdraw", old.withdraw, new.withdraw),
            ("privacy", old.privacy, new.privacy),
        )
        if was != now
    ]
    if not changed:
        return None
    return Problem(
        tree.spot((*path, "consent", "version")),
        f"{_listed(changed)} changed and the consent's version is still"
        f" '{new.consent.version}'; give it a new one",
        "error",
        NAME,
        SOURCE,
    )


def _form(content: Content) -> tuple[tuple[str, int], Signup | None]:
    for index, place in enumerate(content.places):
        if isinstance(place, Signup):
            return ("places", index), place
    return ("places", 0), None


def _listed(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
