"""A signup as stored in the database, with its personal data unencrypted or sealed."""

from __future__ import annotations

from datetime import datetime
from json import JSONDecoder, dumps
from typing import Any, NamedTuple
from uuid import UUID

from kiosk.signups.crypto.sealed_box import DecryptionFailed, PrivateKey, PublicKey, pad_for_sealing
from kiosk.signups.form import Consent, Person, Signup


class UnreadableSignup(Exception):
    """A signup that cannot be read; the message says why. Others are not affected."""


class StoredSignup(NamedTuple):
    """A row of the queue; `number` is its position in the order of arrival.

    `key_id` is None if `personal` is unencrypted. `stands_for` counts the signups of the same
    address that are merged into it, including itself. `consent_id` is the id its consent text was
    stored under; `fault` says what cannot be read, apart from the personal data and the time.
    """

    number: int
    id: str
    created_at: str
    clock_trusted: int | None
    kiosk: str
    content_version: str
    ticked: str
    consent: Consent
    personal: bytes
    key_id: str | None
    stands_for: int = 1
    consent_id: str = ""
    fault: str = ""


LOST_CONSENT = Consent("", "", "", "")
"""Replaces a consent text that is lost."""


def encode_person(signup: Signup) -> bytes:
    """Encode the personal data, with the signup's id to prevent swapping them with another's."""
    person = signup.person
    fields = {
        "id": signup.id,
        "email": person.email,
        "name": person.name,
        "postal_code": person.postal_code,
    }
    return dumps(fields, ensure_ascii=False).encode()


def encode_or_seal(signup: Signup, key: PublicKey | None) -> tuple[bytes, str | None]:
    """The bytes to store, and the id of the key they are sealed to."""
    text = encode_person(signup)
    return (pad_for_sealing(text), None) if key is None else (key.seal(text), key.id)


def require_intact(record: StoredSignup) -> None:
    """
    Raises:
        UnreadableSignup: its row is damaged, or its consent text was changed.
    """
    if record.fault:
        raise UnreadableSignup(record.fault)


def decode_person(record: StoredSignup, key: PrivateKey | None) -> Person:
    """Decode the personal data of a signup, decrypting them with `key` if they are sealed.

    Raises:
        UnreadableSignup: they are sealed to another key, or damaged.
    """
    personal = record.personal if record.key_id is None else _decrypt(record, key)
    try:
        text = personal.decode().rstrip(" ")
        fields, end = _decode(text)
    except (ValueError, AttributeError, RecursionError):
        raise UnreadableSignup("its personal data are damaged") from None
    if not isinstance(fields, dict) or fields.get("id") != record.id:
        raise UnreadableSignup("its personal data belong to another signup")
    try:
        email, name, code = fields["email"], fields["name"], fields["postal_code"]
    except KeyError:
        raise UnreadableSignup("its personal data are damaged") from None
    if not (type(email) is type(name) is type(code) is str and end == len(text)):
        raise UnreadableSignup("its personal data are damaged")
    if "\\u" in text and any("\ud800" <= sign <= "\udfff" for sign in email + name + code):
        raise UnreadableSignup(
            "its personal data are damaged"
        )  # surrogates, which cannot be written to a file
    return Person(email, name, code)


CLOCK_TRUSTED_VALUES = (None, 0, 1)
"""Valid values of `clock_trusted`."""


def with_faults(record: StoredSignup, fault: str) -> StoredSignup:
    """The signup with what is wrong with its row, and an id to list it by."""
    id_: object = record.id or None
    facts: dict[str, object] = {
        "id": id_,
        "time": record.created_at,
        "kiosk's name": record.kiosk,
        "version of the content": record.content_version,
        "list of ticked boxes": record.ticked,
        "key": record.key_id or "",
    }
    damaged = [name for name, fact in facts.items() if not isinstance(fact, str)]
    if record.clock_trusted not in CLOCK_TRUSTED_VALUES:
        damaged.append("judgment of the clock")
    faults = [f"its {name} is damaged" for name in damaged]
    return record._replace(
        id=id_ if isinstance(id_, str) else f"signup {record.number}",
        fault="; ".join(filter(None, (fault, *faults))),
    )


def id_from_plaintext(personal: bytes) -> str | None:
    """The signup id in unencrypted personal data; None if they are sealed or damaged."""
    try:
        fields, _ = _decode(personal.decode())
        id_ = str(UUID(fields["id"]))
        decode_person(_placeholder(id_, personal), None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, UnreadableSignup):
        return None
    return id_


def _placeholder(id_: str, personal: bytes) -> StoredSignup:
    return StoredSignup(0, id_, "", None, "", "", "", LOST_CONSENT, personal, None)


_decode = JSONDecoder().raw_decode
"""Takes less than half the time of `json.loads`, which matters for very many signups."""


def _decrypt(record: StoredSignup, key: PrivateKey | None) -> bytes:
    if key is None:
        raise UnreadableSignup(f"it is sealed to the key {record.key_id}")
    if record.key_id != key.id:
        raise UnreadableSignup(f"it is sealed to another key, {record.key_id}")
    try:
        return key.open(record.personal)
    except DecryptionFailed:
        raise UnreadableSignup("its seal is damaged") from None


def parse_created_at(record: StoredSignup) -> datetime:
    """Parse the time at which a signup was made.

    Raises:
        UnreadableSignup: the text is not a time as the kiosk writes it.
    """
    return _parse_time(record.created_at)


def require_id_and_time(id_: object, created_at: object) -> None:
    """Check the stored values that an erasure receipt needs.

    Raises:
        UnreadableSignup: the id or the time is damaged.
    """
    if not (isinstance(id_, str) and id_):
        raise UnreadableSignup("its id is damaged")
    _parse_time(created_at)


def _parse_time(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise UnreadableSignup("its time is damaged") from None
    if not (len(text) in _TIME_LENGTHS and text[10] == "T" and text[-6] in "+-"):
        raise UnreadableSignup("its time is damaged")
    return moment


_TIME_LENGTHS = {len("2024-01-01T09:00:00+00:00"), len("2024-01-01T09:00:00.123456+00:00")}
