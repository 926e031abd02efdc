"""`kiosk signups`: the ledger, for people and for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.queue import Queue
from tests.commands.conftest import NOW, Fill, Kiosk
from tests.commands.signup_files import change
from tests.signups.tomorrow import tomorrow

pytestmark = pytest.mark.usefixtures("moment")

LATE = datetime(2024, 5, 9, 17, 30, tzinfo=UTC)
NOTHING = "There are no signups to export.\n"


# signups


def test_an_empty_ledger_says_so(kiosk: Kiosk) -> None:
    result = kiosk("signups")

    assert (result.status, result.out, result.err) == (0, "There are no signups yet.\n", "")
    assert json.loads(kiosk("signups", "--json").out) == {
        "adds_up": True,
        "total": dict.fromkeys(("captured", "waiting", "exported", "erased", "missing"), 0),
        "days": [],
        "exports": [],
        "erasures": [],
        "unsealed": 0,
    }
    assert list(kiosk.data.iterdir()) == []


@pytest.fixture
def busy_days(kiosk: Kiosk, fill: Fill, moment: time_machine.Coordinates) -> None:
    """Three days with exports and an erasure."""
    fill("a@example.com", "b@example.com", created_at=NOW - timedelta(days=1))
    fill("c@example.com", created_at=NOW)
    kiosk("export", "--out", "first.csv")
    kiosk("erase", "a@example.com")
    moment.move_to(LATE)
    fill("d@example.com", "D@example.com", created_at=LATE)
    kiosk("export", "--out", "second.jsonl", "--all", "--dedupe")
    kiosk("export", "--out", "first-again.csv", "--again", "1")
    fill("e@example.com", created_at=LATE)


def test_the_ledger_is_a_table_that_adds_up(kiosk: Kiosk, busy_days: None) -> None:
    result = kiosk("signups")

    assert (result.status, result.err) == (0, "")
    days, output, exports, erasures = result.out.split("\n\n")
    assert days.splitlines() == [
        "day         captured  waiting  exported  erased  last export",
        "2024-05-01         2        0         1       1  2024-05-09 17:30",
        "2024-05-02         1        0         1       0  2024-05-09 17:30",
        "2024-05-09         3        1         2       0  2024-05-09 17:30",
        "all                6        1         4       1  2024-05-09 17:30",
    ]
    assert output == "captured = waiting + exported + erased, on every day"
    table = [line.split() for line in exports.splitlines()]
    assert table[0] == ["export", "when", "signups", "rows", "which", "file", "SHA-256"]
    assert [row[:-1] for row in table[1:]] == [
        ["1", "2024-05-02", "08:00", "3", "3", "new", "first.csv"],
        ["2", "2024-05-09", "17:30", "4", "3", "all", "second.jsonl"],
        ["3", "2024-05-09", "17:30", "2", "2", "again", "1", "first-again.csv"],
    ]
    assert [line.split() for line in erasures.splitlines()] == [
        ["erasure", "when", "signups", "why"],
        ["1", "2024-05-02", "08:00", "1", "request"],
    ]


def test_the_ledger_for_programs(kiosk: Kiosk, busy_days: None) -> None:
    result = kiosk("signups", "--json")

    assert (result.status, result.err) == (0, "")
    reported = json.loads(result.out)
    assert reported["adds_up"] is True
    assert reported["total"] == {
        "captured": 6,
        "waiting": 1,
        "exported": 4,
        "erased": 1,
        "missing": 0,
    }
    assert reported["unsealed"] == 5
    assert [day["day"] for day in reported["days"]] == ["2024-05-01", "2024-05-02", "2024-05-09"]
    assert reported["days"][2]["waiting"] == 1
    assert datetime.fromisoformat(reported["days"][2]["last_export"]) == LATE
    first, second, again = reported["exports"]
    data_of_first = (kiosk.folder / "first.csv").read_bytes()
    assert (first["size"], first["format"]) == (len(data_of_first), "csv")
    assert (second["selection"], second["deduped"], second["rows"], second["signups"]) == (
        *("all", True),
        *(3, 4),
    )
    assert (again["repeats"], again["selection"]) == (1, "again")
    (erasure,) = reported["erasures"]
    assert (erasure["number"], erasure["reason"], erasure["signups"]) == (1, "request", 1)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM signups WHERE number = 1", "2024-05-01: 1 signup missing; look for a backup"),
        ("DELETE FROM signups", "2024-05-01: 3 signups missing; look for a backup"),
        ("UPDATE days SET captured = 1", "2024-05-01: 2 signups more than were captured"),
    ],
)
def test_a_ledger_that_does_not_add_up_names_the_day(
    kiosk: Kiosk, statement: str, expected: str
) -> None:
    kiosk.fill("a@example.com", "b@example.com", "c@example.com")
    change(kiosk.data, statement)

    result = kiosk("signups")

    assert (result.status, result.err) == (1, "")
    assert expected in result.out
    assert "captured = waiting" not in result.out
    reported = kiosk("signups", "--json")
    assert reported.status == 1
    assert json.loads(reported.out)["adds_up"] is False


def test_a_file_of_an_older_version_is_looked_at_once_the_kiosk_has_started(kiosk: Kiosk) -> None:
    Queue.open(kiosk.data).close()

    with tomorrow():
        assert kiosk("signups").sentence == f"{FILE_NAME} is not ready yet; start the kiosk once"
        assert kiosk("export", "--out", "a.csv").out == NOTHING
        assert kiosk("signups").status == 0
