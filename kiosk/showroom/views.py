"""Content as it reads on screen at a given moment: pure functions from the model to rows. No Qt.

What is not due then is not in the content any more: see `kiosk.content.dates.shown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from kiosk.content import dates, model
from kiosk.content.calendar_entry import calendar_entry
from kiosk.content.capitals import with_capital
from kiosk.content.codes import code_of, directions
from kiosk.content.geography import distance_km, on_map
from kiosk.content.icons import glyph
from kiosk.content.loading import Loaded
from kiosk.content.localization import Localization, localization, named_region
from kiosk.content.season import Season, State, season_on
from kiosk.content.words import Words
from kiosk.content.zones import zone_named
from kiosk.showroom.opening import Front, Lobby, Opening
from kiosk.showroom.rows import (
    ArticleRow,
    DealerRow,
    Detail,
    DoorRow,
    DotRow,
    DriverRow,
    FactRow,
    HomeView,
    PictureView,
    PosterRow,
    RaceRow,
    camel,
)

LONGEST_FIGURE = 9

Row = TypeVar("Row", PosterRow, ArticleRow)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the functions here need to know besides a block: words, the moment, the pictures.

    `now` is in the dealership's time zone; `kept` says where pictures lie that are not in `assets`;
    `language` is as the content file has it, `local` how numbers and days read in it.
    """

    words: Words
    now: datetime
    assets: Path
    kept: Mapping[str, Path] = field(default_factory=dict)
    language: str = "en"
    region: str | None = None

    @property
    def local(self) -> Localization:
        return localization(self.language, self.region)

    @property
    def today(self) -> date:
        return self.now.date()


def picture_view(picture: model.Picture | None, shown: Shown) -> PictureView:
    """A picture's URL and focal point; empty where there is none."""
    if picture is None:
        return PictureView()
    url = (shown.kept.get(picture.file) or shown.assets / picture.file).as_uri()
    return PictureView(url, float(picture.focus_x), float(picture.focus_y))


def place_text(city: str, region: str) -> str:
    """`Sonoma, CA`."""
    return f"{city}, {region}"


def doors(content: model.Content, shown: Shown) -> tuple[DoorRow, ...]:
    """Every place in the order of the file."""
    return tuple(_door(place, shown) for place in content.places)


def _door(place: model.AnyPlace, shown: Shown) -> DoorRow:
    art = _door_art(place, shown)
    icon = glyph(place.icon)
    return DoorRow(
        place_id=place.id,
        kind=place.kind,
        name=place.name,
        line=art.line,
        figure=art.figure,
        spoken=art.spoken or f"{art.figure} {art.line}".strip(),
        glyph=icon.character,
        glyph_font=icon.font_file.as_uri(),
        in_bar=place.bar,
    )


@dataclass(frozen=True, slots=True)
class _DoorArt:
    """A figure and the line beside it, which says what the figure counts.

    `spoken` is both as they are read out, where that is not one after the other.
    """

    figure: str
    line: str
    spoken: str = ""


def _door_art(place: model.AnyPlace, shown: Shown) -> _DoorArt:
    """What a door shows; a figure that the kiosk finds never stands beside another line."""
    if place.door:
        return _DoorArt(place.door_figure or "", place.door)
    found = _found_door_art(place, shown)
    return _DoorArt(place.door_figure, found.line) if place.door_figure else found


def _found_door_art(place: model.AnyPlace, shown: Shown) -> _DoorArt:
    """The figure and line where the file names none."""
    match place:
        case model.Timeline():
            return _DoorArt(place.chapters[0].figure, place.chapters[0].title)
        case model.Team():
            numbered = next((driver for driver in place.drivers if driver.number), None)
            if numbered is None:
                return _DoorArt("", place.season)
            return _DoorArt(numbered.number or "", numbered.name)
        case model.Schedule():
            season = season_on(place.races, shown.today)
            if (race := season.coming) is None:
                return _DoorArt(_figure(place.season), place.season_over.title)
            month = shown.local.month_figure(race.starts, race.ends)
            when = shown.local.days(race.starts, race.ends, with_year=False)
            days = shown.local.day_figure(race.starts, race.ends)
            return _DoorArt(days, f"{month}, {race.city}", f"{when}, {race.city}")
        case model.Offers():
            # How many, not how much: a price needs its terms beside it.
            if (count := len(place.offers)) == 0:
                return _DoorArt("", place.nothing_now.title)
            noun = shown.words.counted("offers_today", count, shown.local.plural(count))
            return _DoorArt(shown.local.number(count), noun)
        case model.Models():
            newest = place.line_ups[0]
            figure = _figure(newest.name)
            return _DoorArt(figure, newest.models[0].name if figure else place.title)
        case model.Dealers():
            return _DoorArt("", place.here.name)
        case _:
            return _DoorArt("", place.title)


def _figure(text: str) -> str:
    """A text short enough to be set as large as a poster, else nothing."""
    return text if len(text) <= LONGEST_FIGURE else ""


def posters(content: model.Content, shown: Shown) -> tuple[PosterRow, ...]:
    """The attract loop: the file's posters, the next race and an offer among them.

    Where no poster is due, home's headline stands in.
    """
    rows = [_poster(poster, shown) for poster in content.attract.posters]
    if not rows:
        row = PosterRow(content.home.headline, content.brand.line)
        rows = [_with_picture(row, content.home.picture, shown)]
    fitting: list[PosterRow] = []
    for place in content.places:
        if isinstance(place, model.Schedule) and content.attract.show_next_race:
            fitting += _race_poster(place, shown)
        elif isinstance(place, model.Offers) and content.attract.show_offer:
            fitting += _offer_poster(place, shown)
    for number, row in enumerate(fitting):
        rows.insert(1 + 2 * number, row)
    return tuple(rows)


def _poster(poster: model.Poster, shown: Shown) -> PosterRow:
    is_dated = poster.comes is not None or poster.goes is not None
    row = PosterRow(poster.headline, poster.line, dated=is_dated)
    return _with_picture(row, poster.picture, shown)


def _race_poster(place: model.Schedule, shown: Shown) -> list[PosterRow]:
    season = season_on(place.races, shown.today)
    if (race := season.coming) is None:
        return []
    return [
        _with_picture(
            PosterRow(
                headline=shown.local.month_figure(race.starts, race.ends),
                line=f"{race.venue}\n{place_text(race.city, race.region)}",
                overline=_race_overline(season, shown),
                figure=shown.local.day_figure(race.starts, race.ends),
                dated=True,
            ),
            place.picture,
            shown,
        )
    ]


def _offer_poster(place: model.Offers, shown: Shown) -> list[PosterRow]:
    return [
        _with_picture(
            PosterRow(
                headline="",
                overline=offer.title,
                line=f"{with_capital(offer.unit, shown.language)}. {_until(offer, shown)}.",
                figure=offer.figure,
                example=offer.example,
                dated=True,
            ),
            offer.picture or place.picture,
            shown,
        )
        for offer in place.offers[:1]
    ]


def _race_overline(season: Season, shown: Shown) -> str:
    race, words = season.coming, shown.words
    return words.racing_now if race and race.starts <= shown.today else words.next_race


def _with_picture(row: Row, picture: model.Picture | None, shown: Shown) -> Row:
    view = picture_view(picture, shown)
    return replace(row, source=view.source, focus_x=view.focus_x, focus_y=view.focus_y)


def article_row(article: model.Article, shown: Shown) -> ArticleRow:
    """An article as a card."""
    row = ArticleRow(article.title, article.summary, article.figure or "")
    return _with_picture(row, article.picture, shown)


def article_detail(article: model.Article, shown: Shown, place: model.Place) -> Detail:
    """An article to read."""
    return _with_link(
        Detail(
            kind="article",
            title=article.title,
            overline=place.name,
            figure=article.figure or "",
            lead=article.summary,
            paragraphs=article.body,
            facts=tuple(FactRow(fact.figure, fact.label) for fact in article.facts),
            picture=picture_view(article.picture or place.picture, shown),
        ),
        article.link,
        shown,
    )


def _with_link(detail: Detail, link: model.Link | None, shown: Shown) -> Detail:
    if link is None:
        return detail
    return replace(
        detail,
        code=code_of(link.address),
        code_caption=link.line or shown.words.take_home,
        code_name=link.name,
    )


def driver_row(driver: model.Driver) -> DriverRow:
    """A driver as a roundel."""
    return DriverRow(
        name=driver.name,
        number=driver.number or "",
        initials="".join(part[0] for part in driver.name.split()[:2]),
        result=driver.result or "",
        result_label=driver.result_label or "",
    )


def driver_detail(driver: model.Driver, shown: Shown, place: model.Team) -> Detail:
    """A driver's season to read."""
    facts = (FactRow(driver.result, driver.result_label or ""),) if driver.result else ()
    return Detail(
        kind="driver",
        title=driver.name,
        overline=place.season,
        figure=driver.number or "",
        paragraphs=driver.body,
        facts=facts,
        picture=picture_view(driver.picture or place.picture, shown),
    )


def race_row(race: model.Race, state: State, shown: Shown) -> RaceRow:
    """A race in the season's list."""
    words = shown.words
    when = shown.local.days(race.starts, race.ends, with_year=False)
    where = place_text(race.city, race.region)
    states = {"done": words.race_done, "now": words.racing_now, "next": words.next_race}
    parts = (when, race.venue, where, states.get(state, "").lower())
    return RaceRow(
        days=shown.local.day_figure(race.starts, race.ends),
        month=shown.local.month_figure(race.starts, race.ends),
        when=when,
        venue=race.venue,
        where=where,
        standing=state,
        spoken=", ".join(part for part in parts if part),
    )


@dataclass(frozen=True, slots=True)
class SeasonView:
    """A season on a day with its dots on the map: what a schedule shows, made once a day."""

    season: Season
    dots: tuple[DotRow, ...]


def season_view(place: model.Schedule, today: date) -> SeasonView:
    """The season of a place on a day."""
    season = season_on(place.races, today)
    return SeasonView(season, dot_rows(season, place.map))


def dot_rows(season: Season, map_: model.CountryMap | None) -> tuple[DotRow, ...]:
    """A dot for each venue on the map; of several races there, the first to come counts."""
    dots: dict[tuple[float, float], State] = {}
    for race, state in season.races:
        spot = on_map(map_, race.position) if map_ and race.position else None
        if spot and dots.get(spot, "done") == "done":
            dots[spot] = state
    return tuple(DotRow(state, x, y) for (x, y), state in dots.items())


def race_detail(race: model.Race, state: State, shown: Shown, place: model.Schedule) -> Detail:
    """A race to take home as a calendar entry."""
    words = shown.words
    done = state == "done"
    overline = {"done": words.race_done, "now": words.racing_now, "next": words.next_race}
    days = shown.local.days(race.starts, race.ends)
    detail = Detail(
        kind="race",
        title=race.venue,
        overline=overline.get(state, place.season),
        figure=shown.local.day_figure(race.starts, race.ends),
        figure_spoken=shown.local.days(race.starts, race.ends, with_year=False),
        unit=shown.local.month_figure(race.starts, race.ends),
        lead=place_text(race.city, race.region),
        facts=(FactRow(words.dates, days),),
        code="" if done else calendar_entry(race, place.series or place.title, shown.today),
        code_caption=words.race_calendar,
        code_name=race.venue,
        picture=picture_view(place.picture, shown),
    )
    return _with_link(detail, race.link, shown) if done else detail


def offer_row(offer: model.Offer, shown: Shown) -> ArticleRow:
    """An offer as a card, with its figure and its disclosure."""
    row = ArticleRow(
        title=offer.title,
        summary=offer.summary or "",
        figure=offer.figure,
        unit=offer.unit,
        note=_until(offer, shown),
        terms=offer.terms,
        example=offer.example,
    )
    return _with_picture(row, offer.picture, shown)


def _until(offer: model.Offer, shown: Shown) -> str:
    return shown.words.valid_until.format(date=shown.local.day(offer.valid_until))


def offer_detail(offer: model.Offer, shown: Shown, place: model.Offers) -> Detail:
    """An offer with its whole disclosure."""
    return _with_link(
        Detail(
            kind="offer",
            title=offer.title,
            overline=place.name,
            figure=offer.figure,
            figure_spoken=f"{offer.figure} {offer.unit}",
            unit=offer.unit,
            lead=offer.summary or "",
            terms=offer.terms,
            note=_until(offer, shown),
            example=offer.example,
            picture=picture_view(offer.picture or place.picture, shown),
        ),
        offer.link,
        shown,
    )


def model_row(car: model.Model, shown: Shown) -> ArticleRow:
    """A car of a line-up."""
    return _with_picture(ArticleRow(car.name, car.note or ""), car.picture, shown)


def model_detail(
    car: model.Model, shown: Shown, place: model.Models, line_up: model.LineUp
) -> Detail:
    """A car to read about and take home."""
    return _with_link(
        Detail(
            kind="model",
            title=car.name,
            overline=place.name,
            figure=_figure(line_up.name),
            unit="" if _figure(line_up.name) else line_up.name,
            lead=car.note or "",
            paragraphs=car.body,
            picture=picture_view(car.picture or place.picture, shown),
        ),
        car.link,
        shown,
    )


def nearest_first(place: model.Dealers) -> tuple[model.Dealer, ...]:
    """The other locations by distance from this one."""
    here = place.here.position
    return tuple(sorted(place.others, key=lambda dealer: distance_km(here, dealer.position)))


def dealer_row(dealer: model.Dealer, shown: Shown, place: model.Dealers) -> DealerRow:
    """A dealership in the list, with the way to it as the crow flies."""
    away = distance_km(place.here.position, dealer.position)
    return DealerRow(
        name=dealer.name,
        city=dealer.city,
        distance=shown.local.distance(away, place.distance_unit),
        example=dealer.example,
    )


def dealer_detail(dealer: model.Dealer, shown: Shown, place: model.Dealers) -> Detail:
    """A dealership with hours, phone and the way there as a code."""
    words = shown.words
    facts = [FactRow(words.address, f"{dealer.street}, {dealer.city}")]
    if dealer.phone:
        facts.append(FactRow(words.phone, dealer.phone))
    facts += [FactRow(hours.days, hours.open) for hours in dealer.hours]
    here = dealer == place.here
    row = dealer_row(dealer, shown, place)
    return Detail(
        kind="dealer",
        title=dealer.name,
        overline=words.this_dealership if here else words.other_locations,
        figure="" if here else row.distance,
        facts=tuple(facts),
        example=dealer.example,
        code=directions(dealer.position.latitude, dealer.position.longitude, place.directions),
        code_caption=words.scan_route,
        code_name=dealer.name,
        picture=picture_view(place.picture, shown),
    )


def link_detail(link: model.Link, shown: Shown, group: str, place: model.Links) -> Detail:
    """A link as a code to scan."""
    return _with_link(
        Detail(
            kind="link",
            title=link.name,
            overline=group,
            picture=picture_view(place.picture, shown),
        ),
        link,
        shown,
    )


def controller_text(controller: model.Controller) -> str:
    """Who asks: the name, and on a line of its own the postal address."""
    return f"{controller.name}\n{controller.street}, {controller.city}"


def privacy_detail(place: model.Signup, shown: Shown) -> Detail:
    """The privacy page of the form."""
    words = shown.words
    return Detail(
        kind="privacy",
        title=place.privacy.title,
        overline=words.privacy,
        paragraphs=place.privacy.body,
        facts=(
            FactRow(words.privacy_who, controller_text(place.controller)),
            FactRow(words.privacy_purpose, place.purpose),
            FactRow(words.privacy_withdraw, place.withdraw),
            FactRow(words.privacy_kept, _retention(place.privacy.retention_days, shown)),
        ),
        example=place.controller.example,
        picture=picture_view(place.picture, shown),
    )


def _retention(days: int | None, shown: Shown) -> str:
    if days is None:
        return shown.words.privacy_kept_open
    sentence = shown.words.counted("privacy_kept_days", days, shown.local.plural(days))
    return sentence.format(days=shown.local.number(days))


def notice(place: model.Signup, shown: Shown) -> str:
    """What the form says beside the consent and what its privacy page says, as plain text."""
    page = privacy_detail(place, shown)
    head = [page.overline, page.title]
    if page.example:
        head.append(shown.words.example)
    facts = [f"{fact.figure}: {fact.label}" for fact in page.facts]
    parts = ([place.title, place.promise], head, facts, *([text] for text in page.paragraphs))
    return "\n\n".join("\n".join(lines) for lines in parts)


def home_view(home: model.Home, shown: Shown) -> HomeView:
    """The hero of the home screen."""
    icon = glyph(home.icon)
    return HomeView(
        home.headline,
        home.lead,
        icon.character,
        icon.font_file.as_uri(),
        picture_view(home.picture, shown),
    )


def opening(content: model.Content, shown: Shown, unchanged: tuple[datetime, datetime]) -> Opening:
    """What the attract loop needs; `unchanged` is how long it stays as it is."""
    return Opening(
        asphalt=content.theme.asphalt,
        paper=content.theme.paper,
        accent=content.theme.accent,
        brand=content.brand.name,
        brand_line=content.brand.line,
        roundel=content.brand.roundel or "",
        touch_to_begin=content.words.touch_to_begin,
        example=content.words.example,
        language=content.language,
        seconds_each=content.attract.seconds_each,
        posters=posters(content, shown),
        since=unchanged[0].isoformat(),
        until=unchanged[1].isoformat(),
    )


@dataclass(frozen=True, slots=True)
class Showing:
    """What a loaded content shows at a moment, and everything the first screens need of it.

    `now` is in the dealership's time zone; what is shown stays the same within `unchanged`.
    """

    loaded: Loaded
    now: datetime
    is_clock_trusted: bool
    unchanged: dates.Span
    visible: model.Content
    opening: Opening
    lobby: Lobby

    @property
    def front(self) -> Front:
        return Front(self.opening, self.lobby)

    @property
    def shown(self) -> Shown:
        return shown_on(self.loaded, self.visible, self.now)

    def is_right(self, now: datetime, *, is_clock_trusted: bool) -> bool:
        """Whether it is what would be shown now."""
        since, until = self.unchanged
        return since <= now < until and is_clock_trusted == self.is_clock_trusted


def showing(loaded: Loaded, now: datetime, *, is_clock_trusted: bool = True) -> Showing:
    """What a content in order shows; without offers and other dates under a clock not trusted."""
    content = loaded.content
    assert content is not None
    now = now.astimezone(zone_named(content.time_zone))
    unchanged = dates.unchanged(content, now)
    visible = dates.shown(content, now) if is_clock_trusted else dates.timeless(content)
    shown = shown_on(loaded, visible, now)
    return Showing(
        *(loaded, now, is_clock_trusted, unchanged, visible),
        opening=opening(visible, shown, unchanged),
        lobby=Lobby(
            home_view(visible.home, shown), words_map(visible.words), doors(visible, shown)
        ),
    )


def shown_on(loaded: Loaded, visible: model.Content, now: datetime) -> Shown:
    """What the functions here need to know of a content.

    Its region counts for the language only where the file names it: it is that of the rules for
    advertising, and the one that stands for none says nothing about how people write.
    """
    return Shown(
        visible.words, now, loaded.assets, loaded.kept, visible.language, named_region(visible)
    )


def words_map(words: Words) -> dict[str, str]:
    """The kiosk's own words as QML names them."""
    return {camel(name): text for name, text in words if isinstance(text, str)}
