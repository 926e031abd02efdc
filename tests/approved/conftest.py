"""`--approve`: how the screens look now becomes what is approved."""

from __future__ import annotations

import pytest

REPORT = pytest.StashKey[list[str]]()
"""What was approved, for the end of the run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--approve", action="store_true", help="approve how the screens look now")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[REPORT] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash[REPORT]:
        terminalreporter.write_line(line)
