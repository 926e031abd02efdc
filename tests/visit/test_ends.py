"""How a kiosk ended is in its log and known to the next start."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from kiosk.operation.status import read_status
from tests.conftest import Contents
from tests.visit.conftest import Launch
from tests.visit.test_real_window import eventually

OFF_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
BUSY = """
import sys
from PySide6.QtCore import QTimer
from kiosk.cli import main
from kiosk.showroom.run import kiosk
usual = kiosk.Kiosk.log_start
def hang():
    print("hangs", flush=True)
    while True:
        pass
def start(self):
    usual(self)
    QTimer.singleShot(100, hang)
kiosk.Kiosk.log_start = start
sys.exit(main())
"""

pytestmark = pytest.mark.slow(reason="starts the kiosk several times")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_log_and_the_next_start_know_the_signal(
    launch: Launch, contents: Contents, tmp_path: Path, number: signal.Signals
) -> None:
    data = tmp_path / "data"
    arguments = ("--content", contents.write(contents.timeline()), "--data", data)
    first = launch(*arguments, **OFF_SCREEN)
    eventually(lambda: "started with" in log_in(data))
    first.send_signal(number)
    assert first.wait(60) == -number

    launch(*arguments, **OFF_SCREEN)
    eventually(lambda: log_in(data).count("started with") == 2)

    end = "ended without notice" if number == signal.SIGKILL else f"was ended by {number.name} at"
    assert f"the run before it {end}" in log_in(data)
    assert (f"the kiosk was ended by {number.name}\n" in log_in(data)) is (number != signal.SIGKILL)
    eventually(lambda: read_status(data).starts == "2")
    assert read_status(data).unexpected_ends == str(int(number == signal.SIGKILL))


def test_a_kiosk_that_hangs_ends_at_once_and_says_so(
    launch: Launch, contents: Contents, tmp_path: Path
) -> None:
    data, program = tmp_path / "data", tmp_path / "busy.py"
    program.write_text(BUSY)
    content = contents.write(contents.timeline())
    kiosk = launch("--content", content, "--data", data, program=(str(program),), **OFF_SCREEN)
    assert kiosk.stdout is not None
    assert kiosk.stdout.readline() == "hangs\n"

    kiosk.terminate()

    assert kiosk.wait(20) == -signal.SIGTERM
    assert "the kiosk was ended by SIGTERM\n" in log_in(data)
    assert read_status(data).end == "SIGTERM"


def log_in(data: Path) -> str:
    file = data / "kiosk.log"
    return file.read_text() if file.exists() else ""
