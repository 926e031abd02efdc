"""The form and its privacy page under a finger: what is told is stored, what is typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QGuiApplication

from kiosk.places.presenting import Context
from kiosk.places.signup.model import SignupForm
from kiosk.places.signup.presentation import notice
from kiosk.places.signup.viewmodel import SignupViewModel
from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
from tests.conftest import CHECKOUT, MOMENT, descendants
from tests.long_runs import IS_LONG
from tests.offscreen import LANDSCAPE, PORTRAIT, TOUCH, show_screen

if TYPE_CHECKING:
    from kiosk.blocks.screen_sizes import Size
    from kiosk.content.check.loading import Loaded
    from tests.conftest import MakeKiosk, Visitor

FORM, PAGE = "stay-updated", "stay-updated-privacy"
STATES = [FORM, f"{FORM}-errors", f"{FORM}-keyboard", f"{FORM}-suggestion", f"{FORM}-question"]
OWN_WORDS = {"email", "name", "postal_code", "optional", "subscribe", "privacy", "home"}
"""The kiosk's own words that label a field or a button of the form."""


def signup(kiosk: OffscreenKiosk) -> SignupForm:
    return next(place for place in kiosk.content.places if isinstance(place, SignupForm))


def form_of(kiosk: OffscreenKiosk) -> SignupViewModel:
    form = kiosk.showroom.navigation.place
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


def fields(kiosk: OffscreenKiosk) -> list[QObject]:
    """Whatever takes letters, visible or not."""
    items = descendants(kiosk.window.contentItem())
    return [item for item in items if item.inherits("QQuickTextField")]


def open_keyboard(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    show_screen(kiosk, FORM)
    visitor.tap("EditableText", "Email")
    visitor.wait(keyboard_is_up)


def every_sentence_is_in_the_proof(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    content, place = kiosk.content, signup(kiosk)
    shown = Context(content.words, MOMENT, CHECKOUT / "assets")
    reported = f"{place.consent.wording}\n{notice(place, shown)}".casefold()
    for screen in (FORM, PAGE):
        show_screen(kiosk, screen)
        read = texts(visitor)
        assert len(read) > 10
        labels = {getattr(content.words, word) for word in OWN_WORDS} | {place.name}
        labels |= {f"{content.words.name} (optional)", f"{content.words.postal_code} (optional)"}
        missing = {
            text for text in read if text.casefold() not in reported and not signs(text)
        } - labels
        assert missing == set()


def the_privacy_page_is_one_touch_away(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    for state in STATES:
        show_screen(kiosk, state)
        button = visitor.find("Button", "Privacy").rect
        keys = [item for item in visitor.items() if item.property("keyType") is not None]
        top = min((key.mapToScene(key.boundingRect().topLeft()).y() for key in keys), default=None)
        bottom = visitor.find("PageTab", "Home").rect.top() if top is None else top
        assert 0 < button.top() < button.bottom() < bottom
        assert button.height() >= TOUCH * min(kiosk.window.width(), kiosk.window.height()) / 1080
        typed = form_of(kiosk).email
        visitor.tap("Button", "Privacy")
        assert kiosk.showroom.navigation.screen == "detail"
        visitor.wait(lambda: visitor.sees("You decide"))
        visitor.wait(lambda: not keyboard_is_up())
        assert form_of(kiosk).email == typed
        show_screen(kiosk, "home")


def what_is_typed_is_there_on_coming_back(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    open_keyboard(kiosk, visitor)
    visitor.wait(lambda: visitor.has_key("@"))
    visitor.type("moss")
    form = form_of(kiosk)
    form.name, form.consented = "Pat", True
    visitor.tap("Button", "Privacy")
    visitor.wait(lambda: not keyboard_is_up())
    visitor.tap("Button", "Back, Stay updated")
    visitor.wait(lambda: visitor.sees("Sign me up"))
    assert form_of(kiosk) is form
    assert (form.email, form.name, form.postalCode, form.consented) == ("moss", "Pat", "", True)
    assert {str(field.property("text")) for field in fields(kiosk)} == {"moss", "Pat", ""}
    assert not keyboard_is_up()
    assert visitor.find("CheckBox", "Yes, please").interface.state().checked


def no_field_outlives_the_thank_you(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    open_keyboard(kiosk, visitor)
    visitor.wait(lambda: visitor.has_key("@"))
    visitor.type("moss@example.com")
    form_of(kiosk).consented = True
    assert len(fields(kiosk)) >= 3
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: visitor.sees("Watch your inbox"))
    visitor.wait(lambda: not fields(kiosk))
    visitor.wait(lambda: not keyboard_is_up())


def a_fault_below_the_edge_comes_into_view(kiosk: OffscreenKiosk, visitor: Visitor) -> None:
    open_keyboard(kiosk, visitor)
    form = form_of(kiosk)
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


@pytest.mark.parametrize(
    "size",
    [
        LANDSCAPE,
        PORTRAIT,
        pytest.param((1280, 720), marks=pytest.mark.slow(reason="the whole form once more")),
        *[(3840, 2160)] * IS_LONG,
    ],
    ids=str,
)
def test_the_form_and_its_page(
    make_kiosk: MakeKiosk,
    default_loaded: Loaded,
    visit: type[Visitor],
    subtests: pytest.Subtests,
    size: Size,
) -> None:
    kiosk = make_kiosk(default_loaded, size)
    visitor = visit(kiosk.window)
    for check in (
        every_sentence_is_in_the_proof,
        the_privacy_page_is_one_touch_away,
        what_is_typed_is_there_on_coming_back,
        no_field_outlives_the_thank_you,
        a_fault_below_the_edge_comes_into_view,
    ):
        show_screen(kiosk, "home")  # where the keyboard is put away
        with subtests.test(check.__name__):
            check(kiosk, visitor)
