"""A kiosk off screen that can be brought to any screen, and shows the same pixels on every run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMetaObject, QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.content import dates, model
from kiosk.content.loading import Loaded
from kiosk.content.problems import Problem, Spot
from kiosk.content.screens import Size
from kiosk.operation.clock import StoppedClock
from kiosk.showroom import scene
from kiosk.showroom.faults import CannotShow
from kiosk.showroom.presenter import Presenter
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.runner import Runner
from kiosk.showroom.viewmodels.places import LinksViewModel, ModelsViewModel
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.showroom.viewmodels.signup import SignupViewModel
from kiosk.signups.signup import Signup, Stamp

MOST_ROUNDS = 400
"""Rounds of events to wait for a screen to settle; each draws one frame."""


class NeverSettled(CannotShow):
    """A screen went on changing; a fault of ours."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture to take: its file name and what brings the kiosk there."""

    name: str
    reach: Callable[[], None]


class _Now:
    """Runs jobs at once instead of in the background."""

    def submit(self, fn: Callable[[], None], /) -> None:
        fn()


class NoDesk:
    """Thanks for every signup and stores none."""

    def is_open(self) -> bool:
        return True

    def accept(self, signup: Signup) -> None:
        del signup


class Stage:
    """A kiosk off screen that can be brought to any screen."""

    def __init__(self, loaded: Loaded, moment: datetime) -> None:
        assert loaded.content is not None
        self.content = dates.shown(loaded.content, moment)
        self.showroom = ShowroomViewModel(reduced_motion=True, at_leisure=False)
        self._engine = scene.make_engine()
        runner = Runner(_Now(), self.showroom)
        clock = StoppedClock(moment=moment)
        stamp = partial(Stamp, moment, None, "")
        presenter = Presenter(self.showroom, clock, NoDesk(), runner, stamp, self.showroom)
        presenter.present(loaded)
        self.window: QQuickWindow = scene.load_window(self._engine, self.showroom)

    def screens(self) -> Iterator[Screen]:
        """Every screen, in the order a visitor would meet them."""
        yield from self._attract()
        yield Screen("home", self.home)
        for place in self.content.places:
            yield from self._place(place)
        yield Screen("idle-warning", self._warn)
        yield Screen("staff-notice", self._close)

    def picture(self, screen: Screen) -> QImage:
        """The screen once nothing on it changes any more."""
        screen.reach()
        before: QImage | None = None
        calm = 0
        for _ in range(MOST_ROUNDS):
            now = self.draw()
            calm = calm + 1 if now == before and not _loading(self.window.contentItem()) else 0
            before = now
            if calm == 3:
                return now
        raise NeverSettled(f"the screen '{screen.name}' goes on changing")

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

    def close(self) -> None:
        """Let go of the window."""
        self.window.close()
        del self._engine
        self._work_off()

    def home(self) -> None:
        """Awake, at home, with a session that began just now."""
        self.showroom.session.end()
        self.showroom.session.wake()
        self.showroom.navigation.goHome()

    def _work_off(self) -> None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _attract(self) -> Iterator[Screen]:
        for number in range(self.showroom.posters.count):
            yield Screen(f"attract-{number + 1}", partial(self._poster, number))

    def _poster(self, number: int) -> None:
        self.showroom.session.end()
        self.item("attract").setProperty("wanted", number)

    def _place(self, place: model.AnyPlace) -> Iterator[Screen]:
        yield Screen(place.id, partial(self.open, place))
        for suffix, section, index in _details(place):
            yield Screen(f"{place.id}-{suffix}", self._detail(place, section, index))
        if isinstance(place, model.Offers) and place.estimator is not None:
            yield Screen(f"{place.id}-estimator", partial(self._estimator, place))
        if isinstance(place, model.Models | model.Links):
            yield from self._tabs(place)
        if isinstance(place, model.Signup):
            yield from self._form(place)

    def open(self, place: model.AnyPlace) -> None:
        """The place from its beginning."""
        self.home()
        self.showroom.navigation.open(place.id)

    def _detail(self, place: model.AnyPlace, section: str, index: int) -> Callable[[], None]:
        def reach() -> None:
            self.open(place)
            self.showroom.navigation.openDetail(section, index)

        return reach

    def _estimator(self, place: model.AnyPlace) -> None:
        self.open(place)
        self.showroom.navigation.openEstimator()

    def _tabs(self, place: model.Models | model.Links) -> Iterator[Screen]:
        count = len(place.line_ups if isinstance(place, model.Models) else place.groups)

        def reach(tab: int) -> None:
            self.open(place)
            view_model = self.showroom.navigation.place
            assert isinstance(view_model, ModelsViewModel | LinksViewModel)
            view_model.choose(tab)

        for tab in range(1, count):
            yield Screen(f"{place.id}-tab-{tab + 1}", partial(reach, tab))

    def _form(self, place: model.Signup) -> Iterator[Screen]:
        def form() -> SignupViewModel:
            self.open(place)
            view_model = self.showroom.navigation.place
            assert isinstance(view_model, SignupViewModel)
            return view_model

        def errors() -> None:
            view_model = form()
            view_model.email = "visitor@"
            view_model.postalCode = "?"
            view_model.submit()

        def keyboard() -> None:
            form()
            self._work_off()
            QMetaObject.invokeMethod(self.item("email"), "take")

        def typing() -> None:
            keyboard()
            view_model = self.showroom.navigation.place
            assert isinstance(view_model, SignupViewModel)
            view_model.email = "visitor@gmial.com"

        def thanked() -> None:
            view_model = form()
            view_model.email = "visitor@example.com"
            view_model.consented = True
            view_model.submit()

        yield Screen(f"{place.id}-errors", errors)
        yield Screen(f"{place.id}-keyboard", keyboard)
        yield Screen(f"{place.id}-suggestion", typing)
        yield Screen(f"{place.id}-thanked", thanked)

    def _warn(self) -> None:
        self.home()
        self.showroom.session.warn()

    def _close(self) -> None:
        self.showroom.session.end()
        example = Problem(Spot(12, 3), "unknown key 'tilte' (did you mean 'title'?)")
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


def _find(item: QQuickItem, name: str) -> QQuickItem | None:
    if item.objectName() == name:
        return item
    for child in item.childItems():
        if (found := _find(child, name)) is not None:
            return found
    return None


def _details(place: model.AnyPlace) -> list[tuple[str, str, int]]:
    """One entry of each kind that a place opens: file suffix, section, index."""
    match place:
        case model.Timeline():
            return [(f"chapter-{n + 1}", "chapters", n) for n, _ in enumerate(place.chapters[:8])]
        case model.Team():
            drivers = [("driver", "drivers", 0)] if place.drivers else []
            return [*drivers, ("person", "people", 0)] if place.people else drivers
        case model.Schedule():
            return [("race", "races", len(place.races) - 1)] if place.races else []
        case model.Offers():
            offers = [("offer", "offers", 0)] if place.offers else []
            return [*offers, ("programme", "programmes", 0)] if place.programmes else offers
        case model.Features():
            return [("feature", "features", 0)]
        case model.Models():
            return [("car", "cars", 0)]
        case model.Dealers():
            return [("dealer", "others", 0)] if place.others else []
        case model.Links():
            return [("link", "links", 0)]
        case model.Signup():
            return [("privacy", "privacy", 0)]
        case _:
            return []


@contextmanager
def off_screen() -> Iterator[QGuiApplication]:
    """An application that needs no display and draws without a graphics processor."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    scene.prepare_environment()
    application = scene.make_application()
    QGuiApplication.styleHints().setCursorFlashTime(0)
    yield application


@contextmanager
def stage_of(loaded: Loaded, moment: datetime, size: Size) -> Iterator[Stage]:
    """A stage of `size` pixels that shows the content as at `moment`."""
    stage = Stage(loaded, moment)
    stage.window.setGeometry(0, 0, *size)
    stage.window.show()
    try:
        yield stage
    finally:
        stage.close()
