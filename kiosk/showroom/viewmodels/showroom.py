"""The root view model: what every screen shares.

It knows rows and plain values only, so that the attract loop can open before the content's model
is imported.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.places.rows import StepRow
from kiosk.showroom.rows import HomeRow, InterfaceWords, ProblemRow
from kiosk.showroom.start_screens import DEFAULT_ATTRACT_LOOP, AttractLoop, HomeScreen, StartScreens
from kiosk.showroom.viewmodels.brand import BrandViewModel
from kiosk.showroom.viewmodels.navigation import NavigationViewModel, PlaceFactory
from kiosk.showroom.viewmodels.session import SessionViewModel
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts, texts_type

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

InterfaceTexts = texts_type("InterfaceTexts", InterfaceWords._fields)


@QmlElement
@QmlUncreatable("made by the composition root")
class ShowroomViewModel(RowViewModel):
    """Opens with the attract loop; becomes `ready` once it has the content."""

    changed = Signal()
    """Of the attract loop, which is the row."""
    homeChanged = Signal()
    readyChanged = Signal()
    placesReadyChanged = Signal()
    problemsChanged = Signal()
    staffLineChanged = Signal()
    presented = Signal()
    built = Signal()
    movingChanged = Signal()
    staffCalled = Signal()
    """Somebody has held the corner."""
    staffOffered = Signal()
    staffChanged = Signal()
    darkChanged = Signal()
    lighting = Signal()
    screenChanged = Signal()
    """Whoever touches the screen meets something else than a moment ago."""
    forgetting = Signal()
    """A form was left some moments ago: whatever keeps what was typed lets go of it."""
    row: AttractLoop

    def __init__(
        self,
        *,
        reduced_motion: bool = False,
        at_leisure: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(DEFAULT_ATTRACT_LOOP, parent)
        self._reduced_motion = reduced_motion
        self._at_leisure = at_leisure
        self._brand = BrandViewModel(DEFAULT_ATTRACT_LOOP.brand, self)
        self._home_screen: HomeScreen | None = None
        self._home = HomeRow()
        self._words = InterfaceTexts(InterfaceWords(), self)
        self._ready = False
        self._places_ready = False
        self._waking = False
        self._moving = False
        self._is_presented = False
        self._navigation = NavigationViewModel(self)
        self._session = SessionViewModel(self)
        self._steps = RowsModel(StepRow, (), self)
        self._problems = RowsModel(ProblemRow, (), self)
        self._file = ""
        self._staff_line = ""
        self._has_staff_area = False
        self._staff: QObject | None = None
        self._is_dark = False
        self._navigation.changed.connect(self._time_the_form)
        self._session.ended.connect(self._navigation.endVisit)
        self._session.phaseChanged.connect(self.screenChanged)
        for change in (self._navigation.changed, self._navigation.changedWithin):
            change.connect(self._tell_of_change)

    def show_attract_loop(self, attract: AttractLoop) -> None:
        """Show the attract loop; nothing happens where it is the same already."""
        self._brand.replace(attract.brand)
        self.replace(attract)

    def show_start_screens(self, screens: StartScreens) -> None:
        """Show what is known before the content is read; a place asked for meanwhile waits."""
        self.show_attract_loop(screens.attract)
        if screens.home is not None:
            self._open_home(screens.home, None)

    def show_content(
        self, attract: AttractLoop, home: HomeScreen, make_place: PlaceFactory
    ) -> None:
        """Take the content of a day, telling only what differs; who touched early comes in now."""
        self.show_problems("", ())
        self.show_attract_loop(attract)
        self._open_home(home, make_place)

    def _open_home(self, home: HomeScreen, make_place: PlaceFactory | None) -> None:
        is_another = home != self._home_screen
        self._home_screen = home
        if home.row != self._home:
            self._home = home.row
            self._steps.replace(home.row.steps)
            self.homeChanged.emit()
        self._words.replace(home.words)
        self._navigation.show_places(home.doors, make_place)
        if make_place is not None and not self._places_ready:
            self._places_ready = True
            self.placesReadyChanged.emit()
        if not self._ready:
            self._ready = True
            self.readyChanged.emit()
        if is_another:
            self._tell_of_change()
        if self._waking:
            self._waking = False
            self._session.wake()

    def show_problems(self, file: str, problems: tuple[ProblemRow, ...]) -> None:
        """Tell staff what keeps the showroom closed; none opens it."""
        if file != self._file or self._problems.count or problems:
            self._file = file
            self._problems.replace(problems)
            self.problemsChanged.emit()

    def tell_staff(self, line: str) -> None:
        """A line for staff on the attract loop; empty for none."""
        if line != self._staff_line:
            self._staff_line = line
            self.staffLineChanged.emit()

    def offer_staff_area(self) -> None:
        """From now on the corner can be held; on the floor alone."""
        self._has_staff_area = True
        self.staffOffered.emit()

    def show_staff(self, staff: QObject | None) -> None:
        """Show the staff area in front of everything, or no more."""
        self._staff = staff
        self.staffChanged.emit()
        self.screenChanged.emit()

    @Slot()
    def callStaff(self) -> None:
        """The corner has been held as long as it takes."""
        if self._has_staff_area:
            self.staffCalled.emit()

    @property
    def is_calm(self) -> bool:
        """Whether other content may come in: nobody is there, or looks at home without touching."""
        session = self._session
        if session.is_pressed:
            return False
        at_home = session.phase == "active" and self._navigation.screen == "home"
        return session.phase == "attract" or at_home

    @Slot()
    def wake(self) -> None:
        """The waking touch; kept until the content is there."""
        if self._ready:
            self._session.wake()
        else:
            self._waking = True

    @Slot()
    def firstFramePresented(self) -> None:
        """Called by the window once its first frame is on screen; only the first call counts."""
        if not self._is_presented:
            self._is_presented = True
            self.presented.emit()

    @Slot()
    def homeBuilt(self) -> None:
        """Called by the scene once home and the bar are there, behind the attract loop or not."""
        self.built.emit()

    @Slot()
    def _tell_of_change(self) -> None:
        """Behind the attract loop nothing changes for who touches it."""
        if self._session.phase != "attract":
            self.screenChanged.emit()

    def _get_moving(self) -> bool:
        return self._moving

    def _set_moving(self, moving: bool) -> None:
        if moving != self._moving:
            self._moving = moving
            self.movingChanged.emit()

    moving = Property(bool, _get_moving, _set_moving, notify=movingChanged)
    """Whether a change of screen is under way; the scene tells."""

    @Slot()
    def _time_the_form(self) -> None:
        self._session.be_on_form(self._navigation.onForm)

    @Property(NavigationViewModel, constant=True)
    def navigation(self) -> NavigationViewModel:
        return self._navigation

    @Property(SessionViewModel, constant=True)
    def session(self) -> SessionViewModel:
        return self._session

    @Property(bool, notify=presented)
    def isPresented(self) -> bool:
        return self._is_presented

    @Property(bool, notify=readyChanged)
    def ready(self) -> bool:
        return self._ready

    @Property(bool, notify=placesReadyChanged)
    def placesReady(self) -> bool:
        """Whether the content is there, behind home; it never becomes false again."""
        return self._places_ready

    @Property(bool, constant=True)
    def reducedMotion(self) -> bool:
        return self._reduced_motion

    @Property(bool, constant=True)
    def atLeisure(self) -> bool:
        """Whether screens and pictures may be loaded behind what is shown."""
        return self._at_leisure

    @Property(BrandViewModel, constant=True)
    def brand(self) -> BrandViewModel:
        return self._brand

    @Property(str, notify=changed)
    def exampleWord(self) -> str:
        return self.row.example

    @Property(InterfaceTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(str, notify=homeChanged)
    def headline(self) -> str:
        return self._home.headline

    @Property(str, notify=homeChanged)
    def lead(self) -> str:
        return self._home.lead

    @Property(str, notify=homeChanged)
    def homeGlyph(self) -> str:
        return self._home.glyph

    @Property(str, notify=homeChanged)
    def homeGlyphFont(self) -> str:
        return self._home.glyph_font

    @Property(str, notify=homeChanged)
    def source(self) -> str:
        return self._home.picture.source

    @Property(float, notify=homeChanged)
    def focusX(self) -> float:
        return self._home.picture.focus_x

    @Property(float, notify=homeChanged)
    def focusY(self) -> float:
        return self._home.picture.focus_y

    @Property(RowsModel, constant=True)
    def steps(self) -> RowsModel:
        """What home invites to, as a list of one or none."""
        return self._steps

    @Property(str, notify=staffLineChanged)
    def staffLine(self) -> str:
        """What staff should know, shown small on the attract loop where the settings ask for it."""
        return self._staff_line

    def set_dark(self, is_dark: bool) -> None:
        """Show nothing at all, or everything again."""
        self._is_dark = is_dark
        self.darkChanged.emit()
        self.screenChanged.emit()

    @Slot()
    def light(self) -> None:
        """Somebody has touched the dark screen, which only lights it."""
        self.lighting.emit()

    @Property(bool, notify=darkChanged)
    def isDark(self) -> bool:
        return self._is_dark

    @Property(bool, notify=staffOffered)
    def hasStaffArea(self) -> bool:
        return self._has_staff_area

    @Property(QObject, notify=staffChanged)
    def staff(self) -> QObject | None:
        """The view model of the staff area while it is open."""
        return self._staff

    @Property(RowsModel, constant=True)
    def problems(self) -> RowsModel:
        return self._problems

    @Property(str, notify=problemsChanged)
    def brokenFile(self) -> str:
        """The content file that staff must mend; empty while all is well."""
        return self._file
