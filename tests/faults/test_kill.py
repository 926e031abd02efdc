"""Hundreds of kills while signups are taken: no thanked signup is lost, none is there twice."""

from __future__ import annotations

from pathlib import Path

from kiosk.signups.store.database import damaged_files
from kiosk.signups.store.queue import Queue
from tests.faults.conftest import run_module
from tests.faults.visitors import KEY, SIGN, take_stock
from tests.long_runs import IS_LONG

ROUNDS = 1000 if IS_LONG else 100


def test_kills_lose_no_thanked_signup_and_double_none(quick: Path, seed: int) -> None:
    print(f"seed {seed}")

    thanked = run_module("killing", quick, ROUNDS, seed).split()

    assert len(thanked) > ROUNDS
    with Queue.open(quick) as queue:
        found = take_stock(queue)
        sealed = queue.count() - queue.count_unsealed()
    stored = {signup.person.email: signup for signup in found.signups}
    assert len(stored) == len(found.signups)
    assert {f"{id_}{SIGN}" for id_ in thanked} <= stored.keys()
    assert len(stored) <= len(thanked) + ROUNDS
    assert all(f"{row.id}{SIGN}" == email for email, row in stored.items())
    assert ROUNDS / 4 < sealed < len(stored) - ROUNDS / 4
    assert found.ledger.key_id == KEY.id
    assert damaged_files(quick) == []  # nothing was taken for damaged
