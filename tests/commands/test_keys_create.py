"""`kiosk keys create`: a key where there was none, and in place of another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from kiosk.signups.crypto.keys import (
    PUBLIC_KEY_FILE,
    install_key,
    load_installed_key,
    load_private_key,
)
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.store import erasure
from kiosk.signups.store.database import FILE_NAME, QueueUnavailable
from tests.commands.conftest import NOW, PASSPHRASE, Kiosk
from tests.commands.signup_files import emails_of, names_in, signups_in

pytestmark = pytest.mark.usefixtures("moment")

Terminal = Callable[..., list[str]]


# keys create


def test_a_key_is_made_installed_and_seals_what_lay_open(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com", "b@example.com")

    result = kiosk("keys", "create", "--out", "stick.json", passphrase=PASSPHRASE)

    assert (result.status, result.err) == (0, "")
    key = load_private_key(kiosk.folder / "stick.json", PASSPHRASE)
    assert load_installed_key(kiosk.data) == key.public_key
    assert result.out.splitlines() == [
        f"stick.json holds the private key {key.id}; it was tested and opens what is sealed.",
        "From now on, signups of this kiosk are sealed to it.",
        "2 unencrypted signups are sealed now.",
        "Move stick.json off this machine and keep a second copy. Without the file and its"
        " passphrase, nobody can read these signups again, not even the makers of the kiosk.",
    ]
    raw = b"".join(file.read_bytes() for file in kiosk.data.iterdir())
    assert b"a@example.com" not in raw
    assert b"b@example.com" not in raw
    assert PASSPHRASE.encode() not in raw + (kiosk.folder / "stick.json").read_bytes()


def test_a_key_is_made_before_the_first_signup(kiosk: Kiosk) -> None:
    result = kiosk("keys", "create", "--out", "stick.json", passphrase=PASSPHRASE)

    assert result.status == 0
    assert "No unencrypted signups found." in result.out
    assert load_installed_key(kiosk.data) is not None


@pytest.mark.parametrize(
    "out", ["data/key.json", "data/sub/key.json", "data/../data/key.json", "link/key.json"]
)
def test_a_key_does_not_stay_on_the_kiosk(kiosk: Kiosk, out: str) -> None:
    (kiosk.data / "sub").mkdir()
    (kiosk.folder / "link").symlink_to(kiosk.data, target_is_directory=True)

    output = kiosk("keys", "create", "--out", out, passphrase=PASSPHRASE).sentence

    assert output == (
        f"{out} would be in the data folder, among the kiosk's own files; choose a USB stick or"
        " another folder"
    )
    assert names_in(kiosk.data) == {"sub"}
    assert list((kiosk.data / "sub").iterdir()) == []


def test_a_folder_that_only_begins_like_the_data_folder_is_another(kiosk: Kiosk) -> None:
    (kiosk.folder / "data-keys").mkdir()

    result = kiosk("keys", "create", "--out", "data-keys/key.json", passphrase=PASSPHRASE)

    assert result.status == 0


def _assert_no_key_was_made(data: Path, before: set[str]) -> None:
    assert load_installed_key(data) is None
    assert names_in(data.parent) == before
    assert signups_in(data)  # and it is readable without a key


@pytest.mark.parametrize(
    ("out", "passphrase", "expected"),
    [
        (
            *("stick.json", PASSPHRASE),
            "stick.json already exists and is not overwritten; choose another file",
        ),
        (
            *("nowhere/key.json", PASSPHRASE),
            "nowhere/key.json cannot be written (No such file or directory); choose a folder that"
            " has free space and that you can write to",
        ),
        (
            *("key.json", "elevenchars"),
            "the passphrase is too short; use at least 12 characters, such as four words",
        ),
        (
            *("key.json", None),
            "there is no terminal to type the passphrase on; set KIOSK_PASSPHRASE or pass"
            " --passphrase-fd",
        ),
    ],
)
def test_where_no_key_can_be_made_none_is(
    kiosk: Kiosk, out: str, passphrase: str | None, expected: str
) -> None:
    kiosk.fill("a@example.com")
    (kiosk.folder / "stick.json").write_text("precious")

    assert kiosk("keys", "create", "--out", out, passphrase=passphrase).sentence == expected

    assert (kiosk.folder / "stick.json").read_text() == "precious"
    _assert_no_key_was_made(kiosk.data, {"data", "stick.json"})


def test_a_new_passphrase_is_typed_twice(kiosk: Kiosk, terminal: Terminal) -> None:
    asked = terminal(PASSPHRASE, PASSPHRASE)

    assert kiosk("keys", "create", "--out", "key.json").status == 0
    assert asked == ["Passphrase: ", "Repeat the passphrase: "]
    load_private_key(kiosk.folder / "key.json", PASSPHRASE)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ((PASSPHRASE, "correct horse battery stable"), "the two passphrases differ; no key was"),
        ((), "no passphrase was entered; nothing was done"),
        ((PASSPHRASE,), "no passphrase was entered; nothing was done"),
    ],
)
def test_a_slip_of_the_finger_makes_no_key(
    kiosk: Kiosk, terminal: Terminal, typed: tuple[str, ...], expected: str
) -> None:
    kiosk.fill("a@example.com")
    terminal(*typed)

    assert expected in kiosk("keys", "create", "--out", "key.json").sentence
    _assert_no_key_was_made(kiosk.data, {"data"})


def test_an_installed_key_is_not_replaced_by_accident(kiosk: Kiosk, key: PrivateKey) -> None:
    install_key(kiosk.data, key.public_key, NOW)

    output = kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE).sentence

    assert output == (
        f"signups are already sealed to the key {key.id}; pass --replace to seal later ones to a"
        " new key, and keep the old one for the earlier ones"
    )
    assert load_installed_key(kiosk.data) == key.public_key
    assert not (kiosk.folder / "new.json").exists()


def test_a_key_is_replaced_when_asked_for_and_each_opens_its_own(
    kiosk: Kiosk, key: PrivateKey
) -> None:
    install_key(kiosk.data, key.public_key, NOW)
    (old,) = kiosk.fill("old@example.com", key=key.public_key)

    result = kiosk("keys", "create", "--replace", "--out", "new.json", passphrase=PASSPHRASE)

    assert result.status == 0
    new = load_installed_key(kiosk.data)
    assert (
        new == load_private_key(kiosk.folder / "new.json", PASSPHRASE).public_key != key.public_key
    )
    kiosk.fill("new@example.com", key=new)
    exported = kiosk("export", "--out", "new.csv", "--key", "new.json", passphrase=PASSPHRASE)
    assert exported.status == 1
    assert f"{old.id}: it is sealed to another key, {key.id}" in exported.err
    exported = kiosk("export", "--out", "old.csv", "--key", "key.json", passphrase=PASSPHRASE)
    assert exported.status == 0
    assert emails_of(kiosk.folder / "new.csv") == ["new@example.com"]
    assert emails_of(kiosk.folder / "old.csv") == ["old@example.com"]


def test_signups_that_could_not_be_sealed_are_told_with_what_to_do(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.fill("a@example.com")

    with monkeypatch.context() as patch:
        patch.setattr(
            erasure,
            "remove_migration_backups",
            Mock(side_effect=QueueUnavailable("the disk is full; free some space on it")),
        )
        result = kiosk("keys", "create", "--out", "key.json", passphrase=PASSPHRASE)

    assert result.status == 2
    assert result.err == (
        "kiosk: not all signups could be sealed (the disk is full; free some space on it); run"
        " 'kiosk keys seal'\n"
    )
    assert load_installed_key(kiosk.data) is not None
    assert kiosk("keys", "seal").status == 0
    assert b"a@example.com" not in (kiosk.data / FILE_NAME).read_bytes()


# A key that is damaged or lost


def test_a_damaged_public_half_is_not_replaced_unasked(kiosk: Kiosk) -> None:
    kiosk.fill("a@example.com")
    (kiosk.data / PUBLIC_KEY_FILE).write_text("{")

    output = kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE).sentence
    result = kiosk("keys", "create", "--out", "new.json", "--replace", passphrase=PASSPHRASE)

    assert f"data/{PUBLIC_KEY_FILE} is damaged; restore it from a copy" in output
    assert "'kiosk keys seal'" in output
    assert "--replace" in output
    assert result.status == 0
    assert (
        load_installed_key(kiosk.data)
        == load_private_key(kiosk.folder / "new.json", PASSPHRASE).public_key
    )


def test_a_key_the_settings_have_lost_is_not_replaced_unasked(
    kiosk: Kiosk, key: PrivateKey
) -> None:
    kiosk.fill("a@example.com", key=key.public_key)

    output = kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE).sentence

    assert f"the key {key.id}, which is missing from the settings; run 'kiosk keys seal'" in output
    assert not (kiosk.folder / "new.json").exists()
    assert load_installed_key(kiosk.data) is None


def test_signups_are_sealed_though_nobody_reads_what_is_said(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.fill("a@example.com")
    monkeypatch.setattr("builtins.print", Mock(side_effect=BrokenPipeError))
    monkeypatch.setattr("kiosk.cli._drop_output", lambda: None, raising=False)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    kiosk("keys", "create", "--out", "new.json", passphrase=PASSPHRASE)
    monkeypatch.undo()

    assert load_installed_key(kiosk.data) is not None
    assert b"a@example.com" not in (kiosk.data / FILE_NAME).read_bytes()
