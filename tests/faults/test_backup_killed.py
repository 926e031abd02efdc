"""A backup and a restore are killed at every system call that changes the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.operation.backup.archive import replaced_folders
from kiosk.operation.backup.reading import opened_backup
from kiosk.operation.backup.writing import back_up
from kiosk.operation.locks import command_lock, kiosk_lock
from kiosk.signups.output_files import remove_partial_files
from kiosk.signups.store.database import remove_leftover_recoveries
from kiosk.signups.store.erasure import erase_ids
from kiosk.signups.store.queue import Queue
from tests.faults.conftest import run_module
from tests.faults.system_calls import why_not
from tests.faults.visitors import now, signup, take_stock

BEFORE = [signup(number) for number in range(6)]
LATER = [signup(number) for number in range(6, 9)]
ERASED = BEFORE[0]


@pytest.fixture
def data(quick: Path) -> Path:
    """A data folder with signups, settings and a version of the content."""
    if reason := why_not():
        pytest.skip(reason)
    data = quick / "data"
    (data / "history" / "0001").mkdir(parents=True)
    (data / "history" / "0001" / "content.yaml").write_text("brand: {}\n")
    (data / "settings.toml").write_text('name = "as it was"\n')
    with Queue.open(data) as queue:
        for stored in BEFORE:
            queue.add(stored)
    return data


def test_a_backup_killed_at_any_call_is_complete_or_absent(data: Path, quick: Path) -> None:
    run_module("killing_at_calls", quick, "backup")

    complete = 0
    for round_ in (quick / "rounds").iterdir():
        remove_partial_files(round_)  # as the next backup does
        assert {file.name for file in round_.iterdir()} <= {"data", "out.zip"}
        if (round_ / "out.zip").exists():
            complete += 1
            with opened_backup(round_ / "out.zip") as backup:
                backup.unpack(round_ / "unpacked")
            with Queue.open(round_ / "unpacked") as queue:
                assert take_stock(queue).signups == BEFORE
        with Queue.open(round_ / "data") as queue:
            assert take_stock(queue).signups == BEFORE
    assert 3 <= complete < len(list((quick / "rounds").iterdir()))


def test_a_restore_killed_at_any_call_leaves_the_old_or_becomes_the_new(
    data: Path, quick: Path
) -> None:
    with command_lock(data), Queue.open(data) as queue:
        back_up(data, queue, quick / "backup.zip", now())
        for stored in LATER:
            queue.add(stored)
        erase_ids(queue, [ERASED.id], now())
    (data / "settings.toml").write_text('name = "later"\n')
    (data / "usage").write_text("not in the backup")

    run_module("killing_at_calls", quick, "restore")

    outcomes = [_outcome(round_ / "data") for round_ in (quick / "rounds").iterdir()]
    assert min(outcomes.count("old"), outcomes.count("new")) >= 3


def _outcome(data: Path) -> str:
    """Which of the two a data folder is once the kiosk has started; nothing may be lost."""
    with kiosk_lock(data):
        pass
    with command_lock(data):
        remove_leftover_recoveries(data)  # as every command does
    assert not [entry.name for entry in data.iterdir() if entry.name.startswith(".")]
    with Queue.open(data) as queue:
        found = take_stock(queue).signups
    name = (data / "settings.toml").read_text()
    assert (data / "history" / "0001" / "content.yaml").exists()
    aside = replaced_folders(data)
    if not aside:
        assert found == BEFORE[1:] + LATER
        assert name == 'name = "later"\n'
        assert (data / "usage").exists()
        return "old"
    (old,) = aside
    assert found == BEFORE[1:]
    assert name == 'name = "as it was"\n'
    assert not (data / "usage").exists()
    assert (old / "usage").exists()
    assert (old / "settings.toml").read_text() == 'name = "later"\n'
    with Queue.open(old) as queue:
        assert take_stock(queue).signups == BEFORE[1:] + LATER
    shutil.rmtree(data)
    return "new"
