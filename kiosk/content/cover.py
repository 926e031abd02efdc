"""The first page of a proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cover:
    """What a proof says before its pictures.

    `version` tells this content from any other; `remarks` are headed lists of lines.
    """

    title: str
    version: str
    shown: str
    remarks: Sequence[tuple[str, Sequence[str]]] = ()
