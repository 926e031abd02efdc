"""A content file to a validated model, or to every problem it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.content.explaining import explain
from kiosk.content.file import assets_of, read_bytes
from kiosk.content.model import Content
from kiosk.content.pictures import Pictures
from kiosk.content.problems import Problem, Spot
from kiosk.content.tree import Tree, read_tree

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML does not allow, and the line ends that no editor shows as such."""


@dataclass(frozen=True)
class Loaded:
    """What came of a content file: the model when nothing is wrong, else the problems."""

    file: Path
    digest: str
    content: Content | None
    problems: tuple[Problem, ...]
    tree: Tree

    @property
    def assets(self) -> Path:
        """The folder that picture names are relative to."""
        return assets_of(self.file)


def load(file: Path) -> Loaded:
    """Read, parse and validate a content file.

    Raises:
        ContentUnreadable: see `read_bytes`.
    """
    raw = read_bytes(file)
    digest = sha256(raw).hexdigest()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Loaded(file, digest, None, (_not_utf8(error),), Tree())
    unprintable = _unprintable(text)
    if unprintable is not None:
        return Loaded(file, digest, None, (unprintable,), Tree())
    tree = read_tree(text)
    problems = list(tree.problems)
    content: Content | None = None
    if tree.data is not None:
        content, found = _validate(tree, assets_of(file))
        told = {problem.spot for problem in problems}  # a fault of form, and what follows from it
        problems += [problem for problem in found if problem.spot not in told]
    elif not problems:
        problems.append(
            Problem(Spot(1, 1), "the file is empty; start from the example content.yaml")
        )
    problems.sort(key=lambda problem: problem.spot)
    return Loaded(file, digest, None if problems else content, tuple(problems), tree)


def _validate(tree: Tree, assets: Path) -> tuple[Content | None, list[Problem]]:
    data: Any = tree.data
    if not isinstance(data, dict):
        return None, [Problem(Spot(1, 1), "the file must begin with keys such as 'brand:'")]
    try:
        return Content.model_validate(data, context={"pictures": Pictures(assets)}), []
    except ValidationError as error:
        return None, explain(error.errors(include_url=False), tree)


def _not_utf8(error: UnicodeDecodeError) -> Problem:
    return Problem(
        _end_of(error.object[: error.start].decode()),
        f"the letter here (byte {error.object[error.start]:#04x}) is not UTF-8; in your editor,"
        " choose 'Save with encoding' and UTF-8",
    )


def _unprintable(text: str) -> Problem | None:
    found = FORBIDDEN.search(text)
    if found is None:
        return None
    return Problem(
        _end_of(text[: found.start()]),
        f"an invisible control character ({ord(found[0]):#04x}) stands here; delete it",
    )


def _end_of(text: str) -> Spot:
    """The spot right behind a text."""
    lines = re.split(r"\r\n|\r|\n", text)
    return Spot(len(lines), len(lines[-1]) + 1)
