"""A kiosk off screen that can be brought to any screen, and shows the same pixels on every run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic, sleep

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMetaObject, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem

from kiosk.blocks.block import Place
from kiosk.blocks.screen_sizes import Size
from kiosk.content import dates
from kiosk.content.check.loading import Loaded
from kiosk.content.problems import Problem, Spot
from kiosk.operation.clock import StoppedClock
from kiosk.places.kind import Section
from kiosk.places.kinds import kind_of
from kiosk.places.viewmodel import Sample, view_model_of
from kiosk.showroom import scene
from kiosk.showroom.garbage import GarbageCollector
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.errors import CannotShow
from kiosk.toolkit.runner import AtOnce, Runner

MOST_PICTURED = 8
ADVANCE, LEAST_STEP = 0.85, 16
"""How far to scroll for the next picture, as a share of what is seen, and the fewest
pixels that are worth another picture.
"""
MOST_ROUNDS = 400
"""Rounds of events to wait for a screen to settle; each draws one frame."""
MOST_WAITED = 30.0
"""Seconds to wait for a screen's pictures, which a busy machine reads late."""


class NeverSettled(CannotShow):
    """A screen went on changing; a fault of ours."""


@dataclass(frozen=True, slots=True)
class ScrollAxis:
    """A way in which something scrolls, by the names of the properties that tell."""

    position: str
    content: str
    room: str
    margins: tuple[str, str]

    def stops(self, view: QQuickItem) -> Iterator[float]:
        """Where to look, after what is seen at first, until all of it was seen."""
        room = view.property(self.room)
        before, behind = (view.property(margin) for margin in self.margins)
        position = view.property(self.position)
        end = view.property(self.content) + behind - room
        if position > LEAST_STEP - before:  # it does not begin at its beginning
            yield -before
        while position < end - LEAST_STEP:
            position = min(end, position + ADVANCE * room)
            yield position


VERTICAL = ScrollAxis("contentY", "contentHeight", "height", ("topMargin", "bottomMargin"))
HORIZONTAL = ScrollAxis("contentX", "contentWidth", "width", ("leftMargin", "rightMargin"))


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture to take: its file name and what brings the kiosk there."""

    name: str
    reach: Callable[[], None]
    is_for_visitors: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """How large the screen and its words are, and whether they are read from right to left."""

    size: Size
    text_scale: float = 1.0
    mirrored: bool = False


class OffscreenKiosk:
    """A kiosk off screen that can be brought to any screen."""

    def __init__(self, loaded: Loaded, moment: datetime) -> None:
        assert loaded.content is not None
        self.content = dates.visible_at(loaded.content, moment)
        self.showroom = ShowroomViewModel(reduced_motion=True, at_leisure=False)
        runner = Runner(AtOnce(), self.showroom)
        present_read_only(self.showroom, StoppedClock(moment=moment), runner).present(loaded)
        built = scene.build_scene(self.showroom)
        self._engine, self.window = built.engine, built.window
        GarbageCollector(self.showroom, self.window)

    def screens(self, most: int | None = None) -> Iterator[Screen]:
        """Every screen, in the order a visitor would meet them, and then what staff may see.

        Of the entries that a place opens, `most` of each kind; a sample where it is not given.
        """
        yield from self._attract()
        yield Screen("home", self.home)
        for place in self.content.places:
            yield from self._place(place, most)
        yield Screen("idle-warning", self._warn)
        yield Screen("staff-notice", self._close, is_for_visitors=False)

    def picture(self, screen: Screen) -> QImage:
        """The screen once nothing on it changes any more."""
        screen.reach()
        return self._settled(screen)

    def pictures(self, screen: Screen) -> Iterator[QImage]:
        """The screen, and then what a visitor sees on it by scrolling."""
        yield self.picture(screen)
        for view in list(_scrolled(self.window.contentItem())):
            for axis in (VERTICAL, HORIZONTAL):
                for position in axis.stops(view):
                    view.setProperty(axis.position, position)
                    yield self._settled(screen)

    def lay_out(self, layout: Layout) -> None:
        self.window.resize(*layout.size)
        scene_item = self.item("scene")
        scene_item.setProperty("textScale", layout.text_scale)
        scene_item.setProperty("mirrored", layout.mirrored)

    def _settled(self, screen: Screen) -> QImage:
        before: QImage | None = None
        unchanged = 0
        for _ in range(MOST_ROUNDS):
            now = self.draw()
            is_settled = now == before and not self._await_pictures()
            unchanged = unchanged + 1 if is_settled else 0
            before = now
            if unchanged == 3:
                return now
        raise NeverSettled(f"the screen '{screen.name}' goes on changing")

    def _await_pictures(self) -> bool:
        """Whether any were still to be read."""
        end = monotonic() + MOST_WAITED
        has_waited = False
        while _loading(self.window.contentItem()) and monotonic() < end:
            has_waited = True
            self._work_off()
            sleep(0.001)
        return has_waited

    def draw(self) -> QImage:
        """One frame, as far as it has come."""
        self._work_off()
        return self.window.grabWindow()

    @property
    def label_size(self) -> float:
        """The smallest letters that the screens use, in pixels."""
        theme = self._engine.singletonInstance("Showroom", "Theme")
        assert isinstance(theme, QObject)
        return float(theme.property("label"))

    @property
    def tab_name(self) -> str:
        """The tab that is open; empty where there is none."""
        tab = getattr(self.showroom.navigation.place, "tab", 0)
        for place in self.content.places:
            if place.id == self.showroom.navigation.placeId:
                names = [name for section in sections(place) for name in section.tab_names]
                return names[tab] if names else ""
        return ""

    def close(self) -> None:
        """Let go of the window."""
        self.window.close()
        del self._engine
        self._work_off()

    def home(self) -> None:
        """Awake, at home, with a session that began just now."""
        self.showroom.session.end()
        self.showroom.session.wake()
        if self.showroom.navigation.place is not None:
            self.showroom.navigation.goHome()

    def _stop_time(self) -> None:
        """However long a picture takes, no warning counts on and no thank-you clears itself."""
        for timer in self.showroom.findChildren(QTimer):
            timer.stop()

    def _work_off(self) -> None:
        self._stop_time()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _attract(self) -> Iterator[Screen]:
        for number in range(len(self.showroom.row.posters)):
            yield Screen(f"attract-{number + 1}", partial(self._poster, number))

    def _poster(self, number: int) -> None:
        self.showroom.session.end()
        self.item("attract").setProperty("wanted", number)

    def _place(self, place: Place, most: int | None) -> Iterator[Screen]:
        yield Screen(place.id, partial(self.open, place))
        for section in sections(place):
            entries = _sample(section) if most is None else _first(section, most)
            for suffix, tab, index in entries:
                reach = partial(self._detail, place, section.name, tab, index)
                yield Screen(f"{place.id}-{suffix}", reach)
        for section in sections(place):
            for tab in range(1, len(section.tabs)):
                yield Screen(f"{place.id}-tab-{tab + 1}", partial(self._tab, place, tab))
        for sample in view_model_of(place).samples(place):
            yield Screen(f"{place.id}-{sample.name}", partial(self._act, place, sample))

    def _act(self, place: Place, sample: Sample) -> None:
        self.open(place)
        if sample.opens:
            self.showroom.navigation.openWithin(sample.opens)
        if sample.focus:
            self._work_off()
            QMetaObject.invokeMethod(self.item(sample.focus), "take")
        sample.act(self.showroom.navigation.within or self.showroom.navigation.place)

    def open(self, place: Place) -> None:
        """The place from its beginning."""
        if self.showroom.session.phase != "active":
            self.home()
        self.showroom.navigation.open_anew(place.id)

    def _detail(self, place: Place, section: str, tab: int, index: int) -> None:
        self._tab(place, tab)
        self.showroom.navigation.openDetail(section, index)

    def _tab(self, place: Place, tab: int) -> None:
        self.open(place)
        if tab:
            self.showroom.navigation.place.choose(tab)  # type: ignore[union-attr]

    def _warn(self) -> None:
        self.home()
        self.showroom.session.warn()

    def _close(self) -> None:
        self.showroom.session.end()
        example = Problem(Spot(12, 3), "unknown-key", "unknown key 'tilte' (did you mean 'title'?)")
        row = ProblemRow(f"{example.spot.line}:{example.spot.column}", example.message)
        self.showroom.show_problems("content.yaml", (row,))

    def item(self, name: str) -> QQuickItem:
        """The visible item of an object name."""
        found = _find(self.window.contentItem(), name)
        if found is None:
            raise LookupError(name)
        return found


def _loading(item: QQuickItem) -> bool:
    """Whether a visible picture below `item` is still being read."""
    if item.property("settled") is False:
        return True
    return any(_loading(child) for child in item.childItems() if child.isVisible())


def _scrolled(item: QQuickItem) -> Iterator[QQuickItem]:
    """What a visitor can scroll."""
    if item.isVisible():
        if item.inherits("QQuickFlickable") and item.property("interactive"):
            yield item
        for child in item.childItems():
            yield from _scrolled(child)


def visible_items(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and all inside it, as far as they are visible."""
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from visible_items(child)


def written_text(item: QQuickItem) -> str:
    """What is written in a text, as the content has it: a headline's own text is in capitals."""
    written = item.property("heading") or item.property("text")
    return str(written).replace("\u00a0", " ").strip()


def _find(item: QQuickItem, name: str) -> QQuickItem | None:
    if item.objectName() == name:
        return item
    for child in item.childItems():
        if (found := _find(child, name)) is not None:
            return found
    return None


def sections(place: Place) -> list[Section]:
    """What a place opens; nothing of what is empty."""
    return [section for section in kind_of(place).sections(place) if section.entries()]


def _sample(section: Section) -> list[tuple[str, int, int]]:
    """File suffix, tab and index of the entries that stand for all."""
    entries = section.entries()
    if section.pictured == "each":
        few = enumerate(entries[:MOST_PICTURED], 1)
        return [(f"{section.noun}-{number}", *entry) for number, entry in few]
    tab, index = entries[-1 if section.pictured == "last" else 0]
    return [(section.noun, tab, index)]


def _first(section: Section, most: int) -> list[tuple[str, int, int]]:
    """The same of as many entries as are asked for."""
    return [
        (f"{section.noun}-{number + 1}", tab, index)
        for number, (tab, index) in enumerate(section.entries()[:most])
    ]


@contextmanager
def offscreen_application() -> Iterator[QGuiApplication]:
    """An application that needs no display and draws without a graphics processor."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    scene.prepare_environment()
    application = scene.make_application()
    QGuiApplication.styleHints().setCursorFlashTime(0)
    yield application


@contextmanager
def open_offscreen(loaded: Loaded, moment: datetime, size: Size) -> Iterator[OffscreenKiosk]:
    """A kiosk of `size` pixels that shows the content as at `moment`."""
    kiosk = OffscreenKiosk(loaded, moment)
    kiosk.window.setGeometry(0, 0, *size)
    kiosk.window.show()
    try:
        yield kiosk
    finally:
        kiosk.close()
