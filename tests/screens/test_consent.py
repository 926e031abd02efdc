"""The form and its privacy page under a finger: what is told is stored, what is typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk.places.presenting import Context
from kiosk.places.signup.model import SignupForm
from kiosk.places.signup.presentation import notice
from kiosk.places.signup.viewmodel import SignupViewModel
from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import MakeStage, Visitor

SIZES = [(1920, 1080), (1080, 1920), (3840, 2160), (1280, 720)]
FORM, PAGE = "stay-updated", "stay-updated-privacy"
TOUCH = 72
"""Pixels that are 20 mm on a 24-inch 1080p screen."""
STATES = [FORM, f"{FORM}-errors", f"{FORM}-keyboard", f"{FORM}-suggestion", f"{FORM}-question"]
OWN_WORDS = {"email", "name", "postal_code", "optional", "subscribe", "privacy", "home"}
"""The kiosk's own words that label a field or a button of the form."""


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def stage(
    request: pytest.FixtureRequest, make_stage: MakeStage, default_loaded: Loaded
) -> Iterator[OffscreenKiosk]:
    stage = make_stage(default_loaded, request.param)
    settle(stage, "home")
    yield stage
    settle(stage, "home")  # the keyboard is one for all stages


def settle(stage: OffscreenKiosk, name: str) -> None:
    stage.picture(next(screen for screen in stage.screens() if screen.name == name))


def signup(loaded: Loaded) -> SignupForm:
    assert loaded.content is not None
    return next(place for place in loaded.content.places if isinstance(place, SignupForm))


def form_of(stage: OffscreenKiosk) -> SignupViewModel:
    form = stage.showroom.navigation.place
    assert isinstance(form, SignupViewModel)
    return form


def keyboard_is_up() -> bool:
    return QGuiApplication.inputMethod().isVisible()


def texts(visitor: Visitor) -> set[str]:
    """What can be read above the bar."""
    bar = visitor.find("PageTab", "Home").rect.top()
    return {
        str(item.property("text")).replace("\u00a0", " ")
        for item in visitor.items_of("QQuickText")
        if item.property("text") and item.mapToScene(item.boundingRect().topLeft()).y() < bar
    }


def signs(text: str) -> bool:
    """Whether it is a sign of the icon font."""
    return len(text) == 1 and not text.isalnum()


def fields(stage: OffscreenKiosk) -> list[QObject]:
    """Whatever takes letters, visible or not."""
    found: list[QObject] = []
    waiting: list[QQuickItem] = [stage.window.contentItem()]
    while waiting:
        item = waiting.pop()
        waiting += item.childItems()
        if item.inherits("QQuickTextField"):
            found.append(item)
    return found


def open_keyboard(stage: OffscreenKiosk, visitor: Visitor) -> None:
    settle(stage, FORM)
    visitor.tap("EditableText", "Email")
    visitor.wait(keyboard_is_up)


def test_every_sentence_of_the_form_and_of_its_page_is_in_the_proof(
    stage: OffscreenKiosk, visit: type[Visitor], default_loaded: Loaded, moment: datetime
) -> None:
    content = default_loaded.content
    shown = Context(content.words, moment, default_loaded.assets)
    place = signup(default_loaded)
    told = f"{place.consent.wording}\n{notice(place, shown)}".casefold()
    visitor = visit(stage.window)
    for screen in (FORM, PAGE):
        settle(stage, screen)
        read = texts(visitor)
        assert len(read) > 10
        labels = {getattr(content.words, word) for word in OWN_WORDS} | {place.name}
        labels |= {f"{content.words.name} (optional)", f"{content.words.postal_code} (optional)"}
        missing = {
            text for text in read if text.casefold() not in told and not signs(text)
        } - labels
        assert missing == set()


@pytest.mark.parametrize("state", STATES)
def test_the_privacy_page_is_one_touch_away(
    stage: OffscreenKiosk, visit: type[Visitor], state: str
) -> None:
    settle(stage, state)
    visitor = visit(stage.window)
    button = visitor.find("Button", "Privacy").rect
    keys = [item for item in visitor.items() if item.property("keyType") is not None]
    top = min((key.mapToScene(key.boundingRect().topLeft()).y() for key in keys), default=None)
    bottom = visitor.find("PageTab", "Home").rect.top() if top is None else top
    assert 0 < button.top() < button.bottom() < bottom
    assert button.height() >= TOUCH * min(stage.window.width(), stage.window.height()) / 1080
    typed = form_of(stage).email
    visitor.tap("Button", "Privacy")
    assert stage.showroom.navigation.screen == "detail"
    visitor.wait(lambda: visitor.sees("You decide"))
    visitor.wait(lambda: not keyboard_is_up())
    assert form_of(stage).email == typed


def test_what_is_typed_and_ticked_is_there_on_coming_back(
    stage: OffscreenKiosk, visit: type[Visitor]
) -> None:
    visitor = visit(stage.window)
    open_keyboard(stage, visitor)
    visitor.wait(lambda: visitor.key("@").isVisible())
    visitor.type("moss")
    form = form_of(stage)
    form.name, form.consented = "Pat", True
    visitor.tap("Button", "Privacy")
    visitor.wait(lambda: not keyboard_is_up())
    visitor.tap("Button", "Back, Stay updated")
    visitor.wait(lambda: visitor.sees("Sign me up"))
    assert form_of(stage) is form
    assert (form.email, form.name, form.postalCode, form.consented) == ("moss", "Pat", "", True)
    assert {str(field.property("text")) for field in fields(stage)} == {"moss", "Pat", ""}
    assert not keyboard_is_up()
    assert visitor.find("CheckBox", "Yes, please").interface.state().checked


def test_no_field_outlives_the_thank_you(stage: OffscreenKiosk, visit: type[Visitor]) -> None:
    visitor = visit(stage.window)
    open_keyboard(stage, visitor)
    visitor.wait(lambda: visitor.key("@").isVisible())
    visitor.type("moss@example.com")
    form_of(stage).consented = True
    assert len(fields(stage)) >= 3
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: visitor.sees("Watch your inbox"))
    visitor.wait(lambda: not fields(stage))
    visitor.wait(lambda: not keyboard_is_up())


def test_a_fault_below_the_edge_comes_into_view(
    stage: OffscreenKiosk, visit: type[Visitor]
) -> None:
    visitor = visit(stage.window)
    open_keyboard(stage, visitor)
    form = form_of(stage)
    form.email, form.postalCode = "moss@example.com", "?"
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: visitor.sees("Please use letters and digits only"))
    form.postalCode = ""
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: visitor.sees("Please tick the box"))
    visitor.wait(lambda: _seen(visitor, "CheckBox", "Yes, please").bottom() < _button_top(visitor))


def _seen(visitor: Visitor, role: str, name: str) -> QRect:
    visitor.window.grabWindow()
    return visitor.find(role, name).rect


def _button_top(visitor: Visitor) -> int:
    return visitor.find("Button", "Sign me up").rect.top()
