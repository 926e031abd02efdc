"""The results of measuring the screens, for the rules `text-fit`, `text-contrast` and `logo`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.blocks.paths import Path

Fault = Literal["cut", "small", "outside", "faint", "pale"]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A text that a screen has no room for, or that does not stand out there; or a pale logo.

    `where` names the screen and its size in pixels; `room` is roughly how many characters fit, or
    None if unknown; `contrast` is that of what is faint or pale and what is behind it.
    """

    path: Path
    text: str
    fault: Fault
    where: str
    room: int | None = None
    contrast: float | None = None
