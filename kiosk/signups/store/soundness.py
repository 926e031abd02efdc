"""What cannot be read of the stored, row by row: every column of every table.

A row that cannot be read stops no other; here it is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kiosk.signups.crypto.sealing import BOX_BYTES, SealingKey
from kiosk.signups.store.database import ROWS_AT_ONCE, QueueDamaged, stored_moment
from kiosk.signups.store.mending import MOST
from kiosk.signups.store.queue import LEAST_NUMBER, Queue
from kiosk.signups.store.record import Record, Unreadable, moment_of, person_of, require_sound
from kiosk.signups.store.suppression import HASH_BYTES, is_secret

Check = Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class Damage:
    """A row that cannot be read: which one, and what is wrong with it."""

    row: str
    reason: str


def find_damaged_signups(queue: Queue) -> Iterator[Damage]:
    """The signups that an export would leave in place, whatever key it had.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue.
    """
    keys = {key_id for (key_id,) in queue.query("SELECT key_id FROM sealing_keys")}
    queue.select("all")
    for record in queue.selected():
        try:
            require_sound(record)
            moment_of(record)
            if record.key_id is None:
                person_of(record, None)
            else:
                _require_box(record, keys)
        except Unreadable as reason:
            yield Damage(record.id, str(reason))


def _require_box(record: Record, keys: set[object]) -> None:
    if record.key_id not in keys:
        raise Unreadable("its key is damaged")
    box: object = record.personal
    if not (isinstance(box, bytes) and len(box) > BOX_BYTES):
        raise Unreadable("its seal is damaged")


def find_damaged_facts(queue: Queue) -> Iterator[Damage]:
    """The rows beside the signups that cannot be read: words, keys, and what the ledger is made of.

    Raises:
        QueueUnavailable, QueueDamaged: from the queue.
    """
    for id_, *words in queue.query("SELECT * FROM consents"):
        fault = queue.fault_of_words(id_)
        if fault:
            version = words[0] if isinstance(words[0], str) else "?"
            yield Damage(f"consent {version}", fault)
    for name, (columns, checks) in _CHECKS.items():
        for label, *values in queue.query(columns):
            named = dict(zip(checks, values, strict=True))
            damaged = [column for column, value in named.items() if not checks[column](value)]
            if damaged:
                yield Damage(f"{name} {_label(label)}", f"damaged: {', '.join(damaged)}")
    for key_id, public in queue.query("SELECT key_id, public_key FROM sealing_keys"):
        is_lost = public == b""  # of a recovered signup
        if not is_lost and not (isinstance(public, bytes) and SealingKey(public).id == key_id):
            yield Damage(f"key {_label(key_id)}", "damaged: public_key")
    for number, secret, key_id in queue.query(
        "SELECT number, secret, key_id FROM suppression_keys"
    ):
        if not (is_secret(secret) if key_id is None else isinstance(secret, bytes)):
            yield Damage(f"secret {number} of the suppression list", "damaged: secret")
    for table in queue.damaged_counters():
        yield Damage(f"counter of {table}", "damaged: the next signup or command repairs it")
    yield from _find_damaged_erased(queue)
    yield from _find_lost_references(queue)


def _find_damaged_erased(queue: Queue) -> Iterator[Damage]:
    last: object = LEAST_NUMBER
    while rows := queue.query(
        "SELECT signup, id, day FROM erased WHERE signup > ? ORDER BY signup LIMIT ?",
        (last, ROWS_AT_ONCE),
    ):
        for number, id_, day in rows:
            if not (_is_id(id_) and _is_day(day)):
                yield Damage(f"erased signup {_label(number)}", "damaged: id or day")
        last = rows[-1][0]


def _find_lost_references(queue: Queue) -> Iterator[Damage]:
    for name, statement in _REFERENCES.items():
        for (label,) in queue.query(statement):
            yield Damage(name, f"it names {_label(label)}, which is not there")


def _label(value: object) -> str:
    return str(value) if isinstance(value, str | int) else "?"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= MOST


def _is_flag(value: object) -> bool:
    return isinstance(value, int) and value in {0, 1}


def _is_moment(value: object) -> bool:
    with suppress(QueueDamaged):
        return isinstance(value, str) and bool(stored_moment(value))
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


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


_EXPORTS: Mapping[str, Check] = {
    "created_at": _is_moment,
    "file_name": _is_text,
    "format": lambda value: isinstance(value, str),
    "size": _or_none(_is_count),
    "sha256": _or_none(lambda value: isinstance(value, str)),
    "selection": _is_text,
    "is_deduped": _is_flag,
    "row_count": _is_count,
    "signup_count": _is_count,
    "repeats": _or_none(_is_count),
    "clock_trusted": _or_none(_is_flag),
    "kept_since": _or_none(_is_moment),
}
_ERASURES: Mapping[str, Check] = {
    "created_at": _is_moment,
    "reason": _is_text,
    "signup_count": _is_count,
}
_CHECKS: Mapping[str, tuple[str, Mapping[str, Check]]] = {
    "export": (f"SELECT number, {', '.join(_EXPORTS)} FROM exports", _EXPORTS),
    "erasure": (f"SELECT number, {', '.join(_ERASURES)} FROM erasures", _ERASURES),
    "day": ("SELECT day, day, captured FROM days", {"day": _is_day, "captured": _is_count}),
    "key": ("SELECT key_id, installed_at FROM sealing_keys", {"installed_at": _is_moment}),
    "entry of the suppression list": (
        "SELECT NULL, hash, after_export FROM suppressed",
        {"hash": _is_hash, "after_export": _is_count},
    ),
}
_REFERENCES: Mapping[str, str] = {
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
"""What a row names in another table and is not there."""
