"""The preview's controls: which screen and day are shown, and what is to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.language.localization import Localization, localization
from kiosk.showroom.rows import ChangeRow, FindingRow
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

YEARS = range(1971, 2200)


class PreviewState(NamedTuple):
    """What QML reads."""

    file: str
    size_index: int = 0
    width: int = 0
    height: int = 0
    language: str = ""
    locale: str = ""
    """As Qt names it, for the days of a week."""
    is_present: bool = True
    day_text: str = ""
    time_text: str = ""
    year: int = 0
    month: int = 0
    """1 to 12."""
    day: int = 0
    hour: int = 0
    checking: bool = True
    summary: str = ""
    severity: str = ""
    """The worst of the findings: `error`, `warning` or empty."""
    findings: tuple[FindingRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()


@QmlElement
@QmlUncreatable("one for the preview")
class PreviewViewModel(RowViewModel):
    """The choices of whoever sits at the desk, and what the content came to.

    `moment` is by the dealership's clocks, without a zone; None for the present.
    """

    changed = Signal()
    sizeChanged = Signal()
    languageChanged = Signal()
    momentChanged = Signal()
    postersWanted = Signal()
    homeWanted = Signal()
    row: PreviewState

    def __init__(
        self, file: str, sizes: Sequence[Size], today: datetime, parent: QObject | None = None
    ) -> None:
        super().__init__(PreviewState(file), parent)
        self._sizes = list(sizes)
        self.local = localization("en")
        self._present = today
        self.moment: datetime | None = None
        self._moments: list[datetime] = []
        self.show_language("", self.local)
        self._show_size(0)

    # What the content came to

    def offer_sizes(self, sizes: Sequence[Size]) -> None:
        """Let one of these be chosen as well."""
        new = [size for size in sizes if size not in self._sizes]
        if new:
            self._sizes += new
            self.sizeChanged.emit()

    def show_language(self, language: str, local: Localization) -> None:
        """The language of the content's texts, and how days and figures read in it."""
        is_another = local != self.local
        self.local = local
        self.update(language=language, locale=str(local.locale))
        self._show_moment()
        if is_another:
            self.languageChanged.emit()

    def show_time(self, present: datetime, changes: Sequence[tuple[datetime, ChangeRow]]) -> None:
        """The dealership's own time, and what comes and goes after the moment that is shown."""
        self._present = present
        self._moments = [moment for moment, _ in changes]
        self.update(changes=tuple(row for _, row in changes))
        self._show_moment()

    def check(self) -> None:
        """The file is being checked; what was found before stays until it is done."""
        self.update(checking=True)

    def show_findings(self, rows: Sequence[FindingRow], summary: str) -> None:
        """What is to be mended, and in a sentence what that means for the floor."""
        kinds = {row.severity for row in rows}
        severity = next((kind for kind in ("error", "warning") if kind in kinds), "")
        self.update(checking=False, summary=summary, severity=severity, findings=tuple(rows))

    # What is chosen

    @property
    def size(self) -> Size:
        """Of the screen that is shown, in pixels."""
        return self._sizes[self.row.size_index]

    def index_of(self, size: Size) -> int:
        """Where a size stands among those to choose from."""
        return self._sizes.index(size)

    @Slot(int)
    def chooseSize(self, index: int) -> None:
        if 0 <= index < len(self._sizes) and index != self.row.size_index:
            self._show_size(index)
            self.sizeChanged.emit()

    def _show_size(self, index: int) -> None:
        width, height = self._sizes[index]
        self.update(size_index=index, width=width, height=height)

    @Slot(int, int, int)
    def showDay(self, year: int, month: int, day: int) -> None:
        """Show another day, at the same time of day."""
        with suppress(ValueError):
            self._go_to(self._shown().replace(year=year, month=month, day=day))

    @Slot(int)
    def stepDays(self, days: int) -> None:
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
    def showPresent(self) -> None:
        """Follow the clock again."""
        self._set_moment(None)

    def _shown(self) -> datetime:
        return self.moment or self._present

    def _go_to(self, moment: datetime) -> None:
        if moment.year in YEARS:
            self._set_moment(moment.replace(second=0, microsecond=0))

    def _set_moment(self, moment: datetime | None) -> None:
        if moment != self.moment:
            self.moment = moment
            self._show_moment()
            self.momentChanged.emit()

    def _show_moment(self) -> None:
        shown = self._shown()
        self.update(
            is_present=self.moment is None,
            day_text=self.local.weekday(shown),
            time_text=self.local.time(shown),
            year=shown.year,
            month=shown.month,
            day=shown.day,
            hour=shown.hour,
        )

    # What QML reads

    @Property("QStringList", notify=sizeChanged)
    def sizes(self) -> list[str]:
        return [written_size(size).replace("x", " \u00d7 ") for size in self._sizes]

    @Property("QStringList", notify=languageChanged)
    def hours(self) -> list[str]:
        return [self.local.time(time(hour)) for hour in range(24)]

    @Slot(int, int, result=str)
    def monthText(self, year: int, month: int) -> str:
        return self.local.month(date(year, month, 1))
