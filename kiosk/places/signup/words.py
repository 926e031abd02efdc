"""The kiosk's own words for the form and its privacy page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from kiosk.blocks.words import KindWords, PluralForms, Sentence, SentenceForms, Word

KEPT_DAYS = (
    "{days} days after they are handed to the dealership, your details are erased from this kiosk."
)


class SignupPlurals(PluralForms):
    usual: ClassVar[Mapping[str, str]] = {"privacy_kept_days": KEPT_DAYS}

    privacy_kept_days: SentenceForms = SentenceForms()
    """Further forms of privacy_kept_days."""


class SignupWords(KindWords):
    forms: ClassVar[type[PluralForms]] = SignupPlurals
    singular: ClassVar[Mapping[str, str]] = {"privacy_kept_days": "privacy_kept_day"}

    email: Word = "Email"
    """The label of a field in the form."""
    name: Word = "Name"
    """The label of a field in the form."""
    postal_code: Word = "Postal code"
    """The label of a field in the form."""
    optional: Word = "optional"
    """On a field that may be left empty."""
    subscribe: Word = "Sign me up"
    """The button that sends the form."""
    saving: Word = "One moment"
    """On that button while the form is being saved."""
    email_missing: Sentence = "Please type your email address."
    """When the form is sent without an address."""
    email_invalid: Sentence = "Please check this address. It should look like name@example.com."
    """When the address cannot be valid."""
    did_you_mean: Sentence = "Did you mean {address}?"
    """When the address looks misspelled; {address} is filled in."""
    email_unusual: Sentence = (
        "Many mail systems refuse “{letters}” before the @. Is your address correct?"
    )
    """When mail may not reach the address; {letters} is filled in."""
    email_is_right: Word = "Yes, it is correct"
    """The button that answers that question and sends the form."""
    postal_code_invalid: Sentence = "Please use letters and digits only, at most 10."
    """When the postal code cannot be valid."""
    too_long: Sentence = "This is too long to save. Please shorten it."
    """When the text in a field is too long."""
    consent_missing: Sentence = "Please tick the box so that we can email you."
    """When the box is not ticked."""
    not_saved: Sentence = (
        "We could not save this just now. What you typed is still here. Please try again,"
        " or tell our team."
    )
    """When the kiosk could not save the form."""
    signup_resting: Sentence = "Sign-up is not available at the moment. Please ask our team."
    """Instead of the form while nothing can be saved."""
    privacy: Word = "Privacy"
    """The button to the privacy page."""
    privacy_who: Word = "Who we are"
    """On the privacy page: the label of the dealership."""
    privacy_purpose: Word = "What for"
    """On the privacy page: the label of the purpose."""
    privacy_withdraw: Word = "How to stop"
    """On the privacy page: the label of how to get off the list."""
    privacy_kept: Word = "How long"
    """On the privacy page: the label of how long details are kept."""
    privacy_kept_day: Sentence = (
        "One day after they are handed to the dealership, your details are erased from this kiosk."
    )
    """On the privacy page, if details are kept for one day."""
    privacy_kept_days: Sentence = KEPT_DAYS
    """On the privacy page, if details are kept longer; {days} is filled in."""
    privacy_kept_open: Sentence = (
        "Your details stay on this kiosk until the dealership erases them."
    )
    """On the privacy page, if details are kept until somebody erases them."""
