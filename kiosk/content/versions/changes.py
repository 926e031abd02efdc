"""What changed between two contents, in words for the people who write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kiosk.blocks.block import Block, Dated, Link, Picture, Place, Position, written
from kiosk.blocks.listing import shortened
from kiosk.blocks.naming import name_field, name_of, noun_in
from kiosk.content.model import Content
from kiosk.content.words import Words

ALIKE = 0.6
"""The share of two entries that is the same where one is the other with a new name."""

LONGEST_QUOTE = 60
MOST_COMPARED = 10_000
"""Pairs of entries; where more have other names, the content is another one."""
MOST_CHANGES = 200
"""Of very different contents nobody reads more."""


def changes(before: Content, after: Content) -> tuple[str, ...]:
    """Each change in one sentence, in the order of the file; empty where nothing changed."""
    found: list[str] = []
    for sentence in _block(before, after, "", ""):
        if len(found) == MOST_CHANGES:
            found.append("and more")
            break
        if sentence not in found:
            found.append(sentence)
    return tuple(found)


def _block(before: Block, after: Block, what: str, noun: str) -> Iterator[str]:
    """The changes of one block; `what` names it and `noun` its kind, empty for the whole content.

    A block without a noun is told as a part of the one around it.
    """
    if type(before) is not type(after):
        yield f"{what} is of another kind"
        return
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, Words):
            yield from _words(old, new)
        elif _is_list_of_blocks(old, new):
            yield from _list(old, new, after, name)
        elif isinstance(old, Block) and isinstance(new, Block) and not _is_plain(new):
            own = noun_in(after, name, new)
            yield from _block(old, new, _called(new, own) if own else what, own)
        else:
            yield _field(name, old, new, what, after, noun)


def _words(before: Words, after: Words) -> Iterator[str]:
    for name in Words.model_fields:
        if getattr(before, name) != getattr(after, name):
            yield f"the kiosk's word '{name}' changed"


def _is_list_of_blocks(old: object, new: object) -> bool:
    return (
        isinstance(old, tuple)
        and isinstance(new, tuple)
        and all(isinstance(entry, Block) for entry in (*old, *new))
    )


def _is_plain(block: Block) -> bool:
    return isinstance(block, Picture | Position | Link)


def _list(old: Sequence[Block], new: Sequence[Block], owner: Block, field: str) -> Iterator[str]:
    """Entries are the same where their names are; a renamed one is told by its place."""
    noun = noun_in(owner, field, (*new, *old)[0])
    old, new = _but_for_the_same(old, new)
    pairs = _pairs(old, new)
    kept_old, kept_new = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    for entry in old:
        if id(entry) not in kept_old:
            yield f"{_called(entry, noun)} removed"
    for entry in new:
        if id(entry) not in kept_new:
            yield f"new {_called(entry, noun)}"
    for a, b in pairs:
        yield from _block(a, b, _called(b, noun), noun)
    places = {id(b): place for place, b in enumerate(new)}
    order = [places[id(b)] for _, b in pairs]
    if order != sorted(order):
        yield f"{noun}: order changed"


def _but_for_the_same(
    old: Sequence[Block], new: Sequence[Block]
) -> tuple[Sequence[Block], Sequence[Block]]:
    """Without what both begin with, and without what both end with."""
    most = min(len(old), len(new))
    first = next((n for n in range(most) if old[n] is not new[n]), most)
    ends = range(1, most - first + 1)
    last = next((n - 1 for n in ends if old[-n] is not new[-n]), most - first)
    return old[first : len(old) - last], new[first : len(new) - last]


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[Block, Block]]:
    """The entries of the same name and days, then those of the same name: a race that moved."""
    pairs: list[tuple[Block, Block]] = []
    left, right = list(old), list(new)
    for key in (_name_and_days, _name):
        waiting = defaultdict(list)
        for entry in reversed(right):
            waiting[type(entry), key(entry)].append(entry)
        found = [(entry, waiting[type(entry), key(entry)]) for entry in left]
        pairs += [(entry, same.pop()) for entry, same in found if same]
        paired = {id(entry) for pair in pairs for entry in pair}
        left = [entry for entry in left if id(entry) not in paired]
        right = [entry for entry in right if id(entry) not in paired]
    pairs += _renamed(left, right)
    places = {id(entry): place for place, entry in enumerate(old)}
    return sorted(pairs, key=lambda pair: places[id(pair[0])])


def _renamed(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """The entries that are mostly the same under another name."""
    if len(old) * len(new) > MOST_COMPARED:
        return
    left = list(new)
    for entry in old:
        best = max(left, key=lambda other: _likeness(entry, other), default=None)
        if best is not None and _likeness(entry, best) >= ALIKE:
            left = [other for other in left if other is not best]
            yield entry, best


def _likeness(old: Block, new: Block) -> float:
    """The share of what is said in two entries that is the same in both."""
    if type(old) is not type(new):
        return 0.0
    given = old.model_fields_set | new.model_fields_set
    same = [name for name in given if getattr(old, name) == getattr(new, name)]
    return len(same) / max(1, len(given))


def _name_and_days(entry: Block) -> str:
    return f"{_name(entry)} {getattr(entry, 'starts', '')}"


def _name(entry: Block) -> str:
    return entry.id if isinstance(entry, Place) else name_of(entry)


def _called(entry: Block, noun: str) -> str:
    if isinstance(entry, Place):
        return f"'{entry.name}'"
    name = "" if entry.is_unique else name_of(entry)
    return f"{noun} '{_short(name)}'" if name else noun


def _field(name: str, old: object, new: object, what: str, owner: Block, noun: str) -> str:
    subject = what or "the content"
    match name, old, new:
        case (_, str(), str()) if noun and _is_called_by(name, owner):
            return f"{noun} '{_short(old)}' is now called '{_short(new)}'"
        case ("valid_until" | "show_until", _, None):
            return f"{subject} no longer ends"
        case ("valid_until" | "show_until", _, _):
            return f"{subject} now ends {_in_words(new)}"
        case ("valid_from" | "show_from", _, None):
            return f"{subject} no longer waits for a day"
        case ("valid_from" | "show_from", _, _):
            return f"{subject} now starts {_in_words(new)}"
        case ("starts" | "ends", _, _) if isinstance(owner, Dated) and owner.takes_place:
            first, last = (getattr(owner, end) for end in ("starts", "ends"))
            return f"{subject} moved to {_in_words(first)} to {_in_words(last)}"
        case (_, _, None):
            return f"{subject}: {_label(name)} removed"
        case (_, None, _) if not _is_short(new):
            return f"{subject}: {_label(name)} added"
        case _ if _is_short(new) and _is_short(old):
            return f"{subject}: {_label(name)} is now {_in_words(new)}"
        case _:
            return f"{subject}: {_label(name)} changed"


def _is_called_by(name: str, owner: Block) -> bool:
    """Whether people know an entry by this field."""
    return not owner.is_unique and name == name_field(type(owner))


def _label(name: str) -> str:
    return name.replace("_", " ")


def _is_short(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_QUOTE
    return value is None or isinstance(value, bool | int | Decimal | date)


def _in_words(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return written(value)
        case str():
            return f"'{value}'"
    return str(value)


def _short(name: str) -> str:
    return shortened(name, LONGEST_QUOTE)
