"""Finds rows that cannot be read, by checking every column of every table.

Elsewhere such rows are skipped; here they are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kiosk.signups.crypto.sealed_box import BOX_BYTES, PublicKey
from kiosk.signups.store.database import BATCH_SIZE, QueueDamaged, parse_timestamp
from kiosk.signups.store.queue import MIN_NUMBER, Queue
from kiosk.signups.store.repair import MAX_COUNT
from kiosk.signups.store.stored_signup import (
    StoredSignup,
    UnreadableSignup,
    decode_person,
    parse_created_at,
    require_intact,
)
from kiosk.signups.store.suppression import HASH_BYTES, is_secret

Check = Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class DamagedRow:
    """A row that cannot be read, and why."""

    row: str
    reason: str


def find_damaged_signups(queue: Queue) -> Iterator[DamagedRow]:
    """Signups that an export would skip with any key.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue.
    """
    keys = {key_id for (key_id,) in queue.query("SELECT key_id FROM sealing_keys")}
    queue.select("all")
    for record in queue.selected():
        try:
            require_intact(record)
            parse_created_at(record)
            if record.key_id is None:
                decode_person(record, None)
            else:
                _require_box(record, keys)
        except UnreadableSignup as reason:
            yield DamagedRow(record.id, str(reason))


def _require_box(record: StoredSignup, keys: set[object]) -> None:
    if record.key_id not in keys:
        raise UnreadableSignup("its key is damaged")
    box: object = record.personal
    if not (isinstance(box, bytes) and len(box) > BOX_BYTES):
        raise UnreadableSignup("its seal is damaged")


def find_other_damage(queue: Queue) -> Iterator[DamagedRow]:
    """Damaged rows in all other tables: consent texts, keys, exports, erasures, suppressions.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue.
    """
    for id_, *texts in queue.query("SELECT * FROM consents"):
        fault = queue.consent_fault(id_)
        if fault:
            version = texts[0] if isinstance(texts[0], str) else "?"
            yield DamagedRow(f"consent {version}", fault)
    for name, (columns, checks) in _CHECKS.items():
        for label, *values in queue.query(columns):
            named = dict(zip(checks, values, strict=True))
            damaged = [column for column, value in named.items() if not checks[column](value)]
            if damaged:
                yield DamagedRow(f"{name} {_label(label)}", f"damaged: {', '.join(damaged)}")
    for key_id, public in queue.query("SELECT key_id, public_key FROM sealing_keys"):
        is_lost = public == b""  # the key of a recovered signup may be lost
        if not is_lost and not (isinstance(public, bytes) and PublicKey(public).id == key_id):
            yield DamagedRow(f"key {_label(key_id)}", "damaged: public_key")
    for number, secret, key_id in queue.query(
        "SELECT number, secret, key_id FROM suppression_keys"
    ):
        if not (is_secret(secret) if key_id is None else isinstance(secret, bytes)):
            yield DamagedRow(f"secret {number} of the suppression list", "damaged: secret")
    for table in queue.damaged_counters():
        yield DamagedRow(f"counter of {table}", "damaged: the next signup or command repairs it")
    yield from _find_damaged_erased(queue)
    yield from _find_lost_references(queue)


def _find_damaged_erased(queue: Queue) -> Iterator[DamagedRow]:
    last: object = MIN_NUMBER
    while rows := queue.query(
        "SELECT signup, id, day FROM erased WHERE signup > ? ORDER BY signup LIMIT ?",
        (last, BATCH_SIZE),
    ):
        for number, id_, day in rows:
            if not (_is_id(id_) and _is_day(day)):
                yield DamagedRow(f"erased signup {_label(number)}", "damaged: id or day")
        last = rows[-1][0]


def _find_lost_references(queue: Queue) -> Iterator[DamagedRow]:
    for name, statement in _LOST_REFERENCES.items():
        for (label,) in queue.query(statement):
            yield DamagedRow(name, f"it names {_label(label)}, which is not there")


def _label(value: object) -> str:
    return str(value) if isinstance(value, str | int) else "?"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= MAX_COUNT


def _is_flag(value: object) -> bool:
    return isinstance(value, int) and value in {0, 1}


def _is_timestamp(value: object) -> bool:
    with suppress(QueueDamaged):
        return isinstance(value, str) and bool(parse_timestamp(value))
    return False


def _is_day(value: object) -> bool:
    with suppress(ValueError):
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    return False


def _is_id(value: object) -> bool:
    with suppress(ValueError):
        return isinstance(value, str) and str(UUID(value)) == value
    return False


def _is_hash(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == HASH_BYTES


def _optional(check: Check) -> Check:
    return lambda value: value is None or check(value)


_EXPORTS: Mapping[str, Check] = {
    "created_at": _is_timestamp,
    "file_name": _is_text,
    "format": lambda value: isinstance(value, str),
    "size": _optional(_is_count),
    "sha256": _optional(lambda value: isinstance(value, str)),
    "selection": _is_text,
    "is_deduped": _is_flag,
    "row_count": _is_count,
    "signup_count": _is_count,
    "repeats": _optional(_is_count),
    "clock_trusted": _optional(_is_flag),
    "kept_since": _optional(_is_timestamp),
}
_ERASURES: Mapping[str, Check] = {
    "created_at": _is_timestamp,
    "reason": _is_text,
    "signup_count": _is_count,
}
_CHECKS: Mapping[str, tuple[str, Mapping[str, Check]]] = {
    "export": (f"SELECT number, {', '.join(_EXPORTS)} FROM exports", _EXPORTS),
    "erasure": (f"SELECT number, {', '.join(_ERASURES)} FROM erasures", _ERASURES),
    "day": ("SELECT day, day, captured FROM days", {"day": _is_day, "captured": _is_count}),
    "key": ("SELECT key_id, installed_at FROM sealing_keys", {"installed_at": _is_timestamp}),
    "entry of the suppression list": (
        "SELECT NULL, hash, after_export FROM suppressed",
        {"hash": _is_hash, "after_export": _is_count},
    ),
}
_LOST_REFERENCES: Mapping[str, str] = {
    "the mark of an exported signup": "SELECT DISTINCT export FROM exported WHERE export NOT IN"
    " (SELECT number FROM exports)",
    "the mark of an export": "SELECT signup FROM exported WHERE typeof(signup) <> 'integer' OR"
    " (signup NOT IN (SELECT number FROM signups) AND signup NOT IN (SELECT signup FROM erased))",
    "the receipt of an erased signup": "SELECT DISTINCT erasure FROM erased WHERE erasure NOT IN"
    " (SELECT number FROM erasures)",
    "an entry of the suppression list": "SELECT DISTINCT suppression_key FROM suppressed WHERE"
    " suppression_key NOT IN (SELECT number FROM suppression_keys)",
    "a secret of the suppression list": "SELECT key_id FROM suppression_keys WHERE key_id IS NOT"
    " NULL AND key_id NOT IN (SELECT key_id FROM sealing_keys)",
    "the record of an export": "SELECT repeats FROM exports WHERE repeats IS NOT NULL AND"
    " (repeats NOT IN (SELECT number FROM exports) OR repeats >= number)",
}
"""For each reference between tables, a query for the ones that lead nowhere."""
