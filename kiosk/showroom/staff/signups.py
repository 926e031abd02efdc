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
from kiosk.showroom.staff.work import Work
from kiosk.signups.export.sealed_file import ENDING as SEALED
from kiosk.signups.store.ledger import Counts, DayCounts, sum_of
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

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

    name: str
    room: str
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


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffSignupsViewModel(QObject):
    """Finds sticks by itself and exports to the one that is touched."""

    changed = Signal()
    progressChanged = Signal()

    def __init__(self, data: Path, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._work = work
        self._figures = RowsModel(FigureRow, (), self)
        self._days = RowsModel(DayRow, (), self)
        self._rows = RowsModel(StickRow, (), self)
        self._sticks: list[Stick] = []
        self._counts: SignupCounts | None = None
        self._refusal = self._message = self._result = ""
        self._format = 0
        self._is_looking = False
        self._is_exporting = False
        self._done = (0, 0)
        self._progress = 0.0
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        self._watching = QTimer(self, interval=PROGRESS_MS)
        self._watching.timeout.connect(self._follow_progress)
        self._look()

    @Slot()
    def _look(self) -> None:
        if not self._is_looking and not self._is_exporting:
            self._is_looking = True
            self._work.run(partial(_look, self._data), self._show, self._on_bug)

    def _show(self, look: Look) -> None:
        self._is_looking = False
        if isinstance(look.counts, str):
            self._refusal = look.counts
        else:
            self._refusal = ""
            self._counts = look.counts
            self._figures.replace(_figures(look.counts))
            self._days.replace(_day_rows(look.counts.days))
        self._sticks = look.sticks
        self._rows.replace([_row(stick) for stick in look.sticks])
        self.changed.emit()

    @Slot(int)
    def chooseFormat(self, index: int) -> None:
        """Which kind of file the next export writes."""
        if 0 <= index < len(ENDINGS):
            self._format = index
            self.changed.emit()

    @Slot(int)
    def exportTo(self, index: int) -> None:
        """Write the signups that wait to a stick."""
        if not self.canExport or not 0 <= index < len(self._sticks):
            return
        stick = self._sticks[index]
        self._is_exporting = True
        self._message = self._result = ""
        self._done, self._progress = (0, 0), 0.0
        self._watching.start()
        self.changed.emit()
        ending = SEALED if self.isSealed else ENDINGS[self._format]
        job = partial(export_to_stick, self._data, stick, ending, self._note)
        self._work.run(partial(_outcome, job), partial(self._finish, stick), self._on_bug)

    def _note(self, done: int, total: int) -> None:
        """On the thread that exports."""
        self._done = (done, total)

    @Slot()
    def _follow_progress(self) -> None:
        done, total = self._done
        self._progress = done / total if total else 0.0
        self.progressChanged.emit()

    def _finish(self, stick: Stick, outcome: StickExport | str) -> None:
        self._end_export()
        if isinstance(outcome, str):
            self._message = outcome
        else:
            self._result = _result(outcome, stick)
            if outcome.unreadable:
                self._message = (
                    f"{_signups(outcome.unreadable)} could not be read and stayed;"
                    " 'kiosk export' says which."
                )
        self.changed.emit()
        self._look()

    def _on_bug(self, _: Exception) -> None:
        self._end_export()
        self._is_looking = False
        self._message = "This could not be done; ask for help."
        self.changed.emit()

    def _end_export(self) -> None:
        self._is_exporting = False
        self._watching.stop()

    # For QML

    @Property(RowsModel, constant=True)
    def figures(self) -> RowsModel:
        return self._figures

    @Property(RowsModel, constant=True)
    def days(self) -> RowsModel:
        """The ledger by day, the newest first; what is long ago in one line."""
        return self._days

    @Property(str, notify=changed)
    def imbalance(self) -> str:
        """Which days do not add up."""
        if self._counts is None:
            return ""
        found = [text for day in self._counts.days if (text := _imbalance(day))]
        more = len(found) - MOST_IMBALANCES
        rest = [f"{more:,} more days do not, either."] if more > 0 else []
        return " ".join([*found[:MOST_IMBALANCES], *rest])

    @Property(RowsModel, constant=True)
    def sticks(self) -> RowsModel:
        return self._rows

    @Property("QVariantList", constant=True)
    def formats(self) -> list[str]:
        return list(FORMATS)

    @Property("QVariantList", constant=True)
    def formatNumbers(self) -> list[int]:
        return list(range(len(FORMATS)))

    @Property(int, notify=changed)
    def format(self) -> int:
        return self._format

    @Property(str, notify=changed)
    def summary(self) -> str:
        """What waits, in a sentence; empty while it is not known yet."""
        if self._counts is None:
            return ""
        waiting = self._counts.total.waiting
        return f"{_signups(waiting)} to export" if waiting else "Nothing to export"

    @Property(str, notify=changed)
    def lastExport(self) -> str:
        if self._counts is None:
            return ""
        last = self._counts.last_export
        return f"Last exported {last:%Y-%m-%d %H:%M}." if last else "Never exported yet."

    @Property(bool, notify=changed)
    def isSealed(self) -> bool:
        """Whether they are written as they are, to be opened with the manager's key."""
        return self._counts is not None and self._counts.sealed > 0

    @Property(str, notify=changed)
    def message(self) -> str:
        """What went wrong."""
        return self._message or self._refusal

    @Property(str, notify=changed)
    def result(self) -> str:
        """What was exported, and that the stick can be pulled out."""
        return self._result

    @Property(bool, notify=changed)
    def isExporting(self) -> bool:
        return self._is_exporting

    @Property(bool, notify=changed)
    def canExport(self) -> bool:
        counts = self._counts
        is_something = counts is not None and counts.total.waiting > 0
        return is_something and not self._is_exporting

    @Property(float, notify=progressChanged)
    def progress(self) -> float:
        """From 0 to 1."""
        return self._progress


def _look(data: Path) -> Look:
    try:
        counts: SignupCounts | str = count_signups(data)
    except StickExportRefused as error:
        counts = str(error)
    return Look(counts, find_sticks(data))


def _outcome(job: partial[StickExport]) -> StickExport | str:
    try:
        return job()
    except StickExportRefused as error:
        return str(error)


def _figures(counts: SignupCounts) -> list[FigureRow]:
    total = counts.total
    return [
        FigureRow(f"{total.captured:,}", "captured"),
        FigureRow(f"{total.waiting:,}", "waiting"),
        FigureRow(f"{total.exported:,}", "exported"),
        FigureRow(f"{total.erased:,}", "erased"),
    ]


def _day_rows(days: Sequence[DayCounts]) -> list[DayRow]:
    recent, before = days[-MOST_DAYS:], days[:-MOST_DAYS]
    rows = [_day_row(day.day, day.counts) for day in reversed(recent)]
    if before:
        rows.append(_day_row("Earlier", sum_of(before)))
    return rows


def _day_row(day: str, counts: Counts) -> DayRow:
    figures = (counts.captured, counts.waiting, counts.exported, counts.erased)
    return DayRow(day, *(f"{figure:,}" for figure in figures))


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
