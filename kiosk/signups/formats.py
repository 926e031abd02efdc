"""The files that managers are given: CSV, XLSX, JSON lines, with fixed columns."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import SEEK_SET, FileIO, TextIOWrapper
from pathlib import Path
from shutil import copyfileobj, rmtree
from typing import TYPE_CHECKING, BinaryIO

from kiosk.signups.signup import Consent, Signup

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

PENDING = "pending"
"""The kiosk sends no mail: who signed up has yet to confirm the address (double opt-in)."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run by spreadsheets (OWASP, CSV injection)."""
_SIGNS = frozenset(FORMULA_SIGNS)
LONGEST_XLSX_TEXT = 32_767
MOST_XLSX_ROWS = 1_048_576
"""Rows of an Excel sheet, the heading among them."""
XLSX_TIME = "yyyy-mm-dd hh:mm:ss"


class TextTooLong(Exception):
    """A text does not fit into a cell of a sheet; the message says whose."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the file. `stands_for` counts the signups of the address merged into it.

    `is_suppressed` is None where the suppression list could not be read whole.
    """

    signup: Signup
    is_suppressed: bool | None
    stands_for: int


_TWO_ESCAPES = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")

Cell = str | int | datetime

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

Writer = Callable[[BinaryIO, Iterable[Entry], Path, datetime], None]
"""Writes entries to an open file; may keep parts in a folder it is given until it is done."""


def _cells(entry: Entry) -> tuple[Cell, ...]:
    """What stands in a row, column by column."""
    signup = entry.signup
    person, consent, stamp = signup.person, signup.consent, signup.stamp
    return (
        signup.id,
        stamp.created_at,
        _offset(stamp.created_at),
        _yes(stamp.clock_trusted),
        PENDING,
        _yes(entry.is_suppressed),
        entry.stands_for,
        person.email,
        person.name,
        person.postal_code,
        consent.language,
        ",".join(signup.ticked),
        consent.version,
        consent.wording,
        *_digests(consent),
        stamp.kiosk,
        stamp.content_version,
    )


@lru_cache(maxsize=64)
def _digests(consent: Consent) -> tuple[str, str]:
    """Of the wording and the notice, which very many signups share."""
    return consent.wording_sha256, consent.notice_sha256


def _offset(moment: datetime) -> str:
    return f"UTC{moment.isoformat()[-6:]}"


def _yes(fact: bool | None) -> str:
    return "unknown" if fact is None else "yes" if fact else "no"


def write_csv(file: BinaryIO, entries: Iterable[Entry], _: Path, __: datetime) -> None:
    """UTF-8 with BOM for Excel; CRLF and quotes as in RFC 4180."""
    text = _utf8(file, "utf-8-sig")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_plain(cell) for cell in _cells(entry)] for entry in entries)
    text.detach()


def _plain(cell: Cell) -> str:
    """An apostrophe before a formula, and before apostrophes before one: so it can be undone."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip("'")[:1] in _SIGNS else cell
    return cell.isoformat() if isinstance(cell, datetime) else str(cell)


def write_jsonl(file: BinaryIO, entries: Iterable[Entry], _: Path, __: datetime) -> None:
    """A record a line, everything we know, nothing altered."""
    text = _utf8(file, "utf-8")
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for entry in entries:
        text.write(f"{encode(_record(entry))}\n")
    text.detach()


def _record(entry: Entry) -> dict[str, object]:
    signup, consent, stamp = entry.signup, entry.signup.consent, entry.signup.stamp
    wording_sha256, notice_sha256 = _digests(consent)
    return {
        "id": signup.id,
        "created_at": stamp.created_at.isoformat(),
        "clock_trusted": stamp.clock_trusted,
        "status": PENDING,
        "suppressed": entry.is_suppressed,
        "stands_for": entry.stands_for,
        "email": signup.person.email,
        "name": signup.person.name,
        "postal_code": signup.person.postal_code,
        "language": consent.language,
        "ticked": list(signup.ticked),
        "consent_version": consent.version,
        "consent_wording": consent.wording,
        "consent_sha256": wording_sha256,
        "notice": consent.notice,
        "notice_sha256": notice_sha256,
        "kiosk": stamp.kiosk,
        "content_version": stamp.content_version,
    }


def write_xlsx(file: BinaryIO, entries: Iterable[Entry], parts: Path, now: datetime) -> None:
    """A sheet with a frozen heading; texts are text cells, times are dates in the showroom's time.

    The parts of the archive lie in `parts` meanwhile, on the disk that the file was asked onto.
    """
    from xlsxwriter import Workbook  # 80 ms, for this format alone
    from xlsxwriter.exceptions import FileCreateError

    parts.mkdir(mode=0o700)
    try:
        # A ZIP archive on a disk that fills up does not close cleanly, so it is copied when whole.
        with _Draft(parts / "whole", "x+b") as whole:
            try:
                with Workbook(whole, {"constant_memory": True, "tmpdir": str(parts)}) as book:
                    book.set_properties({"created": now.astimezone(UTC)})
                    _fill(book, entries)
            except FileCreateError as error:
                raise error.args[0] from None  # the OSError that it was
            whole.seek(0)
            copyfileobj(whole, file)
    finally:
        rmtree(parts, ignore_errors=True)


class _Draft(FileIO):
    """Takes no more once the disk has refused or it is closed.

    A ZIP archive that is given up tries to end itself whenever it is collected.
    """

    _is_willing = True
    _at = 0

    def write(self, data: Buffer) -> int:
        left = whole = memoryview(data).cast("B")
        while left and self._is_willing:
            try:
                left = left[super().write(left) :]
            except OSError:
                self._is_willing = False
                raise
        return len(whole)

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        return super().seek(offset, whence) if self._is_willing else 0

    def tell(self) -> int:
        if self._is_willing:
            self._at = super().tell()
        return self._at

    def flush(self) -> None:
        if self._is_willing:
            super().flush()

    def close(self) -> None:
        super().close()
        self._is_willing = False


def _fill(book: object, entries: Iterable[Entry]) -> None:
    sheet = book.add_worksheet("Signups")  # type: ignore[attr-defined]
    heading = book.add_format({"bold": True})  # type: ignore[attr-defined]
    time = book.add_format({"num_format": XLSX_TIME})  # type: ignore[attr-defined]
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, heading)
    for row, entry in enumerate(entries, start=1):
        for column, cell in enumerate(_cells(entry)):
            if isinstance(cell, datetime):
                shown = cell.replace(tzinfo=None, microsecond=0)  # else Excel may round it up
                sheet.write_datetime(row, column, shown, time)
            elif isinstance(cell, int):
                sheet.write_number(row, column, cell)
            elif len(cell) > LONGEST_XLSX_TEXT:
                name = tuple(COLUMNS)[column]
                raise TextTooLong(f"{name} of {entry.signup.id} has {len(cell):,} characters")
            else:
                _write_text(sheet, row, column, cell)


def _write_text(sheet: object, row: int, column: int, text: str) -> None:
    """What XlsxWriter 3.3 gets wrong is handed to it in pieces without a whole `_x0041_` in one.

    It takes `<r>…</r>` for XML of its own, and escapes only the first half of `_x0041_x0041_`.
    """
    if text.startswith("<r>") or ("_x" in text and _TWO_ESCAPES.search(text)):
        pieces = [*text[:2], *re.findall("[^_]*_|[^_]+", text[2:])]  # three are the least
        sheet.write_rich_string(row, column, *pieces)  # type: ignore[attr-defined]
    else:
        sheet.write_string(row, column, text)  # type: ignore[attr-defined]


def _utf8(file: BinaryIO, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(file, encoding=encoding, newline="")


WRITERS: dict[str, Writer] = {"csv": write_csv, "xlsx": write_xlsx, "jsonl": write_jsonl}
"""By the ending of the file's name."""
