"""Brings a loaded content file on screen and keeps it true to the hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.content import dates
from kiosk.content.check.loading import Loaded
from kiosk.content.problems import Problem
from kiosk.operation.clock import Clock
from kiosk.places.services import Services, SignupStore
from kiosk.places.viewmodel import PlaceViewModel, view_model_of
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.screenplay import Screenplay, derive_screenplay
from kiosk.showroom.start_screens import StartScreens
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.form import Provenance
from kiosk.toolkit.runner import Runner

LOOK_AT_CLOCK = timedelta(hours=1)
"""At the latest: a clock that jumps is noticed, a sleeping machine is hardly woken."""
A_MOMENT_LATER_MS = 1000
"""A timer may fire a little early."""
MOST_PROBLEMS_SHOWN = 40


class Presenter(QObject):
    """Hands the showroom what the content says by the clock, again when something comes or goes.

    While the clock is not trusted, offers and whatever else has dates are held back.

    `provenance` says when and where a signup is made, given the content's digest; it does not go by
    `clock`, which may show another day.
    """

    def __init__(
        self,
        showroom: ShowroomViewModel,
        clock: Clock,
        signup_store: SignupStore,
        runner: Runner,
        provenance: Callable[[str], Provenance],
        parent: QObject | None = None,
        *,
        is_clock_trusted: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(parent)
        self._showroom = showroom
        self._clock = clock
        self._signup_store = signup_store
        self._runner = runner
        self._provenance = provenance
        self._is_clock_trusted = is_clock_trusted
        self._screenplay: Screenplay | None = None
        self._memory: dict[str, Any] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.follow_the_clock)
        # Timers stand still while the machine sleeps; whoever wakes the screen sees what is true.
        for moment in (showroom.session.ended, showroom.session.waking):
            moment.connect(self.follow_the_clock)

    def present(self, loaded: Loaded) -> StartScreens | None:
        """Show the content, or what is wrong with it. Returns the front where all is well."""
        if loaded.content is None:
            self._showroom.show_problems(str(loaded.file), problem_rows(loaded.problems))
            return None
        return self.show(self._derived(loaded))

    def is_right(self, screenplay: Screenplay) -> bool:
        """Whether a content would be shown like this now."""
        trusted = self._is_clock_trusted()
        return screenplay.is_right(self._clock.now(), is_clock_trusted=trusted)

    def show(self, screenplay: Screenplay) -> StartScreens:
        """Bring on screen what was derived from a content."""
        self._screenplay = screenplay
        self._memory = {}
        for place in screenplay.visible.places:
            view_model_of(place)  # now, not under a finger
        self._await_change()
        self._showroom.show_content(screenplay.attract, screenplay.home, self._make_place)
        return screenplay.start_screens

    @Slot()
    def follow_the_clock(self) -> None:
        """Show what has come and take away what has gone, never under a finger."""
        asleep = self._showroom.session.phase == "attract"
        screenplay = self._screenplay
        if screenplay is not None and asleep and not self.is_right(screenplay):
            self.show(self._derived(screenplay.loaded))
        self._await_change()

    def _derived(self, loaded: Loaded) -> Screenplay:
        trusted = self._is_clock_trusted()
        return derive_screenplay(loaded, self._clock.now(), is_clock_trusted=trusted)

    def _await_change(self) -> None:
        until = dates.ALWAYS[1] if self._screenplay is None else self._screenplay.unchanged[1]
        wait = until - self._clock.now()
        if not timedelta() < wait < LOOK_AT_CLOCK:  # past already, while a visitor is there
            wait = LOOK_AT_CLOCK
        self._timer.start(A_MOMENT_LATER_MS + int(wait.total_seconds() * 1000))

    def _make_place(self, place_id: str) -> PlaceViewModel | None:
        """Of the moment the content came on screen, so that a visit sees one day."""
        screenplay = self._screenplay
        if screenplay is None:
            return None
        block = next((place for place in screenplay.visible.places if place.id == place_id), None)
        if block is None:
            return None
        services = Services(
            self._signup_store,
            self._runner,
            partial(self._provenance, screenplay.loaded.digest),
            self._memory,
        )
        place = view_model_of(block).create(block, screenplay.context, services, self._showroom)
        place.finished.connect(self._showroom.navigation.goHome)
        return place


def problem_rows(problems: Sequence[Problem]) -> tuple[ProblemRow, ...]:
    """The first problems of a file, as staff read them on the notice."""
    return tuple(
        ProblemRow(f"{problem.spot.line}:{problem.spot.column}", problem.message)
        for problem in problems[:MOST_PROBLEMS_SHOWN]
    )
