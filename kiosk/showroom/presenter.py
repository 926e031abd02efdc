"""Brings a loaded content file on screen and keeps it true to the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from kiosk.content import model
from kiosk.content.loading import Loaded
from kiosk.operation.clock import Clock
from kiosk.showroom import views
from kiosk.showroom.opening import Opening
from kiosk.showroom.rows import ProblemRow
from kiosk.showroom.runner import Runner
from kiosk.showroom.viewmodels import places
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.showroom.viewmodels.signup import SignupDesk, SignupViewModel
from kiosk.showroom.views import SeasonView, Shown
from kiosk.signups.signup import Stamp

LOOK_AT_CLOCK = timedelta(hours=1)
"""At the latest: a clock that jumps is noticed, a sleeping machine is hardly woken."""
MOST_PROBLEMS_SHOWN = 40


class Presenter(QObject):
    """Hands the showroom what the content says on the clock's day, again when the day changes.

    `stamp` says when and where a signup is made, given the content's digest; it does not go by
    `clock`, which may show another day.
    """

    def __init__(
        self,
        showroom: ShowroomViewModel,
        clock: Clock,
        desk: SignupDesk,
        runner: Runner,
        stamp: Callable[[str], Stamp],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._showroom = showroom
        self._clock = clock
        self._desk = desk
        self._runner = runner
        self._stamp = stamp
        self._content: model.Content | None = None
        self._assets = Path()
        self._digest = ""
        self._day = clock.today()
        self._seasons: dict[tuple[str, date], SeasonView] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.follow_the_day)
        showroom.session.ended.connect(self.follow_the_day)

    def present(self, loaded: Loaded) -> Opening | None:
        """Show the content, or what is wrong with it. Returns the opening where all is well."""
        if loaded.content is None:
            self._showroom.show_problems(str(loaded.file), problem_rows(loaded))
            return None
        self._content, self._assets = loaded.content, loaded.assets
        self._digest = loaded.digest
        return self._show(loaded.content)

    def follow_the_day(self) -> None:
        """Show what the new day brings, never under a finger."""
        asleep = self._showroom.session.phase == "attract"
        if self._content is not None and asleep and self._clock.today() != self._day:
            self._show(self._content)
        self._await_midnight()

    def _show(self, content: model.Content) -> Opening:
        shown = self._shown(content)
        self._day = shown.today
        self._seasons.clear()
        self._await_midnight()
        opening = views.opening(content, shown)
        self._showroom.show_content(
            opening,
            views.home_view(content.home, shown),
            views.words_map(content.words),
            views.doors(content, shown),
            self._make_place,
        )
        return opening

    def _await_midnight(self) -> None:
        now = self._clock.now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        wait = min(midnight - now, LOOK_AT_CLOCK)
        self._timer.start(1000 + int(wait.total_seconds() * 1000))

    def _shown(self, content: model.Content) -> Shown:
        return Shown(content.words, self._clock.now(), self._assets)

    def _make_place(self, place_id: str) -> QObject | None:
        content = self._content
        if content is None:
            return None
        block = next((place for place in content.places if place.id == place_id), None)
        shown, owner = self._shown(content), self._showroom
        match block:
            case model.Timeline():
                return places.TimelineViewModel(block, shown, owner)
            case model.Team():
                return places.TeamViewModel(block, shown, owner)
            case model.Schedule():
                key = (block.id, shown.today)
                if (season := self._seasons.get(key)) is None:
                    season = self._seasons[key] = views.season_view(block, shown.today)
                return places.ScheduleViewModel(block, shown, owner, season)
            case model.Offers():
                return places.OffersViewModel(block, shown, owner)
            case model.Features():
                return places.FeaturesViewModel(block, shown, owner)
            case model.Models():
                return places.ModelsViewModel(block, shown, owner)
            case model.Dealers():
                return places.DealersViewModel(block, shown, owner)
            case model.Links():
                return places.LinksViewModel(block, shown, owner)
            case model.Signup():
                form = SignupViewModel(
                    block,
                    shown,
                    content.language,
                    self._desk,
                    self._runner,
                    partial(self._stamp, self._digest),
                    owner,
                )
                form.finished.connect(owner.navigation.goHome)
                return form
        return None


def problem_rows(loaded: Loaded) -> tuple[ProblemRow, ...]:
    """The first problems of a file, as staff read them on the notice."""
    return tuple(
        ProblemRow(f"{problem.spot.line}:{problem.spot.column}", problem.message)
        for problem in loaded.problems[:MOST_PROBLEMS_SHOWN]
    )
