"""Visitors with numbers, told apart by everything they type; the same ones in every process."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.sealed_file import read_sealed
from kiosk.signups.form import Consent, Person, Provenance, Signup
from kiosk.signups.store.ledger import Ledger, read_ledger
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.stored_signup import StoredSignup
from tests.signups.stored import signups_in

KEY = PrivateKey(bytes(range(32)))
"""The manager's."""
OPENED = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SIGN = "@visitor.example"
"""In every address, and in nothing else on the disk."""


def now() -> datetime:
    """A time after every signup was made."""
    return OPENED + timedelta(days=40)


def signup(number: int) -> Signup:
    """The signup of a visitor; two a day."""
    return Signup(
        str(UUID(int=(0x0193_8000_7000_8000 << 64) + number)),
        Person(f"{number:03}{SIGN}", f"Visitor {number}", f"{10000 + number}"),
        Consent("2026-1", "en", "Yes, please.", "Example Motors, 1 Example Street"),
        Provenance(OPENED + timedelta(hours=12 * number), True, "front window", "0" * 64),
    )


class Found(NamedTuple):
    """What a queue holds, and its ledger."""

    signups: list[Signup]
    ledger: Ledger


def take_stock(queue: Queue) -> Found:
    """Read all there is, and see that the file is sound and its ledger adds up."""
    assert queue.query("PRAGMA integrity_check") == [("ok",)]
    assert queue.query("PRAGMA foreign_key_check") == []
    ledger = read_ledger(queue)
    assert ledger.is_balanced, ledger
    return Found(signups_in(queue, KEY), ledger)


def exported_ids(file: Path) -> list[str]:
    """The ids in an exported file, which must be whole."""
    match file.suffix:
        case ".jsonl":
            return [json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()]
        case ".csv":
            return _csv_ids(file)
        case ".sealed":
            return [fact.id for fact in read_sealed(file) if isinstance(fact, StoredSignup)]
        case _:
            return _xlsx_ids(file)


def _csv_ids(file: Path) -> list[str]:
    import csv

    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    assert all(len(row["content_version"]) == 64 for row in rows)  # the last column
    return [row["id"] for row in rows]


def _xlsx_ids(file: Path) -> list[str]:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True)
    try:
        rows = iter(book.active.iter_rows(values_only=True))
        next(rows)
        return [str(row[0]) for row in rows]
    finally:
        book.close()
