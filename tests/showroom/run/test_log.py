"""The journal is told how serious a line is; elsewhere a line says when it was."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.showroom.run.log import JournalFormatter

LOG = """
import logging, os, sys
from kiosk.showroom.run.log import log_to_console
if sys.argv[1] == "journal":
    stream = os.fstat(2)
    os.environ["JOURNAL_STREAM"] = f"{stream.st_dev}:{stream.st_ino}"
elif sys.argv[1] == "another":
    os.environ["JOURNAL_STREAM"] = "1:2"
log_to_console()
logging.getLogger("kiosk.example").warning("first\\nsecond")
raise ValueError(sys.argv[2])  # Python 3.13 shows this line
"""


def logged(tmp_path: Path, stream: str) -> list[str]:
    with (tmp_path / "console").open("w") as console:
        environment = {name: v for name, v in os.environ.items() if name != "JOURNAL_STREAM"}
        subprocess.run(
            [sys.executable, "-c", LOG, stream, "what a visitor typed"],
            stderr=console,
            env=environment,
            check=False,
        )
    return (tmp_path / "console").read_text().splitlines()


def test_in_the_journal_every_line_has_its_priority_and_no_time(tmp_path: Path) -> None:
    first, second, *fault = logged(tmp_path, "journal")
    assert (first, second) == ("<4>kiosk.example: first", "<4>second")
    assert fault[0] == "<2>kiosk.showroom.run.log: ValueError"
    assert all(line.startswith("<2>") for line in fault)
    assert not any("typed" in line for line in fault)


@pytest.mark.parametrize("stream", ["none", "another"])
def test_elsewhere_a_line_has_its_time_and_level(tmp_path: Path, stream: str) -> None:
    """Also where the stream has been redirected since systemd set the variable."""
    first, *_ = logged(tmp_path, stream)
    assert first.endswith("WARNING kiosk.example: first")
    assert first[:2] == "20"


@pytest.mark.parametrize(
    ("level", "priority"),
    [(logging.CRITICAL, 2), (logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (33, 5)],
)
def test_levels_are_syslogs_priorities(level: int, priority: int) -> None:
    record = logging.LogRecord("kiosk", level, "", 0, "line", (), None)
    assert JournalFormatter().format(record) == f"<{priority}>kiosk: line"
