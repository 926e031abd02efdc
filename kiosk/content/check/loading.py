"""A content file to a validated model, or to every problem it has."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.blocks.lookalikes import sign_name
from kiosk.blocks.nearness import bounded_search
from kiosk.blocks.paths import Path as TreePath
from kiosk.content.check.explaining import Explanation, explain
from kiosk.content.check.pictures import Pictures
from kiosk.content.file import assets_of, read_bytes
from kiosk.content.model import Content
from kiosk.content.problems import Problem, Spot, first_of
from kiosk.content.yaml.incremental import reread
from kiosk.content.yaml.tree import Tree, read_tree

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Characters that YAML forbids, line ends that no editor shows, and text direction marks."""


@dataclass(frozen=True)
class Loaded:
    """The result of loading a content file: the model if it is valid, else its problems.

    `kept` maps pictures that are not shown from the assets folder to their files.
    """

    file: Path
    digest: str
    content: Content | None
    problems: tuple[Problem, ...]
    tree: Tree
    text: str = field(default="", repr=False)
    pictures: Pictures = field(default_factory=lambda: Pictures(Path()), repr=False)
    stored_pictures: Mapping[str, Path] = field(default_factory=dict, repr=False)
    has_mark: bool = False
    """Whether the file begins with a UTF-8 byte order mark."""

    @property
    def raw(self) -> bytes:
        """The bytes that were read; those of a file that is UTF-8."""
        return (BOM_UTF8 if self.has_mark else b"") + self.text.encode()

    @cached_property
    def assets(self) -> Path:
        """The folder that picture names are relative to; resolved once."""
        return assets_of(self.file)


def load(file: Path, before: Loaded | None = None) -> Loaded:
    """Read, parse and validate a content file.

    Parts unchanged since `before` are reused; the result is the same.

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
    assets = assets_of(file)
    has_mark = raw.startswith(BOM_UTF8)
    if (
        before is not None
        and (reloaded := _load_changed(before, file, assets, digest, text)) is not None
    ):
        return replace(reloaded, has_mark=has_mark)
    pictures = Pictures(assets, before.pictures.cache if before is not None else None)
    tree = read_tree(text)
    problems = list(tree.problems)
    content: Content | None = None
    more = 0
    if tree.data is not None:
        content, explanation = _validate(tree, pictures)
        faulty = {problem.spot for problem in problems}  # syntax errors and their consequences
        problems += [
            problem
            for problem in explanation.problems
            if problem.spot not in faulty and problem.spot.line not in tree.repaired_lines
        ]
        more = explanation.more
    elif not problems:
        problems.append(
            Problem(
                Spot(1, 1), "empty-file", "the file is empty; start from the example content.yaml"
            )
        )
    valid = None if problems else content
    listed = first_of(problems, more)
    return Loaded(file, digest, valid, listed, tree, text, pictures, has_mark=has_mark)


def _load_changed(
    before: Loaded, file: Path, assets: Path, digest: str, text: str
) -> Loaded | None:
    """A valid file that differs from the previous valid one in at most one entry."""
    if before.content is None or (pictures := before.pictures.reinspect(assets)) is None:
        return None
    if text == before.text:
        return Loaded(file, digest, before.content, (), before.tree, text, pictures)
    changed = reread(before.text, before.tree, text)
    if changed is None:
        return None
    data = _validated_except(changed.path, changed.tree.data, before.content)
    try:
        content = Content.model_validate(data, context={"pictures": pictures})
    except ValidationError:
        return None  # reported for the whole file, in the order of its lines
    return Loaded(file, digest, content, (), changed.tree, text, pictures)


def _validated_except(path: TreePath, data: Any, before: Any) -> Any:
    """Data with validated blocks, except for the one at a path, which still needs validation."""
    if not path:
        return data
    step, *rest = path
    if isinstance(data, list):
        entries = list(before)
        entries[int(step)] = _validated_except(tuple(rest), data[int(step)], before[int(step)])
        return entries
    ready = {key: _validated(getattr(before, key), value) for key, value in data.items()}
    ready[str(step)] = _validated_except(tuple(rest), data[step], getattr(before, str(step)))
    return ready


def _validated(value: object, data: Any) -> Any:
    is_block = isinstance(value, BaseModel)
    is_list = isinstance(value, tuple) and len(value) > 0 and isinstance(value[0], BaseModel)
    return value if is_block or is_list else data


def _validate(tree: Tree, pictures: Pictures) -> tuple[Content | None, Explanation]:
    data: Any = tree.data
    if not isinstance(data, dict):
        no_keys = Problem(Spot(1, 1), "not-yaml", "the file must start with keys such as 'brand:'")
        return None, Explanation([no_keys])
    try:
        with bounded_search():
            return Content.model_validate(data, context={"pictures": pictures}), Explanation([])
    except ValidationError as error:
        details = error.errors(include_url=False)
        if tree.repaired_lines:  # what is missing may be what could not be read
            details = [detail for detail in details if detail["type"] != "missing"]
        return None, explain(details, tree)


def _not_utf8(error: UnicodeDecodeError) -> Problem:
    return Problem(
        _spot_after(error.object[: error.start].decode()),
        "not-utf8",
        f"the letter here (byte {error.object[error.start]:#04x}) is not UTF-8; in your editor,"
        " choose 'Save with encoding' and UTF-8",
    )


def _unprintable(text: str) -> Problem | None:
    match = FORBIDDEN.search(text)
    if match is None:
        return None
    return Problem(
        _spot_after(text[: match.start()]),
        "forbidden-character",
        f"there is an invisible character here ({sign_name(match[0])}); delete it",
    )


def _spot_after(text: str) -> Spot:
    """The spot right after a text."""
    lines = re.split(r"\r\n|\r|\n", text)
    return Spot(len(lines), len(lines[-1]) + 1)
