"""What a screen reader is told: whole, in order, and of what is there alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible

from kiosk.commands.new import NewOptions, make_showroom
from kiosk.content.check.loading import load
from tests.offscreen import PORTRAIT, show_screen
from tests.screens.offences import unfit_to_be_heard

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from kiosk.content.check.loading import Loaded
    from tests.conftest import MakeKiosk, Visitor


@pytest.mark.slow(reason="draws every screen")
def test_every_name_on_every_screen_of_a_new_showroom_is_fit_to_be_heard(
    make_kiosk: MakeKiosk, visit: type[Visitor], moment: datetime, tmp_path: Path
) -> None:
    """test_default_screens asks the same of the content that comes with the kiosk."""
    make_showroom(NewOptions(tmp_path / "new", "Northside Cars", "en"), moment.date())
    kiosk = make_kiosk(load(tmp_path / "new" / "content.yaml"), PORTRAIT)
    visitor = visit(kiosk.window)
    found = []
    for screen in kiosk.screens():
        kiosk.picture(screen)
        found += [f"{screen.name}: {offence}" for offence in unfit_to_be_heard(visitor.controls())]
    assert not found, "\n".join(found)


def test_what_is_read_out_with_a_race_a_door_a_choice_and_under_the_warning(
    make_kiosk: MakeKiosk, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    kiosk = make_kiosk(default_loaded)
    visitor = visit(kiosk.window)
    show_screen(kiosk, "schedule")
    assert [c.name for c in visitor.controls("Button")][:3] == [
        "April 5–7, Sonoma Raceway, Sonoma, CA, done",
        "May 3–5, Sebring International Raceway, Sebring, FL, next race",
        "May 17–19, Circuit of the Americas, Austin, TX",
    ]
    show_screen(kiosk, "home")
    doors = {
        door.name: door.interface.text(QAccessible.Text.Description)
        for door in visitor.controls("Button")
    }
    assert (doors["Schedule"], doors["Offers"]) == ("May 3–5, Sebring", "3 offers today")
    show_screen(kiosk, "offers-estimator")
    choices = visitor.controls("RadioButton")
    assert [c.name for c in choices if c.interface.state().checked] == ["60 Months"]
    show_screen(kiosk, "idle-warning")
    assert [c.name for c in visitor.controls("Button", "PageTab")] == ["Carry on"]
