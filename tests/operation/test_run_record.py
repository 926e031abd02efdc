"""What is known of a run that has ended, even if it could not say so itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.operation import boot as boot_module
from kiosk.operation.run_record import CLOSED, CRASH, POWER, begin_run, count_of, describe_end
from kiosk.operation.status import Status

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def boot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's boot id."""
    monkeypatch.setattr(boot_module, "BOOT_ID", tmp_path / "boot_id")
    (tmp_path / "boot_id").write_text("first\n")
    return tmp_path / "boot_id"


def test_the_first_start_follows_no_run(boot: Path) -> None:
    status = begin_run(Status(), NOW)
    assert (status.starts, status.unexpected_ends, status.last_end) == ("1", "0", "")
    assert status.started == NOW.isoformat()


@pytest.mark.parametrize(
    ("end", "next_boot", "known", "unexpected"),
    [
        (CLOSED, "first", CLOSED, "0"),
        ("SIGTERM", "second", "SIGTERM", "0"),
        ("", "first", CRASH, "1"),
        ("", "second", POWER, "1"),
    ],
)
def test_a_start_knows_how_the_run_before_it_ended(
    boot: Path, end: str, next_boot: str, known: str, unexpected: str
) -> None:
    before = begin_run(Status(), NOW)._replace(end=end, ended="2024-05-02T18:00:00+00:00")
    boot.write_text(next_boot)

    status = begin_run(before, NOW)

    assert (status.last_end, status.starts) == (known, "2")
    assert status.unexpected_ends == unexpected
    assert (status.end, status.ended) == ("", "")


def test_ends_read_as_sentences() -> None:
    ended = "2024-05-02T18:00:00+00:00"
    assert describe_end(CLOSED, ended) == "was closed at 2024-05-02 18:00"
    assert describe_end("SIGTERM", ended) == "was ended by SIGTERM at 2024-05-02 18:00"
    assert describe_end(CRASH, "") == "ended without notice: it was killed or crashed"


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "9" * 40, "many"])
def test_a_damaged_count_begins_again(text: str) -> None:
    assert count_of(text) == 0
