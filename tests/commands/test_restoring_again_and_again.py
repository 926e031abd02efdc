"""Backups restored in any order, recoveries, erasures and exports between them."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from kiosk.operation.backup.archive import replaced_folders
from kiosk.signups.store.database import FILE_NAME
from tests.commands.conftest import NOW, Kiosk
from tests.commands.signup_files import signups_in
from tests.long_runs import IS_LONG

STEPS = 40


class Manager:
    """Does one thing after another, and knows what must be true after each."""

    def __init__(self, kiosk: Kiosk, chance: random.Random) -> None:
        self._kiosk = kiosk
        self._chance = chance
        self._captured: set[str] = set()
        self._erased: set[str] = set()
        self._exported: list[str] = []
        self._objected: set[str] = set()
        self._backups: list[str] = []
        self._files = 0

    def do_something(self) -> None:
        often = [self.capture, self.back_up, self.restore, self.export]
        self._chance.choice([*often, *often, self.erase, self.recover])()

    def capture(self) -> None:
        """A visitor signs up, and perhaps somebody who has objected before."""
        emails = [f"visitor-{len(self._captured)}@example.com"]
        if self._objected and self._chance.random() < 0.5:
            emails.append(self._chance.choice(sorted(self._objected)))
        self._captured |= {signup.id for signup in self._kiosk.fill(*emails)}

    def erase(self) -> None:
        present = _signups(self._kiosk.data)
        if not present:
            return
        person = self._chance.choice(sorted(present.values()))
        objects = self._chance.random() < 0.5
        self._run("erase", person, *(["--suppress"] if objects else []))
        self._erased |= {id_ for id_, email in present.items() if email == person}
        self._objected |= {person} if objects else set()

    def export(self) -> None:
        file = self._new_file("jsonl")
        self._run("export", "--out", file)
        lines = Path(file).read_text("utf-8").splitlines() if Path(file).exists() else []
        for row in map(json.loads, lines):
            self._exported.append(row["id"])
            assert row["suppressed"] == (row["email"] in self._objected)

    def back_up(self) -> None:
        self._backups.append(self._new_file("zip"))
        self._run("backup", "--out", self._backups[-1])

    def restore(self) -> None:
        if self._backups:
            self._run("restore", self._chance.choice(self._backups), "--replace")

    def recover(self) -> None:
        """What any restore has set aside."""
        files = [folder / FILE_NAME for folder in replaced_folders(self._kiosk.data)]
        if files := [file for file in files if file.exists()]:
            self._run("recover", self._chance.choice(files))

    def check(self) -> None:
        """No erased signup is back, none was exported twice, and none is lost."""
        present = _signups(self._kiosk.data).keys()
        assert not present & self._erased
        assert len(self._exported) == len(set(self._exported))
        aside = {id_ for each in replaced_folders(self._kiosk.data) for id_ in _signups(each)}
        assert self._captured <= present | aside | self._erased

    def _run(self, *arguments: str | Path) -> None:
        done = self._kiosk(*arguments)
        assert done.status == 0, done

    def _new_file(self, suffix: str) -> str:
        self._files += 1
        return f"{self._files}.{suffix}"


def _signups(folder: Path) -> dict[str, str]:
    """The address of each signup, by its id."""
    if not (folder / FILE_NAME).exists():
        return {}
    return {signup.id: signup.person.email for signup in signups_in(folder)}


@pytest.mark.parametrize("seed", range(100 if IS_LONG else 4))
def test_no_order_brings_back_the_erased_or_exports_or_loses_anybody(
    kiosk: Kiosk, moment: time_machine.Coordinates, seed: int
) -> None:
    manager = Manager(kiosk, random.Random(seed))
    for step in range(STEPS):
        moment.move_to(NOW + timedelta(minutes=step))
        manager.do_something()
        manager.check()
