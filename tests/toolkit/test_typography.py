"""Amounts stay in one line."""

from __future__ import annotations

import pytest

from kiosk.toolkit.typography import unbroken


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Schlussrate 3.650 € nach 48 Monaten", "Schlussrate 3.650_€ nach 48 Monaten"),
        ("17 995 $, 62 400 km", "17_995_$, 62_400 km"),
        ("1,93 % p. a.", "1,93_% p. a."),
        ("in 2027 1500 Crew Cabs", "in 2027 1500 Crew Cabs"),
        ("Touch to begin", "Touch to begin"),
    ],
)
def test_no_line_ends_inside_an_amount(typed: str, shown: str) -> None:
    assert unbroken(typed).replace("\u00a0", "_") == shown
