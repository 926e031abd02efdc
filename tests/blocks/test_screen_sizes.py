"""Sizes of screens, on the command line and in the content file."""

from __future__ import annotations

import pytest

from kiosk.blocks.screen_sizes import parse_size, written_size
from kiosk.content.check.loading import load
from tests.conftest import Contents


def test_a_size_is_read_and_written() -> None:
    assert parse_size("1080x1920") == (1080, 1920)
    assert written_size((1080, 1920)) == "1080x1920"


@pytest.mark.parametrize(
    "text", ["1920", "1920*1080", "1920 x 1080", "99x99", "9000x1080", "x", ""]
)
def test_anything_else_gets_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a size .*; write it like 1920x1080"):
        parse_size(text)


def test_the_file_names_screens(contents: Contents) -> None:
    loaded = contents.load(contents.timeline(), screens=["1920x1080"])
    assert loaded.content is not None
    assert loaded.content.screens == ("1920x1080",)


@pytest.mark.parametrize(
    ("screens", "sentence"),
    [
        (["1920"], "'1920' is not a size from 320x320 to 8192x8192; write it like 1920x1080"),
        (["1920x1080"] * 5, "'screens' has 5 entries, but only 4 fit"),
        ("1920x1080", "'screens' must be a list"),
    ],
)
def test_a_wrong_screen_is_explained(contents: Contents, screens: object, sentence: str) -> None:
    loaded = load(contents.write(contents.timeline(), screens=screens))
    (problem,) = loaded.problems
    assert sentence in problem.message
