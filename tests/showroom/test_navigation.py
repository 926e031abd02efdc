"""Walking through the places, without a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.places.rows import Detail, StepRow
from kiosk.places.viewmodel import Page, PlaceViewModel
from kiosk.showroom.rows import DoorRow
from kiosk.showroom.viewmodels.navigation import Location, NavigationViewModel


class Place(PlaceViewModel):
    """A place with two entries, that notes when it is told to forget."""

    def __init__(self, place_id: str, parent: QObject) -> None:
        QObject.__init__(self, parent)
        self.place_id = place_id
        self.forgot = False

    def detail(self, section: str, index: int) -> Detail | None:
        return Detail(f"Story {index}") if 0 <= index < 2 else None

    def page(self, section: str, index: int) -> Page | None:
        return Page("car", f"Car {index}", QObject(self)) if section == "cars" else None

    def steps_after(self, section: str, index: int) -> tuple[StepRow, ...]:
        return ()

    def within(self, name: str) -> QObject | None:
        known = {("offers", "estimator"), ("heritage", "compare/1")}
        return QObject(self) if (self.place_id, name) in known else None

    def forget(self) -> None:
        self.forgot = True


class Factory:
    """Makes places, and remembers which."""

    def __init__(self, owner: QObject) -> None:
        self.created: list[Place] = []
        self._owner = owner

    def __call__(self, place_id: str) -> Place | None:
        if place_id not in {door.place_id for door in DOORS}:
            return None
        self.created.append(Place(place_id, self._owner))
        return self.created[-1]


def door(place_id: str, kind: str, *, in_bar: bool = True) -> DoorRow:
    return DoorRow(place_id, kind, place_id.upper(), "", "", "", "", "", in_bar)


DOORS = (
    door("heritage", "timeline"),
    door("offers", "offers"),
    door("news", "signup", in_bar=False),
    door("team", "team", in_bar=False),
)


@pytest.fixture
def navigation(qapp: QGuiApplication) -> NavigationViewModel:
    navigation = NavigationViewModel()
    navigation.show_places(DOORS, Factory(navigation))
    return navigation


@pytest.fixture
def factory(navigation: NavigationViewModel) -> Factory:
    factory = Factory(navigation)
    navigation.show_places(DOORS, factory)
    return factory


def where(navigation: NavigationViewModel) -> tuple[str, str, bool]:
    return navigation.screen, navigation.placeId, navigation.inDepth


def test_the_place_that_is_open_is_not_listed_among_those_off_the_bar(
    navigation: NavigationViewModel, factory: Factory
) -> None:
    navigation.open("news")
    assert navigation.offBar.count == 1
    navigation.open("heritage")
    assert navigation.offBar.count == 2


def test_a_visit_leads_from_home_into_places_and_their_details_and_back(
    navigation: NavigationViewModel, factory: Factory
) -> None:
    assert where(navigation) == ("home", "", False)
    assert navigation.place is None
    assert (navigation.doors.count, navigation.bar.count, navigation.offBar.count) == (4, 2, 2)
    navigation.open("heritage")
    assert where(navigation) == ("timeline", "heritage", False)
    assert navigation.place is factory.created[0]
    assert navigation.placeName == "HERITAGE"
    visit = navigation.visit
    navigation.openDetail("chapters", 1)
    assert where(navigation) == ("detail", "heritage", True)
    assert navigation.detail is not None
    assert navigation.detail.title == "Story 1"
    assert navigation.visit == visit  # the place keeps its position
    navigation.back()
    assert where(navigation) == ("timeline", "heritage", False)
    assert navigation.place is factory.created[0]
    for _ in range(2):
        navigation.back()
        assert where(navigation) == ("home", "", False)
    navigation.open("heritage")
    assert navigation.visit > visit
    assert navigation.place is factory.created[0]  # as it was left
    navigation.open("offers")
    navigation.openWithin("estimator")
    assert where(navigation) == ("estimator", "offers", True)
    navigation.back()
    assert where(navigation) == ("offers", "offers", False)


def test_what_is_not_there_does_nothing(navigation: NavigationViewModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(navigation.changed):
        navigation.openDetail("chapters", 0)  # at home
        navigation.openWithin("estimator")
    navigation.open("heritage")
    with qtbot.assertNotEmitted(navigation.changed):
        navigation.open("moon")
        for index in (-1, 2, 1_000_000):
            navigation.openDetail("chapters", index)
        navigation.openWithin("estimator")
    assert where(navigation) == ("timeline", "heritage", False)


def test_an_entry_may_have_a_screen_of_its_own(navigation: NavigationViewModel) -> None:
    navigation.open("heritage")
    navigation.openDetail("cars", 1)

    assert where(navigation) == ("car", "heritage", True)
    assert navigation.withinFile.endswith("/timeline/CarScreen.qml")
    assert navigation.entry_title == "Car 1"
    assert navigation.location == Location("heritage", entry=("cars", 1))


def test_the_way_back_is_the_way_that_was_come(navigation: NavigationViewModel) -> None:
    navigation.open("heritage")
    navigation.openDetail("cars", 1)
    navigation.openWithin("compare/1")
    navigation.openEntry("offers", "offers", 0, 0)
    navigation.openScreen("offers/estimator")
    assert navigation.isLedOn
    come = [where(navigation)]
    for _ in range(6):
        navigation.back()
        come.append(where(navigation))

    assert come == [
        ("estimator", "offers", True),
        ("detail", "offers", True),
        ("compare", "heritage", True),
        ("car", "heritage", True),
        ("timeline", "heritage", False),
        ("home", "", False),
        ("home", "", False),
    ]
    assert not navigation.isLedOn


def test_an_entry_beside_another_takes_its_stead(navigation: NavigationViewModel) -> None:
    navigation.open("heritage")
    navigation.openDetail("chapters", 0)
    navigation.openEntry("heritage", "chapters", 0, 1)
    assert navigation.detail is not None
    assert navigation.detail.title == "Story 1"
    navigation.back()
    assert where(navigation) == ("timeline", "heritage", False)
    navigation.openDetail("cars", 0)
    navigation.openEntry("heritage", "chapters", 0, 0)
    navigation.openEntry("heritage", "chapters", 0, 1)
    navigation.back()
    assert where(navigation) == ("car", "heritage", True)


def test_from_home_an_entry_leads_back_home(navigation: NavigationViewModel) -> None:
    navigation.openEntry("heritage", "chapters", 0, 1)
    assert where(navigation) == ("detail", "heritage", True)
    assert navigation.isLedOn
    navigation.back()
    assert where(navigation) == ("home", "", False)
    navigation.openEntry("heritage", "", 0, 0)
    assert where(navigation) == ("timeline", "heritage", False)


def test_nobody_is_led_back_into_a_form_that_was_left(
    navigation: NavigationViewModel, factory: Factory
) -> None:
    navigation.open("news")
    factory.created[-1].is_form = True  # type: ignore[misc]
    navigation.openEntry("heritage", "chapters", 0, 1)
    navigation.back()
    assert where(navigation) == ("timeline", "heritage", False)


def test_a_place_that_was_left_for_another_is_come_back_to(navigation: NavigationViewModel) -> None:
    navigation.open("heritage")
    navigation.openScreen("offers/estimator")
    navigation.back()

    assert where(navigation) == ("timeline", "heritage", False)


@pytest.mark.parametrize("leave", ["goHome", "open"])
def test_who_begins_anew_has_no_way_back(navigation: NavigationViewModel, leave: str) -> None:
    navigation.open("heritage")
    navigation.openDetail("cars", 1)
    navigation.openScreen("offers/estimator")
    navigation.goHome() if leave == "goHome" else navigation.open("offers")
    navigation.back()

    assert where(navigation) == ("home", "", False)


def test_what_another_place_does_not_have_does_not_lead_away(
    navigation: NavigationViewModel,
) -> None:
    navigation.open("heritage")
    navigation.openDetail("cars", 1)
    navigation.openEntry("nowhere", "offers", 0, 0)
    navigation.openWithin("nothing")

    assert where(navigation) == ("car", "heritage", True)


def test_a_form_that_is_left_is_forgotten_and_gone(
    navigation: NavigationViewModel, factory: Factory, work_off: Callable[[], None]
) -> None:
    navigation.open("news")
    navigation.openDetail("entries", 0)
    left, detail = factory.created[0], navigation.detail
    left.is_form = True  # type: ignore[misc]
    navigation.goHome()
    assert left.forgot  # at once, not when the memory is given back
    work_off()
    assert not shiboken6.isValid(left)
    assert not shiboken6.isValid(detail)


def anew(navigation: NavigationViewModel) -> None:
    navigation.open("heritage")


def at_the_end_of_the_visit(navigation: NavigationViewModel) -> None:
    navigation.endVisit()


def after_three_others(navigation: NavigationViewModel) -> None:
    for place_id in ("offers", "news", "team"):
        navigation.open(place_id)


def with_other_content(navigation: NavigationViewModel) -> None:
    navigation.goHome()
    navigation.show_places(DOORS, Factory(navigation))


@pytest.mark.parametrize(
    "let_go", [anew, at_the_end_of_the_visit, after_three_others, with_other_content]
)
def test_a_place_is_as_it_was_left_until(
    navigation: NavigationViewModel,
    factory: Factory,
    work_off: Callable[[], None],
    let_go: Callable[[NavigationViewModel], None],
) -> None:
    navigation.open("heritage")
    left = factory.created[0]
    dropped: list[object] = []
    navigation.dropped.connect(dropped.append)
    navigation.open("offers")
    navigation.goHome()
    navigation.open("heritage")
    assert navigation.place is left
    assert not dropped

    let_go(navigation)

    assert left.forgot
    assert left in dropped
    work_off()
    assert not shiboken6.isValid(left)


def test_a_place_stays_while_its_detail_is_read(
    navigation: NavigationViewModel, factory: Factory, work_off: Callable[[], None]
) -> None:
    navigation.open("news")
    navigation.openDetail("entries", 0)
    first = navigation.detail
    navigation.openDetail("entries", 1)
    work_off()
    assert not shiboken6.isValid(first)
    assert shiboken6.isValid(factory.created[0])
    assert not factory.created[0].forgot


@pytest.mark.parametrize("leave", ["back", "goHome", "openDetail"])
def test_a_screen_within_a_place_is_gone_when_it_is_left(
    navigation: NavigationViewModel, work_off: Callable[[], None], leave: str
) -> None:
    navigation.open("heritage")
    for opens in (
        partial(navigation.openDetail, "cars", 1),
        partial(navigation.openWithin, "compare/1"),
    ):
        opens()
        left = navigation.within
        navigation.openDetail("cars", 0) if leave == "openDetail" else getattr(navigation, leave)()
        work_off()
        assert not shiboken6.isValid(left)
        assert navigation.within is None or shiboken6.isValid(navigation.within)
        navigation.open("heritage")


def test_other_content_brings_everyone_home(
    navigation: NavigationViewModel, factory: Factory
) -> None:
    navigation.open("heritage")
    navigation.show_places(DOORS[:1], factory)
    assert where(navigation) == ("home", "", False)
    assert factory.created[0].forgot


def test_a_door_touched_before_the_content_is_there_opens_when_it_is(
    navigation: NavigationViewModel,
) -> None:
    factory = Factory(navigation)
    navigation.show_places(DOORS, None)
    navigation.open("offers")
    assert where(navigation)[0] == "home"
    navigation.show_places(DOORS, factory)
    assert [place.place_id for place in factory.created] == ["offers"]
    assert navigation.placeId == "offers"


def test_who_has_gone_home_or_to_what_is_gone_is_not_taken_there(
    navigation: NavigationViewModel,
) -> None:
    for opened in ("offers", "gone"):
        navigation.show_places(DOORS, None)
        navigation.open(opened)
        if opened == "offers":
            navigation.goHome()
        navigation.show_places(DOORS, Factory(navigation))
        assert navigation.placeId == ""
