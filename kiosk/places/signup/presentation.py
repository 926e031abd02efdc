"""What the form tells on screen beside its fields: by whom, for what, how to stop."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.places.kind import Kind, Section
from kiosk.places.presenting import Context, picture_row, with_picture
from kiosk.places.rows import Detail, FactRow, StepRow
from kiosk.places.signup.model import Controller, SignupForm
from kiosk.places.signup.words import SignupWords


def sections(place: SignupForm) -> Sequence[Section]:
    """The privacy page."""
    return [Section("privacy", "privacy", [(place.privacy,)])]


def controller_text(controller: Controller) -> str:
    """Who asks: the name, and on a line of its own the postal address."""
    return f"{controller.name}\n{controller.street}, {controller.city}"


def privacy_detail(place: SignupForm, context: Context) -> Detail:
    """The privacy page of the form."""
    words = context.words_of(SignupWords)
    return Detail(
        title=place.privacy.title,
        layout="words",
        overline=words.privacy,
        paragraphs=place.privacy.body,
        facts=(
            FactRow(words.privacy_who, controller_text(place.controller)),
            FactRow(words.privacy_purpose, place.purpose),
            FactRow(words.privacy_withdraw, place.withdraw),
            FactRow(words.privacy_kept, _retention(place.privacy.retention_days, context)),
        ),
        example=place.controller.example,
        picture=picture_row(place.picture, context),
    )


def _retention(days: int | None, context: Context) -> str:
    if days is None:
        return context.words_of(SignupWords).privacy_kept_open
    sentence = context.words_of(SignupWords).counted(
        "privacy_kept_days", days, context.local.plural(days)
    )
    return sentence.format(days=context.local.number(days))


def notice(place: SignupForm, context: Context) -> str:
    """What the form says beside the consent and what its privacy page says, as plain text."""
    page = privacy_detail(place, context)
    head = [page.overline, page.title]
    if page.example:
        head.append(context.words.example)
    facts = [f"{fact.figure}: {fact.label}" for fact in page.facts]
    parts = ([place.title, place.promise], head, facts, *([text] for text in page.paragraphs))
    return "\n\n".join("\n".join(lines) for lines in parts)


def invitation(place: SignupForm, context: Context) -> StepRow:
    """The form."""
    return with_picture(StepRow(place.id, place.title, place.name), place.picture, context)


SIGNUP = Kind(
    "signup", SignupForm, sections, is_call=True, words=SignupWords, invitation=invitation
)
