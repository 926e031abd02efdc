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
from kiosk.refused import as_sentence, capitalized
from kiosk.showroom.staff.services import StaffServices
from kiosk.showroom.staff.stick_content import ProblemLine, StickContentViewModel, problem_lines
from kiosk.timeout import CallTimedOut, call_within
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

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
    note: str
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
            return as_sentence(self.obstacle)
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


class ContentState(NamedTuple):
    """What is on screen and why."""

    versions: tuple[VersionRow, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    summary: str = ""
    state: str = ""
    """How the content file is."""
    message: str = ""
    """Why the last request could not be carried out."""
    has_errors: bool = False
    """Whether the problems keep the file from being shown; else they are warnings."""
    is_held: bool = False
    """Whether a version is shown instead of the file."""
    is_busy: bool = False
    asked: int = NOTHING_ASKED
    """The version that waits to be confirmed."""


@QmlElement
@QmlUncreatable("part of the staff area")
class StaffContentViewModel(RowViewModel):
    """Versions, the newest first; one is shown again once that was asked for and confirmed."""

    changed = Signal()
    row: ContentState

    def __init__(self, services: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(ContentState(), parent)
        self._services = services
        self._version = ""
        self._stick = StickContentViewModel(services, self)
        self._stick.shown.connect(self._look)
        self._following = QTimer(self, interval=FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        self._following.start()
        self._look()

    @Slot()
    def _look(self) -> None:
        self.update(is_busy=True)
        data, status = self._services.data, self._services.read_status()
        self._version = status.version
        self._services.work.run(lambda: _read(data, status), self._show, self._fail)

    @Slot()
    def _follow(self) -> None:
        """What was asked for comes on screen a moment later."""
        if not self.row.is_busy and self._services.read_status().version != self._version:
            self._look()

    def _show(self, contents: Contents) -> None:
        shown = contents.shown
        newest = contents.versions[: -MOST_VERSIONS - 1 : -1]
        self.update(
            versions=tuple(_row(version, is_shown=version.number == shown) for version in newest),
            problems=problem_lines(contents.problems, MOST_PROBLEMS)
            or problem_lines(contents.warnings, MOST_WARNINGS),
            summary=_summary(shown),
            state=contents.state_of_file(),
            has_errors=bool(contents.problems),
            is_held=contents.hold is not None,
            is_busy=False,
        )

    # Going back

    @Slot(int)
    def ask(self, number: int) -> None:
        """Ask whether a version is to be shown; the same again takes the question back."""
        self.update(asked=NOTHING_ASKED if number == self.row.asked else number, message="")

    @Slot()
    def confirm(self) -> None:
        """Show the version that was asked for."""
        number = self.row.asked
        self.update(asked=NOTHING_ASKED)
        if number != NOTHING_ASKED:
            self._carry_out(lambda history, content: roll_back(history, number, content))

    @Slot()
    def showFile(self) -> None:
        self._carry_out(release)

    def _carry_out(self, request: Callable[[History, Path], object]) -> None:
        if self.row.is_busy:
            return
        self.update(is_busy=True)
        data, content = self._services.data, Path(self._services.read_status().content)
        self._services.work.run(
            lambda: request(History(data), content),
            lambda _: self._on_done(),
            self._on_done,
            HistoryRefused,
        )

    def _on_done(self, refusal: str = "") -> None:
        self.update(message=refusal)
        self._look()

    def _fail(self, message: str) -> None:
        self.update(message=message, is_busy=False)

    # For QML

    @Property(StickContentViewModel, constant=True)
    def stick(self) -> StickContentViewModel:
        """Content that somebody has brought."""
        return self._stick


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


def _row(version: Version, *, is_shown: bool) -> VersionRow:
    more = len(version.changes) - MOST_CHANGES
    changes = [*version.changes[:MOST_CHANGES], *([f"{more} more"] if more > 0 else [])]
    return VersionRow(
        version.number,
        f"Version {version.number}, {version.accepted_at:%Y-%m-%d %H:%M}",
        capitalized("; ".join(changes)),
        is_shown,
    )
