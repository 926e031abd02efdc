"""The kiosk's own words of cars."""

from __future__ import annotations

from kiosk.blocks.words import KindWords, Word


class ModelsWords(KindWords):
    electric: Word = "Electric"
    """Beside the name of an electric car."""
    price_terms: Word = "What is included"
    """The button that opens the terms of a price."""
    offer_for_car: Word = "Current offer"
    """Above the offer on a car's page."""
    estimate_for_car: Word = "Estimate a payment"
    """The button on a car's page that leads to the payment estimator."""
    equipment: Word = "Equipment"
    """Above the equipment of a car."""
    colors: Word = "Colors"
    """Read aloud before the name of a color."""
    consumption: Word = "Consumption and emissions"
    """Above what a car consumes and emits."""
    co2_class: Word = "CO₂ class"
    """Beside the scale from A to G."""
    play_video: Word = "Play video"
    """The button on a car's picture that plays its video."""
    stop_video: Word = "Stop video"
    """The button that shows the picture again."""
    compare: Word = "Compare"
    """The button that sets a car beside another."""
