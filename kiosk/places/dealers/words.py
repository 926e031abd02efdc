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
    open_until: Word = "Open until {time}"
    """Says that it is open now; {time} is when it closes."""
    open_always: Word = "Open day and night"
    """Says that it never closes."""
    opens_at: Word = "Opens at {time}"
    """Says that it is closed now and opens later today."""
    opens_tomorrow: Word = "Opens tomorrow at {time}"
    """Says that it opens tomorrow."""
    opens_on: Word = "Opens {day} at {time}"
    """Says that it opens on a later day: a weekday, or a date."""
    closed_today: Word = "Closed today"
    """Says that it is closed all day."""
    closed_now: Word = "Closed now"
    """Says that it was open earlier today."""
    closed: Word = "Closed"
    """In the opening hours, beside a day."""
    run_of_days: Word = "{first} to {last}"
    """A run of weekdays in the opening hours, like Monday to Friday."""
    phone: Word = "Phone"
    """The label of the phone number."""
    address: Word = "Address"
    """The label of the address."""
    scan_route: Sentence = "Scan for directions."
    """Beside the code for directions."""
