"""The corner, the PIN and the staff area of a whole kiosk, by touch; and whoever tries it."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.content.model import Theme
from kiosk.content.versions import history as history_module
from kiosk.content.versions.history import History, HistoryRefused
from kiosk.operation import pin as pin_module
from kiosk.operation import screen_measure
from kiosk.operation.brightness import LEAST_PERCENT, BrightnessRefused
from kiosk.operation.pin import FREE_TRIES, count_failures, has_pin, set_pin
from kiosk.operation.screen_measure import read_screen_measure
from kiosk.operation.status import STATUS_NAME
from kiosk.showroom.run import staff_door
from kiosk.showroom.run.restart import RESTART, restart
from kiosk.showroom.staff import area, report_process
from kiosk.showroom.staff import content as content_section
from kiosk.showroom.staff import machine as machine_section
from kiosk.showroom.staff import signups as signups_section
from kiosk.showroom.staff import stick_content as stick_section
from kiosk.showroom.staff.area import StaffViewModel
from kiosk.showroom.staff.report_process import Drawing, ReportProcess
from kiosk.showroom.staff.usage import pages_of
from kiosk.signups.crypto.keys import install_key
from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store.erasure import erase_before
from kiosk.signups.store.queue import Queue
from kiosk.usage import store as usage_store
from kiosk.usage.report.charts import PAPER
from kiosk.usage.store import store_counts
from tests.conftest import Contents, class_name, descendants, make_signup
from tests.drives import Drives
from tests.offscreen import LANDSCAPE, PORTRAIT, TOUCH
from tests.screens.offences import unfit_to_be_heard
from tests.usage.report.counted import NOW, tally_of, usual_rows

if TYPE_CHECKING:
    from tests.conftest import Block, Visitor
    from tests.visit.conftest import RunKiosk, Running

pytestmark = pytest.mark.slow(reason="starts a kiosk, unlocks it, and often waits")
PIN, WRONG = "4711", "4712"
SIZES = pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])

Open = Callable[..., "Floor"]


class Floor:
    """A kiosk with somebody in front of it."""

    def __init__(self, kiosk: Running, visitor: Visitor) -> None:
        self.kiosk, self.visitor = kiosk, visitor

    @property
    def staff(self) -> StaffViewModel | None:
        staff = self.kiosk.showroom.staff
        assert staff is None or isinstance(staff, StaffViewModel)
        return staff

    def corner(self) -> QPoint:
        return QPoint(self.kiosk.window.width() - 40, 40)

    def hold_corner(self, *, really: bool = False) -> None:
        """Until the staff area asks for its PIN, and let go; as if, where three seconds matter."""
        if really:
            self.visitor.press_at(self.corner())
            self.visitor.wait(lambda: self.staff is not None)
            self.visitor.release_at(self.corner())
        else:
            self.kiosk.showroom.callStaff()
        self.visitor.wait(lambda: self.staff.pad.state != "")

    def enter(self, digits: str) -> None:
        for digit in digits:
            self.visitor.tap("Button", digit)
        self.visitor.tap("Button", "Open")
        self.visitor.wait(lambda: self.staff.pad is None or "moment" not in self.staff.pad.message)

    def holds(self, text: str) -> bool:
        """Whether anything in the window holds a text, seen or not."""
        return any(text in str(item.property("text")) for item in self.visitor.everything())

    def unlock(self) -> None:
        self.hold_corner()
        self.enter(PIN)
        self.visitor.wait(lambda: self.staff.phase == "open")


@pytest.fixture
def open_floor(
    run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor], tmp_path: Path
) -> Iterator[Open]:
    """Starts a kiosk, with a PIN unless a test says otherwise, whose corner can be held."""
    floors: list[Floor] = []

    def start(size: tuple[int, int] = LANDSCAPE, *, pin: str = PIN, settings: str = "") -> Floor:
        data = tmp_path / "data"
        data.mkdir()
        if pin:
            set_pin(data, pin)
        if settings:
            (data / "settings.toml").write_text(settings)
        kiosk = run_kiosk(contents.write(contents.timeline(), contents.signup()), size)
        floor = Floor(kiosk, visit(kiosk.window))
        floor.visitor.wait(lambda: kiosk.showroom.hasStaffArea and kiosk.showroom.placesReady)
        floors.append(floor)
        return floor

    yield start
    for floor in floors:
        if floor.staff is not None:
            floor.staff.close()


@pytest.fixture
def floor(open_floor: Open) -> Floor:
    return open_floor()


# The corner


def test_nothing_of_it_is_there_before_the_corner_is_held(floor: Floor) -> None:
    assert floor.staff is None
    files = {class_name(item) for item in floor.visitor.everything()}
    assert not [name for name in files if name.startswith("Staff") and "Corner" not in name]


def test_a_touch_of_the_corner_does_what_it_always_does(floor: Floor) -> None:
    floor.visitor.tap_at(floor.corner())
    floor.visitor.wait(lambda: floor.kiosk.showroom.session.phase == "active")
    QTest.qWait(100)
    assert floor.staff is None


def test_a_finger_that_leaves_early_or_strays_opens_nothing(floor: Floor) -> None:
    floor.visitor.press_at(floor.corner())
    QTest.qWait(1500)
    floor.visitor.release_at(floor.corner())
    floor.visitor.press_at(floor.corner())
    floor.visitor.move_to(QPoint(300, 600))
    QTest.qWait(2500)
    assert floor.staff is None
    floor.visitor.release_at(QPoint(300, 600))


def test_no_other_spot_opens_it(floor: Floor) -> None:
    for spot in (QPoint(40, 40), QPoint(960, 540), QPoint(1880, 1040)):
        floor.visitor.press_at(spot)
        QTest.qWait(3300)
        assert floor.staff is None
        floor.visitor.release_at(spot)


def test_what_a_visitor_typed_is_gone_when_it_opens(floor: Floor) -> None:
    visitor = floor.visitor
    visitor.wake()
    floor.kiosk.showroom.navigation.open("signup")
    visitor.wait(lambda: visitor.controls("EditableText"))
    visitor.take("Email")
    visitor.type("vera@example.com")
    assert floor.holds("vera@example.com")

    floor.hold_corner(really=True)

    assert floor.kiosk.showroom.session.phase == "attract"
    assert floor.kiosk.showroom.navigation.screen == "home"
    assert not floor.holds("vera")
    assert visitor.controls("EditableText") == []
    floor.staff.close()
    visitor.wait(lambda: floor.staff is None)
    floor.kiosk.showroom.session.wake()
    floor.kiosk.showroom.navigation.open("signup")
    visitor.wait(lambda: visitor.controls("EditableText"))
    assert not floor.holds("vera")


# The PIN


@SIZES
def test_the_pin_opens_it(open_floor: Open, size: tuple[int, int]) -> None:
    floor = open_floor(size)
    floor.hold_corner(really=True)
    floor.enter(PIN)
    floor.visitor.wait(lambda: floor.staff.phase == "open")

    assert floor.staff.sectionName == "Health"
    floor.visitor.wait(lambda: floor.visitor.sees("need"))


@SIZES
def test_its_keys_are_large_and_can_be_heard(open_floor: Open, size: tuple[int, int]) -> None:
    floor = open_floor(size)
    floor.hold_corner()
    floor.visitor.wait(lambda: floor.visitor.controls("Button"))

    controls = floor.visitor.controls()
    assert list(unfit_to_be_heard(controls)) == []
    buttons = [c for c in controls if c.role.name == "Button"]
    names = [button.name for button in buttons]
    digits = [str(digit) for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9)]
    assert names == ["Close", *digits, "Erase the last digit", "0", "Open"]
    assert all(min(b.rect.width(), b.rect.height()) >= TOUCH for b in buttons)


def test_a_wrong_pin_opens_nothing_and_says_so(floor: Floor) -> None:
    floor.hold_corner()
    floor.enter(WRONG)

    assert floor.staff.phase == "locked"
    assert floor.visitor.sees("This is not the PIN.")
    assert floor.staff.pad.entered == 0
    assert count_failures(floor.kiosk.data) == 1


def test_after_five_wrong_ones_no_key_does_anything_for_a_while(floor: Floor) -> None:
    floor.hold_corner()
    for _ in range(FREE_TRIES):
        floor.enter(WRONG)

    assert floor.visitor.sees("The next try is possible in 30 s.")
    pad = floor.staff.pad
    assert not pad.isReady
    for digit in map(int, PIN):
        pad.press(digit)
    pad.submit()
    assert pad.entered == 0
    assert count_failures(floor.kiosk.data) == FREE_TRIES

    floor.staff.close()  # neither closing it nor another kiosk on these data helps
    floor.visitor.wait(lambda: floor.staff is None)
    floor.hold_corner()
    assert not floor.staff.pad.isReady


def test_nothing_on_the_screen_tells_which_digits_were_entered(floor: Floor) -> None:
    seen = []
    for digits in ("12", "98"):
        floor.hold_corner()
        for digit in digits:
            floor.visitor.tap("Button", digit)
        assert floor.staff.pad.entered == 2
        seen.append((floor.kiosk.window.grabWindow(), [c.name for c in floor.visitor.controls()]))
        floor.staff.close()
        floor.visitor.wait(lambda: floor.staff is None)
    assert seen[0] == seen[1]


def test_digits_are_dealt_anew_where_that_is_asked_for(open_floor: Open) -> None:
    floor = open_floor(settings="shuffle_pin = true\n")
    orders = set()
    for _ in range(6):
        floor.hold_corner()
        keys = floor.staff.pad.keys
        assert sorted(keys) == list(range(10))
        orders.add(tuple(keys))
        floor.staff.close()
        floor.visitor.wait(lambda: floor.staff is None)
    assert len(orders) > 1
    floor.unlock()  # the keys are found by their names


def test_the_pin_can_be_typed_on_a_keyboard(floor: Floor) -> None:
    floor.hold_corner()
    floor.visitor.wait(lambda: floor.visitor.controls("Button"))
    for digit in PIN:
        QTest.keyClick(floor.kiosk.window, getattr(Qt.Key, f"Key_{digit}"))
    assert floor.staff.pad.entered == 4
    floor.visitor.look()
    QTest.keyClick(floor.kiosk.window, Qt.Key.Key_Return)
    floor.visitor.wait(lambda: floor.staff.phase == "open")
    QTest.keyClick(floor.kiosk.window, Qt.Key.Key_Escape)
    floor.visitor.wait(lambda: floor.staff is None)


def test_a_damaged_pin_opens_for_nobody_and_says_what_to_do(floor: Floor) -> None:
    (floor.kiosk.data / pin_module.PIN_FILE).write_text("{")
    floor.hold_corner()

    assert floor.staff.pad.state == "unusable"
    assert floor.visitor.sees("is damaged; set another PIN with 'kiosk pin'")
    assert [button.name for button in floor.visitor.controls("Button")] == ["Close"]


# Without a PIN


def test_without_a_pin_nobody_gets_in_and_a_sentence_says_why(
    open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_door, "SET_UP_SECONDS", 0)
    floor = open_floor(pin="")
    floor.hold_corner()

    assert floor.visitor.sees("The staff area opens once 'kiosk pin' has set one")
    assert [button.name for button in floor.visitor.controls("Button")] == ["Close"]
    for digit in (4, 7, 1, 1):
        floor.staff.pad.press(digit)
    floor.staff.pad.submit()
    assert not has_pin(floor.kiosk.data)


def test_on_its_very_first_start_a_pin_can_be_chosen_by_touch(open_floor: Open) -> None:
    floor = open_floor(pin="")
    floor.hold_corner()
    assert floor.visitor.sees("Choose a PIN")
    floor.enter("1234")
    assert floor.visitor.sees("is too easy to guess")
    floor.enter(PIN)
    assert floor.visitor.sees("Enter it again")
    floor.enter(WRONG)
    assert floor.visitor.sees("The two PINs differ.")
    assert not has_pin(floor.kiosk.data)
    floor.enter(PIN)
    floor.enter(PIN)
    floor.visitor.wait(lambda: floor.staff.phase == "open")
    assert has_pin(floor.kiosk.data)


@pytest.mark.parametrize("trace", ["status.json", "history", "signups.sqlite3", "kiosk.log"])
def test_a_kiosk_that_has_been_in_use_lets_nobody_choose_one(
    open_floor: Open, tmp_path: Path, trace: str
) -> None:
    """A visitor may hold the corner, too, also after the plug was pulled."""
    from kiosk.operation.folders import is_unused

    assert is_unused(tmp_path / "data") is False  # not there
    (tmp_path / "data").mkdir()
    assert is_unused(tmp_path / "data")
    (tmp_path / "data" / "settings.toml").touch()
    assert is_unused(tmp_path / "data")
    (tmp_path / "data" / trace).touch()
    assert not is_unused(tmp_path / "data")


def test_the_second_start_is_no_first_one(
    open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = open_floor(pin="")
    monkeypatch.setattr(floor.kiosk.kiosk._staff_door, "_is_first_start", False)
    floor.hold_corner()
    assert floor.staff.pad.state == "unset"


# Whoever walks away


def test_it_closes_by_itself_and_nothing_of_it_stays(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.unlock()
    staff = floor.staff
    deleted = []
    staff.destroyed.connect(lambda: deleted.append("area"))
    staff.section.destroyed.connect(lambda: deleted.append("section"))
    assert staff._idle.interval() == 60_000
    staff._idle.timeout.emit()

    floor.visitor.wait(lambda: sorted(deleted) == ["area", "section"])
    assert floor.staff is None
    assert floor.kiosk.showroom.session.phase == "attract"
    assert not floor.visitor.sees("attention")
    floor.hold_corner()
    assert floor.staff.phase == "locked"


def texts_in(items: Iterable[QQuickItem]) -> set[str]:
    """Whatever these items hold to be read, seen or not."""
    held = (item.property("text") for item in items)
    return {text for text in held if isinstance(text, str) and len(text) > 2}


def texts_of_staff_area(floor: Floor) -> set[str]:
    (front,) = (i for i in floor.visitor.items() if class_name(i).startswith("StaffArea"))
    return texts_in(descendants(front))


@SIZES
def test_nothing_that_any_section_has_shown_is_left_for_whoever_comes_next(
    open_floor: Open, size: tuple[int, int]
) -> None:
    floor = open_floor(size)
    visitor = floor.visitor
    visitor.wait_for_all_parts()
    before, shown = texts_in(visitor.everything()), set[str]()
    on_paper = share_of(floor, Theme().paper)
    floor.unlock()
    for section in range(len(area.SECTIONS)):
        floor.staff.show(section)
        visitor.wait(lambda: len(texts_of_staff_area(floor) - before) > 6)
        shown |= texts_of_staff_area(floor)
        assert share_of(floor, Theme().paper) > 0.5
        assert visitor.controls("EditableText") == []  # whose undo could bring something back
    for tool in ("screenTest", "touchTest", "calibration"):
        floor.staff._open_tool(tool)
        floor.staff._close_tool()
    floor.staff._idle.timeout.emit()
    visitor.wait(lambda: floor.staff is None)

    visitor.wait(lambda: not (shown - before) & texts_in(visitor.everything()))
    assert share_of(floor, Theme().paper) == pytest.approx(on_paper, abs=0.01)
    assert floor.kiosk.showroom.navigation.screen == "home"
    clipboard = QGuiApplication.clipboard()
    assert not clipboard.ownsClipboard()


def share_of(floor: Floor, color: str) -> float:
    """How much of the window has a color."""
    seen = floor.kiosk.window.grabWindow()
    spots = [(x, y) for x in range(4, seen.width(), 24) for y in range(4, seen.height(), 24)]
    return sum(seen.pixelColor(*spot).name() == color for spot in spots) / len(spots)


def test_every_touch_keeps_it_open_and_one_after_a_sleep_closes_it(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.unlock()
    floor.staff._idle.stop()
    floor.visitor.tap_at(QPoint(960, 900))
    assert floor.staff._idle.isActive()

    now = area.seconds_since_boot()
    monkeypatch.setattr(area, "seconds_since_boot", lambda: now + 3600)
    floor.visitor.tap_at(QPoint(960, 900))
    floor.visitor.wait(lambda: floor.staff is None)


def test_what_is_found_out_after_it_was_closed_goes_nowhere(floor: Floor) -> None:
    floor.unlock()
    floor.staff.section.lookAgain()
    floor.staff.close()
    floor.visitor.wait(lambda: floor.staff is None)
    for _ in range(40):
        QCoreApplication.processEvents()
        QTest.qWait(5)
    assert floor.staff is None


def test_what_a_section_finds_out_after_it_was_left_goes_nowhere(floor: Floor) -> None:
    floor.unlock()
    for name in ("Content", "Usage", "Signups", "Health", "Machine", "Usage", "Health"):
        floor.visitor.tap("PageTab", name)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert floor.staff.sectionName == name
    floor.visitor.wait(lambda: floor.visitor.sees("attention"))


def test_nothing_below_it_is_touched(floor: Floor) -> None:
    floor.unlock()
    for spot in (QPoint(960, 1040), QPoint(200, 900), QPoint(960, 540)):
        floor.visitor.tap_at(spot)
    assert floor.kiosk.showroom.session.phase == "attract"


# Content


def show_section(floor: Floor, name: str) -> Visitor:
    floor.unlock()
    floor.visitor.wait(lambda: not floor.staff.section.isBusy)
    floor.visitor.tap("PageTab", name)
    assert floor.staff.sectionName == name
    return floor.visitor


def kiosk_shows(floor: Floor, version: str) -> bool:
    return floor.kiosk.kiosk.version == version


@pytest.fixture
def versions(open_floor: Open, contents: Contents) -> Floor:
    """A kiosk that has shown one content and then another."""
    floor = open_floor()
    visitor = floor.visitor
    contents.write(contents.timeline(name="History"), contents.signup())
    history = History(floor.kiosk.data)
    visitor.wait(lambda: len(history.versions()) == 2 and kiosk_shows(floor, "2"))
    return floor


def test_an_earlier_version_is_shown_once_it_was_confirmed_and_the_file_again(
    versions: Floor,
) -> None:
    floor, visitor = versions, versions.visitor
    show_section(floor, "Content")
    visitor.wait(lambda: visitor.sees("Version 2 is on screen"))
    assert visitor.sees("The content file is fine.")
    assert visitor.sees("Place 'Timeline' is now called 'History'")

    visitor.tap("Button", "Show this one, Version 1")
    assert History(floor.kiosk.data).held() is None
    visitor.tap("Button", "Cancel")
    assert not [button for button in visitor.controls("Button") if button.name == "Show it now"]
    visitor.tap("Button", "Show this one, Version 1")
    visitor.tap("Button", "Show it now")
    visitor.wait(lambda: visitor.sees("Version 1 is on screen"))
    assert visitor.sees("It is shown instead of the content file")
    visitor.wait(lambda: floor.kiosk.kiosk.version == "1")

    visitor.tap("Button", "Show the content file")
    visitor.wait(lambda: visitor.sees("Version 2 is on screen"))
    visitor.wait(lambda: floor.kiosk.kiosk.version == "2")


@pytest.mark.parametrize(
    ("timeline", "signup", "told"),
    [
        ({"tilte": "x"}, {}, ["has 1 error.", "unknown key 'tilte' (did you mean 'title'?)"]),
        ({f"wrong_{number}": "x" for number in range(11)}, {}, ["has 11 errors.", "3 more"]),
        (
            {},
            {"consent": {"version": "2024-1", "wording": "Yes to something else."}},
            ["has 1 error.", "give it a version that has never been used"],
        ),
    ],
    ids=["unknown key", "many errors", "another consent under its old version"],
)
def test_errors_of_the_file_are_told_in_plain_words(
    versions: Floor, contents: Contents, timeline: Block, signup: Block, told: list[str]
) -> None:
    contents.write(contents.timeline(**timeline), contents.signup(**signup))
    visitor = show_section(versions, "Content")

    for text in (*told, "To be corrected in the file", "Version 2 is on screen"):
        visitor.wait(lambda text=text: visitor.sees(text))
    assert versions.staff.section.problems.count <= 9


def test_warnings_are_told_of_a_file_that_is_shown(versions: Floor, contents: Contents) -> None:
    offer = contents.offer(date(2024, 1, 1))
    contents.write(contents.timeline(name="History"), contents.offers(offer), contents.signup())
    visitor = versions.visitor
    visitor.wait(lambda: kiosk_shows(versions, "3"))
    show_section(versions, "Content")

    visitor.wait(lambda: visitor.sees("Warnings"))
    assert visitor.sees("The content file is fine.")
    assert visitor.sees("ended on 2024-01-01")


def test_a_version_that_cannot_be_shown_is_refused_in_a_sentence(
    versions: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HistoryRefused("version 1 is damaged and cannot be shown; choose another version")

    visitor = show_section(versions, "Content")
    visitor.wait(lambda: visitor.sees("Version 2 is on screen"))
    monkeypatch.setattr(content_section, "roll_back", refuse)
    visitor.tap("Button", "Show this one, Version 1")
    visitor.tap("Button", "Show it now")
    visitor.wait(lambda: visitor.sees("Version 1 is damaged and cannot be shown"))


def test_in_safe_mode_the_version_that_is_really_on_screen_is_named(
    versions: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last good one, not the newest; and the file, which may be the cause, is left alone."""

    def crash(*_: object) -> None:
        raise AssertionError("the content file was read")

    monkeypatch.setattr(content_section, "load", crash)
    reporter = versions.kiosk.kiosk._status_reporter
    reporter.update(version="1", safe_since="2026-11-27T09:00:00-06:00")
    visitor = show_section(versions, "Content")

    visitor.wait(lambda: visitor.sees("Version 1 is on screen"))
    assert visitor.sees("Safe mode, after several crashes: the version that last ran well is shown")
    assert visitor.sees("Restart the kiosk to show the content file.")
    visitor.tap("Button", "Show this one, Version 2")
    visitor.tap("Button", "Show it now")
    visitor.wait(lambda: visitor.sees("Restart the kiosk to show version 2."))
    assert visitor.sees("Version 1 is on screen")


def test_content_that_could_not_be_stored_is_not_taken_for_the_version_before(
    versions: Floor,
) -> None:
    versions.kiosk.kiosk._status_reporter.update(version="")
    visitor = show_section(versions, "Content")
    visitor.wait(lambda: visitor.sees("No stored version is on screen"))
    assert visitor.sees("The content file is fine, but could not be stored.")


@pytest.mark.parametrize(
    ("code", "reason"), [(errno.ENOSPC, "No space left"), (errno.EROFS, "Read-only file system")]
)
def test_a_disk_that_takes_nothing_is_named_with_what_to_do(
    versions: Floor, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    """Not even what the kiosk shows could be taken down."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    visitor = show_section(versions, "Content")
    visitor.wait(lambda: visitor.sees("Version 2 is on screen"))
    (versions.kiosk.data / STATUS_NAME).unlink(missing_ok=True)
    with monkeypatch.context() as full:
        full.setattr(history_module, "write_small_file", refuse)
        visitor.tap("Button", "Show this one, Version 1")
        visitor.tap("Button", "Show it now")
        visitor.wait(lambda: visitor.sees(f"cannot be written ({reason}"))
    assert visitor.sees("free some space on the disk, or fix the folder's permissions.")
    assert visitor.sees("Version 2 is on screen")


# Content from a stick


@pytest.fixture
def drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drives:
    return Drives(tmp_path, monkeypatch)


@pytest.fixture
def brought(drives: Drives) -> Contents:
    """Content that somebody has prepared at the desk."""
    contents = Contents(drives.mount("KINGSTON") / "showroom")
    contents.write(contents.timeline(name="History"), contents.team(), contents.signup())
    return contents


def check_stick(floor: Floor) -> Visitor:
    visitor = show_section(floor, "Content")
    visitor.wait(lambda: visitor.sees("showroom/content.yaml on KINGSTON"))
    visitor.wait(lambda: not floor.staff.section.isBusy)
    assert list(unfit_to_be_heard(visitor.controls())) == []
    visitor.tap("Button", "Check it, showroom/content.yaml on KINGSTON")
    return visitor


@SIZES
def test_content_from_a_stick_is_shown_once_it_was_checked_and_confirmed(
    brought: Contents, drives: Drives, open_floor: Open, size: tuple[int, int]
) -> None:
    floor = open_floor(size)
    visitor = check_stick(floor)
    visitor.wait(lambda: visitor.sees("This content is fine"))
    assert visitor.sees("Place 'Timeline' is now called 'History'")
    assert visitor.sees("New 'Team'")
    assert list(unfit_to_be_heard(visitor.controls())) == []
    assert kiosk_shows(floor, "1")

    drives.pull(brought.file.parents[1])  # it is no longer needed
    visitor.tap("Button", "Show it now")
    visitor.wait(lambda: visitor.sees("Version 2 is on screen"))
    assert visitor.sees("It came from a stick, and is shown until the content file is saved")
    assert kiosk_shows(floor, "2")
    visitor.wait(lambda: visitor.sees("To show other content, plug in a USB stick"))

    visitor.tap("Button", "Show this one, Version 1")
    visitor.tap("Button", "Show it now")
    visitor.wait(lambda: visitor.sees("Version 1 is on screen"))
    visitor.wait(lambda: not floor.staff.section.isBusy)
    visitor.tap("Button", "Show the content file")
    visitor.wait(lambda: visitor.sees("The content file is fine."))
    assert not list(floor.kiosk.data.glob(".from-stick-*"))


def test_errors_of_content_on_a_stick_are_told_with_their_lines(
    brought: Contents, floor: Floor
) -> None:
    brought.write(brought.timeline(tilte="x"), brought.signup())
    visitor = check_stick(floor)
    visitor.wait(lambda: visitor.sees("This content has 1 error"))
    assert visitor.sees("unknown key 'tilte' (did you mean 'title'?)")
    assert visitor.sees("What is on screen stays.")
    assert not [button for button in visitor.controls("Button") if button.name == "Show it now"]
    floor.staff.section.stick.show()
    visitor.tap("Button", "Back")
    visitor.wait(lambda: visitor.sees("showroom/content.yaml on KINGSTON"))
    assert kiosk_shows(floor, "1")
    assert len(History(floor.kiosk.data).versions()) == 1


def test_content_that_is_not_wanted_after_all_changes_nothing(
    brought: Contents, floor: Floor
) -> None:
    visitor = check_stick(floor)
    visitor.wait(lambda: visitor.sees("This content is fine"))
    visitor.tap("Button", "Cancel")
    visitor.wait(lambda: visitor.sees("showroom/content.yaml on KINGSTON"))
    visitor.wait(lambda: not list(floor.kiosk.data.glob(".from-stick-*")))
    assert kiosk_shows(floor, "1")
    assert len(History(floor.kiosk.data).versions()) == 1


def test_nothing_of_a_stick_is_left_when_the_area_is_closed(
    brought: Contents, floor: Floor
) -> None:
    visitor = check_stick(floor)
    visitor.wait(lambda: visitor.sees("This content is fine"))
    assert list(floor.kiosk.data.glob(".from-stick-*"))
    visitor.tap("Button", "Close")
    visitor.wait(lambda: not list(floor.kiosk.data.glob(".from-stick-*")))
    assert kiosk_shows(floor, "1")


def leave(floor: Floor, by: str) -> None:
    if by == "Close":
        floor.visitor.tap("Button", "Close")
        floor.visitor.wait(lambda: floor.staff is None)
    else:
        floor.visitor.tap("PageTab", by)
        assert floor.staff.sectionName == by


@pytest.mark.parametrize("by", ["Close", "Health"])
def test_what_was_confirmed_is_shown_though_the_content_is_left_meanwhile(
    brought: Contents, floor: Floor, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    goes_on = Event()
    show = stick_section.show_content
    monkeypatch.setattr(
        stick_section, "show_content", lambda *given: (goes_on.wait(60), show(*given))[1]
    )
    visitor = check_stick(floor)
    visitor.wait(lambda: visitor.sees("This content is fine"))
    visitor.tap("Button", "Show it now")
    leave(floor, by)
    assert list(floor.kiosk.data.glob(".from-stick-*"))
    goes_on.set()
    visitor.wait(lambda: kiosk_shows(floor, "2"))
    visitor.wait(lambda: not list(floor.kiosk.data.glob(".from-stick-*")))


@pytest.mark.parametrize("by", ["Close", "Health"])
def test_a_check_that_nobody_waits_for_leaves_no_copy(
    brought: Contents, floor: Floor, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    goes_on, copied = Event(), Event()
    check = stick_section.check_content

    def check_late(*given: object) -> object:
        goes_on.wait(60)
        outcome = check(*given)
        copied.set()
        return outcome

    monkeypatch.setattr(stick_section, "check_content", check_late)
    visitor = check_stick(floor)
    leave(floor, by)
    goes_on.set()
    visitor.wait(copied.is_set)
    visitor.wait(lambda: not list(floor.kiosk.data.glob(".from-stick-*")))
    assert kiosk_shows(floor, "1")


def test_a_stick_with_content_that_is_pulled_out_is_told(
    brought: Contents, drives: Drives, floor: Floor
) -> None:
    visitor = show_section(floor, "Content")
    section = floor.staff.section
    visitor.wait(lambda: visitor.sees("showroom/content.yaml on KINGSTON") and not section.isBusy)
    section.stick._looking.stop()  # it is touched before it is missed
    drives.pull(brought.file.parents[1])
    visitor.tap("Button", "Check it, showroom/content.yaml on KINGSTON")
    visitor.wait(lambda: visitor.sees("KINGSTON was pulled out before everything was read."))
    section.stick._looking.start()
    visitor.wait(lambda: visitor.sees("To show other content, plug in a USB stick"))
    assert kiosk_shows(floor, "1")


def test_a_long_check_and_a_long_show_are_seen_to_their_end(
    brought: Contents, floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = Event()
    for name in ("check_content", "show_content"):
        job = getattr(stick_section, name)
        monkeypatch.setattr(
            stick_section, name, lambda *given, job=job: (goes_on.wait(60), job(*given))[1]
        )
    visitor = check_stick(floor)
    visitor.wait(lambda: visitor.sees("Checking the content"))
    floor.staff._on_idle()
    assert floor.staff is not None
    goes_on.set()
    visitor.wait(lambda: visitor.sees("This content is fine"))
    goes_on.clear()
    visitor.tap("Button", "Show it now")
    assert floor.staff.section.stick.state == "showing"
    floor.staff._on_idle()
    assert floor.staff is not None
    goes_on.set()
    visitor.wait(lambda: floor.staff.section.stick.state == "looking")
    floor.staff._on_idle()
    visitor.wait(lambda: floor.staff is None)


# Signups


def fill(data: Path, count: int, key: PublicKey | None = None) -> None:
    with Queue.open(data) as queue:
        for number in range(count):
            queue.add(make_signup(email=f"vera{number}@example.com"), key)


@SIZES
def test_signups_go_to_a_stick_that_is_found_by_itself(
    drives: Drives, open_floor: Open, size: tuple[int, int]
) -> None:
    floor = open_floor(size)
    fill(floor.kiosk.data, 12)
    visitor = show_section(floor, "Signups")
    visitor.wait(lambda: visitor.sees("12 signups to export"))
    assert visitor.sees("Plug in a USB stick; it is found by itself.")
    assert visitor.sees("12 waiting")

    folder = drives.mount("KINGSTON")
    visitor.wait(lambda: visitor.sees("KINGSTON"))
    assert list(unfit_to_be_heard(visitor.controls())) == []
    visitor.tap("RadioButton", "CSV")
    visitor.tap("Button", "Export here, KINGSTON")
    visitor.wait(lambda: visitor.sees("The stick is safe to remove."))
    assert visitor.sees("12 signups are on KINGSTON, in signups-")
    assert len(list(folder.glob("signups-*.csv"))) == 1
    visitor.wait(lambda: visitor.sees("Nothing to export"))
    assert not floor.holds("example.com")


def too_wide(visitor: Visitor) -> list[str]:
    """What is written beyond its item's sides."""
    texts = visitor.items_of("QQuickText")
    return [
        str(item.property("text"))
        for item in texts
        if item.property("text") and item.property("contentWidth") > item.width() + 1
    ]


@SIZES
def test_a_long_name_of_a_stick_and_of_a_file_wraps(
    drives: Drives, open_floor: Open, size: tuple[int, int]
) -> None:
    name = "_".join(["x" * 9] * 6)
    stick = drives.mount(name)
    brought = Contents(stick / name)
    brought.write(brought.timeline(), brought.team(), brought.signup())
    floor = open_floor(size)
    fill(floor.kiosk.data, 1)
    visitor = show_section(floor, "Content")
    visitor.wait(lambda: visitor.sees(f"{name}/content.yaml on {name}"))
    assert too_wide(visitor) == []

    visitor.tap("PageTab", "Signups")
    visitor.wait(lambda: visitor.sees("Export here"))
    assert too_wide(visitor) == []
    visitor.tap("Button", f"Export here, {name}")
    visitor.wait(lambda: visitor.sees(f"1 signup is on {name}, in signups-"))
    assert too_wide(visitor) == []

    drives.pull(stick)
    floor.staff.section.update(message=f"{name} was pulled out; plug it in and export again.")
    visitor.wait(lambda: visitor.sees(f"{name} was pulled out"))
    assert too_wide(visitor) == []


@SIZES
def test_the_ledger_is_told_day_by_day_without_a_name(
    open_floor: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    floor = open_floor(size)
    with Queue.open(floor.kiosk.data) as queue:
        for days in range(16):
            queue.add(make_signup(email="vera@example.com", created_at=NOW - timedelta(days=days)))
        erase_before(queue, (NOW - timedelta(days=13)).date(), NOW)
        export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
        queue.add(make_signup(email="vera@example.com", created_at=NOW))
    visitor = show_section(floor, "Signups")
    days = floor.staff.section.days
    visitor.wait(lambda: days.count == 15)

    names = [control.name for control in visitor.tree()]
    assert f"{NOW:%Y-%m-%d}: 2 captured, 1 waiting, 1 exported, 0 erased" in names
    assert names[-1] == "Earlier: 2 captured, 0 waiting, 0 exported, 2 erased"
    assert "captured = waiting + exported + erased" in names
    assert list(unfit_to_be_heard(visitor.controls())) == []
    assert not floor.holds("example.com")
    assert floor.staff.section.imbalance == ""


def test_a_day_that_does_not_add_up_is_named(open_floor: Open) -> None:
    floor = open_floor()
    fill(floor.kiosk.data, 3)
    with Queue.open(floor.kiosk.data) as queue:
        ((day,),) = queue.query("SELECT day FROM days")
        queue.execute("UPDATE days SET captured = 5")
        queue.execute("INSERT INTO days (day, captured) VALUES ('2024-01-01', 1)")
    show_section(floor, "Signups")
    floor.visitor.wait(
        lambda: floor.visitor.sees(
            "2024-01-01 does not add up: 1 signup missing. Keep every backup."
            f" {day} does not add up: 2 signups missing. Keep every backup."
        )
    )


def test_a_stick_that_is_pulled_out_meanwhile_is_told_and_nothing_is_marked(
    drives: Drives, open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = open_floor()
    fill(floor.kiosk.data, 3)
    folder = drives.mount("KINGSTON")
    visitor = show_section(floor, "Signups")
    visitor.wait(lambda: visitor.sees("KINGSTON"))
    floor.staff.section._looking.stop()  # it is touched before it is missed
    drives.pull(folder)
    visitor.tap("Button", "Export here, KINGSTON")

    visitor.wait(lambda: visitor.sees("KINGSTON was pulled out before everything was on it."))
    floor.staff.section._looking.start()
    visitor.wait(lambda: visitor.sees("Plug in a USB stick"))
    assert visitor.sees("3 signups to export")


@SIZES
def test_sealed_signups_go_to_the_stick_as_they_are(
    drives: Drives, open_floor: Open, size: tuple[int, int]
) -> None:
    floor = open_floor(size)
    key = PrivateKey.generate()
    install_key(floor.kiosk.data, key.public_key, NOW)
    fill(floor.kiosk.data, 2, key.public_key)
    folder = drives.mount("KINGSTON")
    visitor = show_section(floor, "Signups")
    visitor.wait(lambda: visitor.sees("2 signups to export"))
    assert visitor.sees("They stay sealed on the stick.")
    assert not visitor.controls("RadioButton")
    assert list(unfit_to_be_heard(visitor.controls())) == []

    visitor.tap("Button", "Export here, KINGSTON")
    visitor.wait(lambda: visitor.sees("The stick is safe to remove."))
    (file,) = folder.glob("signups-*.sealed")
    assert visitor.sees(f"2 signups are on KINGSTON, in {file.name}.")
    assert b"example.com" not in file.read_bytes()
    visitor.wait(lambda: visitor.sees("Nothing to export"))


def test_a_long_export_is_seen_to_its_end_and_one_that_hangs_is_not(
    drives: Drives, open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()
    monkeypatch.setattr(signups_section, "export_to_stick", lambda *_: gate.wait())
    floor = open_floor()
    fill(floor.kiosk.data, 2)
    drives.mount("KINGSTON")
    visitor = show_section(floor, "Signups")
    visitor.wait(lambda: visitor.sees("KINGSTON"))
    visitor.tap("Button", "Export here, KINGSTON")
    assert visitor.sees("Exporting; leave the stick in.")

    now = area.seconds_since_boot()
    monkeypatch.setattr(area, "seconds_since_boot", lambda: now + 300)
    floor.staff._idle.timeout.emit()
    assert floor.staff is not None
    monkeypatch.setattr(area, "seconds_since_boot", lambda: now + 700)
    floor.staff._idle.timeout.emit()
    visitor.wait(lambda: floor.staff is None)
    gate.set()


# Usage


def count(data: Path) -> None:
    """Four weeks of visits."""
    rows = usual_rows()
    store_counts(data, tally_of(rows, cars="Cars", news="Stay updated"), date.min, NOW)


def show_usage(floor: Floor, state: str) -> None:
    show_section(floor, "Usage")
    floor.visitor.wait(lambda: floor.staff.section.state != "drawing")
    assert floor.staff.section.state == state


def pictures(floor: Floor) -> list[str]:
    return [c.name.partition(".")[0] for c in floor.visitor.controls("Graphic")]


@SIZES
def test_usage_is_shown_in_pictures_that_are_gone_when_it_closes(
    open_floor: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    libraries = {name for name in sys.modules if name.startswith("matplotlib")}
    floor = open_floor(size)
    count(floor.kiosk.data)
    visitor = show_section(floor, "Usage")
    assert visitor.sees("Drawing the pictures")
    visitor.wait(lambda: floor.staff.section.state == "shown")

    assert visitor.sees("260 visits")
    assert pictures(floor) == ["This week beside last", "By hour"]
    assert list(unfit_to_be_heard(visitor.controls())) == []
    visitor.wait(lambda: is_drawn(floor))
    visitor.tap("Button", "Next")
    assert visitor.sees("Page 2 of 4")
    assert pictures(floor) == ["From touch to signup", "Places by time"]
    visitor.tap("Button", "Next")
    visitor.tap("Button", "Next")
    assert pictures(floor) == ["What is opened"]
    assert len(list(tmp_path.glob("kiosk-usage-*/*.svg"))) == 7

    floor.staff.close()
    visitor.wait(lambda: floor.staff is None)
    assert list(tmp_path.glob("kiosk-usage-*")) == []
    assert {name for name in sys.modules if name.startswith("matplotlib")} == libraries


def is_drawn(floor: Floor) -> bool:
    """Whether the first picture has its color."""
    rect = floor.visitor.controls("Graphic")[0].rect
    seen = floor.kiosk.window.grabWindow()
    columns, rows = range(rect.left(), rect.right(), 8), range(rect.top(), rect.bottom(), 8)
    return any(seen.pixelColor(x, y).name() == PAPER.accent for x in columns for y in rows)


def test_without_a_visit_it_says_when_one_counts(floor: Floor) -> None:
    floor.kiosk.kiosk._status_reporter.update(uncounted="usage.sqlite3 could not be written")
    show_usage(floor, "empty")
    assert floor.visitor.sees("No visits yet")
    assert floor.visitor.sees("A visit is counted once it is over.")
    assert floor.visitor.sees("Visits cannot be counted for the moment: usage.sqlite3 could")
    assert pictures(floor) == []


def test_counting_that_is_switched_off_is_no_lack_of_visitors(open_floor: Open) -> None:
    floor = open_floor(settings="usage = false\n")
    show_usage(floor, "off")
    assert floor.visitor.sees("Visits are not counted")
    assert floor.visitor.sees("Remove that line and restart the kiosk to count.")

    count(floor.kiosk.data)
    floor.visitor.tap("PageTab", "Health")
    floor.visitor.tap("PageTab", "Usage")
    floor.visitor.wait(lambda: floor.staff.section.state == "shown")
    assert floor.visitor.sees("Counting is switched off; this was counted before")


def test_counts_that_cannot_be_read_are_told_with_the_reason(floor: Floor) -> None:
    (floor.kiosk.data / usage_store.FILE_NAME).write_bytes(b"no database" * 1000)
    show_usage(floor, "failed")
    assert floor.visitor.sees("There are no pictures")
    assert floor.visitor.sees("usage.sqlite3 is damaged; the kiosk sets it aside")


def test_pictures_that_the_disk_refuses_are_told_with_the_reason(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(report_process, "TemporaryDirectory", refuse)
    show_usage(floor, "failed")
    assert floor.visitor.sees("(No space left on device); free some space on the disk.")


def test_a_report_that_hangs_is_ended(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_process, "own_command", lambda *_: ["sleep", "100"])
    monkeypatch.setattr(report_process, "LONGEST_SECONDS", 0.5)
    show_usage(floor, "failed")
    assert floor.visitor.sees("try again later.")


def test_a_report_that_nobody_waits_for_is_ended_at_once(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked for next need not wait for it."""
    started: list[subprocess.Popen[str]] = []
    start = ReportProcess._start

    def note(report: ReportProcess) -> subprocess.Popen[str]:
        started.append(start(report))
        return started[-1]

    monkeypatch.setattr(ReportProcess, "_start", note)
    monkeypatch.setattr(report_process, "own_command", lambda *_: ["sleep", "100"])
    show_section(floor, "Usage")
    floor.visitor.wait(lambda: started)
    floor.visitor.tap("PageTab", "Health")
    floor.visitor.wait(lambda: not floor.staff.section.isBusy)
    assert started[0].returncode == -signal.SIGKILL


def test_pictures_are_leafed_through_a_few_at_a_time() -> None:
    some = [Drawing(str(number), "", "", Path()) for number in range(5)]
    assert pages_of(some, 2) == [some[:2], some[2:4], some[4:]]
    assert pages_of(some[:4], 2) == [some[:2], some[2:4]]
    assert pages_of([], 2) == []


# The machine


def test_while_the_screen_is_wiped_no_touch_does_anything(floor: Floor) -> None:
    visitor = show_section(floor, "Machine")
    visitor.tap("Button", "Clean the screen")
    assert floor.staff.phase == "cleaning"
    assert not floor.staff._idle.isActive()
    assert visitor.controls("Button") == []

    for spot in (QPoint(960, 540), QPoint(1800, 60), floor.corner()):
        visitor.tap_at(spot)
    QTest.keyClick(floor.kiosk.window, Qt.Key.Key_Escape)
    assert floor.staff.phase == "cleaning"
    for left in range(59, 0, -1):
        floor.staff._countdown.timeout.emit()
        assert floor.staff.secondsLeft == left
    floor.staff._countdown.timeout.emit()
    visitor.wait(lambda: floor.staff is None)
    assert floor.kiosk.showroom.session.phase == "attract"


def color_at(floor: Floor, x: int, y: int) -> str:
    """`x` and `y` count from the other side where they are negative."""
    seen = floor.kiosk.window.grabWindow()
    return seen.pixelColor(x % seen.width(), y % seen.height()).name()


def open_tool(floor: Floor, name: str) -> Visitor:
    visitor = show_section(floor, "Machine")
    visitor.tap("Button", name)
    return visitor


@SIZES
def test_the_picture_is_tested_to_its_last_pixel(open_floor: Open, size: tuple[int, int]) -> None:
    floor = open_floor(size)
    visitor = open_tool(floor, "Test the picture")
    assert visitor.sees("The two lines around the screen must be seen")
    corners = [(0, 0), (-1, 0), (0, -1), (-1, -1)]
    assert [color_at(floor, *corner) for corner in corners] == ["#ffffff"] * 4

    for color in ("#ffffff", "#ff0000", "#00ff00", "#0000ff", "#000000"):
        visitor.tap_at(QPoint(300, 300))
        seen = floor.kiosk.window.grabWindow()
        spots = [(x, y) for x in range(0, size[0], 20) for y in range(0, size[1], 20)]
        assert {seen.pixelColor(*spot).name() for spot in spots} == {color}
        assert {color_at(floor, *corner) for corner in corners} == {color}
    visitor.tap_at(QPoint(300, 300))
    assert floor.staff.phase == "open"
    assert visitor.sees("Test the picture")


@SIZES
def test_the_fine_stripes_are_as_fine_as_can_be(open_floor: Open, size: tuple[int, int]) -> None:
    floor = open_floor(size)
    open_tool(floor, "Test the picture")

    def is_drawn() -> bool:
        return color_at(floor, -150, -150) in {"#ffffff", "#000000"}

    floor.visitor.wait(is_drawn)
    across = [color_at(floor, -150 + step, -150) for step in range(4)]
    down = [color_at(floor, -150, -150 + step) for step in range(4)]
    stripes = [["#ffffff", "#000000"] * 2, ["#000000", "#ffffff"] * 2]
    assert len({*down}) + len({*across}) == 3  # one of them is of one color
    assert down in stripes or across in stripes


@SIZES
def test_the_touch_is_tested_in_every_field(open_floor: Open, size: tuple[int, int]) -> None:
    floor = open_floor(size)
    visitor = open_tool(floor, "Test the touch")
    width, height = size
    columns, rows = (17, 9) if size == LANDSCAPE else (9, 17)
    assert visitor.sees("0 of")

    tall, wide = height // rows, width // columns
    middle = range((rows - 5) // 2, (rows + 5) // 2)
    for row in range(rows - 1):
        spot = QPoint(2, tall * row + tall // 2)
        visitor.drag(spot, QPoint(width - 4, 0), 5)  # quick, so that it skips fields
        assert row in middle or color_at(floor, width // 2, spot.y()) == "#00ff00"
    assert visitor.sees("Not reached yet: bottom left, bottom center and bottom right.")
    assert not floor.staff.tool.isComplete
    visitor.drag(QPoint(2, height - 2), QPoint(width - 4 - wide, 0), 5)
    assert visitor.sees("Not reached yet: bottom right.")
    visitor.tap_at(QPoint(width - 2, height - 2))
    assert visitor.sees("The whole screen responds.")
    visitor.tap("Button", "Done")
    assert floor.staff.phase == "open"


def test_fingers_at_once_are_counted_and_shown(floor: Floor) -> None:
    visitor = open_tool(floor, "Test the touch")
    device = visitor._device
    touch = QTest.touchEvent(floor.kiosk.window, device)
    touch.press(0, QPoint(200, 60), floor.kiosk.window)
    touch.press(1, QPoint(1700, 60), floor.kiosk.window)
    touch.press(2, QPoint(200, 1000), floor.kiosk.window).commit()
    assert visitor.sees("Most fingers at once: 3.")
    assert color_at(floor, 200 - 72, 60) == "#ffffff"  # a ring around the finger
    lift = QTest.touchEvent(floor.kiosk.window, device)
    for finger, spot in enumerate((QPoint(200, 60), QPoint(1700, 60), QPoint(200, 1000))):
        lift.release(finger, spot, floor.kiosk.window)
    lift.commit()
    assert color_at(floor, 200 - 72, 60) != "#ffffff"
    assert visitor.sees("Most fingers at once: 3.")


@SIZES
def test_the_screen_is_measured_with_a_card(open_floor: Open, size: tuple[int, int]) -> None:
    floor = open_floor(size)
    visitor = open_tool(floor, "Measure the screen")
    tool = floor.staff.tool
    before = tool.card
    tool.setCard(308)
    visitor.tap("Button", "Wider")
    visitor.tap("Button", "Wider")
    visitor.tap("Button", "Narrower")
    assert before != tool.card == 309
    (outline,) = [i for i in visitor.items() if class_name(i).startswith("CardOutline")]
    assert (outline.width(), round(outline.height())) == (309, 195)
    assert visitor.sees("24.0 inches across; the smallest buttons are 23 mm high")
    assert list(unfit_to_be_heard(visitor.controls())) == []

    visitor.tap("Button", "Save")
    visitor.wait(lambda: floor.staff.phase == "open")

    measure = read_screen_measure(floor.kiosk.data)
    assert measure is not None
    assert (measure.width, measure.height, measure.card) == (*size, 309)
    assert (measure.button, measure.letter) == (84, 21)
    visitor.tap("PageTab", "Health")
    visitor.wait(lambda: visitor.sees("24.0 inches across"))
    visitor.tap("PageTab", "Machine")
    visitor.tap("Button", "Measure the screen")
    assert floor.staff.tool.card == 309


@pytest.mark.parametrize("card", [5e-324, 10**400])
def test_a_measure_that_cannot_be_true_is_taken_anew(floor: Floor, card: float) -> None:
    size = floor.kiosk.window.size()
    lengths = {"width": size.width(), "height": size.height(), "button": 84, "letter": 21}
    file = floor.kiosk.data / screen_measure.SCREEN_NAME
    file.write_text(json.dumps(lengths | {"card": card, "measured_on": "2026-11-27"}))

    visitor = open_tool(floor, "Measure the screen")
    assert floor.staff.tool.card == 324
    visitor.tap("Button", "Save")
    visitor.wait(lambda: floor.staff.phase == "open")

    measure = read_screen_measure(floor.kiosk.data)
    assert measure is not None
    assert measure.card == 324


def test_a_measure_that_is_not_wanted_is_not_kept(floor: Floor) -> None:
    visitor = open_tool(floor, "Measure the screen")
    visitor.tap("Button", "Wider")
    visitor.tap("Button", "Cancel")
    assert floor.staff.phase == "open"
    assert read_screen_measure(floor.kiosk.data) is None


def test_a_disk_that_refuses_a_measure_is_told(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    visitor = open_tool(floor, "Measure the screen")
    monkeypatch.setattr(screen_measure, "write_small_file", refuse)
    visitor.tap("Button", "Save")
    visitor.wait(lambda: floor.staff.tool.message)
    assert visitor.sees("It cannot be stored (Read-only file system); free some space on the disk")
    assert floor.staff.phase == "calibration"


@pytest.mark.parametrize("name", ["Test the picture", "Test the touch", "Measure the screen"])
def test_what_has_the_screen_to_itself_closes_by_itself_too(floor: Floor, name: str) -> None:
    open_tool(floor, name)
    floor.staff._idle.timeout.emit()
    floor.visitor.wait(lambda: floor.staff is None)
    kinds = {class_name(item) for item in floor.visitor.everything()}
    own = ("StaffScreenTest", "StaffTouchTest", "StaffCalibration", "TouchField", "CardOutline")
    assert not [kind for kind in kinds if kind.startswith(own)]


class Panel:
    """Stands in for a panel that can be set, or refuses."""

    def __init__(self, refusal: str = "") -> None:
        self.percent, self.refusal = 60, refusal

    def read(self) -> int:
        return self.percent

    def set(self, percent: int) -> None:
        if self.refusal:
            raise BrightnessRefused(self.refusal)
        self.percent = percent


def test_a_panel_that_cannot_be_set_has_no_slider(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[None] = []
    monkeypatch.setattr(machine_section, "find_panel", lambda: looked.append(None))
    show_section(floor, "Machine")
    floor.visitor.wait(lambda: looked)
    QTest.qWait(50)
    assert floor.visitor.controls("Slider") == []


@SIZES
def test_the_panel_is_made_brighter_and_darker(
    open_floor: Open, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    panel = Panel()
    monkeypatch.setattr(machine_section, "find_panel", lambda: panel)
    floor = open_floor(size)
    visitor = show_section(floor, "Machine")
    visitor.wait(lambda: visitor.controls("Slider"))
    assert visitor.controls("Slider")[0].name == "Brightness, 60 %"

    for wanted in (35, 90, 75):
        floor.staff.section.setBrightness(wanted)
    visitor.wait(lambda: panel.percent == 75)
    floor.staff.section.setBrightness(0)
    visitor.wait(lambda: panel.percent == LEAST_PERCENT)
    floor.staff.section.stepBrightness(2)
    visitor.wait(lambda: panel.percent == LEAST_PERCENT + 10)
    assert list(unfit_to_be_heard(visitor.controls())) == []


def test_a_panel_that_refuses_is_told(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        machine_section,
        "find_panel",
        lambda: Panel("the monitor does not obey; set it by its own buttons"),
    )
    show_section(floor, "Machine")
    floor.visitor.wait(lambda: floor.staff.section.hasBrightness)
    floor.staff.section.setBrightness(30)
    floor.visitor.wait(lambda: floor.staff.section.message)
    assert floor.staff.section.message == "The monitor does not obey; set it by its own buttons."
    assert floor.visitor.controls("Slider")[0].name == "Brightness, 60 %"


def test_a_panel_is_set_again_after_it_has_failed(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = Event()
    panel = Panel()
    obey = panel.set

    def refuse_the_first(percent: int) -> None:
        goes_on.wait(60)
        if percent == 30:
            raise BrightnessRefused("the monitor does not obey")
        obey(percent)

    monkeypatch.setattr(panel, "set", refuse_the_first)
    monkeypatch.setattr(machine_section, "find_panel", lambda: panel)
    show_section(floor, "Machine")
    section = floor.staff.section
    floor.visitor.wait(lambda: section.hasBrightness)
    section.setBrightness(30)
    section.setBrightness(40)  # asked for meanwhile
    goes_on.set()
    floor.visitor.wait(lambda: panel.percent == 40)

    wanted: list[int] = []
    monkeypatch.setattr(panel, "set", lambda percent: (wanted.append(percent), 1 / 0))
    section.setBrightness(90)
    floor.visitor.wait(lambda: section.message == "This could not be done; ask for help.")
    assert section.brightness == 40
    section.setBrightness(70)
    floor.visitor.wait(lambda: wanted == [90, 70])
    floor.visitor.wait(lambda: section.brightness == 40)


@pytest.mark.parametrize(("name", "status"), [("Leave", 0), ("Restart", RESTART)])
def test_the_kiosk_ends_once_that_was_confirmed(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, name: str, status: int
) -> None:
    exits: list[int] = []
    monkeypatch.setattr(staff_door, "end", exits.append)
    show_section(floor, "Machine")
    floor.visitor.tap("Button", f"{name} the kiosk")
    assert exits == []
    floor.visitor.tap("Button", f"{name} it now")
    assert exits == [status]


def test_a_kiosk_that_a_service_manager_starts_again_is_not_left(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    exits: list[int] = []
    monkeypatch.setattr(staff_door, "end", exits.append)
    monkeypatch.setenv("NOTIFY_SOCKET", "/nowhere")
    show_section(floor, "Machine")
    names = [button.name for button in floor.visitor.controls("Button")]
    assert "Restart the kiosk" in names
    assert "Leave the kiosk" not in names
    for _ in range(2):
        floor.staff.section.leave()
    assert exits == []


def test_a_restart_runs_the_same_command(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[object] = []
    monkeypatch.setattr(os, "execve", lambda *command: run.append(command[:2]))
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-X", "dev", "main.py", "run"])
    restart()
    assert run == [(sys.executable, [sys.executable, "-X", "dev", "main.py", "run"])]
