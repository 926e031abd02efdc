"""The kiosk's own words of dealerships."""

from __future__ import annotations

from kiosk.blocks.words import KindWords, Sentence, Word


class DealersWords(KindWords):
    """English unless the content file says otherwise."""

    this_dealership: Word = "You are here"
    """Above the dealership in which the kiosk stands."""
    other_locations: Word = "Other locations"
    """Above the other dealerships."""
    opening_hours: Word = "Opening hours"
    """Heading of the opening hours."""
    phone: Word = "Phone"
    """Label of the phone number."""
    address: Word = "Address"
    """Label of the address."""
    scan_route: Sentence = "Scan for directions."
    """Beside the code for directions."""
