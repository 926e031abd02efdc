"""Signups into a file for a manager: CSV, XLSX or JSON lines.

The file appears under its name only when it is whole and on the disk; signups are marked exported
after that. A stop in between exports them once more next time, under the same ids.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from kiosk.signups.queue import Choice, Queue, QueueUnavailable
from kiosk.signups.signup import Signup

COLUMNS = tuple(field.name for field in fields(Signup))
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run by spreadsheets (OWASP, CSV injection)."""
MOST_XLSX_ROWS = 1_048_576
"""Rows of an Excel sheet, the heading among them."""


Writer = Callable[[BinaryIO, Iterable[Signup]], None]


class ExportRefused(Exception):
    """The export cannot be written; the message says why and what to do. Nothing was marked."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did."""

    file: Path
    count: int


def export(queue: Queue, out: Path, choice: Choice, now: datetime) -> Exported:
    """Write the signups of `choice` to `out` and mark them exported.

    The format follows the ending: .csv, .xlsx or .jsonl. With nothing to export no file is made.

    Raises:
        ExportRefused: unknown ending, the file is there already, or the disk refuses.
        QueueUnavailable, QueueDamaged: from the queue.
    """
    write = _writer(out)
    _refuse_to_overwrite(out)
    count = queue.select(choice)
    if count == 0:
        return Exported(out, 0)
    if write is _xlsx and count >= MOST_XLSX_ROWS:
        raise ExportRefused(f"{count} signups are more than {out.name} can hold; name a .csv file")
    _write_whole(out, write, queue.selected())
    try:
        queue.mark_exported(out.name, now)
    except QueueUnavailable as error:
        raise ExportRefused(
            f"{out} is written, but that could not be noted ({error}); the next export holds the"
            " same signups again"
        ) from error
    return Exported(out, count)


def _refuse_to_overwrite(out: Path) -> None:
    if os.path.lexists(out):
        raise ExportRefused(f"{out} is there already and is not overwritten; name another file")


def _write_whole(out: Path, write: Writer, signups: Iterable[Signup]) -> None:
    """Bring the file onto the disk under another name, then give it its own."""
    _remove_leftovers(out)
    partial = out.with_name(f"{_partial_name(out)}{os.getpid()}")
    try:
        with open(partial, "xb", opener=_private) as file:
            write(file, signups)
            file.flush()
            os.fsync(file.fileno())
        _refuse_to_overwrite(out)
        partial.rename(out)
        _sync_folder(out.parent)
    except OSError as error:
        raise ExportRefused(
            f"{out} cannot be written ({error.strerror or error}); name a folder with room and"
            " rights"
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _partial_name(out: Path) -> str:
    return f".{out.name}.part-"


def _remove_leftovers(out: Path) -> None:
    """What an export that was killed left behind: addresses that nobody would look for."""
    with suppress(OSError):
        for left in out.parent.iterdir():
            process = left.name.removeprefix(_partial_name(out))
            if process != left.name and process.isdecimal() and not _is_alive(int(process)):
                left.unlink()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _private(file: str, flags: int) -> int:
    """For the owner alone from the first byte; a file system without owners takes no offence."""
    return os.open(file, flags, 0o600)


def _writer(out: Path) -> Writer:
    writers: dict[str, Writer] = {".csv": _csv, ".xlsx": _xlsx, ".jsonl": _jsonl}
    try:
        return writers[out.suffix.lower()]
    except KeyError:
        raise ExportRefused(
            f"{out.name} must end in .csv, .xlsx or .jsonl, which decides the format"
        ) from None


def _row(signup: Signup) -> list[str]:
    return [_text(getattr(signup, column)) for column in COLUMNS]


def _text(value: str | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else value


def _csv(file: BinaryIO, signups: Iterable[Signup]) -> None:
    text = _utf8(file, "utf-8-sig")
    writer = csv.writer(text)  # CRLF and quotes as in RFC 4180
    writer.writerow(COLUMNS)
    for signup in signups:
        writer.writerow([_harmless(cell) for cell in _row(signup)])
    text.detach()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _jsonl(file: BinaryIO, signups: Iterable[Signup]) -> None:
    text = _utf8(file, "utf-8")
    for signup in signups:
        record = dict(zip(COLUMNS, _row(signup), strict=True))
        text.write(json.dumps(record, ensure_ascii=False) + "\n")
    text.detach()


def _xlsx(file: BinaryIO, signups: Iterable[Signup]) -> None:
    from xlsxwriter import Workbook  # 80 ms, for this format alone
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryFile() as whole:  # a ZIP archive on a disk that fills up does not close cleanly
        try:
            with Workbook(whole, {"constant_memory": True}) as book:
                sheet = book.add_worksheet("Signups")
                sheet.freeze_panes(1, 0)
                sheet.set_column(0, len(COLUMNS) - 1, 28)
                heading = book.add_format({"bold": True})
                for column, name in enumerate(COLUMNS):
                    sheet.write_string(0, column, name, heading)
                for number, signup in enumerate(signups, start=1):
                    for column, cell in enumerate(_row(signup)):
                        sheet.write_string(number, column, cell)
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError that it was
        whole.seek(0)
        copyfileobj(whole, file)


def _utf8(file: BinaryIO, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(file, encoding=encoding, newline="")


def _sync_folder(folder: Path) -> None:
    """The rename itself must reach the disk; some file systems (FAT on a stick) cannot be asked."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
