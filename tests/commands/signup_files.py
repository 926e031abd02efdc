"""What lies in data folders and in exported files, for the tests of commands."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from kiosk.signups.form import Signup
from kiosk.signups.store.ledger import Counts, read_ledger
from kiosk.signups.store.queue import Queue
from tests.signups import stored


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))


def emails_of(file: Path) -> list[str]:
    return [row["email"] for row in rows_of(file)]


def signups_in(data: Path) -> list[Signup]:
    with Queue.open_read_only(data) as queue:
        return stored.signups_in(queue)


def balance_of(data: Path) -> Counts:
    with Queue.open_read_only(data) as queue:
        return read_ledger(queue).total


def change(data: Path, statement: str) -> None:
    with Queue.open(data) as queue:
        queue.execute(statement)


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}
