"""Where `kiosk check` says that a text of a screen stands in the content file."""

from __future__ import annotations

import pytest

from kiosk.showroom.offscreen.content_paths import ContentPaths
from tests.conftest import Contents


@pytest.mark.parametrize(
    ("text", "place_id", "path"),
    [
        ("The links", "links", ("places", 1, "title")),
        ("See you in Alton", "", ("home", "lead")),
        ("A win: 1964", "timeline", ("places", 0, "chapters", 0, "title")),
        pytest.param("Cars", "links", ("places", 1, "name"), id="of two, the open place's"),
        pytest.param("Cars", "", ("home", "headline"), id="of two, the first"),
        pytest.param("19 mi", "links", ("places", 1), id="made by the kiosk, in a place"),
        pytest.param("19 mi", "", (), id="made by the kiosk"),
    ],
)
def test_a_text_is_found_where_staff_can_change_it(
    contents: Contents, text: str, place_id: str, path: tuple[str | int, ...]
) -> None:
    home = {"headline": "Cars", "lead": "See you in Alton"}
    loaded = contents.load(contents.timeline(), contents.links(name="Cars"), home=home)
    assert loaded.content is not None
    assert ContentPaths(loaded.content).find(text, place_id) == path
