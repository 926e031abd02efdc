"""What QML is given: rows of plain values, without Qt and without the content's model.

A row's fields are the roles that QML sees; a text that is absent is empty.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture's URL (empty for none) and its focal point as fractions."""

    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5


@dataclass(frozen=True, slots=True)
class PosterRow:
    """One sheet of the attract loop."""

    headline: str
    line: str
    overline: str = ""
    figure: str = ""
    example: bool = False
    dated: bool = False
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A place as it appears on home and in the bar; `spoken` is what a screen reader adds."""

    place_id: str
    kind: str
    name: str
    line: str
    figure: str
    spoken: str
    glyph: str
    glyph_font: str
    in_bar: bool


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A story, a programme, a person, an offer or a car as a card."""

    title: str
    summary: str
    figure: str = ""
    unit: str = ""
    note: str = ""
    terms: str = ""
    example: bool = False
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5


@dataclass(frozen=True, slots=True)
class FactRow:
    """A figure and what it counts, or a label and its text."""

    figure: str
    label: str


@dataclass(frozen=True, slots=True)
class DriverRow:
    """A driver behind a roundel; without a start number the initials stand in."""

    name: str
    number: str
    initials: str
    result: str
    result_label: str


@dataclass(frozen=True, slots=True)
class RaceRow:
    """A race weekend in the list; `spoken` is all of it as it is read out."""

    days: str
    month: str
    when: str
    venue: str
    where: str
    standing: str
    spoken: str


@dataclass(frozen=True, slots=True)
class DotRow:
    """A venue on the map; `map_x` and `map_y` are fractions of its width and height."""

    standing: str
    map_x: float
    map_y: float


@dataclass(frozen=True, slots=True)
class DealerRow:
    """A dealership in the list."""

    name: str
    city: str
    distance: str
    example: bool


@dataclass(frozen=True, slots=True)
class NameRow:
    """A tab or a link, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything a detail view shows; `code` is what its QR code carries (empty for none).

    `figure_spoken` is the figure with what belongs to it, as it is read out.
    """

    kind: str
    title: str
    overline: str = ""
    figure: str = ""
    figure_spoken: str = ""
    unit: str = ""
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[FactRow, ...] = ()
    terms: str = ""
    note: str = ""
    example: bool = False
    code: str = ""
    code_caption: str = ""
    code_name: str = ""
    picture: PictureView = PictureView()


@dataclass(frozen=True, slots=True)
class HomeView:
    """The hero of the home screen."""

    headline: str = ""
    lead: str = ""
    glyph: str = ""
    glyph_font: str = ""
    picture: PictureView = PictureView()


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One thing staff must mend before the showroom can open."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What `kiosk check` says of the content, beside its preview."""

    where: str
    severity: str
    message: str
    rule: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that comes or goes, beside the preview."""

    when: str
    what: str


def camel(name: str) -> str:
    """`focus_x` as QML names it: `focusX`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
