"""The power is cut after every single system call; what was promised is on the disk all the same.

A scene is played once under strace. Then every moment of it is built again on a model of a disk
that forgets what was not synced, in several ways, and the kiosk is started on what is left.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pytest

from kiosk.operation.folders import create_data_folder
from kiosk.signups.crypto import keys
from kiosk.signups.form import Signup
from kiosk.signups.store.database import FILE_NAME, damaged_files, migration_backups
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from tests.faults import scenarios
from tests.faults.disk_model import Disk, PowerCut
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.system_calls import Replay, record, why_not
from tests.faults.visitors import KEY, SIGN, now, signup, take_stock
from tests.long_runs import IS_LONG
from tests.signups.tomorrow import tomorrow

AT_RANDOM = 2 if IS_LONG else 1
"""Cuts that leave a random part of what was not synced, for each moment."""
FEW, MANY = 3, 12 if IS_LONG else 2
"""Where few things were not synced, that many cuts leave hardly any outcome out."""
NEXT = 99
"""The visitor who comes after the power is back."""

Content = dict[PurePosixPath, bytes | None]


@dataclass
class Promises:
    """What a process had said when the power was cut."""

    stored: set[int]
    arriving: set[int] = field(default_factory=set)
    leaving: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)
    exported: list[str] = field(default_factory=list)
    has_key: bool = False
    may_have_key: bool = False
    is_sealed: bool = False

    def hear(self, expected: str) -> None:
        """Take an announcement into account."""
        word, *rest = expected.split()
        match word:
            case "accepting":
                self.arriving = set(map(int, rest))
            case "thanked":
                self.arriving = set()
                self.stored |= set(map(int, rest))
            case "erasing":
                self.leaving = set(map(int, rest))
                self.stored -= self.leaving
            case "erased":
                self.leaving = set()
                self.erased |= set(map(int, rest))
            case "exporting" | "installing" | "sealing":
                self.may_have_key |= word == "installing"
            case "exported":
                self.exported += rest
            case "installed":
                self.has_key = True
            case "sealed":
                self.is_sealed = True
            case _:
                raise AssertionError(expected)


@pytest.mark.parametrize("name", [name for name in SCENARIOS if IS_LONG or "jsonl" not in name])
def test_a_power_cut_at_any_moment_breaks_no_promise(name: str, quick: Path, seed: int) -> None:
    if reason := why_not():
        pytest.skip(reason)
    print(f"seed {seed}")
    scenario, folder, found = SCENARIOS[name], quick / "world", quick / "found"
    folder.mkdir()
    scenario.prepare(folder)
    disk = Disk.holding(folder)
    promises = Promises(set(scenario.before))
    promises.has_key = promises.may_have_key = (folder / "data" / keys.PUBLIC_KEY_FILE).exists()
    calls = record("scenarios", name, folder, trace=quick / "trace")
    intact = {file.name: file.read_bytes() for file in (folder / "exports").glob("*.*")}
    checked = set()

    for output in Replay(disk, folder).run(calls):
        if output:
            promises.hear(output)
        seed += 1
        for content in _found_after_cuts(disk, seed):
            state = hash((tuple(content.items()), repr(promises)))
            if state not in checked:
                checked.add(state)
                _write(content, found)
                with tomorrow() if scenario.play is scenarios.updated else nullcontext():
                    _check(found, promises, scenario, intact)

    assert disk.after(PowerCut(1)) == Disk.holding(folder).after(PowerCut(1))  # the model is true
    assert len(checked) > 50


def _found_after_cuts(disk: Disk, seed: int) -> Iterator[Content]:
    yield disk.after(PowerCut(0))
    if uncertain := disk.uncertain():
        if IS_LONG or seed % 2:
            yield disk.after(PowerCut(1))
        count = MANY if uncertain <= FEW else AT_RANDOM
        for number in range(count):
            yield disk.after(PowerCut((number + 1) / (count + 1), seed * MANY + number))


def _write(content: Content, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, held in content.items():
        if held is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(held)


def _check(found: Path, promises: Promises, scenario: Scenario, intact: dict[str, bytes]) -> None:
    _check_for_traces(found, promises)
    data = scenarios.data(found)
    create_data_folder(data)
    with Queue.open(data) if scenario.prepare is not scenarios.damaged else _desks(data) as queue:
        stock = take_stock(queue)
        marked = {facts.file_name for facts in queue.exports()} - {scenarios.EXPORTED_FILE}
    _check_signups(stock.signups, promises)
    _check_exports(found, marked, promises, intact)
    if scenario.prepare is scenarios.damaged:
        _check_what_was_damaged(data)
    else:
        assert damaged_files(data) == []

    key = keys.load_installed_key(data)
    assert key == KEY.public_key or not promises.has_key
    assert key is None or promises.may_have_key
    if promises.is_sealed:
        assert stock.ledger.unsealed_count == 0
    if scenario.play is scenarios.updated:
        for copy in migration_backups(data):
            assert _ids(copy) == [signup(number).id for number in scenario.before]

    store = LocalSignupStore(data, now)
    store.save(signup(NEXT))
    store.close()
    with Queue.open_read_only(data) as queue:
        assert take_stock(queue).signups == [*stock.signups, signup(NEXT)]
    _check_for_traces(found, promises)


def _desks(data: Path) -> Queue:
    """The queue after the desk has set a damaged file aside."""
    store = LocalSignupStore(data, now)
    assert store.is_open()
    store.close()
    return Queue.open(data)


def _ids(copy: Path) -> list[str]:
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [id_ for (id_,) in file.execute("SELECT id FROM signups ORDER BY number")]


def _check_signups(stored: list[Signup], promises: Promises) -> None:
    numbers = [int(row.person.email.removesuffix(SIGN)) for row in stored]
    assert len(numbers) == len(set(numbers))
    assert promises.stored <= set(numbers)
    assert set(numbers) <= promises.stored | promises.arriving | promises.leaving
    assert set(numbers) & promises.leaving in (set(), promises.leaving)
    assert stored == [signup(number) for number in numbers]


def _check_exports(
    found: Path, marked: set[str], promises: Promises, intact: dict[str, bytes]
) -> None:
    there = {file.name: file.read_bytes() for file in (found / "exports").glob("[!.]*")}
    for name, content in there.items():
        assert content == intact[name]
    assert marked <= there.keys()
    assert set(promises.exported) <= marked


def _check_for_traces(found: Path, promises: Promises) -> None:
    """What was erased, or sealed in place, is in no file of the data folder."""
    gone = [f"{number:03}{SIGN}".encode() for number in promises.erased]
    if promises.is_sealed:
        gone.append(SIGN.encode())
    for file in (found / "data").glob("*"):
        content = file.read_bytes()
        assert not any(address in content for address in gone), file.name


def _check_what_was_damaged(data: Path) -> None:
    stored = {file.read_bytes() for file in data.iterdir()}
    assert {scenarios.DAMAGED, scenarios.DAMAGED_JOURNAL} <= stored
    assert (data / FILE_NAME).exists()
