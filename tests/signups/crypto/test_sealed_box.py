"""A sealed signup is open to the manager's key alone, and to nobody under another's name."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.signups.crypto.sealed_box import BLOCK_BYTES, DecryptionFailed, PrivateKey, PublicKey
from kiosk.signups.form import Person
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.stored_signup import (
    StoredSignup,
    UnreadableSignup,
    decode_person,
    encode_person,
)
from tests.conftest import make_signup
from tests.long_runs import examples
from tests.signups.stored import signup_of

OVERHEAD_BYTES = 48
"""Of a libsodium sealed box: the public half of its own key pair and the authenticator."""
KEY, ANOTHER = PrivateKey.generate(), PrivateKey.generate()
texts = st.binary(max_size=700).map(lambda raw: raw.rstrip(b" "))


@given(texts)
@settings(max_examples=examples(100))
def test_what_is_sealed_opens(text: bytes) -> None:
    assert KEY.open(KEY.public_key.seal(text)) == text


@given(texts)
@settings(max_examples=examples(50))
def test_another_key_does_not_open_it(text: bytes) -> None:
    with pytest.raises(DecryptionFailed):
        ANOTHER.open(KEY.public_key.seal(text))


def test_the_public_half_on_its_own_opens_nothing() -> None:
    with pytest.raises(DecryptionFailed):
        PrivateKey(KEY.public_key.raw).open(KEY.public_key.seal(b"vera@example.com"))


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_a_box_with_any_byte_changed_does_not_open(mask: int) -> None:
    box = KEY.public_key.seal(b"vera@example.com")

    for place in range(len(box)):
        changed = bytearray(box)
        changed[place] ^= mask
        with pytest.raises(DecryptionFailed):
            KEY.open(bytes(changed))


def test_a_box_cut_short_anywhere_does_not_open() -> None:
    box = KEY.public_key.seal(b"vera@example.com")

    for length in range(len(box)):
        with pytest.raises(DecryptionFailed):
            KEY.open(box[:length])


def test_a_box_with_something_behind_it_does_not_open() -> None:
    with pytest.raises(DecryptionFailed):
        KEY.open(KEY.public_key.seal(b"vera@example.com") + b"\0")


@given(st.binary(max_size=300))
@settings(max_examples=examples(100))
def test_garbage_is_no_box(garbage: bytes) -> None:
    with pytest.raises(DecryptionFailed):
        KEY.open(garbage)


def test_equal_texts_lie_in_different_boxes() -> None:
    boxes = {KEY.public_key.seal(b"vera@example.com") for _ in range(50)}

    assert len(boxes) == 50
    assert len({box[:32] for box in boxes}) == 50  # a key pair for each
    assert len({box[32:] for box in boxes}) == 50


@pytest.mark.parametrize(
    ("length", "blocks"), [(0, 0), (1, 1), (127, 1), (128, 1), (129, 2), (256, 2), (257, 3)]
)
def test_a_box_tells_only_how_many_blocks_are_in_it(length: int, blocks: int) -> None:
    assert len(KEY.public_key.seal(b"x" * length)) == blocks * BLOCK_BYTES + OVERHEAD_BYTES


def test_keys_are_told_apart_by_an_id_that_both_halves_share() -> None:
    assert KEY.id == KEY.public_key.id == PublicKey(KEY.public_key.raw).id
    assert KEY.id != ANOTHER.id
    assert len(KEY.id) == 16


def test_neither_the_name_of_a_key_nor_its_error_tells_the_private_half() -> None:
    with pytest.raises(DecryptionFailed) as raised:
        KEY.open(b"")

    for output in (repr(KEY), str(KEY), f"{KEY}", repr(raised.value)):
        assert repr(KEY.raw) not in output
        assert KEY.raw.hex() not in output


# In the queue


def _records(queue: Queue) -> list[StoredSignup]:
    queue.select("all")
    return list(queue.selected())


def _change(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as thief:
        thief.execute(statement, values)
        thief.commit()


def test_a_sealed_signup_comes_back_whole(queue: Queue) -> None:
    signup = make_signup(name="Zoë 李 🏁", postal_code="02134")
    queue.add(signup, KEY.public_key)

    (record,) = _records(queue)

    assert signup_of(record, KEY) == signup


def test_nothing_that_was_typed_lies_on_the_disk(queue: Queue, tmp_path: Path) -> None:
    queue.add(
        make_signup(email="v@example.com", name="Zoë Q", postal_code="K1A 0B1"), KEY.public_key
    )

    for file in tmp_path.rglob("*"):
        raw = file.read_bytes()
        assert not [
            typed
            for typed in ("v@example.com", "Zoë Q", "Zo\\u00eb", "K1A 0B1", 'postal_code": ')
            if typed.encode() in raw
        ]


def test_without_a_key_a_sealed_signup_names_the_one_it_needs(queue: Queue) -> None:
    queue.add(make_signup(), KEY.public_key)

    with pytest.raises(UnreadableSignup, match=f"sealed to the key {KEY.id}"):
        decode_person(_records(queue)[0], None)


def test_with_another_key_a_sealed_signup_says_so(queue: Queue) -> None:
    queue.add(make_signup(), KEY.public_key)

    with pytest.raises(UnreadableSignup, match=f"another key, {KEY.id}"):
        decode_person(_records(queue)[0], ANOTHER)


def test_two_keys_open_their_own_signups_each(queue: Queue) -> None:
    queue.add(make_signup(name="First"), KEY.public_key)
    queue.add(make_signup(name="Second"), ANOTHER.public_key)
    first, second = _records(queue)

    assert decode_person(first, KEY).name == "First"
    assert decode_person(second, ANOTHER).name == "Second"


def test_a_box_in_another_signups_row_is_not_shown_under_the_wrong_name(
    queue: Queue, tmp_path: Path
) -> None:
    for name in ("Vera", "Otto"):
        queue.add(make_signup(name=name), KEY.public_key)
    boxes = [record.personal for record in _records(queue)]
    for number, box in enumerate(reversed(boxes), start=1):
        _change(tmp_path, "UPDATE people SET personal = ? WHERE number = ?", box, number)

    for record in _records(queue):
        with pytest.raises(UnreadableSignup, match="another signup"):
            decode_person(record, KEY)


def test_an_open_part_in_another_signups_row_is_not_shown_either(
    queue: Queue, tmp_path: Path
) -> None:
    for name in ("Vera", "Otto"):
        queue.add(make_signup(name=name))
    _change(
        tmp_path,
        "UPDATE people SET personal = (SELECT personal FROM people WHERE number = 2)"
        " WHERE number = 1",
    )

    with pytest.raises(UnreadableSignup, match="another signup"):
        decode_person(_records(queue)[0], None)


def test_a_box_under_the_id_of_another_key_is_not_opened(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup(), KEY.public_key)
    queue.add(make_signup(), ANOTHER.public_key)
    _change(tmp_path, "UPDATE signups SET key_id = ?", ANOTHER.id)

    with pytest.raises(UnreadableSignup, match="seal is damaged"):
        decode_person(_records(queue)[0], ANOTHER)


def test_a_box_that_is_passed_off_as_open_is_unreadable(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup(), KEY.public_key)
    _change(tmp_path, "UPDATE signups SET key_id = NULL")

    with pytest.raises(UnreadableSignup):
        decode_person(_records(queue)[0], KEY)


DAMAGED = [
    b"",
    b"null",
    b"[]",
    b"7",
    b'"text"',
    b"{",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b"9" * 10_000,
    b'{"id": "ID"}',
    b'{"id": "ID", "email": null, "name": "", "postal_code": ""}',
    b'{"id": "ID", "email": "a@b.c", "name": ["x"], "postal_code": ""}',
    b'{"id": "ID", "email": "a@b.c", "name": "", "postal_code": 2134}',
    b'{"email": "a@b.c", "name": "", "postal_code": ""}',
    b'{"id": ["ID"], "email": "a@b.c", "name": "", "postal_code": ""}',
]


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize("damage", DAMAGED, ids=lambda raw: repr(raw[:40]))
def test_a_damaged_personal_part_is_unreadable_and_no_accident(
    damage: bytes, is_sealed: bool
) -> None:
    signup = make_signup()
    raw = damage.replace(b'"ID"', json.dumps(signup.id).encode())
    personal, key_id = (KEY.public_key.seal(raw), KEY.id) if is_sealed else (raw, None)
    record = StoredSignup(
        *(1, signup.id, signup.provenance.created_at.isoformat(), 1, "", "", "newsletter"),
        *(signup.consent, personal, key_id),
    )

    with pytest.raises(UnreadableSignup):
        signup_of(record, KEY)


@pytest.mark.parametrize("written", ["", "yesterday", "2024-13-01T00:00:00+00:00", "2024"])
def test_a_damaged_time_is_unreadable_and_no_accident(written: str) -> None:
    signup = make_signup()
    record = StoredSignup(
        *(
            1,
            signup.id,
            written,
            1,
            "",
            "",
            "newsletter",
            signup.consent,
            encode_person(signup),
            None,
        )
    )

    with pytest.raises(UnreadableSignup, match="time is damaged"):
        signup_of(record, None)


def test_all_that_is_known_of_a_person_is_sealed() -> None:
    """A field that is added to a person goes into the box, or this fails."""
    signup = make_signup()

    stored = json.loads(encode_person(signup))

    assert set(stored) == {"id"} | {field.name for field in fields(Person)}
