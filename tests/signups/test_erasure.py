"""What is erased is gone from every file, what is not stays; a receipt tells it without a name."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from shutil import copyfile
from subprocess import Popen
from unittest.mock import Mock

import pytest

from kiosk.signups.crypto.keys import install_key
from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store import batch_pacer, erasure
from kiosk.signups.store.database import BATCH_SIZE, FILE_NAME, QueueUnavailable
from kiosk.signups.store.erasure import (
    count_before,
    erase_address,
    erase_before,
    erase_expired,
    seal_in_place,
)
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import ExportRecord, Queue
from kiosk.signups.store.stored_signup import decode_person
from tests.conftest import make_signup
from tests.long_runs import IS_LONG
from tests.signups.stored import store_many

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEY, ANOTHER = PrivateKey.generate(), PrivateKey.generate()
ADDRESS = "vera.visitor@example.com"


def _emails(queue: Queue, key: PrivateKey | None = None) -> list[str]:
    queue.select()
    return [decode_person(record, key).email for record in queue.selected()]


def _files_with(folder: Path, *words: str) -> list[str]:
    """The files in which any of the words lies, in capitals or not, in any form of Unicode."""
    forms = {
        unicodedata.normalize(form, word).lower().encode(encoding)
        for word in words
        for form in ("NFC", "NFD")
        for encoding in ("utf-8", "utf-16-le")
    }
    return [
        file.name
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(form in file.read_bytes().lower() for form in forms)
    ]


# An address


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("vera@example.com", ["VERA@EXAMPLE.COM", "Vera@example.com", "vera@Example.com"]),
        ("VERA@Example.Com", ["vera@example.com"]),
        ("zoe\u0308@example.com", ["zoë@example.com", "ZOË@example.com"]),
        ("zoë@example.com", ["zoe\u0308@example.com"]),
        ("vera@bücher.example.com", ["vera@xn--bcher-kva.example.com", "VERA@BÜCHER.example.com"]),
        ("vera@xn--bcher-kva.example.com", ["vera@bücher.example.com"]),
        ("vera@straße.de", ["vera@xn--strae-oqa.de", "vera@STRAẞE.de"]),
        (" vera@example.com ", ["vera@example.com"]),
    ],
)
def test_every_signup_of_an_address_goes_however_it_is_written(
    queue: Queue, asked: str, written: list[str], is_sealed: bool
) -> None:
    for email in ["first@example.com", *written, "last@example.com"]:
        queue.add(make_signup(email=email), KEY.public_key if is_sealed else None)

    receipt = erase_address(queue, asked, NOW, private_key=KEY if is_sealed else None)

    assert receipt.count == len(written)
    assert _emails(queue, KEY) == ["first@example.com", "last@example.com"]


def test_the_signups_of_all_others_stay(queue: Queue) -> None:
    others = [
        "vera@example.org",
        "a.vera@example.com",
        "vera@example.com.au",
        "vera@strasse.de",
        "vera@mail.example.com",
    ]
    for email in others:
        queue.add(make_signup(email=email))

    for email in ("vera@example.com", "vera@straße.de", "era@example.com", "%", "vera%", ""):
        assert erase_address(queue, email, NOW).count == 0

    assert _emails(queue) == others


def test_waiting_and_exported_signups_of_an_address_both_go(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup(email=ADDRESS))
    export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
    queue.add(make_signup(email=ADDRESS))

    assert erase_address(queue, ADDRESS, NOW).count == 2
    assert queue.count() == 0


def test_more_signups_of_an_address_than_are_read_at_once_all_go(queue: Queue) -> None:
    for _ in range(BATCH_SIZE + 1):
        queue.add(make_signup(email=ADDRESS))

    assert erase_address(queue, ADDRESS, NOW).count == BATCH_SIZE + 1
    assert queue.count() == 0


def test_progress_is_told_of_every_signup(queue: Queue) -> None:
    for _ in range(3):
        queue.add(make_signup())
    reported: list[tuple[int, int]] = []

    erase_address(
        queue, ADDRESS, NOW, progress=lambda result, total: reported.append((result, total))
    )

    assert reported == [(1, 3), (2, 3), (3, 3)]


def _old_copy(folder: Path, version: int = 2) -> Path:
    """What lies beside the database after a migration."""
    copy = folder / f"signups.before-{version}.sqlite3"
    copyfile(folder / FILE_NAME, copy)
    return copy


@pytest.mark.parametrize("is_sealed", [False, True])
def test_nothing_of_an_erased_address_is_left_in_any_file(
    queue: Queue, tmp_path: Path, is_sealed: bool
) -> None:
    for number in range(60):
        email = ADDRESS if number % 7 == 3 else f"other{number}@example.org"
        name = "Zoë Quillfeather" if email == ADDRESS else "Otto"
        queue.add(make_signup(email=email, name=name * (number % 5 + 1)))
    _old_copy(tmp_path, 1)
    _old_copy(tmp_path, 2)
    if is_sealed:
        seal_in_place(queue, KEY.public_key, NOW)
    else:
        assert len(_files_with(tmp_path, ADDRESS)) == 3

    receipt = erase_address(queue, ADDRESS, NOW, private_key=KEY)

    assert (receipt.count, receipt.remaining_copy) == (9, "")
    assert not _files_with(tmp_path, ADDRESS, "vera.visitor", "Quillfeather")
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_what_lay_in_a_copy_is_overwritten_before_it_is_removed(
    queue: Queue, tmp_path: Path
) -> None:
    queue.add(make_signup(email=ADDRESS))
    copy = _old_copy(tmp_path)
    (tmp_path / "other name").hardlink_to(copy)  # the same blocks of the disk

    erase_address(queue, ADDRESS, NOW)

    assert not copy.exists()
    assert not any((tmp_path / "other name").read_bytes())


def test_a_copy_that_cannot_be_removed_is_named_and_the_erasure_stands(
    queue: Queue, tmp_path: Path
) -> None:
    queue.add(make_signup(email=ADDRESS))
    (tmp_path / "signups.before-2.sqlite3").mkdir()

    receipt = erase_address(queue, ADDRESS, NOW)

    assert "signups.before-2.sqlite3" in receipt.remaining_copy
    assert "remove it" in receipt.remaining_copy
    assert queue.count() == 0


@pytest.mark.parametrize("seed", range(4 if IS_LONG else 1))
def test_no_order_of_events_leaves_a_copy_of_what_was_erased_or_sealed(
    queue: Queue, tmp_path: Path, seed: int
) -> None:
    """SQLite overwrites what is deleted, but not what it moved between pages before."""
    chance = Random(seed)
    live, gone = set[str](), list[str]()
    for number in range(500):
        email = f"visitor{number:06}@example.com"
        queue.add(make_signup(email=email, name="Z" * chance.choice([0, 20, 90, 300])))
        live.add(email)
        if chance.random() < 0.25:
            email = chance.choice(sorted(live))
            erase_address(queue, email, NOW, private_key=KEY)
            live.remove(email)
            gone.append(email)
        if number == 250:
            seal_in_place(queue, KEY.public_key, NOW)
            gone += sorted(live)

    raw = (tmp_path / FILE_NAME).read_bytes()
    assert not [email for email in gone if email.encode() in raw]
    assert sorted(_emails(queue, KEY)) == sorted(live)


def test_sealing_takes_exactly_the_place_of_what_lay_open(queue: Queue) -> None:
    for length in range(0, 300, 7):
        queue.add(make_signup(name="n" * length))
    sizes = queue.query("SELECT number, length(personal) FROM people")

    seal_in_place(queue, KEY.public_key, NOW)

    assert queue.query("SELECT number, length(personal) FROM people") == sizes


INSERT_UNTIL_TOLD = """
import time
from kiosk.signups.crypto.sealed_box import PublicKey
key = PublicKey(bytes.fromhex(sys.argv[2]))
queue = Queue.open(Path(sys.argv[1]))
longest = 0.0
print("ready", flush=True)
while not Path(sys.argv[1], "enough").exists():
    signup = make_signup("inserter")
    began = time.perf_counter()
    queue.add(signup, key)
    longest = max(longest, time.perf_counter() - began)
    time.sleep(0.02)
print(longest, flush=True)
"""


@pytest.mark.slow(reason="seals and erases very many while a process signs up")
def test_a_visitor_waits_at_most_a_second_while_very_many_are_sealed_and_erased(
    queue: Queue, tmp_path: Path, child: Callable[..., Popen[str]]
) -> None:
    store_many(queue, make_signup(created_at=datetime(2024, 1, 1, 9, tzinfo=UTC)), 6000)
    inserting = child(INSERT_UNTIL_TOLD, tmp_path, KEY.public_key.raw.hex())
    assert inserting.stdout is not None
    assert inserting.stdout.readline() == "ready\n"

    seal_in_place(queue, KEY.public_key, NOW)
    receipt = erase_before(queue, date(2024, 1, 2), NOW)
    (tmp_path / "enough").touch()

    assert receipt.count == 6000
    assert float(inserting.stdout.readline()) < 1
    assert read_ledger(queue).is_balanced


def test_an_erasure_that_is_cut_off_is_accounted_for_and_goes_on(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "BATCH_SIZE", 3)
    for _ in range(10):
        queue.add(make_signup(email=ADDRESS))
    with monkeypatch.context() as patch:
        patch.setattr(
            batch_pacer, "MAX_HOLD_SECONDS", 0
        )  # so that each transaction is followed by a pause
        patch.setattr(batch_pacer, "sleep", Mock(side_effect=[None, QueueUnavailable("locked")]))
        with pytest.raises(QueueUnavailable):
            erase_address(queue, ADDRESS, NOW)

    assert queue.count() == 4
    assert [erasure.signup_count for erasure in read_ledger(queue).erasures] == [6]
    assert read_ledger(queue).is_balanced
    assert erase_address(queue, ADDRESS, NOW).count == 4
    assert not _files_with(tmp_path, ADDRESS)


def test_the_kiosk_erases_only_some_at_once_and_then_goes_on(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "BATCH_SIZE", 4)
    for _ in range(10):
        queue.add(make_signup(created_at=NOW))
    export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
    store = LocalSignupStore(tmp_path, lambda: NOW + 40 * DAY)

    assert [store.erase_expired(30) for _ in range(4)] == [True, True, True, False]

    assert queue.count() == 0
    store.close()


def test_a_receipt_is_kept_without_the_address(queue: Queue, tmp_path: Path) -> None:
    signup = make_signup(email=ADDRESS)
    queue.add(signup)

    receipt = erase_address(queue, ADDRESS, NOW, suppress=True)

    (erasure,) = read_ledger(queue).erasures
    assert (erasure.number, erasure.created_at, erasure.reason) == (1, NOW, "request")
    assert erasure.signup_count == receipt.count == 1
    assert queue.query("SELECT id, day FROM erased") == [(signup.id, "2024-05-01")]
    assert not _files_with(tmp_path, ADDRESS, "vera", "visitor")


def test_an_erased_signup_does_not_come_back(queue: Queue) -> None:
    """A tap that was still on its way, or a form that is sent again."""
    signup = make_signup(email=ADDRESS)
    queue.add(signup)
    erase_address(queue, ADDRESS, NOW)

    queue.add(signup)
    queue.add(signup, KEY.public_key)

    assert queue.count() == 0
    assert read_ledger(queue).is_balanced


def test_the_same_address_may_sign_up_anew(queue: Queue) -> None:
    queue.add(make_signup(email=ADDRESS))
    erase_address(queue, ADDRESS, NOW)

    queue.add(make_signup(email=ADDRESS))

    assert _emails(queue) == [ADDRESS]
    assert read_ledger(queue).total.captured == 2


def test_an_erasure_that_fails_halfway_erases_nothing(queue: Queue) -> None:
    for _ in range(3):
        queue.add(make_signup(email=ADDRESS))
    with closing(sqlite3.connect(queue.file)) as other:
        other.execute(
            "CREATE TRIGGER fails BEFORE DELETE ON signups WHEN old.number = 3"
            " BEGIN SELECT raise(ABORT, 'no'); END"
        )

    with pytest.raises(sqlite3.DatabaseError):
        erase_address(queue, ADDRESS, NOW)

    assert queue.count() == 3
    assert read_ledger(queue).erasures == ()
    assert read_ledger(queue).is_balanced


def test_the_kiosk_goes_on_storing_after_an_erasure_by_another_program(tmp_path: Path) -> None:
    store = LocalSignupStore(tmp_path, lambda: NOW)
    store.save(make_signup(email=ADDRESS))

    with Queue.open(tmp_path) as command:
        erase_address(command, ADDRESS, NOW)
        store.save(make_signup(email="otto@example.com"))
        assert _emails(command) == ["otto@example.com"]
        assert read_ledger(command).is_balanced
    store.close()


# What is older than a day


def test_a_day_is_the_showrooms_own(queue: Queue) -> None:
    """At 23:30 in New York it is the next day in London."""
    eastern, tokyo = timezone(timedelta(hours=-4)), timezone(timedelta(hours=9))
    late = make_signup(created_at=datetime(2024, 5, 3, 23, 30, tzinfo=eastern))
    early = make_signup(created_at=datetime(2024, 5, 4, 0, 30, tzinfo=tokyo))
    queue.add(late)
    queue.add(early)

    assert count_before(queue, date(2024, 5, 4)) == (1, 1)
    assert erase_before(queue, date(2024, 5, 4), NOW).count == 1
    queue.select()
    assert [record.id for record in queue.selected()] == [early.id]


def test_how_many_would_go_is_told_beforehand(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup())
    export(queue, ExportRequest(tmp_path / "1.csv"), NOW)
    export(queue, ExportRequest(tmp_path / "2.csv", "all"), NOW)
    queue.add(make_signup())
    queue.add(make_signup())

    assert count_before(queue, date(2024, 5, 2)) == (3, 2)
    assert count_before(queue, date(2024, 5, 1)) == (0, 0)


def test_nothing_of_what_was_made_before_a_day_is_left_in_any_file(
    queue: Queue, tmp_path: Path
) -> None:
    for number in range(80):
        day = datetime(2024, 5, 1 + number % 2, tzinfo=UTC)
        email = f"{'old' if day.day == 1 else 'new'}{number}@example.com"
        queue.add(make_signup(email=email, name=f"Somebody{number}" * 9, created_at=day))
    _old_copy(tmp_path)

    receipt = erase_before(queue, date(2024, 5, 2), NOW)

    assert (receipt.count, receipt.remaining_copy) == (40, "")
    assert not _files_with(tmp_path, *(f"old{n}@" for n in range(0, 80, 2)))
    assert _files_with(tmp_path, "new1@example.com") == [FILE_NAME]


# What was kept long enough


def _exported_on(queue: Queue, folder: Path, moment: datetime) -> None:
    export(queue, ExportRequest(folder / f"{len(queue.exports())}.csv"), moment)


def test_what_was_exported_is_erased_after_its_days_and_not_before(
    queue: Queue, tmp_path: Path
) -> None:
    queue.add(make_signup(created_at=NOW - 10 * DAY))
    _exported_on(queue, tmp_path, NOW)

    assert erase_expired(queue, 30, NOW) is None
    assert erase_expired(queue, 30, NOW + 30 * DAY) is None
    assert queue.count() == 1
    receipt = erase_expired(queue, 30, NOW + 30 * DAY + timedelta(seconds=1))

    assert receipt is not None
    assert (receipt.count, receipt.exports) == (1, (1,))
    assert queue.count() == 0
    assert [erasure.reason for erasure in read_ledger(queue).erasures] == ["retention"]
    assert read_ledger(queue).is_balanced


def test_what_was_never_exported_is_never_overdue(queue: Queue) -> None:
    queue.add(make_signup())

    assert erase_expired(queue, 1, NOW + 5000 * DAY) is None
    assert queue.count() == 1


def test_only_the_signups_of_old_exports_are_overdue(queue: Queue, tmp_path: Path) -> None:
    for number in range(4):
        queue.add(make_signup(email=f"v{number}@example.com", created_at=NOW))
        if number < 3:
            _exported_on(queue, tmp_path, NOW + number * 10 * DAY)

    erase_expired(queue, 30, NOW + 41 * DAY)

    assert _emails(queue) == ["v2@example.com", "v3@example.com"]


def test_exporting_again_does_not_begin_the_days_anew(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup())
    _exported_on(queue, tmp_path, NOW)
    export(queue, ExportRequest(tmp_path / "again.csv", "all"), NOW + 29 * DAY)

    receipt = erase_expired(queue, 30, NOW + 31 * DAY)

    assert receipt is not None
    assert receipt.exports == (1, 2)


def test_an_export_under_a_clock_that_had_fallen_back_makes_nothing_overdue(
    queue: Queue, tmp_path: Path
) -> None:
    """A flat battery dates the export to 1970, weeks after the signups it brought."""
    queue.add(make_signup())
    _exported_on(queue, tmp_path, datetime(1970, 1, 1, tzinfo=UTC))

    assert erase_expired(queue, 30, NOW) is None
    assert queue.count() == 1


def test_an_export_under_a_clock_that_had_run_ahead_is_not_overdue_yet(
    queue: Queue, tmp_path: Path
) -> None:
    queue.add(make_signup())
    _exported_on(queue, tmp_path, datetime(2099, 1, 1, tzinfo=UTC))

    assert erase_expired(queue, 30, NOW + 60 * DAY) is None


def test_days_are_counted_between_moments_not_between_their_texts(
    queue: Queue, tmp_path: Path
) -> None:
    tokyo = timezone(timedelta(hours=9))
    queue.add(make_signup())
    _exported_on(queue, tmp_path, NOW.astimezone(tokyo))

    assert erase_expired(queue, 30, NOW + 30 * DAY) is None
    assert erase_expired(queue, 30, NOW + 30 * DAY + timedelta(minutes=1)) is not None


def test_nothing_overdue_is_left_in_any_file(queue: Queue, tmp_path: Path) -> None:
    chance = Random(6)  # rows of all sizes: SQLite moves some, and leaves the old place as it was
    overdue = [number for number in range(400) if chance.random() < 0.6]
    for number in range(400):
        name = "N" * chance.randrange(300) * chance.randrange(12)
        queue.add(make_signup(email=f"overdue{number}@example.com", name=name))
    queue.select()
    queue.deselect([number + 1 for number in range(400) if number not in overdue])
    queue.mark_exported(ExportRecord(NOW, "a.csv", "csv", 1, "", "new", len(overdue), len(overdue)))
    _old_copy(tmp_path)

    erase_expired(queue, 30, NOW + 31 * DAY)

    assert queue.count() == 400 - len(overdue)
    raw = queue.file.read_bytes()
    assert not [number for number in overdue if f"overdue{number}@".encode() in raw]
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_while_an_old_copy_cannot_be_removed_what_is_overdue_waits(
    queue: Queue, tmp_path: Path
) -> None:
    """Once it was erased nobody would come back for the copy."""
    queue.add(make_signup())
    _exported_on(queue, tmp_path, NOW)
    stuck = tmp_path / "signups.before-2.sqlite3"
    stuck.mkdir()

    with pytest.raises(QueueUnavailable, match=stuck.name):
        erase_expired(queue, 30, NOW + 31 * DAY)
    assert queue.count() == 1

    stuck.rmdir()
    assert erase_expired(queue, 30, NOW + 31 * DAY) is not None


def test_the_kiosk_erases_what_is_overdue_by_itself(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        queue.add(make_signup())
        _exported_on(queue, tmp_path, NOW)
    store = LocalSignupStore(tmp_path, lambda: NOW + 31 * DAY)

    store.erase_expired(31)
    with Queue.open(tmp_path) as queue:
        assert queue.count() == 1
    store.erase_expired(30)
    with Queue.open(tmp_path) as queue:
        assert queue.count() == 0
    store.close()


def test_the_kiosk_makes_no_database_only_to_find_nothing_overdue(tmp_path: Path) -> None:
    store = LocalSignupStore(tmp_path, lambda: NOW)

    store.erase_expired(30)
    store.close()

    assert not list(tmp_path.iterdir())


# Sealed in place


def _fill(queue: Queue, count: int) -> None:
    for number in range(count):
        name = "Plainname" * (number % 7)
        email = f"plain{number}@example.com"
        queue.add(make_signup(email=email, name=name, postal_code="K1A 0B1"))


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several rounds without several times five hundred signups."""
    assert BATCH_SIZE == 500
    monkeypatch.setattr(erasure, "BATCH_SIZE", 10)


def test_sealing_in_place_leaves_no_plain_byte_in_any_file(
    queue: Queue, tmp_path: Path, few_at_once: None
) -> None:
    _fill(queue, 65)
    erase_address(queue, "plain7@example.com", NOW, suppress=True)
    _old_copy(tmp_path)
    assert len(_files_with(tmp_path, "plain", "plainname")) == 2

    assert seal_in_place(queue, KEY.public_key, NOW) == 64

    assert not _files_with(tmp_path, "plain", "@example.com", "K1A 0B1")
    assert queue.count_unsealed() == 0
    assert _emails(queue, KEY) == [f"plain{n}@example.com" for n in range(65) if n != 7]


def test_sealing_in_place_changes_nothing_else(queue: Queue) -> None:
    _fill(queue, 12)
    record = (
        "SELECT number, id, created_at, clock_trusted, kiosk, content_version, ticked, consent_id"
        " FROM signups"
    )
    before, ledger = queue.query(record), read_ledger(queue)

    seal_in_place(queue, KEY.public_key, NOW)

    after = read_ledger(queue)
    assert queue.query(record) == before
    assert (after.days, after.exports) == (ledger.days, ledger.exports)
    assert (ledger.unsealed_count, after.unsealed_count) == (12, 0)
    assert after.key_id == KEY.id


def test_what_was_sealed_to_another_key_stays_so(queue: Queue) -> None:
    queue.add(make_signup(), ANOTHER.public_key)
    queue.add(make_signup())

    assert seal_in_place(queue, KEY.public_key, NOW) == 1

    assert queue.query("SELECT key_id FROM signups") == [(ANOTHER.id,), (KEY.id,)]


def test_sealing_in_place_twice_does_no_more(queue: Queue) -> None:
    _fill(queue, 3)
    seal_in_place(queue, KEY.public_key, NOW)
    before = queue.query("SELECT personal FROM people")

    assert seal_in_place(queue, KEY.public_key, NOW) == 0
    assert queue.query("SELECT personal FROM people") == before


def test_progress_of_sealing_is_told(queue: Queue, few_at_once: None) -> None:
    _fill(queue, 25)
    reported: list[tuple[int, int]] = []

    seal_in_place(
        queue, KEY.public_key, NOW, lambda result, total: reported.append((result, total))
    )

    assert reported == [(10, 25), (20, 25), (25, 25)]


class _Stopped(Exception):
    pass


@pytest.mark.parametrize("after", [0, 1, 9, 10, 15, 24])
def test_sealing_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path,
    few_at_once: None,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    seal, sealed = PublicKey.seal, []

    def stop(key: PublicKey, text: bytes) -> bytes:
        if len(sealed) == after:
            raise _Stopped
        sealed.append(text)
        return seal(key, text)

    with Queue.open(tmp_path) as queue:
        _fill(queue, 25)
        with monkeypatch.context() as patch:
            patch.setattr(PublicKey, "seal", stop)
            with pytest.raises(_Stopped):
                seal_in_place(queue, KEY.public_key, NOW)
    with Queue.open(tmp_path) as queue:
        assert queue.count_unsealed() == 25 - after // 10 * 10
        assert seal_in_place(queue, KEY.public_key, NOW) == 25 - after // 10 * 10
        assert _emails(queue, KEY) == [f"plain{n}@example.com" for n in range(25)]

    assert not _files_with(tmp_path, "plain")


def test_sealing_that_could_not_clear_up_clears_up_next_time(queue: Queue, tmp_path: Path) -> None:
    _fill(queue, 30)
    copy = _old_copy(tmp_path)
    (tmp_path / "signups.before-3.sqlite3").mkdir()
    with pytest.raises(QueueUnavailable, match="older copy with the same signups"):
        seal_in_place(queue, KEY.public_key, NOW)
    (tmp_path / "signups.before-3.sqlite3").rmdir()

    assert seal_in_place(queue, KEY.public_key, NOW) == 0

    assert not copy.exists()
    assert not _files_with(tmp_path, "plain")


def test_a_process_that_is_killed_while_sealing_loses_nothing(
    tmp_path: Path, child: Callable[..., object]
) -> None:
    with Queue.open(tmp_path) as queue:
        _fill(queue, 40)
    process = child(
        "import os, sys, pathlib\n"
        "from datetime import datetime, UTC\n"
        "from kiosk.signups.store import erasure\n"
        "from kiosk.signups.store.queue import Queue\n"
        "from kiosk.signups.crypto.sealed_box import PublicKey\n"
        "erasure.BATCH_SIZE = 10\n"
        "queue = Queue.open(pathlib.Path(sys.argv[1]))\n"
        "key, store, count = PublicKey(bytes.fromhex(sys.argv[2])), erasure._store_boxes, [0]\n"
        "def die(*given):\n"
        "    count[0] += 1\n"
        "    if count[0] == 3:\n"
        "        queue._connection.execute('UPDATE people SET personal = x\\'00\\'')\n"
        "        os.kill(os.getpid(), 9)\n"
        "    return store(*given)\n"
        "erasure._store_boxes = die\n"
        "erasure.seal_in_place(queue, key, datetime.now(UTC))\n",
        tmp_path,
        KEY.public_key.raw.hex(),
    )
    assert process.wait() == -9  # type: ignore[attr-defined]

    with Queue.open(tmp_path) as queue:
        assert queue.count_unsealed() == 20
        assert seal_in_place(queue, KEY.public_key, NOW) == 20
        assert _emails(queue, KEY) == [f"plain{n}@example.com" for n in range(40)]
        assert read_ledger(queue).is_balanced
    assert not _files_with(tmp_path, "plain")


def test_sealing_ends_though_open_signups_never_stop_coming(
    tmp_path: Path, few_at_once: None
) -> None:
    with Queue.open(tmp_path) as queue, Queue.open(tmp_path) as running:
        _fill(queue, 25)

        count = seal_in_place(queue, KEY.public_key, NOW, lambda *_: running.add(make_signup()))

        assert count >= 25
        assert queue.count_unsealed() > 0


def test_what_is_erased_while_its_box_is_closed_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Queue.open(tmp_path) as queue, Queue.open(tmp_path) as running:
        _fill(queue, 3)
        seal_slot = PublicKey.seal_padded

        def erase_then_seal(key: PublicKey, slot: bytes) -> bytes:
            monkeypatch.setattr(PublicKey, "seal_padded", seal_slot)
            assert erase_address(running, "plain1@example.com", NOW).count == 1
            return seal_slot(key, slot)

        monkeypatch.setattr(PublicKey, "seal_padded", erase_then_seal)

        assert seal_in_place(queue, KEY.public_key, NOW) == 2
        assert queue.query("SELECT sum(personal = zeroblob(length(personal))) FROM people") == [
            (1,)
        ]
        assert _emails(queue, KEY) == ["plain0@example.com", "plain2@example.com"]
        assert read_ledger(queue).is_balanced


def test_a_slow_disk_writes_fewer_at_once(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    store_many(queue, make_signup(), 1200)
    times = iter(range(10_000))  # a second for each transaction
    monkeypatch.setattr(batch_pacer, "monotonic", lambda: next(times))
    batches: list[int] = []

    seal_in_place(queue, KEY.public_key, NOW, lambda result, _: batches.append(result))

    assert batches[:4] == [500, 550, 570, 590]
    assert batches[-1] == 1200


INSERT_WITHOUT_PAUSE = """
queue = Queue.open(Path(sys.argv[1]))
queue.lock_timeout = 60
print("ready", flush=True)
sys.stdin.readline()
while not Path(sys.argv[1], "enough").exists():
    queue.add(make_signup())
"""


def test_sealing_and_erasing_get_their_turn_while_visitors_never_pause(
    queue: Queue, tmp_path: Path, child: Callable[..., Popen[str]]
) -> None:
    """Three at once: the file is hardly ever free."""
    queue.lock_timeout = 60
    for number in range(30):
        queue.add(make_signup(email=f"old{number}@example.com"))
    visitors = [child(INSERT_WITHOUT_PAUSE, tmp_path) for _ in range(3)]
    for visitor in visitors:  # all have opened it before any of them begins
        assert visitor.stdout is not None
        assert visitor.stdout.readline() == "ready\n"
    for visitor in visitors:
        assert visitor.stdin is not None
        visitor.stdin.write("\n")
        visitor.stdin.flush()

    assert seal_in_place(queue, KEY.public_key, NOW) >= 30
    assert erase_address(queue, "old7@example.com", NOW, private_key=KEY).count == 1
    (tmp_path / "enough").touch()

    assert read_ledger(queue).is_balanced


def test_signups_that_come_in_meanwhile_are_sealed_as_well(
    tmp_path: Path, few_at_once: None
) -> None:
    """By the kiosk that has not seen the key yet, and by the one that has."""
    with Queue.open(tmp_path) as queue, Queue.open(tmp_path) as running:
        _fill(queue, 25)
        arriving = [make_signup(email=f"plain-late{n}@example.com") for n in range(3)]
        store = LocalSignupStore(tmp_path, lambda: NOW)

        def meanwhile(result: int, total: int) -> None:
            if arriving:
                running.add(arriving.pop())
                install_key(tmp_path, KEY.public_key, NOW)
                store.save(make_signup(email=f"plain-desk{result}@example.com"))

        count = seal_in_place(queue, KEY.public_key, NOW, meanwhile)

        assert count == 28
        assert queue.count_unsealed() == 0
        assert len(_emails(queue, KEY)) == 31
        assert read_ledger(queue).is_balanced
        store.close()
    assert not _files_with(tmp_path, "plain")


def test_a_kiosk_whose_settings_lost_the_key_seals_on(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        seal_in_place(queue, KEY.public_key, NOW)
    store = LocalSignupStore(tmp_path, lambda: NOW)

    store.save(make_signup(email="plain@example.com"))
    store.close()

    assert not _files_with(tmp_path, "plain@")


def test_signups_of_a_clock_that_was_wrong_are_not_overdue_when_it_is_right_again(
    queue: Queue,
) -> None:
    """Both dates are of 1970: the signup's own and that of its export."""
    then = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    queue.add(make_signup(created_at=then, clock_trusted=False))
    queue.select("new")
    queue.mark_exported(ExportRecord(then, "a.csv", "csv", 1, "0" * 64, "new", 1, 1))

    assert erase_expired(queue, 30, datetime(2026, 5, 2, tzinfo=UTC)) is None
    assert queue.count() == 1
