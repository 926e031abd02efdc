"""The newsletter form, with everything that valid consent requires."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kiosk.blocks.block import Block, Place
from kiosk.blocks.fields import Flag, Headline, Line, Name, Paragraph, Summary, Whole
from kiosk.blocks.refusal import FieldRefusal


class Consent(Block):
    """The exact words a visitor agrees to.

    `version` must change with them, and with what accompanies them: controller, purpose, withdraw,
    privacy.
    """

    noun: ClassVar[str] = "consent"
    is_unique: ClassVar[bool] = True

    version: Name
    """A name for these words, like 2024-1. Give a new one whenever you change the words, or
    controller, purpose, withdraw or privacy.
    """
    wording: Summary
    """What the visitor agrees to, word for word, beside the box."""


class Controller(Block):
    """Who asks for the consent and is responsible for the details.

    The postal address is also the one that commercial email in the US has to carry (15 U.S.C.
    7704(a)(5), 16 CFR 316.2): a street address, a PO box or a private mailbox.
    """

    noun: ClassVar[str] = "controller"
    is_unique: ClassVar[bool] = True

    name: Headline
    """The dealership that will send the emails."""
    street: Line
    """Its street and number, or its PO box. Mail must reach it."""
    city: Line
    """Its town and postal code, like Springfield, IL 62701."""
    example: Flag = False
    """true marks the address as an example on the screens. Remove the line once your own address is
    in place.
    """

    @model_validator(mode="after")
    def _can_be_written_to(self) -> Self:
        if not any(letter.isdigit() for letter in self.street + self.city):
            raise FieldRefusal(
                "incomplete-address",
                "has no number in its postal address; write street: with the number or the"
                " PO box, and city: with the postal code, like Springfield, IL 62701",
            )
        return self


class Privacy(Block):
    """The privacy page, one touch away from the form.

    `retention_days` is how long after the export the kiosk erases a signup's details; None for
    never.
    """

    noun: ClassVar[str] = "privacy page"
    is_unique: ClassVar[bool] = True

    title: Headline
    """The headline of the privacy page."""
    body: Annotated[tuple[Paragraph, ...], Field(min_length=1, max_length=4)]
    """What happens with the details, in one to four paragraphs."""
    retention_days: Annotated[Whole, Field(ge=1, le=3650)] | None = None
    """How many days after an export the kiosk erases the details, like 30. Leave it out to keep
    them until you erase them.
    """


class SignupForm(Place):
    """The newsletter form, with everything that valid consent requires: who asks, what for, how to
    stop.
    """

    kind: Literal["signup"]
    """The newsletter form. There can be only one."""
    promise: Summary
    """What you promise about the details, below the headline."""
    controller: Controller
    """Who asks: the dealership that will send the emails, with its postal address."""
    purpose: Summary
    """What the address is used for, in a sentence."""
    withdraw: Summary
    """How to get off the list again. It must work for as long as you send emails."""
    consent: Consent
    """The words beside the box."""
    privacy: Privacy
    """The page that the Privacy button opens."""
    thanks_title: Headline
    """The headline shown after somebody has signed up."""
    thanks: Summary
    """What happens next, in a sentence or two."""
