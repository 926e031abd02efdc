"""Writes the rows of an export to an Excel workbook.

XlsxWriter creates the workbook with its header row; the rows are written into the sheet's XML here,
which takes a fraction of the time of adding each cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from kiosk.signups.export.formats import (
    CACHE_SIZE,
    COLUMNS,
    PENDING,
    ExportRow,
    shared_cells,
    utc_offset,
    yes_or_no,
)
from kiosk.signups.form import Consent
from kiosk.signups.store.database import BATCH_SIZE

MAX_CELL_LENGTH = 32_767
MAX_ROWS = 1_048_576
"""Rows of an Excel sheet, including the header row."""
MAX_SHEET_BYTES = 2**31 - 2**20
"""What a ZIP archive can hold without ZIP64, which not every Excel version reads."""
TIME_FORMAT = "yyyy-mm-dd hh:mm:ss"
EPOCH = datetime(1899, 12, 30)
"""Day 0 of Excel's serial dates."""
DAY_SECONDS = 86_400
SHEET_PATH = "xl/worksheets/sheet1.xml"
COMPRESSION = 1
"""Rows are very repetitive: a higher level takes longer and saves little."""


class TooLargeForSheet(Exception):
    """There is more than a sheet can hold; the message says what."""


class _CellTooLong(Exception):
    """A text is too long for a cell."""


def write_xlsx(file: BinaryIO, entries: Iterable[ExportRow], now: datetime) -> None:
    """Write a sheet with a frozen header row, text cells, and dates in local time.

    Raises:
        TooLargeForSheet: see there.
    """
    with (
        ZipFile(BytesIO(_empty_workbook(now))) as empty,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as book,
    ):
        for part in empty.infolist():
            content = empty.read(part)
            with book.open(part.filename, "w") as target:
                if part.filename != SHEET_PATH:
                    target.write(content)
                    continue
                begin, time_style, end = _split_sheet(content)
                target.write(begin)
                size = len(content)
                for rows in _rows(entries, time_style):
                    size += len(rows)
                    if size > MAX_SHEET_BYTES:
                        raise TooLargeForSheet("the rows take 2 GiB")
                    target.write(rows)
                target.write(end)


def _empty_workbook(now: datetime) -> bytes:
    """A workbook with the header row, and a second row that has the style of a time."""
    from xlsxwriter import Workbook  # takes 80 ms, and is needed only for this format

    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": now.astimezone(UTC)})
        header = book.add_format({"bold": True})
        time = book.add_format({"num_format": TIME_FORMAT})
        sheet = book.add_worksheet("Signups")
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(COLUMNS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, header)
        sheet.write_datetime("B2", EPOCH, time)
    return buffer.getvalue()


def _split_sheet(sheet: bytes) -> tuple[bytes, str, bytes]:
    """The XML before the rows, the style id of a time, and the XML after the rows."""
    begin, second_row, end = re.split(rb'(?=<row r="2")|(?=</sheetData>)', sheet)
    begin = re.sub(rb"<dimension [^>]*/>", b"", begin)  # it says there are two rows
    style = re.search(rb' s="(\d+)"', second_row)
    assert style is not None
    return begin, style[1].decode(), end


def _rows(entries: Iterable[ExportRow], time_style: str) -> Iterator[bytes]:
    rows = (_row(entry, row, time_style) for row, entry in enumerate(entries, start=2))
    while batch := "".join(islice(rows, BATCH_SIZE)):
        yield batch.encode()


def _row(entry: ExportRow, number: int, time_style: str) -> str:
    try:
        return _cells(entry, str(number), time_style)
    except _CellTooLong:
        raise TooLargeForSheet(_name_too_long(entry)) from None


def _cells(entry: ExportRow, row: str, time_style: str) -> str:
    """The cells in the order of `COLUMNS`; each reference (`A2`) ends with the row number."""
    record, person, moment, is_suppressed = entry
    facts = _facts(record.clock_trusted, is_suppressed, record.stands_for)
    shared = _shared(record.consent, record.ticked, record.kiosk, record.content_version)
    return (
        f'<row r="{row}"><c r="A{row}{_text_cell(record.id)}'
        f'<c r="B{row}" s="{time_style}"><v>{_serial_date(moment)}</v></c>'
        f'<c r="C{row}{_text_cell(utc_offset(record))}{row.join(facts)}'
        f'<c r="H{row}{_text_cell(person.email)}<c r="I{row}{_text_cell(person.name)}'
        f'<c r="J{row}{_text_cell(person.postal_code)}{row.join(shared)}</row>'
    )


def _name_too_long(entry: ExportRow) -> str:
    record, person = entry.record, entry.person
    shared = shared_cells(record.consent, record.ticked, record.kiosk, record.content_version)
    texts = (person.email, person.name, person.postal_code, *shared)
    names = tuple(COLUMNS)[-len(texts) :]
    name, text = next(
        (name, text) for name, text in zip(names, texts, strict=True) if len(text) > MAX_CELL_LENGTH
    )
    return f"{name} of {record.id} has {len(text):,} characters"


def _serial_date(moment: datetime) -> float:
    """The serial date, in whole seconds because Excel may round up fractions."""
    since = moment.replace(tzinfo=None) - EPOCH
    return since.days + since.seconds / DAY_SECONDS


@lru_cache(maxsize=CACHE_SIZE)
def _facts(
    clock_trusted: int | None, is_suppressed: bool | None, stands_for: int
) -> tuple[str, ...]:
    texts = (yes_or_no(clock_trusted), PENDING, yes_or_no(is_suppressed))
    *pieces, last = _pieces("DEF", texts)
    return (*pieces, f'{last}<c r="G', f'"><v>{stands_for}</v></c>')


@lru_cache(maxsize=CACHE_SIZE)
def _shared(consent: Consent, ticked: str, kiosk: str, content_version: str) -> tuple[str, ...]:
    return _pieces("KLMNOPQR", shared_cells(consent, ticked, kiosk, content_version))


def _pieces(letters: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Cells for any row, as pieces to be joined by its number."""
    begins = (f'<c r="{letter}' for letter in letters)
    ends = ("", *map(_text_cell, texts))
    return tuple(end + begin for end, begin in zip(ends, (*begins, ""), strict=True))


def _text_cell(text: str) -> str:
    """A text cell, from after its reference."""
    if len(text) > MAX_CELL_LENGTH:
        raise _CellTooLong
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'" t="inlineStr"><is><t{space}>{_SPECIAL.sub(_escape, text)}</t></is></c>'


_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _escape(match: re.Match[str]) -> str:
    """Escape what XML does not allow as its code, `_x000D_` (ECMA-376, ST_Xstring)."""
    return _ENTITIES.get(match[0]) or f"_x{ord(match[0]):04X}_"
