"""Drivers and people on screen."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.places.kind import DoorArt, Kind, Section, section_of
from kiosk.places.presenting import Context, picture_row
from kiosk.places.rows import Detail, FactRow
from kiosk.places.team.model import Driver, Team
from kiosk.places.team.rows import DriverRow


def door(place: Team, _: Context) -> DoorArt:
    """The first start number and whose it is."""
    numbered = next((driver for driver in place.drivers if driver.number), None)
    if numbered is None:
        return DoorArt("", place.season)
    return DoorArt(numbered.number or "", numbered.name)


def sections(place: Team) -> Sequence[Section]:
    """Drivers, then the people behind them."""
    return [section_of(place, "drivers"), section_of(place, "people")]


def driver_row(driver: Driver) -> DriverRow:
    """A driver as a roundel."""
    return DriverRow(
        name=driver.name,
        number=driver.number or "",
        initials="".join(part[0] for part in driver.name.split()[:2]),
        result=driver.result or "",
        result_label=driver.result_label or "",
    )


def driver_detail(driver: Driver, context: Context, place: Team) -> Detail:
    """A driver's season to read."""
    facts = (FactRow(driver.result, driver.result_label or ""),) if driver.result else ()
    return Detail(
        title=driver.name,
        figure_style="roundel",
        facts_style="figures",
        overline=place.season,
        figure=driver.number or "",
        paragraphs=driver.body,
        facts=facts,
        picture=picture_row(driver.picture or place.picture, context),
    )


TEAM = Kind("team", Team, sections, door)
