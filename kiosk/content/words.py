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
    """On the posters: what to do."""
    home: Word = "Home"
    """The button to the home screen."""
    back: Word = "Back"
    """The button back to the place."""
    more_places: Word = "Also here"
    """Heading beside the links, above the places that are not in the bar."""
    example: Word = "Example"
    """On the ribbon of what is only an example."""
    take_home: Sentence = "Scan with your phone to take this home."
    """Beside a code to scan, where the link has no line of its own."""

    next_race: Word = "Next race"
    """Above the date that comes next."""
    racing_now: Word = "Racing now"
    """Above the date that is on today."""
    day_to_go: Word = "day to go"
    """Below the number 1 of the countdown."""
    days_to_go: Word = "days to go"
    """Below the number of the countdown."""
    race_done: Word = "Done"
    """On a date that is over."""
    race_calendar: Sentence = "Scan to put this race into your phone's calendar."
    """Beside the code that puts a date into a phone's calendar."""
    dates: Word = "Dates"
    """Label of the first and last day."""

    valid_until: Word = "Valid until {date}"
    """On an offer; {date} is filled in."""
    offer_today: Word = "offer today"
    """On the door, below the number 1."""
    offers_today: Word = "offers today"
    """On the door, below the number of offers."""
    estimate_payment: Word = "Estimate a payment"
    """The button to the payment estimator."""
    price: Word = "Price"
    """Label of a slider of the estimator."""
    down_payment: Word = "Down payment"
    """Label of a slider of the estimator."""
    months: Word = "Months"
    """Label of the choice of months in the estimator."""
    interest_rate: Word = "APR"
    """Label of a slider of the estimator."""
    estimated_payment: Word = "Estimated payment"
    """Above the result of the estimator."""
    per_month: Word = "per month"
    """Behind the result of the estimator."""

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

    email: Word = "Email"
    """Label of a field of the form."""
    name: Word = "Name"
    """Label of a field of the form."""
    postal_code: Word = "Postal code"
    """Label of a field of the form."""
    optional: Word = "optional"
    """On a field that may stay empty."""
    subscribe: Word = "Sign me up"
    """The button that sends the form."""
    saving: Word = "One moment"
    """On that button while the form is being saved."""
    email_missing: Sentence = "Please type your email address."
    """When the form is sent without an address."""
    email_invalid: Sentence = "This address is not complete yet. It looks like name@example.com."
    """When the address cannot be one."""
    did_you_mean: Sentence = "Did you mean {address}?"
    """When the address looks misspelt; {address} is filled in."""
    email_unusual: Sentence = (
        "Many mail systems refuse “{letters}” in front of the @. Is your address right?"
    )
    """When the address is one that may get no mail; {letters} is filled in."""
    email_is_right: Word = "Yes, it is right"
    """The button that answers that question and sends the form."""
    postal_code_invalid: Sentence = "Please use letters and digits only, at most 10."
    """When the postal code cannot be one."""
    too_long: Sentence = "This is longer than we can keep. Please shorten it."
    """When a field holds too much."""
    consent_missing: Sentence = "Please tick the box, so that we may write to you."
    """When the box is not ticked."""
    not_saved: Sentence = (
        "We could not save this just now. What you typed is still here: please try again,"
        " or tell the team."
    )
    """When the kiosk could not save the form."""
    signup_resting: Sentence = "Sign-up is resting at the moment. Please ask the team here."
    """In place of the form while nothing can be saved."""

    privacy: Word = "Privacy"
    """The button to the privacy page."""
    privacy_who: Word = "Who asks"
    """On the privacy page: label of the dealership."""
    privacy_purpose: Word = "What for"
    """On the privacy page: label of the purpose."""
    privacy_withdraw: Word = "How to stop"
    """On the privacy page: label of how to get off the list."""
    privacy_kept: Word = "How long"
    """On the privacy page: label of how long details are kept."""
    privacy_kept_day: Sentence = (
        "One day after they are handed to the dealership, your details are erased from this kiosk."
    )
    """On the privacy page, where they are kept for one day."""
    privacy_kept_days: Sentence = (
        "{days} days after they are handed to the dealership, your details are erased from this"
        " kiosk."
    )
    """On the privacy page, where they are kept longer; {days} is filled in."""
    privacy_kept_open: Sentence = (
        "Your details stay on this kiosk until the dealership erases them."
    )
    """On the privacy page, where they are kept until somebody erases them."""

    still_there: Word = "Still there?"
    """Headline of the warning before the screen starts over."""
    idle_explained: Sentence = (
        "Touch to carry on. At zero, this screen starts over for the next visitor."
    )
    """Below that headline."""
    carry_on: Word = "Carry on"
    """The button that keeps the screen as it is."""

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
    """The twelve months, January first."""
    date_order: Word = "{month} {day}, {year}"
    """How a date reads; {month}, {day} and {year} are filled in."""

    @field_validator(
        "valid_until",
        "did_you_mean",
        "email_unusual",
        "privacy_kept_days",
        "date_order",
    )
    @classmethod
    def _can_be_filled_in(cls, value: str, info: ValidationInfo) -> str:
        usual = str(cls.model_fields[str(info.field_name)].default)
        known = PLACEHOLDER.findall(usual)
        if re.search(r"[{}]", re.sub("|".join(map(re.escape, known)), "", value)):
            raise ValueError(
                f"can hold {' and '.join(known)} and no other brackets; write {usual!r}"
            )
        return value
