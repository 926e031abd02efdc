"""Health at a glance: what `kiosk health` says, what needs attention first."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.refused import capitalized
from kiosk.showroom.staff.services import StaffServices
from kiosk.toolkit.qt import QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

if TYPE_CHECKING:
    from kiosk.operation.health import Finding

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


class HealthRow(NamedTuple):
    """A finding on screen."""

    name: str
    text: str
    needs_attention: bool


class HealthState(NamedTuple):
    """How it is; without a `summary` while that is not known yet."""

    summary: str = ""
    rows: tuple[HealthRow, ...] = ()
    is_busy: bool = False


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffHealthViewModel(RowViewModel):
    """The findings, looked for when it is opened and when staff ask again."""

    changed = Signal()
    row: HealthState

    def __init__(self, services: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(HealthState(), parent)
        self._services = services
        self.lookAgain()

    @Slot()
    def lookAgain(self) -> None:
        """Look at everything again; what was found before stays until then."""
        if not self.row.is_busy:
            self.update(is_busy=True)
            look = partial(_examine, self._services.data)
            self._services.work.run(look, self._show, self._fail)

    def _show(self, findings: list[Finding]) -> None:
        findings.sort(key=lambda finding: not finding.needs_attention)  # else as they were
        rows = tuple(map(_row, findings))
        count = sum(finding.needs_attention for finding in findings)
        summary = {0: "All is well", 1: "1 thing needs attention"}
        self.replace(HealthState(summary.get(count, f"{count:,} things need attention"), rows))

    def _fail(self, _: str) -> None:
        self.update(summary="This could not be found out; ask for help", is_busy=False)


def _examine(data: Path) -> list[Finding]:
    from kiosk.operation.health import examine

    return examine(data)


def _row(finding: Finding) -> HealthRow:
    return HealthRow(capitalized(finding.name), capitalized(finding.text), finding.needs_attention)
