"""A signup as it lies in the database, its personal part open or sealed."""

from __future__ import annotations

from datetime import datetime
from json import JSONDecoder, dumps
from typing import NamedTuple

from kiosk.signups.sealing import CannotOpen, OpeningKey, SealingKey, open_slot
from kiosk.signups.signup import Consent, Person, Signup


class Unreadable(Exception):
    """A record that cannot be read now; the message says why, the others are not concerned."""


class Record(NamedTuple):
    """A row of the queue; `number` is its place in the order of arrival.

    `key_id` is None where `personal` lies open. `stands_for` counts the signups of the same address
    that are merged into it, itself included.
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


def pack(signup: Signup) -> bytes:
    """The personal part; it names its signup, so that it cannot be put into another's place."""
    person = signup.person
    fields = {
        "id": signup.id,
        "email": person.email,
        "name": person.name,
        "postal_code": person.postal_code,
    }
    return dumps(fields, ensure_ascii=False).encode()


def personal_part(signup: Signup, key: SealingKey | None) -> tuple[bytes, str | None]:
    """What goes onto the disk, and the id of the key it is sealed to."""
    text = pack(signup)
    return (open_slot(text), None) if key is None else (key.seal(text), key.id)


def person_of(record: Record, key: OpeningKey | None) -> Person:
    """Whom a record is about.

    Raises:
        Unreadable: it is sealed to another key than `key`, or damaged.
    """
    personal = record.personal if record.key_id is None else _opened(record, key)
    try:
        text = personal.decode().rstrip(" ")
        fields, end = _decode(text)
    except (ValueError, AttributeError, RecursionError):
        raise Unreadable("its personal data are damaged") from None
    if not isinstance(fields, dict) or fields.get("id") != record.id:
        raise Unreadable("its personal data belong to another signup")
    try:
        email, name, code = fields["email"], fields["name"], fields["postal_code"]
    except KeyError:
        raise Unreadable("its personal data are damaged") from None
    if not (type(email) is type(name) is type(code) is str and end == len(text)):
        raise Unreadable("its personal data are damaged")
    if "\\u" in text and any("\ud800" <= sign <= "\udfff" for sign in email + name + code):
        raise Unreadable("its personal data are damaged")  # halves of signs, which no file can hold
    return Person(email, name, code)


_decode = JSONDecoder().raw_decode
"""Less than half the time of `json.loads`, which matters with very many signups."""


def _opened(record: Record, key: OpeningKey | None) -> bytes:
    if key is None:
        raise Unreadable(f"it is sealed to the key {record.key_id}")
    if record.key_id != key.id:
        raise Unreadable(f"it is sealed to another key, {record.key_id}")
    try:
        return key.open(record.personal)
    except CannotOpen:
        raise Unreadable("its seal is damaged") from None


def moment_of(record: Record) -> datetime:
    """When it was made.

    Raises:
        Unreadable: its time is none, or not written as the kiosk writes it.
    """
    try:
        moment = datetime.fromisoformat(record.created_at)
    except (ValueError, TypeError):
        raise Unreadable("its time is damaged") from None
    text = record.created_at
    if not (len(text) in _TIME_LENGTHS and text[10] == "T" and text[-6] in "+-"):
        raise Unreadable("its time is damaged")
    return moment


_TIME_LENGTHS = {len("2024-01-01T09:00:00+00:00"), len("2024-01-01T09:00:00.123456+00:00")}
