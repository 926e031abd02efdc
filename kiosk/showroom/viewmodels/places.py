"""A view model for each kind of place: a snapshot of its block on the day it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.content import model
from kiosk.content.linting import stands
from kiosk.content.season import season_on
from kiosk.showroom import views
from kiosk.showroom.qt import Property, QmlUncreatable
from kiosk.showroom.rows import (
    ArticleRow,
    DealerRow,
    Detail,
    DriverRow,
    FactRow,
    LinkRow,
    RaceRow,
)
from kiosk.showroom.viewmodels.estimator import EstimatorViewModel
from kiosk.showroom.viewmodels.rows_model import RowsModel
from kiosk.showroom.views import Shown

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class PlaceViewModel(QObject):
    """What every place has."""

    def __init__(self, place: model.Place, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._head = place
        self._shown = shown
        self._picture = views.picture_view(place.picture, shown)

    def detail(self, section: str, index: int) -> Detail | None:
        """What opens when entry `index` of `section` is touched; None if there is no such entry."""
        return None

    @Property(str, constant=True)
    def title(self) -> str:
        return self._head.title

    @Property(str, constant=True)
    def lead(self) -> str:
        return self._head.lead or ""

    @Property(str, constant=True)
    def source(self) -> str:
        return self._picture.source

    @Property(float, constant=True)
    def focusX(self) -> float:
        return self._picture.focus_x

    @Property(float, constant=True)
    def focusY(self) -> float:
        return self._picture.focus_y


@QmlElement
@QmlUncreatable("opened by the navigation")
class TimelineViewModel(PlaceViewModel):
    """Years as posters."""

    def __init__(self, place: model.Timeline, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._chapters = RowsModel(ArticleRow, views.rows_of(place.chapters, shown), self)

    def detail(self, section: str, index: int) -> Detail | None:
        return _article(self._block.chapters, index, self._shown, self._block)

    @Property(RowsModel, constant=True)
    def chapters(self) -> RowsModel:
        return self._chapters


@QmlElement
@QmlUncreatable("opened by the navigation")
class TeamViewModel(PlaceViewModel):
    """Drivers, results and people."""

    def __init__(self, place: model.Team, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        results = [FactRow(fact.figure, fact.label) for fact in place.results]
        self._results = RowsModel(FactRow, results, self)
        self._drivers = RowsModel(DriverRow, [*map(views.driver_row, place.drivers)], self)
        self._people = RowsModel(ArticleRow, views.rows_of(place.people, shown), self)

    def detail(self, section: str, index: int) -> Detail | None:
        if section == "drivers":
            driver = _entry(self._block.drivers, index)
            return views.driver_detail(driver, self._shown, self._block) if driver else None
        return _article(self._block.people, index, self._shown, self._block)

    @Property(str, constant=True)
    def season(self) -> str:
        return self._block.season

    @Property(RowsModel, constant=True)
    def results(self) -> RowsModel:
        return self._results

    @Property(RowsModel, constant=True)
    def drivers(self) -> RowsModel:
        return self._drivers

    @Property(RowsModel, constant=True)
    def people(self) -> RowsModel:
        return self._people


@QmlElement
@QmlUncreatable("opened by the navigation")
class ScheduleViewModel(PlaceViewModel):
    """The season as it stands on the day."""

    def __init__(self, place: model.Schedule, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._season = season_on(place.races, shown.today)
        self._rows = views.race_rows(place, shown)
        self._races = RowsModel(RaceRow, self._rows, self)
        races = [race for race, _ in self._season.races]
        self._coming = races.index(self._season.coming) if self._season.coming else -1

    def detail(self, section: str, index: int) -> Detail | None:
        entry = _entry(self._season.races, index)
        return views.race_detail(entry[0], self._shown, self._block) if entry else None

    @Property(RowsModel, constant=True)
    def races(self) -> RowsModel:
        return self._races

    @Property(str, constant=True)
    def season(self) -> str:
        return self._block.season

    @Property(str, constant=True)
    def series(self) -> str:
        return self._block.series or ""

    @Property(int, constant=True)
    def coming(self) -> int:
        """The row of the next or running race, -1 when the season is over."""
        return self._coming

    @Property(bool, constant=True)
    def racingNow(self) -> bool:
        return self._coming >= 0 and self._rows[self._coming].state == "now"

    @Property(int, constant=True)
    def daysToGo(self) -> int:
        return self._season.days_to_go

    @Property(str, constant=True)
    def comingDays(self) -> str:
        return self._rows[self._coming].days if self._coming >= 0 else ""

    @Property(str, constant=True)
    def comingMonth(self) -> str:
        return self._rows[self._coming].month if self._coming >= 0 else ""

    @Property(str, constant=True)
    def comingVenue(self) -> str:
        return self._rows[self._coming].venue if self._coming >= 0 else ""

    @Property(str, constant=True)
    def comingWhere(self) -> str:
        return self._rows[self._coming].where if self._coming >= 0 else ""

    @Property(str, constant=True)
    def overTitle(self) -> str:
        return self._block.season_over.title

    @Property(str, constant=True)
    def overLine(self) -> str:
        return self._block.season_over.line

    @Property(str, constant=True)
    def map(self) -> str:
        """The outline's URL; empty where the file gives none."""
        map_ = self._block.map
        return (self._shown.assets / map_.file).as_uri() if map_ else ""


@QmlElement
@QmlUncreatable("opened by the navigation")
class OffersViewModel(PlaceViewModel):
    """The offers that stand on the day, the programmes, the estimator."""

    def __init__(self, place: model.Offers, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._standing = [offer for offer in place.offers if stands(offer, shown.today)]
        rows = [views.offer_row(offer, shown) for offer in self._standing]
        self._offers = RowsModel(ArticleRow, rows, self)
        self._programmes = RowsModel(ArticleRow, views.rows_of(place.programmes, shown), self)
        self._estimator = EstimatorViewModel(place.estimator, self) if place.estimator else None

    def detail(self, section: str, index: int) -> Detail | None:
        if section == "offers":
            offer = _entry(self._standing, index)
            return views.offer_detail(offer, self._shown, self._block) if offer else None
        return _article(self._block.programmes, index, self._shown, self._block)

    @Property(RowsModel, constant=True)
    def offers(self) -> RowsModel:
        return self._offers

    @Property(str, constant=True)
    def nothingTitle(self) -> str:
        return self._block.nothing_now.title

    @Property(str, constant=True)
    def nothingLine(self) -> str:
        return self._block.nothing_now.line

    @Property(str, constant=True)
    def programmesTitle(self) -> str:
        return self._block.programmes_title

    @Property(RowsModel, constant=True)
    def programmes(self) -> RowsModel:
        return self._programmes

    @Property(EstimatorViewModel, constant=True)
    def estimator(self) -> EstimatorViewModel | None:
        return self._estimator


@QmlElement
@QmlUncreatable("opened by the navigation")
class FeaturesViewModel(PlaceViewModel):
    """A few large things to do."""

    def __init__(self, place: model.Features, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._features = RowsModel(ArticleRow, views.rows_of(place.features, shown), self)

    def detail(self, section: str, index: int) -> Detail | None:
        return _article(self._block.features, index, self._shown, self._block)

    @Property(RowsModel, constant=True)
    def features(self) -> RowsModel:
        return self._features


@QmlElement
@QmlUncreatable("opened by the navigation")
class ModelsViewModel(PlaceViewModel):
    """The line-ups, the cars of the chosen one."""

    tabChanged = Signal()

    def __init__(self, place: model.Models, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._tab = 0
        tabs = [LinkRow(line_up.name, line_up.line or "") for line_up in place.line_ups]
        self._tabs = RowsModel(LinkRow, tabs, self)
        self._cars = RowsModel(ArticleRow, self._rows(), self)

    def detail(self, section: str, index: int) -> Detail | None:
        line_up = self._block.line_ups[self._tab]
        car = _entry(line_up.models, index)
        return views.model_detail(car, self._shown, self._block, line_up) if car else None

    def _rows(self) -> list[ArticleRow]:
        cars = self._block.line_ups[self._tab].models
        return [views.model_row(car, self._shown) for car in cars]

    @Property(RowsModel, constant=True)
    def tabs(self) -> RowsModel:
        return self._tabs

    @Property(RowsModel, constant=True)
    def cars(self) -> RowsModel:
        return self._cars

    @Property(int, notify=tabChanged)
    def tab(self) -> int:
        return self._tab

    @Property(str, notify=tabChanged)
    def tabLine(self) -> str:
        return self._block.line_ups[self._tab].line or ""

    @Slot(int)
    def choose(self, tab: int) -> None:
        """Show another line-up."""
        if tab != self._tab and 0 <= tab < len(self._block.line_ups):
            self._tab = tab
            self._cars.replace(self._rows())
            self.tabChanged.emit()


@QmlElement
@QmlUncreatable("opened by the navigation")
class DealersViewModel(PlaceViewModel):
    """This dealership, then the others by distance."""

    def __init__(self, place: model.Dealers, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._nearest = views.nearest_first(place)
        self._others = RowsModel(
            DealerRow, [views.dealer_row(dealer, place) for dealer in self._nearest], self
        )
        hours = [FactRow(hours.days, hours.open) for hours in place.here.hours]
        self._hours = RowsModel(FactRow, hours, self)
        self._here = views.dealer_detail(place.here, shown, place)

    def detail(self, section: str, index: int) -> Detail | None:
        dealer = _entry(self._nearest, index)
        return views.dealer_detail(dealer, self._shown, self._block) if dealer else None

    @Property(RowsModel, constant=True)
    def others(self) -> RowsModel:
        return self._others

    @Property(RowsModel, constant=True)
    def hours(self) -> RowsModel:
        return self._hours

    @Property(str, constant=True)
    def name(self) -> str:
        return self._block.here.name

    @Property(str, constant=True)
    def street(self) -> str:
        return self._block.here.street

    @Property(str, constant=True)
    def city(self) -> str:
        return self._block.here.city

    @Property(str, constant=True)
    def phone(self) -> str:
        return self._block.here.phone or ""

    @Property(bool, constant=True)
    def example(self) -> bool:
        return self._block.here.example

    @Property(str, constant=True)
    def code(self) -> str:
        return self._here.code


@QmlElement
@QmlUncreatable("opened by the navigation")
class LinksViewModel(PlaceViewModel):
    """The menus of the web site, one group at a time."""

    tabChanged = Signal()

    def __init__(self, place: model.Links, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._tab = 0
        groups = [LinkRow(group.name, "") for group in place.groups]
        self._groups = RowsModel(LinkRow, groups, self)
        self._links = RowsModel(LinkRow, self._rows(), self)

    def detail(self, section: str, index: int) -> Detail | None:
        group = self._block.groups[self._tab]
        link = _entry(group.links, index)
        return views.link_detail(link, self._shown, group.name, self._block) if link else None

    def _rows(self) -> list[LinkRow]:
        links = self._block.groups[self._tab].links
        return [LinkRow(link.name, link.line or "") for link in links]

    @Property(RowsModel, constant=True)
    def groups(self) -> RowsModel:
        return self._groups

    @Property(RowsModel, constant=True)
    def links(self) -> RowsModel:
        return self._links

    @Property(int, notify=tabChanged)
    def tab(self) -> int:
        return self._tab

    @Property(str, constant=True)
    def legal(self) -> str:
        return "\n".join(self._block.legal)

    @Slot(int)
    def choose(self, tab: int) -> None:
        """Show another group."""
        if tab != self._tab and 0 <= tab < len(self._block.groups):
            self._tab = tab
            self._links.replace(self._rows())
            self.tabChanged.emit()


T = TypeVar("T")


def _entry(entries: Sequence[T], index: int) -> T | None:
    return entries[index] if 0 <= index < len(entries) else None


def _article(
    articles: Sequence[model.Article], index: int, shown: Shown, place: model.Place
) -> Detail | None:
    article = _entry(articles, index)
    return views.article_detail(article, shown, place) if article else None
