"""Every kind of place has all that the rest of the kiosk asks of it."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
import yaml

from kiosk.blocks.block import Block
from kiosk.content.model import Attract
from kiosk.places.kind import Kind
from kiosk.places.kinds import KINDS
from kiosk.places.viewmodel import PlaceViewModel, view_model_of
from tests.conftest import CHECKOUT

FOLDER = CHECKOUT / "kiosk" / "places"
DOCUMENT = (CHECKOUT / "docs" / "content.md").read_text(encoding="utf-8")
TEMPLATE = (CHECKOUT / "kiosk" / "content" / "template.yaml").read_text(encoding="utf-8")
SCHEMA = json.loads((CHECKOUT / "content.schema.json").read_text(encoding="utf-8"))

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def _kind_in(schema: Any) -> dict[str, str]:
    """What editors say of each kind."""
    parts = schema.values() if isinstance(schema, dict) else schema
    if isinstance(schema, dict) and KINDS[0].name in schema.get("enum", ()):
        return dict(zip(schema["enum"], schema["enumDescriptions"], strict=True))
    found = (_kind_in(part) for part in parts if isinstance(part, dict | list))
    return next((kinds for kinds in found if kinds), {})


TOLD = _kind_in(SCHEMA)


def test_every_folder_is_registered() -> None:
    folders = {file.parent.name for file in FOLDER.glob("*/model.py")}
    assert folders == {kind.name for kind in KINDS}


def test_only_view_models_know_qt() -> None:
    """By name, so that no new file is forgotten; import-linter also follows what files import."""
    for file in FOLDER.rglob("*.py"):
        knows_qt = "PySide6" in file.read_text(encoding="utf-8")
        assert knows_qt == file.name.endswith("viewmodel.py"), file.relative_to(FOLDER)


@every_kind
def test_it_is_called_the_same_everywhere(kind: Kind[Any]) -> None:
    assert get_args(kind.model.model_fields["kind"].annotation) == (kind.name,)
    assert kind.model.__module__ == f"kiosk.places.{kind.name}.model"


@every_kind
def test_it_has_a_view_model_and_a_screen_that_takes_it(kind: Kind[Any]) -> None:
    view_model = view_model_of(kind.model.model_construct(kind=kind.name))
    assert issubclass(view_model, PlaceViewModel)
    screen = (FOLDER / kind.name / "Screen.qml").read_text(encoding="utf-8")
    assert f"required property {view_model.__name__} place" in screen


@every_kind
def test_what_counts_as_something_on_its_screen_is_a_list_of_its_own(kind: Kind[Any]) -> None:
    assert set(kind.model.counted or ()) <= kind.model.lists.keys()


@every_kind
def test_the_attract_loop_knows_what_asks_for_its_posters(kind: Kind[Any]) -> None:
    assert kind.posters_asked_by is None or kind.posters_asked_by in Attract.model_fields


@every_kind
def test_staff_find_it_in_the_document_and_in_a_new_showroom(kind: Kind[Any]) -> None:
    output = TOLD[kind.name]
    assert f"| `{kind.name}` | {output} |" in DOCUMENT, "the table of kinds in docs/content.md"
    blocks = yaml.safe_load(TEMPLATE.replace("__NAME__", "x").replace("__YEAR__", "2030"))["places"]
    (block,) = (block for block in blocks if block["kind"] == kind.name)
    place = kind.model.model_validate({**_texts(block)})
    opened = [section for section in kind.sections(place) if section.entries()]
    assert opened
    assert all(
        isinstance(entry, Block) for section in opened for tab in section.tabs for entry in tab
    )


def _texts(value: Any) -> Any:
    """What YAML has read, with every scalar as the text it was."""
    match value:
        case dict():
            return {key: _texts(part) for key, part in value.items()}
        case list():
            return [_texts(part) for part in value]
        case bool():
            return str(value).lower()
    return str(value)
