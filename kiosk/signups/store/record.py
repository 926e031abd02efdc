"""A signup as it lies in the database, its personal part open or sealed."""

from __future__ import annotations

from datetime import datetime
from json import JSONDecoder, dumps
from typing import Any, NamedTuple
from uuid import UUID

from kiosk.signups.crypto.sealing import CannotOpen, OpeningKey, SealingKey, open_slot
from kiosk.signups.form import Consent, Person, Signup


class Unreadable(Exception):
    """A record that cannot be read now; the message says why, the others are not concerned."""


class Record(NamedTuple):
    """A row of the queue; `number` is its place in the order of arrival.

    `key_id` is None where `personal` lies open. `stands_for` counts the signups of the same address
    that are merged into it, itself included. `consent_id` is what its words were stored under;
    `fault` says what of the row cannot be read, besides the personal data and the time.
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


NO_CONSENT = Consent("", "", "", "")
"""In the place of words that are lost."""


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


def require_sound(record: Record) -> None:
    """
    Raises:
        Unreadable: something of its row is damaged, or its words are not those agreed to.
    """
    if record.fault:
        raise Unreadable(record.fault)


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


TRUSTED = (None, 0, 1)
"""Whether the clock was to be believed, as it is stored."""


def faulty(record: Record, fault: str) -> Record:
    """With what is wrong with the row, and an id to list it by."""
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
    if record.clock_trusted not in TRUSTED:
        damaged.append("judgement of the clock")
    faults = [f"its {name} is damaged" for name in damaged]
    return record._replace(
        id=id_ if isinstance(id_, str) else f"signup {record.number}",
        fault="; ".join(filter(None, (fault, *faults))),
    )


def id_in(personal: bytes) -> str | None:
    """The id that an open personal part names; None where it is sealed or damaged."""
    try:
        fields, _ = _decode(personal.decode())
        id_ = str(UUID(fields["id"]))
        person_of(_nameless(id_, personal), None)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, Unreadable):
        return None
    return id_


def _nameless(id_: str, personal: bytes) -> Record:
    return Record(0, id_, "", None, "", "", "", NO_CONSENT, personal, None)


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
    return _moment(record.created_at)


def require_noted(id_: object, created_at: object) -> None:
    """What a receipt needs of a signup, as it lies in the database.

    Raises:
        Unreadable: its id or its time is damaged.
    """
    if not (isinstance(id_, str) and id_):
        raise Unreadable("its id is damaged")
    _moment(created_at)


def _moment(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise Unreadable("its time is damaged") from None
    if not (len(text) in _TIME_LENGTHS and text[10] == "T" and text[-6] in "+-"):
        raise Unreadable("its time is damaged")
    return moment


_TIME_LENGTHS = {len("2024-01-01T09:00:00+00:00"), len("2024-01-01T09:00:00.123456+00:00")}
