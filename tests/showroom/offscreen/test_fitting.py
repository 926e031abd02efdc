"""What `kiosk check` says of texts that a screen has no room for, measured on the screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk import cli
from kiosk.content.check.loading import load
from kiosk.content.lint.misfits import Misfit
from kiosk.content.lint.report import report
from kiosk.showroom.offscreen.fitting import MOST_MEASURED, misfits
from kiosk.showroom.offscreen.offscreen_kiosk import Layout
from tests.long_runs import IS_LONG

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import Block, Contents

MOMENT = datetime(2024, 5, 1, 12, tzinfo=UTC)
DAY = MOMENT.date()
LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)
LONG = "Mechanics and drivers of every season we had"
NAME = "Heritage and all its history"
WIDE = "W" * 24 + " " + "W" * 23
Measure = Callable[..., list[Misfit]]


@pytest.fixture
def measure(qapp: object, contents: Contents) -> Measure:
    """The misfits of a content with some places."""

    def run(*places: Block, size: tuple[int, int] = LANDSCAPE, **top: object) -> list[Misfit]:
        return list(misfits(contents.load(*places, **top), MOMENT, [Layout(size)]))

    return run


def faults(found: list[Misfit]) -> set[tuple[str, str]]:
    return {(misfit.text, misfit.fault) for misfit in found}


def begun(folder: Path) -> Loaded:
    """What `kiosk new` begins with."""
    assert cli.main(["new", str(folder / "new"), "--name", "Example Motors"]) == 0
    return load(folder / "new" / "content.yaml")


@pytest.mark.slow(reason="measures every screen in several layouts")
@pytest.mark.qt_log_ignore("DelegateModel::cancel", extend=True)  # Qt's own, of a mirrored grid
@pytest.mark.parametrize("which", ["default", "new"])
def test_it_fits_turned_and_mirrored_and_in_larger_words(
    qapp: object, default_loaded: Loaded, tmp_path: Path, which: str
) -> None:
    """A binding that goes round in a circle warns, which fails the test."""
    loaded = default_loaded if which == "default" else begun(tmp_path)
    scales = list(product((1.0, 1.2, 1.5), (False, True)))
    if not IS_LONG:
        scales = [(1.0, False), (1.5, False)] if which == "default" else [(1.2, True)]
    layouts = [Layout(size, *scale) for scale in scales for size in (LANDSCAPE, PORTRAIT)]
    layouts += [Layout((3840, 2160))] if IS_LONG else []
    assert list(misfits(loaded, MOMENT, layouts)) == []


def test_words_that_fit_as_drawn_may_not_when_larger(
    qapp: object, contents: Contents, measure: Measure
) -> None:
    places = [contents.links(id=f"l{n}", name="Zusammenkunft") for n in range(6)]
    assert measure(*places) == []
    found = misfits(contents.load(*places), MOMENT, [Layout(LANDSCAPE, 1.5)])
    assert {misfit.text for misfit in found} == {"Zusammenkunft"}


def test_a_name_too_long_for_its_door_is_found_with_the_room_there_is(
    measure: Measure, contents: Contents
) -> None:
    name = "Heritage and all its history"
    found = measure(contents.timeline(name=name), *[contents.links(id=f"l{n}") for n in range(6)])
    assert {(misfit.text, misfit.path) for misfit in found} == {(name, ("places", 0, "name"))}
    room = min(misfit.room for misfit in found if misfit.room is not None)
    assert 5 < room < len(name)
    # What it says of the room holds: so many letters fit, on every screen.
    fitting = name[:room].strip()
    again = measure(
        contents.timeline(name=fitting), *[contents.links(id=f"l{n}") for n in range(6)]
    )
    assert again == []


def test_an_entry_far_down_a_list_is_measured(measure: Measure, contents: Contents) -> None:
    races = [(date(2024, 6, 1), date(2024, 6, 1))] * 30
    schedule = contents.schedule(*races)
    schedule["races"][-1]["venue"] = LONG
    (found,) = measure(schedule)
    assert (found.path, found.fault) == (("places", 0, "races", 29, "venue"), "cut")
    assert found.where == "screen 'schedule' at 1920x1080"


def test_of_a_very_long_list_the_longest_are_measured(measure: Measure, contents: Contents) -> None:
    races = [(date(2024, 6, 1), date(2024, 6, 1))] * (4 * MOST_MEASURED)
    schedule = contents.schedule(*races)
    schedule["races"][170]["venue"] = LONG
    (found,) = measure(schedule)
    assert found.path == ("places", 0, "races", 170, "venue")


def test_a_link_far_down_its_list_is_measured(measure: Measure, contents: Contents) -> None:
    links = [{"name": f"Link {n}", "address": "https://www.example.com"} for n in range(48)]
    links[-1]["name"] = WIDE
    groups = [{"name": "All", "links": links}, {"name": "Few", "links": links[:1]}]
    (found,) = measure({**contents.links(), "groups": groups})
    assert found.path == ("places", 0, "groups", 0, "links", 47, "name")


def test_what_comes_another_day_is_measured_today(measure: Measure, contents: Contents) -> None:
    places = [contents.links(id=f"l{n}") for n in range(5)]
    later = contents.timeline(name=NAME, show_from="2030-01-01", show_until="2030-02-01")
    assert {misfit.text for misfit in measure(later, *places)} == {NAME}
    offers = [contents.offer(DAY, title=WIDE * 1)] * 1
    gone = [{**offer, "valid_from": "2022-01-01", "valid_until": "2023-01-01"} for offer in offers]
    reported = measure(contents.offers(*offers), size=PORTRAIT)
    assert faults(measure(contents.offers(*gone), size=PORTRAIT)) == faults(reported)
    race = contents.schedule((date(2024, 6, 1), date(2024, 6, 1)))
    race["races"][0] |= {"venue": LONG, "show_from": "2030-01-01"}
    assert {misfit.text for misfit in measure(race)} == {LONG}


def test_a_word_that_is_shrunk_to_fit_is_told_when_nobody_could_read_it(
    measure: Measure, contents: Contents
) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitaene"
    found = measure(contents.timeline(title=word, chapters=[contents.article(word, figure="1964")]))
    assert {misfit.text for misfit in found} == {word}


def test_the_kiosks_own_words_are_measured(measure: Measure, contents: Contents) -> None:
    places = [contents.links(id=f"l{n}") for n in range(6)]
    found = measure(*places, words={"home": "Zurueck zum allerersten Anfang"})
    assert {(misfit.path, misfit.fault) for misfit in found} == {(("words", "home"), "cut")}


# What is said of it


def fit_problems(loaded: Loaded, *found: Misfit) -> list[tuple[int, str]]:
    reported = report(loaded, DAY, found).problems
    return [
        (problem.spot.line, problem.message) for problem in reported if problem.rule == "text-fit"
    ]


def test_a_text_is_told_once_with_the_tightest_screen(contents: Contents) -> None:
    loaded = contents.load(contents.timeline(name=LONG[:30]))
    path = ("places", 0, "name")
    line = loaded.tree.spot(path).line
    found = [
        Misfit(path, LONG[:30], "cut", "screen 'home' at 1920x1080", 20),
        Misfit(path, LONG[:30], "cut", "screen 'home' at 1080x1920", 14),
    ]
    assert fit_problems(loaded, *found) == [
        (
            line,
            "'Mechanics and drivers of every' has 30 letters and is cut off on screen 'home' at"
            " 1080x1920; shorten it to about 14",
        )
    ]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("small", "is shrunk so far that it is hard to read on screen 'x'; use shorter words"),
        ("outside", "does not fit on screen 'x'; write less there"),
    ],
)
def test_other_faults_are_told(contents: Contents, fault: str, sentence: str) -> None:
    loaded = contents.load(contents.timeline())
    misfit = Misfit(("home", "lead"), LONG, fault, "screen 'x'")  # type: ignore[arg-type]
    ((_, message),) = fit_problems(loaded, misfit)
    assert message == f"'Mechanics and drivers of every season w…' {sentence}"


def test_it_can_be_silenced_and_is_not_missed_where_nothing_is_measured(contents: Contents) -> None:
    silence = [{"rule": "text-fit", "entry": "A win", "reason": "It is cut on purpose."}]
    loaded = contents.load(contents.timeline(), silence=silence)
    path = ("places", 0, "chapters", 0, "title")
    reported = report(loaded, DAY, (Misfit(path, "A win", "cut", "screen 'x'", 3),))
    assert [row.problem.rule for row in reported.silenced] == ["text-fit"]
    assert [p.rule for p in reported.problems if p.rule in {"text-fit", "unused-silence"}] == []
    untold = report(loaded, DAY)
    assert [p.rule for p in untold.problems if p.rule == "unused-silence"] == []
