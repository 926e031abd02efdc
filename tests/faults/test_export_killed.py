"""An export is killed at every system call that changes the disk: its file is whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.signups.crypto.keys import install_key
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store.queue import Queue
from tests.faults.conftest import run_module
from tests.faults.system_calls import why_not
from tests.faults.visitors import KEY, exported_ids, now, signup, take_stock
from tests.long_runs import IS_LONG

BEFORE = [signup(number) for number in range(2)]
WAITING = [signup(number) for number in range(2, 14)]
WAITING_IDS = [row.id for row in WAITING]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "sealed"] + ["jsonl"] * IS_LONG)
def test_an_export_killed_at_any_call_is_whole_or_absent_and_made_good_by_the_next(
    ending: str, quick: Path
) -> None:
    if reason := why_not():
        pytest.skip(reason)
    (quick / "data").mkdir()
    with Queue.open(quick / "data") as queue:
        if ending == "sealed":
            install_key(quick / "data", KEY.public_key, now())
        key = KEY.public_key if ending == "sealed" else None
        for row in BEFORE:
            queue.add(row, key)
        export(queue, ExportRequest(quick / f"before.{ending}"), now())
        for row in WAITING:
            queue.add(row, key)

    run_module("killing_at_calls", quick, ending)

    states = [_state_after(round_, ending) for round_ in (quick / "rounds").iterdir()]
    nothing, unmarked, done = (False, False), (True, False), (True, True)
    assert set(states) == {nothing, unmarked, done}
    assert min(states.count(nothing), states.count(unmarked)) >= 3


def _state_after(folder: Path, ending: str) -> tuple[bool, bool]:
    """Whether there is a file and whether it is marked; the next export brings what was not."""
    out, again = folder / f"out.{ending}", folder / f"again.{ending}"
    is_there = out.exists()
    if is_there:
        assert exported_ids(out) == WAITING_IDS
    with Queue.open(folder / "data") as queue:
        stock = take_stock(queue)
        waiting = queue.count("new")
        is_marked = waiting == 0
        assert waiting == 0 or waiting == len(WAITING)
        assert is_there or not is_marked
        done = export(queue, ExportRequest(again if is_there else out), now())
        assert queue.count("new") == 0
    assert stock.signups == BEFORE + WAITING
    assert done.signups == waiting
    if waiting:
        assert exported_ids(done.file) == WAITING_IDS
    left = {file.name for file in folder.iterdir()} - {"data", out.name, again.name}
    assert not left
    return is_there, is_marked
