"""The content on screen: which version, what is wrong with the file, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable, not_responding
from kiosk.content.problems import Problem, count_of
from kiosk.content.versions.history import History, HistoryRefused, Hold, Version
from kiosk.content.versions.rolling_back import release, roll_back
from kiosk.operation.status import content_of
from kiosk.showroom.staff.work import Work
from kiosk.timeout import CallTimedOut, call_within
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

LOAD_TIMEOUT_SECONDS = 20.0
MOST_PROBLEMS, MOST_VERSIONS, MOST_CHANGES = 8, 20, 3
NOTHING_ASKED = 0


class ProblemLine(NamedTuple):
    """What is wrong with the file, and on which line."""

    where: str
    message: str


class VersionRow(NamedTuple):
    """A version that was shown."""

    number: int
    title: str
    changes: str
    is_shown: bool


@dataclass(frozen=True)
class Contents:
    """What the history and the file say."""

    versions: tuple[Version, ...]
    hold: Hold | None
    problems: tuple[Problem, ...] = ()
    obstacle: str = ""
    """Why the file could not be read."""

    @property
    def shown(self) -> int:
        """The number of the version on screen; 0 if none is kept."""
        if self.hold is not None:
            return self.hold.version.number
        return self.versions[-1].number if self.versions else 0

    def state_of_file(self) -> str:
        """In a sentence."""
        if self.hold is not None and self.hold.missing:
            return (
                f"The content file is held back: {' and '.join(self.hold.missing)}. Copy it again,"
                " or show it as it is."
            )
        if self.hold is not None:
            return "It is shown instead of the content file, until that is saved with a change."
        if self.obstacle:
            return f"{self.obstacle[:1].upper()}{self.obstacle[1:]}."
        count = count_of(self.problems)
        if count:
            noun = "error" if count == 1 else "errors"
            return f"The content file has {count:,} {noun}. Until then, this version stays."
        return "The content file is fine."


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffContentViewModel(QObject):
    """Versions, the newest first; one is shown again once that was asked for and confirmed."""

    changed = Signal()

    def __init__(self, data: Path, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._work = work
        self._versions = RowsModel(VersionRow, (), self)
        self._problems = RowsModel(ProblemLine, (), self)
        self._summary = self._state = self._message = ""
        self._is_held = False
        self._is_busy = False
        self._asked = NOTHING_ASKED
        self._look()

    def _look(self) -> None:
        self._set_busy()
        self._work.run(lambda: _read(self._data), self._show, self._fail)

    def _show(self, contents: Contents) -> None:
        shown = contents.shown
        self._versions.replace(
            [
                _row(version, is_shown=version.number == shown)
                for version in contents.versions[: -MOST_VERSIONS - 1 : -1]
            ]
        )
        self._problems.replace(
            [
                ProblemLine(f"Line {problem.spot.line}", problem.message)
                for problem in contents.problems[:MOST_PROBLEMS]
            ]
        )
        self._summary = f"Version {shown} is on screen" if shown else "No version is kept yet"
        self._state = contents.state_of_file()
        self._is_held = contents.hold is not None
        self._is_busy = False
        self.changed.emit()

    # Going back

    @Slot(int)
    def ask(self, number: int) -> None:
        """Ask whether a version is to be shown; the same again takes the question back."""
        self._asked = NOTHING_ASKED if number == self._asked else number
        self._message = ""
        self.changed.emit()

    @Slot()
    def confirm(self) -> None:
        """Show the version that was asked for."""
        number, self._asked = self._asked, NOTHING_ASKED
        if number != NOTHING_ASKED and not self._is_busy:
            self._set_busy()
            self._work.run(lambda: _roll_back(self._data, number), self._on_done, self._fail)

    @Slot()
    def showFile(self) -> None:
        """Show the content file again."""
        if not self._is_busy:
            self._set_busy()
            self._work.run(lambda: _release(self._data), self._on_done, self._fail)

    def _on_done(self, refusal: str) -> None:
        self._message = refusal
        self._look()

    def _fail(self, _: Exception) -> None:
        self._message = "This could not be done; ask for help."
        self._is_busy = False
        self.changed.emit()

    def _set_busy(self) -> None:
        self._is_busy = True
        self.changed.emit()

    # For QML

    @Property(RowsModel, constant=True)
    def versions(self) -> RowsModel:
        return self._versions

    @Property(RowsModel, constant=True)
    def problems(self) -> RowsModel:
        return self._problems

    @Property(str, notify=changed)
    def summary(self) -> str:
        return self._summary

    @Property(str, notify=changed)
    def state(self) -> str:
        """How the content file is."""
        return self._state

    @Property(str, notify=changed)
    def message(self) -> str:
        """Why the last request could not be carried out."""
        return self._message

    @Property(bool, notify=changed)
    def isHeld(self) -> bool:
        """Whether a version is shown instead of the file."""
        return self._is_held

    @Property(bool, notify=changed)
    def isBusy(self) -> bool:
        return self._is_busy

    @Property(int, notify=changed)
    def asked(self) -> int:
        """The version that waits to be confirmed; 0 for none."""
        return self._asked


def _read(data: Path) -> Contents:
    history = History(data)
    versions, hold = tuple(history.versions()), history.held()
    content = content_of(data)
    if content is None or hold is not None:
        return Contents(versions, hold)
    try:
        loaded = call_within(LOAD_TIMEOUT_SECONDS, lambda: load(content))
    except CallTimedOut:
        return Contents(versions, hold, obstacle=not_responding(content))
    except ContentUnreadable as error:
        return Contents(versions, hold, obstacle=str(error))
    return Contents(versions, hold, tuple(loaded.problems))


def _roll_back(data: Path, number: int) -> str:
    content = content_of(data)
    assert content is not None  # a running kiosk has written it down
    try:
        roll_back(History(data), number, content)
    except HistoryRefused as error:
        return _sentence(error)
    return ""


def _release(data: Path) -> str:
    content = content_of(data)
    assert content is not None
    try:
        release(History(data), content)
    except HistoryRefused as error:
        return _sentence(error)
    return ""


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _row(version: Version, *, is_shown: bool) -> VersionRow:
    more = len(version.changes) - MOST_CHANGES
    changes = [*version.changes[:MOST_CHANGES], *([f"{more} more"] if more > 0 else [])]
    text = "; ".join(changes)
    return VersionRow(
        version.number,
        f"Version {version.number}, {version.accepted_at:%Y-%m-%d %H:%M}",
        f"{text[:1].upper()}{text[1:]}",
        is_shown,
    )
