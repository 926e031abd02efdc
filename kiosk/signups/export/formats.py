"""The columns of export files, and the CSV and JSON Lines formats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, NamedTuple

from kiosk.signups.form import Consent, Person
from kiosk.signups.store.database import BATCH_SIZE
from kiosk.signups.store.stored_signup import StoredSignup
from kiosk.spreadsheets import FORMULA_ANYWHERE, FORMULA_PREFIXES, csv_text

PENDING = "pending"
"""The kiosk sends no email: every address has yet to be confirmed (double opt-in)."""
_NEEDS_ESCAPING = frozenset(FORMULA_PREFIXES) | {"'", " "}
CACHE_SIZE = 256
"""Most signups share the consent text and the kiosk, so their cells are cached."""


class ExportRow(NamedTuple):
    """A row of the file.

    `is_suppressed` is None if the suppression list could not be read completely.
    """

    record: StoredSignup
    person: Person
    created_at: datetime
    is_suppressed: bool | None


COLUMNS = {
    "id": 38,
    "created_at": 20,
    "utc_offset": 11,
    "clock_trusted": 13,
    "status": 10,
    "suppressed": 11,
    "stands_for": 11,
    "email": 34,
    "name": 28,
    "postal_code": 12,
    "language": 9,
    "ticked": 12,
    "consent_version": 16,
    "consent_wording": 60,
    "consent_sha256": 66,
    "notice_sha256": 66,
    "kiosk": 20,
    "content_version": 66,
}
"""Each column with its width in an XLSX sheet (characters)."""

Writer = Callable[[BinaryIO, Iterable[ExportRow], datetime], None]
"""Writes rows to an open file; the datetime is that of the export."""


def shared_cells(
    consent: Consent, ticked: str, kiosk: str, content_version: str
) -> tuple[str, ...]:
    """The last columns, from `language` on, which are the same for very many signups."""
    return (
        consent.language,
        ticked,
        consent.version,
        consent.wording,
        *_digests(consent),
        kiosk,
        content_version,
    )


@lru_cache(maxsize=CACHE_SIZE)
def _digests(consent: Consent) -> tuple[str, str]:
    return consent.wording_sha256, consent.notice_sha256


def yes_or_no(fact: bool | int | None) -> str:
    """The text of a boolean cell."""
    return "unknown" if fact is None else "yes" if fact else "no"


def write_csv(file: BinaryIO, entries: Iterable[ExportRow], _: datetime) -> None:
    """UTF-8 with BOM for Excel; CRLF and quotes as in RFC 4180."""
    file.write(f"{','.join(COLUMNS)}\r\n".encode("utf-8-sig"))
    _write_lines(file, map(_csv_line, entries))


def _csv_line(entry: ExportRow) -> str:
    record, person, _, is_suppressed = entry
    id_, email, name, code = record.id, person.email, person.name, person.postal_code
    if (
        '"' in (texts := f"{id_}{email}{name}{code}")
        or ";" in texts
        or id_[:1] in _NEEDS_ESCAPING
        or email[:1] in _NEEDS_ESCAPING
        or name[:1] in _NEEDS_ESCAPING
        or code[:1] in _NEEDS_ESCAPING
    ):
        id_, email = csv_text(id_), _csv_address(email)
        name, code = _csv_user_text(name), _csv_user_text(code)
    else:  # nearly always, and three times as fast
        id_, email, name, code = f'"{id_}"', f'"{email}"', f'"{name}"', f'"{code}"'
    time = f"{record.created_at[:19]}{record.created_at[-6:]}"  # whole seconds
    facts = _csv_facts(record.clock_trusted, is_suppressed, record.stands_for)
    shared = _csv_shared(record.consent, record.ticked, record.kiosk, record.content_version)
    return f"{id_},{time},{utc_offset(record)},{facts},{email},{name},{code},{shared}\r\n"


def utc_offset(record: StoredSignup) -> str:
    """The offset from UTC, as in its column."""
    return f"UTC{record.created_at[-6:]}"


@lru_cache(maxsize=CACHE_SIZE)
def _csv_facts(clock_trusted: int | None, is_suppressed: bool | None, stands_for: int) -> str:
    return f"{yes_or_no(clock_trusted)},{PENDING},{yes_or_no(is_suppressed)},{stands_for}"


@lru_cache(maxsize=CACHE_SIZE)
def _csv_shared(consent: Consent, ticked: str, kiosk: str, content_version: str) -> str:
    return ",".join(map(csv_text, shared_cells(consent, ticked, kiosk, content_version)))


def _csv_user_text(text: str) -> str:
    """Escape text typed by a visitor, also formulas after a semicolon."""
    return csv_text(text, FORMULA_ANYWHERE)


def _csv_address(email: str) -> str:
    """Escape an address with quotes, since an apostrophe would change it (RFC 5321, 4.1.2)."""
    local, at, domain = email.rpartition("@")
    if not at or email[0] not in _NEEDS_ESCAPING:
        return _csv_user_text(email)
    quoted = re.sub(r'(["\\])', r"\\\1", local)
    return csv_text(f'"{quoted}"@{domain}')


def _write_lines(file: BinaryIO, lines: Iterator[str]) -> None:
    while batch := "".join(islice(lines, BATCH_SIZE)):
        file.write(batch.encode())


def write_jsonl(file: BinaryIO, entries: Iterable[ExportRow], _: datetime) -> None:
    """One JSON object per line, with all fields and nothing escaped."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    _write_lines(file, (f"{encode(_json_fields(entry))}\n" for entry in entries))


def _json_fields(entry: ExportRow) -> dict[str, object]:
    record, person, consent = entry.record, entry.person, entry.record.consent
    trusted = record.clock_trusted
    wording_sha256, notice_sha256 = _digests(consent)
    return {
        "id": record.id,
        "created_at": entry.created_at.isoformat(),
        "clock_trusted": None if trusted is None else bool(trusted),
        "status": PENDING,
        "suppressed": entry.is_suppressed,
        "stands_for": record.stands_for,
        "email": person.email,
        "name": person.name,
        "postal_code": person.postal_code,
        "language": consent.language,
        "ticked": list(filter(None, record.ticked.split(","))),
        "consent_version": consent.version,
        "consent_wording": consent.wording,
        "consent_sha256": wording_sha256,
        "notice": consent.notice,
        "notice_sha256": notice_sha256,
        "kiosk": record.kiosk,
        "content_version": record.content_version,
    }
