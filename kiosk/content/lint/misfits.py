"""The results of measuring the screens, reported by the rule `text-fit`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.blocks.paths import Path

Fault = Literal["cut", "small", "outside"]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A text that a screen has no room for.

    `where` names the screen and its size in pixels; `room` is roughly how many characters fit, or
    None if unknown.
    """

    path: Path
    text: str
    fault: Fault
    where: str
    room: int | None = None
