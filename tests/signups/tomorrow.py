"""The kiosk of tomorrow, whose schema has one step more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.signups.store import migrations
from kiosk.signups.store.migrations import LATEST_VERSION, STEPS, Step

TOMORROW = LATEST_VERSION + 1


def note_arrivals(connection: sqlite3.Connection) -> None:
    """A step of several statements that reads and writes every signup."""
    connection.execute("ALTER TABLE signups ADD COLUMN campaign TEXT NOT NULL DEFAULT ''")
    connection.execute("CREATE TABLE arrivals (number INTEGER PRIMARY KEY, id TEXT) STRICT")
    connection.execute("INSERT INTO arrivals SELECT number, id || created_at FROM signups")
    connection.execute("UPDATE signups SET campaign = (SELECT count(*) FROM arrivals)")


def begin(step: Step = note_arrivals) -> None:
    """From now on this process is a kiosk of tomorrow."""
    migrations.STEPS = (*STEPS, step)
    migrations.LATEST_VERSION = TOMORROW


@contextmanager
def tomorrow(step: Step = note_arrivals) -> Iterator[None]:
    """Inside, this process is a kiosk of tomorrow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*STEPS, step))
        patch.setattr(migrations, "LATEST_VERSION", TOMORROW)
        yield
