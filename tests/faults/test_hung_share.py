"""The content lies on a file share that hangs: signups go on, and looks do not pile up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.content.versions.current_content import ContentTracker
from kiosk.operation.status import read_status
from tests.faults.windowless import Windowless

if TYPE_CHECKING:
    from tests.conftest import Contents


@pytest.fixture
def start(
    qapp: QGuiApplication,
    tmp_path: Path,
    work_off: Callable[[], None],
    closed_desks: None,
) -> Iterator[Callable[[Path], Windowless]]:
    kiosks: list[Windowless] = []

    data = tmp_path / "data"
    data.mkdir()

    def begin(content: Path) -> Windowless:
        kiosks.append(Windowless(content, data, work_off))
        kiosks[-1].start()
        return kiosks[-1]

    yield begin
    for started in kiosks:
        started.close()


def test_a_signup_is_stored_while_a_look_at_the_content_hangs(
    start: Callable[[Path], Windowless], contents: Contents
) -> None:
    kiosk = start(contents.write(contents.signup()))
    kiosk.store()
    for _ in range(20):  # a second each, as a share is looked at
        kiosk.kiosk._reader.watch()
        kiosk.kiosk._reader.read()

    kiosk.open_form()
    assert kiosk.send_form() == "thanked"
    assert kiosk.reading.drain() == 1, "looks pile up"
    assert len(kiosk.stored()) == 1


def test_what_was_asked_for_while_a_look_hung_is_looked_at_once_afterwards(
    start: Callable[[Path], Windowless], contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = start(contents.write(contents.signup()))
    kiosk.work()
    looks: list[ContentTracker] = []
    poll = ContentTracker.poll
    monkeypatch.setattr(
        ContentTracker, "poll", lambda tracker: looks.append(tracker) or poll(tracker)
    )
    for _ in range(5):
        kiosk.kiosk._reader.read()
    assert looks == []

    kiosk.work()

    assert len(looks) == 2


def test_a_signup_is_dated_by_the_showrooms_clock(
    start: Callable[[Path], Windowless], contents: Contents
) -> None:
    kiosk = start(contents.write(contents.signup(), time_zone="Pacific/Kiritimati"))
    kiosk.open_form()
    kiosk.send_form()
    (signup,) = kiosk.stored()
    assert signup.provenance.created_at.isoformat().endswith("+14:00")
    assert read_status(kiosk.data).time_zone == "Pacific/Kiritimati"


def test_a_start_with_a_broken_file_tells_which_version_is_shown_instead(
    start: Callable[[Path], Windowless], contents: Contents
) -> None:
    first = start(contents.write(contents.timeline()))
    first.work()
    first.close()
    contents.file.write_text("brand: [\n")

    second = start(contents.file)
    second.work()

    assert second.showroom.ready
    assert read_status(second.data).version == "1"
