"""What must stand beside a car, and offers for cars that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.blocks.nearness import nearest
from kiosk.content.lint.rule import Finding, Subject
from kiosk.places.models.model import Model

REGULATED = ("uk", "eu")
NO_PASSENGER_CARS = ("van", "motorcycle", "pickup", "truck")


def unknown_car(subject: Subject) -> Iterator[Finding]:
    """Offers for a car that no place has."""
    names = {car.name for _, car in subject.blocks(Model)}
    for path, offer, _ in subject.offers:
        if offer.car is None or offer.car in names:
            continue
        near = nearest(offer.car, names)
        hint = f"did you mean '{near}'?" if near else "write its name as it stands among the models"
        yield Finding(
            (*path, "car"),
            f"'{offer.title}' is for '{offer.car}', and there is no such car; {hint}",
        )


def consumption(subject: Subject) -> Iterator[Finding]:
    """Directive 1999/94/EC, article 6; SI 2001/3523, regulation 9: cars without their values."""
    for path, car in subject.blocks(Model) if subject.content.region in REGULATED else ():
        if car.consumption is None and car.body_style not in NO_PASSENGER_CARS:
            yield Finding(
                path,
                f"'{car.name}' does not say what it consumes and emits, which a new passenger car"
                " probably must; add consumption:, or silence this for used cars",
            )
