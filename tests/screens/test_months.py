"""What thousands of visits must not add up to."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.long_runs import IS_LONG

CHECKOUT = Path(__file__).resolve().parents[2]
MOST_KB_PER_OPENING = 4
"""Words handed over as a map cost 12; see docs/decisions/0007-words-are-typed.md."""
TIMES = 200 if IS_LONG else 60

MEASURE = """
import gc, json, os, sys
from datetime import datetime
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
from kiosk.content.check.loading import load
from kiosk.showroom import scene
scene.prepare_environment()
application = scene.make_application()
from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
from tests.benchmarks.heap import in_use_kib
kiosk = OffscreenKiosk(load(Path("content.yaml")), datetime(2024, 5, 1).astimezone())
kiosk.window.setGeometry(0, 0, 960, 540)
kiosk.window.show()
def used():
    kiosk._work_off()
    gc.collect()
    kiosk._engine.collectGarbage()
    return in_use_kib()
kiosk.home()
def visit(times):
    for _ in range(times):
        kiosk.showroom.navigation.open("dealers")
        kiosk._work_off()
    return used()
times = int(sys.argv[1])
visit(times - 20)
before = visit(20)
after = visit(times)
print(json.dumps((after - before) / times))
"""


@pytest.mark.slow(reason="opens a place many times over")
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="measured with glibc's mallinfo2")
def test_opening_places_for_months_does_not_fill_the_memory() -> None:
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(TIMES)],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    growth = json.loads(run.stdout.splitlines()[-1])
    assert growth < MOST_KB_PER_OPENING, f"{growth:.1f} KB more with each opening"
