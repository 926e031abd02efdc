"""How large the screen is, measured by staff with a bank card: `screen.json` in the data folder.

What a monitor reports of its size is often wrong, and televisions report that of another.
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from kiosk.files import read_small_file, write_small_file

SCREEN_NAME = "screen.json"
CARD_WIDTH_MM, CARD_HEIGHT_MM = 85.60, 53.98
"""ISO/IEC 7810, ID-1."""
MM_PER_INCH = 25.4
READING_DISTANCE_MM = 600
"""From which a kiosk's screen is read (EN 301 549, 5.1.4)."""
LEAST_TARGET_MM = 9.0
"""Smaller ones are missed by a finger (Parhi, Karlson & Bederson 2006: 9.2 mm)."""
LENGTHS = ("width", "height", "card", "button", "letter")
LARGEST = 100_000.0
PLAUSIBLE_INCHES = (1.0, 1000.0)
"""What staff can set on any screen lies between them."""


@dataclass(frozen=True, slots=True)
class ScreenMeasure:
    """Lengths in pixels: of the screen, of a card, of the smallest button and capital letter."""

    width: float
    height: float
    card: float
    button: float
    letter: float
    measured_on: date

    @property
    def pixels_per_mm(self) -> float:
        return self.card / CARD_WIDTH_MM

    @property
    def diagonal_inches(self) -> float:
        return math.hypot(self.width, self.height) / self.pixels_per_mm / MM_PER_INCH

    @property
    def is_plausible(self) -> bool:
        """Whether there can be such a screen, and what is on it has room there."""
        lengths = (self.width, self.height, self.card, self.button, self.letter)
        if not all(1 <= length <= LARGEST for length in lengths):
            return False
        least, most = PLAUSIBLE_INCHES
        has_room = max(self.card, self.button, self.letter) <= max(self.width, self.height)
        return has_room and least <= self.diagonal_inches <= most

    @property
    def button_mm(self) -> float:
        return self.button / self.pixels_per_mm

    @property
    def letter_mm(self) -> float:
        return self.letter / self.pixels_per_mm

    @property
    def letter_degrees(self) -> float:
        """The angle at which the smallest capital letters are seen."""
        return math.degrees(2 * math.atan(self.letter_mm / 2 / READING_DISTANCE_MM))

    @property
    def is_too_small(self) -> bool:
        """Whether fingers miss what they aim at."""
        return self.button_mm < LEAST_TARGET_MM

    def describe(self) -> str:
        """What that means for visitors, as the beginning of a sentence."""
        return (
            f"{self.diagonal_inches:.1f} inches across; the smallest buttons are"
            f" {self.button_mm:.0f} mm high, the smallest capital letters {self.letter_mm:.1f} mm,"
            f" which is {self.letter_degrees:.1f}° at {READING_DISTANCE_MM // 10} cm"
        )


def read_screen_measure(folder: Path) -> ScreenMeasure | None:
    """What was measured last; None if nothing was, it cannot be read, or it cannot be true."""
    with suppress(OSError, ValueError, TypeError, LookupError, RecursionError, OverflowError):
        values = json.loads(read_small_file(folder / SCREEN_NAME))
        lengths = {name: float(values[name]) for name in LENGTHS}
        measured_on = date.fromisoformat(values["measured_on"])
        measure = ScreenMeasure(**lengths, measured_on=measured_on)
        if measure.is_plausible:
            return measure
    return None


def write_screen_measure(folder: Path, measure: ScreenMeasure) -> None:
    """Keep what was measured.

    Raises:
        OSError: the disk refuses.
    """
    values = asdict(measure) | {"measured_on": measure.measured_on.isoformat()}
    write_small_file(folder / SCREEN_NAME, json.dumps(values).encode(), survives_power_cut=True)
