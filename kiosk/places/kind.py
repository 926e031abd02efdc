"""What a kind of place is to the rest of the kiosk: its model, and how it is presented. No Qt.

Each folder here is a kind: `model.py` (what staff write), `presentation.py` (how it reads on
screen), `viewmodel.py` and `Screen.qml` (what a visitor touches). `kinds.py` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from kiosk.blocks.block import Block, Place
from kiosk.blocks.words import KindWords
from kiosk.places.presenting import Context
from kiosk.places.rows import PictureRow, PosterRow, StepRow

P = TypeVar("P", bound=Place)

NO_PICTURE = PictureRow()


@dataclass(frozen=True, slots=True)
class DoorArt:
    """A figure and the line beside it, which says what the figure counts.

    `spoken` is both as they are read out, where that is not one after the other. A start number
    stands `in_roundel`. A large door also shows a picture, or a car that is drawn.
    """

    figure: str
    line: str
    spoken: str = ""
    in_roundel: bool = False
    drawing: str = ""
    picture: PictureRow = NO_PICTURE


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one list that a place opens, in a sequence for each of its tabs.

    `noun` is what an entry is called and `name` what the place's view model knows the list by.
    `pictured` says which of them stand for all where every screen is drawn.
    """

    noun: str
    name: str
    tabs: Sequence[Sequence[Block]]
    tab_names: Sequence[str] = ()
    pictured: Literal["first", "last", "each"] = "first"

    def entries(self) -> list[tuple[int, int]]:
        """Tab and index of each."""
        return [
            (tab, index) for tab, within in enumerate(self.tabs) for index in range(len(within))
        ]


def section_of(
    place: Place, field: str, pictured: Literal["first", "last", "each"] = "first"
) -> Section:
    """The entries of a list of the place's own."""
    return Section(place.lists[field], field, [getattr(place, field)], pictured=pictured)


def own_lists(place: Place) -> Sequence[Section]:
    """For a kind whose lists are its sections."""
    return [section_of(place, field) for field in place.lists]


def title_on_door(place: Place, _: Context) -> DoorArt:
    """The door of a place that has nothing more telling than its title."""
    return DoorArt("", place.title)


def no_posters(_: Place, __: Context) -> Sequence[PosterRow]:
    """For a kind that adds none to the attract loop."""
    return ()


def no_invitation(_: Place, __: Context) -> StepRow | None:
    """For a kind that has nothing to lead on to from elsewhere."""
    return None


@dataclass(frozen=True, slots=True)
class Kind(Generic[P]):
    """A kind of place.

    `door` finds the figure and the line of its door where the file names none; `sections` says what
    a touch opens, if that is more than the entries of its lists (empty sections do not count).
    `posters` is what it adds to the attract loop, unless the field `posters_asked_by` of the
    attract loop's block says no. `words` are the kiosk's own words for it. The door of a call to do
    something (`is_call`) is set in the signal color; a kind that `leads_on` shows the places that
    are not in the bar. What visitors come for has a large door: `door_rank` is 1 for the first of
    them, 0 for the others. `invitation` is what it has to do next for who is elsewhere;
    `quiet_posters` are those of a loop that has no others of places.
    """

    name: str
    model: type[P]
    sections: Callable[[P], Sequence[Section]] = own_lists
    door: Callable[[P, Context], DoorArt] = title_on_door
    posters: Callable[[P, Context], Sequence[PosterRow]] = no_posters
    posters_asked_by: str | None = None
    words: type[KindWords] | None = None
    is_call: bool = False
    leads_on: bool = False
    door_rank: int = 0
    invitation: Callable[[P, Context], StepRow | None] = no_invitation
    quiet_posters: Callable[[P, Context], Sequence[PosterRow]] = no_posters
