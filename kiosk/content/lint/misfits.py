"""The results of measuring the screens, reported by the rules `text-fit` and `text-contrast`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.blocks.paths import Path

Fault = Literal["cut", "small", "outside", "faint"]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A text that a screen has no room for, or that does not stand out there.

    `where` names the screen and its size in pixels; `room` is roughly how many characters fit, or
    None if unknown; `contrast` is that of a faint text and what is behind it.
    """

    path: Path
    text: str
    fault: Fault
    where: str
    room: int | None = None
    contrast: float | None = None
