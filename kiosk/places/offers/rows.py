"""What QML is given of the offers: rows of plain values."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.places.models.rows import SightRow
from kiosk.places.rows import NameRow


class OfferRow(NamedTuple):
    """An offer in the list; `terms` is how they begin. `drawing` is a car where no picture is."""

    title: str
    figure: str
    unit: str
    note: str
    terms: str
    example: bool = False
    drawing: str = ""
    source: str = ""
    focus_x: float = 0.5
    focus_y: float = 0.5
    shape: float = 0.0
    is_cut_out: bool = False


class StatementRow(NamedTuple):
    """An item of what a payment rests on."""

    label: str
    value: str


class EstimateRow(NamedTuple):
    """The payment estimator with its sliders where they stand; `kind` is the chosen tab."""

    title: str
    note: str
    example: bool
    price_least: float
    price_most: float
    price_step: float
    rate_most: float
    rate_step: float
    kinds: tuple[NameRow, ...]
    kind: int = 0
    is_lease: bool = False
    heading: str = ""
    warning: str = ""
    statement: tuple[StatementRow, ...] = ()
    key_label: str = ""
    key_value: str = ""
    payment_text: str = ""
    price: float = 0.0
    price_text: str = ""
    down_payment: float = 0.0
    down_payment_most: float = 0.0
    down_payment_word: str = ""
    down_payment_text: str = ""
    rate: float = 0.0
    rate_word: str = ""
    rate_text: str = ""
    months: int = 0
    mileage: int = 0


class OfferPage(NamedTuple):
    """What an offer's page says; texts that are absent are empty."""

    title: str
    overline: str
    figure: str
    unit: str
    note: str
    terms: str
    lead: str = ""
    code: str = ""
    code_caption: str = ""
    code_name: str = ""
    car: str = ""
    """The name of the car that it is for, if there is such a car."""
    car_place: str = ""
    """The id of the place that has the car."""
    estimator: str = ""
    """The screen on which a payment is estimated; empty where there is none."""
    sights: tuple[SightRow, ...] = ()
    car_tab: int = 0
    car_entry: int = 0
    example: bool = False
