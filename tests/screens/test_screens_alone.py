"""Each screen alone, with contents that stretch it. A QML warning fails any of these."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest

from tests.offscreen import LANDSCAPE, PORTRAIT, TOUCH, in_view, on_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Block, Contents, Visitor
    from tests.screens.conftest import Alone, BuildAlone

TODAY = date(2024, 5, 1)
DAY = timedelta(days=1)

Case = tuple[str, "Callable[[Contents], list[Block]]", "tuple[str, int] | None"]


def form_with_much_to_tell(contents: Contents) -> Block:
    return contents.signup(
        controller={
            "name": contents.long_title,
            "street": "Building 1200, Suite 34 (second floor), " * 3,
            "city": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch, Anglesey LL61 5UJ",
            "example": True,
        },
        purpose="To send you news and offers, and invitations to drive. " * 4,
        withdraw="Use the link in any email, or write to the address above. " * 4,
        privacy={
            "title": contents.long_title,
            "body": ["A paragraph that has something to say. " * 20] * 4,
            "retention_days": 3650,
        },
        picture={"file": "car.png"},
    )


def car_with_everything(contents: Contents) -> Block:
    car = {
        "name": contents.long_title,
        "note": "A note of some length that wants to be read. " * 3,
        "electric": True,
        "picture": {"file": "car.png"},
        "pictures": [{"file": "car.png"}] * 8,
        "price": {
            "figure": "$139,900",
            "line": "MSRP, including everything that must be paid",
            "terms": "Small print that has something to say. " * 20,
            "amount": "139900",
            "example": True,
        },
        "specifications": [
            {"figure": f"{n}00.5", "unit": "kWh/100 km", "label": f"A measured value of a car {n}"}
            for n in range(8)
        ],
        "consumption": {"line": "Consumption and emissions in words. " * 10, "co2_class": "C"},
        "equipment": [{"name": contents.long_title, "items": ["An item of some length"] * 24}] * 8,
        "colors": [{"name": f"A color's long name {n}", "color": "#c8102e"} for n in range(12)],
        "body": ["A paragraph that has something to say. " * 12] * 4,
        "link": {"name": contents.long_title, "address": "https://www.example.com/a?b=c"},
    }
    other = {"name": "Other", "body_style": "motorcycle", "specifications": []}
    line_up = {"name": "A line-up's long name", "models": [car, *[other] * 9]}
    return {**contents.models(), "line_ups": [line_up]}


def staff(contents: Contents, count: int) -> Block:
    full = {
        **contents.article(contents.long_title, body=["Something to say. " * 40] * 4),
        "role": "Sales of electric cars, leasing and finance",
        "phone": "+1 217 555 0137",
        "languages": ["English", "Español", "Français", "Deutsch"],
        "facts": [{"figure": "24", "label": "years with us"}] * 4,
        "picture": {"file": "car.png"},
    }
    people = [full if n % 2 == 0 else {"title": f"Person {n}"} for n in range(count)]
    team = {**contents.team(), "lead": "Touch a face. " * 4, "people": people}
    return {key: value for key, value in team.items() if key not in ("drivers", "season")}


def offers_with_cars(contents: Contents) -> list[Block]:
    link = {"name": contents.long_title, "address": "https://www.example.com/a?b=c"}
    offer = {
        **contents.offer(TODAY, title=contents.long_title, car="Seen", link=link),
        "figure": "$139,900",
        "unit": "a month for 36 months, with $13,349 due at signing",
        "summary": "A sentence about the offer that wants to be read. " * 3,
        "terms": "Small print that has something to say. " * 20,
    }
    cars = [
        {"name": "Seen", "picture": {"file": "car.png"}, "body_style": "van"},
        {"name": "Drawn", "body_style": "motorcycle"},
    ]
    offers = contents.offers(*[offer, {**offer, "car": "Drawn"}] * 3, estimator=ESTIMATOR)
    return [offers, {**contents.models(), "line_ups": [{"name": "2025", "models": cars}]}]


PLACES: dict[str, Case] = {
    "no offers": ("offers", lambda c: [c.offers()], None),
    "one offer": ("offers", lambda c: [c.offers(c.offer(TODAY))], None),
    "twelve offers": ("offers", lambda c: [c.offers(*[c.offer(TODAY)] * 12)], None),
    "no races": ("schedule", lambda c: [c.schedule()], None),
    "season over": ("schedule", lambda c: [c.schedule((TODAY - 2 * DAY, TODAY - DAY))], None),
    "racing now": ("schedule", lambda c: [c.schedule((TODAY - DAY, TODAY + DAY))], None),
    "thirty races": (
        "schedule",
        lambda c: [c.schedule(*[(TODAY + n * DAY, TODAY + n * DAY) for n in range(-5, 25)])],
        None,
    ),
    "one driver": ("team", lambda c: [c.team(1)], None),
    "forty drivers": ("team", lambda c: [c.team(40)], None),
    "team with people": (
        "team",
        lambda c: [
            c.team(
                results=[{"figure": "2nd", "label": "Touring Car"}] * 4,
                people=[c.article(f"Person {n}") for n in range(7)],
            )
        ],
        None,
    ),
    "one of the staff": ("team", lambda c: [staff(c, 1)], None),
    "thirty of the staff": ("team", lambda c: [staff(c, 30)], None),
    "drivers and staff": (
        "team",
        lambda c: [{**staff(c, 5), "drivers": c.team()["drivers"], "season": "2023 season"}],
        None,
    ),
    "somebody with everything": ("within", lambda c: [staff(c, 2)], ("people", 0)),
    "somebody with a name": ("within", lambda c: [staff(c, 2)], ("people", 1)),
    "one chapter": ("timeline", lambda c: [c.timeline()], None),
    "thirty chapters": (
        "timeline",
        lambda c: [
            c.timeline(chapters=[c.article("A win", figure=str(1960 + n)) for n in range(30)])
        ],
        None,
    ),
    "long titles": (
        "timeline",
        lambda c: [
            c.timeline(
                title=c.long_title,
                lead="A lead of some length that wants to be read. " * 4,
                chapters=[c.article(c.long_title, figure="Nürburg24")],
            )
        ],
        None,
    ),
    "one feature": ("features", lambda c: [c.features()], None),
    "nine features": (
        "features",
        lambda c: [c.features(features=[c.article(c.long_title) for _ in range(9)])],
        None,
    ),
    "one line-up": ("models", lambda c: [c.models(1)], None),
    "five line-ups": ("models", lambda c: [c.models(5)], None),
    "no other dealers": ("dealers", lambda c: [c.dealers(0)], None),
    "thirty dealers": ("dealers", lambda c: [c.dealers(30)], None),
    "one group of links": ("links", lambda c: [c.links(1)], None),
    "nine groups of links": ("links", lambda c: [c.links(9, legal=["All of it."])], None),
    "form": ("signup", lambda c: [c.signup()], None),
    "form with much to tell": ("signup", lambda c: [form_with_much_to_tell(c)], None),
    "story": ("detail", lambda c: [c.timeline()], ("chapters", 0)),
    "story with everything": (
        "detail",
        lambda c: [
            c.timeline(
                chapters=[
                    c.article(
                        c.long_title,
                        figure="Nürburg24",
                        body=["A paragraph that has something to say. " * 12] * 4,
                        facts=[{"figure": "24 h", "label": "A fact of some length"}] * 4,
                        picture={"file": "car.png", "focus_x": 0.1},
                        link={"name": c.long_title, "address": "https://www.example.com/a?b=c"},
                    )
                ]
            )
        ],
        ("chapters", 0),
    ),
    "driver": ("detail", lambda c: [c.team()], ("drivers", 0)),
    "race to come": (
        "detail",
        lambda c: [c.schedule((TODAY + DAY, TODAY + 2 * DAY))],
        ("races", 0),
    ),
    "race that is run": (
        "detail",
        lambda c: [c.schedule((TODAY - DAY, TODAY - DAY))],
        ("races", 0),
    ),
    "six offers with their cars": ("offers", offers_with_cars, None),
    "offer": ("within", lambda c: [c.offers(c.offer(TODAY))], ("offers", 0)),
    "offer with everything": ("within", offers_with_cars, ("offers", 0)),
    "car": ("within", lambda c: [c.models()], ("cars", 0)),
    "car with everything": ("within", lambda c: [car_with_everything(c)], ("cars", 0)),
    "two cars": ("compare/0", lambda c: [car_with_everything(c)], None),
    "dealer": ("detail", lambda c: [c.dealers()], ("others", 0)),
    "link": ("detail", lambda c: [c.links()], ("links", 0)),
    "privacy": ("detail", lambda c: [c.signup()], ("privacy", 0)),
    "privacy with everything": ("detail", lambda c: [form_with_much_to_tell(c)], ("privacy", 0)),
    "one place": ("home", lambda c: [c.timeline()], None),
    "sixteen places": (
        "home",
        lambda c: [c.timeline(id=f"place-{n}", bar=n < 7) for n in range(16)],
        None,
    ),
}

ESTIMATOR = {
    "title": "Estimate a payment",
    "price": 33000,
    "price_least": 20000,
    "price_most": 60000,
    "months": 60,
    "months_choices": [24, 36, 48, 60, 72, 84],
    "interest_rate": 4.9,
    "note": "This is an estimate.",
    "example": True,
}


@pytest.fixture(params=[LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param


@pytest.fixture(params=PLACES)
def screen(
    request: pytest.FixtureRequest,
    alone: BuildAlone,
    contents: Contents,
    size: tuple[int, int],
) -> Alone:
    """A screen of the table above."""
    kind, blocks, detail = PLACES[request.param]
    places = blocks(contents)
    place = "" if kind == "home" else str(places[0]["id"])
    return alone(kind, contents.load(*places), place, detail, size)


def nameless(visitor: Visitor) -> Iterator[str]:
    """What can be touched, and a screen reader is told no name or another one."""
    reported = visitor.controls("Button", "PageTab", "CheckBox", "RadioButton", "Slider")
    yield from (f"{control} has no name" for control in reported if not control.name.strip())
    for button in visitor.buttons():
        text = button.property("text")
        if not in_view(button).isEmpty() and not any(text in c.name for c in reported):
            yield f"'{text}' is not read out"


def too_small(visitor: Visitor) -> Iterator[str]:
    """What a finger would miss."""
    for button in visitor.buttons():
        if min(button.width(), button.height()) < TOUCH:
            yield f"'{button.property('text')}' has {button.width()} x {button.height()} pixels"


def overlapping(visitor: Visitor) -> Iterator[str]:
    """What a finger would hit together with something else."""
    targets = [(button.property("text"), in_view(button)) for button in visitor.buttons()]
    for (text, box), (other_text, other_box) in combinations(targets, 2):
        shared = box.intersected(other_box)
        if shared.width() >= 1 and shared.height() >= 1:
            yield f"'{text}' at {box.getRect()} lies over '{other_text}' at {other_box.getRect()}"


def test_it_is_built_without_a_warning_and_a_finger_can_use_it(
    screen: Alone, visit: type[Visitor]
) -> None:
    assert screen.item.window() is screen.window
    assert not screen.window.grabWindow().isNull()
    visitor = visit(screen.window)
    # A long list makes and places the entries ahead of those in view one by one.
    deadline = QDeadlineTimer(10_000)
    while found := [*nameless(visitor), *too_small(visitor), *overlapping(visitor)]:
        assert not deadline.hasExpired(), "\n".join(found)
        QTest.qWait(20)


@pytest.mark.parametrize(("kind", "detail"), [("signup", None), ("detail", ("privacy", 0))])
def test_much_to_tell_stays_in_its_box(
    alone: BuildAlone,
    contents: Contents,
    visit: type[Visitor],
    size: tuple[int, int],
    kind: str,
    detail: tuple[str, int] | None,
) -> None:
    loaded = contents.load(form_with_much_to_tell(contents))
    visitor = visit(alone(kind, loaded, "signup", detail, size).window)
    texts = visitor.items_of("QQuickText")
    assert len(texts) > 8
    for text in texts:
        assert text.property("paintedWidth") <= text.width() + 1, text.property("text")
        box = on_window(text)
        assert -1 <= box.left() <= box.right() <= size[0] + 1, text.property("text")


def test_the_estimator_is_built_alone(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    loaded = contents.load(contents.offers(estimator=ESTIMATOR))
    visitor = visit(alone("estimator", loaded, "offers", size=size).window)
    assert len(visitor.controls("RadioButton")) == 6
    assert len(visitor.controls("Slider")) == 3
    assert visitor.sees("$621.24")  # 33,000 at 4.9 % over 60 months
    assert visitor.sees("This is an estimate.")
    assert visitor.sees("Example") or any(
        item.property("word") == "Example" for item in visitor.items()
    )
    for target in [*visitor.buttons(), *visitor.items_of("QQuickSlider")]:
        assert min(target.width(), target.height()) >= TOUCH


@pytest.mark.parametrize("region", ["us", "uk", "eu"])
def test_what_a_payment_rests_on_is_seen_whole_and_with_all_that_it_is_set_by(
    alone: BuildAlone,
    contents: Contents,
    visit: type[Visitor],
    size: tuple[int, int],
    region: str,
) -> None:
    balloon = {"final_payment_percent": [30], "fees": [{"name": "Purchase fee", "amount": 10}]}
    estimator = {**ESTIMATOR, "kinds": ["balloon", "loan"], "balloon": balloon}
    loaded = contents.load(
        contents.offers(estimator={**estimator, "representative": True}), region=region
    )
    visitor = visit(alone("estimator", loaded, "offers", size=size).window)
    lines = [item for item in visitor.items() if item.property("isKey") is not None]
    assert len(lines) == {"us": 8, "uk": 10, "eu": 10}[region]
    for item in [*lines, *visitor.items_of("QQuickSlider"), *visitor.buttons()]:
        assert in_view(item).height() >= item.height() - 1, item.property("label")


def test_posters_change_in_turn_and_say_how_to_begin(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    posters = [{"headline": f"Poster {n}", "line": "One sentence."} for n in range(3)]
    loaded = contents.load(contents.timeline(), attract={"posters": posters})
    screen = alone("attract", loaded, size=size)
    visitor = visit(screen.window)
    assert visitor.find("Button", "Touch to begin")
    for number in (0, 1, 2, 0):
        screen.item.setProperty("wanted", number)
        visitor.wait(lambda: visitor.sees(f"Poster {number}"))  # noqa: B023


def test_the_warning_says_how_long_and_how_to_go_on(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    screen = alone("warning", contents.load(contents.timeline()), size=size)
    screen.showroom.session.wake()
    screen.showroom.session.warn()
    visitor = visit(screen.window)
    assert visitor.sees("20")
    visitor.tap("Button", "Carry on")
    assert screen.showroom.session.phase == "active"


def test_the_notice_for_staff_names_every_problem(
    alone: BuildAlone, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    from kiosk.showroom.rows import ProblemRow

    screen = alone("notice", contents.load(contents.timeline()), size=size)
    rows = tuple(ProblemRow(f"{n}:3", f"unknown key 'tilte{n}'") for n in range(40))
    screen.showroom.show_problems("/srv/kiosk/content.yaml", rows)
    visitor = visit(screen.window)
    visitor.wait(lambda: visitor.sees("unknown key 'tilte0'"))
    assert visitor.sees("/srv/kiosk/content.yaml")
    assert visitor.sees("0:3")
