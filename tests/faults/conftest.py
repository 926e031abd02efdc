"""Faults at random points and many times over; nothing is lost, nothing doubled."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.visit.conftest import launch, run_kiosk  # noqa: F401 # the same fixtures, for this folder

REPOSITORY = Path(__file__).parents[2]
IN_MEMORY = Path("/dev/shm")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever is in this folder is left out of a quick run."""
    folder = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def seed() -> int:
    """For a test's randomness; the test prints it, which shows when it fails."""
    return random.randrange(1 << 32)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one, for a test that does not need the disk itself."""
    if not IN_MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=IN_MEMORY, prefix="kiosk-") as folder:
        yield Path(folder)


def run_module(name: str, *arguments: object) -> str:
    """Run a module of this folder in a process of its own; returns what it printed."""
    command = [sys.executable, "-m", f"tests.faults.{name}", *map(str, arguments)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
