"""Signups: how many there are, and their export to a stick. No address comes on screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation.stick_export import (
    SignupCounts,
    StickExport,
    StickExportRefused,
    count_signups,
    export_to_stick,
)
from kiosk.operation.sticks import Stick, find_sticks
from kiosk.showroom.staff.services import StaffServices
from kiosk.signups.export.sealed_file import ENDING as SEALED
from kiosk.signups.store.ledger import Counts, DayCounts, sum_of
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

ENDINGS = ("xlsx", "csv", "jsonl")
FORMATS = ("Excel", "CSV", "JSON")
MOST_DAYS, MOST_IMBALANCES = 14, 3
LOOK_MS = 2000
"""How often sticks are looked for."""
PROGRESS_MS = 200
GIGABYTE, MEGABYTE = 1_000_000_000, 1_000_000


class StickRow(NamedTuple):
    """A stick to choose."""

    title: str
    note: str
    is_writable: bool


class FigureRow(NamedTuple):
    """A total of the ledger."""

    figure: str
    label: str


class DayRow(NamedTuple):
    """A line of the ledger."""

    day: str
    captured: str
    waiting: str
    exported: str
    erased: str


class Look(NamedTuple):
    """What there is to export and where to."""

    counts: SignupCounts | str
    sticks: list[Stick]


class SignupsState(NamedTuple):
    """What there is to export, and how the export goes."""

    figures: tuple[FigureRow, ...] = ()
    days: tuple[DayRow, ...] = ()
    """The ledger by day, the newest first; what is long ago in one line."""
    sticks: tuple[StickRow, ...] = ()
    summary: str = ""
    """What waits, in a sentence; empty while it is not known yet."""
    last_export: str = ""
    imbalance: str = ""
    """Which days do not add up."""
    is_sealed: bool = False
    """Whether they are written as they are, to be opened with the manager's key."""
    waiting: int = 0
    refusal: str = ""
    """Why they cannot be counted."""
    format: int = 0
    is_exporting: bool = False
    progress: float = 0.0
    """From 0 to 1."""
    message: str = ""
    """What went wrong."""
    result: str = ""
    """What was exported, and that the stick can be pulled out."""


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffSignupsViewModel(RowViewModel):
    """Finds sticks by itself and exports to the one that is touched."""

    changed = Signal()
    row: SignupsState

    def __init__(self, services: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(SignupsState(), parent)
        self._data, self._work = services.data, services.work
        self._sticks: list[Stick] = []
        self._is_looking = False
        self._done = (0, 0)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        self._watching = QTimer(self, interval=PROGRESS_MS)
        self._watching.timeout.connect(self._follow_progress)
        self._look()

    @Slot()
    def _look(self) -> None:
        if not self._is_looking and not self.row.is_exporting:
            self._is_looking = True
            self._work.run(partial(_look, self._data), self._show, self._fail)

    def _show(self, look: Look) -> None:
        self._is_looking = False
        self._sticks = look.sticks
        sticks = tuple(map(_row, look.sticks))
        if isinstance(look.counts, str):
            self.update(sticks=sticks, refusal=look.counts)
            return
        waiting, last = look.counts.total.waiting, look.counts.last_export
        self.update(
            figures=_figures(look.counts.total),
            days=_day_rows(look.counts.days),
            sticks=sticks,
            summary=f"{_signups(waiting)} to export" if waiting else "Nothing to export",
            last_export=f"Last exported {last:%Y-%m-%d %H:%M}." if last else "Never exported yet.",
            imbalance=_imbalances(look.counts.days),
            is_sealed=look.counts.sealed > 0,
            waiting=waiting,
            refusal="",
        )

    @Slot(int)
    def chooseFormat(self, index: int) -> None:
        """Which kind of file the next export writes."""
        if 0 <= index < len(ENDINGS):
            self.update(format=index)

    @Slot(int)
    def exportTo(self, index: int) -> None:
        """Write the signups that wait to a stick."""
        if not self.canExport or not 0 <= index < len(self._sticks):
            return
        stick = self._sticks[index]
        self._done = (0, 0)
        self._watching.start()
        self.update(is_exporting=True, progress=0.0, message="", result="")
        ending = SEALED if self.row.is_sealed else ENDINGS[self.row.format]
        job = partial(export_to_stick, self._data, stick, ending, self._note)
        self._work.run(job, partial(self._finish, stick), self._on_refused, StickExportRefused)

    def _note(self, done: int, total: int) -> None:
        """On the thread that exports."""
        self._done = (done, total)

    @Slot()
    def _follow_progress(self) -> None:
        done, total = self._done
        self.update(progress=done / total if total else 0.0)

    def _finish(self, stick: Stick, done: StickExport) -> None:
        message = ""
        if done.unreadable:
            unread = _signups(done.unreadable)
            message = f"{unread} could not be read and stayed; 'kiosk export' says which."
        self._end_export(message=message, result=_result(done, stick))
        self._look()

    def _on_refused(self, message: str) -> None:
        self._end_export(message=message)
        self._look()

    def _fail(self, message: str) -> None:
        self._is_looking = False
        self._end_export(message=message)

    def _end_export(self, **outcome: str) -> None:
        self._watching.stop()
        self.update(is_exporting=False, **outcome)

    # For QML

    @Property("QVariantList", constant=True)
    def formats(self) -> list[str]:
        return list(FORMATS)

    @Property("QVariantList", constant=True)
    def formatNumbers(self) -> list[int]:
        return list(range(len(FORMATS)))

    @Property(str, notify=changed)
    def message(self) -> str:
        return self.row.message or self.row.refusal

    @Property(bool, notify=changed)
    def canExport(self) -> bool:
        return self.row.waiting > 0 and not self.row.is_exporting


def _look(data: Path) -> Look:
    try:
        counts: SignupCounts | str = count_signups(data)
    except StickExportRefused as error:
        counts = str(error)
    return Look(counts, find_sticks(data))


def _figures(total: Counts) -> tuple[FigureRow, ...]:
    labels = ("captured", "waiting", "exported", "erased")
    return tuple(FigureRow(f"{getattr(total, label):,}", label) for label in labels)


def _day_rows(days: Sequence[DayCounts]) -> tuple[DayRow, ...]:
    recent, before = days[-MOST_DAYS:], days[:-MOST_DAYS]
    rows = [_day_row(day.day, day.counts) for day in reversed(recent)]
    if before:
        rows.append(_day_row("Earlier", sum_of(before)))
    return tuple(rows)


def _day_row(day: str, counts: Counts) -> DayRow:
    figures = (counts.captured, counts.waiting, counts.exported, counts.erased)
    return DayRow(day, *(f"{figure:,}" for figure in figures))


def _imbalances(days: Sequence[DayCounts]) -> str:
    found = [text for day in days if (text := _imbalance(day))]
    more = len(found) - MOST_IMBALANCES
    rest = [f"{more:,} more days do not, either."] if more > 0 else []
    return " ".join([*found[:MOST_IMBALANCES], *rest])


def _imbalance(day: DayCounts) -> str:
    count = day.counts.unaccounted
    if count == 0:
        return ""
    if count > 0:
        return f"{day.day} does not add up: {_signups(count)} missing. Keep every backup."
    return f"{day.day} does not add up: {_signups(-count)} too many."


def _row(stick: Stick) -> StickRow:
    room = f"{_size(stick.free_bytes)} free" if stick.is_writable else "cannot be written"
    return StickRow(stick.name, room, stick.is_writable)


def _size(count: int) -> str:
    if count >= GIGABYTE:
        return f"{count / GIGABYTE:.1f} GB"
    return f"{count // MEGABYTE} MB"


def _signups(count: int) -> str:
    return "1 signup" if count == 1 else f"{count:,} signups"


def _result(done: StickExport, stick: Stick) -> str:
    if not done.signups:
        return "There was nothing to export."
    are = "is" if done.signups == 1 else "are"
    return (
        f"{_signups(done.signups)} {are} on {stick.name}, in {done.file_name}.\n"
        "The stick is safe to remove."
    )
