"""What is under way with the kiosk's version, or was last: the file `record` of `UPDATES`.

It is written before each step by the script `update`, which a power cut cannot keep from going on,
and begun by `updating.py`.
"""

from __future__ import annotations

import shlex
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from kiosk.files import read_small_file
from kiosk.operation.service.plan import UPDATE_UNIT, UPDATES

RECORD = UPDATES / "record"
PREPARED, INSTALLING, TRYING = "prepared", "installing", "trying"
UPDATED, UNDONE, ROLLED_BACK = "updated", "undone", "rolled-back"
GOING_BACK = "going back: "
"""Stands before what it will be called once it is done."""
OVER = frozenset({UPDATED, UNDONE, ROLLED_BACK})
LONGEST_PHASE = timedelta(hours=1)
"""Each takes minutes, on a slow disk, too."""


class UpdateRecord(NamedTuple):
    """All values are texts, empty if unknown.

    `before` and `after` are the versions; `previous` is the one that a rollback would lead to. `at`
    is when the phase began, in ISO 8601; `reason` is why an update was undone.
    """

    phase: str = ""
    before: str = ""
    after: str = ""
    previous: str = ""
    reason: str = ""
    at: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing is under way."""
        return not self.phase or self.phase in OVER

    @property
    def is_undone(self) -> bool:
        """Whether somebody wanted another version than the one that runs."""
        return self.phase == UNDONE

    def is_stuck(self, now: datetime) -> bool:
        """Whether it has stopped half way."""
        if self.is_over:
            return False
        try:
            return now - datetime.fromisoformat(self.at).astimezone() > LONGEST_PHASE
        except (ValueError, OverflowError):  # damaged
            return True

    def finding(self, now: datetime) -> tuple[str, bool]:
        """A sentence, empty if there was no update yet, and whether it needs attention."""
        if self.is_stuck(now):
            text = (
                f"{self.describe()}, and has stopped half way; restart the machine, which goes on"
                f" with it; 'journalctl --unit={UPDATE_UNIT}' says why"
            )
            return text, True
        return self.describe(), self.is_undone

    def describe(self) -> str:
        """In a sentence; empty if there was no update yet."""
        when = self.at[:16].replace("T", " ")
        before, after = f"version {self.before}", f"version {self.after}"
        if self.phase == UPDATED:
            return f"{after} has replaced {before}, {when}"
        if self.phase == ROLLED_BACK:
            return f"{before} has replaced {after} again, {when}"
        if self.phase == UNDONE:
            return (
                f"{after} was undone: {self.reason}. Version {self.before} is back, {when};"
                f" 'journalctl --unit={UPDATE_UNIT}' says more"
            )
        if self.phase.startswith(GOING_BACK):
            return f"going back from {after} to {before}, since {when}"
        if self.phase == TRYING:
            return f"{after} is being tried, since {when}"
        return f"{after} is being installed, since {when}" if self.phase else ""


def read_record(root: Path = Path("/")) -> UpdateRecord:
    """The record on a machine; unreadable parts are left empty."""
    try:
        text = read_small_file(root / RECORD.relative_to("/")).decode(errors="replace")
    except OSError:
        return UpdateRecord()
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    values = {name: _unquoted(value) for name, value in pairs if name in UpdateRecord._fields}
    return UpdateRecord(**values)


def format_record(record: UpdateRecord) -> str:
    """As the script reads it."""
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in record._asdict().items())


def _unquoted(value: str) -> str:
    try:
        return "".join(shlex.split(value))
    except ValueError:
        return ""
