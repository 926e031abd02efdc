"""The content on screen: which version, what is wrong with the file, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable, not_responding
from kiosk.content.lint.report import report
from kiosk.content.problems import Problem, count_of, first_of
from kiosk.content.versions.current_content import problems_with_history
from kiosk.content.versions.history import ANY_FILE, History, HistoryRefused, Hold, Version
from kiosk.content.versions.rolling_back import release, roll_back
from kiosk.operation.showroom_clock import showroom_clock
from kiosk.operation.status import Status
from kiosk.showroom.staff.stick_content import (
    ProblemLine,
    StickContentViewModel,
    problem_lines,
)
from kiosk.showroom.staff.words import StaffWords
from kiosk.showroom.staff.work import Work
from kiosk.timeout import CallTimedOut, call_within
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

LOAD_TIMEOUT_SECONDS = 20.0
MOST_PROBLEMS, MOST_WARNINGS, MOST_VERSIONS, MOST_CHANGES = 8, 4, 20, 3
NOTHING_ASKED = 0
FOLLOW_MS = 500
"""How often it is looked whether another version has come on screen."""


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
    shown: int
    """The number of the version that is really on screen; 0 if that is not stored."""
    is_safe_mode: bool = False
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    obstacle: str = ""
    """Why the file could not be read."""

    def state_of_file(self) -> str:
        """In a sentence or two."""
        if self.is_safe_mode:
            return self._state_in_safe_mode()
        if self.hold is not None and self.hold.missing:
            return (
                f"The content file is held back: {' and '.join(self.hold.missing)}. Copy it again,"
                " or show it as it is."
            )
        if self.hold is not None and self.hold.version.number != self.shown:
            return f"Version {self.hold.version.number} is about to be shown."
        if self.hold is not None and self.hold.is_from_stick:
            until = "the content file is saved with a change"
            if self.hold.instead_of == ANY_FILE:
                until = "something else is asked for"
            return f"It came from a stick, and is shown until {until}."
        if self.hold is not None:
            return "It is shown instead of the content file, until that is saved with a change."
        if self.obstacle:
            return f"{self.obstacle[:1].upper()}{self.obstacle[1:]}."
        count = count_of(self.problems)
        if count:
            noun = "error" if count == 1 else "errors"
            rest = " Until they are corrected, this version stays." if self.shown else ""
            return f"The content file has {count:,} {noun}.{rest}"
        if not self.shown:
            return "The content file is fine, but could not be stored. Health says why."
        return "The content file is fine."

    def _state_in_safe_mode(self) -> str:
        """Neither the file nor a hold counts before a restart."""
        what = "the content file" if self.hold is None else f"version {self.hold.version.number}"
        return (
            "Safe mode, after several crashes: the version that last ran well is shown, without"
            f" videos. Restart the kiosk to show {what}."
        )


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffContentViewModel(QObject):
    """Versions, the newest first; one is shown again once that was asked for and confirmed."""

    changed = Signal()

    def __init__(
        self,
        data: Path,
        work: Work,
        words: StaffWords,
        read_status: Callable[[], Status],
        parent: QObject | None = None,
    ) -> None:
        """`read_status`: what the kiosk shows, also where the disk could not take it down."""
        super().__init__(parent)
        self._data = data
        self._read_status = read_status
        self._work = work
        self._versions = RowsModel(VersionRow, (), self)
        self._problems = RowsModel(ProblemLine, (), self)
        self._summary = self._state = self._message = ""
        self._is_held = self._has_errors = False
        self._is_busy = False
        self._asked = NOTHING_ASKED
        self._version = ""
        self._stick = StickContentViewModel(data, work, words, read_status, self)
        self._stick.shown.connect(self._look)
        self._following = QTimer(self, interval=FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        self._following.start()
        self._look()

    @Slot()
    def _look(self) -> None:
        self._set_busy()
        status = self._read_status()
        self._version = status.version
        self._work.run(lambda: _read(self._data, status), self._show, self._fail)

    @Slot()
    def _follow(self) -> None:
        """What was asked for comes on screen a moment later."""
        if not self._is_busy and self._read_status().version != self._version:
            self._look()

    def _show(self, contents: Contents) -> None:
        shown = contents.shown
        self._versions.replace(
            [
                _row(version, is_shown=version.number == shown)
                for version in contents.versions[: -MOST_VERSIONS - 1 : -1]
            ]
        )
        self._has_errors = bool(contents.problems)
        self._problems.replace(
            problem_lines(contents.problems, MOST_PROBLEMS)
            or problem_lines(contents.warnings, MOST_WARNINGS)
        )
        self._summary = _summary(shown)
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
            content = Path(self._read_status().content)
            self._work.run(
                lambda: _roll_back(self._data, content, number), self._on_done, self._fail
            )

    @Slot()
    def showFile(self) -> None:
        """Show the content file again."""
        if not self._is_busy:
            self._set_busy()
            content = Path(self._read_status().content)
            self._work.run(lambda: _release(self._data, content), self._on_done, self._fail)

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

    @Property(StickContentViewModel, constant=True)
    def stick(self) -> StickContentViewModel:
        """Content that somebody has brought."""
        return self._stick

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
    def hasErrors(self) -> bool:
        """Whether the problems keep the file from being shown; else they are warnings."""
        return self._has_errors

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


def _read(data: Path, status: Status) -> Contents:
    history = History(data)
    found = Contents(
        *(tuple(history.versions()), history.held(), int(status.version or 0)),
        is_safe_mode=status.is_safe_mode,
    )
    # In safe mode, the file may be what makes the kiosk crash.
    if found.hold is not None or found.is_safe_mode:
        return found
    content = Path(status.content)
    try:
        loaded = call_within(LOAD_TIMEOUT_SECONDS, lambda: load(content))
    except CallTimedOut:
        return replace(found, obstacle=not_responding(content))
    except ContentUnreadable as error:
        return replace(found, obstacle=str(error))
    problems = (*loaded.problems, *problems_with_history(loaded, data))
    if problems:
        return replace(found, problems=first_of(problems))
    return replace(found, warnings=report(loaded, showroom_clock(data).now().date()).problems)


def _summary(shown: int) -> str:
    return f"Version {shown} is on screen" if shown else "No stored version is on screen"


def _roll_back(data: Path, content: Path, number: int) -> str:
    try:
        roll_back(History(data), number, content)
    except HistoryRefused as error:
        return _sentence(error)
    return ""


def _release(data: Path, content: Path) -> str:
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
