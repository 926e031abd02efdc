"""A short soak, and that it notices what a long one is for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.long_runs import IS_LONG
from tests.soak.growth import Figure

LONG_ONLY = pytest.mark.skipif(not IS_LONG, reason="a soak for each fault is for the long run")
CHECKOUT = Path(__file__).parents[2]
PRELUDE = """
import sys
from PySide6.QtCore import qWarning
from kiosk.showroom.viewmodels.session import SessionViewModel
from tests.soak import soaking
{sabotage}
sys.exit(soaking.main(sys.argv[1:]))
"""
WARNS = """
usual = soaking.Soak._walk_away
def walk_away(soak):
    if soak.visit:
        qWarning("something is wrong")
    usual(soak)
soaking.Soak._walk_away = walk_away
"""
STAYS = "SessionViewModel.end = lambda session: None"
SLEEPS = "SessionViewModel.wake = lambda session: None"
LEAKS = """
kept = []
usual = soaking.Soak._prepare
def prepare(soak, chance, *, is_usual):
    kept.append([[] for _ in range(20_000)])
    usual(soak, chance, is_usual=is_usual)
soaking.Soak._prepare = prepare
"""


def soak(folder: Path, *arguments: str, sabotage: str = "") -> tuple[int, str]:
    """Exit status and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE.format(sabotage=sabotage), "--quick", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, f"{done.stdout}{done.stderr}"


@pytest.mark.slow(reason="hundreds of touches")
def test_visitors_leave_no_trace_and_are_never_stuck(tmp_path: Path) -> None:
    status, printed = soak(tmp_path, "--touches", "3000" if IS_LONG else "300")

    assert status == 0, printed
    assert f"{3000 if IS_LONG else 300:,} touches in" in printed


@pytest.mark.slow(reason="starts a kiosk off screen for each fault")
@pytest.mark.parametrize(
    ("sabotage", "touches", "fault"),
    [
        (WARNS, 30, "of visit 1 .*a warning: something is wrong"),
        (STAYS, 5, "stuck: the attract loop does not come back"),
        pytest.param(SLEEPS, 5, "stuck: 3 touches did not wake the attract loop", marks=LONG_ONLY),
        pytest.param(LEAKS, 300, "it grows: .*Python's blocks", marks=LONG_ONLY),
    ],
    ids=["warning", "no way back", "no way in", "leak"],
)
def test_a_fault_is_found_and_can_be_replayed(
    tmp_path: Path, sabotage: str, touches: int, fault: str
) -> None:
    status, printed = soak(tmp_path, "--touches", str(touches), "--seed", "7", sabotage=sabotage)

    assert status == 1, printed
    assert re.search(fault, printed), printed
    assert re.search(r"replay: python -m tests\.soak --seed 7 --to \d+ --trace", printed)


@LONG_ONLY
@pytest.mark.slow(reason="starts a kiosk off screen twice")
def test_a_replay_makes_the_same_touches_and_saves_what_is_seen(tmp_path: Path) -> None:
    first, second = (soak(tmp_path, "--to", "30", "--seed", "3", "--trace") for _ in range(2))

    assert _touches(first[1]) == _touches(second[1])
    assert len(_touches(first[1])) == 30
    assert (tmp_path / "soak-30.png").read_bytes()[:4] == b"\x89PNG"


def _touches(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if line[:1].isdigit()]


@pytest.mark.parametrize(
    ("samples", "is_growing"),
    [
        ([9, 9, 5, 5, 5, 5], False),
        ([1, 1, 5, 5, 6, 6], True),
        ([1, 1, 5, 9, 9, 5], False),
        ([1, 2, 3, 4, 5], False),
    ],
    ids=["even", "growing", "swinging", "too few to tell"],
)
def test_growth_is_the_last_third_beside_the_one_before(
    samples: Sequence[float], is_growing: bool
) -> None:
    assert (
        Figure("memory", "MiB", 1.1, samples=[float(s) for s in samples]).is_growing is is_growing
    )
