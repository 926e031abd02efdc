"""A line that has moved and a color that has changed are found; smoothed edges are not."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kiosk.language.typeface import font_file
from tests.approved.comparing import LEVELS, compare
from tests.approved.gallery import Approved, write_page

SIZE = (320, 180)
PAPER, INK, ACCENT, RULE = (245, 242, 235), (16, 17, 20), (226, 35, 26), (205, 202, 196)
FINE = 8


def draw(
    *,
    headline: str = "Small car",
    at: tuple[float, float] = (20, 10),
    small_at: tuple[float, float] = (20, 70),
    small: str = "$349 a month",
    rule: int = 96,
    bar: tuple[int, int] = (106, 114),
    button: tuple[int, int, int] = ACCENT,
    disc: tuple[float, float] = (260, 90),
    lighter: int = 0,
    smoothing: float = 1,
) -> Image.Image:
    """A screen with a headline, a small text, a line, a bar, a button and a disc."""
    picture = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(picture)
    canvas.line((20, rule, 200, rule), RULE)
    canvas.rectangle((20, bar[0], 200, bar[1]), INK)
    canvas.rectangle((20, 130, 120, 160), button)
    letters = Image.new("L", SIZE)
    ink = ImageDraw.Draw(letters)
    ink.text(at, headline, 255, ImageFont.truetype(str(font_file("Black")), 40))
    ink.text(small_at, small, 255, ImageFont.truetype(str(font_file("Medium")), 20))
    large = Image.new("L", (SIZE[0] * FINE, SIZE[1] * FINE))
    ImageDraw.Draw(large).circle((disc[0] * FINE, disc[1] * FINE), 40 * FINE, 255)
    for shape in (letters, large.resize(SIZE, Image.Resampling.BOX)):
        picture.paste(INK, mask=shape.point(lambda level: round(255 * (level / 255) ** smoothing)))
    return picture.point(lambda level: level + lighter)


def test_what_a_person_would_see_is_found() -> None:
    changes = {
        "a line a pixel lower": draw(rule=97),
        "a bar a pixel lower": draw(bar=(107, 115)),
        "a headline a pixel lower": draw(at=(20, 11)),
        "a headline half a pixel further": draw(at=(20.5, 10)),
        "a small text a pixel further": draw(small_at=(21, 70)),
        "a disc a pixel further": draw(disc=(261, 90)),
        "another digit": draw(small="$849 a month"),
        "a line that is gone": draw(rule=106),
        "a button a little darker": draw(button=(206, 30, 22)),
        "a button a little less red": draw(button=(226, 50, 26)),
        "a button a little bluer": draw(button=(226, 35, 40)),
        "everything a little lighter": draw(lighter=LEVELS + 1),
    }
    assert [name for name, picture in changes.items() if not compare(draw(), picture)] == []


def test_how_edges_are_smoothed_and_colors_rounded_is_not() -> None:
    alike = {
        "the same": draw(),
        "heavier edges": draw(smoothing=0.8),
        "lighter edges": draw(smoothing=1.25),
        "a headline between two pixels": draw(at=(20.1, 10)),
        "a disc between two pixels": draw(disc=(260.2, 90.2)),
        "colors rounded otherwise": draw(lighter=2),
        "256 colors": draw().quantize(method=Image.Quantize.MAXCOVERAGE).convert("RGB"),
    }
    assert [name for name, picture in alike.items() if compare(draw(), picture)] == []


def test_it_says_how_much_differs_and_where() -> None:
    difference = compare(draw(), draw(button=PAPER))
    assert difference is not None
    assert difference.box == (20, 130, 121, 161)
    assert str(difference) == "5.44% differs, between 20,130 and 121,161"
    other_size = compare(draw(), draw().rotate(90, expand=True))
    assert other_size is not None
    assert other_size.share == 1


def test_approved_pictures_are_as_they_were_drawn_until_somebody_approves_others(
    tmp_path: Path,
) -> None:
    approved = Approved("320x180", tmp_path)
    screens = {"home": draw(), "team": draw(headline="Crew"), "offers": draw(button=INK)}

    def changes() -> list[str]:
        return [change.line for change in approved.changes(screens.items())]

    assert changes() == ["home: is new", "team: is new", "offers: is new"]
    for change in approved.changes(screens.items()):
        approved.approve(change)
    assert changes() == []
    screens["home"] = draw(rule=98)
    del screens["team"]
    assert changes() == ["home: 0.63% differs, between 20,96 and 201,99", "team: is gone"]
    found = list(approved.changes(screens.items()))
    page = write_page(tmp_path, "320x180", found).read_text("utf-8")
    assert [page.count(change.line) for change in found] == [1, 1]
    with Image.open(tmp_path / "1.png") as sheet:
        assert sheet.width > 3 * SIZE[0]
    for change in found:
        approved.approve(change)
    assert changes() == []
