"""Usage: whether anyone uses the kiosk, in the pictures of `kiosk report`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.operation.settings import read_settings
from kiosk.operation.status import Status
from kiosk.showroom.staff.report_process import Drawing, DrawnReport, ReportFailed, ReportProcess
from kiosk.showroom.staff.signups import FigureRow
from kiosk.showroom.staff.words import StaffWords
from kiosk.showroom.staff.work import Work
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

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


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffUsageViewModel(QObject):
    """Draws once, when it is opened; pictures are leafed through a few at a time."""

    changed = Signal()

    def __init__(
        self,
        data: Path,
        work: Work,
        words: StaffWords,
        read_status: Callable[[], Status],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._read_status = read_status
        self._state: State = "drawing"
        self._reason = ""
        self._is_counting = True
        self._period = ""
        self._figures = RowsModel(FigureRow, (), self)
        self._drawings: list[Drawing] = []
        self._pictures = RowsModel(PictureRow, (), self)
        self._most_at_once = 1
        self._pages: list[list[Drawing]] = []
        self._page = 0
        process = ReportProcess(data)
        work.on_close(process.close)
        work.run(lambda: _look(data, process), self._show, self._fail)

    def _show(self, look: Look) -> None:
        self._is_counting = look.is_counting
        if isinstance(look.report, str):
            self._state, self._reason = "failed", look.report
        elif look.report.drawings:
            self._state = "shown"
            self._period = look.report.period
            self._figures.replace([FigureRow(*row) for row in look.report.highlights])
            self._drawings = sorted(look.report.drawings, key=_order)
            self._lay_out()
        else:
            self._state = "empty" if look.is_counting else "off"
        self.changed.emit()

    def _fail(self, _: Exception) -> None:
        self._state = "failed"
        self._reason = "This is a fault of the kiosk; 'kiosk report' on this machine says more."
        self.changed.emit()

    # Paging

    @Slot(int)
    def fit(self, most: int) -> None:
        """How many pictures have room at once."""
        self._most_at_once = most
        self._page = 0
        self._lay_out()

    @Slot(int)
    def turnTo(self, page: int) -> None:
        """Show another page."""
        if 0 <= page < len(self._pages):
            self._page = page
            self._pictures.replace([_row(drawing) for drawing in self._pages[page]])
            self.changed.emit()

    def _lay_out(self) -> None:
        self._pages = pages_of(self._drawings, self._most_at_once)
        self.turnTo(self._page)

    # For QML

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._state

    @Property(str, notify=changed)
    def summary(self) -> str:
        """In place of pictures."""
        match self._state:
            case "drawing":
                return self._words.drawing_usage
            case "empty":
                return self._words.no_usage
            case "off":
                return self._words.usage_off
            case "failed":
                return self._words.usage_failed
        return ""

    @Property(str, notify=changed)
    def lead(self) -> str:
        """What that means, or what to know of the pictures."""
        match self._state:
            case "drawing":
                return self._words.drawing_usage_lead
            case "empty":
                return self._words.no_usage_lead
            case "off":
                return self._words.usage_off_lead
            case "shown":
                what = self._period if self._is_counting else self._words.usage_before
                return f"{what} \u00b7 Page {self._page + 1} of {len(self._pages)}"
        return ""

    @Property(str, notify=changed)
    def message(self) -> str:
        """What is wrong."""
        uncounted = self._read_status().uncounted
        if uncounted and not self._reason:
            return f"Visits cannot be counted for the moment: {uncounted}."
        return _sentence(self._reason)

    @Property(RowsModel, constant=True)
    def figures(self) -> RowsModel:
        return self._figures

    @Property(RowsModel, constant=True)
    def pictures(self) -> RowsModel:
        """Those of the page in front."""
        return self._pictures

    @Property(int, notify=changed)
    def page(self) -> int:
        return self._page

    @Property(int, notify=changed)
    def pageCount(self) -> int:
        return len(self._pages)


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


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}." if text else ""
