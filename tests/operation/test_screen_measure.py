"""What a bank card on the screen says about what visitors see and touch."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from kiosk.operation.health import examine
from kiosk.operation.screen_measure import (
    SCREEN_NAME,
    ScreenMeasure,
    read_screen_measure,
    write_screen_measure,
)

TODAY = date(2026, 11, 27)


def measure(card: float = 309.4) -> ScreenMeasure:
    """Of a 24-inch screen of 1920 by 1080 pixels, unless the card is another."""
    return ScreenMeasure(1920, 1080, card, button=84, letter=21, measured_on=TODAY)


def test_a_24_inch_screen_is_known_by_its_card() -> None:
    found = measure()

    assert found.diagonal_inches == pytest.approx(24, abs=0.01)
    assert found.button_mm == pytest.approx(23.2, abs=0.1)
    assert found.letter_mm == pytest.approx(5.8, abs=0.05)
    assert found.letter_degrees == pytest.approx(0.555, abs=0.005)
    assert not found.is_too_small


def test_what_was_measured_is_kept(tmp_path: Path) -> None:
    write_screen_measure(tmp_path, measure())
    assert read_screen_measure(tmp_path) == measure()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        json.dumps({"measured_on": "2026-11-27"}),
        json.dumps({"measured_on": 5, "card": 300}),
        json.dumps(
            {
                "width": 1920,
                "height": 1080,
                "card": 0,
                "button": 84,
                "letter": 21,
                "measured_on": "2026-11-27",
            }
        ),
        '{"measured_on": "2026-11-27", "card": NaN}',
        '{"measured_on": "2026-11-27", "card": "wide"}',
        '{"measured_on": "2026-11-27", "another": 5}',
    ],
)
def test_a_damaged_file_measures_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / SCREEN_NAME).write_text(text)
    assert read_screen_measure(tmp_path) is None
    assert "screen" not in {finding.name for finding in examine(tmp_path)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("width", 10**400), ("height", 10**308), ("card", 5e-324), ("card", 1e-300)),
        *(("card", 1), ("card", 50_000), ("button", 1e-300), ("letter", 99_999)),
    ],
)
def test_what_no_screen_can_have_is_not_measured(tmp_path: Path, name: str, value: float) -> None:
    values = asdict(measure()) | {"measured_on": TODAY.isoformat(), name: value}
    (tmp_path / SCREEN_NAME).write_text(json.dumps(values))
    assert read_screen_measure(tmp_path) is None
    assert "screen" not in {finding.name for finding in examine(tmp_path)}


def test_health_says_how_large_things_are(tmp_path: Path) -> None:
    assert "screen" not in {finding.name for finding in examine(tmp_path)}
    write_screen_measure(tmp_path, measure())

    (finding,) = (finding for finding in examine(tmp_path) if finding.name == "screen")

    assert finding.text == (
        "24.0 inches across; the smallest buttons are 23 mm high, the smallest capital letters"
        " 5.8 mm, which is 0.6° at 60 cm, measured on 2026-11-27"
    )
    assert not finding.needs_attention


def test_a_screen_that_fingers_miss_needs_attention(tmp_path: Path) -> None:
    write_screen_measure(tmp_path, measure(card=810))  # of 9 inches

    (finding,) = (finding for finding in examine(tmp_path) if finding.name == "screen")

    assert finding.needs_attention
    assert finding.text.endswith("; a finger needs 9 mm: show the kiosk on a larger screen")
