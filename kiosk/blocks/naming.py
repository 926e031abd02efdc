"""What people call each part of the content: a noun, and the text that they know it by."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.blocks.block import Block, Place

NAME_FIELDS = ("title", "name", "headline", "venue", "days", "label", "file")


def noun_in(owner: Block, field: str, block: Block) -> str:
    """The noun of a block that stands in a field of another; empty for one that has none."""
    return owner.lists.get(field) or block.noun


def name_field(kind: type[Block]) -> str | None:
    """The field that people know a block by; None where it has no name."""
    if issubclass(kind, Place):
        return "name"
    return next((field for field in NAME_FIELDS if field in kind.model_fields), None)


def name_of(block: Block) -> str:
    """What people know a block by; empty where it has no name."""
    field = name_field(type(block))
    return str(getattr(block, field) or "") if field else ""


def names_of(block: Block) -> Iterator[str]:
    """Everything that people may call a block: of a place, its title as well."""
    for field in NAME_FIELDS:
        if isinstance(name := getattr(block, field, None), str):
            yield name
