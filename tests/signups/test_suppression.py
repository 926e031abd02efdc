"""An address that objected is flagged when it comes again; the list itself names nobody."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from contextlib import closing
from datetime import UTC, datetime
from hashlib import blake2b, sha256
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey
from kiosk.signups.export.exporter import ExportRequest, ExportResult, export
from kiosk.signups.form import FormInput, cleaned, is_email_address
from kiosk.signups.store.erasure import erase_address, seal_in_place
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.suppression import (
    SuppressionList,
    canonical_address,
    keyed_hash,
    suppress_address,
)
from tests.conftest import make_signup
from tests.long_runs import examples

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
KEY, ANOTHER = PrivateKey.generate(), PrivateKey.generate()
ADDRESS = "vera@example.com"


def _suppress(
    queue: Queue,
    email: str,
    private_key: PrivateKey | None = None,
    public_key: PublicKey | None = None,
) -> None:
    erase_address(queue, email, NOW, private_key=private_key, public_key=public_key, suppress=True)


def _flags(queue: Queue, folder: Path, key: PrivateKey | None = None) -> dict[str, bool]:
    """Each address of a fresh export, and whether it is flagged."""
    records = _exported(queue, folder, key)[1]
    return {str(record["email"]): record["suppressed"] is True for record in records}


def _exported(
    queue: Queue, folder: Path, key: PrivateKey | None = None
) -> tuple[ExportResult, list[dict[str, object]]]:
    out = folder / f"{len(queue.exports())}.jsonl"
    result = export(queue, ExportRequest(out, "all", key), NOW)
    lines = out.read_text(encoding="utf-8").split("\n")
    return result, [json.loads(line) for line in lines if line]


def _holds(queue: Queue, email: str, key: PrivateKey | None = None) -> bool | None:
    return SuppressionList(queue, key, as_of_export=None).contains(email)


SPELLINGS = [
    ("vera@example.com", "VERA@EXAMPLE.COM"),
    ("vera@example.com", " Vera@Example.com "),
    ("zoë@example.com", "ZOË@example.com"),
    ("zoë@example.com", "zoe\u0308@example.com"),
    ("zoë@example.com", "ZOE\u0308@Example.COM"),
    ("vera@bücher.example.com", "vera@xn--bcher-kva.example.com"),
    ("vera@BÜCHER.example.com", "Vera@bu\u0308cher.example.com"),
    ("vera@straße.de", "vera@xn--strae-oqa.de"),
    ("vera@faß.de", "vera@FAẞ.de"),
    ("vera@日本語.jp", "vera@xn--wgv71a119e.jp"),
    ("vera@日本語。jp", "vera@日本語.jp"),
    ("vera@ｅｘａｍｐｌｅ.com", "vera@example.com"),
    ("ΣΊΣΥΦΟΣ@example.com", "σίσυφος@example.com"),
    ("\u0390x@example.com", "\u0399\u0308\u0301X@example.com"),
]


@pytest.mark.parametrize(("one", "other"), [*SPELLINGS, *((b, a) for a, b in SPELLINGS)])
def test_a_later_signup_of_a_suppressed_address_is_flagged_however_it_is_written(
    queue: Queue, tmp_path: Path, one: str, other: str
) -> None:
    _suppress(queue, one)
    queue.add(make_signup(email=other))

    assert _flags(queue, tmp_path) == {other: True}


OTHERS = [
    "vera@example.org",
    "very@example.com",
    "vera@mail.example.com",
    "vera.x@example.com",
    "vera+news@example.com",
    "v.era@example.com",
    "vèra@example.com",
    "vera@exаmple.com",  # a Cyrillic letter among them
]


def test_all_other_addresses_are_not_flagged(queue: Queue, tmp_path: Path) -> None:
    _suppress(queue, ADDRESS)
    for other in OTHERS:
        queue.add(make_signup(email=other))

    assert _flags(queue, tmp_path) == dict.fromkeys(OTHERS, False)


def test_two_domains_or_people_that_older_rules_took_for_one_are_two(queue: Queue) -> None:
    """IDNA 2008 gave `straße.de` to another owner than `strasse.de`."""
    _suppress(queue, "vera@strasse.de")

    assert not _holds(queue, "vera@straße.de")
    assert not _holds(queue, "vera@xn--strae-oqa.de")
    _suppress(queue, "straße@example.com")
    assert _holds(queue, "straße@example.com")
    assert _holds(queue, "STRAẞE@example.com")
    assert not _holds(queue, "strasse@example.com")


letters = st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0x24FF)
words = st.text(letters, min_size=1, max_size=8)


@given(words, words, st.sampled_from(["NFC", "NFD"]))
@settings(max_examples=examples(150))
def test_every_spelling_of_an_address_that_the_form_takes_is_the_same(
    local: str, name: str, form: str
) -> None:
    first = cleaned(FormInput(email=f"{local}@{name}.example")).email
    assume(is_email_address(first))
    second = cleaned(FormInput(email=unicodedata.normalize(form, first))).email
    assume("ı" not in local)  # the dotless i: its capital is everybody's I
    assume(len(local.upper()) == len(local))  # a letter of its own, such as ß, has none

    assert canonical_address(second) == canonical_address(first)
    assert canonical_address(f"{local.upper()}@{name}.example") == canonical_address(first)
    assert canonical_address(canonical_address(first)) == canonical_address(first)


@given(st.text(max_size=40))
@settings(max_examples=examples(150))
def test_whatever_is_asked_about_gets_an_answer(text: str) -> None:
    """A queue may hold what an older kiosk let pass."""
    assert len(keyed_hash(text, "secret")) == 32
    assert len(keyed_hash(f"{text}\ud800@ü\udfff", "secret")) == 32


def test_suppressing_twice_is_suppressing_once(queue: Queue) -> None:
    _suppress(queue, ADDRESS)
    _suppress(queue, "VERA@example.com")

    assert queue.query_int("SELECT count(*) FROM suppressed") == 1
    assert _holds(queue, ADDRESS)


def test_an_erasure_without_the_wish_suppresses_nothing(queue: Queue) -> None:
    erase_address(queue, ADDRESS, NOW)

    assert not _holds(queue, ADDRESS)


def test_a_suppression_that_fails_takes_the_erasure_back(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.add(make_signup(email=ADDRESS))
    with closing(sqlite3.connect(queue.file)) as other:
        other.execute(
            "CREATE TRIGGER fails BEFORE INSERT ON suppressed BEGIN SELECT raise(ABORT, 'no'); END"
        )

    with pytest.raises(sqlite3.DatabaseError):
        _suppress(queue, ADDRESS)

    assert queue.count() == 1
    assert queue.query_int("SELECT count(*) FROM erasures") == 0


# The list


def _dump(queue: Queue) -> list[tuple[object, ...]]:
    return queue.query("SELECT * FROM suppressed")


def _guesses(address: str) -> set[bytes]:
    """What a thief without the secret could try."""
    found = set()
    for output in (address, canonical_address(address), address.upper()):
        raw = output.encode()
        found |= {
            blake2b(raw, digest_size=32).digest(),
            blake2b(raw, key=b"", digest_size=32).digest(),
            sha256(raw).digest(),
            keyed_hash(output, ""),
        }
    return found


@pytest.mark.parametrize("public_key", [None, KEY.public_key], ids=["open", "sealed"])
def test_the_list_holds_no_address(
    queue: Queue, tmp_path: Path, public_key: PublicKey | None
) -> None:
    _suppress(queue, "Vera.Visitor@Example.com", public_key=public_key)

    raw = queue.file.read_bytes().lower()
    assert b"vera" not in raw
    assert b"visitor" not in raw
    assert b"example.com" not in raw


def test_a_hash_cannot_be_made_again_without_the_secret(queue: Queue) -> None:
    _suppress(queue, ADDRESS)

    ((stored, *_),) = _dump(queue)
    assert stored not in _guesses(ADDRESS)


def test_two_kiosks_have_different_hashes_of_an_address(tmp_path: Path) -> None:
    stored = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with Queue.open(tmp_path / name) as queue:
            _suppress(queue, ADDRESS)
            stored |= {row[0] for row in _dump(queue)}

    assert len(stored) == 2


def test_a_sealed_secret_lies_nowhere_in_the_open(queue: Queue) -> None:
    """So that a thief of the disk cannot try addresses."""
    _suppress(queue, ADDRESS, public_key=KEY.public_key)

    ((box, key_id),) = queue.query("SELECT secret, key_id FROM suppression_keys")
    secret = KEY.open(box)
    ((stored, *_),) = _dump(queue)
    assert key_id == KEY.id
    assert stored == keyed_hash(ADDRESS, secret.decode())
    assert secret not in queue.file.read_bytes()
    assert bytes.fromhex(secret.decode()) not in queue.file.read_bytes()


def test_a_secret_is_not_to_be_guessed(queue: Queue) -> None:
    _suppress(queue, ADDRESS)

    ((secret,),) = queue.query("SELECT secret FROM suppression_keys")
    assert len(bytes.fromhex(secret.decode())) == 32


# With keys


def test_the_managers_key_flags_what_was_suppressed_under_it(queue: Queue, tmp_path: Path) -> None:
    _suppress(queue, ADDRESS, public_key=KEY.public_key)
    queue.add(make_signup(email="Vera@example.com"), KEY.public_key)
    queue.add(make_signup(email="otto@example.com"), KEY.public_key)

    result, records = _exported(queue, tmp_path, KEY)

    assert result.is_suppression_complete
    assert [record["suppressed"] for record in records] == [True, False]


@pytest.mark.parametrize("key", [None, ANOTHER], ids=["no key", "another key"])
def test_without_the_right_key_an_export_says_that_it_does_not_know(
    queue: Queue, tmp_path: Path, key: PrivateKey | None
) -> None:
    _suppress(queue, ADDRESS, public_key=KEY.public_key)
    queue.add(make_signup(email=ADDRESS))

    result, records = _exported(queue, tmp_path, key)

    assert not result.is_suppression_complete
    assert [record["suppressed"] for record in records] == [None]


def test_a_list_that_holds_nobody_is_known_without_a_key(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup())

    assert _exported(queue, tmp_path)[0].is_suppression_complete


def test_an_address_suppressed_without_the_key_joins_the_list_under_a_secret_of_its_own(
    queue: Queue,
) -> None:
    """The kiosk's public half closes; it cannot open the first secret."""
    _suppress(queue, ADDRESS, public_key=KEY.public_key)
    _suppress(queue, "otto@example.com", public_key=KEY.public_key)

    assert queue.query_int("SELECT count(*) FROM suppression_keys") == 2
    assert _holds(queue, ADDRESS, KEY)
    assert _holds(queue, "otto@example.com", KEY)


def test_with_the_key_the_secret_is_used_again(queue: Queue) -> None:
    for email in (ADDRESS, "otto@example.com"):
        _suppress(queue, email, private_key=KEY, public_key=KEY.public_key)

    assert queue.query_int("SELECT count(*) FROM suppression_keys") == 1


def test_after_the_key_was_replaced_each_key_knows_its_own_part(queue: Queue) -> None:
    _suppress(queue, ADDRESS, public_key=KEY.public_key)
    _suppress(queue, "otto@example.com", private_key=ANOTHER, public_key=ANOTHER.public_key)

    for key, known in ((KEY, ADDRESS), (ANOTHER, "otto@example.com")):
        suppressed = SuppressionList(queue, key, as_of_export=None)
        assert suppressed.contains(known)
        assert not suppressed.is_complete


def test_sealing_in_place_seals_the_secret_too(queue: Queue) -> None:
    _suppress(queue, ADDRESS)
    ((secret,),) = queue.query("SELECT secret FROM suppression_keys")

    seal_in_place(queue, KEY.public_key, NOW)

    assert secret not in queue.file.read_bytes()
    assert _holds(queue, ADDRESS, KEY)
    assert not _holds(queue, ADDRESS)
    assert not _holds(queue, ADDRESS, ANOTHER)


def test_sealing_in_place_leaves_a_sealed_secret_as_it_is(queue: Queue) -> None:
    _suppress(queue, ADDRESS, public_key=KEY.public_key)
    before = queue.query("SELECT * FROM suppression_keys")

    seal_in_place(queue, ANOTHER.public_key, NOW)

    assert queue.query("SELECT * FROM suppression_keys") == before
    assert _holds(queue, ADDRESS, KEY)


def test_an_open_secret_is_used_on_where_no_key_is_at_hand(queue: Queue) -> None:
    with queue.transaction():
        suppress_address(queue, ADDRESS, None, None)
    with queue.transaction():
        suppress_address(queue, "otto@example.com", None, None)

    assert queue.query_int("SELECT count(*) FROM suppression_keys") == 1


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"x" * 48])
def test_a_damaged_secret_makes_the_list_incomplete_and_no_accident(
    queue: Queue, tmp_path: Path, damage: bytes
) -> None:
    _suppress(queue, ADDRESS, public_key=KEY.public_key)
    queue.execute("UPDATE suppression_keys SET secret = ?", (damage,))
    queue.add(make_signup(email=ADDRESS))

    assert not _exported(queue, tmp_path, KEY)[0].is_suppression_complete


def test_what_is_found_on_a_part_that_opens_is_known_all_the_same(queue: Queue) -> None:
    _suppress(queue, "b@example.com", public_key=KEY.public_key)
    _suppress(queue, "a@example.com")

    found = [_holds(queue, f"{name}@example.com") for name in "abc"]
    assert found == [True, None, None]
    found = [_holds(queue, f"{name}@example.com", KEY) for name in "abc"]
    assert found == [True, True, False]
