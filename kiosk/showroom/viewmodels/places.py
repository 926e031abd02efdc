"""A view model for each kind of place: a snapshot of its block when it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.content import model
from kiosk.content.season import State
from kiosk.showroom import views
from kiosk.showroom.qt import Property, QmlUncreatable
from kiosk.showroom.rows import (
    ArticleRow,
    DealerRow,
    Detail,
    DotRow,
    DriverRow,
    FactRow,
    NameRow,
    RaceRow,
)
from kiosk.showroom.viewmodels.estimator import EstimatorViewModel
from kiosk.showroom.viewmodels.rows_model import RowsModel
from kiosk.showroom.views import SeasonView, Shown

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("opened by the navigation")
class PlaceViewModel(QObject):
    """What every place has."""

    def __init__(self, place: model.Place, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._head = place
        self._lead: str = getattr(place, "lead", None) or ""
        self._shown = shown
        self._picture = views.picture_view(place.picture, shown)

    def _articles(self, articles: Sequence[model.Article]) -> RowsModel:
        make = partial(views.article_row, shown=self._shown)
        return RowsModel(ArticleRow, articles, self, make=make)

    def detail(self, section: str, index: int) -> Detail | None:
        """What opens when entry `index` of `section` is touched; None if there is no such entry."""
        return None

    @Property(str, constant=True)
    def title(self) -> str:
        return self._head.title

    @Property(str, constant=True)
    def lead(self) -> str:
        return self._lead

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
        self._chapters = self._articles(place.chapters)

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
        self._drivers = RowsModel(DriverRow, place.drivers, self, make=views.driver_row)
        self._people = self._articles(place.people)

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

    def __init__(
        self,
        place: model.Schedule,
        shown: Shown,
        parent: QObject | None = None,
        of_the_day: SeasonView | None = None,
    ) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        of_the_day = of_the_day or views.season_view(place, shown.today)
        self._season = of_the_day.season
        make = partial(_race, shown=shown)
        self._races = RowsModel(RaceRow, self._season.races, self, make=make)
        self._dots = RowsModel(DotRow, of_the_day.dots, self)
        coming = self._season.coming_at
        nothing = RaceRow("", "", "", "", "", "", "")
        self._coming = _race(self._season.races[coming], shown) if coming >= 0 else nothing

    def detail(self, section: str, index: int) -> Detail | None:
        entry = _entry(self._season.races, index)
        return views.race_detail(*entry, self._shown, self._block) if entry else None

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
        return self._shown.local.number(days) if days else ""

    @Property(str, constant=True)
    def daysToGoUnit(self) -> str:
        days = self._season.days_to_go
        return self._shown.words.counted("days_to_go", days, self._shown.local.plural(days))

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
    """The offers, the programmes, the estimator."""

    def __init__(self, place: model.Offers, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        make = partial(views.offer_row, shown=shown)
        self._offers = RowsModel(ArticleRow, place.offers, self, make=make)
        self._programmes = self._articles(place.programmes)
        self._estimator = (
            EstimatorViewModel(place.estimator, shown.local, self) if place.estimator else None
        )

    def detail(self, section: str, index: int) -> Detail | None:
        if section == "offers":
            offer = _entry(self._block.offers, index)
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
        self._features = self._articles(place.features)

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
        tabs = [NameRow(line_up.name) for line_up in place.line_ups]
        self._tabs = RowsModel(NameRow, tabs, self)
        make = partial(views.model_row, shown=shown)
        self._cars = RowsModel(ArticleRow, place.line_ups[0].models, self, make=make)

    def detail(self, section: str, index: int) -> Detail | None:
        line_up = self._block.line_ups[self._tab]
        car = _entry(line_up.models, index)
        return views.model_detail(car, self._shown, self._block, line_up) if car else None

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
            self._cars.replace(self._block.line_ups[tab].models)
            self.tabChanged.emit()


@QmlElement
@QmlUncreatable("opened by the navigation")
class DealersViewModel(PlaceViewModel):
    """This dealership, then the others by distance."""

    def __init__(self, place: model.Dealers, shown: Shown, parent: QObject | None = None) -> None:
        super().__init__(place, shown, parent)
        self._block = place
        self._nearest = views.nearest_first(place)
        make = partial(views.dealer_row, shown=shown, place=place)
        self._others = RowsModel(DealerRow, self._nearest, self, make=make)
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
        groups = [NameRow(group.name) for group in place.groups]
        self._groups = RowsModel(NameRow, groups, self)
        self._links = RowsModel(NameRow, place.groups[0].links, self, make=_name)

    def detail(self, section: str, index: int) -> Detail | None:
        group = self._block.groups[self._tab]
        link = _entry(group.links, index)
        return views.link_detail(link, self._shown, group.name, self._block) if link else None

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
            self._links.replace(self._block.groups[tab].links)
            self.tabChanged.emit()


T = TypeVar("T")


def _race(entry: tuple[model.Race, State], shown: Shown) -> RaceRow:
    race, state = entry
    return views.race_row(race, state, shown)


def _name(link: model.Link) -> NameRow:
    return NameRow(link.name)


def _entry(entries: Sequence[T], index: int) -> T | None:
    return entries[index] if 0 <= index < len(entries) else None


def _article(
    articles: Sequence[model.Article], index: int, shown: Shown, place: model.Place
) -> Detail | None:
    article = _entry(articles, index)
    return views.article_detail(article, shown, place) if article else None
