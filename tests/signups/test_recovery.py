"""A damaged database gives back whatever in it can still be read."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.form import Signup
from kiosk.signups.store import recovery
from kiosk.signups.store.database import FILE_NAME, QueueUnavailable
from kiosk.signups.store.erasure import erase_address
from kiosk.signups.store.ledger import Counts, read_ledger
from kiosk.signups.store.migrations import LATEST_VERSION
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.recovery import RecoveryResult, recover, restore_erased
from kiosk.signups.store.stored_signup import LOST_CONSENT
from kiosk.signups.store.suppression import SuppressionList
from tests.conftest import make_signup
from tests.long_runs import IS_LONG
from tests.signups.stored import signups_in

NOW = datetime(2026, 5, 2, 8, 0, tzinfo=UTC)
PAGE_BYTES = 4096


@pytest.fixture
def signups() -> list[Signup]:
    return [make_signup(email=f"visitor.{number}@example.com") for number in range(120)]


@pytest.fixture
def damaged(tmp_path: Path, signups: list[Signup]) -> Path:
    """A sound database under the name of one that was set aside; tests do the damage."""
    folder = tmp_path / "before"
    folder.mkdir()
    with Queue.open(folder) as queue:
        for signup in signups:
            queue.add(signup)
    return (folder / FILE_NAME).rename(tmp_path / "signups.damaged-example.sqlite3")


def proof_apart(signup: Signup) -> Signup:
    return replace(signup, consent=LOST_CONSENT)


def pages_of_signups(file: Path) -> list[int]:
    """Pages that hold addresses."""
    intact = file.read_bytes()
    pages = range(len(intact) // PAGE_BYTES)
    return [n for n in pages if b"visitor." in intact[n * PAGE_BYTES : (n + 1) * PAGE_BYTES]]


def overwrite(file: Path, pages: list[int], seed: int = 1) -> None:
    with file.open("r+b") as intact:
        for page in pages:
            intact.seek(page * PAGE_BYTES)
            intact.write(random.Random(seed).randbytes(PAGE_BYTES))


def test_a_sound_file_comes_back_whole(queue: Queue, damaged: Path, signups: list[Signup]) -> None:
    assert recover(queue, damaged, NOW) == RecoveryResult(
        readable_count=120, restored_count=120, lost_count=0
    )
    assert signups_in(queue) == signups
    assert read_ledger(queue).is_balanced


def test_words_that_take_several_pages_come_back(tmp_path: Path, queue: Queue) -> None:
    signup = make_signup(wording="Yes, please. " * 2000)
    (tmp_path / "before").mkdir()
    with Queue.open(tmp_path / "before") as before:
        before.add(signup)

    recover(queue, before.file, NOW)

    assert signups_in(queue) == [signup]


def test_what_lies_on_destroyed_pages_is_counted_and_the_rest_comes_back(
    queue: Queue, damaged: Path, signups: list[Signup]
) -> None:
    overwrite(damaged, pages_of_signups(damaged)[1:3])

    result = recover(queue, damaged, NOW)

    back = signups_in(queue)
    assert 0 < len(back) == result.readable_count == result.restored_count < 120
    assert result.lost_count == 120 - result.readable_count
    assert set(back) <= set(signups)
    assert read_ledger(queue).is_balanced


@pytest.mark.parametrize("seed", range(25 if IS_LONG else 5))
def test_random_damage_brings_no_wrong_signup_and_no_error(
    queue: Queue, damaged: Path, signups: list[Signup], seed: int
) -> None:
    count = damaged.stat().st_size // PAGE_BYTES
    chance = random.Random(seed)
    overwrite(damaged, chance.sample(range(count), chance.randint(1, 6)), seed)

    result = recover(queue, damaged, NOW)

    back = signups_in(queue)
    assert len(back) == result.readable_count
    assert {proof_apart(signup) for signup in back} <= {proof_apart(signup) for signup in signups}
    assert sum(signup.consent == LOST_CONSENT for signup in back) == result.without_consent_count
    assert result.lost_count in {None, 120 - result.readable_count}


def test_the_damaged_file_is_left_as_it_is_and_nothing_else_stays(
    tmp_path: Path, queue: Queue, damaged: Path
) -> None:
    before = damaged.read_bytes()

    recover(queue, damaged, NOW)

    assert damaged.read_bytes() == before
    assert not list(tmp_path.glob(".recovering-*"))


def test_recovering_twice_stores_once(queue: Queue, damaged: Path) -> None:
    recover(queue, damaged, NOW)

    assert recover(queue, damaged, NOW) == RecoveryResult(
        readable_count=120, restored_count=0, lost_count=0
    )
    assert queue.count() == 120


def test_what_was_erased_here_does_not_come_back(
    queue: Queue, damaged: Path, signups: list[Signup]
) -> None:
    recover(queue, damaged, NOW)
    erase_address(queue, signups[7].person.email, NOW)

    recover(queue, damaged, NOW)

    assert signups[7] not in signups_in(queue)
    assert queue.count() == 119


def test_boxes_come_back_sealed_to_their_own_key(
    tmp_path: Path, queue: Queue, signups: list[Signup]
) -> None:
    key = PrivateKey.generate()
    folder = tmp_path / "sealed"
    folder.mkdir()
    with Queue.open(folder) as other:
        for signup in signups:
            other.add(signup, key.public_key)

    recover(queue, folder / FILE_NAME, NOW)

    assert signups_in(queue, key) == signups
    assert queue.count_unsealed() == 0
    assert queue.latest_key() == key.public_key


def test_wording_that_was_on_a_destroyed_page_is_taken_from_later_signups(
    queue: Queue, damaged: Path, signups: list[Signup]
) -> None:
    intact = damaged.read_bytes()
    wording = intact.rindex(b"Yes, please.") // PAGE_BYTES
    overwrite(damaged, [wording])

    assert recover(queue, damaged, NOW).without_consent_count == 120
    assert not set(signups) & set(signups_in(queue))
    queue.add(make_signup())  # the showroom went on with the same words

    assert recover(queue, damaged, NOW) == RecoveryResult(
        readable_count=120, restored_count=0, lost_count=0
    )
    assert set(signups) <= set(signups_in(queue))


def test_something_that_never_was_a_database_gives_nothing(tmp_path: Path, queue: Queue) -> None:
    other = tmp_path / "signups.damaged-other.sqlite3"
    other.write_bytes(random.Random(3).randbytes(20_000))

    assert recover(queue, other, NOW) == RecoveryResult(
        readable_count=0,
        restored_count=0,
        lost_count=None,
        is_complete=False,
        has_erasures=True,
        unmarked_count=None,
    )


def test_a_file_of_a_newer_version_is_refused_in_a_sentence(queue: Queue, tmp_path: Path) -> None:
    other = tmp_path / "signups.damaged-other.sqlite3"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE visits (day TEXT)")
        connection.execute(f"PRAGMA user_version = {LATEST_VERSION + 1}")

    with pytest.raises(QueueUnavailable, match="was written by a newer version of the kiosk"):
        recover(queue, other, NOW)


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "free some space on the disk of the data folder"),
        (errno.EIO, "check its disk and the disk of the data folder"),
    ],
)
def test_a_file_that_cannot_be_copied_is_a_sentence(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    (tmp_path / "old.sqlite3").write_bytes(queue.file.read_bytes())
    monkeypatch.setattr(recovery, "copyfile", Mock(side_effect=OSError(code, os.strerror(code))))

    with pytest.raises(QueueUnavailable, match=remedy):
        recover(queue, tmp_path / "old.sqlite3", NOW)


# What else the file knows


def _set_aside(folder: Path, name: str) -> Path:
    return (folder / FILE_NAME).rename(folder / f"signups.damaged-{name}.sqlite3")


def test_what_was_erased_in_the_damaged_file_is_counted_and_never_comes_back(
    tmp_path: Path, queue: Queue
) -> None:
    """An earlier file still holds what a later one knows as erased; each is brought twice."""
    vera = make_signup(email="vera@example.com")
    folder = tmp_path / "before"
    folder.mkdir()
    with Queue.open(folder) as before:
        before.add(vera)
        shutil.copy(before.file, tmp_path / "signups.damaged-earlier.sqlite3")
        erase_address(before, "vera@example.com", NOW)
        before.add(make_signup())
    later = _set_aside(folder, "later")

    for _ in range(2):
        recover(queue, later, NOW)
    result = recover(queue, tmp_path / "signups.damaged-earlier.sqlite3", NOW)
    queue.add(vera)

    assert result == RecoveryResult(readable_count=1, restored_count=0, lost_count=0)
    assert vera not in signups_in(queue)
    ledger = read_ledger(queue)
    assert ledger.is_balanced
    assert ledger.total == Counts(captured=2, waiting=1, exported=0, erased=1)
    assert [(e.reason, e.signup_count) for e in ledger.erasures] == [("recovered", 1)]


def test_what_was_brought_as_erased_is_brought_on_from_there(tmp_path: Path, queue: Queue) -> None:
    vera = make_signup(email="vera@example.com")
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with Queue.open(first) as one, Queue.open(second) as two:
        one.add(vera)
        erase_address(one, "vera@example.com", NOW)
        restore_erased(two, _set_aside(first, "one"), NOW)

    restore_erased(queue, _set_aside(second, "two"), NOW)
    queue.add(vera)

    assert queue.count() == 0
    assert read_ledger(queue).total.erased == 1


@pytest.mark.parametrize("is_sealed", [False, True])
def test_the_suppression_list_comes_back_once(
    tmp_path: Path, queue: Queue, is_sealed: bool
) -> None:
    key = PrivateKey.generate()
    folder = tmp_path / "before"
    folder.mkdir()
    with Queue.open(folder) as before:
        for address in ("a@example.com", "b@example.com"):
            public_key = key.public_key if is_sealed else None
            erase_address(
                before, address, NOW, private_key=key, public_key=public_key, suppress=True
            )
    damaged = _set_aside(folder, "x")

    for _ in range(2):
        assert recover(queue, damaged, NOW).is_complete

    suppressed = SuppressionList(queue, key, as_of_export=None)
    addresses = ("a@example.com", "B@example.com", "c@example.com")
    assert [suppressed.contains(address) for address in addresses] == [True, True, False]
    assert queue.query_int("SELECT count(*) FROM suppression_keys") == 1
    assert queue.query_int("SELECT count(*) FROM suppressed") == 2


def test_what_lay_open_is_sealed_where_there_is_a_key(
    queue: Queue, damaged: Path, signups: list[Signup]
) -> None:
    key = PrivateKey.generate()
    with closing(sqlite3.connect(damaged)) as before:
        before.execute(
            f"INSERT INTO suppression_keys VALUES (1, CAST('{'ab' * 32}' AS BLOB), NULL)"
        )
        before.execute("INSERT INTO suppressed VALUES (zeroblob(32), 1, 0)")
        before.commit()

    recover(queue, damaged, NOW, public_key=key.public_key)

    assert queue.count_unsealed() == 0
    assert signups_in(queue, key) == signups
    assert queue.query("SELECT key_id FROM suppression_keys") == [(key.id,)]


@pytest.mark.parametrize("link", [None, "symlink_to", "hardlink_to"])
def test_the_database_in_use_is_not_recovered_from(
    tmp_path: Path, queue: Queue, link: str | None
) -> None:
    file = queue.file
    if link is not None:
        file = tmp_path / "signups.damaged-link.sqlite3"
        getattr(file, link)(queue.file)

    with pytest.raises(QueueUnavailable, match="is the database in use"):
        recover(queue, file, NOW)


def test_a_number_that_damage_made_does_not_make_the_search_endless(
    tmp_path: Path, queue: Queue
) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    with Queue.open(folder) as before:
        before.execute("PRAGMA foreign_keys = OFF")
        before.execute("INSERT INTO erased VALUES (?, 'x', 'x', 1)", (-(2**62),))

    assert recover(queue, _set_aside(folder, "x"), NOW).restored_count == 0


@pytest.mark.parametrize("ending", ["", "-journal"])
@pytest.mark.parametrize("target", ["/dev/zero", "pipe"])
def test_what_has_no_end_is_not_copied(
    queue: Queue, damaged: Path, ending: str, target: str
) -> None:
    place = damaged.with_name(damaged.name + ending)
    place.unlink(missing_ok=True)
    os.mkfifo(place.with_name("pipe"))
    place.symlink_to(target)
    with pytest.raises(QueueUnavailable, match="Not a regular file"):
        recover(queue, damaged, NOW)
