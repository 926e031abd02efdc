"""The pictures, and the files that hold them."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from kiosk.usage.report.charts import PAPER
from kiosk.usage.report.files import csv_bytes, html_page
from kiosk.usage.report.usage_report import UsageReport, usage_report
from kiosk.usage.store import read_counts, store_counts
from kiosk.usage.visit import WHOLE_DAY
from tests.usage.report.counted import NOW, TODAY, store_usual, tally_of, visits_on

pytestmark = pytest.mark.slow(reason="loads matplotlib and draws with it")

NAMES = ("weeks", "hours", "days", "funnel", "given-up", "places", "entries")
ODD_NAMES = {
    "a": "<script>alert(1)</script>",
    "b": "=cmd|' /C calc'!A0",
    "c": "An extraordinarily long name of a place in a showroom, which goes on and on",
    "d": "Ελλάδα $x^2$",
    "e": "日本語",
    "f": "سيارات",
    "g": '"quotes" & more',
}
LOADED = """
import sys
import kiosk.commands.report
import kiosk.usage.report.usage_report, kiosk.usage.report.files, kiosk.showroom.run.usage_recorder
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"matplotlib", "numpy"}))
"""


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> UsageReport:
    folder = tmp_path_factory.mktemp("usual")
    store_usual(folder)
    return usage_report(folder, NOW)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which places and entries have names that mean something to programs."""
    folder = tmp_path_factory.mktemp("odd")
    rows = [visits_on(TODAY, 9)]
    for rank, (id_, name) in enumerate(ODD_NAMES.items()):  # the first one comes into sentences
        rows.append((TODAY, WHOLE_DAY, "place", id_, 3, 50 - rank))
        rows.append((TODAY, WHOLE_DAY, "entry", f"{id_}/{name}", 9 - rank, 0))
    store_counts(folder, tally_of(rows, **ODD_NAMES), date.min, NOW)
    return folder


def _drawn(svg: str) -> set[int]:
    """The colors of a picture as Qt draws it; a warning fails the test."""
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return set(memoryview(image.constBits()).cast("I"))


def test_every_picture_is_there_in_its_order(usual: UsageReport) -> None:
    assert tuple(picture.name for picture in usual.pictures) == NAMES
    assert all(picture.sentence and picture.table.rows for picture in usual.pictures)
    assert usual.highlights[0] == ("260", "visits")


@pytest.mark.parametrize("name", NAMES)
def test_qt_draws_every_picture_without_a_warning(
    qapp: QGuiApplication, usual: UsageReport, name: str
) -> None:
    (picture,) = (picture for picture in usual.pictures if picture.name == name)

    assert QColor("#e2231a").rgb() in _drawn(picture.svg)


def test_the_numbers_behind_a_picture_are_those_that_it_shows(usual: UsageReport) -> None:
    tables = {picture.name: picture.table for picture in usual.pictures}

    assert tables["hours"].heading == ("hour", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert tables["hours"].rows[2] == ("11 AM", "4", "4", "4", "4", "4", "36", "4")
    assert tables["days"].rows[-1] == ("2026-11-27", "7")
    assert tables["weeks"].rows[5:] == (("Saturday", "23", ""), ("Sunday", "7", ""))
    assert tables["funnel"].rows[-1] == ("signed up", "4", "2%")
    assert tables["entries"].rows == (("Cooper", "Cars", "112", "56"),)


def test_languages_are_shown_where_there_are_several(qapp: QGuiApplication, tmp_path: Path) -> None:
    store_usual(tmp_path, days=1)
    rows = [(TODAY, WHOLE_DAY, "language", "es", 3, 0)]
    store_counts(tmp_path, tally_of(rows), date.min, NOW)

    picture = usage_report(tmp_path, NOW).pictures[-1]

    assert (picture.name, picture.table.rows) == ("languages", (("English", "7"), ("Spanish", "3")))
    assert _drawn(picture.svg)


def test_qt_draws_odd_names_without_a_warning(qapp: QGuiApplication, odd: Path) -> None:
    for picture in usage_report(odd, NOW).pictures:
        assert _drawn(picture.svg)


def test_letters_are_outlines_and_nothing_is_cut_off(usual: UsageReport) -> None:
    for picture in usual.pictures:
        tags = {
            element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture.svg).iter()
        }
        assert not tags & {"text", "clipPath", "image", "script"}


def test_pictures_have_the_colors_they_are_given(qapp: QGuiApplication, tmp_path: Path) -> None:
    store_usual(tmp_path)
    green = replace(PAPER, ink="#002200", accent="#009933")

    for picture in usage_report(tmp_path, NOW, look=green).pictures:
        colors = _drawn(picture.svg)
        assert QColor(green.ink).rgb() in colors
        assert QColor(green.accent).rgb() in colors
        assert QColor(PAPER.accent).rgb() not in colors


@pytest.mark.parametrize("days", [28, 400])
def test_in_one_column_letters_are_as_large_in_every_picture(tmp_path: Path, days: int) -> None:
    """Scaled to the width of a column, one that is wide would have them half as large."""
    store_usual(tmp_path, days)

    for picture in usage_report(tmp_path, NOW, is_one_column=True).pictures:
        assert ElementTree.fromstring(picture.svg).get("width") == "560pt"
        assert not picture.is_wide


def test_the_same_counts_give_the_same_pictures(usual: UsageReport, tmp_path: Path) -> None:
    store_usual(tmp_path)

    assert usage_report(tmp_path, NOW) == usual


@pytest.mark.parametrize("days", [1, 62, 400, 760])
def test_a_day_and_two_years_have_pictures(
    qapp: QGuiApplication, tmp_path: Path, days: int
) -> None:
    store_usual(tmp_path, days)

    pictures = {picture.name: picture for picture in usage_report(tmp_path, NOW).pictures}

    assert _drawn(pictures["days"].svg)
    assert _drawn(pictures["hours"].svg)


def test_no_visits_are_no_pictures(tmp_path: Path) -> None:
    report = usage_report(tmp_path, NOW)

    assert report.is_empty
    assert report.pictures == ()
    assert "Nobody has touched the screen" in html_page(report, "Front window", TODAY)


def test_nobody_pays_for_pictures_who_draws_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


# The page


def test_the_page_needs_nothing_else(usual: UsageReport) -> None:
    page = html_page(usual, "Front window", TODAY)

    for needed in ("src=", "href=", "url("):
        for part in page.split(needed)[1:]:
            assert part.lstrip("\"'").startswith("data:")
    assert page.count("<img ") == len(NAMES)
    for picture in usual.pictures:
        assert f'alt="{picture.sentence}"' in page


def test_names_on_the_page_are_text(odd: Path) -> None:
    page = html_page(usage_report(odd, NOW), "<b>Front</b> window", TODAY)

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<h1>&lt;b&gt;Front&lt;/b&gt; window</h1>" in page


# The table for Excel


def _cells(folder: Path) -> list[dict[str, str]]:
    text = csv_bytes(read_counts(folder)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_for_each_count(tmp_path: Path) -> None:
    store_usual(tmp_path, days=1)

    assert csv_bytes(read_counts(tmp_path)).startswith(b"\xef\xbb\xbfday,hour,measure")
    rows = {(row["measure"], row["subject"], row["hour"]): row for row in _cells(tmp_path)}
    assert rows["visit", "", "12"]["visits"] == "1"
    assert rows["place", "cars", ""] == {
        "day": "2026-11-27",
        "hour": "",
        "measure": "place",
        "subject": "cars",
        "place_name": "Cars",
        "visits": "5",
        "seconds": "200",
    }


def test_no_spreadsheet_runs_a_name(odd: Path) -> None:
    names = {row["place_name"] for row in _cells(odd)}

    assert "'=cmd|' /C calc'!A0" in names
    assert ODD_NAMES["g"] in names
    assert not any(name.startswith("=") for name in names)


def test_the_report_is_plain_data(usual: UsageReport) -> None:
    """As `--json` prints it, for whoever draws it in a process of its own."""
    assert asdict(usual)["pictures"][0]["name"] == "weeks"
