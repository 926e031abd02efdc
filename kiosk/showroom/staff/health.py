"""Health at a glance: what `kiosk health` says, what needs attention first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.showroom.staff.work import Work
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

if TYPE_CHECKING:
    from kiosk.operation.health import Finding

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


class HealthRow(NamedTuple):
    """A finding on screen."""

    name: str
    text: str
    needs_attention: bool


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffHealthViewModel(QObject):
    """The findings, looked for when it is opened and when staff ask again."""

    changed = Signal()

    def __init__(self, data: Path, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._work = work
        self._rows = RowsModel(HealthRow, (), self)
        self._summary = ""
        self._is_busy = False
        self.lookAgain()

    @Slot()
    def lookAgain(self) -> None:
        """Look at everything again; what was found before stays until then."""
        if self._is_busy:
            return
        self._is_busy = True
        self.changed.emit()
        self._work.run(lambda: _examine(self._data), self._show, self._fail)

    def _show(self, findings: list[Finding]) -> None:
        findings.sort(key=lambda finding: not finding.needs_attention)  # else as they were
        self._rows.replace([_row(finding) for finding in findings])
        count = sum(finding.needs_attention for finding in findings)
        self._set_summary(
            {0: "All is well", 1: "1 thing needs attention"}.get(
                count, f"{count:,} things need attention"
            )
        )

    def _fail(self, _: Exception) -> None:
        self._set_summary("This could not be found out; ask for help")

    def _set_summary(self, summary: str) -> None:
        self._summary = summary
        self._is_busy = False
        self.changed.emit()

    @Property(RowsModel, constant=True)
    def rows(self) -> RowsModel:
        return self._rows

    @Property(str, notify=changed)
    def summary(self) -> str:
        """Empty while it is not known yet."""
        return self._summary

    @Property(bool, notify=changed)
    def isBusy(self) -> bool:
        return self._is_busy


def _examine(data: Path) -> list[Finding]:
    from kiosk.operation.health import examine

    return examine(data)


def _row(finding: Finding) -> HealthRow:
    name, text = (f"{part[:1].upper()}{part[1:]}" for part in (finding.name, finding.text))
    return HealthRow(name, text, finding.needs_attention)
