"""Whoever works with signups does so by the showroom's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.operation.showroom_clock import showroom_clock
from kiosk.operation.status import Status, StatusFile


def test_the_showrooms_clock_is_in_the_zone_of_its_content(tmp_path: Path) -> None:
    StatusFile(tmp_path, Status(time_zone="America/Los_Angeles")).write()

    now = showroom_clock(tmp_path).now()

    assert now.tzinfo == ZoneInfo("America/Los_Angeles")
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd", "/etc/passwd"])
def test_without_a_zone_it_is_the_machines(tmp_path: Path, zone: str) -> None:
    StatusFile(tmp_path, Status(time_zone=zone)).write()

    assert showroom_clock(tmp_path).now().utcoffset() == datetime.now().astimezone().utcoffset()
