"""What QML is given of a place: rows of plain values, without Qt and without the content's model.

A row's fields are the roles that QML sees; a text that is absent is empty.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Layout = Literal["story", "code", "words"]
FigureStyle = Literal["plain", "roundel", "date"]
FactsStyle = Literal["table", "figures"]


class PictureRow(NamedTuple):
    """A picture's URL (empty for none), its focal point as fractions, and of a photograph its width
    by its height as it is seen, 0 where that is not known, and whether it is a cut-out.
    """

    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False


class HeadRow(NamedTuple):
    """The head of a place, and what it says when it has nothing to list."""

    title: str
    lead: str
    notice_title: str = ""
    notice_line: str = ""
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False


class PosterRow(NamedTuple):
    """One sheet of the attract loop.

    Where the picture `is_apart`, the words stand beside it, not on it; a car may be drawn instead.
    `video` is its URL, and `source` what is seen until it plays.
    """

    headline: str
    line: str
    overline: str = ""
    figure: str = ""
    example: bool = False
    dated: bool = False
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False
    is_apart: bool = False
    drawing: str = ""
    video: str = ""


class ArticleRow(NamedTuple):
    """A story, a programme or a person as a card."""

    title: str
    summary: str
    figure: str = ""
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False


class FactRow(NamedTuple):
    """A figure and what it counts, or a label and its text."""

    figure: str
    label: str


class StepRow(NamedTuple):
    """Something to do next, and where a touch leads: to an entry of a place, or, without a
    `section`, to the place.

    `is_soon` says that it takes place within days. A car may be drawn instead of a picture, and the
    figure be a start number in a roundel.
    """

    place_id: str
    title: str
    overline: str = ""
    figure: str = ""
    in_roundel: bool = False
    section: str = ""
    tab: int = 0
    entry: int = 0
    is_soon: bool = False
    drawing: str = ""
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False


class NameRow(NamedTuple):
    """A tab or a link, by its name."""

    name: str


class Detail(NamedTuple):
    """Everything a detail view shows; `code` is what its QR code carries (empty for none).

    `figure_spoken` is the figure with what belongs to it, as it is read out. How it is laid out:

    - `layout`: a `story` to read; a `code` to scan, with little beside it; `words` beside a picture
      that keeps its colors.
    - `figure_style`: a number or a word with its unit, a start number in a `roundel`, or the days
      of a `date` with their month.
    - `facts_style`: a `table` of captions and texts, or large `figures`.
    """

    title: str
    layout: Layout = "story"
    figure_style: FigureStyle = "plain"
    facts_style: FactsStyle = "table"
    has_large_title: bool = False
    overline: str = ""
    figure: str = ""
    figure_spoken: str = ""
    unit: str = ""
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[FactRow, ...] = ()
    note: str = ""
    example: bool = False
    code: str = ""
    code_caption: str = ""
    code_name: str = ""
    second_code: str = ""
    second_code_caption: str = ""
    picture: PictureRow = PictureRow()
