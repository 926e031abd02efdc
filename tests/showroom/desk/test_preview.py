"""`kiosk preview`: follows the file, on the screen and the day that were chosen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from kiosk.language.localization import localization
from kiosk.operation.clock import Clock
from kiosk.places.signup.viewmodel import SignupViewModel
from kiosk.showroom import scene
from kiosk.showroom.content_watcher import ContentWatcher
from kiosk.showroom.desk.preview import Preview, PreviewOptions, open_desk
from kiosk.showroom.desk.preview_viewmodel import PreviewViewModel
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import Runner
from tests.showroom.conftest import refusal, values

if TYPE_CHECKING:
    from tests.conftest import Block, Contents, Visitor

pytestmark = pytest.mark.slow(reason="waits for checks that draw in processes of their own")
CHECKOUT = Path(__file__).resolve().parents[3]
UNTIL = date(2024, 5, 10)


class Desk:
    """A preview in its window, and somebody in front of it."""

    def __init__(
        self,
        options: PreviewOptions,
        runner: Runner,
        folder: Path,
        visit: type[Visitor],
        is_checked: bool,
    ) -> None:
        self.engines = scene.make_engine(), scene.make_engine()
        self.showroom = ShowroomViewModel(reduced_motion=True)
        self.preview = Preview(options, self.showroom, runner, folder)
        if not is_checked:  # for what a check in a process of its own has no part in
            self.preview._settled.setInterval(1_000_000)
        self.window = open_desk(*self.engines, self.showroom, self.preview.view_model)
        self.preview.begin()
        self.window.show()
        self.staff = visit(self.window)

    @property
    def view_model(self) -> PreviewViewModel:
        return self.preview.view_model

    def found(self) -> list[str]:
        return values(self.view_model.findings, "message")

    def new(self) -> list[bool]:
        return values(self.view_model.findings, "isNew")

    def wait_for_check(self) -> None:
        self.staff.wait(lambda: not self.view_model.checking)

    def open(self, place: str) -> None:
        self.staff.wait(lambda: self.showroom.ready)
        self.showroom.session.wake()
        self.showroom.navigation.open(place)

    def close(self) -> None:
        self.preview.end()
        self.window.close()
        del self.engines, self.window, self.staff


Sit = Callable[..., Desk]


@pytest.fixture
def sit(
    qapp: object,
    thread: ThreadPoolExecutor,
    visit: type[Visitor],
    contents: Contents,
    tmp_path: Path,
) -> Iterator[Sit]:
    """Open a preview of the content file."""
    desks = []

    def open_(
        size: tuple[int, int] | None = None, at: str | None = None, *, is_checked: bool = False
    ) -> Desk:
        options = PreviewOptions(contents.file, size, at)
        desk = Desk(options, Runner(thread), tmp_path / "pictures", visit, is_checked)
        desks.append(desk)
        return desk

    yield open_
    for desk in desks:
        desk.close()


def offers(contents: Contents, *titles: str, until: date = UNTIL) -> Block:
    return contents.offers(*[contents.offer(until, title=title) for title in titles])


def test_it_shows_the_content_and_what_the_check_says_of_it_there(
    sit: Sit, contents: Contents
) -> None:
    places = [contents.timeline(name="Heritage and all its history")]
    places += [contents.links(id=f"l{n}") for n in range(5)]
    contents.write(*places, offers(contents, "Lease"))
    desk = sit(at="2024-05-01", is_checked=True)
    desk.wait_for_check()
    assert desk.showroom.posters.count == 2
    desk.staff.wait(lambda: desk.staff.sees("MINI"))
    assert desk.view_model.severity == "warning"
    assert any("'Lease'" in output for output in desk.found())
    assert not any("its last day" in output for output in desk.found())
    assert desk.view_model.summary.endswith("It would be shown as you see it here.")
    assert not any(desk.new())

    # What the last save has brought comes first.
    known = desk.view_model.findings.count
    contents.write(*places, offers(contents, "Lease"), theme={"accent": "#101112"})
    desk.staff.wait(lambda: desk.view_model.findings.count > known)
    assert desk.new()[0] is True
    assert desk.new()[-known:] == [False] * known

    desk.view_model.chooseSize(1)
    desk.view_model.showDay(2024, 6, 1)
    assert desk.view_model.checking
    desk.wait_for_check()
    assert any("1080x1920; shorten it to about" in output for output in desk.found())
    assert any("Lease" in output and "2024-05-10" in output for output in desk.found())


def test_a_file_with_errors_leaves_what_was_there(sit: Sit, contents: Contents) -> None:
    contents.write(offers(contents, "Lease"))
    desk = sit(at="2024-05-01", is_checked=True)
    desk.open("offers")
    desk.wait_for_check()
    panel = desk.staff.find("Button", "The day after").rect
    contents.write(contents.offers(contents.offer(UNTIL, titel="Wrong")))
    desk.staff.wait(lambda: desk.view_model.severity == "error")
    assert desk.found() == ["unknown key 'titel' (did you mean 'title'?)"]
    assert desk.view_model.summary == "1 error. Visitors would keep seeing the previous version."
    assert desk.showroom.navigation.placeId == "offers"
    desk.window.grabWindow()
    assert desk.staff.find("Button", "The day after").rect == panel
    contents.file.unlink()
    desk.staff.wait(lambda: any("does not exist" in output for output in desk.found()))
    assert desk.showroom.navigation.placeId == "offers"


def test_every_save_is_followed_without_leading_away(sit: Sit, contents: Contents) -> None:
    contents.write(offers(contents, "Lease", "Finance"))
    desk = sit(at="2024-05-01")
    desk.open("offers")
    navigation = desk.showroom.navigation
    navigation.openDetail("offers", 1)
    assert navigation.inDepth
    contents.write(offers(contents, "Lease", "Finance a Countryman"))
    desk.staff.wait(lambda: navigation.entry_title == "Finance a Countryman")
    contents.write(offers(contents, "Lease"))
    desk.staff.wait(lambda: not navigation.inDepth)
    assert navigation.placeId == "offers"


def test_a_file_that_begins_with_errors_says_so_and_opens_when_mended(
    sit: Sit, contents: Contents
) -> None:
    contents.write(contents.timeline(titel="Wrong"))
    desk = sit()
    desk.staff.wait(lambda: desk.showroom.brokenFile)
    contents.write(contents.timeline())
    desk.staff.wait(lambda: desk.showroom.ready and not desk.showroom.brokenFile)


def test_another_day_is_one_touch_away(sit: Sit, contents: Contents) -> None:
    contents.write(offers(contents, "Lease"), time_zone="America/Chicago")
    desk = sit(at="2024-05-10T09:30")
    desk.open("offers")
    desk.staff.wait(lambda: desk.staff.sees("Fri, May 10, 2024"))
    desk.staff.wait(lambda: desk.staff.sees("Lease"))
    desk.staff.tap("Button", "The day after")
    desk.staff.wait(lambda: desk.staff.sees("Nothing here today"))
    assert desk.staff.sees("Sat, May 11, 2024")
    assert desk.view_model.timeText == "9:30\u00a0AM"
    desk.staff.tap("Button", "Now")
    assert desk.view_model.isPresent
    assert desk.showroom.navigation.placeId == "offers"


def test_what_comes_and_goes_can_be_gone_to(sit: Sit, contents: Contents) -> None:
    contents.write(offers(contents, "Lease"), time_zone="America/Chicago")
    desk = sit(at="2024-05-01")
    desk.open("offers")
    desk.staff.wait(lambda: desk.view_model.changes.count == 1)
    desk.staff.tap("ListItem", "May 11, 2024, 12:00\u00a0AM, goes: offer 'Lease' (Offers)")
    desk.staff.wait(lambda: desk.staff.sees("Nothing here today"))
    assert desk.view_model.dayText == "Sat, May 11, 2024"


def test_the_contents_own_screen_comes_first(sit: Sit, contents: Contents) -> None:
    contents.write(contents.timeline(), screens=["1280x800"])
    desk = sit()
    desk.staff.wait(lambda: desk.view_model.size == (1280, 800))
    asked = sit(size=(800, 600))
    asked.staff.wait(lambda: asked.showroom.ready)
    assert asked.view_model.size == (800, 600)


def test_nobody_at_the_desk_is_sent_away(sit: Sit, contents: Contents) -> None:
    contents.write(contents.timeline())
    desk = sit()
    desk.open("timeline")
    assert not desk.showroom.session._idle.isActive()


def test_a_signup_at_the_desk_is_thanked_for_and_stored_nowhere(
    sit: Sit, contents: Contents, tmp_path: Path
) -> None:
    contents.write(contents.signup())
    desk = sit()
    desk.open("signup")
    form = desk.showroom.navigation.place
    assert isinstance(form, SignupViewModel)
    form.email, form.consented = "visitor@example.com", True
    form.submit()
    desk.staff.wait(lambda: desk.staff.sees("Thank you"))
    assert not list(tmp_path.rglob("*.sqlite*"))
    data = Path(os.environ["XDG_DATA_HOME"])
    assert not [file for file in data.rglob("*") if b"visitor@example.com" in _bytes(file)]


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def test_the_posters_and_home_are_one_touch_away(sit: Sit, contents: Contents) -> None:
    contents.write(contents.timeline())
    desk = sit()
    desk.open("timeline")
    desk.staff.tap("Button", "Posters")
    assert desk.showroom.session.phase == "attract"
    desk.staff.tap("Button", "Home")
    assert desk.showroom.session.phase == "active"
    assert desk.showroom.navigation.screen == "home"


def test_a_picture_replaced_under_its_name_is_drawn_on_the_open_page(
    sit: Sit, contents: Contents
) -> None:
    contents.write(contents.timeline(picture={"file": "car.png"}))
    desk = sit()
    desk.open("timeline")
    before = desk.showroom.navigation.place.source
    Image.new("RGB", (160, 90), (0, 0, 255)).save(contents.file.parent / "assets" / "car.png")
    desk.staff.wait(lambda: desk.showroom.navigation.place.source != before)
    shown = Path(QUrl(desk.showroom.navigation.place.source).toLocalFile())
    assert Image.open(shown).getpixel((0, 0)) == (0, 0, 255)


def test_the_present_goes_on(sit: Sit, contents: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = datetime.now(UTC) + timedelta(hours=2)
    contents.write(
        contents.timeline(),
        contents.links(show_until=f"{ends:%Y-%m-%d %H:%M}"),
        time_zone="Etc/UTC",
    )
    desk = sit()
    desk.open("timeline")
    assert desk.showroom.navigation.doors.count == 2
    then = ends + timedelta(minutes=1)
    monkeypatch.setattr(Clock, "now", lambda self: then)
    desk.preview._follow_clock()
    assert desk.showroom.navigation.doors.count == 1
    assert desk.showroom.navigation.placeId == "timeline"
    assert desk.view_model.timeText == localization("en").time(then)


def test_what_cannot_be_shown_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for given, sentence in (
        (["gone.yaml"], "gone.yaml does not exist"),
        (["--size", "big"], "'big' is not a size"),
        (["--at", "tomorrow"], "'tomorrow' is not a date or time"),
    ):
        assert sentence in refusal(capsys, "preview", *given)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_ends_it_leaves_nothing_behind(
    contents: Contents, tmp_path: Path, qtbot: QtBot, number: int
) -> None:
    contents.write(contents.timeline(picture={"file": "car.png"}))
    rest = tmp_path / "rest"
    rest.mkdir()
    preview = subprocess.Popen(
        [sys.executable, CHECKOUT / "main.py", "preview", contents.file],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(rest)},
        stderr=subprocess.PIPE,
        text=True,
    )
    qtbot.waitUntil(lambda: any(rest.glob("*/history/pictures/*.png")), timeout=60_000)
    preview.send_signal(number)
    _, output = preview.communicate(timeout=300)
    assert (preview.returncode, output) == (0, "")
    assert list(rest.iterdir()) == []


# The choices by themselves


@pytest.fixture
def view_model(qapp: object) -> PreviewViewModel:
    return PreviewViewModel("content.yaml", [(1920, 1080)], datetime(2024, 3, 31, 9, 20))


def test_a_day_is_stepped_from_the_one_that_is_shown(view_model: PreviewViewModel) -> None:
    assert (view_model.isPresent, view_model.dayText, view_model.timeText) == (
        *(True, "Sun, Mar 31, 2024", "9:20\u00a0AM"),
    )
    view_model.stepDays(-31)
    assert (view_model.dayText, view_model.isPresent) == ("Thu, Feb 29, 2024", False)
    view_model.showHour(18)
    assert view_model.moment == datetime(2024, 2, 29, 18, 0)
    view_model.showDay(2025, 1, 2)
    assert view_model.moment == datetime(2025, 1, 2, 18, 0)


def test_the_calendar_ends_somewhere_and_has_no_other_days(view_model: PreviewViewModel) -> None:
    view_model.showDay(2199, 12, 31)
    assert view_model.dayText == "Tue, Dec 31, 2199"
    view_model.stepDays(1)
    view_model.showDay(9999, 12, 31)
    view_model.showDay(2023, 2, 29)
    assert view_model.dayText == "Tue, Dec 31, 2199"


def test_what_is_saved_after_it_was_closed_is_not_read(
    qapp: object, contents: Contents, tmp_path: Path, visit: type[Visitor]
) -> None:
    contents.write(contents.timeline())
    with ThreadPoolExecutor(max_workers=1) as executor:
        desk = Desk(
            PreviewOptions(contents.file, None, None), Runner(executor), tmp_path, visit, False
        )
        desk.staff.wait(lambda: desk.showroom.ready)
        watcher = desk.preview.findChild(ContentWatcher)
        assert watcher is not None
        desk.preview.end()

    watcher.changed.emit()  # its timer may be under way

    desk.window.close()
