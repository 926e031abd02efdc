"""Usage: whether anyone uses the kiosk, in the pictures of `kiosk report`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation.settings import read_settings
from kiosk.refused import as_sentence
from kiosk.showroom.staff.report_process import Drawing, DrawnReport, ReportFailed, ReportProcess
from kiosk.showroom.staff.services import StaffServices
from kiosk.showroom.staff.signups import FigureRow
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

State = Literal["drawing", "shown", "empty", "off", "failed"]

AT_A_GLANCE = ("weeks", "hours", "funnel", "places")
"""These come first."""


class PictureRow(NamedTuple):
    """A picture on the page in front."""

    title: str
    sentence: str
    source: QUrl


class Look(NamedTuple):
    """What there is to show; a text says why there is nothing."""

    report: DrawnReport | str
    is_counting: bool


class UsageState(NamedTuple):
    """What is shown, or why nothing is."""

    state: State = "drawing"
    reason: str = ""
    """What is wrong."""
    period: str = ""
    """What to know of the pictures."""
    figures: tuple[FigureRow, ...] = ()
    pictures: tuple[PictureRow, ...] = ()
    """Those of the page in front."""
    page: int = 0
    page_count: int = 0


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffUsageViewModel(RowViewModel):
    """Draws once, when it is opened; pictures are leafed through a few at a time."""

    changed = Signal()
    row: UsageState

    def __init__(self, services: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(UsageState(), parent)
        self._words = services.words
        self._read_status = services.read_status
        self._drawings: list[Drawing] = []
        self._most_at_once = 1
        self._pages: list[list[Drawing]] = []
        process = ReportProcess(services.data)
        services.work.on_close(process.close)
        services.work.run(partial(_look, services.data, process), self._show, self._fail)

    def _show(self, look: Look) -> None:
        if isinstance(look.report, str):
            self.update(state="failed", reason=look.report)
        elif look.report.drawings:
            period = look.report.period if look.is_counting else self._words.usage_before
            figures = tuple(FigureRow(*row) for row in look.report.highlights)
            self._drawings = sorted(look.report.drawings, key=_order)
            self._lay_out()
            self.update(state="shown", period=period, figures=figures)
        else:
            self.update(state="empty" if look.is_counting else "off")

    def _fail(self, _: str) -> None:
        reason = "This is a fault of the kiosk; 'kiosk report' on this machine says more."
        self.update(state="failed", reason=reason)

    # Paging

    @Slot(int)
    def fit(self, most: int) -> None:
        """How many pictures have room at once."""
        self._most_at_once = most
        self.update(page=0)
        self._lay_out()

    @Slot(int)
    def turnTo(self, page: int) -> None:
        if 0 <= page < len(self._pages):
            pictures = tuple(map(_row, self._pages[page]))
            self.update(pictures=pictures, page=page, page_count=len(self._pages))

    def _lay_out(self) -> None:
        self._pages = pages_of(self._drawings, self._most_at_once)
        self.turnTo(self.row.page)

    # For QML

    @Property(str, notify=changed)
    def summary(self) -> str:
        """In place of pictures."""
        summaries = {
            "drawing": self._words.drawing_usage,
            "empty": self._words.no_usage,
            "off": self._words.usage_off,
            "failed": self._words.usage_failed,
        }
        return summaries.get(self.row.state, "")

    @Property(str, notify=changed)
    def lead(self) -> str:
        """What that means, or what to know of the pictures."""
        row = self.row
        leads = {
            "drawing": self._words.drawing_usage_lead,
            "empty": self._words.no_usage_lead,
            "off": self._words.usage_off_lead,
            "shown": f"{row.period} \u00b7 Page {row.page + 1} of {row.page_count}",
        }
        return leads.get(row.state, "")

    @Property(str, notify=changed)
    def message(self) -> str:
        uncounted = self._read_status().uncounted
        if uncounted and not self.row.reason:
            return f"Visits cannot be counted for the moment: {uncounted}."
        return as_sentence(self.row.reason)


def pages_of(drawings: Sequence[Drawing], most: int) -> list[list[Drawing]]:
    """At most so many on a page."""
    return [list(drawings[start : start + most]) for start in range(0, len(drawings), most)]


def _look(data: Path, process: ReportProcess) -> Look:
    is_counting = read_settings(data).settings.usage
    try:
        return Look(process.draw(), is_counting)
    except ReportFailed as error:
        return Look(str(error), is_counting)


def _order(drawing: Drawing) -> int:
    """The rest stay as they are."""
    name = drawing.name
    return AT_A_GLANCE.index(name) if name in AT_A_GLANCE else len(AT_A_GLANCE)


def _row(drawing: Drawing) -> PictureRow:
    source = QUrl.fromLocalFile(str(drawing.file))
    return PictureRow(drawing.title, drawing.sentence, source)
