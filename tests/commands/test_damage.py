"""What is damaged as a whole, or changed by hand: told, kept, and brought back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.signups.crypto.keys import BACKUP_FILE, PUBLIC_KEY_FILE, install_key, load_installed_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.form import Signup
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueUnavailable,
    damaged_files,
    journal_path,
    orphaned_journals,
)
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from tests.commands.conftest import NOW, Kiosk
from tests.conftest import make_signup

KEY, ANOTHER = PrivateKey(b"\x01" * 32), PrivateKey(b"\x02" * 32)


def _health(kiosk: Kiosk, word: str) -> list[str]:
    result = kiosk("health")
    assert result.status == 1
    return [line for line in result.out.splitlines() if word in line]


def _accept(data: Path, signup: Signup) -> None:
    store = LocalSignupStore(data, lambda: NOW)
    try:
        store.save(signup)
    finally:
        store.close()


# Words that were changed


@pytest.mark.parametrize("column", ["version", "language", "wording", "notice"])
def test_changed_words_are_told_beside_their_id_and_not_exported(kiosk: Kiosk, column: str) -> None:
    (signup, _) = kiosk.fill("a@example.com", "b@example.com")
    with Queue.open(kiosk.data) as queue:
        queue.execute(f"UPDATE consents SET {column} = 'Yes, and sell my address'")

    result = kiosk("export", "--out", "a.csv")

    assert result.status == 1
    assert f"it was stored as {signup.consent.id}" in result.err
    assert not (kiosk.folder / "a.csv").exists()
    assert any(signup.consent.id in line for line in _health(kiosk, "consent text"))


def test_changed_words_are_mended_by_the_next_signup_under_the_right_ones(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    with Queue.open(kiosk.data) as queue:
        queue.execute("UPDATE consents SET wording = CAST(x'ff' AS TEXT)")
    kiosk.fill("b@example.com")

    result = kiosk("export", "--out", "a.csv")

    assert "2 signups exported" in result.said


# Never again in the open


def _destroy_database(data: Path) -> None:
    (data / FILE_NAME).write_bytes(b"\xa5" * 40_000)


def _destroy_first_page(data: Path) -> None:
    with (data / FILE_NAME).open("r+b") as file:
        file.write(b"\xa5" * 4096)


def _remove_copy(data: Path) -> None:
    (data / BACKUP_FILE).unlink()
    _destroy_first_page(data)


@pytest.mark.parametrize("damage", [_destroy_database, _destroy_first_page, _remove_copy])
@pytest.mark.parametrize("is_removed", [True, False])
def test_after_a_damage_signups_are_sealed_to_the_key_used_last(
    data: Path, damage: Callable[[Path], None], is_removed: bool
) -> None:
    install_key(data, KEY.public_key, NOW)
    _accept(data, make_signup())
    if is_removed:
        (data / PUBLIC_KEY_FILE).unlink()
    else:
        (data / PUBLIC_KEY_FILE).write_text("{}")
    damage(data)

    _accept(data, make_signup())

    assert len(damaged_files(data)) == 1
    with Queue.open(data) as queue:
        assert queue.query("SELECT key_id FROM signups") == [(KEY.id,)]


def test_where_the_key_is_lost_altogether_nothing_is_stored_in_the_open(kiosk: Kiosk) -> None:
    install_key(kiosk.data, KEY.public_key, NOW)
    _accept(kiosk.data, make_signup())
    for name in (PUBLIC_KEY_FILE, BACKUP_FILE):
        (kiosk.data / name).unlink()
    with Queue.open(kiosk.data) as queue:
        queue.execute("UPDATE sealing_keys SET public_key = x'00'")

    with pytest.raises(QueueUnavailable, match="sealed to a key that can no longer be found"):
        _accept(kiosk.data, make_signup())

    assert any("can no longer be found" in line for line in _health(kiosk, "seal"))


def test_a_kiosk_that_never_sealed_goes_on_in_the_open(data: Path) -> None:
    _accept(data, make_signup())
    _destroy_database(data)

    _accept(data, make_signup())

    with Queue.open(data) as queue:
        assert queue.count_unsealed() == 1


def test_a_recovered_key_does_not_become_the_one_used_last(kiosk: Kiosk) -> None:
    with Queue.open(kiosk.data) as queue:
        queue.add(make_signup(), ANOTHER.public_key)
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-1.sqlite3")
    with Queue.open(kiosk.data) as queue:
        queue.add(make_signup(), KEY.public_key)

    kiosk("recover")

    with Queue.open(kiosk.data) as queue:
        assert queue.latest_key() == KEY.public_key
        assert queue.keys() == [KEY.public_key, ANOTHER.public_key]


def test_a_key_that_seals_nothing_is_told(kiosk: Kiosk) -> None:
    install_key(kiosk.data, KEY.public_key, NOW)
    _accept(kiosk.data, make_signup())
    assert any(f"sealed to the key {KEY.id}" in line for line in _health(kiosk, "seal"))
    install_key(kiosk.data, ANOTHER.public_key, NOW)

    (reported,) = _health(kiosk, "seal")

    assert f"sealed to the key {KEY.id}, and none to the installed key" in reported

    (kiosk.data / PUBLIC_KEY_FILE).unlink()  # as it advises
    kiosk("keys", "seal")
    assert load_installed_key(kiosk.data) == KEY.public_key


def test_each_key_that_signups_are_sealed_to_is_named(kiosk: Kiosk) -> None:
    for key in (KEY, ANOTHER):
        install_key(kiosk.data, key.public_key, NOW)
        _accept(kiosk.data, make_signup())

    (reported,) = _health(kiosk, "seal")

    assert f"1 to {ANOTHER.id}, 1 to {KEY.id}; new ones to {ANOTHER.id}" in reported


# The whole file


def _empty(data: Path) -> None:
    (data / FILE_NAME).write_bytes(b"")


def _flip_format(data: Path) -> None:
    with (data / FILE_NAME).open("r+b") as file:
        file.seek(47)  # the format of the schema, of which there are four
        file.write(b"\x44")


def _clear_version(data: Path) -> None:
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 0")


def _leave_the_journal(data: Path) -> None:
    (data / FILE_NAME).rename(data / f"{FILE_NAME}-journal")


def _count_to_the_end(data: Path) -> None:
    with closing(sqlite3.connect(data / FILE_NAME)) as connection, connection:
        connection.execute(
            "UPDATE sqlite_sequence SET seq = ? WHERE name = 'signups'", ((1 << 63) - 1,)
        )


WHOLE = [_empty, _flip_format, _leave_the_journal]


@pytest.mark.parametrize("damage", WHOLE)
def test_a_damaged_file_is_never_begun_afresh_without_a_word(
    kiosk: Kiosk, damage: Callable[[Path], None]
) -> None:
    kiosk.fill("a@example.com")
    damage(kiosk.data)
    shutil.copytree(kiosk.data, kiosk.data.with_name("kept"))

    assert any("'kiosk recover'" in line for line in _health(kiosk, "signups"))
    for command in ("export --out a.csv", "erase a@example.com"):
        assert "run 'kiosk recover'" in kiosk(*command.split()).err
    _accept(kiosk.data, make_signup())

    assert [path for path in kiosk.data.iterdir() if "damaged" in path.name]
    assert _health(kiosk, "set aside")


@pytest.mark.parametrize("damage", [_clear_version, _count_to_the_end])
def test_what_can_be_mended_is_told_and_sets_nothing_aside(
    kiosk: Kiosk, damage: Callable[[Path], None]
) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    damage(kiosk.data)

    (line,) = _health(kiosk, "repairs it")
    assert "damaged" in line
    _accept(kiosk.data, make_signup())

    assert not damaged_files(kiosk.data)
    assert not any("damaged" in line for line in _health(kiosk, "signups"))
    assert "3 signups exported" in kiosk("export", "--out", "a.csv").out


def test_recover_sets_a_damaged_file_aside_and_brings_it_back(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    _flip_format(kiosk.data)

    result = kiosk("recover")

    assert "is damaged; it was renamed to" in result.out
    assert "2 signups read, 2 of them new" in result.out
    assert result.status == 0
    assert "2 signups exported" in kiosk("export", "--out", "a.csv").out


def test_recover_leaves_a_sound_file_alone(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    before = (kiosk.data / FILE_NAME).read_bytes()

    assert kiosk("recover").out == "There is no damaged database to recover.\n"
    assert (kiosk.data / FILE_NAME).read_bytes() == before


def test_what_a_lone_journal_still_holds_is_brought_back(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    with closing(sqlite3.connect(kiosk.data / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE people SET personal = zeroblob(length(personal))")
        connection.execute("UPDATE signups SET kiosk = 'another'")
        connection.execute("UPDATE consents SET notice = 'another'")
        shutil.copy(journal_path(kiosk.data / FILE_NAME), kiosk.data / "kept")
    (kiosk.data / FILE_NAME).unlink()
    (kiosk.data / "kept").rename(journal_path(kiosk.data / FILE_NAME))

    assert any("its journal is left" in line for line in _health(kiosk, "signups"))
    result = kiosk("recover")

    (journal,) = orphaned_journals(kiosk.data)
    assert f"is damaged; it was renamed to data/{journal.name}" in result.out
    assert f"{journal.name}: 2 signups read, 2 of them new" in result.out
    assert "it is not known whether that is all" in result.out
    assert result.status == 1
    assert any(
        f"{journal.name} is all that is left" in line for line in _health(kiosk, "set aside")
    )
    assert "2 signups exported" in kiosk("export", "--out", "a.csv").out
