"""A kiosk that has started makes the signups of an earlier version ready, whoever comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.signups.store.database import FILE_NAME, QueueTooNew
from kiosk.signups.store.queue import Queue
from tests.faults.windowless import Windowless
from tests.signups.tomorrow import tomorrow

if TYPE_CHECKING:
    from tests.conftest import Contents


@pytest.fixture
def machine(
    qapp: QGuiApplication,
    contents: Contents,
    tmp_path: Path,
    work_off: Callable[[], None],
    closed_desks: None,
) -> Iterator[Windowless]:
    data = tmp_path / "data"
    data.mkdir()
    machine = Windowless(contents.write(contents.signup()), data, work_off)
    yield machine
    machine.close()


def start(machine: Windowless) -> None:
    """And let some seconds pass."""
    machine.start()
    machine.work()
    assert machine.kiosk is not None
    assert machine.kiosk._migration_timer.isActive()
    machine.kiosk._migration_timer.timeout.emit()
    machine.work()


def test_signups_are_migrated_though_nobody_opens_the_form(machine: Windowless) -> None:
    Queue.open(machine.data).close()

    with tomorrow():
        start(machine)
        Queue.open_read_only(machine.data).close()

    with pytest.raises(QueueTooNew):
        Queue.open_read_only(machine.data)


def test_they_are_migrated_where_the_content_cannot_be_shown(machine: Windowless) -> None:
    Queue.open(machine.data).close()
    machine.content.write_text("nonsense")

    with tomorrow():
        start(machine)
        Queue.open_read_only(machine.data).close()


def test_no_database_is_created_before_the_first_signup(machine: Windowless) -> None:
    start(machine)

    assert not (machine.data / FILE_NAME).exists()
