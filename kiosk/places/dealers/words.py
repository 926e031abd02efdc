"""The kiosk's own words for dealerships."""

from __future__ import annotations

from kiosk.blocks.words import KindWords, Sentence, Word


class DealersWords(KindWords):
    """English unless the content file says otherwise."""

    this_dealership: Word = "You are here"
    """Above the dealership where the kiosk is."""
    other_locations: Word = "Other locations"
    """Above the other dealerships."""
    opening_hours: Word = "Opening hours"
    """The heading of the opening hours."""
    phone: Word = "Phone"
    """The label of the phone number."""
    address: Word = "Address"
    """The label of the address."""
    scan_route: Sentence = "Scan for directions."
    """Beside the code for directions."""
