"""Cars on screen: a street for each line-up, a page for each car, two beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, Self, TypeVar

from kiosk.places.kind import DoorArt, Kind, Section
from kiosk.places.models.drawn import drawing_url, drawn_length
from kiosk.places.models.model import LineUp, Model, Models, Specification
from kiosk.places.models.rows import CarOffer, CarPage, CarRow, PaintRow, SightRow, SpecificationRow
from kiosk.places.models.words import ModelsWords
from kiosk.places.offers.model import Offers
from kiosk.places.presenting import Context, code_to_take_home, picture_row, picture_url
from kiosk.places.rows import FactRow, PictureRow, PosterRow, StepRow


class Drawable(Protocol):
    """A row with a picture, or a drawing instead of it."""

    def _replace(
        self,
        *,
        drawing: str = ...,
        source: str = ...,
        focus_x: float = ...,
        focus_y: float = ...,
        shape: float = ...,
        is_cut_out: bool = ...,
    ) -> Self: ...


Row = TypeVar("Row", bound=Drawable)


def door(place: Models, context: Context) -> DoorArt:
    """The first car of the newest line-up, and what the line-up is called."""
    newest = place.line_ups[0]
    sight = sights(newest.models[0], context, place)[0]
    return DoorArt(
        "",
        newest.line or place.title,
        drawing=sight.drawing,
        picture=PictureRow(sight.source, sight.focus_x, sight.focus_y),
    )


def invitation(place: Models, context: Context) -> StepRow:
    """A car, another one each day."""
    tab, entry, car = _car_of_the_day(place, context)
    overline = _overline(place, place.line_ups[tab])
    row = StepRow(place.id, car.name, overline, section="cars", tab=tab, entry=entry)
    return with_sight(row, sights(car, context, place)[0])


def quiet_posters(place: Models, context: Context) -> Sequence[PosterRow]:
    """A car, another one each day."""
    tab, _, car = _car_of_the_day(place, context)
    overline = _overline(place, place.line_ups[tab])
    row = PosterRow(place.title, car.name, overline, dated=True, is_apart=True)
    return (with_sight(row, sights(car, context, place)[0]),)


def _car_of_the_day(place: Models, context: Context) -> tuple[int, int, Model]:
    """Line-up, number and car; the first under a clock that is not trusted."""
    cars = list(placed_cars(place))
    day = context.today.toordinal() if context.is_clock_trusted else 0
    return cars[day % len(cars)]


def _overline(place: Models, line_up: LineUp) -> str:
    return f"{place.name} · {line_up.name}"


def sections(place: Models) -> Sequence[Section]:
    """The cars, line-up by line-up."""
    return [
        Section(
            LineUp.lists["models"],
            "cars",
            [line_up.models for line_up in place.line_ups],
            [line_up.name for line_up in place.line_ups],
        )
    ]


def placed_cars(place: Models) -> Iterator[tuple[int, int, Model]]:
    """The line-up, the number in it, and the car: every one, line-up by line-up."""
    for tab, line_up in enumerate(place.line_ups):
        for entry, car in enumerate(line_up.models):
            yield tab, entry, car


def cars_of(place: Models) -> list[Model]:
    """Every car, line-up by line-up."""
    return [car for *_, car in placed_cars(place)]


def longest_drawn(place: Models) -> int:
    """The length of the longest car that is drawn, in millimeters; 0 where none is."""
    return max((drawn_length(car) for car in cars_of(place)), default=0)


def car_row(car: Model, context: Context, place: Models, longest: int) -> CarRow:
    """A car of the street."""
    sight = sights(car, context, place)[0]
    row = CarRow(
        title=car.name,
        note=car.note or "",
        share=drawn_length(car) / longest if sight.drawing else 1.0,
        is_electric=car.electric,
    )
    if (price := car.price) is not None:
        row = row._replace(figure=price.figure, figure_line=price.line, example=price.example)
    return with_sight(row, sight)


def sights(car: Model, context: Context, place: Models, paint: int = 0) -> list[SightRow]:
    """The pictures of a car in one of its colors, or a drawing of it.

    The place's picture stands in where neither is known.
    """
    chosen = car.colors[paint] if paint < len(car.colors) else None
    pictures = [chosen.picture if chosen and chosen.picture else car.picture, *car.pictures]
    found = [SightRow("", *picture_row(picture, context)) for picture in pictures if picture]
    if not found and (url := drawing_url(car, chosen.color if chosen else "")):
        return [SightRow(drawing=url)]
    found = found or [SightRow("", *picture_row(place.picture, context))]
    if car.video:
        found[0] = found[0]._replace(video=picture_url(car.video, context))
    return found


def with_sight(row: Row, sight: SightRow) -> Row:
    """A row with the picture, or the drawing, of a car."""
    return row._replace(
        drawing=sight.drawing,
        source=sight.source,
        focus_x=sight.focus_x,
        focus_y=sight.focus_y,
        shape=sight.shape,
        is_cut_out=sight.is_cut_out,
    )


def car_page(car: Model, context: Context, place: Models, line_up: LineUp) -> CarPage:
    """A car to look at, and what to do next."""
    price, consumption = car.price, car.consumption
    code, caption, name = code_to_take_home(car.link, context)
    return CarPage(
        title=car.name,
        overline=_overline(place, line_up),
        note=car.note or "",
        is_electric=car.electric,
        price=price.figure if price else "",
        price_line=price.line if price else "",
        price_terms=price.terms if price else "",
        example=price.example if price else False,
        specifications=tuple(specification_row(entry) for entry in car.specifications),
        consumption=consumption.line if consumption else "",
        co2_class=(consumption.co2_class or "") if consumption else "",
        equipment=tuple(FactRow(group.name, "\n".join(group.items)) for group in car.equipment),
        sights=tuple(sights(car, context, place)),
        paints=tuple(PaintRow(paint.name, paint.color) for paint in car.colors),
        paint_name=car.colors[0].name if car.colors else "",
        body="\n\n".join(car.body),
        code=code,
        code_caption=caption,
        code_name=name,
        offers=tuple(offers_for(car, context)),
        estimator=estimator_of(car, context),
        comparison=comparison_of(car, place),
    )


def specification_row(entry: Specification) -> SpecificationRow:
    """A measured value."""
    return SpecificationRow(entry.figure, entry.unit or "", entry.label)


def offers_for(car: Model, context: Context) -> Iterator[CarOffer]:
    """The offers that stand now and name the car."""
    for place in context.places:
        if isinstance(place, Offers):
            for index, offer in enumerate(place.offers):
                if offer.car == car.name:
                    yield CarOffer(offer.title, offer.figure, offer.unit, place.id, index)


def estimator_of(car: Model, context: Context) -> str:
    """Where a payment for the car is estimated, as `ID/SCREEN`; empty where nowhere."""
    for place in context.places:
        if isinstance(place, Offers) and place.estimator is not None:
            return f"{place.id}/{estimate_for(car)}"
    return ""


def estimate_for(car: Model | None) -> str:
    """The screen on which a payment is estimated, beginning at the price of a car."""
    amount = car.price.amount if car is not None and car.price is not None else None
    return "estimator" if amount is None else f"estimator/{amount}"


def comparison_of(car: Model, place: Models) -> str:
    """The screen on which the car stands beside another; empty where it is the only one."""
    cars = cars_of(place)
    return f"compare/{next(n for n, c in enumerate(cars) if c is car)}" if len(cars) > 1 else ""


MODELS = Kind(
    "models",
    Models,
    sections,
    door,
    words=ModelsWords,
    door_rank=1,
    invitation=invitation,
    quiet_posters=quiet_posters,
)
