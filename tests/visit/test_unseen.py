"""A kiosk whose screen is off at the start: no frame is ever drawn, and all else goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.content.versions.history import History
from kiosk.showroom.run import kiosk
from kiosk.showroom.run.true_clock import TrueClock
from kiosk.signups.store.local_store import LocalSignupStore

if TYPE_CHECKING:
    from tests.conftest import Contents, Visitor
    from tests.visit.conftest import RunKiosk, Running


@pytest.fixture(params=["first start", "later start"])
def unseen(
    request: pytest.FixtureRequest,
    run_kiosk: RunKiosk,
    contents: Contents,
    visit: type[Visitor],
    monkeypatch: pytest.MonkeyPatch,
) -> Running:
    """Unless it is the first, what was shown last is remembered, and the content is read later."""
    file = write(contents, "Before")
    if request.param == "later start":
        seen = run_kiosk(file)
        visit(seen.window).wait((seen.data / "opening.json").exists)
        (seen.data / "status.json").unlink(missing_ok=True)
    monkeypatch.setattr(kiosk, "UNSEEN_MS", 0)
    return run_kiosk(file, is_shown=False)


def write(contents: Contents, headline: str) -> Path:
    privacy = {"title": "Your details", "body": ["They stay here."], "retention_days": 30}
    return contents.write(
        contents.timeline(),
        contents.signup(privacy=privacy),
        home={"headline": headline, "lead": "It is."},
    )


@pytest.fixture(autouse=True)
def log_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process has one log file, and other kiosks were in this process before."""
    root = logging.getLogger()
    others = [handler for handler in root.handlers if not isinstance(handler, RotatingFileHandler)]
    monkeypatch.setattr(root, "handlers", [*others])
    yield
    for handler in set(root.handlers) - set(others):
        handler.close()


@pytest.fixture
def erased(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    days: list[int] = []
    monkeypatch.setattr(
        LocalSignupStore, "erase_expired", lambda _, stored: bool(days.append(stored))
    )
    monkeypatch.setattr(TrueClock, "is_trusted", lambda _: True)
    return days


@pytest.mark.slow(reason="waits for what a kiosk does some seconds after its start")
def test_without_a_first_frame_the_content_is_read_watched_and_kept_and_signups_erased(
    erased: list[int], unseen: Running, contents: Contents, visit: type[Visitor]
) -> None:
    patient = visit(unseen.window)
    showroom = unseen.showroom
    patient.wait(lambda: showroom.placesReady)
    patient.wait((unseen.data / "status.json").exists)
    patient.wait(lambda: erased)
    assert not unseen.window.isExposed()
    logging.getLogger("kiosk").error("something happened")
    assert "something happened" in (unseen.data / "kiosk.log").read_text("utf-8")

    write(contents, "After")
    patient.wait(lambda: showroom.headline == "After")
    assert History(unseen.data).latest() is not None
