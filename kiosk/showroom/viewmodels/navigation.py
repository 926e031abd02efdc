"""Where the visitor is: home, a place, a detail of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import places
from kiosk.showroom.rows import DoorRow
from kiosk.showroom.viewmodels.detail import DetailViewModel
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel

if TYPE_CHECKING:  # with the model, which is not for the first frame
    from kiosk.places.viewmodel import PlaceViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

PLACES = Path(places.__file__).resolve().parent.as_uri()

PlaceFactory = Callable[[str], "PlaceViewModel | None"]

MOST_KEPT = 2
"""So many places are kept as they were left, beside the open one."""


class Location(NamedTuple):
    """Where somebody is, in words that outlast a change of content."""

    place_id: str = ""
    tab: int = 0
    entry: tuple[str, int] | None = None
    within: str = ""


@QmlElement
@QmlUncreatable("one for the showroom")
class NavigationViewModel(QObject):
    """One place at a time, made when it is opened.

    The last ones left are kept as they were during a visit, except a form, which is dropped when it
    is left. Opening the open one again begins it anew.

    A place may open a screen of its own within it, by a name, as the offers do for the estimator,
    or for an entry, as the models do for a car. Where one thing leads on to another, the way back
    is the way that was come.
    """

    changed = Signal()
    trailChanged = Signal()
    dropped = Signal(QObject)
    """The view model of a place that is no longer kept; it is deleted right after."""
    visitEnded = Signal()
    """Just before everything is dropped and home begins anew."""
    changedWithin = Signal()
    """The open place shows something else, as the form does once it is sent."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_place: PlaceFactory | None = None
        self._asked_for = ""
        self._doors = RowsModel(DoorRow, (), self)
        self._large_doors = RowsModel(DoorRow, (), self)
        self._other_doors = RowsModel(DoorRow, (), self)
        self._bar = RowsModel(DoorRow, (), self)
        self._off_bar = RowsModel(DoorRow, (), self)
        self._place: PlaceViewModel | None = None
        self._kept: dict[str, PlaceViewModel] = {}
        self._door: DoorRow | None = None
        self._detail: DetailViewModel | None = None
        self._entry: tuple[str, int] | None = None
        self._entry_title = ""
        self._within_name = ""
        self._within: QObject | None = None
        self._trail: tuple[Location, ...] = ()
        self._visit = 0
        self._rows: dict[str, DoorRow] = {}

    def show_places(self, doors: tuple[DoorRow, ...], make_place: PlaceFactory | None) -> None:
        """Take other content; the visitor is brought home. Home itself follows by its rows.

        Without `make_place` the content is yet to come, and what is opened meanwhile waits for it.
        """
        self._make_place = make_place
        self._rows = {door.place_id: door for door in doors}
        self._doors.replace(doors)
        large = [door for door in doors if door.rank]
        self._large_doors.replace(sorted(large, key=lambda door: door.rank))
        self._other_doors.replace([door for door in doors if not door.rank])
        self._bar.replace([door for door in doors if door.in_bar])
        self._list_off_bar()
        if self._place is not None:
            self.goHome()
        self._drop_kept(0)
        if self._asked_for and make_place is not None:
            self.open(self._asked_for)

    def _list_off_bar(self) -> None:
        """What the bar has no room for, but for the place that is open."""
        doors = self._rows.values()
        self._off_bar.replace([d for d in doors if not d.in_bar and d is not self._door])

    @Slot(str)
    def open(self, place_id: str) -> None:
        """Open a place, as it was left if it is still kept; an unknown id does nothing."""
        if self._make_place is None:
            self._asked_for = place_id
            return
        place = self._kept.pop(place_id, None) or self._make_place(place_id)
        if place is not None:
            self._visit += 1
            self._move(place, self._rows[place_id])

    def open_anew(self, place_id: str) -> None:
        """Open a place from its beginning, however it was left."""
        if (kept := self._kept.pop(place_id, None)) is not None:
            self._drop(kept)
        self.open(place_id)

    @Slot(str, int)
    def openDetail(self, section: str, index: int) -> None:
        """Open an entry of the current place; an unknown entry does nothing."""
        trail = self._trail_on()
        if self._show_entry(section, index):
            self._take_trail(trail)

    @Slot(str, str, int, int)
    def openEntry(self, place_id: str, section: str, tab: int, index: int) -> None:
        """Open an entry of any place, from where the way back leads here again.

        Beside an entry of the same list the way back stays as it is. Without a section, it is the
        place that opens.
        """
        if not section:
            self.open(place_id)
        elif place_id == self.placeId and self._entry is not None and self._entry[0] == section:
            trail = self._trail
            self._go(Location(place_id, tab, (section, index)))
            self._take_trail(trail)
        else:
            self._lead_to(Location(place_id, tab, (section, index)))

    @Slot(str)
    def openScreen(self, address: str) -> None:
        """Open a screen within another place, as `ID/NAME`; the way back leads here again."""
        place_id, _, name = address.partition("/")
        self._lead_to(Location(place_id, within=name))

    def _lead_to(self, elsewhere: Location) -> None:
        if elsewhere.place_id in self._rows:
            # Nobody is led back into a form that was left, and with it emptied.
            trail = self._trail if self.onForm else (*self._trail, self.location)
            self._go(elsewhere)
            self._take_trail(trail)

    def _take_trail(self, trail: tuple[Location, ...]) -> None:
        if trail != self._trail:
            self._trail = trail
            self.trailChanged.emit()

    def _trail_on(self) -> tuple[Location, ...]:
        return (*self._trail, self.location) if self.inDepth else self._trail

    def _show_entry(self, section: str, index: int) -> bool:
        place = self._place
        if place is None:
            return False
        entry = (section, index)
        if (page := place.page(section, index)) is not None:
            within = (page.name, page.view_model)
            self._move(place, self._door, within=within, entry=entry, title=page.title)
        elif (detail := place.detail(section, index)) is not None:
            shown = DetailViewModel(detail, place.steps_after(section, index), self)
            self._move(place, self._door, shown, entry=entry, title=detail.title)
        else:
            return False
        return True

    def _show_within(self, name: str) -> bool:
        within = self._place.within(name) if self._place is not None else None
        if within is not None:
            self._move(self._place, self._door, within=(name, within))
        return within is not None

    @property
    def entry_title(self) -> str:
        """The title of the open entry; empty where none is open."""
        return self._entry_title

    @property
    def is_code_shown(self) -> bool:
        """Whether there is a code to take home on what is open."""
        shown = self._detail or self._within or self._place
        return bool(getattr(getattr(shown, "texts", shown), "code", ""))

    @property
    def location(self) -> Location:
        """What is open now, for `reopen`."""
        entry = self._entry
        within = "" if entry else self._within_name
        return Location(self.placeId, getattr(self._place, "tab", 0), entry, within)

    def reopen(self, location: Location) -> None:
        """Go there again, as far as it is still there."""
        if location.place_id:
            self._go(location)

    def _go(self, location: Location) -> None:
        if not location.place_id:
            self.goHome()
            return
        if location.place_id not in self._rows:
            return
        if location.place_id != self.placeId:
            self.open(location.place_id)
        choose = getattr(self._place, "choose", None)
        if choose is not None:
            choose(location.tab)
        if location.entry is not None:
            self._show_entry(*location.entry)
        elif location.within:
            self._show_within(location.within)
        elif self.inDepth:
            self._move(self._place, self._door)

    @Slot(str)
    def openWithin(self, name: str) -> None:
        """Open a screen of the place's own; an unknown name does nothing."""
        trail = self._trail_on()
        if self._show_within(name):
            self._take_trail(trail)

    @Slot()
    def back(self) -> None:
        """The way that was come; from a detail to its place, from a place home."""
        if self._trail:
            *trail, last = self._trail
            self._go(last)
            self._take_trail(tuple(trail))
        elif self.inDepth:
            self._move(self._place, self._door)
        else:
            self.goHome()

    @Slot()
    def goHome(self) -> None:
        """Home, with nothing left open."""
        self._visit += 1
        self._move(None, None)

    @Slot()
    def endVisit(self) -> None:
        """Home, with nothing left of the visitor."""
        self.visitEnded.emit()
        self.goHome()
        self._drop_kept(0)

    def _move(
        self,
        place: PlaceViewModel | None,
        door: DoorRow | None,
        detail: DetailViewModel | None = None,
        *,
        within: tuple[str, QObject | None] = ("", None),
        entry: tuple[str, int] | None = None,
        title: str = "",
    ) -> None:
        self._asked_for = ""
        self._take_trail(())
        self._entry, self._entry_title = entry, title
        left, left_id = self._place, self.placeId
        over_it = self._detail, self._within
        if place is not self._place and (state_changed := getattr(place, "stateChanged", None)):
            state_changed.connect(self.changedWithin)
        self._place, self._door = place, door
        self._list_off_bar()
        self._detail = detail
        self._within_name, self._within = within
        self.changed.emit()
        for view_model in over_it:
            if view_model is not None and view_model not in {self._detail, self._within}:
                view_model.deleteLater()
        if left is not None and left is not place:
            self._leave(left_id, left)

    def _leave(self, place_id: str, place: PlaceViewModel) -> None:
        if place.is_form or place_id == self.placeId:
            self._drop(place)
        else:
            self._kept[place_id] = place
            self._drop_kept(MOST_KEPT)

    def _drop_kept(self, most: int) -> None:
        while len(self._kept) > most:
            self._drop(self._kept.pop(next(iter(self._kept))))

    def _drop(self, place: PlaceViewModel) -> None:
        """Let go of a place, and of what a visitor typed into it at once."""
        self.dropped.emit(place)
        forget = getattr(place, "forget", None)
        if forget is not None:
            forget()
        place.deleteLater()

    @Property(int, notify=changed)
    def visit(self) -> int:
        """Counts how often home or a place was opened."""
        return self._visit

    @Property(str, notify=changed)
    def screen(self) -> str:
        """What is shown: `home`, a kind of place, `detail`, or the name of what is within."""
        if self._detail is not None:
            return "detail"
        return self._within_name.partition("/")[0] or self.placeKind

    @Property(str, notify=changed)
    def screenFile(self) -> str:
        """The URL of the open place's screen; empty at home."""
        return f"{PLACES}/{self.placeKind}/Screen.qml" if self._door else ""

    @Property(str, notify=changed)
    def withinFile(self) -> str:
        """The URL of the screen within the place; empty where none is open."""
        name = self._within_name.partition("/")[0]
        return f"{PLACES}/{self.placeKind}/{name.capitalize()}Screen.qml" if name else ""

    @Property(QObject, notify=changed)
    def within(self) -> QObject | None:
        """The view model of the screen within the place."""
        return self._within

    @Property(bool, notify=changed)
    def onForm(self) -> bool:
        """Whether the open place is one to type in."""
        return bool(getattr(self._place, "is_form", False))

    @Property(QObject, notify=changed)
    def place(self) -> QObject | None:
        return self._place

    @Property(DetailViewModel, notify=changed)
    def detail(self) -> DetailViewModel | None:
        return self._detail

    @Property(str, notify=changed)
    def placeId(self) -> str:
        return self._door.place_id if self._door else ""

    @Property(str, notify=changed)
    def markedId(self) -> str:
        """The place that the bar marks: the open one, or the links place that leads to it."""
        if self._door is None or self._door.in_bar:
            return self._door.place_id if self._door else ""
        in_bar = (door for door in self._rows.values() if door.in_bar and door.leads_on)
        return next((door.place_id for door in in_bar), self._door.place_id)

    @Property(str, notify=changed)
    def placeKind(self) -> str:
        """What lies under a detail: `home` or the kind of the open place."""
        return self._door.kind if self._door else "home"

    @Property(str, notify=changed)
    def placeName(self) -> str:
        return self._door.name if self._door else ""

    @Property(bool, notify=trailChanged)
    def isLedOn(self) -> bool:
        """Whether the way back leads to something else than the open place."""
        return bool(self._trail)

    @Property(bool, notify=changed)
    def inDepth(self) -> bool:
        """Whether a detail lies over its place."""
        return self._detail is not None or self._within is not None

    @Property(RowsModel, constant=True)
    def doors(self) -> RowsModel:
        return self._doors

    @Property(RowsModel, constant=True)
    def largeDoors(self) -> RowsModel:
        """Those of what visitors come for, the first one first."""
        return self._large_doors

    @Property(RowsModel, constant=True)
    def otherDoors(self) -> RowsModel:
        return self._other_doors

    @Property(RowsModel, constant=True)
    def bar(self) -> RowsModel:
        return self._bar

    @Property(RowsModel, constant=True)
    def offBar(self) -> RowsModel:
        return self._off_bar
