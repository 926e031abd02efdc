"""The manager's key: in a file for the owner alone, tried before it counts, refused in words."""

from __future__ import annotations

import json
import os
import threading
import unicodedata
from base64 import b64decode, b64encode
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from unittest.mock import Mock

import nacl.pwhash
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.signups import output_files
from kiosk.signups.crypto import keys
from kiosk.signups.crypto.keys import (
    MIN_PASSPHRASE_LENGTH,
    PUBLIC_KEY_FILE,
    KeyRefused,
    create_key_pair,
    install_key,
    load_installed_key,
    load_private_key,
    require_pair,
)
from kiosk.signups.crypto.sealed_box import DecryptionFailed, PrivateKey, PublicKey
from kiosk.signups.store.erasure import seal_in_place
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.long_runs import examples

Kept = dict[str, object]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
PASSPHRASE = "four words for Ana"
ANOTHER = PrivateKey.generate()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A key that was just made, outside of any data folder."""
    out = tmp_path / "key.json"
    create_key_pair(out, PASSPHRASE, NOW)
    return out


def _kept(file: Path) -> Kept:
    return json.loads(file.read_bytes())


def _assert_refused(file: Path, *words: str, passphrase: str = PASSPHRASE) -> None:
    with pytest.raises(KeyRefused) as raised:
        load_private_key(file, passphrase)
    output = str(raised.value)
    assert str(file) in output
    assert "; " in output  # what is wrong; what to do
    assert all(word in output for word in words), output


# Made


def test_the_key_that_was_made_is_the_key_in_the_file(tmp_path: Path) -> None:
    key = create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)

    assert load_private_key(tmp_path / "key.json", PASSPHRASE) == key


@pytest.mark.slow(reason="a passphrase at its full cost")
def test_a_key_costs_a_thief_what_argon2id_moderately_costs(
    tmp_path: Path, full_cost: None
) -> None:
    create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)  # unlocks it too

    asked = _kept(tmp_path / "key.json")["argon2id"]
    assert isinstance(asked, dict)
    assert (asked["passes"], asked["memory_bytes"]) == (3, 256 << 20)


def test_the_file_was_never_open_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def look(handle: int) -> None:
        seen.append(os.fstat(handle).st_mode & 0o777)

    monkeypatch.setattr(os, "fsync", look)
    before = os.umask(0)
    try:
        create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)
    finally:
        os.umask(before)

    assert seen[0] == 0o600


def test_nothing_but_the_file_is_left_beside_it(file: Path) -> None:
    assert list(file.parent.iterdir()) == [file]


def test_the_file_holds_neither_the_private_half_nor_the_passphrase(file: Path) -> None:
    raw, private = file.read_bytes(), load_private_key(file, PASSPHRASE).raw

    assert PASSPHRASE.encode() not in raw
    assert private not in raw
    assert private.hex().encode() not in raw
    assert b64encode(private) not in raw
    assert private not in b64decode(str(_kept(file)["private_key"]))


def test_two_keys_have_nothing_in_common(tmp_path: Path) -> None:
    first, second = (create_key_pair(tmp_path / name, PASSPHRASE, NOW) for name in ("1", "2"))

    assert first.raw != second.raw
    assert _kept(tmp_path / "1")["argon2id"] != _kept(tmp_path / "2")["argon2id"]  # the salt


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "key.json").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(KeyRefused, match="already exists"):
        create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)

    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "passphrase", ["", "short", "x" * (MIN_PASSPHRASE_LENGTH - 1), "e\u0301" * 11]
)
def test_a_passphrase_that_is_soon_guessed_is_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(KeyRefused, match="too short"):
        create_key_pair(tmp_path / "key.json", passphrase, NOW)

    assert not list(tmp_path.iterdir())


def test_a_disk_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", Mock(side_effect=OSError(28, "No space left on device")))

    with pytest.raises(KeyRefused, match="No space left"):
        create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)

    assert not list(tmp_path.iterdir())


def test_a_key_that_came_back_from_the_disk_as_another_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "load_private_key", lambda file, passphrase: ANOTHER)

    with pytest.raises(KeyRefused, match="was removed; try another disk"):
        create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)

    assert not list(tmp_path.iterdir())


def test_a_stick_that_garbles_what_is_written_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def garble(folder: Path) -> None:
        written = (folder / "key.json").read_bytes()
        (folder / "key.json").write_bytes(
            written.replace(b'"private_key": "', b'"private_key": "A')
        )

    monkeypatch.setattr(output_files, "sync_folder", garble)

    with pytest.raises(KeyRefused, match="was removed; try another disk"):
        create_key_pair(tmp_path / "key.json", PASSPHRASE, NOW)

    assert not list(tmp_path.iterdir())


def test_halves_that_do_not_belong_together_are_told() -> None:
    with pytest.raises(DecryptionFailed):
        require_pair(PrivateKey.generate(), ANOTHER.public_key)


# Unlocked


@pytest.mark.parametrize(
    "wrong",
    ["", "Four words for Ana", f"{PASSPHRASE} ", f" {PASSPHRASE}", PASSPHRASE[:-1], "x" * 9999],
)
def test_a_wrong_passphrase_is_refused(file: Path, wrong: str) -> None:
    _assert_refused(file, "the passphrase does not open", passphrase=wrong)


@pytest.mark.parametrize(
    "expected", ["zoë fährt März ü", "pâté à l’été où", "한국어 암호 네 단어요"]
)
def test_a_passphrase_is_the_same_composed_or_not(tmp_path: Path, expected: str) -> None:
    """Keyboards differ in which of the two they write."""
    composed, apart = (unicodedata.normalize(form, expected) for form in ("NFC", "NFD"))
    assert composed != apart

    first = create_key_pair(tmp_path / "1", composed, NOW)
    second = create_key_pair(tmp_path / "2", apart, NOW)

    assert load_private_key(tmp_path / "1", apart) == first
    assert load_private_key(tmp_path / "2", composed) == second


def test_a_passphrase_that_merely_looks_alike_is_another(tmp_path: Path) -> None:
    """NFC, not NFKC: a full-width letter is not taken for a narrow one."""
    create_key_pair(tmp_path / "key.json", "four words for Ana", NOW)

    _assert_refused(tmp_path / "key.json", "does not open", passphrase="ｆour words for Ana")


def test_a_passphrase_of_bytes_that_are_no_text_works(tmp_path: Path) -> None:
    """As Python hands on what a variable of the environment holds."""
    output = b"four words \xff\xfe for Ana".decode(errors="surrogateescape")

    key = create_key_pair(tmp_path / "key.json", output, NOW)

    assert load_private_key(tmp_path / "key.json", output) == key


def test_a_file_cut_short_anywhere_is_refused(file: Path) -> None:
    intact = file.read_bytes()
    for length in range(0, len(intact) - 2, 7):
        file.write_bytes(intact[:length])
        _assert_refused(file, "is not a manager's key, or is damaged")


@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(lambda t: t.encode(errors="replace"))
    )
)
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_is_no_key(tmp_path: Path, garbage: bytes) -> None:
    file = tmp_path / "garbage"
    file.write_bytes(garbage)

    _assert_refused(file, "is not a manager's key, or is damaged")


@pytest.mark.parametrize(
    "foreign",
    [
        "{}",
        "null",
        "[]",
        "7",
        '"private_key"',
        '["private_key"]',
        "[" * 60_000,
        '{"a":' * 10_000,
        '{"format": ' + "9" * 5000 + "}",
        "\ufeff{}",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        '{"format": 1, "private_key": "AAAA"}',
        '{"format": 1, "private_key": null, "public_key": null, "argon2id": null}',
        '{"format": 1, "private_key": "é", "public_key": "", "argon2id": {}}',
    ],
    ids=lambda text: text[:30],
)
def test_a_foreign_file_is_no_key(tmp_path: Path, foreign: str) -> None:
    file = tmp_path / "foreign.json"
    file.write_text(foreign, encoding="utf-8")

    _assert_refused(file, "is not a manager's key, or is damaged")


def test_a_huge_file_is_refused_unread(file: Path) -> None:
    with file.open("r+b") as key:
        key.truncate(1 << 40)  # a hole: takes no room on the disk, and there is no memory for it

    _assert_refused(file, "is not a manager's key, or is damaged")


@pytest.mark.parametrize("newer", [2, 99])
def test_a_key_of_a_newer_version_says_so(file: Path, newer: object) -> None:
    file.write_text(json.dumps({**_kept(file), "format": newer}))

    _assert_refused(file, "newer version", "install that version")


@pytest.mark.parametrize("other", [-1, 0, None, "1", "2", True, 1.5])
def test_a_version_that_never_was_is_damage(file: Path, other: object) -> None:
    file.write_text(json.dumps({**_kept(file), "format": other}))

    _assert_refused(file, "is not a manager's key, or is damaged")


@pytest.mark.parametrize(
    "changed",
    [
        {"passes": 2},
        {"passes": "1"},
        {"passes": 1.5},
        {"passes": True},
        {"memory_bytes": 16_384},
        {"salt": b64encode(bytes(16)).decode()},
        {"more": 1},
    ],
    ids=str,
)
def test_settings_of_argon2id_that_were_changed_are_noticed(file: Path, changed: Kept) -> None:
    stored = _kept(file)
    file.write_text(json.dumps({**stored, "argon2id": {**stored["argon2id"], **changed}}))  # type: ignore[dict-item]

    _assert_refused(file, "does not open")


@pytest.mark.parametrize(
    "changed",
    [
        {"memory_bytes": 1 << 45},
        {"memory_bytes": 1 << 200},
        {"memory_bytes": (1 << 30) + 1},
        {"memory_bytes": 8191},
        {"memory_bytes": 0},
        {"memory_bytes": -1},
        {"memory_bytes": float("inf")},
        {"memory_bytes": float("nan")},
        {"memory_bytes": None},
        {"passes": 21},
        {"passes": 1 << 40},
        {"passes": 0},
        {"passes": float("inf")},
        {"passes": "many"},
        {"passes": []},
        {"salt": ""},
        {"salt": "AAAA"},
        {"salt": b64encode(bytes(4096)).decode()},
        {"salt": 7},
    ],
    ids=str,
)
def test_settings_nobody_has_the_memory_or_the_time_for_are_refused(
    file: Path, changed: Kept
) -> None:
    stored = _kept(file)
    file.write_text(json.dumps({**stored, "argon2id": {**stored["argon2id"], **changed}}))  # type: ignore[dict-item]

    _assert_refused(file, "is not a manager's key, or is damaged")


def test_memory_that_is_not_free_is_said_plainly(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        nacl.pwhash.argon2id, "kdf", Mock(side_effect=nacl.exceptions.RuntimeError("no memory"))
    )

    with pytest.raises(KeyRefused, match="memory, more than is free; close other programs"):
        load_private_key(file, PASSPHRASE)


@pytest.mark.parametrize("part", ["public_key", "private_key", "argon2id", "format"])
def test_a_key_without_one_of_its_parts_is_refused(file: Path, part: str) -> None:
    stored = _kept(file)
    del stored[part]
    file.write_text(json.dumps(stored))

    _assert_refused(file)


def test_the_public_half_of_another_key_is_not_taken_on_trust(file: Path) -> None:
    """Else signups would be sealed to whoever changed the file."""
    changed = b64encode(ANOTHER.public_key.raw).decode()
    file.write_text(json.dumps({**_kept(file), "public_key": changed}))

    _assert_refused(file, "is damaged, which may be why", "use another copy of the file")


@pytest.mark.parametrize("public", ["é", "AAAA", None, 7])
def test_a_damaged_public_half_is_not_blamed_on_the_passphrase(file: Path, public: object) -> None:
    file.write_text(json.dumps({**_kept(file), "public_key": public}))

    _assert_refused(file, "is damaged")


def test_a_key_without_an_id_may_have_another_passphrase(file: Path) -> None:
    stored = _kept(file)
    del stored["key_id"]
    file.write_text(json.dumps(stored))

    with pytest.raises(KeyRefused, match="the passphrase does not open"):
        load_private_key(file, "another passphrase")


def test_any_changed_byte_of_the_private_half_is_noticed(file: Path) -> None:
    stored = _kept(file)
    box = b64decode(str(stored["private_key"]))
    for place in range(len(box)):
        changed = bytearray(box)
        changed[place] ^= 1
        file.write_text(json.dumps({**stored, "private_key": b64encode(changed).decode()}))
        _assert_refused(file, "does not open")


@pytest.mark.parametrize("length", [0, 1, 23, 24, 39, 40, 71, 73])
def test_a_private_half_of_another_length_is_refused(file: Path, length: int) -> None:
    box = b64encode(bytes(length)).decode()
    file.write_text(json.dumps({**_kept(file), "private_key": box}))

    _assert_refused(file)


def test_a_key_written_by_hand_in_other_words_still_opens(file: Path) -> None:
    """The note, the order and the spaces are for people."""
    key = load_private_key(file, PASSPHRASE)
    stored = dict(reversed(_kept(file).items()))
    file.write_text(json.dumps({**stored, "note": "Ana's", "key_id": "?"}))

    assert load_private_key(file, PASSPHRASE) == key


# Installed


def test_the_installed_half_is_the_one_that_was_made(tmp_path: Path) -> None:
    install_key(tmp_path, ANOTHER.public_key, NOW)

    assert load_installed_key(tmp_path) == ANOTHER.public_key


def test_where_nothing_is_installed_there_is_no_key(tmp_path: Path) -> None:
    assert load_installed_key(tmp_path) is None
    assert load_installed_key(tmp_path / "missing") is None


def test_installing_replaces_the_key_before(tmp_path: Path) -> None:
    later = PrivateKey.generate().public_key
    install_key(tmp_path, ANOTHER.public_key, NOW)
    install_key(tmp_path, later, NOW)

    assert load_installed_key(tmp_path) == later
    assert [file.name for file in tmp_path.iterdir()] == [PUBLIC_KEY_FILE]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_an_installation_that_fails_leaves_the_key_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    install_key(tmp_path, ANOTHER.public_key, NOW)

    monkeypatch.setattr(
        os if call == "fsync" else Path, call, Mock(side_effect=OSError(5, "Input/output error"))
    )
    with pytest.raises(KeyRefused, match="Input/output error"):
        install_key(tmp_path, PrivateKey.generate().public_key, NOW)

    assert load_installed_key(tmp_path) == ANOTHER.public_key
    assert [file.name for file in tmp_path.iterdir()] == [PUBLIC_KEY_FILE]


def test_whoever_reads_while_it_is_installed_sees_one_key_or_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[PublicKey | None] = []
    sync = os.fsync

    def look(handle: int) -> None:
        sync(handle)
        seen.append(load_installed_key(tmp_path))

    later = PrivateKey.generate().public_key
    install_key(tmp_path, ANOTHER.public_key, NOW)
    monkeypatch.setattr(os, "fsync", look)
    install_key(tmp_path, later, NOW)

    assert seen == [ANOTHER.public_key, later]  # before the name is changed, and after it


WHOLE = {
    "format": 1,
    "key_id": ANOTHER.id,
    "public_key": b64encode(ANOTHER.public_key.raw).decode(),
}
FLIPPED = bytes([ANOTHER.public_key.raw[0] ^ 1]) + ANOTHER.public_key.raw[1:]


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "null",
        "[]",
        "7",
        "[" * 100_000,
        "\0" * 300,
        "\xff",
        "{}",
        json.dumps({**WHOLE, "public_key": ""}),
        json.dumps({**WHOLE, "public_key": None}),
        json.dumps({**WHOLE, "public_key": ["AAAA"]}),
        json.dumps({**WHOLE, "public_key": "not base64, not at all"}),
        json.dumps({**WHOLE, "public_key": b64encode(bytes(31)).decode()}),
        json.dumps({**WHOLE, "public_key": b64encode(bytes(33)).decode()}),
        json.dumps({**WHOLE, "public_key": b64encode(bytes(32)).decode()}),
        json.dumps({**WHOLE, "public_key": b64encode(FLIPPED).decode()}),
    ],
    ids=count(),  # the key differs with every process
)
def test_a_damaged_installed_half_is_refused_not_sealed_to(tmp_path: Path, damage: str) -> None:
    """What is sealed to a key with one bit changed, nobody ever reads again."""
    (tmp_path / PUBLIC_KEY_FILE).write_text(damage, encoding="latin-1")

    with pytest.raises(KeyRefused, match="is damaged; restore it from a copy"):
        load_installed_key(tmp_path)


def test_an_installed_half_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / PUBLIC_KEY_FILE).mkdir()

    with pytest.raises(KeyRefused, match="is a folder; remove it"):
        load_installed_key(tmp_path)


def test_while_the_installed_half_is_damaged_the_kiosk_seals_to_the_one_before(
    tmp_path: Path,
) -> None:
    store = LocalSignupStore(tmp_path, lambda: NOW)
    install_key(tmp_path, ANOTHER.public_key, NOW)
    store.save(make_signup())
    stored = (tmp_path / PUBLIC_KEY_FILE).read_text()
    (tmp_path / PUBLIC_KEY_FILE).write_text(
        stored.replace(str(WHOLE["public_key"]), b64encode(FLIPPED).decode())
    )

    store.save(make_signup())
    store.close()

    with Queue.open(tmp_path) as queue:
        assert queue.query("SELECT key_id FROM signups") == [(ANOTHER.id,)] * 2


def test_nothing_of_the_private_half_or_the_passphrase_comes_into_the_data_folder(
    tmp_path: Path,
) -> None:
    stick, data = tmp_path / "stick", tmp_path / "data"
    stick.mkdir()
    data.mkdir()
    key = create_key_pair(stick / "key.json", PASSPHRASE, NOW)
    install_key(data, key.public_key, NOW)
    store = LocalSignupStore(data, lambda: NOW)
    store.save(make_signup())
    store.close()

    locked = str(_kept(stick / "key.json")["private_key"])
    salt = str(_kept(stick / "key.json")["argon2id"]["salt"])  # type: ignore[index]
    secrets = [key.raw, key.raw.hex().encode(), b64encode(key.raw)]
    secrets += [PASSPHRASE.encode(), locked.encode(), b64decode(locked), salt.encode()]
    files = [file for file in data.rglob("*") if file.is_file()]
    assert len(files) >= 2
    for file in files:
        raw = file.read_bytes()
        assert not [secret for secret in secrets if secret in raw], file


def test_a_key_that_is_installed_while_a_signup_is_stored_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program installs the key and seals, just after the desk has looked for one."""
    key = PrivateKey.generate().public_key
    Queue.open(tmp_path).close()

    def install_and_seal() -> None:
        install_key(tmp_path, key, NOW)
        with Queue.open(tmp_path) as queue:
            seal_in_place(queue, key, NOW)

    other = threading.Thread(target=install_and_seal)
    latest_key = Queue.latest_key

    def look(queue: Queue) -> PublicKey | None:
        found = latest_key(queue)
        other.start()
        other.join(timeout=0.5)  # it may have to wait for the desk
        return found

    monkeypatch.setattr(Queue, "latest_key", look)
    with closing(LocalSignupStore(tmp_path, lambda: NOW)) as taken:
        taken.save(make_signup())
    other.join()

    with Queue.open(tmp_path) as queue:
        assert queue.count() == 1
        assert queue.count_unsealed() == 0


@pytest.mark.parametrize("written", [b"", b'{\n  "no', b'{\n  "note": "The private key of a sho'])
def test_what_a_pulled_stick_kept_of_a_key_is_removed_by_the_next_write_there(
    tmp_path: Path, written: bytes
) -> None:
    left = tmp_path / ".first.key.part-999999999"
    left.write_bytes(written)
    others = [tmp_path / ".film.part-999999999", tmp_path / ".running.key.part-1"]
    others[0].write_bytes(b"of another program")
    others[1].write_bytes(written)

    keys.create_key_pair(tmp_path / "second.key", "correct horse battery staple", NOW)

    assert sorted(tmp_path.iterdir()) == sorted([*others, tmp_path / "second.key"])
