"""`kiosk report`: whether anyone uses the kiosk, printed or as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import time_machine

from kiosk.commands.support.report_look import look_of
from kiosk.content.lint.contrast import ratio, rgb
from kiosk.content.model import Theme
from kiosk.content.versions.history import History
from kiosk.operation.settings import SETTINGS_NAME
from kiosk.operation.status import Status, StatusFile
from kiosk.usage.store import FILE_NAME, read_counts
from tests.commands.conftest import Kiosk
from tests.conftest import Contents
from tests.usage.report.counted import NOW, store_usual


@pytest.fixture(autouse=True)
def now(data: Path) -> time_machine.Coordinates:
    """The usual time, in the showroom's zone."""
    StatusFile(data, Status(time_zone="America/Chicago")).write()
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def used(kiosk: Kiosk) -> Kiosk:
    store_usual(kiosk.data)
    return kiosk


def test_nothing_counted_yet_is_said(kiosk: Kiosk) -> None:
    done = kiosk("report")

    assert (done.status, done.out, done.err) == (0, "No visits have been counted yet.\n", "")
    assert not (kiosk.data / FILE_NAME).exists()


def test_a_summary_is_printed(used: Kiosk) -> None:
    done = used("report")

    assert done.said.splitlines()[:5] == [
        "Oct 31 to Nov 27, 2026",
        "9 visits a day; the busiest day was Saturday, Oct 31, 2026, with 23.",
        "This week so far: 35 visits, as many as by this time last week.",
        "Saturdays between 11 AM and 1 PM are busiest.",
        "One visit in 65 leads to a signup.",
    ]
    assert "step              visits  of all" in done.out
    assert "Email address      28" in done.out
    assert "Cars             140     54%  1 h 33 min     40 s" in done.out


def test_a_summary_can_begin_with_a_day(used: Kiosk) -> None:
    assert used("report", "--since", "2026-11-20").out.startswith("Nov 20 to Nov 27, 2026\n")


@pytest.mark.slow(reason="draws with matplotlib")
def test_a_page_is_written_with_the_kiosks_name(used: Kiosk) -> None:
    (used.data / SETTINGS_NAME).write_text('name = "Front window"')

    done = used("report", "--out", "usage.html")

    assert (done.status, done.out) == (0, "The report is in usage.html.\n")
    page = (used.folder / "usage.html").read_text("utf-8")
    assert "<h1>Front window</h1>" in page
    assert "Oct 31 to Nov 27, 2026" in page


@pytest.mark.slow(reason="draws with matplotlib")
def test_the_report_has_the_name_and_the_colors_of_the_content(
    used: Kiosk, contents: Contents
) -> None:
    theme = {"asphalt": "#0b1f14", "paper": "#eef5f0", "accent": "#ffd500"}
    brand = {"name": "Volt & Sons", "line": "Electric"}
    history = History(used.data)
    history.accept(contents.load(contents.timeline(), theme=theme, brand=brand), NOW)
    history.accept(contents.load(contents.timeline()), NOW)  # it is not on screen yet
    StatusFile(used.data, Status(version="1")).write()

    assert used("report", "--out", "usage.html").status == 0

    page = (used.folder / "usage.html").read_text("utf-8")
    assert '<p class="brand">Volt &amp; Sons</p>' in page
    assert "--ink:#0b1f14" in page
    assert "--paper:#eef5f0" in page
    assert "--signal:#ffd500" in page
    pictures = str(json.loads(used("report", "--json").out)["pictures"])
    assert "#e2231a" not in pictures
    assert look_of(Theme(**theme)).accent in pictures


def test_a_version_on_screen_that_cannot_be_read_leaves_the_usual_colors(
    used: Kiosk, contents: Contents
) -> None:
    version = History(used.data).accept(contents.load(contents.timeline()), NOW)
    version.file.write_text("brand: [")

    assert used("report", "--out", "usage.html").status == 0
    assert "--signal:#e2231a" in (used.folder / "usage.html").read_text("utf-8")


@pytest.mark.parametrize("accent", ["#e2231a", "#ffd500", "#ffffff", "#0a0a0a"])
def test_the_accent_can_be_told_and_read_on_paper(accent: str) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11."""
    look = look_of(Theme(accent=accent))

    assert ratio(rgb(look.accent), rgb(look.ground)) >= 2.99  # rounded to 8 bits
    assert ratio(rgb(look.accent_letters), rgb(look.ground)) >= 4.49
    assert look.signal == accent


def test_a_table_is_written(used: Kiosk) -> None:
    assert used("report", "--out", "usage.CSV").status == 0

    lines = (used.folder / "usage.CSV").read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(read_counts(used.data).amounts)


def test_a_table_can_begin_with_a_day(used: Kiosk) -> None:
    assert used("report", "--since", "2026-11-27", "--out", "usage.csv").status == 0

    lines = (used.folder / "usage.csv").read_text("utf-8-sig").splitlines()
    assert {line[:10] for line in lines[1:]} == {"2026-11-27"}


@pytest.mark.slow(reason="draws with matplotlib")
def test_programs_get_the_pictures_too(used: Kiosk) -> None:
    report = json.loads(used("report", "--json").out)

    assert report["highlights"][0] == ["260", "visits"]
    assert report["pictures"][0]["svg"].startswith("<?xml")


def test_a_report_that_is_there_is_not_overwritten(used: Kiosk) -> None:
    (used.folder / "usage.html").write_text("mine")

    sentence = used("report", "--out", "usage.html").sentence

    assert sentence == "usage.html already exists and is not overwritten; choose another file"
    assert (used.folder / "usage.html").read_text() == "mine"


@pytest.mark.parametrize("name", ["usage.pdf", "usage", "usage.xlsx"])
def test_another_kind_of_file_is_refused(used: Kiosk, name: str) -> None:
    assert f"'{name}' must end in .html or .csv" in used("report", "--out", name).sentence


def test_a_report_does_not_go_into_the_data_folder(used: Kiosk) -> None:
    assert "data folder" in used("report", "--out", "data/usage.html").sentence


def test_a_folder_that_is_not_there_is_said(used: Kiosk) -> None:
    assert "cannot be written" in used("report", "--out", "gone/usage.html").sentence


def test_a_day_in_the_future_is_refused(used: Kiosk) -> None:
    sentence = used("report", "--since", "2026-12-01").sentence

    assert sentence == "2026-12-01 is in the future; pass an earlier day with --since"


def test_damaged_counts_are_said_and_left_as_they_are(kiosk: Kiosk) -> None:
    (kiosk.data / FILE_NAME).write_bytes(b"\xa5" * 5000)

    assert "usage.sqlite3 is damaged; the kiosk sets it aside" in kiosk("report").sentence
    assert (kiosk.data / FILE_NAME).read_bytes() == b"\xa5" * 5000
