"""A command that cannot be done, in this process: it is refused before Qt is asked for anything."""

from __future__ import annotations

import pytest

from kiosk import cli


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence that it ends with."""
    try:
        status: object = cli.main(list(words))
    except SystemExit as wrong_use:
        status = wrong_use.code
    error = capsys.readouterr().err
    assert (status, error.count("\n")) == (2, 1), error
    return error
