"""The content lies on a file share that hangs: signups go on, and looks do not pile up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.content.versions.keeping import Keeper
from kiosk.operation.clock import Clock
from kiosk.operation.status import read_status
from kiosk.showroom.run.kiosk import Kiosk, RunOptions
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.store.desk import Desk
from kiosk.signups.store.queue import Queue
from kiosk.toolkit.runner import Runner
from tests.conftest import HandDrained
from tests.faults.visitors import take_stock

if TYPE_CHECKING:
    from tests.conftest import Contents


class Halves:
    """A kiosk whose two threads do their work when the test lets them."""

    def __init__(self, content: Path, data: Path, work_off: Callable[[], None]) -> None:
        self.data = data
        self.reading, self.storing = HandDrained(), HandDrained()
        self._work_off = work_off
        self.showroom = ShowroomViewModel()
        runners = (Runner(executor, self.showroom) for executor in (self.reading, self.storing))
        options = RunOptions(content, data, None, Clock())
        self.kiosk = Kiosk(options, self.showroom, *runners)
        QTimer.singleShot(0, self.reading.drain)  # the share still answers
        self.kiosk.open()
        self.showroom.presented.emit()  # by the window, after its first frame

    def store(self) -> None:
        """The disk of the data folder answers; the share of the content does not."""
        while self.storing.drain():
            self._work_off()

    def read(self) -> None:
        while self.reading.drain():
            self._work_off()


@pytest.fixture
def start(
    qapp: QGuiApplication,
    tmp_path: Path,
    work_off: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Path], Halves]]:
    desks: list[Desk] = []
    kiosks: list[Halves] = []

    class ClosedAfterwards(Desk):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            desks.append(self)

    monkeypatch.setattr("kiosk.signups.store.desk.Desk", ClosedAfterwards)
    data = tmp_path / "data"
    data.mkdir()

    def begin(content: Path) -> Halves:
        kiosks.append(Halves(content, data, work_off))
        return kiosks[-1]

    yield begin
    for started in kiosks:
        started.kiosk.close()
    for desk in desks:
        desk.close()


def test_a_signup_is_stored_while_a_look_at_the_content_hangs(
    start: Callable[[Path], Halves], contents: Contents
) -> None:
    kiosk = start(contents.write(contents.signup()))
    kiosk.store()
    for _ in range(20):  # a second each, as a share is looked at
        kiosk.kiosk._reader.watch()
        kiosk.kiosk._reader.read()

    kiosk.showroom.navigation.open("signup")
    kiosk.store()
    form = kiosk.showroom.navigation.place
    form.email, form.consented = "vera@example.com", True
    form.submit()
    kiosk.store()

    assert form.state == "thanked"
    assert kiosk.reading.drain() == 1, "looks pile up"
    with Queue.open(kiosk.data) as queue:
        assert len(take_stock(queue).signups) == 1


def test_what_was_asked_for_while_a_look_hung_is_looked_at_once_afterwards(
    start: Callable[[Path], Halves], contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = start(contents.write(contents.signup()))
    kiosk.read()
    looks: list[Keeper] = []
    look = Keeper.look
    monkeypatch.setattr(Keeper, "look", lambda keeper: looks.append(keeper) or look(keeper))
    for _ in range(5):
        kiosk.kiosk._reader.read()
    assert looks == []

    kiosk.read()

    assert len(looks) == 2


def test_a_signup_is_dated_by_the_showrooms_clock(
    start: Callable[[Path], Halves], contents: Contents
) -> None:
    kiosk = start(contents.write(contents.signup(), time_zone="Pacific/Kiritimati"))
    kiosk.showroom.navigation.open("signup")
    form = kiosk.showroom.navigation.place
    form.email, form.consented = "vera@example.com", True
    form.submit()
    kiosk.store()

    with Queue.open(kiosk.data) as queue:
        (signup,) = take_stock(queue).signups
    assert signup.stamp.created_at.isoformat().endswith("+14:00")
    assert read_status(kiosk.data).time_zone == "Pacific/Kiritimati"


def test_a_start_with_a_broken_file_tells_which_version_is_shown_instead(
    start: Callable[[Path], Halves], contents: Contents
) -> None:
    first = start(contents.write(contents.timeline()))
    first.read()
    first.store()
    first.kiosk.close()
    contents.file.write_text("brand: [\n")

    second = start(contents.file)
    second.read()
    second.store()

    assert second.showroom.ready
    assert read_status(second.data).version == "1"
