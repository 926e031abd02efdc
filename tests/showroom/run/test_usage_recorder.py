"""What visitors do is counted once they are gone, and nothing else of them is kept."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.operation.clock import SYSTEM_CLOCK, Clock, StoppedClock
from kiosk.places.signup.viewmodel import SignupViewModel
from kiosk.showroom.run.kiosk import Kiosk, RunOptions
from kiosk.showroom.run.true_clock import TrueClock
from kiosk.showroom.run.usage_recorder import UsageRecorder, months_before
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import AtOnce, Runner
from kiosk.usage.store import FILE_NAME, UsageUnavailable, damaged_files, read_counts
from kiosk.usage.visit import Amount, Key
from tests.conftest import ESTIMATOR, Contents, HandDrained
from tests.showroom.conftest import Scene, Steady

NOW = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
DAY = NOW.date()


class SetClock:
    """A clock that a test sets, and may call wrong."""

    def __init__(self) -> None:
        self.moment = NOW
        self.trusted = True

    def now(self) -> datetime:
        return self.moment

    def is_trusted(self) -> bool:
        return self.trusted


class Floor:
    """A showroom that is counted, and a visitor in front of it."""

    def __init__(
        self, scene: Scene, data: Path, executor: HandDrained, work_off: Callable[[], None]
    ) -> None:
        self.scene, self.data = scene, data
        self._executor, self._work_off = executor, work_off
        self.session, self.navigation = scene.showroom.session, scene.navigation
        self.steady = Steady()
        self.session._steady = self.steady
        self.clock = SetClock()
        self.reports: list[str] = []
        self.recorder = UsageRecorder(
            *(data, scene.showroom, self.clock, Runner(executor, scene.showroom)),
            *(self.reports.append, scene.showroom),
            steady=self.steady,
        )
        self.recorder.follow("en", is_on=True, months=25)

    def wake(self) -> None:
        self.session.touched()
        self.session.wake()

    def touch(self, action: Callable[..., object], *arguments: object, after: float = 1.0) -> None:
        """Touch something, some seconds after what was touched before."""
        self.steady.seconds += after
        self.session.touched()
        action(*arguments)

    def leave(self, after: float = 80.0) -> None:
        """Walk away; the session ends by itself."""
        self.steady.seconds += after
        self.session.end()

    def background(self) -> None:
        self._executor.drain()
        self._work_off()

    @contextmanager
    def visit(self) -> Iterator[None]:
        """Somebody comes, does something, and is counted once they have left."""
        self.wake()
        yield
        self.leave()
        self.background()

    def look_in(self) -> None:
        """Somebody wakes it and walks away."""
        with self.visit():
            pass

    @property
    def form(self) -> SignupViewModel:
        form = self.navigation.place
        assert isinstance(form, SignupViewModel)
        return form

    def counts(self, measure: str) -> dict[str, int]:
        amounts = read_counts(self.data).amounts
        return {k.subject: a.visits for k, a in amounts.items() if k.measure == measure}

    def seconds(self, measure: str, subject: str = "") -> int:
        amounts = read_counts(self.data).amounts
        return sum(
            a.seconds for k, a in amounts.items() if (k.measure, k.subject) == (measure, subject)
        )


@pytest.fixture
def floor(
    scene: Scene,
    contents: Contents,
    tmp_path: Path,
    executor: HandDrained,
    work_off: Callable[[], None],
) -> Floor:
    scene.show(
        contents.load(
            *(contents.timeline(), contents.models(), contents.links(), contents.dealers()),
            contents.signup(),
        )
    )
    data = tmp_path / "data"
    data.mkdir()
    return Floor(scene, data, executor, work_off)


def test_a_visit_is_counted_when_it_is_over(floor: Floor) -> None:
    with floor.visit():
        floor.touch(floor.navigation.open, "timeline", after=3)
        floor.touch(floor.navigation.openDetail, "chapters", 0, after=10)
        floor.touch(floor.navigation.back, after=5)
        assert list(floor.data.iterdir()) == []

    assert read_counts(floor.data).amounts[Key(DAY, 12, "visit", "")] == Amount(1, 18)
    assert floor.counts("place") == {"timeline": 1}
    assert floor.seconds("place", "timeline") == 15
    assert floor.counts("entry") == {"timeline/A win": 1}
    assert floor.counts("language") == {"en": 1}
    assert floor.counts("step") == {"opened": 1}
    assert read_counts(floor.data).names == {"timeline": "Timeline"}


def test_nobody_touching_past_waking_is_a_visit_of_no_length(floor: Floor) -> None:
    floor.look_in()

    amounts = read_counts(floor.data).amounts
    assert amounts[Key(DAY, 12, "visit", "")] == Amount(1, 0)
    assert floor.counts("step") == {}


def test_nothing_is_written_while_a_visitor_is_there(floor: Floor) -> None:
    floor.wake()
    for place in ("timeline", "models", "signup"):
        floor.touch(floor.navigation.open, place)
    floor.form.email = "ann@example.com"
    floor.touch(floor.navigation.goHome)
    floor.background()

    assert list(floor.data.iterdir()) == []


def test_time_in_a_place_is_until_the_next_is_opened(floor: Floor) -> None:
    with floor.visit():
        floor.touch(floor.navigation.open, "timeline")
        floor.touch(floor.navigation.open, "models", after=20)
        floor.touch(lambda: None, after=7)

    assert floor.seconds("place", "timeline") == 20
    assert floor.seconds("place", "models") == 7


def test_a_page_of_its_own_is_an_entry(floor: Floor) -> None:
    with floor.visit():
        floor.touch(floor.navigation.open, "models")
        floor.touch(floor.navigation.openDetail, "0", 1)

    assert floor.counts("entry") == {"models/Car 0-1": 1}


def test_the_estimator_is_an_entry(floor: Floor, contents: Contents) -> None:
    floor.scene.show(contents.load(contents.offers(estimator=ESTIMATOR)))
    with floor.visit():
        floor.touch(floor.navigation.open, "offers")
        floor.touch(floor.navigation.openWithin, "estimator")

    assert floor.counts("entry") == {"offers/Estimate": 1}


def test_a_code_is_counted_where_it_is_shown(floor: Floor) -> None:
    with floor.visit():
        floor.touch(floor.navigation.open, "links")
        floor.touch(floor.navigation.openDetail, "0", 0)
        floor.touch(floor.navigation.open, "dealers")

    assert floor.counts("code") == {"links/Site": 1, "dealers/": 1}


@pytest.mark.parametrize(
    ("type_in", "field"),
    [
        (lambda form: setattr(form, "email", "ann@"), "email"),
        (lambda form: (setattr(form, "email", "a@b.c"), setattr(form, "name", "Ann")), "name"),
        (lambda form: setattr(form, "postalCode", "62701"), "postal_code"),
        (lambda form: setattr(form, "consented", True), "consent"),
        (lambda form: (setattr(form, "postalCode", "?"), form.submit()), "email"),
        (
            lambda form: (
                *(setattr(form, "postalCode", "?"), setattr(form, "consented", True)),
                *(setattr(form, "email", "ann@example.com"), form.submit()),
            ),
            "postal_code",
        ),
        (
            lambda form: (
                *(setattr(form, "email", "jürgen@example.com"), setattr(form, "consented", True)),
                form.submit(),
            ),
            "email",
        ),
        (
            lambda form: (
                *(setattr(form, "email", "ann@example.com"), setattr(form, "consented", True)),
                form.submit(),
            ),
            "storing",
        ),
    ],
)
def test_a_form_is_given_up_at_the_field_that_was_refused_or_typed_in_last(
    floor: Floor, type_in: Callable[[SignupViewModel], object], field: str
) -> None:
    with floor.visit():
        floor.touch(floor.navigation.open, "signup")
        floor.touch(type_in, floor.form)

    assert floor.counts("given up") == {field: 1}
    assert floor.counts("step") == {"opened": 1, "form": 1, "typed": 1}


def test_a_form_that_was_opened_alone_was_not_given_up(floor: Floor) -> None:
    with floor.visit():
        floor.touch(floor.navigation.open, "signup")

    assert floor.counts("given up") == {}
    assert floor.counts("step") == {"opened": 1, "form": 1}


def test_a_signup_is_counted_once_it_is_stored(floor: Floor) -> None:
    floor.wake()
    floor.touch(floor.navigation.open, "signup")
    floor.form.email, floor.form.consented = "ann@example.com", True
    floor.touch(floor.form.submit)
    floor.background()
    floor.touch(floor.navigation.goHome)
    floor.leave()
    floor.background()

    assert len(floor.scene.store.signups) == 1
    assert floor.counts("step") == {"opened": 1, "form": 1, "typed": 1, "signed up": 1}
    assert floor.counts("given up") == {}


def test_nothing_that_was_typed_is_in_the_file(floor: Floor) -> None:
    floor.wake()
    floor.touch(floor.navigation.open, "timeline")
    floor.touch(floor.navigation.open, "signup")
    floor.form.email, floor.form.name = "zebulon@example.com", "Zebulon Quill"
    floor.form.postalCode, floor.form.consented = "62743", True
    floor.touch(floor.form.submit)
    floor.background()
    floor.touch(floor.navigation.goHome)
    floor.touch(floor.navigation.open, "signup")
    floor.form.email = "quagmire@"
    floor.leave()
    floor.background()

    found = b"".join(file.read_bytes() for file in floor.data.iterdir()).lower()
    assert b"signup" in found
    for typed in (b"zebulon", b"quill", b"example.com", b"62743", b"quagmire"):
        assert typed not in found


def test_a_visit_over_midnight_counts_for_the_day_before(floor: Floor) -> None:
    with floor.visit():
        floor.touch(floor.navigation.open, "timeline", after=50)
        floor.clock.moment = datetime(2026, 11, 29, 0, 1, tzinfo=UTC)

    amounts = read_counts(floor.data).amounts
    assert {key.day for key in amounts} == {DAY}
    assert Key(DAY, 23, "visit", "") in amounts


def test_visits_are_not_counted_while_the_clock_is_not_trusted(
    floor: Floor, caplog: pytest.LogCaptureFixture
) -> None:
    floor.clock.moment, floor.clock.trusted = datetime(1970, 1, 1, tzinfo=UTC), False
    with caplog.at_level(logging.INFO):
        for _ in range(2):
            floor.wake()
            floor.leave()
    floor.background()
    assert list(floor.data.iterdir()) == []
    assert len(caplog.records) == 1

    floor.clock.moment, floor.clock.trusted = NOW, True
    floor.look_in()
    assert {key.day for key in read_counts(floor.data).amounts} == {DAY}


def test_a_clock_that_is_set_right_during_a_visit_dates_it(floor: Floor) -> None:
    floor.clock.moment, floor.clock.trusted = datetime(1970, 1, 1, tzinfo=UTC), False
    with floor.visit():
        floor.clock.moment, floor.clock.trusted = NOW, True

    assert Key(DAY, 12, "visit", "") in read_counts(floor.data).amounts


def test_where_the_settings_say_so_nothing_is_counted(floor: Floor) -> None:
    floor.recorder.follow("en", is_on=False, months=25)
    with floor.visit():
        floor.touch(floor.navigation.open, "timeline")

    assert list(floor.data.iterdir()) == []


def test_staff_who_hold_the_corner_are_no_visitors_but_whoever_was_there_before_is(
    floor: Floor,
) -> None:
    showroom = floor.scene.showroom
    showroom.offer_staff_area()
    for has_visitor in (False, True):
        floor.wake()
        if has_visitor:
            floor.touch(floor.navigation.open, "timeline")
        showroom.callStaff()
        floor.leave(after=0)
    floor.background()

    assert floor.counts("visit") == {"": 1}
    assert floor.counts("place") == {"timeline": 1}


def test_visits_of_a_disk_that_hangs_wait_for_it(floor: Floor, executor: HandDrained) -> None:
    for _ in range(3):
        floor.wake()
        floor.touch(floor.navigation.open, "timeline")
        floor.leave()
    assert executor.drain() == 1  # the others are no further jobs

    floor._work_off()
    floor.background()
    assert floor.counts("place") == {"timeline": 3}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_became_read_only_is_told_once(floor: Floor) -> None:
    floor.data.chmod(0o500)
    _fail_then_recover(floor, lambda: floor.data.chmod(0o700))


def test_a_disk_that_refuses_is_told_once_and_loses_nothing(
    floor: Floor, caplog: pytest.LogCaptureFixture
) -> None:
    (floor.data / FILE_NAME).mkdir()
    _fail_then_recover(floor, (floor.data / FILE_NAME).rmdir)

    assert len([r for r in caplog.records if r.levelno >= logging.ERROR]) == 1


def _fail_then_recover(floor: Floor, mend: Callable[[], object]) -> None:
    for _ in range(3):
        floor.look_in()
    (reason,) = floor.reports
    assert FILE_NAME in reason

    mend()
    floor.look_in()
    assert floor.counts("visit") == {"": 4}
    assert floor.reports == [reason, ""]


def test_a_damaged_file_is_told_and_counting_goes_on(
    floor: Floor, caplog: pytest.LogCaptureFixture
) -> None:
    (floor.data / FILE_NAME).write_bytes(b"\xa5" * 5000)
    floor.look_in()

    (aside,) = damaged_files(floor.data)
    assert aside.name in caplog.text
    assert floor.counts("visit") == {"": 1}


def test_counts_beyond_their_time_are_removed(floor: Floor) -> None:
    floor.recorder.follow("en", is_on=True, months=1)
    for moment in (NOW - timedelta(days=70), NOW):
        floor.clock.moment = moment
        floor.look_in()

    assert {key.day for key in read_counts(floor.data).amounts} == {DAY}


def test_months_are_counted_back_to_their_first_day() -> None:
    assert months_before(date(2026, 11, 28), 25) == date(2024, 10, 1)
    assert months_before(date(2026, 1, 31), 1) == date(2025, 12, 1)


def test_who_was_faster_than_the_recorder_is_counted(
    scene: Scene, contents: Contents, tmp_path: Path, executor: HandDrained, work_off: Callable
) -> None:
    scene.show(contents.load(contents.timeline()))
    scene.showroom.wake()
    scene.navigation.open("timeline")

    floor = Floor(scene, tmp_path, executor, work_off)
    floor.leave()
    floor.background()

    assert floor.counts("place") == {"timeline": 1}


@pytest.mark.parametrize(
    ("clock", "is_counted"),
    [
        (SYSTEM_CLOCK, True),
        (Clock.starting_at(NOW), False),
        (StoppedClock(moment=NOW), False),
    ],
)
def test_a_kiosk_that_shows_another_day_counts_nobody(
    qtbot: QtBot,
    contents: Contents,
    tmp_path: Path,
    closed_desks: None,
    work_off: Callable[[], None],
    clock: Clock,
    is_counted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`preview`, `snapshot` and `proof` have no running kiosk at all."""
    monkeypatch.setattr(TrueClock, "is_trusted", lambda _: True)
    data = tmp_path / "data"
    data.mkdir()
    showroom = ShowroomViewModel()
    file = contents.write(contents.timeline(), contents.signup())
    kiosk = Kiosk(RunOptions(file, data, None, clock), showroom, Runner(AtOnce()), Runner(AtOnce()))
    kiosk.open()
    work_off()
    showroom.firstFramePresented()
    work_off()

    recorders = kiosk.findChildren(UsageRecorder)
    assert len(recorders) == is_counted
    if recorders:
        showroom.wake()
        showroom.navigation.open("timeline")
        showroom.session.end()
        qtbot.waitUntil(lambda: _subjects(data, "place") == ["timeline"], timeout=60_000)
    kiosk.close()
    kiosk.deleteLater()
    showroom.deleteLater()
    work_off()


def _subjects(data: Path, measure: str) -> list[str]:
    """As far as they are written already."""
    with suppress(UsageUnavailable):
        return [key.subject for key in read_counts(data).amounts if key.measure == measure]
    return []
