"""Days, times and figures that staff read are in the language of the content, on every surface."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from kiosk.commands.support.proof_cover import cover_of
from kiosk.content import model
from kiosk.content.dates import changes_ahead
from kiosk.content.localized import localization_of
from kiosk.content.problems import Problem, Spot
from kiosk.showroom.desk import preview
from kiosk.showroom.desk.preview_viewmodel import PreviewViewModel
from kiosk.showroom.offscreen import proof, snapshot
from kiosk.showroom.presenter import problem_rows
from kiosk.showroom.rows import FindingRow
from kiosk.showroom.run.staff_notices import staff_notice as staff_line_of

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from kiosk.content.versions.current_content import CurrentContent
    from tests.conftest import Contents

MOMENT = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
ERRORS = 1234
NB = "\u00a0"
ENGLISH = {"language": "en"}
BRITISH = {"language": "en", "region": "uk"}
GERMAN = {"language": "de"}
POLISH = {"language": "pl"}
OF_NO_LANGUAGE = re.compile(r"\d{4}-\d\d-\d\d")
ENGLISH_ALONE = re.compile(r"\d,\d{3}|\b(May|June|Wed|AM|PM)\b")

Load = Callable[[dict[str, str]], "Loaded"]


@pytest.fixture
def load(contents: Contents) -> Load:
    """A content with an offer until the end of May, in a language."""

    def load(top: dict[str, str]) -> Loaded:
        offers = contents.offers(contents.offer(datetime(2024, 5, 31).date()))
        return contents.load(offers, time_zone="UTC", **top)

    return load


def content_of(loaded: Loaded) -> model.Content:
    assert loaded.content is not None
    return loaded.content


def panel(loaded: Loaded) -> list[str]:
    """The preview's panel, with its choice of a moment."""
    local = localization_of(content_of(loaded))
    beside = PreviewViewModel("content.yaml", [(1920, 1080)], MOMENT.replace(tzinfo=None))
    beside.show_language(content_of(loaded).language, local)
    (change,) = changes_ahead(content_of(loaded), MOMENT, 90)
    row = preview._change_row(change, local)
    rows = [FindingRow("1", severity, "…") for severity in ["error"] * ERRORS]
    warnings = [FindingRow("1", "warning", "…")] * ERRORS
    return [
        *(beside.dayText, beside.timeText, beside.hours[18], beside.monthText(2024, 5)),
        *(row.when, preview._summary(rows, local), preview._summary(warnings, local)),
    ]


def staff_notice(loaded: Loaded) -> list[str]:
    """On the attract loop."""
    many = Problem(Spot(1, 1), "more-problems", "…", stands_for=ERRORS)
    current = SimpleNamespace(missing=(), problems=(many,), is_silent=False, is_valid=False)
    return [staff_line_of(cast("CurrentContent", current), content_of(loaded))]


def notice(_: Loaded) -> list[str]:
    """On the floor; what it tells is told before any language is known."""
    from kiosk.content.problems import first_of

    rows = problem_rows(first_of([Problem(Spot(1, 1), "more-problems", "…")], more=ERRORS))
    return [row.message for row in rows]


def first_page(loaded: Loaded, monkeypatch: pytest.MonkeyPatch, data: Path) -> list[str]:
    """Of a proof, which heads its other pages, too."""
    monkeypatch.setattr("kiosk.commands.support.proof_cover.measure", lambda *_: ())
    cover = cover_of(loaded, [(1920, 1080)], MOMENT, data, ())
    lists = [
        line for heading, lines in cover.remarks if "comes and goes" in heading for line in lines
    ]
    return [cover.version, cover.shown, *lists]


def index(loaded: Loaded, folder: Path) -> list[str]:
    """Of the pictures of a snapshot."""
    snapshot._write_index(folder, [], loaded, MOMENT)
    return re.findall("<h1>(.*)</h1>", (folder / "index.html").read_text("utf-8"))


@pytest.mark.parametrize(
    ("top", "weekday", "day", "time", "evening", "month", "number", "goes"),
    [
        (
            *(ENGLISH, "Wed, May 1, 2024", "May 1, 2024", f"9:30{NB}AM", f"6:00{NB}PM"),
            *("May 2024", "1,234", f"June 1, 2024, 12:00{NB}AM"),
        ),
        (
            *(BRITISH, "Wed, 1 May 2024", "1 May 2024", "09:30", "18:00"),
            *("May 2024", "1,234", "1 June 2024, 00:00"),
        ),
        (
            *(GERMAN, "Mi., 1. Mai 2024", "1. Mai 2024", "09:30", "18:00"),
            *("Mai 2024", "1.234", "1. Juni 2024, 00:00"),
        ),
        (
            *(POLISH, "śr., 1 maj 2024", "1 maja 2024", "09:30", "18:00"),
            *("maj 2024", f"1{NB}234", "1 czerwca 2024, 00:00"),
        ),
    ],
    ids=["en", "en-GB", "de", "pl"],
)
def test_staff_read_days_and_figures_as_visitors_do(
    load: Load,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    top: dict[str, str],
    weekday: str,
    day: str,
    time: str,
    evening: str,
    month: str,
    number: str,
    goes: str,
) -> None:
    loaded = load(top)
    beside = panel(loaded)
    assert beside[:4] == [weekday, time, evening, month]
    assert beside[4] == goes
    assert beside[5].startswith(f"{number} errors.")
    assert beside[6].startswith(f"{number} warnings.")

    line = staff_notice(loaded)
    assert line == [f"The content file has {number} errors: run 'kiosk check'."]

    page = first_page(loaded, monkeypatch, tmp_path / "data")
    assert f"as it is on {day}, {time} (UTC)." in page[1]
    assert page[2].startswith(f"{goes}  goes ")

    listed = index(loaded, tmp_path)
    assert listed == [f"content.yaml, as on {day}"]

    shown = [*beside, *line, *notice(loaded), *page, *listed]
    assert not [text for text in shown if OF_NO_LANGUAGE.search(text)]
    if top["language"] != "en":
        assert not [text for text in shown if ENGLISH_ALONE.search(text)]


def test_the_proof_counts_in_the_language(
    contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "MOST_OF_A_KIND", 2)
    articles = [contents.article(f"{n}") for n in range(1001)]
    loaded = contents.load(contents.features(features=articles), **GERMAN)
    (line,) = proof.left_out(loaded, MOMENT)
    assert line.startswith("Features: the first 2 of 1.001 screens")
