"""What one visitor typed is nowhere when the session is over: not in an object, not in a file."""

from __future__ import annotations

import gc
import random
import string
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QClipboard, QGuiApplication
from PySide6.QtTest import QTest

from kiosk.showroom.run import memory_cleaner
from kiosk.signups.crypto.keys import install_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from tests.conftest import meta_object_of

if TYPE_CHECKING:
    from tests.conftest import Visitor
    from tests.visit.conftest import RunKiosk, Running

CHECKOUT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


@pytest.fixture
def kiosk(run_kiosk: RunKiosk, tmp_path: Path, key: PrivateKey) -> Running:
    """A kiosk whose signups are sealed."""
    (tmp_path / "data").mkdir()
    install_key(tmp_path / "data", key.public_key, NOW)
    return run_kiosk(CHECKOUT / "content.yaml")


@pytest.fixture
def visitor(kiosk: Running, visit: type[Visitor]) -> Visitor:
    visitor = visit(kiosk.window)
    visitor.wake()
    return visitor


class Marker:
    """Letters that occur nowhere else; kept in pieces, so that the search does not find itself."""

    def __init__(self) -> None:
        self._letters = [random.choice(string.ascii_lowercase) for _ in range(14)]

    def __str__(self) -> str:
        return "".join(self._letters)

    def is_in(self, text: object) -> bool:
        if isinstance(text, str | bytes) and len(text) < len(self._letters):
            return False
        if isinstance(text, bytes):
            return any(str(self).encode(code) in text for code in ("utf-8", "utf-16-le"))
        return isinstance(text, str) and str(self) in text.lower()


def fill_in(kiosk: Running, visitor: Visitor, marker: Marker) -> None:
    """Type the marker into each field on the on-screen keyboard."""
    visitor.tap("PageTab", "Stay updated")
    visitor.take("Email")
    visitor.type(f"{marker}@example.com")
    for field in ("Name", "Postal code"):
        visitor.tap("EditableText", field)
        visitor.type(str(marker)[:9])
    form = kiosk.showroom.navigation.place
    assert marker.is_in(form.email)
    assert form.name
    assert form.postalCode


def holders(kiosk: Running, visitor: Visitor, marker: Marker) -> list[str]:
    """Whatever in this process still holds the marker."""
    return [
        *in_qt_objects(kiosk, visitor, marker),
        *in_python_objects(marker),
        *in_accessibility(visitor, marker),
        *in_clipboard(marker),
        *in_input_method(marker),
    ]


def in_qt_objects(kiosk: Running, visitor: Visitor, marker: Marker) -> Iterator[str]:
    """Each property of each object: windows, items, view models, the keyboard's."""
    roots: list[QObject] = [QGuiApplication.instance(), kiosk.window, kiosk.showroom, kiosk.kiosk]
    seen: set[int] = set()
    children = [child for root in roots for child in root.findChildren(QObject)]
    for owner in [*roots, *children, *visitor.everything()]:
        if id(owner) in seen:
            continue
        seen.add(id(owner))
        with meta_object_of(owner) as about:
            for index in range(about.propertyCount()):
                prop = about.property(index)
                if prop.typeName() in {"QString", "QVariant", "QStringList", "QUrl", "QVariantMap"}:
                    value = prop.read(owner)
                    if marker.is_in(str(value)):
                        yield f"{about.className()}.{prop.name()}"


def in_python_objects(marker: Marker) -> Iterator[str]:
    gc.unfreeze()
    for owner in gc.get_objects():
        for held in gc.get_referents(owner):
            if isinstance(held, str | bytes) and marker.is_in(held):
                yield f"{type(owner).__name__} holds {type(held).__name__}"


def in_accessibility(visitor: Visitor, marker: Marker) -> Iterator[str]:
    for control in visitor.tree():
        for kind in QAccessible.Text:
            if kind is not QAccessible.Text.UserText and marker.is_in(control.interface.text(kind)):
                yield f"{control} as {kind.name}"


def in_clipboard(marker: Marker) -> Iterator[str]:
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if marker.is_in(clipboard.text(mode)):
            yield f"clipboard {mode.name}"


def in_input_method(marker: Marker) -> Iterator[str]:
    method = QGuiApplication.inputMethod()
    for query in (
        Qt.InputMethodQuery.ImSurroundingText,
        Qt.InputMethodQuery.ImCurrentSelection,
        Qt.InputMethodQuery.ImTextBeforeCursor,
        Qt.InputMethodQuery.ImTextAfterCursor,
    ):
        if marker.is_in(str(method.queryFocusObject(query, None))):
            yield f"input method {query.name}"


def in_files(folder: Path, marker: Marker) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [str(file.relative_to(folder)) for file in files if marker.is_in(file.read_bytes())]


def send(kiosk: Running, visitor: Visitor) -> None:
    form = kiosk.showroom.navigation.place
    form.postalCode = "62701"
    form.consented = True
    visitor.put_away_keyboard()
    visitor.tap("Button", "Sign me up")
    visitor.wait(lambda: kiosk.showroom.navigation.place.state == "thanked")


def walk_away(kiosk: Running, visitor: Visitor) -> None:
    kiosk.pause()
    visitor.wait(lambda: visitor.sees("Still there?"))
    kiosk.tick(20)
    visitor.wait(lambda: visitor.sees("Touch to begin"))


def go_home(kiosk: Running, visitor: Visitor) -> None:
    visitor.put_away_keyboard()
    visitor.tap("PageTab", "Home")
    visitor.wait(lambda: kiosk.showroom.navigation.screen == "home")


def send_and_walk_away(kiosk: Running, visitor: Visitor) -> None:
    send(kiosk, visitor)
    walk_away(kiosk, visitor)


def send_and_wait(kiosk: Running, visitor: Visitor) -> None:
    send(kiosk, visitor)
    form = kiosk.showroom.navigation.place
    (thanks,) = (timer for timer in form.findChildren(QTimer) if timer.isActive())
    thanks.timeout.emit()
    visitor.wait(lambda: kiosk.showroom.navigation.screen == "home")


def read_the_privacy_page_and_walk_away(kiosk: Running, visitor: Visitor) -> None:
    kiosk.showroom.navigation.openDetail("privacy", 0)
    visitor.wait(lambda: kiosk.showroom.navigation.screen == "detail")
    walk_away(kiosk, visitor)


def copy_everything_and_walk_away(kiosk: Running, visitor: Visitor) -> None:
    """On a keyboard that somebody has plugged in."""
    visitor.tap("EditableText", "Email")
    for letter in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_Z):
        QTest.keyClick(kiosk.window, letter, Qt.KeyboardModifier.ControlModifier)
    walk_away(kiosk, visitor)


def fail_to_send_and_walk_away(kiosk: Running, visitor: Visitor) -> None:
    """The disk refuses; what was typed stays for another try, but not for another visitor."""
    file = kiosk.data / "signups.sqlite3"
    visitor.wait(file.exists)
    file.rename(kiosk.data / "away")
    file.mkdir()
    form = kiosk.showroom.navigation.place
    form.postalCode = "62701"
    form.consented = True
    form.submit()
    visitor.wait(lambda: form.trouble != "")
    walk_away(kiosk, visitor)


ENDINGS = [
    walk_away,
    go_home,
    send,  # the thank-you still stands; the fields are gone already
    send_and_walk_away,
    send_and_wait,
    read_the_privacy_page_and_walk_away,
    copy_everything_and_walk_away,
    fail_to_send_and_walk_away,
]


@pytest.mark.slow(reason="looks at every object of the process after each of eight visits")
def test_nothing_typed_outlives_the_session(
    kiosk: Running,
    visitor: Visitor,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    work_off: Callable[[], None],
) -> None:
    marker = Marker()
    fill_in(kiosk, visitor, marker)
    assert holders(kiosk, visitor, marker)  # the search finds what there is to find
    found = {}
    for end in ENDINGS:
        kiosk.showroom.session.end()
        visitor.wake()
        marker = Marker()
        fill_in(kiosk, visitor, marker)

        end(kiosk, visitor)

        visitor.wait(lambda: not QGuiApplication.inputMethod().isVisible())
        work_off()
        gc.collect()
        found[end.__name__] = [*holders(kiosk, visitor, marker), *in_files(tmp_path, marker)]
        assert not marker.is_in(caplog.text)
        assert not marker.is_in(kiosk.window.title())
    assert not any(found.values()), found

    visitor.wake()
    visitor.tap("PageTab", "Stay updated")
    visitor.wait(lambda: visitor.sees("Email"))
    form = kiosk.showroom.navigation.place
    assert (form.email, form.name, form.postalCode, form.consented) == ("", "", "", False)
    assert {field.property("text") for field in visitor.items_of("QQuickTextInput")} == {""}
    letter = str(marker)[0]
    visitor.take("Email")
    visitor.type(letter)
    assert form.email == letter  # and no word of the last visitor is offered


class Clipboard:
    """As X11 has it, where a selection is a copy as well."""

    def __init__(self, *, ours: bool) -> None:
        self._ours = ours
        self.cleared: list[QClipboard.Mode] = []

    def ownsClipboard(self) -> bool:
        return self._ours

    def ownsSelection(self) -> bool:
        return self._ours

    def clear(self, mode: QClipboard.Mode) -> None:
        self.cleared.append(mode)


def test_the_end_of_a_session_clears_our_copies_and_nobody_elses(
    kiosk: Running, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [QClipboard.Mode.Clipboard, QClipboard.Mode.Selection]
    for ours in (True, False):
        clipboard = Clipboard(ours=ours)
        monkeypatch.setattr(memory_cleaner.QGuiApplication, "clipboard", lambda c=clipboard: c)
        walk_away(kiosk, visitor)
        assert clipboard.cleared == (both if ours else [])
        visitor.wake()
