"""A content as it reads on screen at a given moment: the attract loop, home and its doors. No Qt.

What is not due then is not in the content any more: see `kiosk.content.dates.visible_at`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.blocks.block import Place
from kiosk.blocks.icons import glyph
from kiosk.blocks.zones import zone_named
from kiosk.content import dates
from kiosk.content.check.loading import Loaded
from kiosk.content.check.pictures import Pictures
from kiosk.content.model import Brand, Content, Home, Poster
from kiosk.content.words import Words
from kiosk.places.kind import DoorArt
from kiosk.places.kinds import KINDS, kind_of
from kiosk.places.presenting import Context, picture_row, picture_url, with_picture
from kiosk.places.rows import PosterRow
from kiosk.places.steps import step_of_the_day
from kiosk.showroom.rows import BrandRow, DoorRow, HomeRow, InterfaceWords
from kiosk.showroom.start_screens import AttractLoop, HomeScreen, StartScreens

MOST_LARGE_DOORS = 3


@dataclass(frozen=True, slots=True)
class Screenplay:
    """What a loaded content shows at a moment, and everything the first screens need of it.

    `now` is in the dealership's time zone; what is shown stays the same within `unchanged`.
    """

    loaded: Loaded
    now: datetime
    is_clock_trusted: bool
    unchanged: dates.Span
    visible: Content
    attract: AttractLoop
    home: HomeScreen

    @property
    def start_screens(self) -> StartScreens:
        return StartScreens(self.attract, self.home)

    @property
    def context(self) -> Context:
        return context_of(
            self.loaded, self.visible, self.now, is_clock_trusted=self.is_clock_trusted
        )

    def is_right(self, now: datetime, *, is_clock_trusted: bool) -> bool:
        """Whether it is what would be shown now."""
        since, until = self.unchanged
        return since <= now < until and is_clock_trusted == self.is_clock_trusted


def derive_screenplay(
    loaded: Loaded, now: datetime, *, is_clock_trusted: bool = True
) -> Screenplay:
    """What a content in order shows; without offers and other dates under a clock not trusted."""
    content = loaded.content
    assert content is not None
    now = now.astimezone(zone_named(content.time_zone))
    unchanged = dates.unchanged(content, now)
    visible = dates.visible_at(content, now) if is_clock_trusted else dates.timeless(content)
    context = context_of(loaded, visible, now, is_clock_trusted=is_clock_trusted)
    return Screenplay(
        *(loaded, now, is_clock_trusted, unchanged, visible),
        attract=attract_loop(visible, context, unchanged, loaded.pictures),
        home=HomeScreen(
            home_row(visible.home, context), interface_words(visible.words), doors(visible, context)
        ),
    )


def context_of(
    loaded: Loaded, visible: Content, now: datetime, *, is_clock_trusted: bool = True
) -> Context:
    """What the places of a content are presented with.

    Its region counts for the language only where the file names it: it is that of the rules for
    advertising, and the one that stands for none says nothing about how people write.
    """
    return Context(
        visible.words,
        now,
        loaded.assets,
        loaded.stored_pictures,
        visible.language,
        visible.named_region,
        visible.places,
        is_clock_trusted,
        loaded.pictures.appearance_of,
    )


def attract_loop(
    content: Content,
    context: Context,
    unchanged: tuple[datetime, datetime],
    pictures: Pictures,
) -> AttractLoop:
    """What the attract loop needs; `unchanged` is how long it stays as it is."""
    return AttractLoop(
        asphalt=content.theme.asphalt,
        paper=content.theme.paper,
        accent=content.theme.accent,
        brand=_brand(content.brand, context, pictures),
        touch_to_begin=content.words.touch_to_begin,
        example=content.words.example,
        language=content.language,
        seconds_each=content.attract.seconds_each,
        posters=posters(content, context),
        since=unchanged[0].isoformat(),
        until=unchanged[1].isoformat(),
    )


def _brand(brand: Brand, context: Context, pictures: Pictures) -> BrandRow:
    row, logo = BrandRow(brand.name, brand.line, brand.roundel or ""), brand.logo
    if logo is None:
        return row
    return row._replace(
        logo=picture_url(logo.file, context),
        logo_shape=pictures.shape(logo.file),
        is_on_light=logo.ground == "light",
        has_name_beside=logo.beside_name,
    )


def posters(content: Content, context: Context) -> tuple[PosterRow, ...]:
    """The attract loop: the file's posters, and those of the places among them.

    In a quiet week, with neither a race to come nor an offer, cars and things to do take their
    turn. Where no poster is due, home's headline stands in.
    """
    rows = [_poster(poster, context) for poster in content.attract.posters]
    if not rows:
        row = PosterRow(content.home.headline, content.brand.line)
        rows = [with_picture(row, content.home.picture, context)]
    of_places: list[PosterRow] = []
    for place in content.places:
        kind = kind_of(place)
        if kind.posters_asked_by is None or getattr(content.attract, kind.posters_asked_by):
            of_places += kind.posters(place, context)
    asked_by = {kind.posters_asked_by for kind in KINDS} - {None}
    if not of_places and any(getattr(content.attract, str(name)) for name in asked_by):
        for place in content.places:
            of_places += kind_of(place).quiet_posters(place, context)
    for number, row in enumerate(of_places):
        rows.insert(1 + 2 * number, row)
    return tuple(rows)


def _poster(poster: Poster, context: Context) -> PosterRow:
    is_dated = poster.comes is not None or poster.goes is not None
    video = picture_url(poster.video, context) if poster.video else ""
    row = PosterRow(poster.headline, poster.line, dated=is_dated, video=video)
    return with_picture(row, poster.picture, context)


def home_row(home: Home, context: Context) -> HomeRow:
    """The hero of the home screen."""
    icon = glyph(home.icon)
    step = step_of_the_day(context)
    return HomeRow(
        home.headline,
        home.lead,
        icon.character,
        icon.font_file.as_uri(),
        picture_row(home.picture, context),
        () if step is None else (step,),
    )


def doors(content: Content, context: Context) -> tuple[DoorRow, ...]:
    """Every place in the order of the file."""
    wanted = [place for place in content.places if kind_of(place).door_rank and _has_entry(place)]
    wanted.sort(key=lambda place: kind_of(place).door_rank)
    ranks = {place.id: rank for rank, place in enumerate(wanted[:MOST_LARGE_DOORS], 1)}
    return tuple(_door(place, context, ranks.get(place.id, 0)) for place in content.places)


def _has_entry(place: Place) -> bool:
    return any(getattr(place, name) for name in place.counted or place.lists)


def _door(place: Place, context: Context, rank: int) -> DoorRow:
    art = _door_art(place, context)
    kind, icon = kind_of(place), glyph(place.icon)
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
        calling=kind.is_call,
        leads_on=kind.leads_on,
        in_roundel=art.in_roundel,
        rank=rank,
        drawing=art.drawing,
        source=art.picture.source,
        focus_x=art.picture.focus_x,
        focus_y=art.picture.focus_y,
    )


def _door_art(place: Place, context: Context) -> DoorArt:
    """What a door shows; a figure that the kiosk finds never stands beside another line."""
    found = kind_of(place).door(place, context)
    if not place.door and not place.door_figure:
        return found
    line = place.door or found.line
    return replace(found, figure=place.door_figure or "", line=line, spoken="", in_roundel=False)


def interface_words(words: Words) -> InterfaceWords:
    """The words of what is around the places."""
    return InterfaceWords(*(getattr(words, name) for name in InterfaceWords._fields))
