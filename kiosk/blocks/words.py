"""The kiosk's own words: buttons, labels and the sentences of the form."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from kiosk.blocks.fields import Text

Word = Annotated[str, Text(40)]
Sentence = Annotated[str, Text(220)]
PLACEHOLDER = re.compile(r"\{[a-z]+\}")
NOT_NEEDED = ("month_names", "date_order")
"""Keys of older files: days are written as the language has them."""


def check_placeholders(text: str, usual: str) -> str:
    """Whether a text can be filled in like the usual one.

    Raises:
        ValueError: says which placeholder is missing, doubled or not known.
    """
    known, given = PLACEHOLDER.findall(usual), PLACEHOLDER.findall(text)
    if re.search(r"[{}]", re.sub("|".join(map(re.escape, known)) or "$.", "", text)):
        if not known:
            raise ValueError("cannot hold { or }; nothing is filled in here, write plain words")
        raise ValueError(f"can hold {' and '.join(known)} and no other brackets; write {usual!r}")
    for placeholder in known:
        if (count := given.count(placeholder)) != 1:
            wrong = "is missing" if count == 0 else f"is there {count} times"
            raise ValueError(f"must hold {placeholder} once, and it {wrong}; write {usual!r}")
    return text


class WordForms(BaseModel):
    """What a noun becomes beside some numbers, as languages such as Polish need it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    zero: Word | None = None
    """Beside 0 and what counts like it."""
    two: Word | None = None
    """Beside 2 and what counts like it."""
    few: Word | None = None
    """Beside 2, 3, 4 and what counts like them."""
    many: Word | None = None
    """Beside 5, 6, 7 and what counts like them."""


class SentenceForms(BaseModel):
    """The same of a sentence with the number in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    zero: Sentence | None = None
    """With 0 and what counts like it."""
    one: Sentence | None = None
    """With 21 and what else counts like 1."""
    two: Sentence | None = None
    """With 2 and what counts like it."""
    few: Sentence | None = None
    """With 2, 3, 4 and what counts like them."""
    many: Sentence | None = None
    """With 5, 6, 7 and what counts like them."""


class Plurals(BaseModel):
    """Further forms beside a number, where a language has more than two."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    days_to_go: WordForms = WordForms()
    """Further forms of days_to_go, such as few: and many: in Polish."""
    offers_today: WordForms = WordForms()
    """Further forms of offers_today."""
    privacy_kept_days: SentenceForms = SentenceForms()
    """Further forms of privacy_kept_days."""

    @field_validator("privacy_kept_days")
    @classmethod
    def _can_be_filled_in(cls, forms: SentenceForms) -> SentenceForms:
        for name in SentenceForms.model_fields:
            if (text := getattr(forms, name)) is not None:
                usual: str = Words.model_fields["privacy_kept_days"].default
                try:
                    check_placeholders(text, usual)
                except ValueError as error:
                    raise ValueError(f"has {name}:, which {error}") from None
        return forms


class Words(BaseModel):
    """English unless the content file says otherwise; `{…}` is filled in by the kiosk."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

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

    plurals: Plurals = Plurals()
    """Further forms of the words that stand beside a number, for languages with more than two."""

    month_names: tuple[Word, ...] | None = None
    """Not needed any more: months are written as the language has them."""
    date_order: Word | None = None
    """Not needed any more: days are written as the language has them."""

    @field_validator("*")
    @classmethod
    def _can_be_filled_in(cls, value: object, info: ValidationInfo) -> object:
        name = str(info.field_name)
        if isinstance(value, str) and name not in NOT_NEEDED:
            check_placeholders(value, str(cls.model_fields[name].default))
        return value

    def counted(self, name: CountedWord, count: int, plural: str) -> str:
        """The form of a word beside a number, given the plural that the language has for it."""
        if count == 1 or (plural == "one" and name != "privacy_kept_days"):
            singular: str = getattr(self, SINGULAR[name])
            return singular
        forms = getattr(self.plurals, name)
        text: str = getattr(forms, plural, None) or getattr(self, name)
        return text


CountedWord = Literal["days_to_go", "offers_today", "privacy_kept_days"]
SINGULAR: dict[CountedWord, str] = {
    "days_to_go": "day_to_go",
    "offers_today": "offer_today",
    "privacy_kept_days": "privacy_kept_day",
}
"""What stands beside 1 alone, and in place of the plural's form `one`."""
