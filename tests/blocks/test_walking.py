"""Everything that goes over the parts of a content goes the same way, whatever the parts are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import pytest

from kiosk.blocks.block import Block, Dated, Picture
from kiosk.blocks.fields import Name, PictureFile
from kiosk.blocks.paths import Path
from kiosk.blocks.walking import along, asset_files, lists_in, map_entries, walk


class Leaf(Dated):
    name: Name
    picture: Picture | None = None


class Branch(Dated):
    lists: ClassVar[Mapping[str, str]] = {"leaves": "leaf"}

    name: Name
    leaves: tuple[Leaf, ...] = ()


class Trunk(Block):
    lists: ClassVar[Mapping[str, str]] = {"leaves": "thorn"}

    leaves: tuple[Leaf, ...] = ()


class Tree(Block):
    lists: ClassVar[Mapping[str, str]] = {"branches": "branch"}

    trunk: Trunk = Trunk()
    branches: tuple[Branch, ...] = ()
    nest: Leaf | None = None
    bark: PictureFile | None = None


@pytest.fixture
def tree() -> Tree:
    return Tree.model_validate(
        {
            "trunk": {"leaves": [{"name": "thorn"}]},
            "branches": [
                {
                    "name": "low",
                    "leaves": [{"name": "a"}, {"name": "b", "picture": {"file": "b.png"}}],
                },
                {"name": "high"},
            ],
            "nest": {"name": "nest", "picture": {"file": "b.png"}},
            "bark": "bark.jpg",
        }
    )


def test_every_block_is_met_in_the_order_of_the_model(tree: Tree) -> None:
    assert [path for path, _ in walk(tree)] == [
        (),
        ("trunk",),
        ("trunk", "leaves", 0),
        ("branches", 0),
        ("branches", 0, "leaves", 0),
        ("branches", 0, "leaves", 1),
        ("branches", 0, "leaves", 1, "picture"),
        ("branches", 1),
        ("nest",),
        ("nest", "picture"),
    ]


def _is_picture(kind: type[Block]) -> bool:
    return issubclass(kind, Picture)


def test_the_wanted_are_met_alone(tree: Tree) -> None:
    found = list(walk(tree, _is_picture))
    assert [path[-1] for path, _ in found] == ["picture", "picture"]
    assert all(isinstance(block, Picture) for _, block in found)


def test_a_path_leads_past_the_blocks_around(tree: Tree) -> None:
    path: Path = ("branches", 0, "leaves", 1, "picture", "file")
    names = [getattr(block, "name", None) for block in along(tree, path)]
    assert names == ["low", "b", None]
    assert list(along(tree, ("bark",))) == list(along(tree, ("none", 3))) == []


def test_a_picture_is_found_by_its_field_whatever_the_block(tree: Tree) -> None:
    assert sorted(asset_files(tree)) == ["b.png", "bark.jpg"]


def test_lists_of_what_is_held_come_along(tree: Tree) -> None:
    found = [(noun, field, len(entries)) for field, noun, entries in lists_in(tree)]
    assert found == [("thorn", "leaves", 1), ("branch", "branches", 2)]


def test_what_stays_the_same_is_shared(tree: Tree) -> None:
    assert map_entries(tree, lambda entries: entries) is tree

    shorter = map_entries(tree, lambda entries: entries[:1])
    assert [branch.name for branch in shorter.branches] == ["low"]
    assert shorter.branches[0] is tree.branches[0]
    assert shorter.trunk is tree.trunk
    assert map_entries(tree, lambda _: ()).trunk.leaves == ()
