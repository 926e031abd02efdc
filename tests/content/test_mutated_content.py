"""Whatever happens to the content file, it loads to a model or to problems inside the file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.content.file import ContentUnreadable
from kiosk.content.linting import lint
from kiosk.content.loading import Loaded, load

REPOSITORY = Path(__file__).parents[2]
GOOD = (REPOSITORY / "content.yaml").read_text(encoding="utf-8")
LINES = GOOD.splitlines(keepends=True)
DAY = date(2024, 5, 1)
YAML_SIGNS = "\"'#&*!|>%@`{}[],:-? \n\r\t~\\"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "assets").symlink_to(REPOSITORY / "assets")
        yield Path(name)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The good file after one to three accidents at a keyboard."""
    text = GOOD
    for _ in range(draw(st.integers(1, 3))):
        lines = text.splitlines(keepends=True)
        number = draw(st.integers(0, len(lines) - 1))
        column = draw(st.integers(0, len(lines[number]) - 1))
        match draw(st.sampled_from(["delete", "insert", "cut", "paste", "move", "truncate"])):
            case "delete":
                until = column + draw(st.integers(1, 5))
                lines[number] = lines[number][:column] + lines[number][until:]
            case "insert":
                signs = st.sampled_from(YAML_SIGNS) | st.characters(exclude_categories=["Cs"])
                new = "".join(draw(st.lists(signs, min_size=1, max_size=3)))
                lines[number] = lines[number][:column] + new + lines[number][column:]
            case "cut":
                del lines[number : number + draw(st.integers(1, 3))]
            case "paste":
                other = draw(st.integers(0, len(lines) - 1))
                lines.insert(number, lines[other])
            case "move":
                lines[number] = " " * draw(st.integers(0, 8)) + lines[number].lstrip(" ")
            case "truncate":
                lines = [*lines[:number], lines[number][:column]]
        text = "".join(lines) or "x"
    return text


def _load(folder: Path, data: bytes) -> Loaded:
    file = folder / "content.yaml"
    file.write_bytes(data)
    return load(file)


def _assert_told(loaded: Loaded, last_line: int) -> None:
    assert (loaded.content is None) == bool(loaded.problems)
    assert [p.spot for p in loaded.problems] == sorted(p.spot for p in loaded.problems)
    for problem in loaded.problems:
        assert 1 <= problem.spot.line <= last_line + 1
        assert problem.spot.column >= 1
        assert problem.message
    for warning in lint(loaded, DAY):
        assert 1 <= warning.spot.line <= last_line + 1
        assert warning.rule


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(text=mutated())
def test_an_accident_at_the_keyboard_is_told_inside_the_file(folder: Path, text: str) -> None:
    _assert_told(_load(folder, text.encode()), len(re.split(r"\r\n|\r|\n", text)))


@settings(max_examples=150)
@given(text=st.text(st.sampled_from(YAML_SIGNS + "ab1é"), max_size=60))
def test_no_heap_of_signs_ends_in_a_traceback(folder: Path, text: str) -> None:
    _assert_told(_load(folder, text.encode()), len(re.split(r"\r\n|\r|\n", text)))


@settings(max_examples=50)
@given(data=st.binary(max_size=200))
def test_no_heap_of_bytes_ends_in_a_traceback(folder: Path, data: bytes) -> None:
    assert _load(folder, data).problems


def test_only_a_file_that_cannot_be_read_raises(folder: Path) -> None:
    with pytest.raises(ContentUnreadable):
        load(folder / "nothing.yaml")
