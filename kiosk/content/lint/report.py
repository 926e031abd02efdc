"""Warnings about valid content that looks wrong, misleads or breaks a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from kiosk.blocks.naming import names_of
from kiosk.blocks.paths import Path
from kiosk.blocks.walking import along
from kiosk.content.check.loading import Loaded
from kiosk.content.model import Content
from kiosk.content.problems import Problem

if TYPE_CHECKING:
    from kiosk.content.lint.misfits import Misfit
    from kiosk.content.lint.rule import Finding, Rule


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that the content says does not matter, and why."""

    problem: Problem
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Findings of the rules, each list in the order of the file."""

    problems: tuple[Problem, ...] = ()
    silenced: tuple[Silenced, ...] = ()


def report(loaded: Loaded, today: date, misfits: tuple[Misfit, ...] = ()) -> Report:
    """Findings of the rules for `today`, and which of them are silenced.

    `misfits` are the results of measuring the screens.
    """
    if loaded.content is None:
        return Report()
    from kiosk.content.lint.rule import Subject
    from kiosk.content.lint.rules import RULES

    content = loaded.content
    subject = Subject(content, today, loaded.assets, misfits, loaded.tree.notes)
    problems: list[Problem] = []
    silenced: list[Silenced] = []
    # What is found on some days only may have to be silenced at another time.
    varying = {rule.name for rule in RULES if rule.varies}
    used = {number for number, item in enumerate(content.silence) if item.rule in varying}
    silences = _by_rule_and_entry(content)
    for rule in RULES:
        silenced_names = silences.get(rule.name, {})
        for finding in rule.find(subject):
            problem = _problem(rule, finding, loaded)
            names = (None, *dict.fromkeys(_names(content, finding.path))) if silenced_names else ()
            matching = sorted(number for name in names for number in silenced_names.get(name, ()))
            used.update(matching)
            if matching:
                silenced.append(Silenced(problem, content.silence[matching[0]].reason))
            else:
                problems.append(problem)
    problems += _unused(loaded, content, used)
    return Report(
        tuple(sorted(problems, key=lambda problem: problem.spot)),
        tuple(sorted(silenced, key=lambda item: item.problem.spot)),
    )


def _problem(rule: Rule, finding: Finding, loaded: Loaded) -> Problem:
    spot = finding.spot or loaded.tree.spot(finding.path)
    return Problem(spot, rule.name, finding.message, "warning", rule.source)


def _by_rule_and_entry(content: Content) -> dict[str, dict[str | None, list[int]]]:
    """The indexes of each rule's silences, by the entry they name."""
    numbers: dict[str, dict[str | None, list[int]]] = {}
    for number, silence in enumerate(content.silence):
        entry = None if silence.entry is None else _folded(silence.entry)
        numbers.setdefault(silence.rule, {}).setdefault(entry, []).append(number)
    return numbers


def _names(content: Content, path: Path) -> Iterator[str]:
    """The names of the blocks around a finding, from the place down to its picture."""
    for block in along(content, path):
        yield from map(_folded, names_of(block))


def _folded(name: str) -> str:
    """A name normalised for case, spaces and accents."""
    return normalize("NFC", " ".join(name.casefold().split()))


def _unused(loaded: Loaded, content: Content, used: set[int]) -> Iterator[Problem]:
    for number, silence in enumerate(content.silence):
        if number not in used:
            about = f" about '{silence.entry}'" if silence.entry else ""
            yield Problem(
                loaded.tree.spot(("silence", number)),
                "unused-silence",
                f"there is no '{silence.rule}' warning{about} to silence; remove this entry, or"
                " correct its rule and entry",
                "warning",
            )
