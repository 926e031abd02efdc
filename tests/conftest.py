"""For all tests: Hypothesis' profile; Qt off screen, small contents and a visitor who wants them.

Hypothesis gives no example a deadline, since a busy machine is no bug. Any warning of Qt or QML
fails the test it appears in (see qt_log_* in pyproject.toml); what appears while a fixture lets go
of its window fails the test as well. Qt is imported only where a test asks for it.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import settings
from nacl.pwhash import argon2id
from PIL import Image

from kiosk.operation import pin
from kiosk.signups.form import Consent, Person, Provenance, Signup, new_id
from kiosk.signups.store import database
from tests.long_runs import examples

if TYPE_CHECKING:
    from PySide6.QtCore import (
        QMessageLogContext,
        QMetaObject,
        QObject,
        QPoint,
        QPointF,
        QRect,
        QRectF,
        QtMsgType,
    )
    from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
    from PySide6.QtQuick import QQuickItem, QQuickWindow

    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk

    MakeKiosk = Callable[..., OffscreenKiosk]
    OpenKiosk = Callable[..., AbstractContextManager[OffscreenKiosk]]

settings.register_profile("kiosk", deadline=None, max_examples=examples(100))
settings.load_profile("kiosk")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QML_NO_TOUCH_COMPRESSION"] = "1"  # a moved finger is delivered now, not with a frame

CHECKOUT = Path(__file__).resolve().parent.parent
MOMENT = datetime.fromisoformat("2024-05-01T10:00:00+00:00")
"""Between the first and the second race of the default content."""
OWN_FOLDERS = ("XDG_DATA_HOME", "XDG_CACHE_HOME")
FULL_COST = [
    (owner, name, getattr(owner, name))
    for owner, *names in [
        (pin, "PASSES", "MEMORY_BYTES"),
        (argon2id, "OPSLIMIT_MODERATE", "MEMLIMIT_MODERATE"),
    ]
    for name in names
]
"""What Argon2id costs, of a PIN and of a passphrase."""
UMASK = os.umask(0o077)
os.umask(UMASK)
GARBAGE_DUE = 100_000
"""New objects."""
NO_FAULT_OF_OURS = ("pipewire-0.3", "overrides a member", "imports/QtQuick/VirtualKeyboard")
"""What Qt Multimedia and Qt Virtual Keyboard warn about, the keyboard also while it is let go."""

Block = dict[str, object]


# The application


def pytest_configure(config: pytest.Config) -> None:
    """Give Qt's messages a Python handler for good.

    pytest-qt takes its own away after each test. Where none is left, a message of the thread that
    loads QML may then be on its way to nowhere, and PySide ends the process.
    """
    from PySide6.QtCore import qInstallMessageHandler

    qInstallMessageHandler(_between_tests)
    # No power is cut in this process, so it need not wait for the disk; what tests start does.
    database.SYNCHRONOUS = "OFF"
    os.fsync = lambda handle: None
    # Nor does anybody guess what it locks.
    for owner, name, _ in FULL_COST:
        is_memory = name.startswith("MEM")
        setattr(owner, name, argon2id.MEMLIMIT_MIN if is_memory else argon2id.OPSLIMIT_MIN)
    # Garbage is collected between tests alone, see below.
    gc.disable()
    # What a kiosk of this machine's user has shown is not for tests to look at.
    for name in OWN_FOLDERS:
        os.environ[name] = tempfile.mkdtemp(prefix="kiosk-tests-")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Tests wait as well as compute: two processes more than there are cores for `-n auto`."""
    return (yield) + 2


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """The tests themselves are no garbage: no later collection goes through all of them again."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Between tests, put back what `kiosk run` sets for its process, and collect garbage on the GUI
    thread (see `kiosk.showroom.garbage`).
    """
    os.umask(UMASK)
    if gc.get_count()[0] >= GARBAGE_DUE:
        gc.collect()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Nothing is left behind."""
    for name in OWN_FOLDERS:
        shutil.rmtree(os.environ[name], ignore_errors=True)


def _between_tests(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    print(message, file=sys.stderr)


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """The application as `run` makes it; pytest-qt's own would have no keyboard and no typeface."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtGui import QAccessible, QGuiApplication

    from kiosk.showroom import scene

    scene.prepare_environment()
    handler = qInstallMessageHandler(_between_tests)
    application = scene.make_application()
    qInstallMessageHandler(handler)  # pytest-qt's, which make_application has put aside
    QGuiApplication.styleHints().setCursorFlashTime(0)
    QAccessible.setActive(True)
    return application


@pytest.fixture
def full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess at a PIN takes a third of a second again, one at a passphrase 0.6 s."""
    for constant in FULL_COST:
        monkeypatch.setattr(*constant)


@contextmanager
def meta_object_of(item: QObject) -> Iterator[QMetaObject]:
    """What Qt knows of its type, for this block alone.

    PySide keeps what it has wrapped by its address. A QML type goes with its engine, and whatever
    lies there next would be taken for it: another item, or nothing that can be read.
    """
    import shiboken6

    about = item.metaObject()
    try:
        yield about
    finally:
        shiboken6.invalidate(about)


def class_name(item: QObject) -> str:
    """The name of its type, C++'s or QML's."""
    with meta_object_of(item) as about:
        return str(about.className())


@contextmanager
def no_qt_warnings() -> Iterator[None]:
    """Fails on any warning: for what pytest-qt does not watch, the teardown of fixtures."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    warnings: list[str] = []

    def listen(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            warnings.append(message)

    before = qInstallMessageHandler(listen)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    assert not [line for line in warnings if not any(known in line for known in NO_FAULT_OF_OURS)]


@pytest.fixture
def work_off(qapp: QGuiApplication) -> Callable[[], None]:
    """Everything that is waiting to happen, deletions included."""
    from PySide6.QtCore import QCoreApplication, QEvent

    def run() -> None:
        for _ in range(4):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return run


# Contents

LONG_TITLE = "Extraordinarily comprehensive wintertraining day"
NOTICE = {"title": "Nothing here today", "line": "Come again soon."}
ESTIMATOR = {
    "title": "Estimate",
    "price": "30000",
    "price_least": "10000",
    "price_most": "60000",
    "months": "36",
    "months_choices": ["36"],
    "interest_rate": "4.9",
    "note": "An estimate.",
}


class _Plain(yaml.CSafeDumper):
    """Writes what is there twice twice, since a content file may not use YAML's aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class Contents:
    """Writes small content files; each place takes what a test wants to be different."""

    long_title = LONG_TITLE

    def __init__(self, folder: Path) -> None:
        assets = folder / "assets"
        assets.mkdir(parents=True)
        Image.new("RGB", (160, 90), (90, 30, 30)).save(assets / "car.png")
        self.file = folder / "content.yaml"

    def write(self, *places: Block, **top: object) -> Path:
        data: Block = {
            "brand": {"name": "MINI", "line": "Motorsports"},
            "attract": {"posters": [{"headline": "Number 37", "line": "The car that won."}]},
            "home": {"headline": "Small car", "lead": "A car for everyone."},
            "places": list(places),
        }
        self.file.write_text(yaml.dump({**data, **top}, Dumper=_Plain, allow_unicode=True), "utf-8")
        return self.file

    def load(self, *places: Block, **top: object) -> Loaded:
        from kiosk.content.check.loading import load

        loaded = load(self.write(*places, **top))
        assert not loaded.problems
        return loaded

    @staticmethod
    def timeline(**other: object) -> Block:
        return _place("timeline", other, chapters=[_article("A win", figure="1964")])

    @staticmethod
    def team(drivers: int = 3, **other: object) -> Block:
        names = [{"name": f"Driver {n + 1}", "number": str(n + 1)} for n in range(drivers)]
        return _place("team", other, season="2023 season", drivers=names)

    @staticmethod
    def schedule(*weekends: tuple[date, date], **other: object) -> Block:
        races = [
            {"starts": starts, "ends": ends, "venue": f"Track {n}", "city": "Alton", "region": "VA"}
            for n, (starts, ends) in enumerate(weekends, 1)
        ]
        return _place("schedule", other, season="2024", races=races, season_over=NOTICE)

    @staticmethod
    def offers(*offers: Block, **other: object) -> Block:
        words = {"nothing_now": NOTICE, "programmes_title": "Programs"}
        return _place("offers", other, offers=list(offers), **words)

    @staticmethod
    def offer(until: date, **other: object) -> Block:
        terms = {"figure": "$349", "unit": "a month", "terms": "An example.", "example": True}
        return {"title": "Lease a Cooper", "valid_until": until, **terms, **other}

    @staticmethod
    def features(**other: object) -> Block:
        return _place("features", other, features=[_article("A school")])

    @staticmethod
    def models(line_ups: int = 2, **other: object) -> Block:
        groups = [
            {"name": str(2025 - n), "models": [{"name": f"Car {n}-{k}"} for k in range(3)]}
            for n in range(line_ups)
        ]
        return _place("models", other, line_ups=groups)

    @staticmethod
    def dealers(others: int = 2, **other: object) -> Block:
        dealers = [_dealer(f"Dealer {n + 1}", 40 + n) for n in range(others)]
        return _place("dealers", other, here=_dealer("Our place", 39), others=dealers)

    @staticmethod
    def links(groups: int = 2, **other: object) -> Block:
        link = {"name": "Site", "address": "https://www.example.com"}
        return _place(
            "links", other, groups=[{"name": f"Group {n}", "links": [link]} for n in range(groups)]
        )

    @staticmethod
    def signup(**other: object) -> Block:
        words = {
            "promise": "We share nothing.",
            "controller": {"name": "Our place", "street": "1 Main Street", "city": "Springfield"},
            "purpose": "News by email.",
            "withdraw": "Tell us.",
            "consent": {"version": "2024-1", "wording": "Yes, send me news."},
            "privacy": {"title": "Your details", "body": ["They stay here.", "Ask for them."]},
            "thanks_title": "Thank you",
            "thanks": "Bye.",
        }
        return _place("signup", other, **words)

    @staticmethod
    def article(title: str, **other: object) -> Block:
        return _article(title, **other)


def _place(kind: str, other: Block, **own: object) -> Block:
    head = {"id": kind, "kind": kind, "name": kind.capitalize(), "title": f"The {kind}"}
    return {**head, "icon": "ph.car-bold", **own, **other}


def _article(title: str, **other: object) -> Block:
    return {"title": title, "summary": "In a sentence.", "body": ["In full."], **other}


def _dealer(name: str, latitude: int) -> Block:
    position = {"latitude": latitude, "longitude": -89}
    return {"name": name, "street": "1 Main Street", "city": "Springfield", "position": position}


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    return Contents(tmp_path / "content")


@pytest.fixture(scope="session")
def default_loaded() -> Loaded:
    """The content that comes with the kiosk."""
    from kiosk.content.check.loading import load

    loaded = load(CHECKOUT / "content.yaml")
    assert not loaded.problems
    return loaded


@pytest.fixture(scope="session")
def moment() -> datetime:
    return MOMENT


# Signups

USUAL = Signup(
    "",
    Person("vera@example.com", "Vera Visitor", "62701"),
    Consent("2024-1", "en", "Yes, please.", "Example Motors, 1 Example Street, Springfield 62701"),
    Provenance(datetime(2024, 5, 1, 9, 30, tzinfo=UTC), True, "front window", "0" * 64),
)
PARTS = ("person", "consent", "provenance")


def make_signup(**fields: object) -> Signup:
    """A signup with an id of its own; a field of any part of it as asked for."""
    signup = replace(USUAL, id=new_id())
    for name, value in fields.items():
        part = next((p for p in PARTS if name in getattr(USUAL, p).__slots__), None)
        if part:
            signup = replace(signup, **{part: replace(getattr(signup, part), **{name: value})})
        else:
            signup = replace(signup, **{name: value})
    return signup


# Processes

Python = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def python() -> Iterator[Python]:
    """Start Python processes that run some code; none of them outlives the test."""
    with ExitStack() as started:

        def start(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *map(str, arguments)],
                cwd=CHECKOUT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            started.callback(process.communicate)
            started.callback(process.kill)
            return process

        yield start


# The background


class HandDrained:
    """An executor whose jobs wait until the test lets them run."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def submit(self, fn: Callable[[], None], /) -> None:
        self._waiting.append(fn)

    def drain(self) -> int:
        """Run what waits; returns how many jobs that were."""
        jobs, self._waiting = self._waiting, []
        for job in jobs:
            job()
        return len(jobs)


@pytest.fixture
def executor() -> HandDrained:
    return HandDrained()


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    """A background as `run` has it."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


@pytest.fixture
def closed_desks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Desks let go of their files with the test; for `run`, the end of the process does that."""
    from kiosk.signups.store.local_store import LocalSignupStore

    stores: list[LocalSignupStore] = []

    class ClosedAfterwards(LocalSignupStore):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            stores.append(self)

    monkeypatch.setattr("kiosk.signups.store.local_store.LocalSignupStore", ClosedAfterwards)
    yield
    for store in stores:
        store.close()


# A visitor in front of a window


@dataclass(frozen=True)
class Control:
    """What a screen reader is told, and where it is on the window."""

    role: QAccessible.Role
    name: str
    rect: QRect
    interface: QAccessibleInterface

    def __repr__(self) -> str:
        return f"{self.role.name} '{self.name}'"


class Visitor:
    """Finds controls by role and name, as a screen reader does, and touches them.

    Each touch comes when the screen before it was seen; a hasty visitor does not look.
    """

    def __init__(self, window: QQuickWindow, *, is_hasty: bool = False) -> None:
        from PySide6.QtTest import QTest

        self.window = window
        self._is_hasty = is_hasty
        self._key_places: list[QRectF] = []
        self._device = QTest.createTouchDevice()

    def tree(self) -> Iterator[Control]:
        """Every accessible thing that is visible, in reading order."""
        from PySide6.QtGui import QAccessible

        root = QAccessible.queryAccessibleInterface(self.window)
        assert root is not None
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node is not root:
                rect = node.rect()
                rect.moveTopLeft(self.window.mapFromGlobal(rect.topLeft()))
                yield Control(node.role(), node.text(QAccessible.Text.Name), rect, node)
            below = [node.child(index) for index in range(node.childCount())]
            waiting += [child for child in below[::-1] if child and not child.state().invisible]

    def controls(self, *roles: str) -> list[Control]:
        """The visible controls of some roles (`Button`, `PageTab`); all where none is named."""
        return [c for c in self.tree() if not roles or c.role.name in roles]

    def sees(self, text: str) -> bool:
        """Whether some visible name holds this text."""
        return any(text in control.name for control in self.tree())

    def find(self, role: str, name: str) -> Control:
        """The control of a role whose name is, or else begins with, `name`."""
        near = [c for c in self.controls(role) if c.name.startswith(name)]
        exact = [c for c in near if c.name == name] or near
        assert exact, f"no {role} '{name}' among {self.controls(role)}"
        return exact[0]

    def tap(self, role: str, name: str) -> None:
        """Touch the middle of a control, where the newest frame has it."""
        self.window.grabWindow()
        control = self.find(role, name)
        assert self.window.contentItem().boundingRect().contains(control.rect.center()), control
        self.tap_at(control.rect.center())

    def tap_at(self, point: QPoint | QPointF) -> None:
        """Touch a spot of the window and let go."""
        self.press_at(point)
        self.release_at(point)

    def look(self) -> None:
        """Take the time to see what is on the screen."""
        from tests.touch_guards import lift_guards

        lift_guards(self.window)

    def press_at(self, point: QPoint | QPointF) -> None:
        if not self._is_hasty:
            self.look()
        self.touch().press(0, _spot(point), self.window).commit()

    def move_to(self, point: QPoint | QPointF) -> None:
        self.touch().move(0, _spot(point), self.window).commit()

    def release_at(self, point: QPoint | QPointF) -> None:
        self.touch().release(0, _spot(point), self.window).commit()

    def drag(self, start: QPoint, by: QPoint, steps: int = 8) -> None:
        """Move a finger over the window."""
        from PySide6.QtCore import QCoreApplication

        self.press_at(start)
        for step in range(1, steps + 1):
            self.move_to(start + by * (step / steps))
            QCoreApplication.processEvents()
        self.release_at(start + by)

    def wait(self, condition: Callable[[], object]) -> None:
        """Until something holds; fails after a minute, since a busy machine is no bug."""
        from PySide6.QtCore import QDeadlineTimer
        from PySide6.QtTest import QTest

        deadline = QDeadlineTimer(60_000)
        pauses = chain([5] * 10, repeat(20))  # looking again and again takes time from others
        while not condition():
            assert not deadline.hasExpired(), f"still seen: {self.controls()}"
            QTest.qWait(next(pauses))

    def items(self) -> list[QQuickItem]:
        """Every visible item, those that are drawn first before those drawn over them."""
        found: list[QQuickItem] = []

        def look(item: QQuickItem) -> None:
            if item.isVisible():
                found.append(item)
                for child in item.childItems():
                    look(child)

        look(self.window.contentItem())
        return found

    def everything(self) -> Iterator[QQuickItem]:
        """Every item of the window, visible or not."""
        return descendants(self.window.contentItem())

    def wait_for_all_parts(self) -> None:
        """Until the bar and the keyboard are made behind the attract loop."""
        for own in ("homeGlyphFont", "externalLanguageSwitchEnabled"):
            self.wait(
                lambda own=own: any(item.property(own) is not None for item in self.everything())
            )

    def items_of(self, kind: str) -> list[QQuickItem]:
        """The visible items of a QML type or of one derived from it, by its C++ name."""
        return [item for item in self.items() if item.inherits(kind)]

    def buttons(self) -> list[QQuickItem]:
        """Whatever derives from AbstractButton and can be seen now."""
        return self.items_of("QQuickAbstractButton")

    def key(self, text: str) -> QQuickItem:
        """The key of the on-screen keyboard that writes `text`, once the keyboard is up."""
        self.wait(lambda: self.has_key(text))
        return next(self._keys(text))

    def has_key(self, text: str) -> bool:
        """Whether the on-screen keyboard is up and writes `text`."""
        return any(self._keys(text))

    def _keys(self, text: str) -> Iterator[QQuickItem]:
        for item in self.items():
            if item.property("keyType") is not None and item.property("text") == text:
                yield item

    def wake(self) -> None:
        """Touch the attract loop once all is ready behind it, and see home."""
        self.wait_for_all_parts()
        self.tap("Button", "Touch to begin")
        self.wait(lambda: not self.sees("Touch to begin"))

    def take(self, field: str) -> None:
        """Touch a field of the form, and see the keys that write into it."""
        self.wait(lambda: self.sees(field))
        self.tap("EditableText", field)
        self.wait(lambda: self.has_key("q") and self.has_key("@") == (field == "Email"))
        self.wait(self._keys_stand)

    def _keys_stand(self) -> bool:
        """Whether the keys are where the last look has seen them."""
        self.window.grabWindow()  # a frame lays them out
        keys = [item for item in self.items() if item.property("keyType") is not None]
        places = [key.mapRectToScene(key.boundingRect()) for key in keys]
        before, self._key_places = self._key_places, places
        return places == before and not any(place.isEmpty() for place in places)

    def put_away_keyboard(self) -> None:
        from PySide6.QtGui import QGuiApplication

        method = QGuiApplication.inputMethod()
        method.hide()
        self.wait(lambda: not method.isVisible())

    def type(self, text: str) -> None:
        """Write on the on-screen keyboard, key by key."""
        for sign in re.findall(r"\.com|.", text):
            self.tap_at(self.middle(self.key(sign)))

    @staticmethod
    def middle(item: QQuickItem) -> QPointF:
        """The middle of an item on its window."""
        return middle(item)

    def touch(self):
        from PySide6.QtTest import QTest

        return QTest.touchEvent(self.window, self._device)


def descendants(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and all below it, visible or not."""
    waiting = [item]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += item.childItems()


def _spot(point: QPoint | QPointF) -> QPoint:
    from PySide6.QtCore import QPoint

    return QPoint(round(point.x()), round(point.y()))


def middle(item: QQuickItem) -> QPointF:
    """The middle of an item on its window."""
    return item.mapRectToScene(item.boundingRect()).center()


@pytest.fixture(scope="session")
def visit(qapp: QGuiApplication) -> type[Visitor]:
    """Sends a visitor in front of a window."""
    return Visitor


@pytest.fixture(scope="session")
def open_kiosk(qapp: QGuiApplication) -> OpenKiosk:
    """The whole kiosk off screen with a stopped clock, as `snapshot` builds it."""
    from PySide6.QtGui import QGuiApplication

    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk

    @contextmanager
    def open_(
        loaded: Loaded, size: tuple[int, int] = (1920, 1080), at: datetime = MOMENT
    ) -> Iterator[OffscreenKiosk]:
        kiosk = OffscreenKiosk(loaded, at)
        kiosk.window.setGeometry(0, 0, *size)
        kiosk.window.show()
        yield kiosk
        QGuiApplication.inputMethod().hide()  # the keyboard is one for all of them
        with no_qt_warnings():
            kiosk.close()

    return open_


@pytest.fixture(scope="module")
def default_kiosk(open_kiosk: OpenKiosk, default_loaded: Loaded) -> Iterator[OffscreenKiosk]:
    """The content that comes with the kiosk, for all tests of a file; each begins at a screen."""
    with open_kiosk(default_loaded) as kiosk:
        yield kiosk


@pytest.fixture
def make_kiosk(open_kiosk: OpenKiosk) -> Iterator[MakeKiosk]:
    """Kiosks off screen that close with the test."""
    with ExitStack() as stack:
        yield lambda *given, **named: stack.enter_context(open_kiosk(*given, **named))
