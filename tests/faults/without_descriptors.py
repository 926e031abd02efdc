"""No more files may be opened while a screen is opened; it comes once they may."""

from __future__ import annotations

import gc
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlComponent, qmlEngine
from PySide6.QtQuick import QQuickItem

from kiosk.blocks.icons import glyph
from kiosk.showroom.offscreen import offscreen_kiosk
from kiosk.showroom.viewmodels.screen_files import ScreenFiles
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from tests.conftest import class_name, descendants
from tests.offscreen import show_screen

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import MakeKiosk

NO_MORE = ("Too many open files", "File name case mismatch", "Error decoding", "Cannot open")
"""What Qt says meanwhile."""


@contextmanager
def no_descriptors() -> Iterator[None]:
    """Every descriptor that the process may have is taken."""
    gc.collect()  # what is collected later gives some back
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(link.name) for link in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 8, hard))
    taken = []
    try:
        while True:
            taken.append(os.dup(0))
    except OSError:
        pass
    try:
        yield
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def loaders(kiosk: OffscreenKiosk) -> list[QQuickItem]:
    return [
        loader
        for loader in kiosk.window.findChildren(QQuickItem)
        if class_name(loader).startswith(("ScreenLoader", "Entry"))
    ]


def loaders_of(kiosk: OffscreenKiosk, screen: str) -> list[QQuickItem]:
    return [
        loader
        for loader in loaders(kiosk)
        if loader.property("file").toString().endswith(f"/{screen}.qml")
    ]


def built(kiosk: OffscreenKiosk, screen: str) -> QObject | None:
    """The screen of a file, if it was built."""
    items: list[QObject | None] = [loader.property("item") for loader in loaders_of(kiosk, screen)]
    assert items, screen
    return next(filter(None, items), None)


def is_in_front(kiosk: OffscreenKiosk, screen: str) -> bool:
    return any(
        loader.isVisible() and loader.property("item") for loader in loaders_of(kiosk, screen)
    )


def is_loading(kiosk: OffscreenKiosk, screen: str) -> bool:
    """Whether it was begun and is not there yet."""
    return any(
        loader.property("active") and loader.property("item") is None
        for loader in loaders_of(kiosk, screen)
    )


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk, default_loaded: Loaded) -> OffscreenKiosk:
    kiosk = make_kiosk(default_loaded)
    kiosk.home()
    kiosk.draw()
    return kiosk


def wait_for(kiosk: OffscreenKiosk, holds: Callable[[], object]) -> None:
    """Draws until something holds."""
    until = monotonic() + 60
    while not holds():
        assert monotonic() < until
        kiosk.draw()


@pytest.mark.qt_log_ignore(*NO_MORE, extend=True)
def test_a_screen_comes_with_the_next_tap(kiosk: OffscreenKiosk) -> None:
    navigation = kiosk.showroom.navigation
    first_of = {place.kind: place.id for place in reversed(kiosk.content.places)}
    assert len(first_of) >= 9
    for kind, place in first_of.items():
        screen = f"{kind}/Screen"
        with no_descriptors():
            navigation.open(place)
            kiosk.draw()
            assert built(kiosk, screen) is None, f"or nothing was tried here: {kind}"

        navigation.open(place)

        assert is_in_front(kiosk, screen), kind
        kiosk.draw()
        navigation.goHome()
        assert is_in_front(kiosk, "HomeScreen"), kind


@pytest.mark.qt_log_ignore(*NO_MORE, extend=True)
def test_a_screen_comes_by_itself(kiosk: OffscreenKiosk) -> None:
    show_screen(kiosk, "offers")  # with its pictures, whose files are closed by then
    with no_descriptors():
        kiosk.showroom.navigation.openWithin("estimator")
        kiosk.showroom.session.warn()
        kiosk.draw()
        assert built(kiosk, "EstimatorScreen") is None
        assert built(kiosk, "IdleWarning") is None

    wait_for(kiosk, lambda: built(kiosk, "EstimatorScreen"))
    wait_for(kiosk, lambda: built(kiosk, "IdleWarning"))


def pictures(kiosk: OffscreenKiosk) -> int:
    """How many of those that are shown have been decoded."""
    items = descendants(kiosk.window.contentItem())
    images = [item for item in items if item.inherits("QQuickImage") and item.isVisible()]
    return sum(image.opacity() > 0 and image.implicitWidth() > 0 for image in images)


@pytest.mark.qt_log_ignore(*NO_MORE, extend=True)
def test_a_picture_comes_by_itself(kiosk: OffscreenKiosk) -> None:
    navigation = kiosk.showroom.navigation
    show_screen(kiosk, "team")
    before = pictures(kiosk)
    navigation.goHome()
    kiosk.draw()
    kiosk.window.releaseResources()  # else the pictures are still there
    with no_descriptors():
        navigation.open("team")
        kiosk.draw()
        assert pictures(kiosk) < before, "or nothing was tried here"

    wait_for(kiosk, lambda: pictures(kiosk) == before)


@pytest.mark.qt_log_ignore(*NO_MORE, "Cannot load font", extend=True)
def test_an_icon_comes_by_itself(kiosk: OffscreenKiosk, tmp_path: Path) -> None:
    copy = shutil.copy(glyph("ph.arrow-right-bold").font_file, tmp_path / "not loaded yet.ttf")
    engine = qmlEngine(kiosk.window)
    assert engine is not None
    component = QQmlComponent(engine)
    component.setData(b"import Showroom\nIconFont {}", QUrl())
    file = QUrl.fromLocalFile(str(copy))
    with no_descriptors():
        font = component.createWithInitialProperties({"file": file})
        wait_for(kiosk, lambda: font.property("tries") == 1)
        assert font.property("name") == "", "or nothing was tried here"

    wait_for(kiosk, lambda: font.property("name") != "")


def test_what_loads_meanwhile_comes_all_the_same(
    make_kiosk: MakeKiosk, default_loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_leisure = ShowroomViewModel(reduced_motion=True)
    monkeypatch.setattr(offscreen_kiosk, "ShowroomViewModel", lambda **_: at_leisure)
    kiosk = make_kiosk(default_loaded)
    engine = qmlEngine(kiosk.window)
    assert engine is not None
    files = engine.singletonInstance("Showroom.Models", "ScreenFiles")
    assert isinstance(files, ScreenFiles)
    for name in ("Shell", "Keyboard"):
        wait_for(kiosk, lambda name=name: is_loading(kiosk, name) or built(kiosk, name))
        files.forgetFailed()
        wait_for(kiosk, lambda name=name: built(kiosk, name))
