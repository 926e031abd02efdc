"""A showroom without a window, on a clock that the test sets and may call wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QAbstractItemModel, QTimer

from kiosk import cli
from kiosk.operation.clock import StoppedClock
from kiosk.showroom.presenter import Presenter
from kiosk.showroom.start_screens import StartScreens
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.form import Provenance, Signup
from kiosk.toolkit.runner import Runner

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import HandDrained

ZONE = "America/Chicago"
NOON = datetime(2024, 5, 1, 12, tzinfo=ZoneInfo(ZONE))
REAL = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
"""What time it is while the showroom shows that noon."""


@dataclass(frozen=True, slots=True)
class Hands(StoppedClock):
    """A clock that stands until the test sets it."""

    at: list[datetime] = ()

    def now(self) -> datetime:
        return self.at[-1]


class Steady:
    """The clock that goes on while the machine sleeps, and that pauses are timed by."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Tray:
    """A desk that keeps what it is handed."""

    def __init__(self) -> None:
        self.signups: list[Signup] = []

    def is_open(self) -> bool:
        return True

    def save(self, signup: Signup) -> None:
        self.signups.append(signup)


class Scene:
    """Asleep at first."""

    def __init__(self, executor: HandDrained) -> None:
        self.showroom = ShowroomViewModel()
        self.navigation = self.showroom.navigation
        self.store = Tray()
        self.is_trusted = True
        self._at = [NOON]
        self.presenter = Presenter(
            self.showroom,
            Hands(at=self._at),
            self.store,
            Runner(executor, self.showroom),
            lambda digest: Provenance(REAL, True, "Front window", digest),
            self.showroom,
            is_clock_trusted=lambda: self.is_trusted,
        )

    def show(self, loaded: Loaded) -> StartScreens:
        screens = self.presenter.present(loaded)
        assert screens is not None
        return screens

    def set_clock(self, moment: datetime) -> None:
        self._at.append(moment.astimezone(UTC))

    @property
    def timer(self) -> QTimer:
        (timer,) = self.presenter.findChildren(QTimer)
        assert timer.isSingleShot()
        assert timer.isActive()
        return timer

    def ring(self) -> None:
        """The presenter's timer is up."""
        self.timer.timeout.emit()

    def wait_for_the_change(self) -> datetime:
        """The clock goes on until the timer is up; returns what it reads then."""
        self.set_clock(self._at[-1] + timedelta(milliseconds=self.timer.interval()))
        self.ring()
        return self._at[-1]

    def pass_a_day(self) -> None:
        self.set_clock(self._at[-1] + timedelta(days=1))
        self.ring()

    def idle_interval(self) -> int:
        """Milliseconds that a visitor may pause now."""
        timers = self.showroom.session.findChildren(QTimer)
        return next(timer for timer in timers if timer.isSingleShot()).interval()

    def posters(self) -> list[str]:
        model = self.showroom.posters
        both = zip(values(model, "figure"), values(model, "headline"), strict=True)
        return [figure or headline for figure, headline in both]

    def doors(self) -> list[str]:
        return values(self.navigation.doors, "placeId")

    def lines(self) -> list[str]:
        return values(self.navigation.doors, "line")


def values(model: QAbstractItemModel, role: str) -> list[Any]:
    """What the rows of a model hold under a name."""
    (number,) = (n for n, name in model.roleNames().items() if bytes(name.data()).decode() == role)
    return [model.data(model.index(row, 0), number) for row in range(model.rowCount())]


@pytest.fixture
def scene(qapp: object, executor: HandDrained) -> Scene:
    return Scene(executor)


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence of a command that is refused before Qt is asked for anything."""
    try:
        status: object = cli.main(list(words))
    except SystemExit as wrong_use:
        status = wrong_use.code
    error = capsys.readouterr().err
    assert (status, error.count("\n")) == (2, 1), error
    return error
