"""The rows of an export as an Excel sheet.

XlsxWriter makes the workbook and its heading; the rows are written into its sheet here, which takes
a fraction of the time of handing over each cell.
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
    COLUMNS,
    KEPT_RENDERINGS,
    PENDING,
    Entry,
    offset_of,
    shared_cells,
    yes_or_no,
)
from kiosk.signups.form import Consent
from kiosk.signups.store.database import ROWS_AT_ONCE

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
"""Rows of an Excel sheet, the heading among them."""
MOST_SHEET_BYTES = 2**31 - 2**20
"""What a ZIP archive holds without an extension that Excel does not read everywhere."""
TIME_FORMAT = "yyyy-mm-dd hh:mm:ss"
FIRST_DAY = datetime(1899, 12, 30)
"""Day 0 of a sheet."""
DAY_SECONDS = 86_400
SHEET = "xl/worksheets/sheet1.xml"
COMPRESSION = 1
"""Rows repeat most of what they hold: a higher level takes longer and saves little."""


class DoesNotFit(Exception):
    """More than a sheet can hold; the message says what."""


class _TooLong(Exception):
    """A text is longer than a cell."""


def write_xlsx(file: BinaryIO, entries: Iterable[Entry], now: datetime) -> None:
    """A sheet with a frozen heading; texts are text cells, times are dates in the showroom's time.

    Raises:
        DoesNotFit: see there.
    """
    with (
        ZipFile(BytesIO(_empty_book(now))) as empty,
        ZipFile(file, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as book,
    ):
        for part in empty.infolist():
            content = empty.read(part)
            with book.open(part.filename, "w") as target:
                if part.filename != SHEET:
                    target.write(content)
                    continue
                begin, time_style, end = _around_rows(content)
                target.write(begin)
                size = len(content)
                for rows in _rows(entries, time_style):
                    size += len(rows)
                    if size > MOST_SHEET_BYTES:
                        raise DoesNotFit("the rows take 2 GiB")
                    target.write(rows)
                target.write(end)


def _empty_book(now: datetime) -> bytes:
    """With the heading, and a second row that shows how a time is styled."""
    from xlsxwriter import Workbook  # 80 ms, for this format alone

    book_bytes = BytesIO()
    with Workbook(book_bytes, {"in_memory": True}) as book:
        book.set_properties({"created": now.astimezone(UTC)})
        heading = book.add_format({"bold": True})
        time = book.add_format({"num_format": TIME_FORMAT})
        sheet = book.add_worksheet("Signups")
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(COLUMNS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, heading)
        sheet.write_datetime("B2", FIRST_DAY, time)
    return book_bytes.getvalue()


def _around_rows(sheet: bytes) -> tuple[bytes, str, bytes]:
    """What stands before the rows, the style of a time, what stands after the rows."""
    begin, second_row, end = re.split(rb'(?=<row r="2")|(?=</sheetData>)', sheet)
    begin = re.sub(rb"<dimension [^>]*/>", b"", begin)  # it would tell of two rows
    style = re.search(rb' s="(\d+)"', second_row)
    assert style is not None
    return begin, style[1].decode(), end


def _rows(entries: Iterable[Entry], time_style: str) -> Iterator[bytes]:
    rows = (_row(entry, row, time_style) for row, entry in enumerate(entries, start=2))
    while some := "".join(islice(rows, ROWS_AT_ONCE)):
        yield some.encode()


def _row(entry: Entry, number: int, time_style: str) -> str:
    try:
        return _cells(entry, str(number), time_style)
    except _TooLong:
        raise DoesNotFit(_name_too_long(entry)) from None


def _cells(entry: Entry, row: str, time_style: str) -> str:
    """In the order of `COLUMNS`; the place of each cell (`A2`) ends with the number of its row."""
    record, person, moment, is_suppressed = entry
    facts = _facts(record.clock_trusted, is_suppressed, record.stands_for)
    shared = _shared(record.consent, record.ticked, record.kiosk, record.content_version)
    return (
        f'<row r="{row}"><c r="A{row}{_text(record.id)}'
        f'<c r="B{row}" s="{time_style}"><v>{_days(moment)}</v></c>'
        f'<c r="C{row}{_text(offset_of(record))}{row.join(facts)}'
        f'<c r="H{row}{_text(person.email)}<c r="I{row}{_text(person.name)}'
        f'<c r="J{row}{_text(person.postal_code)}{row.join(shared)}</row>'
    )


def _name_too_long(entry: Entry) -> str:
    record, person = entry.record, entry.person
    shared = shared_cells(record.consent, record.ticked, record.kiosk, record.content_version)
    texts = (person.email, person.name, person.postal_code, *shared)
    names = tuple(COLUMNS)[-len(texts) :]
    name, text = next(
        (name, text) for name, text in zip(names, texts, strict=True) if len(text) > LONGEST_TEXT
    )
    return f"{name} of {record.id} has {len(text):,} characters"


def _days(moment: datetime) -> float:
    """As a sheet counts time; whole seconds, for Excel may round up what is left of one."""
    since = moment.replace(tzinfo=None) - FIRST_DAY
    return since.days + since.seconds / DAY_SECONDS


@lru_cache(maxsize=KEPT_RENDERINGS)
def _facts(
    clock_trusted: int | None, is_suppressed: bool | None, stands_for: int
) -> tuple[str, ...]:
    texts = (yes_or_no(clock_trusted), PENDING, yes_or_no(is_suppressed))
    *pieces, last = _pieces("DEF", texts)
    return (*pieces, f'{last}<c r="G', f'"><v>{stands_for}</v></c>')


@lru_cache(maxsize=KEPT_RENDERINGS)
def _shared(consent: Consent, ticked: str, kiosk: str, content_version: str) -> tuple[str, ...]:
    return _pieces("KLMNOPQR", shared_cells(consent, ticked, kiosk, content_version))


def _pieces(letters: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Cells for any row: its number goes between each two pieces."""
    begins = (f'<c r="{letter}' for letter in letters)
    ends = ("", *map(_text, texts))
    return tuple(end + begin for end, begin in zip(ends, (*begins, ""), strict=True))


def _text(text: str) -> str:
    """A text cell, from its place on."""
    if len(text) > LONGEST_TEXT:
        raise _TooLong
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f'" t="inlineStr"><is><t{space}>{_SPECIAL.sub(_escape, text)}</t></is></c>'


_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _escape(found: re.Match[str]) -> str:
    """What XML cannot hold is written as its number, `_x000D_` (ECMA-376, ST_Xstring)."""
    return _ENTITIES.get(found[0]) or f"_x{ord(found[0]):04X}_"
