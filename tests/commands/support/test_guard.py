"""Whatever ends a command or refuses its output, no address is left lying about."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.commands.support.guard import guarded
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup

CHECKOUT = Path(__file__).parents[3]
EXPORT_AND_WAIT = """
import os, signal, sys, time
from kiosk.cli import main
ignored = sys.argv[2] == "ignored"
signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)

def wait(_):
    print("waiting", flush=True)
    time.sleep(0.5 if ignored else 60)

os.fsync = wait
sys.exit(main(["export", "--data", sys.argv[1], "--out", sys.argv[1] + "/../out.xlsx"]))
"""


@pytest.fixture
def filled(data: Path) -> Path:
    """A data folder with one signup."""
    with Queue.open(data) as queue:
        queue.add(make_signup())
    return data


def _export(data: Path, signals: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", EXPORT_AND_WAIT, str(data), signals],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_asked_to_end_cleans_up(
    filled: Path, tmp_path: Path, number: signal.Signals
) -> None:
    process = _export(filled, "usual")

    process.send_signal(number)
    _, output = process.communicate(timeout=300)

    assert (process.returncode, output) == (128 + number, "")
    assert list(tmp_path.iterdir()) == [filled]


def test_a_command_that_outlives_its_terminal_goes_on(filled: Path, tmp_path: Path) -> None:
    process = _export(filled, "ignored")

    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=300)

    assert process.returncode == 0
    assert (tmp_path / "out.xlsx").exists()


def test_a_crash_leaves_no_picture_of_the_memory_and_signals_are_given_back() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    before = signal.getsignal(signal.SIGTERM)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        with guarded():
            assert resource.getrlimit(resource.RLIMIT_CORE) == (0, hard)
            assert signal.getsignal(signal.SIGTERM) is not before
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("signups >/dev/full", "the output cannot be written (No space left on device)"),
        ("signups --json >/dev/full", "the output cannot be written (No space left on device)"),
        (
            "signups >&-",
            "the standard output is closed; leave it open, or redirect it to /dev/null",
        ),
        ("keys create --out k.json <&-", "there is no terminal to type the passphrase on; set"),
        ("erase --before 2099-01-01 <&-", "; pass --yes to confirm"),
        ("erase - <&-", "this is not a complete address"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_said_in_one_sentence(
    filled: Path, command: str, expected: str
) -> None:
    result = subprocess.run(
        [
            *("sh", "-c", f'exec "$0" "$2" {command} --data "$1"'),
            *(sys.executable, filled, CHECKOUT / "main.py"),
        ],
        cwd=filled.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("kiosk: ")
    assert expected in line
