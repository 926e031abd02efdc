"""The rules for colors, links, pictures, examples, the estimator and cars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PIL import Image

from kiosk.content.check.loading import load
from kiosk.content.lint.contrast import pairs, ratio
from kiosk.content.model import Theme
from kiosk.content.problems import Problem
from kiosk.content.words import Words
from tests.conftest import Block, Contents
from tests.content.linting import lint

ARTICLE = {"title": "A win", "figure": "1964", "summary": "In a sentence.", "body": ["In full."]}
WEB = "https://www.example.com"


DAY = date(2024, 5, 1)
Find = Callable[..., list[Problem]]

ESTIMATOR = {
    "title": "Estimate",
    "price": 33000,
    "price_least": 20000,
    "price_most": 60000,
    "months": 60,
    "months_choices": [24, 60],
    "interest_rate": 4.9,
    "note": "Estimate.",
}


@pytest.fixture
def find(contents: Contents) -> Find:
    """What one rule says of a content with some places."""

    def run(rule: str, *places: Block, **top: object) -> list[Problem]:
        loaded = contents.load(*(places or [contents.timeline()]), **top)
        return [problem for problem in lint(loaded, DAY) if problem.rule == rule]

    return run


# Notes


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("line: John # Cooper won", 1),
        ("line: A car for # everyone", 1),
        ("line: A car for everyone  # our own words", 0),
        ("line: 'A car # for everyone'", 0),
        ("line: Motorsports", 0),
    ],
)
def test_a_text_that_ends_at_a_note_is_told(contents: Contents, written: str, count: int) -> None:
    text = contents.write(contents.timeline(), language="en").read_text("utf-8")
    text = text.replace("line: Motorsports", written).replace(
        "language: en", "language: en # or es"
    )
    contents.file.write_text(text, "utf-8")
    loaded = load(contents.file)
    assert not loaded.problems
    found = [problem for problem in lint(loaded, DAY) if problem.rule == "note-in-text"]
    assert len(found) == count
    for problem in found:
        line = text.splitlines()[problem.spot.line - 1]
        assert line[problem.spot.column - 1 :].startswith(" # ")
        assert problem.message.startswith("text after # is a note and not shown; put the text in")


def test_notes_can_be_silenced(contents: Contents) -> None:
    silence = [{"rule": "note-in-text", "reason": "These notes are meant for us."}]
    text = contents.write(contents.timeline(), silence=silence).read_text("utf-8")
    contents.file.write_text(text.replace("line: Motorsports", "line: John # Cooper won"), "utf-8")
    reported = {problem.rule for problem in lint(load(contents.file), DAY)}
    assert not {"note-in-text", "unused-silence"} & reported


# What is gone


@pytest.mark.parametrize(
    ("until", "gone"),
    [
        ("2024-04-30", True),
        ("2024-04-30 18:00", True),
        ("2024-05-01", False),
        ("2024-05-01 09:00", False),
        ("2024-05-02", False),
    ],
)
def test_what_is_gone_is_told_the_day_after(
    find: Find, contents: Contents, until: str, gone: bool
) -> None:
    chapter = contents.article("A win", figure="1964", show_until=until)
    other = contents.article("Another", figure="1965")
    found = find("gone-entry", contents.timeline(chapters=[chapter, other]))
    messages = [problem.message.split(" and is no longer")[0] for problem in found]
    assert messages == ["'A win' was shown until " + until] * gone


# Languages


def test_the_kiosks_own_words_in_another_language_are_missed(find: Find) -> None:
    (problem,) = find("language-texts", language="es", words={"back": "Volver", "home": "Inicio"})
    assert problem.message.startswith(
        "the texts are in 'es', but the kiosk's own words are still in English: touch_to_begin,"
        " example, take_home and "
    )
    assert problem.message.endswith(" more; write each under words:")


def test_english_needs_no_words_of_its_own(find: Find) -> None:
    assert find("language-texts") == []


def test_a_language_with_every_word_lacks_nothing(find: Find) -> None:
    words = Words().model_dump(mode="json")
    assert find("language-texts", language="es", words=words) == []
    del words["back"]
    (problem,) = find("language-texts", language="es", words=words)
    assert "still in English: back; write" in problem.message


@pytest.mark.parametrize(
    ("language", "plurals", "forms"),
    [
        ("pl", {}, "few and many"),
        ("pl", {"offers_today": {"few": "oferty"}}, "many"),
        ("pl", {"offers_today": {"few": "oferty", "many": "ofert"}}, ""),
        ("de", {}, ""),
        ("ja", {}, ""),
    ],
)
def test_a_language_with_more_plurals_needs_their_words(
    find: Find, language: str, plurals: dict[str, object], forms: str
) -> None:
    words = Words().model_dump(mode="json") | {"plurals": plurals}
    found = find("language-texts", language=language, words=words)
    wanted = f"write {forms} of offers_today under words: plurals:"
    assert any(wanted in problem.message for problem in found) == bool(forms)


def test_what_the_language_decides_now_is_told_to_be_needless(find: Find) -> None:
    words = {"month_names": ["Januar"], "date_order": "{day}. {month} {year}"}
    found = find("language-texts", words=words)
    assert [problem.message.partition(" is")[0] for problem in found] == sorted(words)
    assert all("remove it" in problem.message for problem in found)


# Colors


def test_black_on_white_is_21_to_1_as_wcag_says() -> None:
    assert ratio((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    grey = (0x76 / 255,) * 3
    assert ratio(grey, (1, 1, 1)) == pytest.approx(4.54, abs=0.005)


def test_the_usual_colors_are_told_apart() -> None:
    assert all(pair.ratio >= pair.minimum for pair in pairs(Theme()))


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        (
            {"paper": "#8a8a8a"},
            ["light text", "dark text"],
        ),
        ({"asphalt": "#555555"}, ["light text", "dark text", "the accent on asphalt"]),
        ({"accent": "#ffe600"}, []),
        ({"accent": "#101530"}, ["the accent on asphalt"]),
        ({"accent": "#d4231a"}, []),
        ({}, []),
    ],
    ids=str,
)
def test_colors_that_stand_out_too_little_are_told(
    find: Find, theme: dict[str, str], expected: list[str]
) -> None:
    found = find("contrast", theme=theme)

    assert len(found) == len(expected)
    assert all(any(p.message.startswith(words) for p in found) for words in expected)
    assert all(p.source == "WCAG 2.2, success criteria 1.4.3 and 1.4.11" for p in found)


# Links


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://www.example.com/Offers", "https://www.example.com/offers", True),
        ("https://www.example.com/?a=B", "https://www.example.com/?a=b", True),
        ("https://www.EXAMPLE.com/offers", "https://www.example.com/offers", False),
        ("HTTPS://www.example.com", "https://www.example.com/", False),
        ("https://www.example.com", "https://www.example.com", False),
        ("https://www.example.com/a", "https://www.example.org/A", False),
    ],
)
def test_addresses_that_differ_by_capitals_are_told_where_capitals_count(
    find: Find, contents: Contents, one: str, other: str, expected: bool
) -> None:
    links = [{"name": "One", "address": one}, {"name": "Two", "address": other}]
    place = {**contents.links(), "groups": [{"name": "Group", "links": links}]}
    found = find("link-case", place)

    assert [p.message.startswith(f"'{other}' differs from '{one}'") for p in found] == [
        True
    ] * expected


# Pictures


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((959, 600), "has 959 x 600 pixels and looks blurry"),
        ((960, 400), ""),
        ((540, 960), ""),
        ((4000, 4000), ""),
        ((4000, 4001), "takes 64 MB of memory"),
    ],
)
def test_photographs_must_suit_the_screen(
    find: Find, contents: Contents, size: tuple[int, int], expected: str
) -> None:
    Image.new("L", size).save(contents.file.parent / "assets" / "photo.png")
    place = contents.timeline(picture={"file": "photo.png"})
    found = find("picture-size", place, {**place, "id": "again"})  # told once a file

    assert [expected in problem.message for problem in found] == ([True] if expected else [])


def logo(mode: str, ink: str, size: tuple[int, int] = (900, 300)) -> Image.Image:
    """Letters on nothing, or on white in a mode that knows no transparency."""
    picture = Image.new(mode, size, "#ffffff00" if mode == "RGBA" else "white")
    picture.paste(ink, (size[0] // 4, 0, size[0] // 2, size[1]))
    return picture


@pytest.mark.parametrize(
    ("picture", "ground", "rule", "expected"),
    [
        (logo("RGBA", "white"), "dark", "logo", ""),
        (logo("RGBA", "#202040"), "dark", "logo", "can hardly be seen: half of it has a contrast"),
        (logo("RGBA", "#202040"), "light", "logo", ""),
        (logo("RGBA", "white"), "light", "logo", "write ground: dark below it, or use the logo"),
        (logo("RGB", "#202040"), "light", "logo", "has no transparent background"),
        (logo("RGBA", "white"), "dark", "picture-size", ""),
        (logo("RGBA", "white", (300, 100)), "dark", "picture-size", "use one with at least 720 on"),
    ],
)
def test_a_logo_must_be_seen_and_sharp(
    find: Find, contents: Contents, picture: Image.Image, ground: str, rule: str, expected: str
) -> None:
    picture.save(contents.file.parent / "assets" / "logo.png")
    brand = {"name": "A", "line": "B", "logo": {"file": "logo.png", "ground": ground}}
    messages = [
        problem.message for problem in find(rule, brand=brand) if "logo.png" in str(problem)
    ]
    assert [expected in message for message in messages] == ([True] if expected else [])


def test_a_photograph_is_measured_as_it_is_seen(find: Find, contents: Contents) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (600, 900)).save(contents.file.parent / "assets" / "photo.jpg", exif=exif)

    [problem] = find("picture-size", contents.timeline(picture={"file": "photo.jpg"}))

    assert "has 900 x 600 pixels" in problem.message


def test_a_drawing_has_no_size(find: Find, contents: Contents) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
    (contents.file.parent / "assets" / "drawing.svg").write_text(drawing)

    assert find("picture-size", contents.timeline(picture={"file": "drawing.svg"})) == []


def test_a_picture_that_has_gone_meanwhile_is_no_fault(contents: Contents) -> None:
    loaded = contents.load(contents.timeline(picture={"file": "car.png"}))
    (contents.file.parent / "assets" / "car.png").unlink()

    assert lint(loaded, DAY) == []


# Examples


def test_examples_are_told_once_a_place(find: Find, contents: Contents) -> None:
    offers = [contents.offer(date(2024, 12, 31), title=f"Offer {n}") for n in range(3)]
    place = contents.offers(*offers, name="Specials")
    (problem,) = find("example-left", place)

    assert problem.message == (
        "'Specials' still contains the example 'Offer 0', and 2 more; put in your own, then remove"
        " 'example: true'"
    )


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"example": True}, "the example 'Our place'"),
        ({"name": "Example MINI"}, "the made-up dealership 'Example MINI'"),
        ({"street": "100 Example Avenue"}, "the made-up dealership 'Our place'"),
        ({"phone": "+1 217 555 0137"}, "the made-up phone number +1 217 555 0137"),
        ({"phone": "+1 217 555-0200"}, ""),
        ({"phone": "+1 555 010 0100"}, ""),
        ({"name": "Exemplary Motors"}, ""),
    ],
    ids=str,
)
def test_made_up_dealerships_are_told(
    find: Find, contents: Contents, other: dict[str, object], expected: str
) -> None:
    place = contents.dealers()
    here = place["here"]
    assert isinstance(here, dict)
    found = find("example-left", {**place, "here": {**here, **other}})

    assert [f"still contains {expected};" in problem.message for problem in found] == [True] * bool(
        expected
    )


def test_an_example_price_is_told_by_its_figure(find: Find, contents: Contents) -> None:
    place = contents.models(1)
    price = {"figure": "$24,900", "line": "MSRP", "terms": "An example.", "example": True}
    place["line_ups"][0]["models"][0]["price"] = price
    (problem,) = find("example-left", place)
    assert "the example '$24,900'; put in your own, then remove" in problem.message


def test_a_made_up_number_has_no_mark_to_remove(find: Find, contents: Contents) -> None:
    person = {"title": "Vera", "role": "Sales", "phone": "+1 217 555 0137"}
    (problem,) = find("example-left", contents.team(1, people=[person]))
    assert problem.message.endswith("made-up phone number +1 217 555 0137; put in your own")


# The estimator


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"price": 33260}, ["price 33260 is not a stop of the slider"]),
        ({"price": 33260}, ["in steps of 500; write 33500"]),
        ({"down_payment": 3100}, ["down_payment 3100 is not a stop of the slider"]),
        ({"down_payment": 33000}, []),
        ({"price_most": 60100}, []),
        ({"price_most": 60100, "price": 60100}, []),
        ({"price": 20000}, []),
        ({"price_least": 9995, "price": 30000}, []),
        ({"price_least": 9995, "price": 9995}, []),
        ({"price_least": 9995, "price": 29995}, ["write 30000"]),
        ({"interest_rate": 4.95}, ["interest_rate 4.95 is not a stop of the slider"]),
        ({"interest_rate": 3.99, "interest_rate_most": 3.99}, []),
    ],
    ids=str,
)
def test_the_estimators_sliders_can_stand_where_they_begin(
    find: Find, contents: Contents, changes: dict[str, object], expected: list[str]
) -> None:
    found = find("slider-step", contents.offers(estimator={**ESTIMATOR, **changes}))

    assert len(found) == len(expected)
    assert all(words in p.message for words, p in zip(expected, found, strict=True))


CREDIT = {"fees": [], "representative": True, "note": "We are a credit broker, not a lender."}
BY_LEASE = {
    "kinds": ["lease"],
    "lease": {"residual_percent": [50], "money_factor": "0.001", "mileage": 10000},
}


@pytest.mark.parametrize(
    ("region", "changes", "expected"),
    [
        ("us", {}, []),
        ("other", {"rate_type": "variable", "currency": "€"}, []),
        ("us", {"rate_type": "variable"}, ["does not say that it may increase"]),
        ("us", {"rate_type": "variable", "note": "The rate may increase."}, []),
        ("us", {"currency": "€"}, ["write region: eu"]),
        ("us", {"currency": "£", **BY_LEASE}, ["write region: uk"]),
        ("eu", {"currency": "€"}, ["list the fees, or write fees: []"]),
        ("eu", {"currency": "€", "fees": []}, []),
        ("eu", {"currency": "€", **BY_LEASE}, []),
        ("uk", CREDIT, []),
        ("uk", {**CREDIT, "representative": False}, ["write representative: true"]),
        ("uk", {**CREDIT, "note": "An estimate."}, ["a lender or a credit broker"]),
        ("uk", BY_LEASE, []),
    ],
    ids=str,
)
def test_an_estimator_says_what_its_region_asks_for(
    find: Find, contents: Contents, region: str, changes: dict[str, object], expected: list[str]
) -> None:
    places = contents.offers(estimator={**ESTIMATOR, **changes})
    found = find("estimator-terms", places, region=region)

    assert len(found) == len(expected)
    assert all(words in p.message for words, p in zip(expected, found, strict=True))


# Cars


CONSUMPTION = {"line": "15.9 kWh/100 km, 0 g CO₂/km", "co2_class": "A"}


def cars(contents: Contents, *models: Block) -> Block:
    return {**contents.models(), "line_ups": [{"name": "2025", "models": list(models)}]}


@pytest.mark.parametrize(
    ("region", "car", "is_found"),
    [
        ("eu", {}, True),
        ("uk", {"body_style": "estate"}, True),
        ("eu", {"consumption": CONSUMPTION}, False),
        ("eu", {"body_style": "motorcycle"}, False),
        ("uk", {"body_style": "van"}, False),
        ("us", {}, False),
        ("other", {}, False),
    ],
)
def test_a_new_passenger_car_says_what_it_consumes_where_it_must(
    find: Find, contents: Contents, region: str, car: Block, is_found: bool
) -> None:
    place = cars(contents, {"name": "Wagon", **car})

    found = find("consumption", place, region=region)

    assert [problem.message.split("'")[1] for problem in found] == ["Wagon"] * is_found


@pytest.mark.parametrize(
    ("car", "hint"),
    [
        ("Wagon", None),
        ("Wagoon", "did you mean 'Wagon'?"),
        ("Spaceship", "write its name as it stands among the models"),
    ],
)
def test_an_offer_names_a_car_that_is_there(
    find: Find, contents: Contents, car: str, hint: str | None
) -> None:
    offers = contents.offers(contents.offer(DAY, car=car))

    found = find("unknown-car", cars(contents, {"name": "Wagon"}), offers)

    assert [str(hint) in problem.message for problem in found] == [True] * (hint is not None)


# Signs and figures


@pytest.mark.parametrize(
    ("top", "place", "where"),
    [
        ({"brand": {"name": "א Motors", "line": "Motorsports"}}, {}, "hebrew letter alef"),
        ({"home": {"headline": "Open house 🎉", "lead": "Come in."}}, {}, "party popper"),
        ({"home": {"headline": "Open house", "lead": "Come in ☞"}}, {}, "right pointing index"),
        ({"words": {"home": "한"}}, {}, "hangul syllable han"),
        ({}, {"name": "ก"}, "thai character ko kai"),
        ({}, {"chapters": [{**ARTICLE, "body": ["In full.", "Yes ✔."]}]}, "heavy check mark"),
        ({}, {"chapters": [{**ARTICLE, "facts": [{"figure": "⑴", "label": "x"}]}]}, "parenthes"),
        ({}, {"chapters": [{**ARTICLE, "link": {"name": "鈴", "address": WEB}}]}, "cjk"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sign_that_the_typeface_lacks_is_told_wherever_it_is_seen(
    find: Find, contents: Contents, top: Block, place: Block, where: str
) -> None:
    (found,) = find("missing-sign", contents.timeline(**place), **top)
    assert where in found.message
    assert found.spot.line > 1


@pytest.mark.parametrize(
    "top",
    [
        {"home": {"headline": "Größe, Łódź & Şahin", "lead": "Ça va… “Yes” – 4.9 % · €5"}},
        {"home": {"headline": "Open", "lead": "Soft\u00adhyphen and narrow\u202fspace"}},
        {"home": {"headline": "Ngày mở cửa", "lead": "Ανοιχτά. Открыто → ✓"}},
        {"home": {"headline": "Open", "lead": "In.", "picture": {"file": "한.png"}}},
    ],
)
def test_what_is_drawn_or_never_shown_is_not_told(
    find: Find, contents: Contents, top: Block
) -> None:
    (contents.file.parent / "assets" / "한.png").write_bytes(
        (contents.file.parent / "assets" / "car.png").read_bytes()
    )
    assert not find("missing-sign", contents.timeline(), **top)


def test_a_missing_sign_is_silenced_by_the_name_of_its_entry(
    find: Find, contents: Contents
) -> None:
    silence = [{"rule": "missing-sign", "entry": "A ✔", "reason": "Our kiosks have the sign."}]
    place = contents.timeline(chapters=[contents.article("A ✔", figure="1")])
    assert not find("missing-sign", place, silence=silence)


def test_a_figure_on_a_door_without_its_noun_is_told(find: Find, contents: Contents) -> None:
    (found,) = find("door-figure", contents.timeline(door_figure="37"))
    assert "'37'" in found.message
    assert not find("door-figure", contents.timeline(door_figure="37", door="wins"))


DRAWN_OTHERWISE = {
    "clip-path": ('<rect clip-path="url(#c)"/>', "<rect> shows what should be clipped"),
    "a style": (
        '<g id="z" style="clip-path: url(#c)"/>',
        '<g id="z"> shows what should be clipped',
    ),
    "a class": ("<style>.a { mix-blend-mode: multiply }</style>", "<style> covers what is below"),
    "text": ("<text>A</text><text>B</text>", "<text> (and 1 more) is set in the system's typeface"),
    "font": ("<style>@font-face { src: url(data:x) }</style>", "<style> has @ rules"),
    "HTML": ("<foreignObject/>", "<foreignObject> is left out"),
    "shadow": ("<filter><feDropShadow/></filter>", "<feDropShadow> loses its shadow"),
    "color": ('<rect fill="rgba(0,0,0,.5)"/>', "<rect> loses its color (rgba(0,0,0,.5))"),
    "unit": ('<rect x="1cm"/>', "<rect> has another size or place"),
    "nested": ("<svg/>", "<svg> is left out"),
    "symbol": ('<symbol id="s" viewBox="0 0 9 9"/>', '<symbol id="s"> is drawn at another size'),
}


@pytest.mark.parametrize(("body", "expected"), DRAWN_OTHERWISE.values(), ids=DRAWN_OTHERWISE)
def test_a_drawing_that_is_drawn_otherwise_is_told_with_its_part(
    contents: Contents, find: Find, body: str, expected: str
) -> None:
    (contents.file.parent / "assets" / "a.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{body}</svg>'
    )
    place = contents.timeline(picture={"file": "a.svg"})
    [problem] = find("drawing", place, {**place, "id": "again"})  # told once a file
    assert f"'a.svg' looks different on the screen: {expected}" in problem.message
    assert "save the picture as .png" in problem.message


def test_what_qt_draws_as_a_browser_does_is_fine(contents: Contents, find: Find) -> None:
    (contents.file.parent / "assets" / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<mask id="m"/><pattern id="p"/><marker id="k"/><style>.a { fill: red }</style>'
        '<filter id="f"><feGaussianBlur/><feOffset/><feBlend/></filter>'
        '<rect class="a" width="100%" height="100%" mask="url(#m)" clip-path="none"/></svg>'
    )
    assert find("drawing", contents.timeline(picture={"file": "a.svg"})) == []
