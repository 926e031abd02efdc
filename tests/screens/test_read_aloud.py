"""What a screen reader is told: whole, in order, and of what is there alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible

from kiosk.commands.new import NewOptions, make_showroom
from kiosk.content.check.loading import load
from tests.screens.offences import unfit_to_be_heard
from tests.stages import PORTRAIT, bring

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kiosk.content.check.loading import Loaded
    from tests.conftest import MakeStage, Visitor


@pytest.mark.slow(reason="draws every screen")
def test_every_name_on_every_screen_of_a_new_showroom_is_fit_to_be_heard(
    make_stage: MakeStage, visit: type[Visitor], moment: datetime, tmp_path: Path
) -> None:
    """test_default_screens asks the same of the content that comes with the kiosk."""
    make_showroom(NewOptions(tmp_path / "new", "Northside Cars"), moment.date())
    stage = make_stage(load(tmp_path / "new" / "content.yaml"), PORTRAIT)
    visitor = visit(stage.window)
    found = []
    for screen in stage.screens():
        stage.picture(screen)
        found += [f"{screen.name}: {one}" for one in unfit_to_be_heard(visitor.controls())]
    assert not found, "\n".join(found)


def test_what_is_read_out_with_a_race_a_door_a_choice_and_under_the_warning(
    make_stage: MakeStage, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    stage = make_stage(default_loaded)
    visitor = visit(stage.window)
    bring(stage, "schedule")
    assert [c.name for c in visitor.controls("Button")][:3] == [
        "April 5–7, Sonoma Raceway, Sonoma, CA, done",
        "May 3–5, Sebring International Raceway, Sebring, FL, next race",
        "May 17–19, Circuit of the Americas, Austin, TX",
    ]
    bring(stage, "home")
    doors = {
        door.name: door.interface.text(QAccessible.Text.Description)
        for door in visitor.controls("Button")
    }
    assert (doors["Schedule"], doors["Offers"]) == ("May 3–5, Sebring", "3 offers today")
    bring(stage, "offers-estimator")
    choices = visitor.controls("RadioButton")
    assert [c.name for c in choices if c.interface.state().checked] == ["60 Months"]
    bring(stage, "idle-warning")
    assert [c.name for c in visitor.controls("Button", "PageTab")] == ["Carry on"]
