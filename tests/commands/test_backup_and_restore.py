"""`kiosk backup` and `kiosk restore` as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.operation.backup.archive import replaced_folders
from kiosk.operation.locks import kiosk_lock
from tests.commands.conftest import Kiosk
from tests.commands.signup_files import signups_in

pytestmark = pytest.mark.usefixtures("moment")


def test_a_backup_is_made_while_the_kiosk_runs_and_restored_once_it_is_closed(
    kiosk: Kiosk,
) -> None:
    stored = kiosk.fill("vera@example.com", "max@example.com")
    with kiosk_lock(kiosk.data):
        done = kiosk("backup", "--out", "backup.zip")
        refused = kiosk("restore", "backup.zip")

    assert done.status == 0
    assert done.out.startswith("backup.zip holds the data folder, with 2 signups.\n")
    assert "what is erased on the kiosk stays in the file" in done.out
    assert refused.sentence == "a kiosk is running with data; close it, then restore"

    restored = kiosk("restore", "backup.zip")

    (aside,) = replaced_folders(Path("data"))
    assert restored.status == 0
    assert restored.out == (
        "data is as it was on 2024-05-02 08:00, with 2 signups.\n"
        "Repeat every erasure that was requested after that time and is not known in this folder,"
        " as on another machine or a disk that was lost.\n"
        f"What was in the folder before is in {aside}.\n"
        "  It may hold personal data: remove it when you no longer need it.\n"
    )
    assert signups_in(kiosk.data) == stored


def test_what_was_erased_and_what_the_backup_lacks_is_said(kiosk: Kiosk) -> None:
    kiosk.fill("vera@example.com", "max@example.com")
    kiosk("backup", "--out", "backup.zip")
    kiosk("erase", "vera@example.com")
    later = kiosk.fill("later@example.com")

    refused = kiosk("restore", "backup.zip")
    restored = kiosk("restore", "backup.zip", "--replace")

    assert "holds 1 signup that the backup lacks; pass --replace" in refused.sentence
    assert "1 of them was erased here after the backup, and is erased again.\n" in restored.out
    (aside,) = replaced_folders(Path("data"))
    file = aside / "signups.sqlite3"
    assert "It holds 1 signup that the backup lacks; to bring back" in restored.out
    assert f"run 'kiosk recover {file}'" in restored.out
    assert kiosk("recover", file).status == 0
    assert [signup.person.email for signup in signups_in(kiosk.data)] == [
        "max@example.com",
        later[0].person.email,
    ]
    erased = kiosk("erase", "max@example.com")
    assert f"{aside} was replaced by a restore and may still hold signups" in erased.out


def test_a_pin_that_was_changed_since_does_not_come_back_unnoticed(kiosk: Kiosk) -> None:
    """Whoever has left knows the earlier one."""
    kiosk("pin", given="47119\n")
    kiosk("backup", "--out", "backup.zip")
    notice = "The PIN of the staff area is the backup's again; 'kiosk pin' sets another.\n"
    assert notice not in kiosk("restore", "backup.zip").out

    kiosk("pin", given="90210\n")

    assert notice in kiosk("restore", "backup.zip").out
    assert notice not in kiosk("restore", "backup.zip").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("backup --out data/backup.zip", "would be in the data folder"),
        ("backup --out backup.tar", "must end in .zip"),
        ("backup --out nowhere/backup.zip", "cannot be written (No such file or directory)"),
        ("backup", "--out"),
        ("restore", "FILE"),
        ("restore nothing.zip", "cannot be read (No such file or directory)"),
    ],
)
def test_a_refusal_is_one_sentence(kiosk: Kiosk, arguments: str, sentence: str) -> None:
    assert sentence in kiosk(*arguments.split()).sentence


def test_a_folder_without_signups_has_a_backup_too(kiosk: Kiosk) -> None:
    (kiosk.data / "settings.toml").write_text('name = "Front window"\n')
    assert kiosk("backup", "--out", "backup.zip").out == (
        "backup.zip holds the data folder, with 0 signups.\n"
    )
    assert kiosk("restore", "backup.zip").status == 0
    assert (kiosk.data / "settings.toml").read_text() == 'name = "Front window"\n'
