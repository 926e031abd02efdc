"""The kiosk's own words for a season."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from kiosk.blocks.words import KindWords, PluralForms, Sentence, Word, WordForms


class SchedulePlurals(PluralForms):
    days_to_go: WordForms = WordForms()
    """Further forms of days_to_go, such as few: and many: in Polish."""


class ScheduleWords(KindWords):
    forms: ClassVar[type[PluralForms]] = SchedulePlurals
    singular: ClassVar[Mapping[str, str]] = {"days_to_go": "day_to_go"}

    next_race: Word = "Next date"
    """Above the next date."""
    racing_now: Word = "On now"
    """Above a date that is on today."""
    day_to_go: Word = "day to go"
    """Below the countdown at 1."""
    days_to_go: Word = "days to go"
    """Below the countdown."""
    race_done: Word = "Done"
    """On a date that is over."""
    race_calendar: Sentence = "Scan to add this date to your phone's calendar."
    """Beside the code that puts a date into a phone's calendar."""
