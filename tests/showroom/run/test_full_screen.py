"""The window goes where the first screen is, whichever that becomes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtQuick import QQuickWindow

from kiosk.showroom.run import full_screen
from kiosk.showroom.run.full_screen import FullScreen


class Screen(QObject):
    geometryChanged = Signal()

    def __init__(self, *rect: int) -> None:
        super().__init__()
        self.rect = QRect(*rect)

    def geometry(self) -> QRect:
        return self.rect

    def become(self, *rect: int) -> None:
        self.rect = QRect(*rect)
        self.geometryChanged.emit()


class Application(QObject):
    """Stands in for Qt's, whose screens no program can plug in."""

    primaryScreenChanged = Signal(object)
    screenAdded = Signal(object)
    screenRemoved = Signal(object)
    platform = "xcb"

    def __init__(self, *screens: Screen) -> None:
        super().__init__()
        self.screens = list(screens)

    def add(self, screen: Screen) -> None:
        self.screens.append(screen)
        self.screenAdded.emit(screen)

    def remove(self, screen: Screen) -> None:
        self.screens.remove(screen)
        self.screenRemoved.emit(screen)

    def make_first(self, screen: Screen) -> None:
        self.screens.sort(key=lambda other: other is not screen)
        self.primaryScreenChanged.emit(screen)

    def primaryScreen(self) -> Screen | None:
        return self.screens[0] if self.screens else None

    def platformName(self) -> str:
        return self.platform

    def instance(self) -> Application:
        return self


class Window(QQuickWindow):
    """Goes to any screen, and is as large as it was set last; nothing is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.on: Screen | None = None
        self.is_full = False

    def screen(self) -> Screen | None:
        return self.on

    def setScreen(self, screen: Screen) -> None:
        self.on = screen

    def showFullScreen(self) -> None:
        self.is_full = True

    def isVisible(self) -> bool:
        return self.is_full


@pytest.fixture
def television() -> Screen:
    return Screen(0, 0, 640, 480)


@pytest.fixture
def application(monkeypatch: pytest.MonkeyPatch, television: Screen) -> Application:
    application = Application(television)
    monkeypatch.setattr(full_screen, "QGuiApplication", application)
    monkeypatch.setattr("kiosk.showroom.run.full_screen.isinstance", lambda *_: True, raising=False)
    return application


@pytest.fixture
def window(qapp: QObject, application: Application) -> Window:
    window = Window()
    FullScreen(window)
    return window


def test_it_fills_the_screen_that_is_there(window: Window, television: Screen) -> None:
    assert window.is_full
    assert (window.on, window.geometry()) == (television, television.rect)
    television.become(0, 0, 1920, 1080)
    assert window.geometry() == QRect(0, 0, 1920, 1080)


def test_it_stays_while_another_is_added_and_goes_when_that_is_made_the_first(
    window: Window, application: Application, television: Screen
) -> None:
    other = Screen(640, 0, 1080, 1920)
    application.add(other)
    assert window.on is television
    application.make_first(other)
    assert (window.on, window.geometry()) == (other, other.rect)
    other.become(640, 0, 1920, 1080)
    assert window.geometry() == other.rect
    television.become(0, 0, 800, 600)
    assert (window.on, window.geometry()) == (other, other.rect)


def test_it_goes_to_what_is_left_when_its_screen_is_unplugged(
    window: Window, application: Application, television: Screen
) -> None:
    other = Screen(640, 0, 1080, 1920)
    application.add(other)
    application.remove(television)
    assert (window.on, window.geometry()) == (other, other.rect)


def test_with_all_screens_gone_it_waits_for_the_next(
    window: Window, application: Application, television: Screen
) -> None:
    application.remove(television)
    assert window.geometry() == QRect(0, 0, 640, 480)
    later = Screen(0, 0, 1280, 720)
    application.add(later)
    assert (window.on, window.geometry()) == (later, later.rect)
    later.become(0, 0, 1024, 768)
    assert window.geometry() == QRect(0, 0, 1024, 768)


def test_under_wayland_only_its_first_size_is_its_own(
    application: Application, television: Screen, monkeypatch: pytest.MonkeyPatch, qapp: QObject
) -> None:
    monkeypatch.setattr(application, "platform", "wayland")
    window = Window()
    FullScreen(window)
    assert window.geometry() == television.rect
    television.become(0, 0, 1920, 1080)
    assert window.geometry() == QRect(0, 0, 640, 480)
