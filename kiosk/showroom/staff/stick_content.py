"""Content on a stick: found by itself, checked when touched, shown once that is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.content.problems import Problem, count_of
from kiosk.operation.folders import remove_stick_copies
from kiosk.operation.stick_content import (
    CheckedContent,
    StickContent,
    StickContentRefused,
    check_content,
    find_contents,
    show_content,
)
from kiosk.operation.sticks import find_sticks
from kiosk.refused import capitalized
from kiosk.showroom.staff.services import StaffServices
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

State = Literal["looking", "checking", "refused", "checked", "showing"]

LOOK_MS = 2000
"""How often sticks are looked for."""
MOST_CHANGES, MOST_PROBLEMS = 8, 8


class FoundRow(NamedTuple):
    """A content file to check."""

    title: str
    note: str


class ProblemLine(NamedTuple):
    """What is wrong with a file, and on which line."""

    where: str
    message: str


class ChangeRow(NamedTuple):
    """What will be different."""

    text: str


class StickState(NamedTuple):
    """What is done with content on a stick."""

    state: State = "looking"
    title: str = ""
    """What is going on, or what the check has found, in a few words."""
    lead: str = ""
    """What that means."""
    message: str = ""
    """What went wrong."""
    contents: tuple[FoundRow, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    """Errors, or what should be looked at."""
    changes: tuple[ChangeRow, ...] = ()


@QmlElement
@QmlUncreatable("part of the staff area")
class StickContentViewModel(RowViewModel):
    """One content at a time is checked; nothing is shown before that is asked for."""

    changed = Signal()
    shown = Signal()
    row: StickState

    def __init__(self, services: StaffServices, parent: QObject | None = None) -> None:
        super().__init__(StickState(), parent)
        self._services = services
        self._work = work = services.work
        self._contents: list[StickContent] = []
        self._checked: CheckedContent | None = None
        self._is_looking = False
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        self._remove = partial(remove_stick_copies, services.data)
        # Behind the job that may still use one.
        work.on_close(partial(work.run, self._remove, lambda _: None))
        self._remove_copies()  # what a kiosk that ended has left
        self._look()

    @Slot()
    def _look(self) -> None:
        if not self._is_looking and self.row.state == "looking":
            self._is_looking = True
            data = self._services.data
            self._work.run(lambda: find_contents(find_sticks(data)), self._list, self._fail)

    def _list(self, found: list[StickContent]) -> None:
        self._is_looking = False
        self._contents = found
        self.update(contents=tuple(map(_row, found)))

    @Slot(int)
    def check(self, index: int) -> None:
        """Check a content; nothing on screen changes."""
        if self.row.state != "looking" or not 0 <= index < len(self._contents):
            return
        content, words = self._contents[index], self._services.words
        title, lead = words.checking_content, words.checking_content_lead
        self.update(state="checking", title=title, lead=lead, message="")
        shown = int(self._services.read_status().version or 0)
        job = partial(check_content, content, self._services.data, shown)
        self._work.run(job, partial(self._report, content), self._fail, StickContentRefused)

    def _report(self, content: StickContent, checked: CheckedContent) -> None:
        is_new = checked.copy is not None and bool(checked.changes)
        self._checked = checked if is_new else None
        self.update(
            state="checked" if is_new else "refused",
            title=_title(checked),
            lead=_lead(content, checked),
            problems=problem_lines(checked.problems, MOST_PROBLEMS),
            changes=_change_rows(checked.changes),
        )

    @Slot()
    def cancel(self) -> None:
        """Leave everything as it is."""
        if self.row.state in {"refused", "checked"}:
            self._forget()

    @Slot()
    def show(self) -> None:
        """Show what was checked."""
        checked = self._checked
        if self.row.state != "checked" or checked is None:
            return
        self.update(state="showing")
        content = Path(self._services.read_status().content)
        job = partial(show_content, checked, self._services.data, content)
        self._work.run(job, lambda _: self._on_shown(), self._on_shown, StickContentRefused)

    def _on_shown(self, refusal: str = "") -> None:
        self._forget(refusal)
        self.shown.emit()

    def _fail(self, message: str) -> None:
        self._is_looking = False
        self._forget(message)

    def _forget(self, message: str = "") -> None:
        self._checked = None
        self._remove_copies()
        self.replace(StickState(message=message, contents=self.row.contents))

    def _remove_copies(self) -> None:
        self._work.run(self._remove, lambda _: None)

    # For QML

    @Property(bool, notify=changed)
    def isInFront(self) -> bool:
        """Whether one content is being dealt with, and nothing else."""
        return self.row.state != "looking"

    @Property(bool, notify=changed)
    def isBusy(self) -> bool:
        """Whether something that was asked for is not done yet."""
        return self.row.state in {"checking", "showing"}


def _row(content: StickContent) -> FoundRow:
    return FoundRow(
        f"{content.name} on {content.stick.name}", f"Saved {content.changed_at:%Y-%m-%d %H:%M}"
    )


def _title(checked: CheckedContent) -> str:
    if checked.copy is None:
        count = count_of(checked.problems)
        return f"This content has {count:,} {'error' if count == 1 else 'errors'}"
    return "This content is fine" if checked.changes else "This is on screen already"


def _lead(content: StickContent, checked: CheckedContent) -> str:
    if checked.copy is None:
        return f"What is on screen stays. Correct {content.name} at the desk and bring it again."
    if not checked.changes:
        return f"Nothing in {content.name} is different."
    lead = "The stick is no longer needed."
    if not checked.missing:
        return lead
    lack = " and ".join(checked.missing)
    return (
        f"{lead} But {lack}: if that is not intended, cancel, and copy the file to the stick again."
    )


def problem_lines(problems: Sequence[Problem], most: int) -> tuple[ProblemLine, ...]:
    """The first problems with their lines, and how many more there are."""
    lines = [
        ProblemLine(f"Line {problem.spot.line}", problem.message) for problem in problems[:most]
    ]
    more = count_of(problems[most:])
    return (*lines, *([ProblemLine("", f"{more:,} more")] if more else []))


def _change_rows(changes: tuple[str, ...]) -> tuple[ChangeRow, ...]:
    rows = [ChangeRow(capitalized(text)) for text in changes[:MOST_CHANGES]]
    more = len(changes) - MOST_CHANGES
    return (*rows, *([ChangeRow(f"{more:,} more")] if more > 0 else []))
