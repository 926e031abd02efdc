"""A damaged database gives back whatever in it can still be read."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.signups.database import FILE_NAME, QueueUnavailable
from kiosk.signups.erasing import erase_address
from kiosk.signups.ledger import read_ledger
from kiosk.signups.queue import Queue
from kiosk.signups.record import signup_of
from kiosk.signups.recovering import Recovered, recover
from kiosk.signups.sealing import OpeningKey
from kiosk.signups.signup import Signup

MakeSignup = Callable[..., Signup]

NOW = datetime(2026, 5, 2, 8, 0, tzinfo=UTC)
PAGE_BYTES = 4096


@pytest.fixture
def signups(make_signup: MakeSignup) -> list[Signup]:
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


def stored(queue: Queue, key: OpeningKey | None = None) -> list[Signup]:
    queue.select("all")
    return [signup_of(record, key) for record in queue.selected()]


def pages_of_signups(file: Path) -> list[int]:
    """Pages that hold addresses."""
    whole = file.read_bytes()
    pages = range(len(whole) // PAGE_BYTES)
    return [n for n in pages if b"visitor." in whole[n * PAGE_BYTES : (n + 1) * PAGE_BYTES]]


def overwrite(file: Path, pages: list[int], seed: int = 1) -> None:
    with file.open("r+b") as whole:
        for page in pages:
            whole.seek(page * PAGE_BYTES)
            whole.write(random.Random(seed).randbytes(PAGE_BYTES))


def test_a_sound_file_comes_back_whole(queue: Queue, damaged: Path, signups: list[Signup]) -> None:
    assert recover(queue, damaged, NOW) == Recovered(found=120, new=120, lost=0)
    assert stored(queue) == signups
    assert read_ledger(queue).adds_up


def test_what_lies_on_destroyed_pages_is_counted_and_the_rest_comes_back(
    queue: Queue, damaged: Path, signups: list[Signup]
) -> None:
    overwrite(damaged, pages_of_signups(damaged)[1:3])

    done = recover(queue, damaged, NOW)

    back = stored(queue)
    assert 0 < len(back) == done.found == done.new < 120
    assert done.lost == 120 - done.found
    assert set(back) <= set(signups)
    assert read_ledger(queue).adds_up


@pytest.mark.parametrize("seed", range(25))
def test_random_damage_brings_no_wrong_signup_and_no_error(
    queue: Queue, damaged: Path, signups: list[Signup], seed: int
) -> None:
    count = damaged.stat().st_size // PAGE_BYTES
    chance = random.Random(seed)
    overwrite(damaged, chance.sample(range(count), chance.randint(1, 6)), seed)

    done = recover(queue, damaged, NOW)

    back = stored(queue)
    assert len(back) == done.found
    assert set(back) <= set(signups)
    assert done.lost in {None, 120 - done.found}


def test_the_damaged_file_is_left_as_it_is_and_nothing_else_stays(
    tmp_path: Path, queue: Queue, damaged: Path
) -> None:
    before = damaged.read_bytes()

    recover(queue, damaged, NOW)

    assert damaged.read_bytes() == before
    assert not list(tmp_path.glob(".recovering-*"))


def test_recovering_twice_stores_once(queue: Queue, damaged: Path) -> None:
    recover(queue, damaged, NOW)

    assert recover(queue, damaged, NOW) == Recovered(found=120, new=0, lost=0)
    assert queue.count() == 120


def test_what_was_erased_here_does_not_come_back(
    queue: Queue, damaged: Path, signups: list[Signup]
) -> None:
    recover(queue, damaged, NOW)
    erase_address(queue, signups[7].person.email, NOW)

    recover(queue, damaged, NOW)

    assert signups[7] not in stored(queue)
    assert queue.count() == 119


def test_boxes_come_back_sealed_to_their_own_key(
    tmp_path: Path, queue: Queue, signups: list[Signup]
) -> None:
    key = OpeningKey.generate()
    folder = tmp_path / "sealed"
    folder.mkdir()
    with Queue.open(folder) as other:
        for signup in signups:
            other.add(signup, key.sealing)

    recover(queue, folder / FILE_NAME, NOW)

    assert stored(queue, key) == signups
    assert queue.count_unsealed() == 0
    assert queue.last_key() == key.sealing


def test_wording_that_was_on_a_destroyed_page_is_taken_from_later_signups(
    queue: Queue, damaged: Path, signups: list[Signup], make_signup: MakeSignup
) -> None:
    whole = damaged.read_bytes()
    wording = whole.rindex(b"Yes, please.") // PAGE_BYTES
    overwrite(damaged, [wording])
    assert recover(queue, damaged, NOW).found == 0
    queue.add(make_signup())  # the showroom went on with the same words

    assert recover(queue, damaged, NOW).found == 120
    assert set(signups) <= set(stored(queue))


def test_something_that_never_was_a_database_gives_nothing(tmp_path: Path, queue: Queue) -> None:
    other = tmp_path / "signups.damaged-other.sqlite3"
    other.write_bytes(random.Random(3).randbytes(20_000))

    assert recover(queue, other, NOW) == Recovered(found=0, new=0, lost=None)


def test_a_file_of_another_version_is_refused_in_a_sentence(queue: Queue, tmp_path: Path) -> None:
    import sqlite3

    other = tmp_path / "signups.damaged-other.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("PRAGMA user_version = 1")

    with pytest.raises(QueueUnavailable, match="was written by another version of the kiosk"):
        recover(queue, other, NOW)


def test_a_file_that_is_not_there_is_a_sentence(queue: Queue, tmp_path: Path) -> None:
    with pytest.raises(QueueUnavailable, match="cannot be copied"):
        recover(queue, tmp_path / "signups.damaged-none.sqlite3", NOW)
