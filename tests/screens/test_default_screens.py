"""The content that comes with the kiosk, on every screen: nothing cut off, nothing covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtQuick import QQuickItem

from tests.offscreen import SIZES, TOUCH, in_view, on_window, parents, show_screen
from tests.screens.offences import unfit_to_be_heard, without_its_edges

if TYPE_CHECKING:
    from kiosk.blocks.screen_sizes import Size
    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk
    from tests.conftest import MakeKiosk, Visitor

SMALLEST_TEXT = 28
"""Pixels a letter needs so that its capitals (0.7 em) are 0.7 degrees at 600 mm: 7.3 mm, on 32
inches at 1080p."""
BAR = ("Home", "Heritage", "Team", "Schedule", "Offers", "Models", "More", "Stay updated")
OUTSIDE_THE_SHELL = ("attract", "idle-warning", "staff-notice")


@dataclass(frozen=True)
class SeenText:
    text: str
    truncated: bool
    pixel_size: int
    box: QRectF
    drawn_width: float
    in_view: bool
    on_a_strip: bool
    """On something that is dragged sideways, where it may stand across the edge."""


@dataclass(frozen=True)
class SeenTarget:
    text: str
    width: float
    height: float
    view: QRectF


@dataclass(frozen=True)
class SeenControl:
    role: str
    name: str
    rect: QRect
    selected: bool


@dataclass(frozen=True)
class SeenScreen:
    """One screen as plain values, so that it is drawn once for all tests here."""

    name: str
    width: int
    texts: list[SeenText]
    targets: list[SeenTarget]
    controls: list[SeenControl]
    ribbons: set[str]
    keys: list[QRectF]
    offences: list[str]

    def has_bar(self) -> bool:
        return not self.name.startswith(OUTSIDE_THE_SHELL)

    def bar(self) -> list[SeenControl]:
        """The items of the bar: the last tabs in reading order."""
        return [control for control in self.controls if control.role == "PageTab"][-len(BAR) :]


Screens = dict[str, SeenScreen]


def look(name: str, visitor: Visitor) -> SeenScreen:
    return SeenScreen(
        name,
        visitor.window.width(),
        [seen_text(item) for item in visitor.items_of("QQuickText") if item.property("text")],
        [
            SeenTarget(str(item.property("text")), item.width(), item.height(), in_view(item))
            for item in [*visitor.buttons(), *visitor.items_of("QQuickSlider")]
        ],
        [
            SeenControl(c.role.name, c.name, c.rect, bool(c.interface.state().selected))
            for c in visitor.tree()
        ],
        {str(word) for item in visitor.items() if (word := item.property("word"))},
        [in_view(item) for item in visitor.items() if item.property("keyType") is not None],
        list(unfit_to_be_heard(visitor.controls())),
    )


def seen_text(item: QQuickItem) -> SeenText:
    return SeenText(
        item.property("text"),
        item.property("truncated"),
        item.property("font").pixelSize(),
        on_window(item),
        item.property("paintedWidth"),
        not in_view(item).isEmpty(),
        any(
            parent.inherits("QQuickFlickable") and parent.property("contentWidth") > parent.width()
            for parent in parents(item)
        ),
    )


def look_at_all(kiosk: OffscreenKiosk, visitor: Visitor) -> Screens:
    seen = {}
    for screen in kiosk.screens():
        kiosk.picture(screen)
        seen[screen.name] = look(screen.name, visitor)
        if screen.is_for_visitors:
            seen[screen.name].offences.extend(without_its_edges(kiosk, visitor))
    assert len(seen) > 40
    return seen


def every_name_is_fit_to_be_heard_and_whatever_scrolls_shows_it(screens: Screens) -> None:
    found = [f"{name}: {one}" for name, seen in screens.items() for one in seen.offences]
    assert not found, "\n".join(found)


def no_text_is_cut_short(screens: Screens) -> None:
    texts = [(name, text) for name, seen in screens.items() for text in seen.texts]
    assert len(texts) > 400
    assert [(name, text.text) for name, text in texts if text.truncated] == []


def no_text_runs_out_of_the_window_or_its_box(screens: Screens) -> None:
    out = [
        (seen.name, text.text, text.box.getRect(), text.drawn_width)
        for seen in screens.values()
        for text in seen.texts
        if text.in_view
        and not text.on_a_strip
        and not (text.box.left() >= -1 and text.box.right() <= seen.width + 1)
    ]
    assert out == []
    wide = {
        (seen.name, text.text, text.box.width(), text.drawn_width)
        for seen in screens.values()
        for text in seen.texts
        if text.in_view and text.drawn_width > text.box.width() + 1
    }
    assert wide == set()


def no_text_is_too_small_to_read(screens: Screens) -> None:
    small = {
        (seen.name, text.text, text.pixel_size)
        for seen in screens.values()
        for text in seen.texts
        if text.pixel_size < SMALLEST_TEXT
    }
    assert small == set()


def targets_are_large_enough_for_a_finger(screens: Screens) -> None:
    targets = [(name, target) for name, seen in screens.items() for target in seen.targets]
    assert len(targets) > 300
    assert {
        (name, target.text, target.width, target.height)
        for name, target in targets
        if min(target.width, target.height) < TOUCH
    } == set()


def whatever_can_be_touched_has_a_role_and_a_name(screens: Screens) -> None:
    roles = {"Button", "PageTab", "CheckBox", "RadioButton", "Slider", "EditableText"}
    for seen in screens.values():
        reported = [c for c in seen.controls if c.role in roles and not c.rect.isEmpty()]
        assert reported or seen.name == "staff-notice"
        assert [control for control in reported if not control.name.strip()] == []
        names = " | ".join(control.name for control in reported)
        touchable = {target.text for target in seen.targets if not target.view.isEmpty()}
        assert {text for text in touchable if text != "None" and text not in names} == set()


def the_bar_is_covered_by_nothing(screens: Screens) -> None:
    covered, looked = set(), 0
    for seen in screens.values():
        if seen.has_bar() and "keyboard" not in seen.name and "suggestion" not in seen.name:
            top = min(control.rect.top() for control in seen.bar())
            looked += 1
            covered |= {
                (seen.name, target.text)
                for target in seen.targets
                if target.view.top() < top - 1 and target.view.bottom() > top + 1
            }
    assert looked > 30
    assert covered == set()


def the_bar_never_moves(screens: Screens) -> None:
    bars = {
        tuple((control.name, control.rect.getRect()) for control in seen.bar())
        for seen in screens.values()
        if seen.has_bar()
    }
    (bar,) = bars
    assert tuple(name for name, _ in bar) == BAR


def the_current_place_is_marked(screens: Screens) -> None:
    marked = {
        "home": "Home",
        "heritage": "Heritage",
        "heritage-chapter-2": "Heritage",
        "offers-estimator": "Offers",
        "stay-updated": "Stay updated",
        "drive": "More",  # it has no place of its own in the bar
    }
    for screen, place in marked.items():
        assert [control.name for control in screens[screen].bar() if control.selected] == [place]


def a_detail_has_a_way_back_and_a_place_needs_none(screens: Screens) -> None:
    backs = {
        seen.name: [control.name for control in seen.controls if control.name.startswith("Back")]
        for seen in screens.values()
    }
    assert backs["heritage-chapter-1"] == ["Back, Heritage"]
    assert backs["schedule-race"] == ["Back, Schedule"]
    assert backs["offers-estimator"] == ["Back, Offers"]
    assert backs["stay-updated-privacy"] == ["Back, Stay updated"]
    places = ["home", "heritage", "team", "schedule", "offers", "drive", "models", "dealers"]
    assert [backs[name] for name in [*places, "more", "stay-updated"]] == [[]] * 10


def examples_are_marked_as_such(screens: Screens) -> None:
    marked = {name for name, seen in screens.items() if "Example" in seen.ribbons}
    assert {"offers", "offers-offer", "offers-estimator", "dealers", "dealers-dealer"} <= marked
    assert {"stay-updated", "stay-updated-privacy"} <= marked
    assert not {"heritage", "team", "schedule"} & marked


def the_field_being_typed_in_stays_above_the_keyboard(screens: Screens) -> None:
    for name, most_offered in (("stay-updated-keyboard", 0), ("stay-updated-suggestion", 1)):
        seen = screens[name]
        assert len(seen.keys) > 35
        top = min(key.top() for key in seen.keys)
        email = next(c for c in seen.controls if c.role == "EditableText" and c.name == "Email")
        assert 0 <= email.rect.top() < email.rect.bottom() < top
        offered = [c for c in seen.controls if c.name.startswith("Did you mean")]
        assert len(offered) == most_offered
        assert all(control.rect.bottom() < top for control in offered)


def the_keyboard_is_put_away_everywhere_else(screens: Screens) -> None:
    with_keys = {seen.name for seen in screens.values() if seen.keys}
    assert with_keys == {"stay-updated-keyboard", "stay-updated-suggestion"}


@SIZES
def test_every_screen(
    make_kiosk: MakeKiosk,
    default_loaded: Loaded,
    visit: type[Visitor],
    subtests: pytest.Subtests,
    size: Size,
) -> None:
    """Drawn once, and asked everything."""
    kiosk = make_kiosk(default_loaded, size)
    screens = look_at_all(kiosk, visit(kiosk.window))
    for question in (
        every_name_is_fit_to_be_heard_and_whatever_scrolls_shows_it,
        no_text_is_cut_short,
        no_text_runs_out_of_the_window_or_its_box,
        no_text_is_too_small_to_read,
        targets_are_large_enough_for_a_finger,
        whatever_can_be_touched_has_a_role_and_a_name,
        the_bar_is_covered_by_nothing,
        the_bar_never_moves,
        the_current_place_is_marked,
        a_detail_has_a_way_back_and_a_place_needs_none,
        examples_are_marked_as_such,
        the_field_being_typed_in_stays_above_the_keyboard,
        the_keyboard_is_put_away_everywhere_else,
    ):
        with subtests.test(question.__name__):
            question(screens)


def test_the_schedule_follows_the_day(
    make_kiosk: MakeKiosk, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    days = {
        "2024-05-01": "Next race",
        "2024-05-17": "Racing now",
        "2025-01-01": "See you next season",
    }
    for day, sentence in days.items():
        kiosk = make_kiosk(default_loaded, at=datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        show_screen(kiosk, "schedule")
        visitor = visit(kiosk.window)
        assert [one for one in days.values() if visitor.sees(one)] == [sentence]
