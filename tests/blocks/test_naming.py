"""One description of what people call each part of the content."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.blocks.block import Block, Dated, Notice
from kiosk.blocks.naming import name_field, name_of
from kiosk.content import model
from kiosk.content.lint.report import report
from kiosk.places.schedule.model import Race
from kiosk.places.timeline.model import Timeline
from tests.conftest import Contents

DAY = date(2024, 5, 1)
GONE = {"show_until": "2024-04-01"}


def gone(contents: Contents, entry: str) -> tuple[int, int]:
    """How many findings are told and how many are silenced by this name."""
    race = {
        "starts": date(2024, 3, 5),
        "ends": date(2024, 3, 7),
        "venue": "Nürburgring",
        "city": "Nürburg",
        "region": "DE",
        **GONE,
    }
    poster = {"headline": "Grille bleue", "line": "Ouvert", **GONE}
    loaded = contents.load(
        contents.schedule() | {"races": [race]},
        contents.team() | {"people": [contents.article("Jo Müller", **GONE)]},
        attract={"posters": [poster, {"headline": "Always", "line": "Here."}]},
        silence=[{"rule": "gone-entry", "entry": entry, "reason": "It is as we want it."}],
    )
    found = report(loaded, DAY)
    reported = [problem for problem in found.problems if problem.rule == "gone-entry"]
    return len(reported), len(found.silenced)


@pytest.mark.parametrize(
    "entry",
    [
        "Nürburgring",
        "NÜRBURGRING",
        "Nu\u0308rburgring",  # as a Mac stores it
        "Grille  bleue",
        "Jo Müller",
    ],
)
def test_a_finding_is_silenced_by_what_its_entry_is_called(contents: Contents, entry: str) -> None:
    assert gone(contents, entry) == (2, 1)


def test_every_entry_of_a_list_has_a_noun_and_a_name() -> None:
    for owner in _kinds(Block):
        for field, noun in owner.lists.items():
            assert noun, (owner, field)
            assert field in owner.model_fields
    assert name_field(Race) == "venue"
    assert name_field(Timeline) == "name"
    assert name_field(model.Poster) == "headline"


def test_no_list_of_the_model_is_forgotten() -> None:
    dated = {
        (kind, field)
        for kind in _kinds(Block)
        for field, info in kind.model_fields.items()
        if any(issubclass(entry, Dated) for entry in _entries(info.annotation))
    }
    listed = {(kind, field) for kind in _kinds(Block) for field in kind.lists}
    assert dated == listed


def test_a_block_without_a_name_has_none() -> None:
    assert name_of(Notice(title="Over", line="Come again.")) == "Over"
    assert name_of(model.Theme()) == ""


def _kinds(kind: type[Block]) -> set[type[Block]]:
    found = {kind}
    for below in kind.__subclasses__():
        found |= _kinds(below)
    return found


def _entries(annotation: object) -> list[type[Block]]:
    """The kinds of block in a list."""
    from typing import get_args, get_origin

    if get_origin(annotation) is not tuple:
        return []
    inner = get_args(annotation)[0]
    parts = [inner, *get_args(inner), *(part for arg in get_args(inner) for part in get_args(arg))]
    return [part for part in parts if isinstance(part, type) and issubclass(part, Block)]
