"""Advice can be followed: what a problem says to do is not what the next one complains of."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk.blocks.block import Block
from kiosk.blocks.paths import Path as TreePath
from kiosk.content.check.loading import Loaded, load
from kiosk.content.lint.rule import Subject
from kiosk.content.problems import Problem
from kiosk.content.yaml.tree import value_at
from tests.blank_drawings import write_blank_drawings
from tests.conftest import CHECKOUT
from tests.long_runs import IS_LONG

CONTRADICTS = re.compile("is missing|is empty|and needs")
TEMPLATE = CHECKOUT / "kiosk" / "content" / "template.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("advice")
    write_blank_drawings(folder / "assets")
    return folder


@pytest.fixture(scope="module")
def data(folder: Path) -> dict[str, Any]:
    text = TEMPLATE.read_text(encoding="utf-8").replace("__YEAR__", "2030")
    loaded: dict[str, Any] = yaml.load(text.replace("__NAME__", "North"), yaml.BaseLoader)
    return loaded


def load_written(folder: Path, data: dict[str, Any]) -> Loaded:
    file = folder / "content.yaml"
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")
    return load(file)


def problems(folder: Path, data: dict[str, Any]) -> list[Problem]:
    found = load_written(folder, data).problems
    return [problem for problem in found if "picture" not in problem.message]


def keys(folder: Path, data: dict[str, Any]) -> list[TreePath]:
    """One place of each key of each kind of block that the content has."""
    loaded = load_written(folder, data)
    content = loaded.content
    assert content is not None, loaded.problems
    found: dict[tuple[type, str], TreePath] = {}
    for path, block in Subject(content, date(2030, 1, 1), folder).blocks(Block):
        for name in block.model_fields_set:
            found.setdefault((type(block), name), (*path, name))
            value = getattr(block, name)
            is_list = isinstance(value_at(data, (*path, name)), list)
            if isinstance(value, tuple) and value and is_list:
                found.setdefault((type(block), f"{name}[]"), (*path, name, 0))
    return list(found.values())


def changed(data: dict[str, Any], path: TreePath, value: object) -> dict[str, Any]:
    """The same with another value at a path; without what stands there for `...`."""
    data = deepcopy(data)
    around: Any = data
    for step in path[:-1]:
        around = around[step]
    if value is ...:
        del around[path[-1]]
    else:
        around[path[-1]] = value
    return data


@pytest.mark.parametrize("empty", [None, ""], ids=["nothing", "quotes"])
def test_what_is_empty_can_be_removed_where_the_advice_says_so(
    folder: Path, data: dict[str, Any], empty: str | None
) -> None:
    paths = keys(folder, data)
    assert len(paths) > 100
    followed = 0
    for path in paths[:: 1 if IS_LONG else 3]:
        reported = problems(folder, changed(data, path, empty))
        if any(problem.message.endswith("or remove the line") for problem in reported):
            followed += 1
            after = problems(folder, changed(data, path, ...))
            assert not [problem for problem in after if CONTRADICTS.search(problem.message)], path
    assert followed > (10 if IS_LONG else 0)
