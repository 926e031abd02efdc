"""No more files may be opened while a screen is opened; it comes once they may."""

from __future__ import annotations

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
from tests.conftest import descendants
from tests.stages import bring

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import MakeStage

NO_MORE = ("Too many open files", "File name case mismatch", "Error decoding", "Cannot open")
"""What Qt says meanwhile."""


@contextmanager
def no_descriptors() -> Iterator[None]:
    """Every descriptor that the process may have is taken."""
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


def loaders(stage: OffscreenKiosk) -> list[QQuickItem]:
    return [
        loader
        for loader in stage.window.findChildren(QQuickItem)
        if loader.metaObject().className().startswith("ScreenLoader")
    ]


def shown(stage: OffscreenKiosk, screen: str) -> QObject | None:
    """The screen of a file, if it was built."""
    for loader in loaders(stage):
        if loader.property("file").toString().endswith(f"/{screen}.qml"):
            item: QObject | None = loader.property("item")
            return item
    raise LookupError(screen)


def is_loading(stage: OffscreenKiosk, screen: str) -> bool:
    """Whether it was begun and is not there yet."""
    return any(
        loader.property("active") and loader.property("item") is None
        for loader in loaders(stage)
        if loader.property("file").toString().endswith(f"/{screen}.qml")
    )


@pytest.fixture
def stage(make_stage: MakeStage, default_loaded: Loaded) -> OffscreenKiosk:
    stage = make_stage(default_loaded)
    stage.home()
    stage.draw()
    return stage


def wait_for(stage: OffscreenKiosk, holds: Callable[[], object]) -> None:
    """Draws until something holds."""
    until = monotonic() + 10
    while not holds():
        assert monotonic() < until
        stage.draw()


@pytest.mark.qt_log_ignore(*NO_MORE, extend=True)
def test_a_screen_comes_with_the_next_tap(stage: OffscreenKiosk) -> None:
    navigation = stage.showroom.navigation
    first_of = {place.kind: place.id for place in reversed(stage.content.places)}
    assert len(first_of) >= 9
    for kind, place in first_of.items():
        screen = f"{kind}/Screen"
        with no_descriptors():
            navigation.open(place)
            stage.draw()
            assert shown(stage, screen) is None, f"or nothing was tried here: {kind}"

        navigation.open(place)

        assert shown(stage, screen), kind
        stage.draw()
        navigation.goHome()
        assert shown(stage, "HomeScreen"), kind


@pytest.mark.qt_log_ignore(*NO_MORE, extend=True)
def test_a_screen_comes_by_itself(stage: OffscreenKiosk) -> None:
    stage.showroom.navigation.open("offers")
    with no_descriptors():
        stage.showroom.navigation.openWithin("estimator")
        stage.showroom.session.warn()
        stage.draw()
        assert shown(stage, "EstimatorScreen") is None
        assert shown(stage, "IdleWarning") is None

    wait_for(stage, lambda: shown(stage, "EstimatorScreen"))
    wait_for(stage, lambda: shown(stage, "IdleWarning"))


def pictures(stage: OffscreenKiosk) -> int:
    """How many of those that are shown have been decoded."""
    items = descendants(stage.window.contentItem())
    images = [item for item in items if item.inherits("QQuickImage") and item.isVisible()]
    return sum(image.opacity() > 0 and image.implicitWidth() > 0 for image in images)


@pytest.mark.qt_log_ignore(*NO_MORE, extend=True)
def test_a_picture_comes_by_itself(stage: OffscreenKiosk) -> None:
    navigation = stage.showroom.navigation
    bring(stage, "team")
    before = pictures(stage)
    navigation.goHome()
    stage.draw()
    stage.window.releaseResources()  # else the pictures are still there
    with no_descriptors():
        navigation.open("team")
        stage.draw()
        assert pictures(stage) < before, "or nothing was tried here"

    wait_for(stage, lambda: pictures(stage) == before)


@pytest.mark.qt_log_ignore(*NO_MORE, "Cannot load font", extend=True)
def test_an_icon_comes_by_itself(stage: OffscreenKiosk, tmp_path: Path) -> None:
    copy = shutil.copy(glyph("ph.arrow-right-bold").font_file, tmp_path / "not loaded yet.ttf")
    engine = qmlEngine(stage.window)
    assert engine is not None
    component = QQmlComponent(engine)
    component.setData(b"import Showroom\nIconFont {}", QUrl())
    file = QUrl.fromLocalFile(str(copy))
    with no_descriptors():
        font = component.createWithInitialProperties({"file": file})
        wait_for(stage, lambda: font.property("tries") == 1)
        assert font.property("name") == "", "or nothing was tried here"

    wait_for(stage, lambda: font.property("name") != "")


def test_what_loads_meanwhile_comes_all_the_same(
    make_stage: MakeStage, default_loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_leisure = ShowroomViewModel(reduced_motion=True)
    monkeypatch.setattr(offscreen_kiosk, "ShowroomViewModel", lambda **_: at_leisure)
    stage = make_stage(default_loaded)
    engine = qmlEngine(stage.window)
    assert engine is not None
    files = engine.singletonInstance("Showroom.Models", "ScreenFiles")
    assert isinstance(files, ScreenFiles)
    for name in ("Shell", "Keyboard"):
        wait_for(stage, lambda name=name: is_loading(stage, name) or shown(stage, name))
        files.forgetFailed()
        wait_for(stage, lambda name=name: shown(stage, name))
