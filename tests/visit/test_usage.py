"""What a visitor did by touch is counted once they are gone, and nothing that they typed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.operation.clock import SYSTEM_CLOCK
from kiosk.showroom.run.true_clock import TrueClock
from kiosk.usage.store import FILE_NAME, UsageUnavailable, read_counts

if TYPE_CHECKING:
    from tests.conftest import Visitor
    from tests.visit.conftest import RunKiosk, Running

CHECKOUT = Path(__file__).resolve().parents[2]
ADDRESS = "zebulonquill@example.com"


@pytest.fixture
def kiosk(run_kiosk: RunKiosk, monkeypatch: pytest.MonkeyPatch) -> Running:
    """One that shows this day, which counts."""
    monkeypatch.setattr(TrueClock, "is_trusted", lambda _: True)
    return run_kiosk(CHECKOUT / "content.yaml", clock=SYSTEM_CLOCK)


def _counted(data: Path, measure: str) -> dict[str, int]:
    """As far as they are written already."""
    with suppress(UsageUnavailable):
        amounts = read_counts(data).amounts
        return {key.subject: a.visits for key, a in amounts.items() if key.measure == measure}
    return {}


def test_a_visit_by_touch_is_counted_and_nothing_typed_is_in_it(
    kiosk: Running, visit: type[Visitor]
) -> None:
    visitor = visit(kiosk.window)
    visitor.wake()
    visitor.tap("PageTab", "Heritage")
    visitor.wait(lambda: visitor.sees("Wins worth retelling"))
    visitor.tap("PageTab", "Stay updated")
    visitor.take("Email")
    visitor.type(ADDRESS)
    assert kiosk.showroom.navigation.place.email == ADDRESS
    assert not (kiosk.data / FILE_NAME).exists()

    kiosk.pause()
    kiosk.tick(20)
    visitor.wait(lambda: _counted(kiosk.data, "visit"))

    assert _counted(kiosk.data, "visit") == {"": 1}
    assert _counted(kiosk.data, "step") == {"opened": 1, "form": 1, "typed": 1}
    assert _counted(kiosk.data, "given up") == {"email": 1}
    amounts = read_counts(kiosk.data).amounts
    (visited,) = (amount for key, amount in amounts.items() if key.measure == "visit")
    assert visited.seconds < 60  # the wait until the session ended does not count
    for file in kiosk.data.rglob("*"):
        assert not file.is_file() or b"zebulon" not in file.read_bytes().lower()


def test_staff_who_come_for_their_area_are_no_visitors(
    kiosk: Running, visit: type[Visitor]
) -> None:
    visitor = visit(kiosk.window)
    visitor.wait(lambda: kiosk.showroom.hasStaffArea)
    visitor.wake()
    kiosk.showroom.callStaff()  # holding the corner takes three seconds
    assert kiosk.showroom.session.phase == "attract"
    kiosk.showroom.staff.close()

    visitor.wake()
    visitor.tap("PageTab", "Heritage")
    kiosk.showroom.callStaff()
    kiosk.showroom.staff.close()
    visitor.wait(lambda: _counted(kiosk.data, "visit"))

    assert _counted(kiosk.data, "visit") == {"": 1}
    assert _counted(kiosk.data, "place") == {"heritage": 1}
