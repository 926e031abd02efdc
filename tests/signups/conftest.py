"""Signups, queues on a real disk, and processes of their own to kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.signups.queue import Queue
from kiosk.signups.signup import Signup, new_id

REPOSITORY = Path(__file__).parents[2]
MakeSignup = Callable[..., Signup]
Child = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def make_signup() -> MakeSignup:
    """A signup with an id of its own, fields as asked for."""

    def make(**fields: object) -> Signup:
        usual: dict[str, object] = {
            "id": new_id(),
            "created_at": datetime(2024, 5, 1, 9, 30, tzinfo=UTC),
            "email": "vera@example.com",
            "name": "Vera Visitor",
            "postal_code": "62701",
            "consent_wording": "Yes, please.",
            "consent_version": "2024-1",
            "language": "en",
        }
        return Signup(**{**usual, **fields})  # type: ignore[arg-type]

    return make


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    """An empty queue in the test's folder."""
    with Queue.open(tmp_path) as queue:
        yield queue


@pytest.fixture
def child() -> Iterator[Child]:
    """Start a Python process that runs some code; none of them outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
