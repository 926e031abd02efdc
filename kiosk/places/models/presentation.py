"""Cars on screen, a tab for each line-up."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.places.kind import DoorArt, Kind, Section
from kiosk.places.models.model import LineUp, Model, Models
from kiosk.places.presenting import Context, large_figure, picture_row, with_link, with_picture
from kiosk.places.rows import ArticleRow, Detail


def door(place: Models, _: Context) -> DoorArt:
    """The newest line-up and its first car."""
    newest = place.line_ups[0]
    figure = large_figure(newest.name)
    return DoorArt(figure, newest.models[0].name if figure else place.title)


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


def model_row(car: Model, context: Context) -> ArticleRow:
    """A car of a line-up."""
    return with_picture(ArticleRow(car.name, car.note or ""), car.picture, context)


def model_detail(car: Model, context: Context, place: Models, line_up: LineUp) -> Detail:
    """A car to read about and take home."""
    figure = large_figure(line_up.name)
    return with_link(
        Detail(
            title=car.name,
            layout="story" if car.body else "code",
            has_large_title=True,
            overline=place.name,
            figure=figure,
            unit="" if figure else line_up.name,
            lead=car.note or "",
            paragraphs=car.body,
            picture=picture_row(car.picture or place.picture, context),
        ),
        car.link,
        context,
    )


MODELS = Kind("models", Models, sections, door)
