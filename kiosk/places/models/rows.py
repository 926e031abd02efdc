"""What QML is given of the cars: rows of plain values."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.places.rows import FactRow


class CarRow(NamedTuple):
    """A car of the street. `drawing` is shown where there is no picture: the URL of a car of its
    body style, `share` as wide as the longest of the street. `figure` is the price.
    """

    title: str
    note: str = ""
    drawing: str = ""
    share: float = 1.0
    is_electric: bool = False
    figure: str = ""
    figure_line: str = ""
    example: bool = False
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False


class SightRow(NamedTuple):
    """A picture of a car to leaf to, or a drawing of it; and its video's URL."""

    drawing: str = ""
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False
    video: str = ""


class PaintRow(NamedTuple):
    """A color as a swatch."""

    name: str
    color: str


class ComparedRow(NamedTuple):
    """A measured value of two cars."""

    label: str
    left_value: str
    right_value: str


class Comparison(NamedTuple):
    """Two cars beside each other, each as a list of one; `chosen` is the number of the other."""

    left: tuple[CarRow, ...]
    right: tuple[CarRow, ...]
    rows: tuple[ComparedRow, ...]
    chosen: int = 0


class SpecificationRow(NamedTuple):
    """A measured value."""

    figure: str
    unit: str
    label: str


class CarOffer(NamedTuple):
    """An offer for a car, and where it is opened."""

    title: str
    figure: str
    unit: str
    place_id: str
    entry: int


class CarPage(NamedTuple):
    """Everything that a car's page shows; texts that are absent are empty."""

    title: str
    overline: str
    note: str = ""
    is_electric: bool = False
    price: str = ""
    price_line: str = ""
    price_terms: str = ""
    example: bool = False
    specifications: tuple[SpecificationRow, ...] = ()
    consumption: str = ""
    co2_class: str = ""
    equipment: tuple[FactRow, ...] = ()
    sights: tuple[SightRow, ...] = ()
    paints: tuple[PaintRow, ...] = ()
    paint: int = 0
    paint_name: str = ""
    """The color that is chosen, and that the sights are in."""
    body: str = ""
    code: str = ""
    code_caption: str = ""
    code_name: str = ""
    offers: tuple[CarOffer, ...] = ()
    estimator: str = ""
    """Where a payment for it is estimated: a place's id and its screen; empty where nowhere."""
    comparison: str = ""
    """The screen on which it stands beside another; empty where it is the only one."""
