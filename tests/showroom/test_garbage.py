"""Garbage is collected on the GUI thread alone, and a reload makes none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread, get_ident
from typing import TYPE_CHECKING

import pytest

from kiosk.content.dates import timeless, visible_at
from kiosk.operation.memory import gc_paused, is_gc_paused
from kiosk.showroom import garbage
from kiosk.showroom.screenplay import derive_screenplay
from tests.conftest import MOMENT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import MakeKiosk


class Cycle:
    """Notes the thread on which it is destroyed."""

    def __init__(self, threads: list[int]) -> None:
        self.itself = self
        self._threads = threads

    def __del__(self) -> None:
        self._threads.append(get_ident())


@pytest.fixture
def threads() -> Iterator[list[int]]:
    gc.collect()
    yield (found := [])
    gc.collect()
    assert set(found) == {get_ident()}


@pytest.fixture
def kiosk(
    make_kiosk: MakeKiosk, default_loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> OffscreenKiosk:
    """At home, and quick to collect."""
    monkeypatch.setattr(garbage, "DELAY_MS", 1)
    kiosk = make_kiosk(default_loaded)
    kiosk.home()
    return kiosk


def make_garbage(threads: list[int]) -> list[list[object]]:
    Cycle(threads)
    return [[] for _ in range(2 * garbage.DUE)]  # enough for any automatic collection


def test_another_thread_collects_nothing_and_the_next_screen_does(
    kiosk: OffscreenKiosk, qtbot: QtBot, threads: list[int]
) -> None:
    garbage_made: list[object] = []

    thread = Thread(target=lambda: garbage_made.append(make_garbage(threads)))
    thread.start()
    thread.join()
    assert not threads

    kiosk.showroom.navigation.open(kiosk.content.places[0].id)
    qtbot.waitUntil(lambda: bool(threads))


def test_nothing_is_collected_while_content_is_read(
    kiosk: OffscreenKiosk, qtbot: QtBot, threads: list[int]
) -> None:
    garbage_made = make_garbage(threads)
    with gc_paused():
        kiosk.showroom.navigation.open(kiosk.content.places[0].id)
        qtbot.wait(50)
        assert not threads
    qtbot.waitUntil(lambda: bool(threads))
    del garbage_made


def test_pauses_on_two_threads_overlap(qapp: object) -> None:
    first, second = gc_paused(), gc_paused()
    gc.enable()
    try:
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert is_gc_paused()
        assert not gc.isenabled()
        second.__exit__(None, None, None)
        assert not is_gc_paused()
        assert gc.isenabled()
    finally:
        gc.disable()


@pytest.mark.parametrize(
    "derive",
    [
        lambda loaded: visible_at(loaded.content, MOMENT),
        lambda loaded: timeless(loaded.content),
        lambda loaded: derive_screenplay(loaded, MOMENT, is_clock_trusted=True),
        lambda loaded: derive_screenplay(loaded, MOMENT + timedelta(1), is_clock_trusted=False),
    ],
    ids=["visible", "timeless", "screenplay", "by a clock in doubt"],
)
def test_what_is_derived_from_content_leaves_no_garbage(
    default_loaded: Loaded, derive: Callable[[Loaded], object]
) -> None:
    derive(default_loaded)
    gc.collect()

    derive(default_loaded)

    assert gc.collect() == 0
