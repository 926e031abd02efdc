"""Content on a stick: found by itself, checked when touched, shown once that is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.content.problems import Problem, count_of
from kiosk.operation.folders import remove_stick_copies
from kiosk.operation.status import Status
from kiosk.operation.stick_content import (
    CheckedContent,
    StickContent,
    StickContentRefused,
    check_content,
    find_contents,
    show_content,
)
from kiosk.operation.sticks import find_sticks
from kiosk.showroom.staff.words import StaffWords
from kiosk.showroom.staff.work import Work
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

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


@QmlElement
@QmlUncreatable("part of the staff area")
class StickContentViewModel(QObject):
    """One content at a time is checked; nothing is shown before that is asked for."""

    changed = Signal()
    shown = Signal()

    def __init__(
        self,
        data: Path,
        work: Work,
        words: StaffWords,
        read_status: Callable[[], Status],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._words = words
        self._work = work
        self._read_status = read_status
        self._state: State = "looking"
        self._contents: list[StickContent] = []
        self._rows = RowsModel(FoundRow, (), self)
        self._problems = RowsModel(ProblemLine, (), self)
        self._changes = RowsModel(ChangeRow, (), self)
        self._title = self._lead = self._message = ""
        self._checked: CheckedContent | None = None
        self._is_looking = False
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        remove = partial(remove_stick_copies, data)  # behind the job that may still use one
        work.on_close(partial(work.run, remove, lambda _: None))
        self._remove_copies()  # what a kiosk that ended has left
        self._look()

    @Slot()
    def _look(self) -> None:
        if not self._is_looking and self._state == "looking":
            self._is_looking = True
            self._work.run(lambda: find_contents(find_sticks(self._data)), self._list, self._fail)

    def _list(self, found: list[StickContent]) -> None:
        self._is_looking = False
        self._contents = found
        self._rows.replace([_row(content) for content in found])
        self.changed.emit()

    @Slot(int)
    def check(self, index: int) -> None:
        """Check a content; nothing on screen changes."""
        if self._state != "looking" or not 0 <= index < len(self._contents):
            return
        content = self._contents[index]
        self._message = ""
        self._title, self._lead = self._words.checking_content, self._words.checking_content_lead
        self._set_state("checking")
        job = partial(check_content, content, self._data, int(self._read_status().version or 0))
        self._work.run(partial(_outcome, job), partial(self._report, content), self._fail)

    def _report(self, content: StickContent, outcome: CheckedContent | str) -> None:
        if isinstance(outcome, str):
            self._message = outcome
            self._forget()
            return
        is_shown = outcome.copy is not None and not outcome.changes
        self._checked = outcome if outcome.copy is not None and not is_shown else None
        self._title, self._lead = _title(outcome), _lead(content, outcome)
        self._problems.replace(problem_lines(outcome.problems, MOST_PROBLEMS))
        self._changes.replace(_change_rows(outcome.changes))
        self._set_state("refused" if self._checked is None else "checked")

    @Slot()
    def cancel(self) -> None:
        """Leave everything as it is."""
        if self._state in {"refused", "checked"}:
            self._forget()

    @Slot()
    def show(self) -> None:
        """Show what was checked."""
        checked = self._checked
        if self._state != "checked" or checked is None:
            return
        self._set_state("showing")
        content = Path(self._read_status().content)
        job = partial(show_content, checked, self._data, content)
        self._work.run(partial(_outcome, job), self._on_shown, self._fail)

    def _on_shown(self, outcome: object) -> None:
        self._message = outcome if isinstance(outcome, str) else ""
        self._forget()
        self.shown.emit()

    def _fail(self, _: Exception) -> None:
        self._is_looking = False
        self._message = "This could not be done; ask for help."
        self._forget()

    def _forget(self) -> None:
        self._checked = None
        self._title = self._lead = ""
        self._problems.replace(())
        self._changes.replace(())
        self._remove_copies()
        self._set_state("looking")

    def _remove_copies(self) -> None:
        self._work.run(partial(remove_stick_copies, self._data), lambda _: None)

    def _set_state(self, state: State) -> None:
        self._state = state
        self.changed.emit()

    # For QML

    @Property(str, notify=changed)
    def state(self) -> str:
        return self._state

    @Property(bool, notify=changed)
    def isInFront(self) -> bool:
        """Whether one content is being dealt with, and nothing else."""
        return self._state != "looking"

    @Property(bool, notify=changed)
    def isBusy(self) -> bool:
        """Whether something that was asked for is not done yet."""
        return self._state in {"checking", "showing"}

    @Property(RowsModel, constant=True)
    def contents(self) -> RowsModel:
        return self._rows

    @Property(str, notify=changed)
    def title(self) -> str:
        """What is going on, or what the check has found, in a few words."""
        return self._title

    @Property(str, notify=changed)
    def lead(self) -> str:
        """What that means."""
        return self._lead

    @Property(RowsModel, constant=True)
    def problems(self) -> RowsModel:
        """Errors, or what should be looked at."""
        return self._problems

    @Property(RowsModel, constant=True)
    def changes(self) -> RowsModel:
        return self._changes

    @Property(str, notify=changed)
    def message(self) -> str:
        """What went wrong."""
        return self._message


def _outcome(job: Callable[[], object]) -> object:
    try:
        return job()
    except StickContentRefused as error:
        return str(error)


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


def problem_lines(problems: Sequence[Problem], most: int) -> list[ProblemLine]:
    """The first problems with their lines, and how many more there are."""
    lines = [
        ProblemLine(f"Line {problem.spot.line}", problem.message) for problem in problems[:most]
    ]
    more = count_of(problems[most:])
    return [*lines, *([ProblemLine("", f"{more:,} more")] if more else [])]


def _change_rows(changes: tuple[str, ...]) -> list[ChangeRow]:
    rows = [ChangeRow(f"{text[:1].upper()}{text[1:]}") for text in changes[:MOST_CHANGES]]
    more = len(changes) - MOST_CHANGES
    return [*rows, *([ChangeRow(f"{more:,} more")] if more > 0 else [])]
