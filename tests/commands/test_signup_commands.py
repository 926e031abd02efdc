"""What a manager does with the signups: each command says what it did, or why it could not."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kiosk.operation.folders import one_at_a_time
from kiosk.signups.crypto.keys import PUBLIC_NAME, install, installed, unlock
from kiosk.signups.crypto.sealing import OpeningKey
from kiosk.signups.form import Signup
from kiosk.signups.store import database, erasing
from kiosk.signups.store.database import FILE_NAME, QueueUnavailable
from kiosk.signups.store.ledger import Balance, read_ledger
from kiosk.signups.store.migrations import STEPS
from kiosk.signups.store.queue import Queue
from tests.signups.stored import signup_of

if TYPE_CHECKING:
    from tests.commands.conftest import Fill, Kiosk

Terminal = Callable[..., list[str]]
Descriptor = Callable[[bytes], int]
PASSPHRASE = "correct horse battery staple"
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
LATE = datetime(2024, 5, 9, 17, 30, tzinfo=UTC)
NOTHING = "There are no signups to export.\n"


@pytest.fixture(autouse=True)
def moment() -> Iterator[time_machine.Coordinates]:
    """The commands are given at NOW, in UTC, unless a test travels on."""
    with time_machine.travel(NOW.replace(tzinfo=ZoneInfo("UTC")), tick=False) as travel:
        yield travel


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))


def _emails(file: Path) -> list[str]:
    return [row["email"] for row in _rows(file)]


def _stored(data: Path) -> list[Signup]:
    with Queue.look(data) as queue:
        queue.select("all")
        return [signup_of(record, None) for record in queue.selected()]


def _balance(data: Path) -> Balance:
    with Queue.look(data) as queue:
        return read_ledger(queue).total


def _change(data: Path, statement: str) -> None:
    with Queue.open(data) as queue:
        queue.change(statement)


def _files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("export", "--out"),
        ("export --out a.csv --again first", "'first' is not the number of an export"),
        ("export --out a.csv --again 0", "'0' is not the number of an export"),
        ("export --out a.csv --again 99999999999999999999", "is not the number of an export"),
        ("export --out a.csv --again 1 --all", "not allowed with"),
        ("export --out a.csv --again 1 --since 2024-05-01", "not allowed with"),
        ("export --out a.csv --again 1 --dedupe", "an export is repeated as it was; leave"),
        ("export --out a.csv --again 7", "there was no export 7; 'kiosk signups' lists them"),
        ("export --out a.csv --since yesterday", "'yesterday' is not a day; write 2024-05-01"),
        ("export --out a.pdf", "must end in .csv, .xlsx or .jsonl"),
        ("export --out nowhere/a.csv", "cannot be written (No such file or directory)"),
        ("export --out a.csv --passphrase-fd three", "'three' is not a file descriptor; write"),
        ("export --out a.csv --key gone.json", "there is no terminal to type the passphrase on"),
        ("signups --jsn", "--jsn"),
        ("keys", "ACTION"),
        ("keys make", "invalid choice: 'make'"),
        ("keys create", "--out"),
        ("keys seal", "there is no key to seal to; make one with 'kiosk keys create'"),
        ("erase", "name either an address to erase, or --before DATE"),
        ("erase a@example.com --before 2024-05-01", "name either an address to erase, or --before"),
        ("erase --before May", "'May' is not a day; write 2024-05-01"),
        ("erase --before 2024-05-01 --suppress", "--suppress and --key go with an address"),
        ("erase --before 2024-05-01 --key k.json", "--suppress and --key go with an address"),
        (
            "erase vera",
            "no signup of this address is here, and it is not a complete address; write it",
        ),
        (
            "erase vera --suppress",
            "no signup of this address is here, and it is not a complete address;",
        ),
        ("erase -", "this is not a complete address; write it like name@example.com"),
        ("erase a@example.com b@example.com", "b@example.com"),
        ("recover gone.sqlite3", "gone.sqlite3 cannot be copied (No such file or directory)"),
        ("recover data", "data cannot be copied (Is a directory)"),
    ],
)
def test_wrong_use_is_one_sentence_and_changes_nothing(
    kiosk: Kiosk, fill: Fill, data: Path, arguments: str, said: str
) -> None:
    signups = fill("a@example.com", "b@example.com")

    assert said in kiosk(*arguments.split()).sentence

    assert _stored(data) == signups
    assert _balance(data) == Balance(2, 2, 0, 0)
    assert _files(data.parent) == {"data"}


COMMANDS = [
    "export --out a.csv",
    "export --out a.csv --again 1",
    "keys seal",
    "erase a@example.com",
    "erase --before 2024-06-01 --yes",
    "recover other.sqlite3",
]


@pytest.mark.parametrize("command", [*COMMANDS, "signups"])
def test_a_damaged_file_is_said_in_one_sentence_and_kept(
    kiosk: Kiosk, data: Path, command: str
) -> None:
    (data / FILE_NAME).write_bytes(b"damaged" * 1000)

    said = kiosk(*command.split()).sentence

    assert said.startswith(f"data/{FILE_NAME} is damaged; ")
    assert (data / FILE_NAME).read_bytes() == b"damaged" * 1000


@pytest.mark.parametrize("command", [*COMMANDS, "signups"])
def test_a_newer_file_is_said_in_one_sentence_and_kept(
    kiosk: Kiosk, fill: Fill, data: Path, command: str
) -> None:
    fill("a@example.com")
    _change(data, "CREATE TABLE visits (day TEXT)")
    _change(data, "PRAGMA user_version = 99")
    before = (data / FILE_NAME).read_bytes()

    assert "written by a newer version of the kiosk" in kiosk(*command.split()).sentence
    assert (data / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("command", [*COMMANDS, "signups"])
def test_a_file_in_use_is_said_in_one_sentence(
    kiosk: Kiosk, fill: Fill, data: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    fill("a@example.com")
    monkeypatch.setattr(database, "LOCK_WAIT_SECONDS", 0)
    monkeypatch.setattr("kiosk.commands.signups.PATIENCE_SECONDS", 0)
    other = sqlite3.connect(data / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    said = kiosk(*command.split()).sentence
    other.close()

    assert said == "another program is using the signups; try again in a moment"


@pytest.mark.parametrize("command", COMMANDS)
def test_two_commands_at_once_are_refused(
    kiosk: Kiosk, fill: Fill, data: Path, command: str
) -> None:
    fill("a@example.com")

    with one_at_a_time(data):
        said = kiosk(*command.split()).sentence

    assert said == "another command is at work on the signups of data; wait until it is done"


def test_the_ledger_may_be_looked_at_meanwhile(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com")

    with one_at_a_time(data):
        assert kiosk("signups").status == 0


# export


@pytest.mark.parametrize("choice", [[], ["--all"], ["--since", "2024-05-01"], ["--again", "1"]])
def test_where_nothing_was_ever_stored_nothing_is_exported_or_made(
    kiosk: Kiosk, data: Path, choice: list[str]
) -> None:
    done = kiosk("export", "--out", "a.csv", *choice)

    assert (done.status, done.out, done.err) == (0, NOTHING, "")
    assert list(data.iterdir()) == []


def test_an_export_says_how_many_where_and_its_number(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    fill("a@example.com")
    first = kiosk("export", "--out", "1.csv")
    fill("b@example.com", "c@example.com")
    second = kiosk("export", "--out", tmp_path / "2.csv")

    assert first.out == "1 signup exported to 1.csv (export 1)\n"
    assert second.out == f"2 signups exported to {tmp_path / '2.csv'} (export 2)\n"
    assert (first.status, first.err, second.status, second.err) == (0, "", 0, "")
    assert _emails(tmp_path / "2.csv") == ["b@example.com", "c@example.com"]


def test_since_and_all_bring_what_was_exported_before(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    fill("april@example.com", created_at=datetime(2024, 4, 30, 12, tzinfo=UTC))
    fill("may@example.com", created_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    kiosk("export", "--out", "1.csv")

    assert kiosk("export", "--out", "2.csv").out == NOTHING
    assert kiosk("export", "--out", "all.csv", "--all").status == 0
    assert kiosk("export", "--out", "since.csv", "--since", "2024-05-01").status == 0
    assert kiosk("export", "--out", "none.csv", "--since", "2024-05-02").out == NOTHING

    assert _emails(tmp_path / "all.csv") == ["april@example.com", "may@example.com"]
    assert _emails(tmp_path / "since.csv") == ["may@example.com"]
    assert not (tmp_path / "none.csv").exists()


def test_one_row_an_address_is_said(kiosk: Kiosk, fill: Fill, tmp_path: Path) -> None:
    fill("a@example.com", "b@example.com", "A@example.com", "a@EXAMPLE.com")

    done = kiosk("export", "--out", "a.csv", "--dedupe")

    assert done.status == 0
    assert done.out == (
        "4 signups exported to a.csv (export 1)\n"
        "2 of them share an address with a later one; the file has 2 rows, the newest consent of"
        " each address\n"
    )
    assert _emails(tmp_path / "a.csv") == ["b@example.com", "a@EXAMPLE.com"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_a_lost_file_is_written_again_byte_for_byte(
    kiosk: Kiosk,
    fill: Fill,
    tmp_path: Path,
    moment: time_machine.Coordinates,
    ending: str,
) -> None:
    fill("a@example.com", "b@example.com")
    kiosk("export", "--out", f"1.{ending}")
    fill("c@example.com")
    moment.move_to(LATE)

    done = kiosk("export", "--out", f"2.{ending}", "--again", "1")

    assert (done.status, done.err) == (0, "")
    assert done.out == (
        f"2 signups exported to 2.{ending} (export 2)\n"
        "the file is the same as that of export 1, byte for byte\n"
    )
    assert (tmp_path / f"1.{ending}").read_bytes() == (tmp_path / f"2.{ending}").read_bytes()


def test_a_lost_file_of_one_row_an_address_is_written_again(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    fill("a@example.com", "A@example.com")
    kiosk("export", "--out", "1.csv", "--dedupe")

    done = kiosk("export", "--out", "2.csv", "--again", "1")

    assert "the same as that of export 1, byte for byte" in done.out
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_what_was_erased_since_is_said_when_a_file_is_written_again(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    fill("a@example.com", "b@example.com")
    kiosk("export", "--out", "1.csv")
    kiosk("erase", "a@example.com")

    done = kiosk("export", "--out", "2.csv", "--again", "1")

    assert done.status == 0
    assert done.out == (
        "1 signup exported to 2.csv (export 2)\n"
        "1 signup of export 1 was erased since and is left out\n"
    )


def test_a_file_that_cannot_be_the_same_says_so(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com")
    kiosk("export", "--out", "1.csv")
    _change(data, "UPDATE signups SET kiosk = 'another'")

    done = kiosk("export", "--out", "2.csv", "--again", "1")

    assert done.out.endswith("the file differs from that of export 1\n")


def test_a_file_in_another_format_is_not_the_same(kiosk: Kiosk, fill: Fill) -> None:
    fill("a@example.com")
    kiosk("export", "--out", "1.csv")

    said = kiosk("export", "--out", "2.xlsx", "--again", "1").sentence

    assert said == "export 1 was .csv; name a file that ends so, to have it exactly"


def test_a_file_that_is_there_is_not_overwritten(kiosk: Kiosk, fill: Fill, tmp_path: Path) -> None:
    fill("a@example.com")
    (tmp_path / "a.csv").write_text("precious")

    said = kiosk("export", "--out", "a.csv").sentence

    assert said == "a.csv is there already and is not overwritten; name another file"
    assert (tmp_path / "a.csv").read_text() == "precious"


def test_a_name_that_is_no_text_is_kept_readable(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    """A stick formatted elsewhere may bring such a folder, a script such a file."""
    fill("a@example.com")

    done = kiosk("export", "--out", os.fsdecode(b"caf\xe9.csv"))

    assert (done.status, done.err) == (0, "")
    with Queue.look(data) as queue:
        assert queue.exports()[0].file_name == "caf\\xe9.csv"
    assert "caf\\xe9.csv" in kiosk("signups").out


def test_signups_that_cannot_be_read_are_listed_and_stay(
    kiosk: Kiosk, fill: Fill, data: Path, tmp_path: Path
) -> None:
    first, second, _ = fill("a@example.com", "b@example.com", "c@example.com")
    _change(data, "UPDATE people SET personal = x'00' WHERE number < 3")

    done = kiosk("export", "--out", "a.csv")

    assert (done.status, done.out) == (1, "1 signup exported to a.csv (export 1)\n")
    assert done.err == (
        "kiosk: 2 signups could not be read and stay where they are:\n"
        f"  {first.id}: its personal data are damaged\n"
        f"  {second.id}: its personal data are damaged\n"
    )
    assert _emails(tmp_path / "a.csv") == ["c@example.com"]
    assert _balance(data) == Balance(3, 2, 1, 0)


def test_a_long_list_of_what_cannot_be_read_is_cut(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill(*["a@example.com"] * 25)
    _change(data, "UPDATE people SET personal = x'00'")

    done = kiosk("export", "--out", "a.csv")

    assert (done.status, done.out) == (1, "No signup could be exported.\n")
    lines = done.err.splitlines()
    assert len(lines) == 22
    assert lines[-1] == "  and 5 more"


# export with a key


def test_sealed_signups_are_exported_with_the_managers_key(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, tmp_path: Path
) -> None:
    fill("open@example.com")
    fill("sealed@example.com", key=key.sealing)

    done = kiosk("export", "--out", "a.csv", "--key", "key.json", passphrase=PASSPHRASE)

    assert (done.status, done.out, done.err) == (
        *(0, "2 signups exported to a.csv (export 1)\n"),
        "",
    )
    assert _emails(tmp_path / "a.csv") == ["open@example.com", "sealed@example.com"]


def test_the_passphrase_comes_from_a_descriptor(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, descriptor: Descriptor
) -> None:
    fill("sealed@example.com", key=key.sealing)
    number = str(descriptor(f"{PASSPHRASE}\n".encode()))

    done = kiosk("export", "--out", "a.csv", "--key", "key.json", "--passphrase-fd", number)

    assert done.status == 0


def test_the_passphrase_is_typed_once(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, terminal: Terminal
) -> None:
    fill("sealed@example.com", key=key.sealing)
    asked = terminal(PASSPHRASE)

    assert kiosk("export", "--out", "a.csv", "--key", "key.json").status == 0
    assert asked == ["Passphrase: "]


@pytest.mark.parametrize(("count", "are"), [(1, "1 signup is"), (2, "2 signups are")])
def test_sealed_signups_without_a_key_are_not_exported(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, tmp_path: Path, count: int, are: str
) -> None:
    fill("open@example.com")
    fill(*["sealed@example.com"] * count, key=key.sealing)

    said = kiosk("export", "--out", "a.csv").sentence

    assert said == f"{are} sealed; name the manager's key with --key FILE"
    assert not (tmp_path / "a.csv").exists()
    assert _balance(data) == Balance(count + 1, count + 1, 0, 0)


def test_a_wrong_passphrase_exports_nothing(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, tmp_path: Path
) -> None:
    fill("sealed@example.com", key=key.sealing)

    done = kiosk("export", "--out", "a.csv", "--key", "key.json", passphrase="Correct horse")

    assert "the passphrase does not open key.json; type it again" in done.sentence
    assert not (tmp_path / "a.csv").exists()
    assert _balance(data) == Balance(1, 1, 0, 0)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.json", "gone.json cannot be read (No such file or directory); name the file that"),
        ("data", "data cannot be read (Is a directory); name the file that"),
        ("data/sealing-key.json", "is not a manager's key, or is damaged; name the file that"),
    ],
)
def test_a_file_that_is_no_key_is_said(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, name: str, said: str
) -> None:
    fill("sealed@example.com", key=key.sealing)
    install(data, key.sealing, NOW)

    done = kiosk("export", "--out", "a.csv", "--key", name, passphrase=PASSPHRASE)

    assert said in done.sentence


def test_what_is_sealed_to_another_key_is_listed_and_stays(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, tmp_path: Path
) -> None:
    other = OpeningKey.generate()
    fill("mine@example.com", key=key.sealing)
    (theirs,) = fill("theirs@example.com", key=other.sealing)

    done = kiosk("export", "--out", "a.csv", "--key", "key.json", passphrase=PASSPHRASE)

    assert (done.status, done.out) == (1, "1 signup exported to a.csv (export 1)\n")
    assert f"  {theirs.id}: it is sealed to another key, {other.id}\n" in done.err
    assert _emails(tmp_path / "a.csv") == ["mine@example.com"]
    assert _balance(data) == Balance(2, 1, 1, 0)


# signups


def test_an_empty_ledger_says_so(kiosk: Kiosk, data: Path) -> None:
    done = kiosk("signups")

    assert (done.status, done.out, done.err) == (0, "There are no signups yet.\n", "")
    assert json.loads(kiosk("signups", "--json").out) == {
        "adds_up": True,
        "total": dict.fromkeys(("captured", "waiting", "exported", "erased", "missing"), 0),
        "days": [],
        "exports": [],
        "erasures": [],
        "unsealed": 0,
    }
    assert list(data.iterdir()) == []


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
    done = kiosk("signups")

    assert (done.status, done.err) == (0, "")
    days, said, exports, erasures = done.out.split("\n\n")
    assert days.splitlines() == [
        "day         captured  waiting  exported  erased  last export",
        "2024-05-01         2        0         1       1  2024-05-09 17:30",
        "2024-05-02         1        0         1       0  2024-05-09 17:30",
        "2024-05-09         3        1         2       0  2024-05-09 17:30",
        "all                6        1         4       1  2024-05-09 17:30",
    ]
    assert said == "captured = waiting + exported + erased, on every day"
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


def test_the_ledger_for_programs(kiosk: Kiosk, busy_days: None, data: Path) -> None:
    done = kiosk("signups", "--json")

    assert (done.status, done.err) == (0, "")
    told = json.loads(done.out)
    assert told["adds_up"] is True
    assert told["total"] == {
        "captured": 6,
        "waiting": 1,
        "exported": 4,
        "erased": 1,
        "missing": 0,
    }
    assert told["unsealed"] == 5
    assert [day["day"] for day in told["days"]] == ["2024-05-01", "2024-05-02", "2024-05-09"]
    assert told["days"][2]["waiting"] == 1
    assert datetime.fromisoformat(told["days"][2]["last_export"]) == LATE
    first, second, again = told["exports"]
    data_of_first = (data.parent / "first.csv").read_bytes()
    assert (first["size"], first["format"]) == (len(data_of_first), "csv")
    assert (second["selection"], second["deduped"], second["rows"], second["signups"]) == (
        *("all", True),
        *(3, 4),
    )
    assert (again["repeats"], again["selection"]) == (1, "again")
    (erasure,) = told["erasures"]
    assert (erasure["number"], erasure["reason"], erasure["signups"]) == (1, "request", 1)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM signups WHERE number = 1", "2024-05-01: 1 signup missing; look for a copy"),
        ("DELETE FROM signups", "2024-05-01: 3 signups missing; look for a copy"),
        ("UPDATE days SET captured = 1", "2024-05-01: 2 signups more than were captured"),
    ],
)
def test_a_ledger_that_does_not_add_up_names_the_day(
    kiosk: Kiosk, fill: Fill, data: Path, statement: str, said: str
) -> None:
    fill("a@example.com", "b@example.com", "c@example.com")
    _change(data, statement)

    done = kiosk("signups")

    assert (done.status, done.err) == (1, "")
    assert said in done.out
    assert "captured = waiting" not in done.out
    told = kiosk("signups", "--json")
    assert told.status == 1
    assert json.loads(told.out)["adds_up"] is False


def test_a_file_of_an_older_version_is_looked_at_once_the_kiosk_has_started(
    kiosk: Kiosk, data: Path
) -> None:
    with sqlite3.connect(data / FILE_NAME) as connection:
        STEPS[0](connection)
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    assert kiosk("signups").sentence == f"{FILE_NAME} is not ready yet; start the kiosk once"
    assert kiosk("export", "--out", "a.csv").out == NOTHING
    assert kiosk("signups").status == 0


# keys create


def test_a_key_is_made_installed_and_seals_what_lay_open(
    kiosk: Kiosk, fill: Fill, data: Path, tmp_path: Path
) -> None:
    fill("a@example.com", "b@example.com")

    done = kiosk("keys", "create", "--out", "stick.json", passphrase=PASSPHRASE)

    assert (done.status, done.err) == (0, "")
    key = unlock(tmp_path / "stick.json", PASSPHRASE)
    assert installed(data) == key.sealing
    assert done.out.splitlines() == [
        f"stick.json holds the private key {key.id}; that it opens what is sealed was just tried.",
        "Signups of this kiosk are sealed to it from now on.",
        "2 signups that lay open are sealed now.",
        "Take stick.json off this machine and keep a second copy. Without the file and its"
        " passphrase nobody can read these signups again, not even its makers.",
    ]
    raw = b"".join(file.read_bytes() for file in data.iterdir())
    assert b"a@example.com" not in raw
    assert b"b@example.com" not in raw
    assert PASSPHRASE.encode() not in raw + (tmp_path / "stick.json").read_bytes()


def test_a_key_is_made_before_the_first_signup(kiosk: Kiosk, data: Path) -> None:
    done = kiosk("keys", "create", "--out", "stick.json", passphrase=PASSPHRASE)

    assert done.status == 0
    assert "0 signups that lay open are sealed now." in done.out
    assert installed(data) is not None


def test_one_signup_is_spoken_of_as_one(kiosk: Kiosk, fill: Fill) -> None:
    fill("a@example.com")

    done = kiosk("keys", "create", "--out", "stick.json", passphrase=PASSPHRASE)

    assert "1 signup that lay open is sealed now." in done.out


@pytest.mark.parametrize(
    "out", ["data/key.json", "data/sub/key.json", "data/../data/key.json", "link/key.json"]
)
def test_a_key_does_not_stay_on_the_kiosk(
    kiosk: Kiosk, data: Path, tmp_path: Path, out: str
) -> None:
    (data / "sub").mkdir()
    (tmp_path / "link").symlink_to(data, target_is_directory=True)

    said = kiosk("keys", "create", "--out", out, passphrase=PASSPHRASE).sentence

    assert said == (
        f"{out} would lie in the data folder, among the kiosk's own files; name a memory stick or"
        " another folder"
    )
    assert _files(data) == {"sub"}
    assert list((data / "sub").iterdir()) == []


def test_a_folder_that_only_begins_like_the_data_folder_is_another(
    kiosk: Kiosk, tmp_path: Path
) -> None:
    (tmp_path / "data-keys").mkdir()

    done = kiosk("keys", "create", "--out", "data-keys/key.json", passphrase=PASSPHRASE)

    assert done.status == 0


def _assert_no_key_was_made(data: Path, before: set[str]) -> None:
    assert installed(data) is None
    assert _files(data.parent) == before
    assert _stored(data)  # and it is readable without a key


def test_a_file_that_is_there_is_not_overwritten_by_a_key(
    kiosk: Kiosk, fill: Fill, data: Path, tmp_path: Path
) -> None:
    fill("a@example.com")
    (tmp_path / "key.json").write_text("precious")

    said = kiosk("keys", "create", "--out", "key.json", passphrase=PASSPHRASE).sentence

    assert said == "key.json is there already and is not overwritten; name another file"
    assert (tmp_path / "key.json").read_text() == "precious"
    _assert_no_key_was_made(data, {"data", "key.json"})


@pytest.mark.parametrize("passphrase", ["", "short", "elevenchars"])
def test_a_passphrase_that_is_too_short_is_refused(
    kiosk: Kiosk, fill: Fill, data: Path, passphrase: str
) -> None:
    fill("a@example.com")

    said = kiosk("keys", "create", "--out", "key.json", passphrase=passphrase).sentence

    assert said == ("the passphrase is too short; use at least 12 characters, such as four words")
    _assert_no_key_was_made(data, {"data"})


def test_without_a_terminal_no_key_is_made(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com")

    said = kiosk("keys", "create", "--out", "key.json").sentence

    assert said.startswith("there is no terminal to type the passphrase on; give it in KIOSK_PASS")
    _assert_no_key_was_made(data, {"data"})


def test_a_new_passphrase_is_typed_twice(kiosk: Kiosk, terminal: Terminal, tmp_path: Path) -> None:
    asked = terminal(PASSPHRASE, PASSPHRASE)

    assert kiosk("keys", "create", "--out", "key.json").status == 0
    assert asked == ["Passphrase: ", "Once more: "]
    unlock(tmp_path / "key.json", PASSPHRASE)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((PASSPHRASE, "correct horse battery stable"), "the two passphrases differ; nothing was"),
        ((), "no passphrase was typed; nothing was done"),
    ],
)
def test_a_slip_of_the_finger_makes_no_key(
    kiosk: Kiosk, fill: Fill, data: Path, terminal: Terminal, typed: tuple[str, ...], said: str
) -> None:
    fill("a@example.com")
    terminal(*typed)

    assert said in kiosk("keys", "create", "--out", "key.json").sentence
    _assert_no_key_was_made(data, {"data"})


def test_an_installed_key_is_not_replaced_by_accident(
    kiosk: Kiosk, key: OpeningKey, data: Path, tmp_path: Path
) -> None:
    install(data, key.sealing, NOW)

    said = kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE).sentence

    assert said == (
        f"signups are sealed to the key {key.id} already; with --replace, later ones are sealed to"
        " the new key and earlier ones still need the old one"
    )
    assert installed(data) == key.sealing
    assert not (tmp_path / "new.json").exists()


def test_a_key_is_replaced_when_asked_for_and_each_opens_its_own(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, tmp_path: Path
) -> None:
    install(data, key.sealing, NOW)
    (old,) = fill("old@example.com", key=key.sealing)

    done = kiosk("keys", "create", "--replace", "--out", "new.json", passphrase=PASSPHRASE)

    assert done.status == 0
    new = installed(data)
    assert new == unlock(tmp_path / "new.json", PASSPHRASE).sealing != key.sealing
    fill("new@example.com", key=new)
    exported = kiosk("export", "--out", "new.csv", "--key", "new.json", passphrase=PASSPHRASE)
    assert exported.status == 1
    assert f"{old.id}: it is sealed to another key, {key.id}" in exported.err
    exported = kiosk("export", "--out", "old.csv", "--key", "key.json", passphrase=PASSPHRASE)
    assert exported.status == 0
    assert _emails(tmp_path / "new.csv") == ["new@example.com"]
    assert _emails(tmp_path / "old.csv") == ["old@example.com"]


def test_a_folder_that_takes_no_key_is_said(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com")

    said = kiosk("keys", "create", "--out", "nowhere/key.json", passphrase=PASSPHRASE).sentence

    assert said == (
        "nowhere/key.json cannot be written (No such file or directory); name a folder that has"
        " room and that you may write to"
    )
    _assert_no_key_was_made(data, {"data"})


def test_signups_that_could_not_be_sealed_are_told_with_what_to_do(
    kiosk: Kiosk, fill: Fill, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill("a@example.com")

    def refuse(_: Path) -> None:
        raise QueueUnavailable("the disk is full; make room on it")

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "remove_copies", refuse)
        done = kiosk("keys", "create", "--out", "key.json", passphrase=PASSPHRASE)

    assert done.status == 2
    assert done.err == (
        "kiosk: not all signups could be sealed (the disk is full; make room on it); run 'kiosk"
        " keys seal'\n"
    )
    assert installed(data) is not None
    assert kiosk("keys", "seal").status == 0
    assert b"a@example.com" not in (data / FILE_NAME).read_bytes()


# keys seal


def test_what_lies_open_is_sealed_to_the_installed_key(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path
) -> None:
    fill("a@example.com", "b@example.com")
    install(data, key.sealing, NOW)

    first, second = kiosk("keys", "seal"), kiosk("keys", "seal")

    assert (first.status, first.out) == (0, "2 signups that lay open are sealed now.\n")
    assert (second.status, second.out) == (0, "0 signups that lay open are sealed now.\n")
    assert b"a@example.com" not in (data / FILE_NAME).read_bytes()


def test_a_key_the_settings_have_lost_is_brought_back(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path
) -> None:
    fill("open@example.com")
    fill("sealed@example.com", key=key.sealing)

    done = kiosk("keys", "seal")

    assert (done.status, done.out) == (
        0,
        f"The key {key.id} is back in the settings.\n1 signup that lay open is sealed now.\n",
    )
    assert installed(data) == key.sealing


def test_a_damaged_public_half_is_not_sealed_to(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    signups = fill("a@example.com")
    (data / PUBLIC_NAME).write_text("{")

    assert "is damaged; bring it back from a copy" in kiosk("keys", "seal").sentence
    assert _stored(data) == signups


# erase


def test_an_address_is_erased_however_it_is_written(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    kept, *_ = fill("b@example.com", "a@example.com", "A@Example.com", "a@EXAMPLE.COM")

    done = kiosk("erase", " A@example.COM ")

    assert (done.status, done.err) == (0, "")
    assert done.out == "Receipt 1: 3 signups erased, 2024-05-02 08:00.\n"
    assert _stored(data) == [kept]
    assert _balance(data) == Balance(4, 1, 0, 3)
    assert b"a@example.com" not in (data / FILE_NAME).read_bytes().lower()


NO_SUCH = "No signup of this address is here; nothing was erased."


@pytest.mark.parametrize("is_sealed", [False, True])
def test_an_address_that_is_not_here_is_not_said_to_be_erased(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, is_sealed: bool
) -> None:
    fill("a@example.com", key=key.sealing if is_sealed else None)

    done = kiosk("erase", "b@example.com", "--key", "key.json", passphrase=PASSPHRASE)

    assert (done.status, done.out, done.err) == (1, f"{NO_SUCH}\n", "")
    with Queue.look(data) as queue:
        assert read_ledger(queue).erasures == ()


def test_an_address_that_is_not_here_comes_onto_the_list_all_the_same(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    fill("a@example.com")

    done = kiosk("erase", "b@example.com", "--suppress")
    fill("b@example.com")
    kiosk("export", "--out", "a.csv")

    assert done.status == 0
    assert done.out.splitlines() == [
        NO_SUCH,
        "The address is on the suppression list; a later signup of it will be flagged.",
    ]
    assert [row["suppressed"] for row in _rows(tmp_path / "a.csv")] == ["no", "yes"]


def test_a_signup_that_cannot_be_read_may_be_of_the_address(
    kiosk: Kiosk, fill: Fill, data: Path
) -> None:
    fill("a@example.com")
    with Queue.open(data) as queue:
        queue.change("UPDATE people SET personal = x'00'")

    done = kiosk("erase", "a@example.com")

    assert (done.status, done.out) == (1, f"{NO_SUCH}\n")
    assert "1 signup could not be read and may be of this address as well" in done.err


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("vera@example", "VERA@Example"),
        ("vera", "Vera"),
        ("ve..ra@example.com", "ve..ra@EXAMPLE.com"),
        ("vera@localhost", "vera@localhost"),
        ("zo\u00eb..@example.com", "ZOE\u0308..@example.com"),
        ("zoe\u0308@b\u00fccher", "zo\u00eb@BU\u0308CHER"),
        ("vera@b\u00fccher.local", "vera@xn--bcher-kva.local"),
        ("x" * 300 + "@example.com", "X" * 300 + "@example.com"),
        ("ve ra@example.com", "ve ra@example.com"),
        ("vera@example.com", "\u202avera\u200b@example.com\u202c"),
        ("ve\u200bra@example.com", "vera@example.com"),
        ("+vera@example.com", "+vera@example.com"),
    ],
)
def test_whatever_lies_there_as_an_address_can_be_erased(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, stored: str, asked: str, is_sealed: bool
) -> None:
    """Also what today's form would refuse: an older one took it, or a hand wrote it."""
    kept, _ = fill("other@example.com", stored, key=key.sealing if is_sealed else None)

    done = kiosk("erase", "-", "--key", "key.json", given=f"{asked}\n", passphrase=PASSPHRASE)

    assert (done.status, done.err) == (0, "")
    assert _balance(data) == Balance(2, 1, 0, 1)
    with Queue.look(data) as queue:
        queue.select()
        assert [record.id for record in queue.selected()] == [kept.id]


def test_an_odd_address_that_was_here_comes_onto_the_list(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    fill("vera@example")

    done = kiosk("erase", "vera@example", "--suppress")
    fill("vera@example")
    kiosk("export", "--out", "a.csv")

    assert (done.status, done.out.count("suppression list")) == (0, 1)
    assert [row["suppressed"] for row in _rows(tmp_path / "a.csv")] == ["yes"]


def test_an_address_from_the_input_is_in_no_list_of_processes(
    kiosk: Kiosk, fill: Fill, data: Path
) -> None:
    fill("a@example.com", "b@example.com")

    done = kiosk("erase", "-", given="a@example.com\r\nb@example.com\n")

    assert (done.status, done.out[:27]) == (0, "Receipt 1: 1 signup erased,")
    assert [signup.person.email for signup in _stored(data)] == ["b@example.com"]


@pytest.mark.parametrize("given", ["", "\n", "vera\n", "a@example.com, b@example.com\n"])
def test_an_input_without_an_address_erases_nothing(
    kiosk: Kiosk, fill: Fill, data: Path, given: str
) -> None:
    fill("a@example.com")

    assert "not a complete address" in kiosk("erase", "-", given=given).sentence
    assert _balance(data) == Balance(1, 1, 0, 0)


def test_an_input_in_another_encoding_erases_nothing(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com")

    done = kiosk("erase", "-", given=b"a@ex\xe4mple.com\n")

    assert "this is not a complete address" in done.sentence
    assert _balance(data) == Balance(1, 1, 0, 0)


def test_files_that_still_hold_an_erased_address_are_named(
    kiosk: Kiosk, fill: Fill, moment: time_machine.Coordinates
) -> None:
    fill("a@example.com")
    kiosk("export", "--out", "one.csv")
    fill("b@example.com")
    kiosk("export", "--out", "two.csv")
    moment.move_to(LATE)
    kiosk("export", "--out", "all.xlsx", "--all")

    done = kiosk("erase", "a@example.com")

    assert done.out.splitlines() == [
        "Receipt 1: 1 signup erased, 2024-05-09 17:30.",
        "  it is still in one.csv (export 1, 2024-05-02 08:00); erase it there too",
        "  it is still in all.xlsx (export 3, 2024-05-09 17:30); erase it there too",
    ]


def test_a_suppressed_address_is_flagged_when_it_comes_again(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    fill("a@example.com")
    done = kiosk("erase", "a@example.com", "--suppress")
    fill("A@example.com", "b@example.com")
    kiosk("export", "--out", "a.csv")

    assert done.out.splitlines() == [
        "Receipt 1: 1 signup erased, 2024-05-02 08:00.",
        "The address is on the suppression list; a later signup of it will be flagged.",
    ]
    assert [row["suppressed"] for row in _rows(tmp_path / "a.csv")] == ["yes", "no"]


def test_an_address_is_suppressed_before_the_first_signup(
    kiosk: Kiosk, fill: Fill, tmp_path: Path
) -> None:
    done = kiosk("erase", "a@example.com", "--suppress")
    fill("a@example.com")
    kiosk("export", "--out", "a.csv")

    assert done.status == 0
    assert [row["suppressed"] for row in _rows(tmp_path / "a.csv")] == ["yes"]


@pytest.mark.parametrize("is_in_settings", [True, False])
def test_the_suppression_list_is_sealed_as_signups_are(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, is_in_settings: bool
) -> None:
    """Also to a key that the settings have lost since."""
    if is_in_settings:
        install(data, key.sealing, NOW)
    else:
        fill("b@example.com", key=key.sealing)
    given = [] if is_in_settings else ["--key", "key.json"]

    kiosk("erase", "a@example.com", "--suppress", *given, passphrase=PASSPHRASE)

    with Queue.look(data) as queue:
        assert queue.query("SELECT key_id FROM suppression_keys") == [(key.id,)]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("a@example.com", 1, NO_SUCH),
        ("--before 2024-06-01", 0, "There are no signups to erase."),
        ("--before 2024-06-01 --yes", 0, "There are no signups to erase."),
    ],
)
def test_where_nothing_was_ever_stored_nothing_is_erased_or_made(
    kiosk: Kiosk, data: Path, arguments: str, status: int, said: str
) -> None:
    done = kiosk("erase", *arguments.split())

    assert (done.status, done.out, done.err) == (status, f"{said}\n", "")
    assert list(data.iterdir()) == []


@pytest.mark.parametrize(("count", "are"), [(1, "1 signup is"), (2, "2 signups are")])
def test_sealed_signups_are_not_searched_without_the_key(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, count: int, are: str
) -> None:
    """Saying that an address is erased while it may be there sealed would be a lie."""
    fill(*["a@example.com"] * count, key=key.sealing)

    said = kiosk("erase", "a@example.com").sentence

    assert said == f"{are} sealed; name the manager's key with --key FILE"
    assert _balance(data) == Balance(count, count, 0, 0)


def test_sealed_signups_are_erased_with_the_key(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path
) -> None:
    fill("a@example.com")
    fill("A@example.com", "b@example.com", key=key.sealing)

    done = kiosk("erase", "a@example.com", "--key", "key.json", passphrase=PASSPHRASE)

    assert (done.status, done.out[:28]) == (0, "Receipt 1: 2 signups erased,")
    assert _balance(data) == Balance(3, 1, 0, 2)


def test_what_could_not_be_compared_is_listed(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path
) -> None:
    other = OpeningKey.generate()
    fill("a@example.com", key=key.sealing)
    (theirs,) = fill("a@example.com", key=other.sealing)

    done = kiosk("erase", "a@example.com", "--key", "key.json", passphrase=PASSPHRASE)

    assert (done.status, done.out[:27]) == (1, "Receipt 1: 1 signup erased,")
    assert done.err == (
        "kiosk: 1 signup could not be read and may be of this address as well:\n"
        f"  {theirs.id}: it is sealed to another key, {other.id}\n"
    )
    assert _balance(data) == Balance(2, 1, 0, 1)


def test_traces_that_may_be_left_need_attention(
    kiosk: Kiosk, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise QueueUnavailable("the disk is full; make room on it")

    fill("a@example.com")
    monkeypatch.setattr(erasing, "remove_copies", refuse)

    done = kiosk("erase", "a@example.com")

    assert (done.status, done.out[:27]) == (1, "Receipt 1: 1 signup erased,")
    assert done.err == "kiosk: traces may be left: the disk is full; make room on it\n"


def test_a_database_set_aside_may_hold_the_address_as_well(
    kiosk: Kiosk, fill: Fill, data: Path
) -> None:
    fill("a@example.com")
    aside = data / "signups.damaged-20240502T080000-abcdef.sqlite3"
    aside.write_bytes(b"damaged")

    done = kiosk("erase", "a@example.com")

    assert f"data/{aside.name} was set aside damaged and may still hold signups" in done.out


# erase --before


@pytest.fixture
def three_days(fill: Fill) -> list[Signup]:
    """Signups of three days, that of the first exported."""
    days = (datetime(2024, 4, 29, 12, tzinfo=UTC) + timedelta(days=n) for n in range(3))
    return [fill(f"{n}@example.com", created_at=day)[0] for n, day in enumerate(days)]


def test_what_was_made_before_a_day_is_erased_with_yes(
    kiosk: Kiosk, three_days: list[Signup], data: Path
) -> None:
    done = kiosk("erase", "--before", "2024-05-01", "--yes")

    assert (done.status, done.err) == (0, "")
    assert done.out == "Receipt 1: 2 signups erased, 2024-05-02 08:00.\n"
    assert _stored(data) == three_days[2:]


def test_without_a_terminal_nothing_is_erased_unless_yes_is_said(
    kiosk: Kiosk, three_days: list[Signup], data: Path
) -> None:
    said = kiosk("erase", "--before", "2024-05-01", given="yes\n").sentence

    assert said == (
        "This erases 2 signups made before 2024-05-01, 2 of them never exported, for good. There"
        " is no terminal to ask on; say --yes if that is meant"
    )
    assert _stored(data) == three_days


@pytest.mark.parametrize("answer", ["yes", "y", " YES "])
def test_whoever_says_yes_at_the_terminal_is_believed(
    kiosk: Kiosk, three_days: list[Signup], data: Path, terminal: Terminal, answer: str
) -> None:
    asked = terminal(answer)
    kiosk("export", "--out", "a.csv")

    done = kiosk("erase", "--before", "2024-05-01")

    assert done.status == 0
    assert asked == ["This erases 2 signups made before 2024-05-01, for good. Type yes to go on: "]
    assert _stored(data) == three_days[2:]


@pytest.mark.parametrize("answers", [[], [""], ["no"], ["yes please"], ["ja"]])
def test_anything_but_yes_erases_nothing(
    kiosk: Kiosk, three_days: list[Signup], data: Path, terminal: Terminal, answers: list[str]
) -> None:
    terminal(*answers)

    assert kiosk("erase", "--before", "2024-05-01").sentence == "nothing was erased"
    assert _stored(data) == three_days


def test_a_day_before_everything_is_not_asked_about(
    kiosk: Kiosk, three_days: list[Signup], terminal: Terminal
) -> None:
    asked = terminal("yes")

    done = kiosk("erase", "--before", "2024-04-29")

    assert (done.status, done.out) == (0, "No signup was made before 2024-04-29.\n")
    assert asked == []


def test_old_signups_are_erased_without_the_key(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path
) -> None:
    fill("a@example.com", key=key.sealing)

    assert kiosk("erase", "--before", "2024-06-01", "--yes").status == 0
    assert _balance(data) == Balance(1, 0, 0, 1)


# recover


def test_with_nothing_set_aside_there_is_nothing_to_recover(kiosk: Kiosk, data: Path) -> None:
    done = kiosk("recover")

    assert (done.status, done.out, done.err) == (0, "No damaged database was set aside.\n", "")
    assert list(data.iterdir()) == []


def test_what_was_set_aside_comes_back(
    kiosk: Kiosk, fill: Fill, data: Path, tmp_path: Path
) -> None:
    before = fill("a@example.com", "b@example.com")
    aside = data / "signups.damaged-20240502T080000-abcdef.sqlite3"
    (data / FILE_NAME).rename(aside)
    later = fill("c@example.com")

    done, again = kiosk("recover"), kiosk("recover")

    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"data/{aside.name}: 2 signups read, 2 of them new here",
        "  that is all the signups it held; it can be removed",
    ]
    assert again.out.startswith(f"data/{aside.name}: 2 signups read, 0 of them new here")
    assert _stored(data) == [*later, *before]
    assert aside.exists()


def test_what_cannot_be_recovered_needs_attention(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com", "b@example.com")
    _change(data, "UPDATE people SET personal = x'00' WHERE number = 1")
    aside = data / "signups.damaged-20240502T080000-abcdef.sqlite3"
    (data / FILE_NAME).rename(aside)
    (data / "signups.damaged-20240503T080000-abcdef.sqlite3").write_bytes(b"damaged" * 1000)

    done = kiosk("recover")

    assert (done.status, done.err) == (1, "")
    assert "  1 more could not be read; keep the file for an expert\n" in done.out
    assert "  whether that is all cannot be told; keep the file for an expert\n" in done.out
    assert [signup.person.email for signup in _stored(data)] == ["b@example.com"]


def test_what_a_later_file_knows_as_erased_does_not_come_back_from_an_earlier_one(
    kiosk: Kiosk, fill: Fill, data: Path
) -> None:
    vera, other = fill("vera@example.com", "b@example.com")
    (data / FILE_NAME).rename(data / "signups.damaged-1.sqlite3")
    kiosk("recover")
    kiosk("erase", "vera@example.com", "--suppress")
    (data / FILE_NAME).rename(data / "signups.damaged-2.sqlite3")

    done = kiosk("recover", "data/signups.damaged-1.sqlite3")

    assert (done.status, done.err) == (0, "")
    assert _stored(data) == [other]
    assert vera not in _stored(data)


def test_what_was_exported_before_a_recovery_is_known_after_it(
    kiosk: Kiosk, fill: Fill, data: Path
) -> None:
    fill("a@example.com")
    kiosk("export", "--out", "a.csv")
    kiosk("erase", "--before", "2000-01-01", "--yes")
    (data / FILE_NAME).rename(data / "signups.damaged-1.sqlite3")

    done = kiosk("recover")

    assert done.status == 0
    assert "1 export of it is in the ledger, with what it brought" in done.out
    assert "There are no signups to export." in kiosk("export", "--out", "b.csv").out


def test_marks_that_are_lost_are_counted(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com", "b@example.com")
    kiosk("export", "--out", "a.csv")
    _change(data, "DELETE FROM exported WHERE signup = 1")
    (data / FILE_NAME).rename(data / "signups.damaged-1.sqlite3")

    done = kiosk("recover")

    assert done.status == 1
    assert "1 signup that had been exported" in done.out
    assert "1 signup exported" in kiosk("export", "--out", "b.csv").out


def test_a_suppression_list_that_is_lost_needs_attention(
    kiosk: Kiosk, fill: Fill, data: Path
) -> None:
    fill("b@example.com")
    kiosk("erase", "a@example.com", "--suppress")
    _change(data, "UPDATE suppression_keys SET secret = x'ff'")
    (data / FILE_NAME).rename(data / "signups.damaged-1.sqlite3")

    done = kiosk("recover")

    assert done.status == 1
    assert done.out.splitlines()[-1] == (
        "  that is all the signups it held, but its erasures or its suppression list could not be"
        " read whole; keep the file for an expert"
    )


def test_recovered_signups_are_sealed_to_the_installed_key(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path
) -> None:
    fill("a@example.com")
    (data / FILE_NAME).rename(data / "signups.damaged-1.sqlite3")
    install(data, key.sealing, NOW)

    assert kiosk("recover").status == 0

    assert b"a@example.com" not in (data / FILE_NAME).read_bytes()


def test_the_database_in_use_is_not_recovered(kiosk: Kiosk, fill: Fill, data: Path) -> None:
    fill("a@example.com")
    (data / "link.sqlite3").symlink_to(FILE_NAME)

    for name in (FILE_NAME, "link.sqlite3"):
        assert "is the database in use" in kiosk("recover", f"data/{name}").sentence


# What may lie about


@pytest.mark.parametrize("command", [*COMMANDS[:1], *COMMANDS[2:], "recover"])
def test_what_a_killed_recovery_left_is_removed(
    kiosk: Kiosk, fill: Fill, data: Path, command: str
) -> None:
    fill("a@example.com")
    left = data / ".recovering-123"
    left.mkdir()
    (left / "signups.damaged-x.sqlite3").write_bytes(b"a@example.com")

    kiosk(*command.split())

    assert not left.exists()


@pytest.mark.parametrize("command", ["create --out stick.json --replace", "seal"])
def test_sealing_names_what_it_does_not_reach(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, command: str
) -> None:
    fill("a@example.com")
    install(data, key.sealing, NOW)
    asides = [data / f"signups.damaged-x.sqlite3{ending}" for ending in ("", "-journal")]
    for aside in asides:
        aside.write_bytes(b"damaged")

    done = kiosk("keys", *command.split(), passphrase=PASSPHRASE)

    assert done.status == 0
    for aside in asides:
        assert f"{aside.relative_to(data.parent)} was set aside damaged and may still" in done.out


# Who may, and where


@pytest.mark.parametrize("command", [*COMMANDS, "keys create --out stick.json"])
def test_another_user_than_the_owner_is_refused(
    kiosk: Kiosk, fill: Fill, data: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    signups = fill("a@example.com")
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 12345)
        said = kiosk(*command.split(), passphrase=PASSPHRASE).sentence

    assert said.startswith(f"data belongs to the user {data.owner()}; give the command as that")
    assert _stored(data) == signups
    assert _files(data) == {FILE_NAME}


@pytest.mark.parametrize("command", ["signups", "export --out a.csv", "erase a@example.com"])
def test_what_may_not_be_looked_at_is_not_called_empty(
    kiosk: Kiosk, data: Path, command: str
) -> None:
    (data / FILE_NAME).symlink_to(FILE_NAME)

    said = kiosk(*command.split()).sentence

    assert said.startswith(f"data/{FILE_NAME} cannot be read (Too many levels of symbolic links)")


@pytest.mark.parametrize(
    ("out", "said"),
    [
        (".", ". is a folder; name a file in it"),
        ("", ". is a folder; name a file in it"),
        ("/", "/ is a folder; name a file in it"),
        ("loop", "loop is there already and is not overwritten"),
        ("loop/key.json", "cannot be written (Too many levels of symbolic links)"),
    ],
)
def test_a_place_for_a_key_that_is_none_is_said(
    kiosk: Kiosk, data: Path, tmp_path: Path, out: str, said: str
) -> None:
    (tmp_path / "loop").symlink_to("loop")

    assert said in kiosk("keys", "create", "--out", out, passphrase=PASSPHRASE).sentence
    assert installed(data) is None


# A key that is damaged or lost


def test_a_damaged_public_half_is_not_replaced_unasked(
    kiosk: Kiosk, fill: Fill, data: Path, tmp_path: Path
) -> None:
    fill("a@example.com")
    (data / PUBLIC_NAME).write_text("{")

    said = kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE).sentence
    done = kiosk("keys", "create", "--out", "new.json", "--replace", passphrase=PASSPHRASE)

    assert f"data/{PUBLIC_NAME} is damaged; bring it back from a copy" in said
    assert "'kiosk keys seal'" in said
    assert "--replace" in said
    assert done.status == 0
    assert installed(data) == unlock(tmp_path / "new.json", PASSPHRASE).sealing


@pytest.mark.parametrize("is_known", [True, False])
def test_a_damaged_public_half_does_not_keep_an_address_from_being_erased(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, is_known: bool
) -> None:
    fill("a@example.com", key=key.sealing if is_known else None)
    (data / PUBLIC_NAME).write_text("{")

    done = kiosk("erase", "a@example.com", "--key", "key.json", passphrase=PASSPHRASE)
    suppressed = kiosk("erase", "a@example.com", "--suppress")

    assert (done.status, done.out[:27]) == (0, "Receipt 1: 1 signup erased,")
    assert suppressed.status == (0 if is_known else 2)


def test_a_key_the_settings_have_lost_is_not_replaced_unasked(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, tmp_path: Path
) -> None:
    fill("a@example.com", key=key.sealing)

    said = kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE).sentence

    assert f"the key {key.id} already, which the settings have lost; 'kiosk keys seal'" in said
    assert not (tmp_path / "new.json").exists()
    assert installed(data) is None


def test_signups_are_sealed_though_nobody_reads_what_is_said(
    kiosk: Kiosk, fill: Fill, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError

    fill("a@example.com")
    monkeypatch.setattr("builtins.print", closed)
    monkeypatch.setattr("kiosk.cli._drop_output", lambda: None, raising=False)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE)
    monkeypatch.undo()

    assert installed(data) is not None
    assert b"a@example.com" not in (data / FILE_NAME).read_bytes()


# An unknown part of the suppression list


@pytest.mark.parametrize(
    ("name", "said"), [("a.csv", ",unknown,"), ("a.jsonl", '"suppressed": null')]
)
def test_a_part_of_the_suppression_list_that_stays_closed_needs_attention(
    kiosk: Kiosk, fill: Fill, key: OpeningKey, data: Path, tmp_path: Path, name: str, said: str
) -> None:
    install(data, key.sealing, NOW)
    kiosk("erase", "a@example.com", "--suppress")
    fill("a@example.com")

    done = kiosk("export", "--out", name)

    assert (done.status, done.out) == (1, f"1 signup exported to {name} (export 1)\n")
    assert done.err == (
        "kiosk: a part of the suppression list cannot be opened, with another key perhaps; whether"
        " those addresses objected is unknown\n"
    )
    text = (tmp_path / name).read_text(encoding="utf-8-sig")
    assert said in text
