"""The showroom follows the dealership's clock: what has dates appears and vanishes by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from kiosk.showroom.presenter import LOOK_AT_CLOCK
from kiosk.showroom.start_screens import load_start_screens, save_start_screens
from tests.showroom.conftest import NOON, ZONE, Scene, values

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import Contents, HandDrained

ALWAYS = {"headline": "Number 37", "line": "It won."}
HOUR = timedelta(hours=1)


def _attract(*posters: dict[str, object]) -> dict[str, object]:
    return {"attract": {"posters": [*posters]}, "time_zone": ZONE}


def _poster(headline: str, **dates: object) -> dict[str, object]:
    return {"headline": headline, "line": "Today.", **dates}


def test_a_poster_comes_and_goes_on_time(scene: Scene, contents: Contents) -> None:
    evening = _poster("Tonight", show_from="2024-05-01 12:30", show_until="2024-05-01 13:10")
    scene.show(contents.load(contents.timeline(), **_attract(ALWAYS, evening)))
    seen = [(NOON, scene.posters())]
    for _ in range(2):
        now = scene.wait_for_the_change()
        seen.append((now, scene.posters()))

    assert [posters for _, posters in seen] == [
        ["Number 37"],
        ["Number 37", "Tonight"],
        ["Number 37"],
    ]
    late = [now - NOON for now, _ in seen]
    assert timedelta(minutes=30) <= late[1] <= timedelta(minutes=30, seconds=2)
    assert timedelta(minutes=70) <= late[2] <= timedelta(minutes=70, seconds=4)


def test_the_clock_is_looked_at_once_an_hour_while_nothing_changes(
    scene: Scene, contents: Contents
) -> None:
    scene.show(contents.load(contents.timeline(), **_attract(ALWAYS)))
    for _ in range(30):
        assert timedelta() < timedelta(milliseconds=scene.timer.interval()) <= 1.001 * LOOK_AT_CLOCK
        scene.wait_for_the_change()


def test_nothing_comes_or_goes_while_a_visitor_is_there(scene: Scene, contents: Contents) -> None:
    going = _poster("Tonight", show_until="2024-05-01 12:30")
    content = contents.load(
        contents.timeline(show_until="2024-05-01 12:30"),
        contents.team(show_from="2024-05-01 12:30"),
        **_attract(ALWAYS, going),
    )
    scene.show(content)
    scene.showroom.wake()
    scene.navigation.open("timeline")
    place = scene.navigation.place

    scene.wait_for_the_change()
    assert scene.navigation.place is place
    assert scene.doors() == ["timeline"]
    scene.navigation.goHome()
    scene.ring()
    assert scene.doors() == ["timeline"]
    scene.navigation.open("timeline")
    assert scene.navigation.screen == "timeline"
    assert scene.timer.interval() >= 60_000  # no hurry until the visitor has left

    scene.showroom.session.end()
    assert scene.doors() == ["team"]
    assert scene.posters() == ["Number 37"]


def test_the_form_is_left_alone(scene: Scene, contents: Contents, executor: HandDrained) -> None:
    scene.show(contents.load(contents.signup(show_until="2024-05-01 12:30"), **_attract(ALWAYS)))
    scene.showroom.wake()
    scene.navigation.open("signup")
    form = scene.navigation.place
    form.email = "visitor@example.com"
    scene.wait_for_the_change()
    assert scene.navigation.place is form
    assert form.email == "visitor@example.com"
    scene.showroom.session.end()
    assert scene.doors() == []
    executor.drain()


def test_a_place_without_entries_has_no_door_and_no_place_in_the_bar(
    scene: Scene, contents: Contents
) -> None:
    gone = {"show_until": "2024-04-30"}
    old = contents.article("Old", **gone)
    car = {"name": "Car", **gone}
    link = {"name": "Site", "address": "https://www.example.com", **gone}
    scene.show(
        contents.load(
            contents.features(features=[old]),
            contents.timeline(chapters=[{**old, "figure": "1964"}]),
            {**contents.team(), "drivers": [car], "people": [old]},
            contents.models(bar=False) | {"line_ups": [{"name": "2024", "models": [car]}]},
            contents.links(bar=False) | {"groups": [{"name": "Menu", "links": [link]}]},
            contents.dealers(),
            contents.offers(contents.offer("2024-04-30")),
            contents.schedule(),
            **_attract(ALWAYS),
        )
    )
    assert scene.doors() == ["dealers", "offers", "schedule"]
    assert values(scene.navigation.bar, "placeId") == ["dealers", "offers", "schedule"]
    scene.navigation.open("features")
    assert scene.navigation.screen == "home"


def test_with_all_posters_away_home_s_headline_stands_in(scene: Scene, contents: Contents) -> None:
    one = _poster("Tonight", show_until="2024-05-01 12:30")
    scene.show(contents.load(contents.timeline(), **_attract(one)))
    assert scene.posters() == ["Tonight"]
    scene.wait_for_the_change()
    assert scene.posters() == ["Small car"]


def test_an_offer_stands_through_the_dealership_s_day_and_not_the_machine_s(
    scene: Scene, contents: Contents
) -> None:
    scene.show(contents.load(contents.offers(contents.offer("2024-05-01")), **_attract(ALWAYS)))
    midnight = datetime(2024, 5, 2, tzinfo=ZoneInfo(ZONE))
    for moment, offers in ((midnight - timedelta(seconds=1), 1), (midnight, 0)):
        scene.set_clock(moment)
        scene.ring()
        assert scene.posters() == ["Number 37", "$349"][: 1 + offers]
        scene.navigation.open("offers")
        assert scene.navigation.place.offers.count == offers
        scene.navigation.goHome()


@pytest.mark.parametrize(
    ("until", "now"),
    [
        ("2024-03-10", datetime(2024, 3, 11, 5, tzinfo=UTC)),
        ("2024-11-03", datetime(2024, 11, 4, 6, tzinfo=UTC)),
        ("2024-12-31", datetime(2025, 1, 1, 6, tzinfo=UTC)),
        ("2024-02-29", datetime(2024, 3, 1, 6, tzinfo=UTC)),
    ],
)
def test_it_is_on_time_over_daylight_saving_year_s_end_and_leap_day(
    scene: Scene, contents: Contents, until: str, now: datetime
) -> None:
    """Midnight in Chicago is at 5 or 6 UTC."""
    scene.set_clock(now - timedelta(hours=25, minutes=30))
    going = _poster("Today", show_until=until)
    scene.show(contents.load(contents.timeline(), **_attract(ALWAYS, going)))
    while scene.posters() == ["Number 37", "Today"]:
        gone = scene.wait_for_the_change()
    assert now <= gone <= now + timedelta(seconds=2)


def test_a_clock_that_is_set_is_noticed_at_the_next_look(scene: Scene, contents: Contents) -> None:
    before = _poster("Before", show_until="2024-04-15")
    after = _poster("After", show_from="2024-05-15")
    scene.show(contents.load(contents.timeline(), **_attract(ALWAYS, before, after)))
    for days, dated in ((0, []), (40, ["After"]), (0, []), (-40, ["Before"]), (0, [])):
        scene.set_clock(NOON + timedelta(days=days))
        scene.ring()
        assert scene.posters() == ["Number 37", *dated]


@pytest.mark.parametrize("days", [40, -40], ids=["slept or set ahead", "set back"])
def test_whoever_wakes_it_after_a_jump_of_the_clock_meets_nothing_of_another_day(
    scene: Scene, contents: Contents, days: int
) -> None:
    """No timer has rung: it stands still while the machine sleeps."""
    day = f"{NOON:%Y-%m-%d}"
    offers = contents.offers(contents.offer(day, show_from=day))
    timeline = contents.timeline(show_from=day, show_until=day)
    scene.show(contents.load(offers, timeline, **_attract(ALWAYS)))
    assert (scene.posters(), scene.doors()) == (["Number 37", "$349"], ["offers", "timeline"])
    scene.set_clock(NOON + timedelta(days=days))
    met: list[tuple[list[str], list[str]]] = []
    scene.showroom.session.phaseChanged.connect(
        lambda: met.append((scene.posters(), scene.doors()))
    )
    scene.showroom.wake()
    assert met == [(["Number 37"], ["offers"])]  # before a frame can be drawn


def _dated(contents: Contents) -> Loaded:
    return contents.load(
        contents.offers(contents.offer("2024-12-31")),
        contents.timeline(show_from="2024-01-01"),
        **_attract(ALWAYS, _poster("Dated", show_until="2024-12-31")),
    )


def test_with_a_clock_that_may_be_wrong_what_has_dates_is_held_back(
    scene: Scene, contents: Contents
) -> None:
    scene.is_trusted = False
    scene.show(_dated(contents))
    assert scene.posters() == ["Number 37"]
    assert scene.doors() == ["offers"]
    scene.navigation.open("offers")
    assert scene.navigation.place.offers.count == 0
    scene.navigation.goHome()

    scene.is_trusted = True
    scene.ring()
    assert scene.posters() == ["Number 37", "$349", "Dated"]
    assert scene.doors() == ["offers", "timeline"]


def _opening(contents: Contents, **own: object) -> Loaded:
    dealers = contents.dealers()
    hours = {"wednesday": "9:00-12:30, 13:30-18:00", "thursday": "9:00-18:00"}
    dealers["here"] |= {"opening_hours": hours, **own}
    return contents.load(dealers, **_attract(ALWAYS))


def test_a_door_says_by_itself_when_it_opens_and_closes(scene: Scene, contents: Contents) -> None:
    scene.show(_opening(contents))
    seen = {scene.lines()[0]: timedelta()}
    while (passed := scene.wait_for_the_change() - NOON) < timedelta(hours=24):
        seen.setdefault(scene.lines()[0].replace("\u00a0", " "), passed)

    assert [(line, round(passed / timedelta(minutes=1))) for line, passed in seen.items()] == [
        ("Open until 12:30\u00a0PM", 0),
        ("Opens at 1:30 PM", 30),
        ("Open until 6 PM", 90),
        ("Opens tomorrow at 9 AM", 360),
        ("Opens at 9 AM", 720),
        ("Open until 6 PM", 1260),
    ][: len(seen)]
    assert len(seen) == 5


def test_a_door_says_nothing_about_now_while_the_clock_may_be_wrong(
    scene: Scene, contents: Contents
) -> None:
    today = [{"date": "2024-05-01", "closed": True}]
    scene.is_trusted = False
    scene.show(_opening(contents, exceptions=today))
    assert scene.lines() == ["Our place"]

    scene.is_trusted = True
    scene.ring()
    assert scene.lines() == ["Closed today"]


def test_a_clock_that_stops_being_trusted_takes_them_away_once_nobody_is_there(
    scene: Scene, contents: Contents
) -> None:
    scene.show(_dated(contents))
    scene.showroom.wake()
    scene.is_trusted = False
    scene.ring()
    assert scene.doors() == ["offers", "timeline"]
    scene.showroom.session.end()
    assert scene.doors() == ["offers"]
    assert scene.posters() == ["Number 37"]


# The note for the next start


def test_the_note_shows_no_poster_that_is_not_due(
    scene: Scene, contents: Contents, tmp_path: Path
) -> None:
    evening = _poster("Tonight", show_from="2024-05-01 18:00", show_until="2024-05-01 21:00")
    screens = scene.show(contents.load(contents.timeline(), **_attract(ALWAYS, evening)))
    save_start_screens(tmp_path, "digest", tmp_path, screens)

    def recalled(moment: datetime) -> list[str]:
        note = load_start_screens(tmp_path, "digest", moment, tmp_path)
        assert note is not None
        return [row.headline for row in note.attract.posters]

    six = NOON + 6 * HOUR
    assert recalled(six - HOUR) == ["Number 37"]
    scene.set_clock(six)
    scene.ring()
    screens = scene.show(contents.load(contents.timeline(), **_attract(ALWAYS, evening)))
    save_start_screens(tmp_path, "digest", tmp_path, screens)
    assert recalled(six + HOUR) == ["Number 37", "Tonight"]
    assert recalled(six + 3 * HOUR) == ["Number 37"]
    assert recalled(six - HOUR) == ["Number 37"]


def test_the_note_is_the_same_all_the_while(scene: Scene, contents: Contents) -> None:
    evening = _poster("Tonight", show_from="2024-05-01 18:00")
    loaded = contents.load(contents.timeline(), **_attract(ALWAYS, evening))
    first = scene.show(loaded)
    scene.set_clock(NOON + 3 * HOUR)
    assert scene.show(loaded) == first
