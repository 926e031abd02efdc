"""What the showroom shows on a day, and when it changes to the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

from kiosk.content.check.loading import load
from kiosk.signups.form import Provenance
from tests.showroom.conftest import NOON, REAL, Scene

if TYPE_CHECKING:
    from tests.conftest import Contents, HandDrained

DAY = timedelta(days=1)
TODAY = NOON.date()


def test_the_same_day_again_changes_nothing(scene: Scene, contents: Contents, qtbot: QtBot) -> None:
    scene.show(contents.load(contents.offers()))
    before = scene.presenter._screenplay
    scene.presenter.follow_the_clock()
    assert scene.presenter._screenplay is before


def test_of_other_content_only_what_differs_is_told(
    scene: Scene, contents: Contents, qtbot: QtBot
) -> None:
    """Nobody's screen is drawn anew for an offer they do not see."""
    offers = [contents.offer(TODAY), contents.offer(TODAY, figure="$1")]
    scene.show(contents.load(contents.offers(*offers)))
    showroom, navigation = scene.showroom, scene.navigation
    still = [showroom.homeChanged, showroom.words.changed, showroom.changed]
    still += [navigation.changed, showroom.posters.countChanged, showroom.posters.dataChanged]
    still += [navigation.doors.countChanged, navigation.doors.dataChanged]
    offers[1]["figure"] = "$2"
    heard: list[object] = []
    for signal in still:
        signal.connect(lambda *_: heard.append(1))

    scene.show(contents.load(contents.offers(*offers)))

    assert heard == []
    navigation.open("offers")
    rows = navigation.place.offers
    assert "$2" in [rows.data(rows.index(1, 0), role) for role in rows.roleNames()]


def test_of_the_posters_only_the_changed_one_is_told(
    scene: Scene, contents: Contents, qtbot: QtBot
) -> None:
    scene.show(contents.load(contents.offers(contents.offer(TODAY))))
    posters = scene.showroom.posters
    with (
        qtbot.assertNotEmitted(posters.countChanged),
        qtbot.waitSignal(posters.dataChanged) as reported,
    ):
        scene.show(contents.load(contents.offers(contents.offer(TODAY, figure="$1"))))
    assert [index.row() for index in reported.args[:2]] == [1, 1]
    assert scene.posters() == ["Number 37", "$1"]


def test_the_next_race_is_counted_down_day_by_day(scene: Scene, contents: Contents) -> None:
    weekend = (TODAY + 2 * DAY, TODAY + 3 * DAY)
    scene.show(contents.load(contents.schedule(weekend)))
    seen = []
    for _ in range(5):
        scene.navigation.open("schedule")
        place = scene.navigation.place
        seen.append((place.daysToGo, place.racingNow, place.coming))
        scene.pass_a_day()
    assert seen == [
        ("2", False, 0),
        ("1", False, 0),
        ("", True, 0),
        ("", True, 0),
        ("", False, -1),
    ]


def test_a_season_that_is_over_sends_no_poster(scene: Scene, contents: Contents) -> None:
    weekend = (TODAY - 2 * DAY, TODAY - DAY)
    scene.show(contents.load(contents.schedule(weekend)))
    assert scene.posters() == ["Number 37"]


def test_a_file_with_faults_is_told_to_staff_and_a_mended_one_opens(
    scene: Scene, contents: Contents
) -> None:
    showroom = scene.showroom
    file = contents.write(contents.timeline(tilte="x"))
    assert scene.presenter.present(load(file)) is None
    assert showroom.brokenFile == str(file)
    assert showroom.problems.count == 1
    assert not showroom.ready
    scene.show(contents.load(contents.timeline()))
    assert showroom.brokenFile == ""
    assert showroom.problems.count == 0
    assert showroom.ready


def test_a_visitor_who_touches_early_comes_in_once_the_content_is_there(
    scene: Scene, contents: Contents
) -> None:
    scene.showroom.wake()
    assert scene.showroom.session.phase == "attract"
    scene.show(contents.load(contents.timeline()))
    assert scene.showroom.session.phase == "active"


def test_the_session_s_end_brings_everyone_home(scene: Scene, contents: Contents) -> None:
    scene.show(contents.load(contents.timeline()))
    scene.showroom.wake()
    scene.navigation.open("timeline")
    scene.navigation.openDetail("chapters", 0)
    scene.showroom.session.end()
    assert scene.navigation.screen == "home"
    assert scene.navigation.place is None


def test_the_form_and_its_page_are_given_more_time_than_the_rest(
    scene: Scene, contents: Contents, executor: HandDrained
) -> None:
    scene.show(contents.load(contents.timeline(), contents.signup()))
    scene.showroom.wake()
    intervals = []
    for place in ("timeline", "signup", "timeline", "signup"):
        scene.navigation.open(place)
        intervals.append(scene.idle_interval())
    assert intervals == [60_000, 90_000, 60_000, 90_000]
    form = scene.navigation.place
    form.email = "visitor@example.com"
    scene.navigation.openDetail("privacy", 0)
    assert scene.navigation.detail.layout == "words"
    assert scene.idle_interval() == 90_000
    scene.navigation.back()
    assert scene.navigation.place is form
    assert form.email == "visitor@example.com"
    assert scene.idle_interval() == 90_000
    executor.drain()


def test_a_signup_is_dated_truly_and_names_the_content_on_screen(
    scene: Scene, contents: Contents, executor: HandDrained
) -> None:
    loaded = contents.load(contents.signup())
    scene.presenter.present(loaded)
    scene.navigation.open("signup")
    form = scene.navigation.place
    form.email, form.consented = "visitor@example.com", True
    form.submit()
    executor.drain()
    assert [signup.provenance for signup in scene.store.signups] == [
        Provenance(REAL, True, "Front window", loaded.digest)
    ]
