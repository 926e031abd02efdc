"""No page ends in nothing to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.commands.new import NewOptions, make_showroom
from kiosk.content.check.loading import load
from kiosk.operation.clock import StoppedClock
from kiosk.places.kinds import kind_of
from kiosk.showroom.read_only import present_read_only
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.toolkit.runner import AtOnce, Runner
from tests.conftest import CHECKOUT, MOMENT
from tests.showroom.conftest import values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtGui import QGuiApplication

    from kiosk.content.check.loading import Loaded


def dead_ends(loaded: Loaded, moment: datetime) -> Iterator[str]:
    """Pages that lead nowhere, or to what does not open."""
    assert loaded.content is not None
    showroom = ShowroomViewModel(reduced_motion=True, at_leisure=False)
    present_read_only(showroom, StoppedClock(moment=moment), Runner(AtOnce(), showroom)).present(
        loaded
    )
    navigation = showroom.navigation
    for place in loaded.content.places:
        for section in kind_of(place).sections(place):
            for tab, index in section.entries():
                navigation.openEntry(place.id, section.name, tab, index)
                page = navigation.detail
                if page is None or page.layout == "words":
                    continue
                name = f"{place.id}: {page.title}"
                roles = ("title", "placeId", "section", "tab", "entry")
                steps = list(zip(*(values(page.steps, role) for role in roles), strict=True))
                if not steps:
                    yield f"{name} leads nowhere"
                for title, *where in steps:
                    navigation.openEntry(*where)
                    if (navigation.placeId, navigation.inDepth) != (where[0], where[1] != ""):
                        yield f"{name}: '{title}' does not open"
                    navigation.openEntry(place.id, section.name, tab, index)


@pytest.mark.parametrize("days", [0, 1000], ids=["in the season", "after the season"])
@pytest.mark.parametrize("which", ["default", "new"])
def test_every_page_leads_on(qapp: QGuiApplication, tmp_path: Path, which: str, days: int) -> None:
    folder = CHECKOUT
    if which == "new":
        folder = tmp_path / "new"
        make_showroom(NewOptions(folder, "Northside Cars", "en"), MOMENT.date())
    loaded = load(folder / "content.yaml")

    assert not list(dead_ends(loaded, MOMENT + timedelta(days=days)))
