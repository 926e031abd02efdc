"""The files that managers are given: their fixed columns, CSV and JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, NamedTuple

from kiosk.signups.form import Consent, Person
from kiosk.signups.store.database import ROWS_AT_ONCE
from kiosk.signups.store.record import Record

PENDING = "pending"
"""The kiosk sends no mail: who signed up has yet to confirm the address (double opt-in)."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run by spreadsheets (OWASP, CSV injection)."""
_TO_GUARD = frozenset(FORMULA_SIGNS) | {"'", " "}
_FORMULA_AHEAD = f"(?=[' ]*[{re.escape(''.join(FORMULA_SIGNS))}])"
_FORMULA = re.compile(rf"\A{_FORMULA_AHEAD}")
_FORMULA_ANYWHERE = re.compile(rf"(?:\A|(?<=;)){_FORMULA_AHEAD}")
"""A spreadsheet set to semicolons begins a cell behind each, in spite of the quotes."""
KEPT_RENDERINGS = 256
"""Signups share what was shown and where: rendered once, for very many rows."""


class Entry(NamedTuple):
    """A row of the file.

    `is_suppressed` is None where the suppression list could not be read whole.
    """

    record: Record
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

Writer = Callable[[BinaryIO, Iterable[Entry], datetime], None]
"""Writes entries to an open file; the moment is the export's own."""


def shared_cells(
    consent: Consent, ticked: str, kiosk: str, content_version: str
) -> tuple[str, ...]:
    """The last columns, from `language` on: the same for very many signups."""
    return (
        consent.language,
        ticked,
        consent.version,
        consent.wording,
        *_digests(consent),
        kiosk,
        content_version,
    )


@lru_cache(maxsize=KEPT_RENDERINGS)
def _digests(consent: Consent) -> tuple[str, str]:
    """Of the wording and the notice."""
    return consent.wording_sha256, consent.notice_sha256


def yes_or_no(fact: bool | int | None) -> str:
    """How a fact stands in a cell."""
    return "unknown" if fact is None else "yes" if fact else "no"


def write_csv(file: BinaryIO, entries: Iterable[Entry], _: datetime) -> None:
    """UTF-8 with BOM for Excel; CRLF and quotes as in RFC 4180."""
    file.write(f"{','.join(COLUMNS)}\r\n".encode("utf-8-sig"))
    _write_lines(file, map(_csv_line, entries))


def _csv_line(entry: Entry) -> str:
    record, person, _, is_suppressed = entry
    id_, email, name, code = record.id, person.email, person.name, person.postal_code
    if (
        '"' in (texts := f"{id_}{email}{name}{code}")
        or ";" in texts
        or id_[:1] in _TO_GUARD
        or email[:1] in _TO_GUARD
        or name[:1] in _TO_GUARD
        or code[:1] in _TO_GUARD
    ):
        id_, email = _csv_text(id_), _csv_address(email)
        name, code = _csv_typed(name), _csv_typed(code)
    else:  # nearly always, and in a third of the time
        id_, email, name, code = f'"{id_}"', f'"{email}"', f'"{name}"', f'"{code}"'
    time = f"{record.created_at[:19]}{record.created_at[-6:]}"  # whole seconds
    facts = _csv_facts(record.clock_trusted, is_suppressed, record.stands_for)
    shared = _csv_shared(record.consent, record.ticked, record.kiosk, record.content_version)
    return f"{id_},{time},{offset_of(record)},{facts},{email},{name},{code},{shared}\r\n"


def offset_of(record: Record) -> str:
    """From UTC, as its column has it."""
    return f"UTC{record.created_at[-6:]}"


@lru_cache(maxsize=KEPT_RENDERINGS)
def _csv_facts(clock_trusted: int | None, is_suppressed: bool | None, stands_for: int) -> str:
    return f"{yes_or_no(clock_trusted)},{PENDING},{yes_or_no(is_suppressed)},{stands_for}"


@lru_cache(maxsize=KEPT_RENDERINGS)
def _csv_shared(consent: Consent, ticked: str, kiosk: str, content_version: str) -> str:
    return ",".join(map(_csv_text, shared_cells(consent, ticked, kiosk, content_version)))


def _csv_text(text: str, formula: re.Pattern[str] = _FORMULA) -> str:
    """In quotes, so that no sign in it ends the cell or the line.

    An apostrophe before a formula, and before apostrophes before one: so it can be undone.
    """
    guarded = formula.sub("'", text)
    return '"' + guarded.replace('"', '""') + '"'


def _csv_typed(text: str) -> str:
    """What a visitor typed may try a formula behind a semicolon, too."""
    return _csv_text(text, _FORMULA_ANYWHERE)


def _csv_address(email: str) -> str:
    """An apostrophe would make another address of it, quotes do not (RFC 5321, 4.1.2)."""
    local, at, domain = email.rpartition("@")
    if not at or email[0] not in _TO_GUARD:
        return _csv_typed(email)
    quoted = re.sub(r'(["\\])', r"\\\1", local)
    return _csv_text(f'"{quoted}"@{domain}')


def _write_lines(file: BinaryIO, lines: Iterator[str]) -> None:
    while batch := "".join(islice(lines, ROWS_AT_ONCE)):
        file.write(batch.encode())


def write_jsonl(file: BinaryIO, entries: Iterable[Entry], _: datetime) -> None:
    """A record a line, everything we know, nothing altered."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    _write_lines(file, (f"{encode(_facts(entry))}\n" for entry in entries))


def _facts(entry: Entry) -> dict[str, object]:
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
