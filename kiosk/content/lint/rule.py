"""What a rule is: a name, a source, and a function from the content to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path as File
from typing import TypeVar, get_args, get_origin

from kiosk.blocks.block import Block
from kiosk.blocks.problem_codes import SilenceableRule
from kiosk.content.lint.advertised import Advertised
from kiosk.content.lint.misfits import Misfit
from kiosk.content.model import Content, Silence
from kiosk.content.problems import Severity, Spot
from kiosk.content.yaml.tree import Path
from kiosk.places.offers.model import Offer, Offers

B = TypeVar("B", bound=Block)
NEVER_SHOWN = frozenset({"id", "kind", "icon", "file", "address", "version", "screens"})
"""Keys whose value is for the kiosk or for a phone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule objects to, and where it stands."""

    path: Path
    message: str
    spot: Spot | None = None
    """Where it is not at what stands at the path."""


@dataclass(frozen=True)
class Subject:
    """A valid content as the rules look at it, on a day.

    `misfits` is what measuring its screens found, `notes` is where texts end at a note.
    """

    content: Content
    today: date
    assets: File
    misfits: Sequence[Misfit] = ()
    notes: Sequence[Spot] = ()

    @cached_property
    def _blocks(self) -> list[tuple[Path, Block]]:
        found: list[tuple[Path, Block]] = []
        _collect((), self.content, found)
        return found

    def blocks(self, *kinds: type[B]) -> Iterator[tuple[Path, B]]:
        """Every block of some kinds and where it stands, in the order of the model."""
        return ((path, block) for path, block in self._blocks if isinstance(block, kinds))

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text that may be shown, and where it stands."""
        for path, block in [(("words",), self.content.words), *self._blocks]:
            for name, value in vars(block).items():
                if name in NEVER_SHOWN or isinstance(block, Silence):
                    continue
                if isinstance(value, str):
                    yield (*path, name), value
                elif isinstance(value, tuple):
                    for number, text in enumerate(value):
                        if isinstance(text, str):
                            yield (*path, name, number), text

    @cached_property
    def offers(self) -> list[tuple[Path, Offer, Advertised]]:
        """Every offer, where it stands and what it says."""
        return [
            (("places", index, "offers", number), offer, Advertised.of(offer))
            for index, place in enumerate(self.content.places)
            if isinstance(place, Offers)
            for number, offer in enumerate(place.offers)
        ]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for.

    `source` is the law or the standard; empty where the reason is only what a visitor would see.
    `varies` tells that what it finds comes and goes with the day, or with what was measured.
    """

    name: SilenceableRule
    find: Callable[[Subject], Iterator[Finding]]
    source: str = ""
    severity: Severity = "warning"
    varies: bool = False


def _collect(path: Path, block: Block, found: list[tuple[Path, Block]]) -> None:
    found.append((path, block))
    for name in _holding(type(block)):
        value = getattr(block, name)
        if isinstance(value, Block):
            _collect((*path, name), value, found)
        elif isinstance(value, tuple):
            for index, member in enumerate(value):
                _collect((*path, name, index), member, found)


@cache
def _holding(kind: type[Block]) -> tuple[str, ...]:
    """The fields of a kind of block in which blocks may stand."""
    return tuple(name for name, field in kind.model_fields.items() if _may_hold(field.annotation))


def _may_hold(annotation: object) -> bool:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return issubclass(annotation, Block)
    return any(_may_hold(part) for part in get_args(annotation))
