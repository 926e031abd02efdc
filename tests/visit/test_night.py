"""At night the screen is black and still; the first touch lights it, and only the second wakes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.operation.clock import SYSTEM_CLOCK
from kiosk.operation.screen_hours import parse_screen_hours
from kiosk.showroom.run.night import LIT_SECONDS, Night
from tests.offscreen import LANDSCAPE, PORTRAIT

if TYPE_CHECKING:
    from tests.conftest import Contents, Visitor
    from tests.visit.conftest import RunKiosk, Running

NIGHT = datetime(2026, 11, 27, 23, 0)


class Evening:
    """A kiosk after its hours, in which nobody has been for a while."""

    def __init__(self, kiosk: Running, visitor: Visitor) -> None:
        self.kiosk, self.visitor = kiosk, visitor
        self.panel: list[bool] = []
        self._hurry = 0.0
        session = kiosk.showroom.session
        self.night = Night(
            parse_screen_hours("07:00-20:00"),
            *(kiosk.showroom, lambda: NIGHT, lambda: True, self.panel.append, kiosk.kiosk),
            steady=lambda: session._steady() + self._hurry,
        )

    def pass_minutes(self) -> None:
        self._hurry += LIT_SECONDS
        self.night.look()

    @property
    def is_dark(self) -> bool:
        return self.kiosk.showroom.isDark

    def colors(self) -> set[str]:
        seen = self.kiosk.window.grabWindow()
        spots = ((x, y) for x in range(0, seen.width(), 8) for y in range(0, seen.height(), 8))
        return {seen.pixelColor(*spot).name() for spot in spots}


UPRIGHT = pytest.param(PORTRAIT, marks=pytest.mark.slow(reason="waits as long again"))


@pytest.fixture(params=[LANDSCAPE, UPRIGHT], ids=["landscape", "portrait"])
def evening(
    request: pytest.FixtureRequest, run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor]
) -> Evening:
    content = contents.write(contents.timeline(), contents.signup())
    kiosk = run_kiosk(content, request.param)
    visitor = visit(kiosk.window)
    visitor.wait(lambda: kiosk.showroom.hasStaffArea and kiosk.showroom.placesReady)
    return Evening(kiosk, visitor)


def test_all_is_black_and_nothing_is_drawn_any_more(evening: Evening) -> None:
    evening.pass_minutes()
    assert evening.panel == [False]
    assert evening.colors() == {"#000000"}
    (posters,) = [i for i in evening.visitor.everything() if i.objectName() == "attract"]
    assert not posters.isVisible()  # so that neither its timer nor a video runs

    frames: list[None] = []
    evening.kiosk.window.frameSwapped.connect(lambda: frames.append(None))

    def is_still() -> bool:
        """What was still being made behind it when it went dark is ready."""
        frames.clear()
        QTest.qWait(1500)
        return frames == []

    evening.visitor.wait_for_all_parts()
    evening.visitor.wait(is_still)
    QTest.qWait(1500)
    assert frames == []


def test_the_first_touch_lights_and_the_second_wakes(evening: Evening) -> None:
    evening.pass_minutes()
    spot = QPoint(400, 400)

    evening.visitor.tap_at(spot)
    assert not evening.is_dark
    assert evening.panel == [False, True]
    assert evening.kiosk.showroom.session.phase == "attract"
    assert len(evening.colors()) > 10
    assert evening.visitor.sees("Touch to begin")

    evening.visitor.tap_at(spot)
    assert evening.kiosk.showroom.session.phase == "active"
    evening.pass_minutes()
    assert not evening.is_dark  # somebody is there


def test_a_key_lights_it_too(evening: Evening) -> None:
    evening.pass_minutes()
    evening.visitor.look()
    QTest.qWait(0)  # the focus follows in a moment
    QTest.keyClick(evening.kiosk.window, Qt.Key.Key_Space)
    assert not evening.is_dark
    assert evening.kiosk.showroom.session.phase == "attract"


def test_it_goes_dark_again_when_nobody_follows(evening: Evening) -> None:
    evening.pass_minutes()
    evening.visitor.tap_at(QPoint(400, 400))
    evening.pass_minutes()
    evening.pass_minutes()
    assert evening.is_dark
    assert evening.colors() == {"#000000"}


def test_the_settings_have_the_kiosk_follow_its_hours(
    run_kiosk: RunKiosk, contents: Contents, visit: type[Visitor], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text('screen_hours = "07:00-20:00"')
    running = run_kiosk(contents.write(contents.timeline()))
    visit(running.window).wait(lambda: running.showroom.placesReady)
    kiosk = running.kiosk
    assert kiosk._night is None  # in a window, or when another day is shown, it never goes dark

    kiosk._options = kiosk._options._replace(window_size=None, clock=SYSTEM_CLOCK)
    kiosk._follow_hours()
    assert kiosk._night is not None
    first = kiosk._night
    kiosk._follow_hours()
    assert kiosk._night is first
