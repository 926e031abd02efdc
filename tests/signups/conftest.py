"""Signups, queues on a real disk, and processes of their own to kill."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.signups.store.queue import Queue
from tests.conftest import Python

Child = Callable[..., subprocess.Popen[str]]

PRELUDE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from kiosk.signups.store.queue import Queue
from kiosk.signups.form import Consent, Person, Signup, Provenance, new_id

def make_signup(name=""):
    stamp = Provenance(datetime.now(UTC), True, "front window", "0" * 64)
    person = Person("v@example.com", name, "")
    return Signup(new_id(), person, Consent("1", "en", "Yes", "Who we are"), stamp)

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

"""
"""What the code of every process of its own may use."""


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    """An empty queue in the test's folder."""
    with Queue.open(tmp_path) as queue:
        yield queue


@pytest.fixture
def child(python: Python) -> Child:
    """Start a Python process that runs PRELUDE and some code."""
    return lambda code, *arguments: python(PRELUDE + code, *arguments)
