"""The ways through a content: over all its blocks, along a path, over the entries of its lists.

What a block holds is told by its fields alone, so a new kind of block is walked like the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeVar, get_args

from kiosk.blocks.block import Block, Dated
from kiosk.blocks.paths import Path
from kiosk.blocks.written import PICTURE, VIDEO

B = TypeVar("B", bound=Block)
Entries = tuple[Dated, ...]
ASSETS = (PICTURE, VIDEO)
IsWanted = Callable[[type[Block]], bool]


def is_any(_: type[Block]) -> bool:
    """Whether a kind of block is wanted where all are."""
    return True


def walk(block: Block, is_wanted: IsWanted = is_any) -> Iterator[tuple[Path, Block]]:
    """Every wanted block inside a block, itself included, with its path; in the model's order.

    Where no such block can stand is not looked, however many entries there are.
    """
    fields: dict[type[Block], tuple[bool, Sequence[str]]] = {}
    waiting: list[tuple[Path, Block]] = [((), block)]
    while waiting:
        path, block = waiting.pop()
        kind = type(block)
        if kind not in fields:
            fields[kind] = is_wanted(kind), _fields_towards(kind, is_wanted)
        is_met, names = fields[kind]
        if is_met:
            yield path, block
        if not names:
            continue
        inside: list[tuple[Path, Block]] = []
        for name in names:
            value = getattr(block, name)
            if isinstance(value, tuple):
                inside += [((*path, name, number), entry) for number, entry in enumerate(value)]
            elif value is not None:
                inside.append(((*path, name), value))
        waiting += reversed(inside)


def along(block: Block, path: Path) -> Iterator[Block]:
    """The blocks on a path, from the outermost in, without the one that it begins at."""
    value: object = block
    for step in path:
        if isinstance(step, str):
            value = getattr(value, step, None)
        else:
            value = value[step] if isinstance(value, tuple) else None
        if isinstance(value, Block):
            yield value


class EntryList(NamedTuple):
    """A list of entries, the field that it is, and the noun of an entry."""

    field: str
    noun: str
    entries: Entries


def lists_in(block: Block) -> Iterator[EntryList]:
    """A block's lists, and those of what it holds besides."""
    for name in _fields_with_lists(type(block)):
        yield from lists_in(getattr(block, name))
    for name, noun in block.lists.items():
        yield EntryList(name, noun, getattr(block, name))


@cache
def has_lists(kind: type[Block]) -> bool:
    """Whether there are entries in a kind of block; most are entries that hold none."""
    return bool(kind.lists or _fields_with_lists(kind))


def map_entries(block: B, change: Callable[[Entries], Entries]) -> B:
    """A block with what `change` makes of each of these lists; itself where that is the same."""
    if not has_lists(type(block)):
        return block
    changed: dict[str, object] = {}
    for name in _fields_with_lists(type(block)):
        held = getattr(block, name)
        if (other := map_entries(held, change)) is not held:
            changed[name] = other
    for name in block.lists:
        entries = getattr(block, name)
        if not _are_same(left := change(entries), entries):
            changed[name] = left
    return block.model_copy(update=changed) if changed else block


def asset_files(block: Block) -> Iterator[str]:
    """The file of every picture and video inside a block, each once."""
    seen: set[str] = set()
    for _, holder in walk(block, _has_assets):
        for name in _asset_fields(type(holder)):
            file = getattr(holder, name)
            if file is not None and file not in seen:
                seen.add(file)
                yield file


def _are_same(some: Sequence[Block], others: Sequence[Block]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))


@cache
def _fields_towards(kind: type[Block], is_wanted: IsWanted) -> tuple[str, ...]:
    """The fields of a kind of block in which wanted blocks may stand."""
    return tuple(
        name
        for name, kinds in _kinds_inside(kind).items()
        if any(is_wanted(inside) or _fields_towards(inside, is_wanted) for inside in kinds)
    )


@cache
def _fields_with_lists(kind: type[Block]) -> tuple[str, ...]:
    """The fields that hold a block with lists of its own, and are no list themselves."""
    return tuple(
        name
        for name, kinds in _kinds_inside(kind).items()
        if name not in kind.lists and any(inside.lists for inside in kinds)
    )


@cache
def _kinds_inside(kind: type[Block]) -> Mapping[str, tuple[type[Block], ...]]:
    """The kinds of block that may stand in each field; only fields in which one may."""
    kinds = {name: tuple(_blocks_of(info.annotation)) for name, info in kind.model_fields.items()}
    return {name: found for name, found in kinds.items() if found}


def _blocks_of(annotation: object) -> Iterator[type[Block]]:
    if isinstance(annotation, type) and issubclass(annotation, Block):
        yield annotation
    for part in get_args(annotation):
        yield from _blocks_of(part)


def _has_assets(kind: type[Block]) -> bool:
    return bool(_asset_fields(kind))


@cache
def _asset_fields(kind: type[Block]) -> tuple[str, ...]:
    """The fields that name a file in the assets folder."""
    return tuple(
        name
        for name, info in kind.model_fields.items()
        if any(part in ASSETS for part in info.metadata) or _names_asset(info.annotation)
    )


def _names_asset(annotation: object) -> bool:
    return any(part in ASSETS or _names_asset(part) for part in get_args(annotation))
