"""`kiosk calendar`: what comes and goes, a line each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.conftest import Contents

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(contents: Contents) -> Path:
    lease = contents.offer(date(2024, 5, 10), title="Winter lease")
    return contents.write(
        contents.offers(lease),
        contents.features(features=[contents.article("A school", show_from="2024-05-01 18:30")]),
        time_zone="America/Chicago",
    )


def test_a_line_for_each_change(file: Path, run: Run) -> None:
    assert run("calendar", file, "--at", "2024-05-01").said.splitlines() == [
        "2024-05-01 18:30  comes  feature 'A school' (Features)",
        "2024-05-11 00:00  goes   offer 'Winter lease' (Offers), leaving 'Offers' with nothing to"
        " show",
    ]


def test_the_last_poster_is_stood_in_for(contents: Contents, run: Run) -> None:
    poster = {"headline": "Open house", "line": "Today.", "show_until": "2024-05-01 18:00"}
    file = contents.write(
        contents.timeline(), attract={"posters": [poster]}, time_zone="Europe/London"
    )
    assert run("calendar", file, "--at", "2024-05-01").said == (
        "2024-05-01 18:00  goes   poster 'Open house' (attract loop),"
        " leaving home's headline in its place\n"
    )


def test_the_day_asked_for_is_the_dealership_s(file: Path, run: Run) -> None:
    """Before 18:30 in Chicago, which is 23:30 UTC."""
    counts = []
    for at in ("2024-05-01T18:29", "2024-05-01T23:29Z", "2024-05-01T18:30", "2024-05-01T23:30Z"):
        counts.append(len(run("calendar", file, "--at", at).said.splitlines()))
    assert counts == [2, 2, 1, 1]


def test_it_looks_as_far_as_it_is_asked_to(file: Path, run: Run) -> None:
    assert len(run("calendar", file, "--at", "2024-05-01", "--days", "9").said.splitlines()) == 1
    assert run("calendar", file, "--at", "2025-05-01", "--days", "1").said == (
        "Nothing comes or goes in the 1 day from 2025-05-01 00:00.\n"
    )


def test_for_programs(file: Path, run: Run) -> None:
    assert json.loads(run("calendar", file, "--at", "2024-05-01", "--json").said) == {
        "from": "2024-05-01T00:00:00-05:00",
        "days": 90,
        "time_zone": "America/Chicago",
        "changes": [
            {
                "moment": "2024-05-01T18:30:00-05:00",
                "change": "comes",
                "what": "feature 'A school'",
                "place": "Features",
                "then_empty": False,
            },
            {
                "moment": "2024-05-11T00:00:00-05:00",
                "change": "goes",
                "what": "offer 'Winter lease'",
                "place": "Offers",
                "then_empty": True,
            },
        ],
    }


def test_a_file_with_errors_has_no_calendar(contents: Contents, run: Run) -> None:
    file = contents.write(contents.timeline(tilte="x"))
    output = run("calendar", file)
    assert (output.status, output.out) == (2, "")
    assert "unknown key 'tilte'" in output.err
    assert output.err.splitlines()[-1] == f"kiosk: {file} has errors; correct them, then try again"


@pytest.mark.parametrize("days", ["0", "-1", "soon", "99999"])
def test_days_that_make_no_sense_are_refused(file: Path, days: str, run: Run) -> None:
    sentence = run("calendar", file, f"--days={days}").sentence
    assert f"'{days}' is not a number of days; write one like 90" in sentence


def test_zones_are_known_where_the_system_has_none(file: Path) -> None:
    """As on a minimal Debian, without its package tzdata."""
    result = subprocess.run(
        [sys.executable, CHECKOUT / "main.py", "calendar", file, "--at", "2024-05-01"],
        env=os.environ | {"PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 2
