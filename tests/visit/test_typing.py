"""Fingers on the on-screen keyboard that do more than tap: rest, slip, look for a letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.places.signup.viewmodel import SignupViewModel
from kiosk.showroom.viewmodels.letters import BEHIND
from tests.conftest import class_name
from tests.long_runs import IS_LONG
from tests.offscreen import LANDSCAPE, PORTRAIT
from tests.touch_guards import stop_time

if TYPE_CHECKING:
    from tests.conftest import Contents, Visitor
    from tests.visit.conftest import RunKiosk, Running

SIZES = [LANDSCAPE, PORTRAIT] + [(1280, 720), (3840, 2160)] * IS_LONG
TOUCH = 72 / 1080
"""20 mm on a 24-inch 1080p screen, as a share of the screen's shorter side."""
HELD, SOON = 450, 50
"""Milliseconds after which the keyboard takes a key for held, and after which it does so here."""
HOLDS = pytest.mark.slow(reason="holds keys until Qt would repeat them")
REPEATED = 800
"""Milliseconds after which Qt has repeated a key that is held."""


class Typist:
    """A visitor in front of the form, with the keyboard up."""

    def __init__(self, kiosk: Running, visitor: Visitor) -> None:
        self.kiosk = kiosk
        self.visitor = visitor
        self._held = 0
        (timer,) = (
            child
            for item in visitor.everything()
            for child in item.children()
            if child.inherits("QQmlTimer") and child.property("interval") == HELD
        )
        timer.setProperty("interval", SOON)
        timer.triggered.connect(self._count)

    def _count(self) -> None:
        self._held += 1

    @property
    def form(self) -> SignupViewModel:
        form = self.kiosk.showroom.navigation.place
        assert isinstance(form, SignupViewModel)
        return form

    def take(self, field: str) -> None:
        self.visitor.take(field)

    def middle(self, key: str) -> QPointF:
        return self.visitor.middle(self.visitor.key(key))

    def hold(self, key: str | QPointF, milliseconds: int = 0) -> QPointF:
        """Put a finger on a key until that counts as held, or longer; returns where."""
        point = self.middle(key) if isinstance(key, str) else key
        before = self._held
        self.visitor.press_at(point)
        self.visitor.wait(lambda: self._held > before)
        QTest.qWait(milliseconds)
        return point

    def rest(self, key: str | QPointF, milliseconds: int = 0) -> None:
        self.visitor.release_at(self.hold(key, milliseconds))

    def special(self, kind: str) -> QPointF:
        (key,) = (item for item in self.visitor.items() if kind in class_name(item))
        return self.visitor.middle(key)

    def choice(self) -> QQuickItem | None:
        found = (i for i in self.visitor.items() if i.objectName() == "letterChoice")
        return next(found, None)

    def letters(self) -> dict[str, QQuickItem]:
        """What the choice offers, in its order; empty while it is closed."""
        choice = self.choice()
        if choice is None:
            return {}
        self.visitor.window.grabWindow()
        buttons = (i for i in self.visitor.buttons() if choice.isAncestorOf(i))
        return {str(button.property("text")): button for button in buttons}

    def choose(self, letter: str) -> None:
        self.visitor.tap_at(self.visitor.middle(self.letters()[letter]))


@pytest.fixture
def typist(
    request: pytest.FixtureRequest, run_kiosk: RunKiosk, visit: type[Visitor], contents: Contents
) -> Iterator[Typist]:
    size = getattr(request, "param", SIZES[0])
    kiosk = run_kiosk(contents.write(contents.signup()), size)
    visitor = visit(kiosk.window)
    visitor.wake()
    kiosk.showroom.navigation.open("signup")
    visitor.wait(lambda: visitor.sees("Email"))
    yield Typist(kiosk, visitor)
    QGuiApplication.inputMethod().hide()


@HOLDS
def test_fields_without_other_letters_take_what_a_finger_rests_on(typist: Typist) -> None:
    typist.take("Email")
    typist.visitor.type("t")
    typist.rest("o")
    assert typist.letters() == {}
    typist.rest("m", REPEATED)
    assert typist.form.email == "tom"
    typist.take("Postal code")
    typist.rest("e")
    assert typist.letters() == {}
    assert typist.form.postalCode.lower() == "e"


def test_the_plain_letter_stands_first_and_stays_without_a_second_touch(typist: Typist) -> None:
    typist.take("Name")
    typist.visitor.type("to")
    typist.rest("o")
    assert next(iter(typist.letters())) == "o"
    assert typist.form.name == "Too"
    typist.choose("o")
    assert typist.form.name == "Too"
    assert typist.letters() == {}


def test_a_second_touch_takes_another_letter_in_place_of_the_plain_one(typist: Typist) -> None:
    typist.take("Name")
    typist.visitor.type("t")
    typist.rest("o")
    typist.choose("ø")
    assert typist.letters() == {}
    typist.visitor.type("m")
    assert typist.form.name == "Tøm"


def test_a_finger_that_slides_from_the_key_into_the_choice_chooses_nothing(typist: Typist) -> None:
    typist.take("Name")
    typist.visitor.type("t")
    start = typist.hold("o")
    end = typist.visitor.middle(typist.letters()["ö"])
    for step in range(1, 9):
        typist.visitor.move_to(start + (end - start) * (step / 8))
        QTest.qWait(5)
    typist.visitor.release_at(end)
    assert typist.form.name == "To"
    typist.choose("ö")
    assert typist.form.name == "Tö"


@HOLDS
def test_a_finger_that_slips_off_a_key_it_rested_on_types_no_neighbour(typist: Typist) -> None:
    typist.take("Email")
    typed = ""
    for key, milliseconds in (
        *(("q", 0), ("e", 0), ("7", 0), ("@", 0), (".com", 0)),
        *(("e", REPEATED), ("@", REPEATED)),
    ):
        item = typist.visitor.key(key)
        edge = typist.hold(
            item.mapToScene(QPointF(item.width() - 2, item.height() / 2)), milliseconds
        )
        typist.visitor.move_to(edge + QPointF(12, 0))
        QTest.qWait(5)
        typist.visitor.release_at(edge + QPointF(12, 0))
        typed += key
        assert typist.form.email == typed


def test_a_touch_on_another_key_keeps_the_plain_letter_and_types(typist: Typist) -> None:
    typist.take("Name")
    for letter in "noel":
        typist.rest(letter)
    assert typist.form.name == "Noel"
    assert "ł" in typist.letters()
    typist.visitor.type("a")
    assert typist.form.name == "Noela"
    assert typist.letters() == {}


def test_a_touch_beside_the_keyboard_keeps_the_plain_letter(typist: Typist) -> None:
    typist.take("Name")
    typist.rest("l")
    typist.visitor.tap_at(QPoint(900, 20))
    assert typist.letters() == {}
    assert typist.form.name == "L"


def test_a_touch_between_two_letters_chooses_none_and_reaches_nothing_below(
    typist: Typist,
) -> None:
    typist.take("Name")
    typist.rest("o")
    choice = typist.choice()
    assert choice is not None
    typist.visitor.tap_at(choice.mapToScene(QPointF(3, choice.height() / 2)))
    assert typist.form.name == "O"
    assert typist.visitor.sees("Email")
    assert typist.letters()


def test_a_second_tap_on_a_letter_does_not_send_the_form(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.take("Name")
    button = typist.visitor.find("Button", "Sign me up").rect
    typist.rest("i")
    covering = [
        letter
        for letter, item in typist.letters().items()
        if button.contains(typist.visitor.middle(item).toPoint())
    ]
    point = typist.visitor.middle(typist.letters()[covering[0]])
    hasty = type(typist.visitor)(typist.visitor.window, is_hasty=True)
    stop_time(monkeypatch)
    typist.visitor.look()
    for _ in range(2):
        hasty.tap_at(point)
        QTest.qWait(90)
    assert typist.form.name == covering[0]
    assert typist.form.emailError == ""  # nothing was sent


def test_another_field_closes_the_choice(typist: Typist) -> None:
    typist.take("Name")
    typist.rest("o")
    typist.take("Email")
    assert typist.letters() == {}
    assert typist.form.name == "O"


def test_the_end_of_the_session_closes_the_choice(typist: Typist) -> None:
    typist.take("Name")
    typist.rest("o")
    choice = typist.choice()
    assert choice is not None
    typist.kiosk.showroom.session.end()
    typist.visitor.wait(lambda: not QGuiApplication.inputMethod().isVisible())
    typist.visitor.wait(lambda: not choice.property("opened"))


def test_capitals_are_offered_while_shift_is_lit(typist: Typist) -> None:
    typist.take("Name")
    typist.rest("s")
    assert {"S", "Ș", "Ş", "Š", "ẞ"} <= typist.letters().keys()
    typist.choose("Ș")
    typist.visitor.type("t")
    assert typist.form.name == "Șt"
    typist.rest("s")
    assert "ß" in typist.letters()


@HOLDS
def test_a_space_does_not_repeat_and_backspace_does(typist: Typist) -> None:
    typist.take("Name")
    typist.visitor.type("a")
    typist.rest(typist.special("SpaceKey"), REPEATED)
    typist.visitor.type("b")
    assert typist.form.name.lower() == "a b"
    typist.visitor.press_at(backspace := typist.special("BackspaceKey"))
    typist.visitor.wait(lambda: typist.form.name == "")
    typist.visitor.release_at(backspace)


@HOLDS
def test_keys_that_do_something_do_it_once_however_long_they_are_held(typist: Typist) -> None:
    typist.take("Email")
    typist.rest(typist.special("SymbolModeKey"), REPEATED)
    typist.visitor.wait(lambda: typist.visitor.has_key("#"))
    typist.rest(typist.special("SymbolModeKey"))
    typist.visitor.wait(lambda: typist.visitor.has_key("q"))
    typist.rest(typist.special("ShiftKey"), REPEATED)
    typist.rest("a")
    typist.rest(".com")
    assert typist.form.email == "A.com"
    typist.rest(typist.special("EnterKey"), REPEATED)
    typist.visitor.wait(lambda: not typist.visitor.has_key("@"))
    typist.visitor.type("a")
    assert typist.form.name == "A"
    typist.rest(typist.special("HideKeyboardKey"))
    typist.visitor.wait(lambda: not QGuiApplication.inputMethod().isVisible())
    assert (typist.form.email, typist.form.name) == ("A.com", "A")


def test_a_german_visitor_finds_z_beside_t_and_types_it(
    run_kiosk: RunKiosk, visit: type[Visitor], contents: Contents
) -> None:
    kiosk = run_kiosk(contents.write(contents.signup(), language="de"))
    visitor = visit(kiosk.window)
    visitor.wake()
    kiosk.showroom.navigation.open("signup")
    visitor.wait(lambda: visitor.sees("Email"))
    visitor.take("Name")
    beside_t = visitor.key("t").mapRectToScene(visitor.key("t").boundingRect()).right() + 30
    visitor.tap_at(QPointF(beside_t, visitor.middle(visitor.key("t")).y()))
    visitor.type("y")
    form = kiosk.showroom.navigation.place
    assert isinstance(form, SignupViewModel)
    assert form.name == "Zy"
    QGuiApplication.inputMethod().hide()


@pytest.mark.parametrize("typist", SIZES, indirect=True, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_choice_is_on_the_screen_above_the_keys_and_large_enough(typist: Typist) -> None:
    window = typist.visitor.window
    screen = window.contentItem().boundingRect()
    least = TOUCH * min(window.width(), window.height())
    typist.take("Name")
    top = min(i.mapToScene(QPointF()).y() for i in typist.visitor.items() if _is_key(i))
    field = typist.visitor.find("EditableText", "Name").rect
    keys = list(BEHIND)
    if not IS_LONG:  # each on one of the two sizes
        keys = keys[window.width() > window.height() :: 2]
    for key in keys:
        typist.rest(key)
        letters = typist.letters()
        assert len(letters) > 1, key
        for button in letters.values():
            area = button.mapRectToScene(button.boundingRect())
            assert screen.contains(area)
            assert area.bottom() <= top
            assert min(area.width(), area.height()) >= least
            assert not area.intersects(field)
        typist.visitor.tap_at(typist.special("BackspaceKey"))


def _is_key(item: QQuickItem) -> bool:
    return item.property("keyType") is not None
