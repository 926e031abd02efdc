"""What a place is presented with, and how what several kinds share reads on screen. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from kiosk.blocks.block import Article, Link, Picture, Place
from kiosk.blocks.codes import code_of
from kiosk.blocks.words import CommonWords, KindWords
from kiosk.language.localization import Localization, localization
from kiosk.places.rows import ArticleRow, Detail, FactRow, HeadRow, PictureRow, PosterRow, StepRow

SOON = 14
"""Days ahead in which what takes place is worth a hero."""

Row = TypeVar("Row", HeadRow, PosterRow, ArticleRow, StepRow)
W = TypeVar("W", bound=KindWords)


def unknown_appearance(_: str) -> tuple[float, bool]:
    """For pictures that nobody has inspected."""
    return 0.0, False


@dataclass(frozen=True, slots=True)
class Context:
    """What the functions here need to know besides a block: words, the moment, the pictures.

    `now` is in the dealership's time zone; `kept` says where pictures lie that are not in `assets`;
    `language` is as the content file has it, `local` how numbers and days read in it. `places` are
    all that are shown now, for a place that leads on to what another has. Under a clock that is not
    trusted nothing may be derived from `now`. `appearance_of` a picture's file is its shape and
    whether it is a cut-out, as in `PictureRow`.
    """

    words: CommonWords
    now: datetime
    assets: Path
    stored_pictures: Mapping[str, Path] = field(default_factory=dict)
    language: str = "en"
    region: str | None = None
    places: Sequence[Place] = ()
    is_clock_trusted: bool = True
    appearance_of: Callable[[str], tuple[float, bool]] = unknown_appearance

    @property
    def local(self) -> Localization:
        return localization(self.language, self.region)

    def words_of(self, kind: type[W]) -> W:
        """The words of a kind of place; a content has those of every kind."""
        assert isinstance(self.words, kind)
        return self.words

    @property
    def today(self) -> date:
        return self.now.date()


def picture_row(picture: Picture | None, context: Context) -> PictureRow:
    """A picture as a row; empty where there is none."""
    if picture is None:
        return PictureRow()
    url, appearance = picture_url(picture.file, context), context.appearance_of(picture.file)
    return PictureRow(url, float(picture.focus_x), float(picture.focus_y), *appearance)


def picture_url(file: str, context: Context) -> str:
    """Where a picture or a video lies."""
    return (context.stored_pictures.get(file) or context.assets / file).as_uri()


def with_picture(row: Row, picture: Picture | None, context: Context) -> Row:
    """A row with its picture."""
    return row._replace(**picture_row(picture, context)._asdict())


def with_link(detail: Detail, link: Link | None, context: Context) -> Detail:
    """A detail with the link to take home as a code."""
    code, caption, name = code_to_take_home(link, context)
    return detail._replace(code=code, code_caption=caption, code_name=name)


def code_to_take_home(link: Link | None, context: Context) -> tuple[str, str, str]:
    """What a link's code carries, the sentence beside it and its name; empty without a link."""
    if link is None:
        return "", "", ""
    return code_of(link.address), link.line or context.words.take_home, link.name


def article_row(article: Article, context: Context) -> ArticleRow:
    """An article as a card."""
    row = ArticleRow(article.title, article.summary, article.figure or "")
    return with_picture(row, article.picture, context)


def article_detail(article: Article, context: Context, place: Place) -> Detail:
    """An article to read."""
    return with_link(
        Detail(
            title=article.title,
            facts_style="figures",
            overline=place.name,
            figure=article.figure or "",
            lead=article.summary,
            paragraphs=article.body,
            facts=tuple(FactRow(fact.figure, fact.label) for fact in article.facts),
            picture=picture_row(article.picture or place.picture, context),
        ),
        article.link,
        context,
    )


def town(city: str, region: str) -> str:
    """`Sonoma, CA`."""
    return f"{city}, {region}"
