"""The season as it stands on the day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar, Self

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.places.presenting import Context, picture_url
from kiosk.places.rows import Detail
from kiosk.places.schedule.model import Race, Schedule
from kiosk.places.schedule.presentation import SeasonRows, race_detail, race_row, season_rows
from kiosk.places.schedule.rows import DotRow, RaceRow
from kiosk.places.schedule.season import State
from kiosk.places.schedule.words import ScheduleWords
from kiosk.places.services import Services
from kiosk.places.viewmodel import PlaceViewModel, entry_of, words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

ScheduleTexts = words_type("ScheduleTexts", ScheduleWords)


@QmlElement
@QmlUncreatable("opened by the navigation")
class ScheduleViewModel(PlaceViewModel):
    leads_to: ClassVar[Sequence[str]] = ("signup", "models")

    def __init__(
        self,
        place: Schedule,
        context: Context,
        parent: QObject | None = None,
        prepared: SeasonRows | None = None,
    ) -> None:
        super().__init__(place, context, parent, notice=place.season_over)
        self._block = place
        self._texts = ScheduleTexts(context.words, self)
        prepared = prepared or season_rows(place, context.today)
        self._season = prepared.season
        make = partial(_race, context=context)
        self._races = RowsModel(RaceRow, self._season.races, self, make=make)
        self._dots = RowsModel(DotRow, prepared.dots, self)
        coming = self._season.coming_at
        nothing = RaceRow("", "", "", "", "", "", "")
        self._coming = _race(self._season.races[coming], context) if coming >= 0 else nothing

    @classmethod
    def create(cls, place: Any, context: Context, services: Services, parent: QObject) -> Self:
        """A season of thousands is put in order once, not at each visit."""
        season = services.memory.get(place.id)
        if season is None:
            season = services.memory[place.id] = season_rows(place, context.today)
        return cls(place, context, parent, season)

    def detail(self, section: str, index: int) -> Detail | None:
        entry = entry_of(self._season.races, index)
        return race_detail(*entry, self._context, self._block) if entry else None

    @Property(ScheduleTexts, constant=True)
    def words(self) -> Texts:
        return self._texts

    @Property(RowsModel, constant=True)
    def races(self) -> RowsModel:
        return self._races

    @Property(RowsModel, constant=True)
    def dots(self) -> RowsModel:
        return self._dots

    @Property(str, constant=True)
    def season(self) -> str:
        return self._block.season

    @Property(str, constant=True)
    def series(self) -> str:
        return self._block.series or ""

    @Property(int, constant=True)
    def coming(self) -> int:
        """The row of the next or running race, -1 when the season is over."""
        return self._season.coming_at

    @Property(bool, constant=True)
    def racingNow(self) -> bool:
        return self._coming.standing == "now"

    @Property(str, constant=True)
    def daysToGo(self) -> str:
        """How many, empty for none; `daysToGoUnit` says of what."""
        days = self._season.days_to_go
        return self._context.local.number(days) if days else ""

    @Property(str, constant=True)
    def daysToGoUnit(self) -> str:
        days = self._season.days_to_go
        return self._context.words_of(ScheduleWords).counted(
            "days_to_go", days, self._context.local.plural(days)
        )

    @Property(str, constant=True)
    def comingDays(self) -> str:
        return self._coming.days

    @Property(str, constant=True)
    def comingMonth(self) -> str:
        return self._coming.month

    @Property(str, constant=True)
    def comingWhen(self) -> str:
        """Days and month together, for who hears them."""
        return self._coming.when

    @Property(str, constant=True)
    def comingVenue(self) -> str:
        return self._coming.venue

    @Property(str, constant=True)
    def comingWhere(self) -> str:
        return self._coming.where

    @Property(str, constant=True)
    def map(self) -> str:
        """The outline's URL; empty where the file gives none."""
        map_ = self._block.map
        return picture_url(map_.file, self._context) if map_ else ""


def _race(entry: tuple[Race, State], context: Context) -> RaceRow:
    race, state = entry
    return race_row(race, state, context)


VIEW_MODEL = ScheduleViewModel
