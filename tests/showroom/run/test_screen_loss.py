"""A television that is switched off is no crash, however often; a compositor that crashes is."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.operation.start_record import CRASHES_TO_SAFE_MODE, StartRecord
from kiosk.showroom.run import screen_loss
from kiosk.showroom.run.screen_loss import BROKEN_CONNECTION, ScreenLoss

MESSAGE = f"{BROKEN_CONNECTION}. Did the Wayland compositor die?"


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    log = logging.getLogger("a kiosk")
    yield log
    log.handlers.clear()


@pytest.mark.parametrize("are_off", [True, False])
def test_only_a_screen_that_is_off_keeps_starts_from_counting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: logging.Logger, *, are_off: bool
) -> None:
    monkeypatch.setattr(screen_loss, "are_screens_off", lambda: are_off)
    for _ in range(CRASHES_TO_SAFE_MODE):
        record = StartRecord(tmp_path)
        record.begin()
        log.handlers = [ScreenLoss(record.withdraw)]
        log.warning("%s", MESSAGE)

    assert StartRecord(tmp_path).needs_safe_mode != are_off


def test_other_messages_are_no_lost_screen(
    monkeypatch: pytest.MonkeyPatch, log: logging.Logger
) -> None:
    calls: list[None] = []
    monkeypatch.setattr(screen_loss, "are_screens_off", lambda: True)
    log.handlers = [ScreenLoss(lambda: calls.append(None))]

    log.warning("a picture cannot be read")
    assert calls == []
    log.warning("%s", MESSAGE)
    assert calls == [None]
