"""The preview's controls: which screen and day are shown, and what is to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.language.localization import Localization, localization
from kiosk.showroom.rows import ChangeRow, FindingRow
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

YEARS = range(1971, 2200)


@QmlElement
@QmlUncreatable("one for the preview")
class PreviewViewModel(QObject):
    """The choices of whoever sits at the desk, and what the content came to.

    `moment` is by the dealership's clocks, without a zone; None for the present.
    """

    sizeChanged = Signal()
    languageChanged = Signal()
    momentChanged = Signal()
    findingsChanged = Signal()
    postersWanted = Signal()
    homeWanted = Signal()

    def __init__(
        self, file: str, sizes: Sequence[Size], today: datetime, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._sizes = list(sizes)
        self._size = 0
        self._language = ""
        self.local = localization("en")
        self._present = today
        self.moment: datetime | None = None
        self._checking = True
        self._summary = ""
        self._severity = ""
        self._findings = RowsModel(FindingRow, (), self)
        self._changes = RowsModel(ChangeRow, (), self)
        self._moments: list[datetime] = []

    # What the content came to

    def offer_sizes(self, sizes: Sequence[Size]) -> None:
        """Let one of these be chosen as well."""
        new = [size for size in sizes if size not in self._sizes]
        if new:
            self._sizes += new
            self.sizeChanged.emit()

    def show_language(self, language: str, local: Localization) -> None:
        """The language of the content's texts, and how days and figures read in it."""
        if (language, local) != (self._language, self.local):
            self._language, self.local = language, local
            self.languageChanged.emit()
            self.momentChanged.emit()

    def show_time(self, present: datetime, changes: Sequence[tuple[datetime, ChangeRow]]) -> None:
        """The dealership's own time, and what comes and goes after the moment that is shown."""
        self._present = present
        self._moments = [moment for moment, _ in changes]
        self._changes.replace([row for _, row in changes])
        self.momentChanged.emit()

    def check(self) -> None:
        """The file is being checked; what was found before stays until it is done."""
        self._checking = True
        self.findingsChanged.emit()

    def show_findings(self, rows: Sequence[FindingRow], summary: str) -> None:
        """What is to be mended, and in a sentence what that means for the floor."""
        self._checking = False
        self._findings.replace(rows)
        self._summary = summary
        kinds = {row.severity for row in rows}
        self._severity = next((kind for kind in ("error", "warning") if kind in kinds), "")
        self.findingsChanged.emit()

    # What is chosen

    @property
    def size(self) -> Size:
        """Of the screen that is shown, in pixels."""
        return self._sizes[self._size]

    def index_of(self, size: Size) -> int:
        """Where a size stands among those to choose from."""
        return self._sizes.index(size)

    @Slot(int)
    def chooseSize(self, index: int) -> None:
        """Show another screen."""
        if 0 <= index < len(self._sizes) and index != self._size:
            self._size = index
            self.sizeChanged.emit()

    @Slot(int, int, int)
    def showDay(self, year: int, month: int, day: int) -> None:
        """Show another day, at the same time of day."""
        with suppress(ValueError):
            self._go_to(self._shown().replace(year=year, month=month, day=day))

    @Slot(int)
    def stepDays(self, days: int) -> None:
        """Show a day before or after."""
        with suppress(OverflowError):
            self._go_to(self._shown() + timedelta(days=days))

    @Slot(int)
    def showHour(self, hour: int) -> None:
        """Show another time of the day."""
        self._go_to(self._shown().replace(hour=hour, minute=0))

    @Slot(int)
    def showChange(self, index: int) -> None:
        """Show the moment at which something comes or goes."""
        if 0 <= index < len(self._moments):
            self._go_to(self._moments[index])

    @Slot()
    def showPosters(self) -> None:
        """Show the attract loop, as it is while nobody is there."""
        self.postersWanted.emit()

    @Slot()
    def showHome(self) -> None:
        """Show the home screen."""
        self.homeWanted.emit()

    @Slot()
    def showPresent(self) -> None:
        """Follow the clock again."""
        self.moment = None
        self.momentChanged.emit()

    def _shown(self) -> datetime:
        return self.moment or self._present

    def _go_to(self, moment: datetime) -> None:
        if moment.year not in YEARS:
            return
        self.moment = moment.replace(second=0, microsecond=0)
        self.momentChanged.emit()

    # What QML reads

    @Property(str, constant=True)
    def file(self) -> str:
        return self._file

    @Property("QStringList", notify=sizeChanged)
    def sizes(self) -> list[str]:
        return [written_size(size).replace("x", " \u00d7 ") for size in self._sizes]

    @Property(int, notify=sizeChanged)
    def sizeIndex(self) -> int:
        return self._size

    @Property(int, notify=sizeChanged)
    def width(self) -> int:
        return self.size[0]

    @Property(int, notify=sizeChanged)
    def height(self) -> int:
        return self.size[1]

    @Property(str, notify=languageChanged)
    def language(self) -> str:
        return self._language

    @Property(str, notify=languageChanged)
    def locale(self) -> str:
        """As Qt names it, for the days of a week."""
        return str(self.local.locale)

    @Property("QStringList", notify=languageChanged)
    def hours(self) -> list[str]:
        """The 24 of a day."""
        return [self.local.time(time(hour)) for hour in range(24)]

    @Slot(int, int, result=str)
    def monthText(self, year: int, month: int) -> str:
        """A month and its year."""
        return self.local.month(date(year, month, 1))

    @Property(bool, notify=momentChanged)
    def isPresent(self) -> bool:
        return self.moment is None

    @Property(str, notify=momentChanged)
    def dayText(self) -> str:
        return self.local.weekday(self._shown())

    @Property(str, notify=momentChanged)
    def timeText(self) -> str:
        return self.local.time(self._shown())

    @Property(int, notify=momentChanged)
    def year(self) -> int:
        return self._shown().year

    @Property(int, notify=momentChanged)
    def month(self) -> int:
        """1 to 12."""
        return self._shown().month

    @Property(int, notify=momentChanged)
    def day(self) -> int:
        return self._shown().day

    @Property(int, notify=momentChanged)
    def hour(self) -> int:
        return self._shown().hour

    @Property(bool, notify=findingsChanged)
    def checking(self) -> bool:
        return self._checking

    @Property(str, notify=findingsChanged)
    def summary(self) -> str:
        return self._summary

    @Property(str, notify=findingsChanged)
    def severity(self) -> str:
        """The worst of the findings: `error`, `warning` or empty."""
        return self._severity

    @Property(RowsModel, constant=True)
    def findings(self) -> RowsModel:
        return self._findings

    @Property(RowsModel, constant=True)
    def changes(self) -> RowsModel:
        return self._changes
