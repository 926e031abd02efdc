"""What a screen reader is told on every screen: whole, in order, and of what is there alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kiosk.commands.new import NewOptions, make_showroom
from kiosk.content.check.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from kiosk.content.check.loading import Loaded
    from tests.conftest import Control, MakeStage, Visitor

SIZES = pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=["landscape", "portrait"])
NOT_FOR_EARS = re.compile(
    r"0x[0-9a-f]{4}|QML|undefined|null\b|\[object|NaN|\bInfinity|  |, ,|\.\. "
)
LONE_FIGURE = re.compile(r"(?!\d{4}$)[#$€£]?\d[\d.,–-]*")


def offences(controls: list[Control]) -> Iterator[str]:
    """What of the names of one screen should not be read out like that."""
    before = ""
    for control in controls:
        role, name, state = control.role.name, control.name, control.interface.state()
        if not name.strip():
            yield f"{role} without a name"
        if NOT_FOR_EARS.search(name):
            yield f"{role} '{name}' is not for ears"
        if role == "StaticText" and LONE_FIGURE.fullmatch(name):
            yield f"'{name}' counts nothing"
        if name == before and role != "PageTab":
            yield f"'{name}' is read twice"
        if state.disabled:
            yield f"{role} '{name}' cannot be used and is read out"
        before = name


@pytest.fixture(params=["default", "new"])
def loaded(
    request: pytest.FixtureRequest, default_loaded: Loaded, moment: datetime, tmp_path: Path
) -> Loaded:
    """The content that comes with the kiosk, and the one that `kiosk new` writes."""
    if request.param == "default":
        return default_loaded
    make_showroom(NewOptions(tmp_path / "new", "Northside Cars"), moment.date())
    return load(tmp_path / "new" / "content.yaml")


@SIZES
def test_every_name_on_every_screen_is_fit_to_be_heard(
    make_stage: MakeStage, loaded: Loaded, visit: type[Visitor], size: tuple[int, int]
) -> None:
    stage = make_stage(loaded, size)
    visitor = visit(stage.window)
    found = []
    for screen in stage.screens():
        stage.picture(screen)
        found += [f"{screen.name}: {offence}" for offence in offences(visitor.controls())]
    assert not found, "\n".join(found)


def test_a_race_is_read_out_with_its_days_its_place_and_how_it_stands(
    make_stage: MakeStage, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    stage = make_stage(default_loaded)
    stage.picture(next(screen for screen in stage.screens() if screen.name == "schedule"))
    races = [c.name for c in visit(stage.window).controls("Button")]
    assert races[:3] == [
        "April 5–7, Sonoma Raceway, Sonoma, CA, done",
        "May 3–5, Sebring International Raceway, Sebring, FL, next race",
        "May 17–19, Circuit of the Americas, Austin, TX",
    ]


def test_a_door_is_read_out_with_its_figure(
    make_stage: MakeStage, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    from PySide6.QtGui import QAccessible

    stage = make_stage(default_loaded)
    stage.picture(next(screen for screen in stage.screens() if screen.name == "home"))
    told = {
        door.name: door.interface.text(QAccessible.Text.Description)
        for door in visit(stage.window).controls("Button")
    }
    assert told["Schedule"] == "May 3–5, Sebring"
    assert told["Offers"] == "3 offers today"


def test_the_choice_that_counts_is_told(
    make_stage: MakeStage, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    stage = make_stage(default_loaded)
    stage.picture(next(s for s in stage.screens() if s.name == "offers-estimator"))
    choices = visit(stage.window).controls("RadioButton")
    chosen = [c.name for c in choices if c.interface.state().checked]
    assert chosen == ["60 Months"]


def test_under_the_warning_nothing_else_is_read_out(
    make_stage: MakeStage, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    stage = make_stage(default_loaded)
    stage.picture(next(s for s in stage.screens() if s.name == "idle-warning"))
    assert [c.name for c in visit(stage.window).controls("Button", "PageTab")] == ["Carry on"]
