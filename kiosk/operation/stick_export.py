"""Exports signups to a stick, as `kiosk export` does, in sentences for who stands at the kiosk."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.files import NO_SPACE
from kiosk.operation.destinations import require_destination
from kiosk.operation.folders import FolderRefused
from kiosk.operation.locks import command_lock
from kiosk.operation.settings import read_settings
from kiosk.operation.showroom_clock import is_clock_trusted, showroom_clock
from kiosk.operation.sticks import Stick, is_mounted, release
from kiosk.refused import Refused
from kiosk.signups.export.exporter import ExportRefused, ExportRequest, export
from kiosk.signups.output_files import UNPLUGGED
from kiosk.signups.store.database import FILE_NAME, QueueDamaged, QueueUnavailable
from kiosk.signups.store.ledger import Counts, DayCounts, read_ledger
from kiosk.signups.store.queue import Progress, Queue

LOCK_TIMEOUT_SECONDS = 60.0
"""Visitors come first, however many there are."""
NOT_MARKED = "No signup was marked as exported"
UNSAFE = re.compile(r"[^A-Za-z0-9]+")
"""In the name of a file that any system is to read."""


class StickExportRefused(Exception):
    """Nothing was marked as exported; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SignupCounts:
    """What there is to take away; `sealed` counts those waiting that only a key opens.

    `days` are in order, the oldest first.
    """

    total: Counts
    last_export: datetime | None
    sealed: int = 0
    days: tuple[DayCounts, ...] = ()


@dataclass(frozen=True, slots=True)
class StickExport:
    """What an export did; `unreadable` signups stay where they are."""

    file_name: str
    signups: int
    unreadable: int
    is_unmounted: bool


def count_signups(data: Path) -> SignupCounts:
    """The ledger, without anything personal.

    Raises:
        StickExportRefused: the signups cannot be read.
    """
    if not (data / FILE_NAME).exists():
        return SignupCounts(Counts(), None)
    with _sentences(data), Queue.open_read_only(data) as queue:
        ledger = read_ledger(queue)
        queue.select("new")
        sealed = queue.count_selected_sealed()
        return SignupCounts(ledger.total, ledger.last_export, sealed, ledger.days)


def export_to_stick(data: Path, stick: Stick, ending: str, progress: Progress) -> StickExport:
    """Write the signups that wait to a new file on the stick, and make it safe to remove.

    With `sealed` for its ending they stay sealed; else none of them may be.

    Raises:
        StickExportRefused: nothing was marked as exported.
    """
    now, is_trusted = showroom_clock(data).now(), is_clock_trusted(data)
    out = _free_name(stick.folder, read_settings(data).settings.name, now, ending)
    with _sentences(data, stick):
        require_destination(out, data)
        with (
            command_lock(data),
            Queue.open(data, create=False, lock_timeout=LOCK_TIMEOUT_SECONDS) as queue,
        ):
            request = ExportRequest(out, is_read_back=True)
            done = export(queue, request, now, progress, is_clock_trusted=is_trusted)
    if done.number is None:
        return StickExport("", 0, len(done.unreadable), is_unmounted=False)
    try:
        is_unmounted = release(stick)
    except OSError:  # the file itself is on it: it was synced before its signups were marked
        is_unmounted = False
    return StickExport(out.name, done.signups, len(done.unreadable), is_unmounted)


def _free_name(folder: Path, kiosk: str, now: datetime, ending: str) -> Path:
    """A name that tells two kiosks and two days apart."""
    place = UNSAFE.sub("-", kiosk).strip("-").lower() or "kiosk"
    name = f"signups-{place}-{now:%Y-%m-%d-%H%M}"
    out, number = folder / f"{name}.{ending}", 1
    while out.exists():
        number += 1
        out = folder / f"{name}-{number}.{ending}"
    return out


@contextmanager
def _sentences(data: Path, stick: Stick | None = None) -> Iterator[None]:
    try:
        yield
    except ExportRefused as error:
        raise StickExportRefused(_explain(error, stick)) from None
    except (FolderRefused, QueueUnavailable) as error:
        if stick is not None and not is_mounted(stick):
            raise StickExportRefused(_pulled_out(stick)) from None
        raise StickExportRefused(f"{error.sentence} {NOT_MARKED}.") from None
    except QueueDamaged:
        raise StickExportRefused(
            f"The signups in {data} are damaged. Ask whoever set up the kiosk to run 'kiosk"
            " recover'."
        ) from None


def _explain(error: Refused, stick: Stick | None) -> str:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__
    if stick is not None and cause is not None:
        if cause.errno in UNPLUGGED or not is_mounted(stick):
            return _pulled_out(stick)
        if cause.errno == errno.EFBIG:
            return (
                f"{stick.name} holds no file this large: FAT ends at 4 GB. {NOT_MARKED}; take a"
                " stick that is formatted with exFAT."
            )
        if cause.errno in NO_SPACE:
            return f"{stick.name} is full. {NOT_MARKED}; free some space on it, or take another."
        if cause.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            return f"{stick.name} cannot be written. {NOT_MARKED}; take another stick."
    return f"{error.sentence} {NOT_MARKED}."


def _pulled_out(stick: Stick) -> str:
    return (
        f"{stick.name} was pulled out before everything was on it. {NOT_MARKED}; plug it in and"
        " export again."
    )
