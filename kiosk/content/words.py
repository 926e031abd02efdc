"""The kiosk's own words: buttons, labels and the sentences of the form."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from kiosk.content.fields import Text

Word = Annotated[str, Text(40)]
Sentence = Annotated[str, Text(220)]
PLACEHOLDER = re.compile(r"\{[a-z]+\}")


class Words(BaseModel):
    """English unless the content file says otherwise; `{…}` is filled in by the kiosk."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    touch_to_begin: Word = "Touch to begin"
    home: Word = "Home"
    back: Word = "Back"
    more_places: Word = "Also here"
    example: Word = "Example"
    take_home: Sentence = "Scan with your phone to take this home."

    next_race: Word = "Next race"
    racing_now: Word = "Racing now"
    day_to_go: Word = "day to go"
    days_to_go: Word = "days to go"
    race_done: Word = "Done"
    race_calendar: Sentence = "Scan to put this race into your phone's calendar."
    dates: Word = "Dates"

    valid_until: Word = "Valid until {date}"
    offer_today: Word = "offer today"
    offers_today: Word = "offers today"
    estimate_payment: Word = "Estimate a payment"
    price: Word = "Price"
    down_payment: Word = "Down payment"
    months: Word = "Months"
    interest_rate: Word = "APR"
    estimated_payment: Word = "Estimated payment"
    per_month: Word = "per month"

    this_dealership: Word = "You are here"
    other_locations: Word = "Other locations"
    opening_hours: Word = "Opening hours"
    phone: Word = "Phone"
    address: Word = "Address"
    scan_route: Sentence = "Scan for directions."

    email: Word = "Email"
    name: Word = "Name"
    postal_code: Word = "Postal code"
    optional: Word = "optional"
    subscribe: Word = "Sign me up"
    saving: Word = "One moment"
    email_missing: Sentence = "Please type your email address."
    email_invalid: Sentence = "This address is not complete yet. It looks like name@example.com."
    did_you_mean: Sentence = "Did you mean {address}?"
    postal_code_invalid: Sentence = "Please use letters and digits only, at most 10."
    too_long: Sentence = "This is longer than we can keep. Please shorten it."
    consent_missing: Sentence = "Please tick the box, so that we may write to you."
    not_saved: Sentence = (
        "We could not save this just now. What you typed is still here: please try again,"
        " or tell the team."
    )
    signup_resting: Sentence = "Sign-up is resting at the moment. Please ask the team here."

    privacy: Word = "Privacy"
    privacy_who: Word = "Who asks"
    privacy_purpose: Word = "What for"
    privacy_withdraw: Word = "How to stop"
    privacy_kept: Word = "How long"
    privacy_kept_day: Sentence = (
        "One day after they are handed to the dealership, your details are erased from this kiosk."
    )
    privacy_kept_days: Sentence = (
        "{days} days after they are handed to the dealership, your details are erased from this"
        " kiosk."
    )
    privacy_kept_open: Sentence = (
        "Your details stay on this kiosk until the dealership erases them."
    )

    still_there: Word = "Still there?"
    idle_explained: Sentence = (
        "Touch to carry on. At zero, this screen starts over for the next visitor."
    )
    carry_on: Word = "Carry on"

    month_names: Annotated[tuple[Word, ...], Field(min_length=12, max_length=12)] = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    date_order: Word = "{month} {day}, {year}"

    @field_validator("valid_until", "did_you_mean", "privacy_kept_days", "date_order")
    @classmethod
    def _can_be_filled_in(cls, value: str, info: ValidationInfo) -> str:
        usual = str(cls.model_fields[str(info.field_name)].default)
        known = PLACEHOLDER.findall(usual)
        if re.search(r"[{}]", re.sub("|".join(map(re.escape, known)), "", value)):
            raise ValueError(
                f"can hold {' and '.join(known)} and no other brackets; write {usual!r}"
            )
        return value
