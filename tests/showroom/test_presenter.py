"""What the showroom shows on a day, and when it changes to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.content.check.loading import load
from kiosk.operation.clock import StoppedClock
from kiosk.showroom.presenter import Presenter
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.form import Signup, Stamp
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from tests.conftest import Contents, HandDrained

DAY = timedelta(days=1)
TODAY = date(2024, 5, 1)
REAL = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
"""What time it is while the showroom shows TODAY."""


@dataclass(frozen=True, slots=True)
class Hands(StoppedClock):
    """A clock whose hands the test moves."""

    moved: list[timedelta] = ()

    def now(self) -> datetime:
        return self.moment + sum(self.moved, timedelta())


class Tray:
    """A desk that keeps what it is handed."""

    def __init__(self) -> None:
        self.signups: list[Signup] = []

    def is_open(self) -> bool:
        return True

    def accept(self, signup: Signup) -> None:
        self.signups.append(signup)


def _stamp(digest: str) -> Stamp:
    return Stamp(REAL, True, "Front window", digest)


class Scene:
    """A showroom on a clock that the test sets."""

    def __init__(self, executor: HandDrained, moment: datetime) -> None:
        self.showroom = ShowroomViewModel()
        self._moved: list[timedelta] = []
        runner = Runner(executor, self.showroom)
        clock = Hands(moment=moment, moved=self._moved)
        self.desk = Tray()
        self.presenter = Presenter(self.showroom, clock, self.desk, runner, _stamp, self.showroom)

    def pass_a_day(self) -> None:
        """Midnight, and the presenter's next look at the clock."""
        self._moved.append(DAY)
        timers = self.presenter.findChildren(QTimer)
        assert timers
        assert any(timer.isActive() for timer in timers)
        for timer in timers:
            timer.timeout.emit()

    def posters(self) -> list[str]:
        model = self.showroom.posters
        roles = {bytes(n.data()).decode(): r for r, n in model.roleNames().items()}
        return [
            model.data(model.index(row, 0), roles["figure"])
            or model.data(model.index(row, 0), roles["headline"])
            for row in range(model.count)
        ]

    def offers(self) -> int:
        self.showroom.navigation.open("offers")
        return self.showroom.navigation.place.offers.count


@pytest.fixture
def scene(qapp: QGuiApplication, executor: HandDrained, moment: datetime) -> Scene:
    return Scene(executor, moment)


def test_an_offer_is_shown_through_its_last_day_and_gone_at_midnight(
    scene: Scene, contents: Contents
) -> None:
    scene.presenter.present(contents.load(contents.offers(contents.offer(TODAY))))
    assert scene.posters() == ["Number 37", "$349"]
    assert scene.offers() == 1
    scene.pass_a_day()
    assert scene.posters() == ["Number 37"]
    assert scene.offers() == 0


def test_nothing_vanishes_under_a_visitors_finger(scene: Scene, contents: Contents) -> None:
    scene.presenter.present(contents.load(contents.offers(contents.offer(TODAY))))
    scene.showroom.wake()
    scene.showroom.navigation.open("offers")
    place = scene.showroom.navigation.place
    scene.pass_a_day()
    assert scene.showroom.navigation.place is place
    assert place.offers.count == 1
    scene.showroom.session.end()
    assert scene.posters() == ["Number 37"]
    assert scene.offers() == 0


def test_an_offer_comes_on_its_first_day(scene: Scene, contents: Contents) -> None:
    offer = contents.offer(TODAY + 30 * DAY, valid_from=TODAY + DAY)
    scene.presenter.present(contents.load(contents.offers(offer)))
    assert scene.posters() == ["Number 37"]
    scene.pass_a_day()
    assert scene.posters() == ["Number 37", "$349"]


def test_the_same_day_again_changes_nothing(scene: Scene, contents: Contents, qtbot: QtBot) -> None:
    scene.presenter.present(contents.load(contents.offers()))
    before = scene.presenter._screenplay
    scene.presenter.follow_the_clock()
    assert scene.presenter._screenplay is before


def test_of_other_content_only_what_differs_is_told(
    scene: Scene, contents: Contents, qtbot: QtBot
) -> None:
    """Nobody's screen is drawn anew for an offer they do not see."""
    offers = [contents.offer(TODAY), contents.offer(TODAY, figure="$1")]
    scene.presenter.present(contents.load(contents.offers(*offers)))
    showroom, navigation = scene.showroom, scene.showroom.navigation
    still = [showroom.homeChanged, showroom.words.changed, showroom.openingChanged]
    still += [navigation.changed, showroom.posters.modelReset, showroom.posters.dataChanged]
    still += [navigation.doors.modelReset, navigation.doors.dataChanged]
    offers[1]["figure"] = "$2"
    heard: list[object] = []
    for signal in still:
        signal.connect(lambda *_: heard.append(1))

    scene.presenter.present(contents.load(contents.offers(*offers)))

    assert heard == []
    navigation.open("offers")
    rows = navigation.place.offers
    assert "$2" in [rows.data(rows.index(1, 0), role) for role in rows.roleNames()]


def test_of_the_posters_only_the_changed_one_is_told(
    scene: Scene, contents: Contents, qtbot: QtBot
) -> None:
    scene.presenter.present(contents.load(contents.offers(contents.offer(TODAY))))
    posters = scene.showroom.posters
    with qtbot.assertNotEmitted(posters.modelReset), qtbot.waitSignal(posters.dataChanged) as told:
        scene.presenter.present(contents.load(contents.offers(contents.offer(TODAY, figure="$1"))))
    assert [index.row() for index in told.args[:2]] == [1, 1]
    assert scene.posters() == ["Number 37", "$1"]


def test_the_next_race_is_counted_down_day_by_day(scene: Scene, contents: Contents) -> None:
    weekend = (TODAY + 2 * DAY, TODAY + 3 * DAY)
    scene.presenter.present(contents.load(contents.schedule(weekend)))
    seen = []
    for _ in range(5):
        scene.showroom.navigation.open("schedule")
        place = scene.showroom.navigation.place
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
    scene.presenter.present(contents.load(contents.schedule(weekend)))
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
    assert scene.presenter.present(contents.load(contents.timeline())) is not None
    assert showroom.brokenFile == ""
    assert showroom.problems.count == 0
    assert showroom.ready


def test_a_visitor_who_touches_early_comes_in_once_the_content_is_there(
    scene: Scene, contents: Contents
) -> None:
    scene.showroom.wake()
    assert scene.showroom.session.phase == "attract"
    scene.presenter.present(contents.load(contents.timeline()))
    assert scene.showroom.session.phase == "active"


def test_every_kind_of_place_opens(
    scene: Scene, contents: Contents, executor: HandDrained, work_off: Callable[[], None]
) -> None:
    kinds = ["timeline", "team", "schedule", "offers", "features", "models", "dealers", "links"]
    kinds.append("signup")
    blocks = [getattr(contents, kind)(bar=False) for kind in kinds]
    scene.presenter.present(contents.load(*blocks))
    for kind in kinds:
        scene.showroom.navigation.open(kind)
        assert scene.showroom.navigation.screen == kind
        assert scene.showroom.navigation.place.title == f"The {kind}"
    assert executor.drain() == 1
    work_off()


def test_the_session_s_end_brings_everyone_home(scene: Scene, contents: Contents) -> None:
    scene.presenter.present(contents.load(contents.timeline()))
    scene.showroom.wake()
    scene.showroom.navigation.open("timeline")
    scene.showroom.navigation.openDetail("chapters", 0)
    scene.showroom.session.end()
    assert scene.showroom.navigation.screen == "home"
    assert scene.showroom.navigation.place is None


def test_the_form_is_given_more_time_than_the_rest(
    scene: Scene, contents: Contents, executor: HandDrained
) -> None:
    scene.presenter.present(contents.load(contents.timeline(), contents.signup()))
    scene.showroom.wake()
    idle, *_ = (t for t in scene.showroom.session.findChildren(QTimer) if t.isSingleShot())
    intervals = []
    for place in ("timeline", "signup", "timeline"):
        scene.showroom.navigation.open(place)
        intervals.append(idle.interval())
    assert intervals == [60_000, 90_000, 60_000]
    executor.drain()


def test_the_privacy_page_is_given_the_forms_time(
    scene: Scene, contents: Contents, executor: HandDrained
) -> None:
    scene.presenter.present(contents.load(contents.signup()))
    scene.showroom.wake()
    idle, *_ = (t for t in scene.showroom.session.findChildren(QTimer) if t.isSingleShot())
    scene.showroom.navigation.open("signup")
    form = scene.showroom.navigation.place
    form.email = "visitor@example.com"
    scene.showroom.navigation.openDetail("privacy", 0)
    assert scene.showroom.navigation.detail.layout == "words"
    assert idle.interval() == 90_000
    scene.showroom.navigation.back()
    assert scene.showroom.navigation.place is form
    assert form.email == "visitor@example.com"
    assert idle.interval() == 90_000
    executor.drain()


def test_a_signup_is_dated_truly_and_names_the_content_on_screen(
    scene: Scene, contents: Contents, executor: HandDrained
) -> None:
    loaded = contents.load(contents.signup())
    scene.presenter.present(loaded)
    scene.showroom.navigation.open("signup")
    form = scene.showroom.navigation.place
    form.email, form.consented = "visitor@example.com", True
    form.submit()
    executor.drain()
    assert [signup.stamp for signup in scene.desk.signups] == [
        Stamp(REAL, True, "Front window", loaded.digest)
    ]
