"""The kiosk's own words for events."""

from __future__ import annotations

from kiosk.blocks.words import KindWords, Sentence


class EventsWords(KindWords):
    event_calendar: Sentence = "Scan to add this event to your phone's calendar."
    """Beside the code that puts an event into a phone's calendar."""
