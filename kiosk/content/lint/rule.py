"""What a rule is: a name, a source, and a function from the content to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path as File
from typing import TypeVar

from kiosk.blocks.block import Block
from kiosk.blocks.paths import Path
from kiosk.blocks.problem_codes import SilenceableRule
from kiosk.blocks.walking import walk
from kiosk.content.lint.advertised import Advertised
from kiosk.content.lint.misfits import Misfit
from kiosk.content.model import Content, Silence
from kiosk.content.problems import Spot
from kiosk.places.offers.model import Offer

B = TypeVar("B", bound=Block)
NEVER_SHOWN = frozenset({"id", "kind", "icon", "file", "address", "version", "screens"})
"""Keys whose value is for the kiosk or for a phone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule objects to, and its position."""

    path: Path
    message: str
    spot: Spot | None = None
    """The position, if it differs from that of the value at the path."""


@dataclass(frozen=True)
class Subject:
    """Valid content as the rules see it on a given day.

    `misfits` are the results of measuring its screens, `notes` the positions of notes in texts.
    """

    content: Content
    today: date
    assets: File
    misfits: Sequence[Misfit] = ()
    notes: Sequence[Spot] = ()

    @cached_property
    def _blocks(self) -> list[tuple[Path, Block]]:
        return list(walk(self.content))

    def blocks(self, *kinds: type[B]) -> Iterator[tuple[Path, B]]:
        """Every block of the given kinds with its path, in the order of the model."""
        return ((path, block) for path, block in self._blocks if isinstance(block, kinds))

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text that may be shown, with its path."""
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
        """Every offer with its path and what it says."""
        return [(path, offer, Advertised.of(offer)) for path, offer in self.blocks(Offer)]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding.

    `source` is the law or standard; empty if the reason is only what a visitor would see.
    `varies` says that its findings depend on the day or on measurements.
    """

    name: SilenceableRule
    find: Callable[[Subject], Iterator[Finding]]
    source: str = ""
    varies: bool = False
