"""`kiosk recover`: what was set aside comes back, and what is lost is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kiosk.operation.locks import kiosk_lock
from kiosk.signups.crypto.keys import install_key
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.migrations import LATEST_VERSION
from kiosk.signups.store.newer import newer_files
from tests.commands.conftest import NOW, Kiosk
from tests.commands.signup_files import change, signups_in

pytestmark = pytest.mark.usefixtures("moment")


# recover


def test_with_nothing_set_aside_there_is_nothing_to_recover(kiosk: Kiosk) -> None:
    result = kiosk("recover")

    assert (result.status, result.out, result.err) == (
        0,
        "There is no damaged database to recover.\n",
        "",
    )
    assert list(kiosk.data.iterdir()) == []


def test_what_was_set_aside_comes_back(kiosk: Kiosk) -> None:
    before = kiosk.fill("a@example.com", "b@example.com")
    aside = kiosk.data / "signups.damaged-20240502T080000-abcdef.sqlite3"
    (kiosk.data / FILE_NAME).rename(aside)
    later = kiosk.fill("c@example.com")

    result, again = kiosk("recover"), kiosk("recover")

    assert result.said.splitlines() == [
        f"data/{aside.name}: 2 signups read, 2 of them new",
        "  that is all the signups it held; the file can be removed",
    ]
    assert again.out.startswith(f"data/{aside.name}: 2 signups read, 0 of them new")
    assert signups_in(kiosk.data) == [*later, *before]
    assert aside.exists()


def test_what_cannot_be_recovered_needs_attention(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    change(kiosk.data, "UPDATE people SET personal = x'00' WHERE number = 1")
    aside = kiosk.data / "signups.damaged-20240502T080000-abcdef.sqlite3"
    (kiosk.data / FILE_NAME).rename(aside)
    (kiosk.data / "signups.damaged-20240503T080000-abcdef.sqlite3").write_bytes(b"damaged" * 1000)

    result = kiosk("recover")

    assert (result.status, result.err) == (1, "")
    assert "  1 more could not be read; keep the file for an expert\n" in result.out
    assert "  it is not known whether that is all; keep the file for an expert\n" in result.out
    assert [signup.person.email for signup in signups_in(kiosk.data)] == ["b@example.com"]


def test_what_a_later_file_knows_as_erased_does_not_come_back_from_an_earlier_one(
    kiosk: Kiosk,
) -> None:
    vera, other = kiosk.fill("vera@example.com", "b@example.com")
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-1.sqlite3")
    kiosk("recover")
    kiosk("erase", "vera@example.com", "--suppress")
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-2.sqlite3")

    result = kiosk("recover", "data/signups.damaged-1.sqlite3")

    assert (result.status, result.err) == (0, "")
    assert signups_in(kiosk.data) == [other]
    assert vera not in signups_in(kiosk.data)


def test_what_was_exported_before_a_recovery_is_known_after_it(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    kiosk("export", "--out", "a.csv")
    kiosk("erase", "--before", "2000-01-01", "--yes")
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-1.sqlite3")

    result = kiosk("recover")

    assert result.status == 0
    assert "1 of its exports is in the ledger again, with its signups" in result.out
    assert "There are no signups to export." in kiosk("export", "--out", "b.csv").out


def test_marks_that_are_lost_are_counted(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com")
    kiosk("export", "--out", "a.csv")
    # Without its index, nothing else tells that a row of the table is gone.
    change(kiosk.data, "DROP INDEX exported_by_export")
    change(kiosk.data, "DELETE FROM exported WHERE signup = 1")
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-1.sqlite3")

    result = kiosk("recover")

    assert result.status == 1
    assert "1 signup had been exported, but it is no longer known which" in result.out
    assert "1 signup exported" in kiosk("export", "--out", "b.csv").out


def test_a_database_that_went_through_a_restore_raises_no_alarm(kiosk: Kiosk) -> None:
    """It lists exports of signups that it never held, and of erased ones."""
    kiosk.fill("a@example.com", "b@example.com")
    kiosk("backup", "--out", "before.zip")
    kiosk.fill("c@example.com", "d@example.com")
    kiosk("export", "--out", "a.csv")
    kiosk("erase", "a@example.com", "--yes")
    assert kiosk("restore", "before.zip", "--replace").status == 0
    kiosk.fill("e@example.com")
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-1.sqlite3")

    result = kiosk("recover")

    assert "had been exported, but" not in result.out
    assert result.status == 0
    assert "1 signup exported" in kiosk("export", "--out", "b.csv").out


def test_a_suppression_list_that_is_lost_needs_attention(kiosk: Kiosk) -> None:
    kiosk.fill("b@example.com")
    kiosk("erase", "a@example.com", "--suppress")
    change(kiosk.data, "UPDATE suppression_keys SET secret = x'ff'")
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-1.sqlite3")

    result = kiosk("recover")

    assert result.status == 1
    assert result.out.splitlines()[-1] == (
        "  that is all the signups it held, but its erasures or its suppression list could not be"
        " read completely; keep the file for an expert"
    )


def test_recovered_signups_are_sealed_to_the_installed_key(kiosk: Kiosk, key: PrivateKey) -> None:
    kiosk.fill("a@example.com")
    (kiosk.data / FILE_NAME).rename(kiosk.data / "signups.damaged-1.sqlite3")
    install_key(kiosk.data, key.public_key, NOW)

    assert kiosk("recover").status == 0

    assert b"a@example.com" not in (kiosk.data / FILE_NAME).read_bytes()


# what a newer version has written


def write_as_newer(kiosk: Kiosk) -> None:
    with closing(sqlite3.connect(kiosk.data / FILE_NAME)) as connection:
        connection.execute("CREATE TABLE visits (day TEXT)")
        connection.execute("PRAGMA user_version = 99")


def test_what_a_newer_version_has_written_is_set_aside_on_request(kiosk: Kiosk) -> None:
    before = kiosk.fill("before@example.com")
    copy = kiosk.data / f"signups.before-{LATEST_VERSION + 1}.sqlite3"
    copy.write_bytes((kiosk.data / FILE_NAME).read_bytes())
    kiosk.fill("during@example.com")
    write_as_newer(kiosk)
    assert "or run 'kiosk recover --set-newer-aside'" in kiosk("signups").sentence

    result, again = kiosk("recover", "--set-newer-aside"), kiosk("recover", "--set-newer-aside")

    (aside,) = newer_files(kiosk.data)
    assert f"renamed to data/{aside.name}, and the copy from before is in use again" in result.said
    assert (again.status, again.out.split(":")[0]) == (0, "Nothing to set aside")
    assert signups_in(kiosk.data) == before
    assert (
        f"data/{aside.name} was set aside for an older version"
        in kiosk("erase", "--yes", "--before", "2024-01-01").out
        + kiosk("erase", "--yes", "before@example.com").out
    )
    assert "no damaged database" in kiosk("recover").out
    assert aside.exists()


def test_what_was_set_aside_comes_back_with_the_newer_version(kiosk: Kiosk) -> None:
    """The versions of both are the same here, as after the update that follows."""
    during = kiosk.fill("during@example.com")
    aside = kiosk.data / "signups.newer-20240502T080000-abcdef.sqlite3"
    (kiosk.data / FILE_NAME).rename(aside)
    after = kiosk.fill("after@example.com")

    result = kiosk("recover")

    assert f"data/{aside.name}: 1 signup read, 1 of them new" in result.said
    assert signups_in(kiosk.data) == [*after, *during]


def test_nothing_is_set_aside_while_a_kiosk_runs(kiosk: Kiosk) -> None:
    kiosk.fill("during@example.com")
    write_as_newer(kiosk)

    with kiosk_lock(kiosk.data):
        result = kiosk("recover", "--set-newer-aside")

    assert result.status == 2
    assert "another kiosk is using" in result.sentence
    assert newer_files(kiosk.data) == []
