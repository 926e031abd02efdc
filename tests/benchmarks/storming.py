"""`python storming.py TAPS SEED`: somebody taps all over the default content, as children do.

Prints as JSON how many MiB were in use along the way, and how often each screen was seen. The same
seed taps the same spots.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.content.check.loading import load
from kiosk.showroom.offscreen.offscreen_kiosk import (
    OffscreenKiosk,
    Screen,
    offscreen_application,
    open_offscreen,
)
from kiosk.showroom.touch.touch_guard import TouchGuard
from tests.benchmarks.heap import in_use_kib

CONTENT = Path(__file__).resolve().parents[2] / "content.yaml"
MOMENT = datetime.fromisoformat("2024-05-01T10:00:00+00:00")
SIZE = 960, 540
TAPS_PER_VISIT = 50
"""Then the visitor leaves: chance alone would hardly find the way out of the form."""


def main(taps: int, seed: int) -> None:
    """Tap, measure, tell."""
    with offscreen_application(), open_offscreen(load(CONTENT), MOMENT, SIZE) as kiosk:
        _see_all(kiosk)
        print(json.dumps(_storm(kiosk, taps, random.Random(seed))))


def _see_all(kiosk: OffscreenKiosk) -> None:
    """What is kept of each screen from its first visit on does not count."""
    kiosk.home()
    for place in kiosk.content.places:
        kiosk.showroom.navigation.open(place.id)
        kiosk.draw()


def _storm(kiosk: OffscreenKiosk, taps: int, chance: random.Random) -> dict[str, object]:
    guards = kiosk.window.findChildren(TouchGuard)
    in_use: list[float] = []
    screens: Counter[str] = Counter()
    for tap in range(taps):
        if tap % TAPS_PER_VISIT == 0:
            _begin_visit(kiosk)
            in_use.append(in_use_kib() / 1024)
        for guard in guards:  # each tap comes after the visitor has seen what the last one did
            guard.lift()
        spot = QPoint(*(chance.randrange(side) for side in SIZE))
        QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, pos=spot)
        kiosk.draw()
        screens[kiosk.showroom.navigation.screen] += 1
    return {"in_use": in_use, "screens": screens}


def _begin_visit(kiosk: OffscreenKiosk) -> None:
    """At home, with its pictures: elsewhere what is in use depends on which are being decoded."""
    kiosk.home()
    kiosk.picture(Screen("home", kiosk.home))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
