"""What to do next: what other places invite to. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.places.kinds import kind_of
from kiosk.places.presenting import Context
from kiosk.places.rows import Detail, PictureRow, StepRow

SOONEST = ("schedule", "events")
"""What is on within days comes before all else."""
NEXT = ("offers", "models", "features", *SOONEST, "timeline", "signup")


def invitations(context: Context, kinds: Sequence[str], but: str = "") -> Iterator[StepRow]:
    """What places of some kinds invite to, in the order of the kinds; not the place named `but`."""
    for name in kinds:
        for place in context.places:
            if place.kind == name and place.id != but:
                step = kind_of(place).invitation(place, context)
                if step is not None:
                    yield step


def step_of_the_day(context: Context) -> StepRow | None:
    """What home invites to: what is on soon, an offer, and in a quiet week a car."""
    soon = (step for step in invitations(context, SOONEST) if step.is_soon)
    return next(soon, None) or next(invitations(context, NEXT), None)


def following_step(
    following: Detail, read: Detail, where: tuple[str, str, int, int], context: Context
) -> StepRow:
    """The entry after the one that was read, with its picture where it is another one.

    `where` is how it is opened: the id of the place, the section, the tab and the number.
    """
    place_id, section, tab, entry = where
    is_dated = following.figure_style == "date"
    in_roundel = following.figure_style == "roundel"
    is_pictured = following.picture.source != read.picture.source and not in_roundel
    picture = following.picture if is_pictured else PictureRow()
    return StepRow(
        place_id=place_id,
        title=following.title,
        overline=context.words.next_entry,
        figure=following.figure_spoken if is_dated else following.figure,
        in_roundel=in_roundel,
        section=section,
        tab=tab,
        entry=entry,
        source=picture.source,
        focus_x=picture.focus_x,
        focus_y=picture.focus_y,
    )
