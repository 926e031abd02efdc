"""Ten thousand accidents: a file loads to a model that can be shown, or to problems that help.

A day's run tries a tenth of them, always the same ones.

The good files are small, and together they have every kind of place and every kind of value; what
happens to them is what happens at a keyboard, in a word processor and on a disk.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.blocks.zones import zone_named
from kiosk.content import dates, model
from kiosk.content.check.loading import Loaded, load
from kiosk.content.lint.report import report
from kiosk.content.problems import Problem
from kiosk.content.yaml.excerpt import excerpt, lines_of
from kiosk.content.yaml.tree import Node, read_tree
from kiosk.places.kinds import KINDS
from kiosk.places.presenting import Context
from kiosk.places.signup.model import SignupForm
from kiosk.places.viewmodel import PlaceViewModel
from tests.blank_drawings import write_blank_drawings
from tests.conftest import CHECKOUT, meta_object_of
from tests.content.conftest import MINIMAL
from tests.long_runs import examples

pytestmark = pytest.mark.slow(reason="thousands of accidents")
REAL = (CHECKOUT / "content.yaml").read_text(encoding="utf-8")
DAY = date(2024, 5, 1)
MOMENTS = ("2024-01-01T00:00+00:00", "2024-05-01T10:00+00:00", "2031-12-31T23:59+00:00")

STORIES = """\
# What a visitor reads. A line that begins with # is a note.
language: en
time_zone: America/Chicago
region: us
theme:
  asphalt: "#101114"  # near-black
  accent: '#E2231A'
brand:
  name: MINI
  line: Driver's seat
attract:
  posters:
    - headline: Number 37
      line: "The car: it won."
      picture: {file: car.png, focus_x: 0.3}
      show_from: 2024-01-05
      show_until: 2024-06-01 18:00
home:
  headline: Small car
  lead: >-
    A car for everyone. John Cooper
    saw a racer in it.
places:

  - id: heritage
    kind: timeline
    name: Heritage
    icon: ph.clock-counter-clockwise-bold
    title: Wins worth retelling
    chapters:
      # The year is public record.
      - figure: "1964"
        title: Monte Carlo
        summary: >-
          Paddy Hopkirk drives to overall victory:
          number 37.
        body:
          - A short one.
          - >-
            The car was small. Its result
            was not.
        facts:
          - {figure: "37", label: "number, start"}
          - {figure: 1st, label: overall}
  - id: drive
    kind: features
    name: Drive
    icon: ph.gauge-bold
    bar: false
    title: Take the wheel
    features:
      - title: A test drive
        summary: Bring a licence.
words:
  home: Home
  valid_until: Valid until {date}
"""
CARS = """\
brand: {name: MINI, line: Cars}
attract: {posters: [{headline: Hello, line: There.}]}
home: {headline: Cars, lead: All of them.}
places:
- id: cars
  kind: models
  name: Cars
  icon: ph.car-bold
  title: Pick your car
  line_ups:
  - name: 2025
    models:
    - name: Cooper
      note: Small.
      picture: {file: car.png}
      link:
        name: Cooper
        address: https://www.miniusa.com
- id: events
  kind: events
  name: Events
  icon: ph.ticket-bold
  title: Come along
  nothing_now: {title: Nothing planned, line: Come again.}
  events:
  - title: Open house
    starts: 2024-05-04 10:00
    ends: 2024-05-04 16:00
    place: "Here: in the yard"
  - title: A weekend
    starts: 2024-06-01
    link: {name: Its page, address: https://www.example.com/weekend}
- id: more
  kind: links
  name: More
  icon: ph.squares-four-bold
  title: Take the rest home
  groups:
  - name: On the web
    links:
    - name: Special Offers
      address: https://www.miniusa.com/offers#now
      line: Choose Special Offers.
"""
GOOD = {"stories": STORIES, "cars": CARS, "minimal": MINIMAL}

YAML_SIGNS = "\"'#&*!|>%@`{}[],:-? \n\r\t~\\"
TYPED = "aZ0é車 ’“”‘–•€½\u00a0\u200b\u202e\ufeff"
WORDS = [
    "yes",
    "no",
    "null",
    "~",
    "5/4/2024",
    "$1,000",
    "4,9",
    "red",
    "- x",
    "key: text",
    "}",
    "[a",
]
INSIDE_A_VALUE = "abzABZ019 .,;/$%+=()_äß車"

JARGON = re.compile(
    r"mapping|scalar|sequence|token|alias|anchor|document start|directive|simple key|flow |NoneType"
    r"|type=|Input should|validation|pydantic|libyaml|YAML|Traceback|Exception|Error\b|<class"
    r"|\bdict\b|tuple|\bstr\b|\bint\b|\bNone\b|regex|pattern|unhashable|object at|\bloc\b|\bctx\b",
)
"""Words that help whoever wrote the program."""

ACCIDENTS, ONE_LINE, VALUES, ON_THE_REAL_FILE, HEAPS, BYTES, CHECKED = (
    *(5000, 2500, 1000),
    *(250, 700, 400, 150),
)
assert ACCIDENTS + ONE_LINE + VALUES + ON_THE_REAL_FILE + HEAPS + BYTES + CHECKED >= 10_000


def repeatable(most: int) -> settings:
    """The same ones in each run."""
    return settings(
        max_examples=examples(most),
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where the file is; the pictures of all good files lie beside it."""
    with tempfile.TemporaryDirectory() as name:
        assets = Path(name, "assets")
        write_blank_drawings(assets)
        Path(name, "data").mkdir()
        Image.new("RGB", (4, 3)).save(assets / "car.png")
        yield Path(name)


# What happens to a file


@st.composite
def accidents(draw: st.DrawFn, text: str, most: int = 3) -> str:
    """A text after one to three accidents at a keyboard."""
    for _ in range(draw(st.integers(1, most))):
        lines = text.splitlines(keepends=True) or [""]
        text = "".join(draw(st.sampled_from(ACTS))(draw, lines))
    return text


def _place(draw: st.DrawFn, lines: Sequence[str]) -> tuple[int, int]:
    number = draw(st.integers(0, len(lines) - 1))
    return number, draw(st.integers(0, max(0, len(lines[number]) - 1)))


def _line(draw: st.DrawFn, lines: list[str]) -> list[str]:
    number = draw(st.integers(0, len(lines) - 1))
    return [*lines[:number], draw(line_accidents(lines[number])), *lines[number + 1 :]]


def _remove(draw: st.DrawFn, lines: list[str]) -> list[str]:
    number, _ = _place(draw, lines)
    return lines[:number] + lines[number + 1 :]


def _cut(draw: st.DrawFn, lines: list[str]) -> list[str]:
    number, _ = _place(draw, lines)
    return lines[:number] + lines[number + draw(st.integers(1, 4)) :]


def _paste_twice(draw: st.DrawFn, lines: list[str]) -> list[str]:
    number, _ = _place(draw, lines)
    block = lines[number : number + draw(st.integers(1, 6))]
    where, _ = _place(draw, lines)
    return [*lines[:where], *block, *lines[where:]]


def _swap(draw: st.DrawFn, lines: list[str]) -> list[str]:
    one, other = _place(draw, lines)[0], _place(draw, lines)[0]
    lines = lines[:]
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _swap_values(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """The values of two keys change places."""
    keys = [number for number, line in enumerate(lines) if ": " in line]
    if not keys:
        return lines
    one, other = draw(st.sampled_from(keys)), draw(st.sampled_from(keys))
    lines = lines[:]
    (key, _, value), (name, _, text) = lines[one].partition(": "), lines[other].partition(": ")
    lines[one] = f"{key}: {text}"
    if one != other:
        lines[other] = f"{name}: {value}"
    return lines


def _indent(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """A few lines are pushed to the right or pulled to the left."""
    number, _ = _place(draw, lines)
    by, many = draw(st.sampled_from([-4, -2, -1, 1, 2, 4])), draw(st.integers(1, 5))
    moved = [
        " " * by + line if by > 0 else re.sub(f"^ {{0,{-by}}}", "", line)
        for line in lines[number : number + many]
    ]
    return [*lines[:number], *moved, *lines[number + many :]]


def _truncate(draw: st.DrawFn, lines: list[str]) -> list[str]:
    number, column = _place(draw, lines)
    return [*lines[:number], lines[number][:column]]


def _line_ends(draw: st.DrawFn, lines: list[str]) -> list[str]:
    end = draw(st.sampled_from(["\r\n", "\r", "\n\n"]))
    return [line.rstrip("\n") + end for line in lines]


def _curly(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """A word processor has changed the quotes and the dashes."""
    change = {'"': "“", "'": "’", "- ": "– "}
    sign = draw(st.sampled_from(sorted(change)))
    return [line.replace(sign, change[sign]) for line in lines]


Act = Callable[[st.DrawFn, list[str]], list[str]]
ACTS: list[Act] = [
    _line,
    _line,
    _line,
    _line,
    _remove,
    _cut,
    _paste_twice,
    _swap,
    _swap_values,
    _indent,
]
ACTS += [_truncate, _line_ends, _curly]


@st.composite
def line_accidents(draw: st.DrawFn, line: str) -> str:
    """One line after an accident; it stays one line."""
    text, end = line.rstrip("\r\n"), line[len(line.rstrip("\r\n")) :]
    at = draw(st.integers(0, len(text)))
    sign = st.sampled_from(YAML_SIGNS.replace("\n", "").replace("\r", "") + TYPED)
    match draw(st.integers(0, 9)):
        case 0:
            text = text[:at] + text[at + draw(st.integers(1, 5)) :]
        case 1 | 2:
            new = "".join(draw(st.lists(sign, min_size=1, max_size=3)))
            text = text[:at] + new + text[at:]
        case 3:
            text = text[:at] + draw(sign) + text[at + 1 :]
        case 4:
            text = " " * draw(st.integers(0, 10)) + text.lstrip(" ")
        case 5:
            text = "\t" * draw(st.integers(1, 3)) + text.lstrip(" ")
        case 6:
            text = text.replace(draw(st.sampled_from([": ", "- ", '"', "'", "{", "}", ","])), "", 1)
        case 7:
            text = text.replace(": ", draw(st.sampled_from([":", " ", " : ", "; ", ": : "])), 1)
        case 8:
            text = f"{text.partition(': ')[0]}: {draw(st.sampled_from(WORDS))}"
        case 9:
            text = text[:at] + text[at:][::-1]
    return text + end


# What is asked of every file


def _load(folder: Path, data: bytes) -> Loaded:
    file = folder / "content.yaml"
    file.write_bytes(data)
    return load(file)


def _is_told(loaded: Loaded, text: str) -> None:
    """It loads to a model that can be shown, or to problems that help."""
    assert (loaded.content is None) == bool(loaded.problems)
    lines = lines_of(text)
    found = report(loaded, DAY)
    for problems in (loaded.problems, found.problems):
        assert [one.spot for one in problems] == sorted(one.spot for one in problems)
        for problem in problems:
            _helps(problem, lines)
    if loaded.content is not None:
        _shows_everything(loaded)


def _helps(problem: Problem, lines: Sequence[str]) -> None:
    line, column = problem.spot
    assert 1 <= line <= len(lines), problem
    assert 1 <= column <= len(lines[line - 1]) + 1, problem
    assert excerpt(lines, problem.spot, 80).count("\n") == 1
    assert "\n" not in problem.message
    assert problem.message[0] != " "
    own_words = re.sub(r"'[^']*'|\"[^\"]*\"", "", problem.message)
    assert not JARGON.search(own_words), problem


def _shows_everything(loaded: Loaded) -> None:
    """Every view of the content, on days before, among and after its dates."""
    content = loaded.content
    assert content is not None
    now = datetime.fromisoformat(MOMENTS[0]).astimezone(zone_named(content.time_zone))
    _shows_at(loaded, dates.timeless(content), now)
    for moment in MOMENTS:
        now = datetime.fromisoformat(moment).astimezone(zone_named(content.time_zone))
        _shows_at(loaded, dates.visible_at(content, now), now)


def _shows_at(loaded: Loaded, visible: model.Content, now: datetime) -> None:
    from kiosk.places.presenting import Context
    from kiosk.showroom.screenplay import attract_loop, doors, home_row

    content = loaded.content
    assert content is not None
    context = Context(visible.words, now, loaded.assets, {}, content.language)
    assert attract_loop(visible, context, dates.unchanged(content, now), loaded.pictures).posters
    assert home_row(visible.home, context).headline
    assert all(text for _, text in visible.words if isinstance(text, str))
    assert len(doors(visible, context)) == len(visible.places)
    for place in visible.places:
        _shows(place, context)


def _shows(place: model.AnyPlace, context: Context) -> None:
    """What a visitor sees of a place: its screen, each row, and what opens behind each row."""
    from kiosk.places.signup.presentation import notice, privacy_detail
    from kiosk.toolkit.rows_model import RowsModel

    if isinstance(place, SignupForm):
        assert notice(place, context)
        assert privacy_detail(place, context).title
        return
    opened = _view_model(place, context)
    values = dict(_properties(opened))
    assert values["title"]
    for name, rows in values.items():
        if isinstance(rows, RowsModel):
            for number in range(rows.rowCount()):
                for role in rows.roleNames():
                    rows.data(rows.index(number), role)
                opened.detail(name, number)


def _view_model(place: model.AnyPlace, shown: Context) -> PlaceViewModel:
    from kiosk.places.viewmodel import view_model_of

    return view_model_of(place)(place, shown)


def _properties(opened: PlaceViewModel) -> Iterator[tuple[str, object]]:
    with meta_object_of(opened) as about:
        names = [str(about.property(number).name()) for number in range(about.propertyCount())]
    yield from ((name, getattr(opened, name)) for name in names)


# The good files


@pytest.mark.parametrize("text", [*GOOD.values(), REAL], ids=[*GOOD, "real"])
def test_the_files_that_are_harmed_are_in_order(folder: Path, text: str) -> None:
    loaded = _load(folder, text.encode())

    assert loaded.problems == ()
    _is_told(loaded, text)


def test_they_have_every_kind_of_place(folder: Path) -> None:
    kinds: set[str] = set()
    for text in GOOD.values():
        content = _load(folder, text.encode()).content
        assert content is not None
        kinds |= {place.kind for place in content.places}

    assert kinds == {kind.name for kind in KINDS}


# What happens to them


@repeatable(ACCIDENTS)
@given(data=st.data(), good=st.sampled_from(sorted(GOOD)))
def test_an_accident_is_told_inside_the_file_in_words_that_help(
    folder: Path, data: st.DataObject, good: str
) -> None:
    text = data.draw(accidents(GOOD[good]))

    _is_told(_load(folder, text.encode()), text)


@repeatable(ON_THE_REAL_FILE)
@given(text=accidents(REAL))
def test_an_accident_to_the_real_file_is_told_as_well(folder: Path, text: str) -> None:
    _is_told(_load(folder, text.encode()), text)


def test_one_line_that_is_harmed_is_the_line_that_is_told(folder: Path) -> None:
    """Nine times in ten at once; else what is told names the line, or what the line was about.

    Where only what follows can show that something is wrong, as below a heading that has become a
    note, it is told there.
    """
    at_once, refused = 0, 0

    @repeatable(ONE_LINE)
    @given(data=st.data(), good=st.sampled_from(sorted(GOOD)))
    def harm(data: st.DataObject, good: str) -> None:
        nonlocal at_once, refused
        lines = GOOD[good].splitlines(keepends=True)
        index = data.draw(st.integers(0, len(lines) - 1))
        before, after = lines[index], data.draw(line_accidents(lines[index]))
        text = "".join([*lines[:index], after, *lines[index + 1 :]])
        loaded = _load(folder, text.encode())
        _is_told(loaded, text)
        if not (problems := loaded.problems):
            return
        refused += 1
        at_once += problems[0].spot.line == index + 1
        told_at = {index + 1, _begins(good, index + 1)}
        is_told = any(
            one.spot.line in told_at or _names(one, index + 1, before) for one in problems
        )
        assert is_told or problems[0].spot.line > index + 1, (before, after, problems)

    harm()
    assert refused > examples(ONE_LINE) / 2
    assert at_once >= 0.9 * refused


def _names(problem: Problem, number: int, line: str) -> bool:
    if re.search(rf"\bline {number}\b", problem.message):
        return True
    key = re.match(r"\s*(?:- +)*(\w+):", line)
    return key is not None and re.search(rf"\b{key[1]}\b", problem.message) is not None


@cache
def _begins(good: str, number: int) -> int:
    """Where the value begins that a line of a good file goes on with; else the line itself."""
    return max(
        (line for line, _ in _spots(read_tree(GOOD[good]).root) if line <= number), default=1
    )


def _spots(node: Node | None) -> Iterator[tuple[int, int]]:
    if node is not None:
        yield node.spot
        for inner in (node.inside or {}).values():
            yield from _spots(inner)


@dataclass(frozen=True)
class Value:
    """A text behind a key of a good file, and the beginnings of the blocks around it."""

    key: str
    start: int
    end: int
    line: int
    column: int

    def replaced(self, text: str, by: str) -> str:
        return f'{text[: self.start]}"{by}"{text[self.end :]}'


IN_BRACKETS = re.compile(
    r"""(?P<key>\w+):[ ](?P<value>"[^"\n]*"|'[^'\n]*'|[^\s,{}\[\]"'>|#][^,{}\[\]\n]*)(?=[,}\n])"""
)
ON_A_LINE = re.compile(
    r"""^ *(?:- )?(?P<key>\w+):[ ](?P<value>"[^"\n]*"|'[^'\n]*'|[^\s{\[>"'#][^#\n]*)(?=\n)""", re.M
)


@cache
def _values(good: str) -> tuple[Value, ...]:
    """What stands in one line behind a key."""
    text = GOOD[good]
    inside = [one for one in IN_BRACKETS.finditer(text) if "{" in _head(text, one.start("value"))]
    return tuple(
        Value(
            one["key"],
            *one.span("value"),
            text.count("\n", 0, one.start()) + 1,
            len(_head(text, one.start("value"))) + 1,
        )
        for one in [*inside, *ON_A_LINE.finditer(text)]
    )


def _head(text: str, at: int) -> str:
    """What stands before a place in its line."""
    return text[:at].rpartition("\n")[2]


def _around(node: Node, spot: tuple[int, int]) -> list[tuple[int, int]]:
    """Where the blocks and lists begin that the value at a spot is in."""
    for inner in (node.inside or {}).values():
        if inner.spot == spot and not inner.inside:
            return [node.spot]
        if path := _around(inner, spot):
            return [node.spot, *path]
    return []


BAD_VALUES = ["", " ", "5/4/2024", "2024-04-31", "April 5", "$1,000", "4,9", "red", "www.x", "-1"]
BAD_VALUES += ["x" * 2000, "Car.png", "trophy", "call us", "“x”", "2025-01-01", "0", "none"]


@repeatable(VALUES)
@given(data=st.data(), good=st.sampled_from(sorted(GOOD)))
def test_a_value_that_does_not_fit_is_told_at_its_own_line_and_column(
    folder: Path, data: st.DataObject, good: str
) -> None:
    """A rule about several values is told where their block begins, and names this one."""
    value = data.draw(st.sampled_from(_values(good)))
    new = data.draw(st.sampled_from(BAD_VALUES) | st.text(INSIDE_A_VALUE, max_size=60))
    root = read_tree(GOOD[good]).root
    assert root is not None
    blocks = _around(root, (value.line, value.column))
    assert blocks, value

    text = value.replaced(GOOD[good], new)
    loaded = _load(folder, text.encode())
    _is_told(loaded, text)
    for problem in loaded.problems:
        names = value.key in problem.message or (new and new in problem.message)
        assert problem.spot == (value.line, value.column) or (names and problem.spot in blocks)


@repeatable(HEAPS)
@given(text=st.text(st.sampled_from(YAML_SIGNS + TYPED + "b1"), max_size=60))
def test_no_heap_of_signs_ends_in_a_traceback(folder: Path, text: str) -> None:
    _is_told(_load(folder, text.encode()), text.removeprefix("\ufeff"))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """What a wrong encoding, a failing disk or another program makes of a file."""
    text = draw(st.sampled_from(sorted(GOOD.values())))
    match draw(st.integers(0, 5)):
        case 0:
            return draw(st.binary(max_size=200))
        case 1:
            accented = text.replace("a", "ä", draw(st.integers(1, 20)))
            code = draw(st.sampled_from(["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32"]))
            return accented.encode(code)
        case 2:
            return b"\xef\xbb\xbf" * draw(st.integers(1, 2)) + text.encode()
    data = bytearray(text.encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data) - 1))
        many = draw(st.sampled_from([1, 2, 16, 512]))
        data[at : at + many] = draw(st.binary(min_size=1, max_size=4)) if many < 512 else bytes(512)
    return bytes(data)


@repeatable(BYTES)
@given(data=damaged())
def test_no_damaged_file_ends_in_a_traceback(folder: Path, data: bytes) -> None:
    _is_told(_load(folder, data), data.decode("utf-8-sig", errors="replace"))


CHECKED_LINE = re.compile(r"(?P<file>.+):(?P<line>\d+):(?P<column>\d+): (?:error|warning): \S.*")


@repeatable(CHECKED)
@given(data=st.data(), good=st.sampled_from(sorted(GOOD)))
def test_check_says_of_every_file_what_was_found_a_line_each(
    folder: Path, data: st.DataObject, good: str
) -> None:
    from kiosk.cli import main

    text = data.draw(accidents(GOOD[good]))
    loaded = _load(folder, text.encode())
    out, complaints = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(complaints):
        status = main(["check", str(folder / "content.yaml"), "--data", str(folder / "data")])

    assert complaints.getvalue() == ""
    assert status == (1 if loaded.problems else 0)
    lines = out.getvalue().splitlines()
    assert len(lines) >= max(1, len(loaded.problems))
    if loaded.problems:
        assert all(CHECKED_LINE.fullmatch(line) for line in lines)
