"""Showrooms of three trades, with photographs of every awkward kind, as visitors see them."""

from __future__ import annotations

from collections import Counter
from itertools import cycle, product
from typing import TYPE_CHECKING

import pytest

from kiosk.content.lint.report import report
from kiosk.showroom.offscreen.fitting import misfits
from kiosk.showroom.offscreen.legibility import faint_texts
from kiosk.showroom.offscreen.offscreen_kiosk import Layout
from tests.long_runs import IS_LONG
from tests.showrooms.building import MOMENT, SHOWROOMS

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

    from kiosk.content.check.loading import Loaded

SMALL = [(960, 540), (540, 960)]
WARNINGS = {
    "munich-motorcycles": {"example-left": 4, "picture-size": 4},
    "texas-trucks": {"example-left": 5, "picture-size": 2},
    "quebec-lot": {"example-left": 4, "picture-size": 1},
}
"""All that is example, and the photographs that are too small or too large."""


@pytest.mark.parametrize("name", SHOWROOMS)
def test_nothing_is_warned_of_but_examples_and_photographs(name: str, showroom: Loaded) -> None:
    assert showroom.problems == ()
    found = report(showroom, MOMENT.date()).problems
    assert Counter(problem.code for problem in found) == WARNINGS[name]


@pytest.mark.slow(reason="draws every screen twice, with photographs of 24 megapixels")
@pytest.mark.parametrize(
    ("name", "size"), list(product(SHOWROOMS, SMALL) if IS_LONG else zip(SHOWROOMS, cycle(SMALL)))
)
def test_every_text_stands_out(
    qapp: QGuiApplication, name: str, size: tuple[int, int], showroom: Loaded
) -> None:
    faint = list(faint_texts(showroom, size, MOMENT))
    assert not faint, "\n".join(f"{m.where}: '{m.text}' {m.contrast:.1f}" for m in faint)


@pytest.mark.slow(reason="measures every screen in several layouts")
@pytest.mark.parametrize("name", SHOWROOMS)
def test_every_text_fits_mirrored_and_larger_too(
    qapp: QGuiApplication, name: str, showroom: Loaded
) -> None:
    """A binding that goes round in a circle warns, which fails the test."""
    layouts = [
        Layout(size, scale, mirrored)
        for mirrored in ((False, True) if IS_LONG else (SHOWROOMS.index(name) == 1,))
        for scale in (1.0, 1.2, 1.5)
        for size in ((1920, 1080), (1080, 1920))
    ]
    assert list(misfits(showroom, MOMENT, layouts)) == []
