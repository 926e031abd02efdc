"""A whole visit by touch, in one window: from the waking touch to nothing left behind."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from tests.conftest import Contents, Visitor
    from tests.visit.conftest import RunKiosk, Running

CHECKOUT = Path(__file__).resolve().parents[2]
PLACES = {
    "Heritage": ("timeline", "Wins worth retelling"),
    "Team": ("team", "Racing in Cooper's name"),
    "Schedule": ("schedule", "See you at the track"),
    "Offers": ("offers", "Lease and finance"),
    "Drive": ("features", "Your turn at the wheel"),
    "Models": ("models", "Pick your MINI"),
    "Dealers": ("dealers", "Other locations"),
    "More": ("links", "Take the rest home"),
    "Stay updated": ("signup", "Good news by email"),
}


@pytest.fixture
def kiosk(run_kiosk: RunKiosk) -> Running:
    return run_kiosk(CHECKOUT / "content.yaml")


@pytest.fixture
def visitor(kiosk: Running, visit: type[Visitor]) -> Visitor:
    """At home."""
    visitor = visit(kiosk.window)
    visitor.wake()
    assert kiosk.showroom.session.phase == "active"
    return visitor


def sign_up(kiosk: Running, visitor: Visitor, address: str) -> None:
    """Type an address on the on-screen keyboard."""
    visitor.tap("PageTab", "Stay updated")
    visitor.take("Email")
    visitor.type(address)
    assert kiosk.showroom.navigation.place.email == address


def keyboard_is_up() -> bool:
    return QGuiApplication.inputMethod().isVisible()


def stored(kiosk: Running) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(kiosk.data / "signups.sqlite3")) as file:
        rows = file.execute(
            "SELECT personal, wording FROM signups JOIN people USING (number)"
            " JOIN consents ON consents.id = consent_id"
        ).fetchall()
    people = [(json.loads(personal), wording) for personal, wording in rows]
    return [(person["email"], person["name"], wording) for person, wording in people]


def test_every_place_opens_from_its_door_and_from_the_bar(kiosk: Running, visitor: Visitor) -> None:
    for name, (screen, title) in PLACES.items():
        visitor.wait(lambda: visitor.sees("Small car, driving force."))
        visitor.tap("Button", name)
        assert kiosk.showroom.navigation.screen == screen
        visitor.wait(lambda title=title: visitor.sees(title))
        visitor.tap("PageTab", "Home")
        assert kiosk.showroom.navigation.screen == "home"
    for name in ("Heritage", "Team", "Schedule", "Offers", "Models", "More", "Stay updated"):
        visitor.tap("PageTab", name)
        assert kiosk.showroom.navigation.screen == PLACES[name][0]
        visitor.wait(lambda name=name: visitor.find("PageTab", name).interface.state().selected)


def test_no_door_is_lower_than_its_words_need(kiosk: Running, visitor: Visitor) -> None:
    """Home is built behind the attract loop, and its doors are counted before they are made."""
    doors = [item for item in visitor.buttons() if item.implicitHeight() > 0]
    assert len(doors) > len(PLACES)
    low = [door for door in doors if door.height() < door.implicitHeight()]
    assert [door.property("text") for door in low] == []


def test_a_place_keeps_its_position_while_a_detail_is_read(
    kiosk: Running, visitor: Visitor
) -> None:
    visitor.tap("PageTab", "Heritage")
    visitor.wait(lambda: visitor.sees("Wins worth retelling"))
    visitor.drag(QPoint(1500, 700), QPoint(-900, 0))
    strip = next(
        i
        for i in visitor.everything()
        if i.property("contentWidth") and i.inherits("QQuickListView")
    )
    visitor.wait(lambda: not strip.property("moving"))
    position = strip.property("contentX")
    assert position > 300
    chapter = next(
        c for c in visitor.controls("Button") if "Dakar" in c.name and c.rect.center().x() < 1900
    )
    visitor.tap_at(chapter.rect.center())
    visitor.wait(lambda: visitor.sees("No other race resembles the Dakar Rally."))
    visitor.tap("Button", "Back, Heritage")
    visitor.wait(lambda: visitor.sees("Wins worth retelling"))
    assert kiosk.showroom.navigation.screen == "timeline"
    assert strip.property("contentX") == pytest.approx(position, abs=1)
    visitor.tap("PageTab", "Heritage")  # another visit begins at the top
    visitor.wait(lambda: visitor.sees("Wins worth retelling"))
    kiosk.window.grabWindow()
    strips = [i for i in visitor.items_of("QQuickListView") if i.property("contentWidth") > 1920]
    assert [strip.property("contentX") <= 0 for strip in strips] == [True]


def test_a_signup_typed_on_the_screen_is_thanked_and_on_the_disk(
    kiosk: Running, visitor: Visitor
) -> None:
    sign_up(kiosk, visitor, "paddy.hopkirk37@example.com")
    visitor.tap("EditableText", "Name")
    visitor.type("paddy")
    assert kiosk.showroom.navigation.place.name.lower() == "paddy"
    visitor.put_away_keyboard()
    visitor.tap("CheckBox", "Yes, please put me on the mailing list")
    assert kiosk.showroom.navigation.place.consented
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: visitor.sees("Watch your inbox"))
    ((email, name, wording),) = stored(kiosk)
    assert email == "paddy.hopkirk37@example.com"
    assert name.lower() == "paddy"
    assert wording.startswith("Yes, please put me on the mailing list and send")


def test_the_form_says_what_is_missing_and_a_slip_is_mended_by_touch(
    kiosk: Running, visitor: Visitor
) -> None:
    sign_up(kiosk, visitor, "moss@gmial.com")
    visitor.tap("Button", "Did you mean moss@gmail.com?")
    assert kiosk.showroom.navigation.place.email == "moss@gmail.com"
    visitor.put_away_keyboard()
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: visitor.sees("Please tick the box"))
    assert kiosk.showroom.navigation.place.email == "moss@gmail.com"
    visitor.tap("CheckBox", "Yes, please put me")
    visitor.wait(lambda: not visitor.sees("Please tick the box"))
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: visitor.sees("Watch your inbox"))
    assert [email for email, *_ in stored(kiosk)] == ["moss@gmail.com"]


def test_typing_and_dragging_are_activity(kiosk: Running, visitor: Visitor) -> None:
    sign_up(kiosk, visitor, "a")
    kiosk.pause()
    assert kiosk.showroom.session.phase == "warning"
    visitor.tap("Button", "Carry on")
    assert kiosk.showroom.session.phase == "active"
    assert kiosk.showroom.navigation.place.email == "a"
    visitor.wait(lambda: not visitor.sees("Still there?"))
    for act in (
        lambda: visitor.press_at(QPoint(1500, 200)),
        lambda: visitor.move_to(QPoint(1500, 210)),
        lambda: visitor.release_at(QPoint(1500, 210)),
    ):
        assert restarted(kiosk, act)


def restarted(kiosk: Running, act: object) -> bool:
    idle = next(t for t in kiosk.showroom.session.findChildren(QTimer) if t.isSingleShot())
    idle.start(5_000)  # as if most of the time were over
    act()
    return idle.interval() >= 60_000


def test_the_countdown_is_read_out_and_ends_at_the_attract_loop(
    kiosk: Running, visitor: Visitor
) -> None:
    visitor.tap("PageTab", "Team")
    kiosk.pause()
    visitor.wait(lambda: visitor.sees("20"))
    kiosk.tick(7)
    visitor.wait(lambda: visitor.sees("13"))
    kiosk.tick(13)
    visitor.wait(lambda: visitor.sees("Touch to begin"))
    assert not visitor.sees("Still there?")
    visitor.wake()
    visitor.wait(lambda: visitor.sees("Small car, driving force."))


def test_a_file_that_is_missing_or_broken_shows_the_notice_until_it_is_mended(
    run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    visitor = visit(run_kiosk(contents.file).window)
    visitor.wait(lambda: visitor.sees("does not exist"))
    file = contents.write(contents.timeline(tilte="x"))
    visitor.wait(lambda: visitor.sees("unknown key 'tilte'"))
    assert visitor.sees(str(file))
    assert not visitor.sees("Touch to begin")
    contents.write(contents.timeline())
    visitor.wait(lambda: visitor.sees("Touch to begin"))
    visitor.wake()
    visitor.wait(lambda: visitor.sees("A car for everyone."))
