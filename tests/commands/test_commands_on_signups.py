"""What all commands on signups have in common: who may, when, and in which folder."""

from __future__ import annotations

import os
import sqlite3

import pytest

from kiosk.operation.locks import command_lock
from kiosk.signups.crypto.keys import install_key, load_installed_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store import database
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.ledger import Counts
from tests.commands.conftest import NOW, PASSPHRASE, Kiosk
from tests.commands.signup_files import balance_of, change, names_in, signups_in

pytestmark = pytest.mark.usefixtures("moment")


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("export", "--out"),
        ("export --out a.csv --again first", "'first' is not an export number"),
        ("export --out a.csv --again 0", "'0' is not an export number"),
        ("export --out a.csv --again 99999999999999999999", "is not an export number"),
        ("export --out a.csv --again 1 --all", "not allowed with"),
        ("export --out a.csv --again 1 --since 2024-05-01", "not allowed with"),
        ("export --out a.csv --again 1 --dedupe", "--again repeats an export exactly; leave"),
        ("export --out a.csv --again 7", "there is no export 7; 'kiosk signups' lists the exports"),
        (
            "export --out a.csv --since yesterday",
            "'yesterday' is not a date; write it like 2024-05-01",
        ),
        ("export --out a.pdf", "must end in .csv, .xlsx, .jsonl or .sealed"),
        ("export --out a", "must end in .csv, .xlsx, .jsonl or .sealed"),
        ("export --out .csv", "must end in .csv, .xlsx, .jsonl or .sealed"),
        ("export --out nowhere/a.csv", "cannot be written (No such file or directory)"),
        ("export --out a.csv --passphrase-fd three", "'three' is not a file descriptor; pass"),
        ("export --out a.csv --key gone.json", "there is no terminal to type the passphrase on"),
        ("signups --jsn", "--jsn"),
        ("keys", "ACTION"),
        ("keys make", "invalid choice: 'make'"),
        ("keys create", "--out"),
        ("keys seal", "no key is installed; create one with 'kiosk keys create'"),
        ("erase", "pass either an address to erase or --before DATE"),
        ("erase a@example.com --before 2024-05-01", "pass either an address to erase or --before"),
        ("erase --before May", "'May' is not a date; write it like 2024-05-01"),
        ("erase --before 2024-05-01 --suppress", "--suppress and --key go with an address"),
        ("erase --before 2024-05-01 --key k.json", "--suppress and --key go with an address"),
        (
            "erase vera",
            "no signup has this address, and it is not a complete address; write it",
        ),
        (
            "erase vera --suppress",
            "no signup has this address, and it is not a complete address;",
        ),
        ("erase -", "this is not a complete address; write it like name@example.com"),
        ("erase a@example.com b@example.com", "b@example.com"),
        ("recover gone.sqlite3", "gone.sqlite3 does not exist; check the name"),
        ("recover data", "data is a folder; pass a database inside it"),
        ("recover .", ". is a folder"),
        ("recover /", "/ is a folder"),
        ("recover /dev/null", "/dev/null cannot be read (Not a regular file)"),
        (
            "recover --set-newer-aside data/signups.sqlite3",
            "--set-newer-aside cannot be used with a FILE",
        ),
    ],
)
def test_wrong_use_is_one_sentence_and_changes_nothing(
    kiosk: Kiosk, arguments: str, expected: str
) -> None:
    signups = kiosk.fill("a@example.com", "b@example.com")

    assert expected in kiosk(*arguments.split()).sentence

    assert signups_in(kiosk.data) == signups
    assert balance_of(kiosk.data) == Counts(2, 2, 0, 0)
    assert names_in(kiosk.folder) == {"data"}


COMMANDS = [
    "export --out a.csv",
    "export --out a.csv --again 1",
    "keys seal",
    "erase a@example.com",
    "erase --before 2024-06-01 --yes",
    "recover other.sqlite3",
]


@pytest.mark.parametrize("command", [*COMMANDS, "signups"])
def test_a_damaged_file_is_said_in_one_sentence_and_kept(kiosk: Kiosk, command: str) -> None:
    (kiosk.data / FILE_NAME).write_bytes(b"damaged" * 1000)

    output = kiosk(*command.split()).sentence

    assert output.startswith(f"data/{FILE_NAME} is damaged; ")
    assert (kiosk.data / FILE_NAME).read_bytes() == b"damaged" * 1000


@pytest.mark.parametrize("command", [*COMMANDS, "signups"])
def test_a_newer_file_is_said_in_one_sentence_and_kept(kiosk: Kiosk, command: str) -> None:
    kiosk.fill("a@example.com")
    change(kiosk.data, "CREATE TABLE visits (day TEXT)")
    change(kiosk.data, "PRAGMA user_version = 99")
    before = (kiosk.data / FILE_NAME).read_bytes()

    assert "written by a newer version of the kiosk" in kiosk(*command.split()).sentence
    assert (kiosk.data / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("command", [*COMMANDS, "signups"])
def test_a_file_in_use_is_said_in_one_sentence(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    kiosk.fill("a@example.com")
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0)
    monkeypatch.setattr("kiosk.commands.support.open_queue.LOCK_TIMEOUT_SECONDS", 0)
    other = sqlite3.connect(kiosk.data / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    output = kiosk(*command.split()).sentence
    other.close()

    assert output == "another program is using the signups; try again in a moment"


@pytest.mark.parametrize("command", COMMANDS)
def test_two_commands_at_once_are_refused(kiosk: Kiosk, command: str) -> None:
    kiosk.fill("a@example.com")

    with command_lock(kiosk.data):
        output = kiosk(*command.split()).sentence

    assert output == "another command is using the signups in data; wait until it has finished"


def test_the_ledger_may_be_looked_at_meanwhile(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")

    with command_lock(kiosk.data):
        assert kiosk("signups").status == 0


# What may lie about


@pytest.mark.parametrize("command", [*COMMANDS[:1], *COMMANDS[2:], "recover"])
def test_what_a_killed_recovery_left_is_removed(kiosk: Kiosk, command: str) -> None:
    kiosk.fill("a@example.com")
    left = kiosk.data / ".recovering-123"
    left.mkdir()
    (left / "signups.damaged-x.sqlite3").write_bytes(b"a@example.com")

    kiosk(*command.split())

    assert not left.exists()


@pytest.mark.parametrize("command", ["create --out stick.json --replace", "seal"])
def test_sealing_names_what_it_does_not_reach(kiosk: Kiosk, key: PrivateKey, command: str) -> None:
    kiosk.fill("a@example.com")
    install_key(kiosk.data, key.public_key, NOW)
    asides = [kiosk.data / f"signups.damaged-x.sqlite3{ending}" for ending in ("", "-journal")]
    for aside in asides:
        aside.write_bytes(b"damaged")

    result = kiosk("keys", *command.split(), passphrase=PASSPHRASE)

    assert result.status == 0
    for aside in asides:
        assert (
            f"{aside.relative_to(kiosk.folder)} is damaged, was set aside and may still"
            in result.out
        )


# Who may, and where


@pytest.mark.parametrize("command", [*COMMANDS, "keys create --out stick.json"])
def test_another_user_than_the_owner_is_refused(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    signups = kiosk.fill("a@example.com")
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 12345)
        output = kiosk(*command.split(), passphrase=PASSPHRASE).sentence

    assert output.startswith(
        f"data belongs to the user {kiosk.data.owner()}; run the command as that"
    )
    assert signups_in(kiosk.data) == signups
    assert names_in(kiosk.data) == {FILE_NAME}


@pytest.mark.parametrize("command", ["signups", "export --out a.csv", "erase a@example.com"])
def test_what_may_not_be_looked_at_is_not_called_empty(kiosk: Kiosk, command: str) -> None:
    (kiosk.data / FILE_NAME).symlink_to(FILE_NAME)

    output = kiosk(*command.split()).sentence

    assert output.startswith(f"data/{FILE_NAME} cannot be read (Too many levels of symbolic links)")


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        (".", ". is a folder; choose a file in it"),
        ("", ". is a folder; choose a file in it"),
        ("/", "/ is a folder; choose a file in it"),
        ("loop", "loop already exists and is not overwritten"),
        ("loop/key.json", "cannot be written (Too many levels of symbolic links)"),
    ],
)
def test_a_place_for_a_key_that_is_none_is_said(kiosk: Kiosk, out: str, expected: str) -> None:
    (kiosk.folder / "loop").symlink_to("loop")

    assert expected in kiosk("keys", "create", "--out", out, passphrase=PASSPHRASE).sentence
    assert load_installed_key(kiosk.data) is None
