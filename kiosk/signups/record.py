"""A signup as it lies in the database, its personal part open or sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from kiosk.signups.sealing import CannotOpen, OpeningKey, SealingKey
from kiosk.signups.signup import Consent, Person, Signup, Stamp


class Unreadable(Exception):
    """A record that cannot be read now; the message says why, the others are not concerned."""


@dataclass(frozen=True, slots=True)
class Record:
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
    return json.dumps(fields, ensure_ascii=False).encode()


def personal_part(signup: Signup, key: SealingKey | None) -> tuple[bytes, str | None]:
    """What goes onto the disk, and the id of the key it is sealed to."""
    return (pack(signup), None) if key is None else (key.seal(pack(signup)), key.id)


def person_of(record: Record, key: OpeningKey | None) -> Person:
    """Whom a record is about.

    Raises:
        Unreadable: it is sealed to another key than `key`, or damaged.
    """
    fields = _fields(record, key)
    if not isinstance(fields, dict) or fields.get("id") != record.id:
        raise Unreadable("its personal data belong to another signup")
    try:
        email, name, code = fields["email"], fields["name"], fields["postal_code"]
    except KeyError:
        raise Unreadable("its personal data are damaged") from None
    if not (isinstance(email, str) and isinstance(name, str) and isinstance(code, str)):
        raise Unreadable("its personal data are damaged")
    return Person(email, name, code)


def _fields(record: Record, key: OpeningKey | None) -> object:
    personal = record.personal
    if record.key_id is not None:
        if key is None:
            raise Unreadable(f"it is sealed to the key {record.key_id}")
        if record.key_id != key.id:
            raise Unreadable(f"it is sealed to another key, {record.key_id}")
        try:
            personal = key.open(personal)
        except CannotOpen:
            raise Unreadable("its seal is damaged") from None
    try:
        return json.loads(personal.decode())
    except (ValueError, TypeError, RecursionError):
        raise Unreadable("its personal data are damaged") from None


def signup_of(record: Record, key: OpeningKey | None) -> Signup:
    """The whole signup.

    Raises:
        Unreadable: see `person_of`.
    """
    person = person_of(record, key)
    trusted = None if record.clock_trusted is None else bool(record.clock_trusted)
    try:
        created_at = datetime.fromisoformat(record.created_at)
        ticked = tuple(filter(None, record.ticked.split(",")))
        if created_at.tzinfo is None:
            raise ValueError
    except (ValueError, TypeError, AttributeError):
        raise Unreadable("its time is damaged") from None
    stamp = Stamp(created_at, trusted, record.kiosk, record.content_version)
    return Signup(record.id, person, record.consent, stamp, ticked)
