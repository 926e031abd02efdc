"""What QML is given besides the places: doors, home, what staff must mend.

A row's fields are the roles that QML sees; a text that is absent is empty.
"""

from __future__ import annotations

from typing import NamedTuple

from kiosk.places.rows import PictureRow, StepRow

NO_PICTURE = PictureRow()


class DoorRow(NamedTuple):
    """A place as it appears on home and in the bar; `spoken` is what a screen reader adds.

    `calling` is set in the signal color; `leads_on` to the places that are not in the bar. What
    visitors come for has a `rank`, from 1, and a large door with a picture, or a car that is drawn.
    """

    place_id: str
    kind: str
    name: str
    line: str
    figure: str
    spoken: str
    glyph: str
    glyph_font: str
    in_bar: bool
    calling: bool = False
    leads_on: bool = False
    in_roundel: bool = False
    rank: int = 0
    drawing: str = ""
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5


class BrandRow(NamedTuple):
    """Whose showroom it is.

    `logo` is its URL, empty for none, `logo_shape` its width by its height; without
    `has_name_beside` it stands for the name.
    """

    name: str = ""
    line: str = ""
    roundel: str = ""
    logo: str = ""
    logo_shape: float = 1.0
    is_on_light: bool = False
    has_name_beside: bool = False


class HomeRow(NamedTuple):
    """The hero of the home screen; `steps` is what to do first, if there is something."""

    headline: str = ""
    lead: str = ""
    glyph: str = ""
    glyph_font: str = ""
    picture: PictureRow = NO_PICTURE
    steps: tuple[StepRow, ...] = ()


class InterfaceWords(NamedTuple):
    """Those of `CommonWords` that are needed before the model is imported, by the same names."""

    home: str = ""
    back: str = ""
    example: str = ""
    still_there: str = ""
    idle_explained: str = ""
    carry_on: str = ""


class ProblemRow(NamedTuple):
    """One thing staff must mend before the showroom can open."""

    where: str
    message: str


class FindingRow(NamedTuple):
    """What `kiosk check` says of the content, beside its preview."""

    where: str
    severity: str
    message: str
    rule: str = ""
    is_new: bool = False


class ChangeRow(NamedTuple):
    """Something that comes or goes, beside the preview."""

    when: str
    what: str
