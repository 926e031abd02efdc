"""Every mistake staff can make is shown at its place, with what to write instead.

Most of them stand in `mistakes.txt`. In a snippet, ¦ stands where the problem must be shown; it is
not part of the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable
from kiosk.content.problems import Problem, count_of
from tests.content.check.mistakes import MISTAKES, Mistake
from tests.content.conftest import MINIMAL, Write

BRAND = "  line: Motorsports\n"
SECONDS = "seconds_each: 9"
PRICE = "price: 33000"
LEAD = "  lead: A car for everyone.\n"

CONTROLLER = """\
    controller:
      name: Example MINI West
      street: 200 Example Avenue
      city: Springfield, IL 62701
"""
PRIVACY = """\
    privacy:
      title: Your details
      body:
        - They stay here.
      retention_days: 30
"""
SIGNUP = (
    f"    bar: false\n    kind: signup\n    promise: P.\n{CONTROLLER}    purpose: P.\n"
    f"    withdraw: W.\n    consent: {{version: '1', wording: Yes.}}\n{PRIVACY}"
    "    thanks_title: T\n    thanks: T.\n"
)


def _check(file: Path, marked: str, messages: list[str]) -> Sequence[Problem]:
    """The file's problems stand where the marks are, with these messages, in this order."""
    expected = []
    for number, line in enumerate(marked.split("\n"), start=1):
        pieces = line.split("¦")
        for count in range(1, len(pieces)):
            expected.append((number, len("".join(pieces[:count])) + 1))
    loaded = load(file)
    assert [problem.message for problem in loaded.problems] == messages
    assert [(problem.spot.line, problem.spot.column) for problem in loaded.problems] == expected
    assert loaded.content is None
    return loaded.problems


def test_the_small_file_of_these_tests_is_in_order(content_file: Write) -> None:
    assert load(content_file(MINIMAL)).problems == ()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.broken)
def test_a_mistake_is_shown_at_its_place_with_what_to_write(
    content_file: Write, mistake: Mistake
) -> None:
    marked = mistake.put_into(MINIMAL)
    file = marked.replace("¦", "")

    problems = _check(content_file(file), marked, mistake.messages)
    assert [problem.code for problem in problems] == mistake.codes
    _check(content_file("\ufeff" + file.replace("\n", "\r\n")), marked, mistake.messages)


@pytest.mark.parametrize(
    ("good", "broken", "message"),
    [
        (
            BRAND,
            f"  line: ¦{'x' * 2000}\n",
            "'line' has 2000 characters, but only 32 fit; shorten it by 1968",
        ),
        (
            LEAD,
            f"  lead: ¦>-\n    {'words ' * 333}at\n",
            "'lead' has 2000 characters, but only 260 fit; shorten it by 1740",
        ),
        (
            SECONDS,
            f"seconds_each: ¦{'9' * 5000}",
            "'seconds_each' is too long; write at most 12 digits",
        ),
    ],
    ids=["words", "folded", "digits"],
)
def test_what_is_far_too_long_is_not_repeated(
    content_file: Write, good: str, broken: str, message: str
) -> None:
    marked = MINIMAL.replace(good, broken)
    _check(content_file(marked.replace("¦", "")), marked, [message])


INCOMPLETE = "is not a complete picture; open it in an image editor and save it again"
OF_ANOTHER_TYPE = "is not a picture type the kiosk can show; use .jpg, .png or .svg"
NOT_THERE = "is not in the assets folder (did you mean"


@pytest.mark.parametrize(
    ("name", "file", "written", "message"),
    [
        ("page.jpg", b"<html>404</html>", "page.jpg", f"'page.jpg' {INCOMPLETE}"),
        ("car.gif", b"GIF89a", "car.gif", f"'car.gif' {OF_ANOTHER_TYPE}"),
        ("my car.png", b"", "my_car.png", f"the picture 'my_car.png' {NOT_THERE} 'my car.png'?)"),
        ("car.JPG", b"", "car.jpg", f"the picture 'car.jpg' {NOT_THERE} 'car.JPG'?)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_picture_that_cannot_be_shown_is_told_where_it_is_named(
    content_file: Write, name: str, file: bytes, written: str, message: str
) -> None:
    marked = MINIMAL.replace("car.png", f"¦{written}")
    content = content_file(marked.replace("¦", ""))
    (content.parent / "assets" / name).write_bytes(file)

    _check(content, marked, [message])


def test_a_picture_with_a_space_in_its_name_is_found(content_file: Write) -> None:
    content = content_file(MINIMAL.replace("car.png", "my car.png"))
    assets = content.parent / "assets"
    (assets / "car.png").rename(assets / "my car.png")

    assert load(content).problems == ()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("controller", CONTROLLER),
        ("purpose", "    purpose: News by email.\n"),
        ("withdraw", "    withdraw: Tell us.\n"),
        ("privacy", PRIVACY),
    ],
)
def test_a_form_says_who_asks_for_what_and_how_to_stop(
    content_file: Write, key: str, expected: str
) -> None:
    assert MINIMAL.count(expected) == 1
    marked = MINIMAL.replace(expected, "").replace("- id: stay-updated", "- ¦id: stay-updated")

    _check(
        content_file(marked.replace("¦", "")),
        marked,
        [f"'{key}' is missing; add '{key}: …' here"],
    )


@pytest.mark.parametrize(
    ("count", "place", "expected"),
    [
        (8, "", "may put at most 7 places into the bar; write bar: false on the others"),
        (1, SIGNUP, "may hold only one place of kind signup"),
    ],
)
def test_more_places_than_the_kiosk_can_hold_are_told(
    content_file: Write, count: int, place: str, expected: str
) -> None:
    place = place or "    kind: features\n    features: [{title: T, summary: S.}]\n"
    head, tail = MINIMAL.split("places:\n  ")
    added = [
        f"- id: more-{n}\n    name: N\n    icon: ph.tag-bold\n    title: T\n{place}  "
        for n in range(count)
    ]
    marked = f"{head}places:\n  ¦{''.join(added)}{tail}"

    _check(content_file(marked.replace("¦", "")), marked, [f"'places' {expected}"])


@pytest.mark.parametrize(
    "text", ["NO", "no", "yes", "1:30", "05", "1e3", "0x10", "2024-04-05", "null point", "~ish"]
)
def test_a_text_is_kept_as_it_was_typed(content_file: Write, text: str) -> None:
    loaded = load(content_file(MINIMAL.replace("line: Motorsports", f"line: {text}")))

    assert loaded.content is not None
    assert loaded.content.brand.line == text


def test_a_note_behind_a_value_is_no_problem(content_file: Write) -> None:
    loaded = load(content_file(MINIMAL.replace(BRAND, "  line: Motorsports # our motto\n")))

    assert loaded.content is not None
    assert loaded.content.brand.line == "Motorsports"


def test_an_alias_bomb_is_refused_without_being_expanded(content_file: Write) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]

    problems = load(content_file("\n".join(lines))).problems

    assert any(problem.message.startswith("'*a") for problem in problems)
    assert 39 * 9 < count_of(problems) < 39 * 20


@pytest.mark.parametrize(
    ("deep", "line", "column"),
    [
        pytest.param("[" * 100_000, 1, 43, id="brackets"),
        pytest.param("{a: " * 100_000, 1, 160, id="braces"),
        pytest.param("\n" + "- " * 100_000 + "x", 2, 79, id="dashes, which once ended the process"),
        pytest.param(
            "\n" + "\n".join(" " * n + "a:" for n in range(1, 2000)), 41, 41, id="an indent"
        ),
    ],
)
def test_bottomless_nesting_is_refused(
    content_file: Write, deep: str, line: int, column: int
) -> None:
    (problem,) = load(content_file(f"a: {deep}")).problems

    assert problem.message == (
        "this is nested more than 40 levels deep; close a bracket or correct the indentation"
    )
    assert (problem.spot.line, problem.spot.column) == (line, column)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a note\n", "---\n", "~\n"])
def test_an_empty_file_says_where_to_start(content_file: Write, text: str) -> None:
    _check(content_file(text), "¦", ["the file is empty; start from the example content.yaml"])


@pytest.mark.parametrize("text", ["just a text\n", "- a\n- list\n"])
def test_a_file_of_another_kind_says_how_to_begin(content_file: Write, text: str) -> None:
    _check(content_file(text), "¦", ["the file must start with keys such as 'brand:'"])


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["Windows", "old Mac"])
def test_line_ends_of_other_systems_are_read_and_counted(content_file: Write, ending: str) -> None:
    marked = MINIMAL.replace(SECONDS, "seconds_each: ¦05")

    assert load(content_file(MINIMAL.replace("\n", ending))).content is not None
    _check(
        content_file(marked.replace("¦", "").replace("\n", ending)),
        marked,
        ["'05' is not a plain whole number; write 5"],
    )


def test_a_byte_order_mark_is_read_over(content_file: Write) -> None:
    marked = MINIMAL.replace("language: en", "language: ¦English")

    assert load(content_file("\ufeff" + MINIMAL)).content is not None
    _check(
        content_file("\ufeff" + marked.replace("¦", "")),
        marked,
        ["'English' is not a language code; write en"],
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_a_file_in_latin_1_is_shown_its_first_odd_letter(content_file: Write, mark: bytes) -> None:
    """The é before it is UTF-8 and counts as one column."""
    before, after = MINIMAL.replace(BRAND, "  line: Café, N¦rburg\n").split("¦")

    _check(
        content_file(mark + before.encode() + b"\xfc" + after.encode()),
        f"{before}¦",
        [
            "the letter here (byte 0xfc) is not UTF-8; in your editor, choose 'Save with encoding'"
            " and UTF-8"
        ],
    )


@pytest.mark.parametrize("text", ["Fahr\u00adschule", "10\u00a0Jahre", "👨\u200d🔧 Service"])
def test_a_text_to_read_may_hold_what_its_language_needs(content_file: Write, text: str) -> None:
    file = content_file(MINIMAL.replace(LEAD, f"  lead: {text}\n"))
    assert load(file).problems == ()


def test_of_a_thousand_mistakes_the_first_hundred_are_told_and_the_rest_counted(
    content_file: Write,
) -> None:
    race = MINIMAL[MINIMAL.index("      - starts") : MINIMAL.index("    season_over")]
    broken = race.replace("2024-04-05", "April 5")
    first_line = 1 + MINIMAL[: MINIMAL.index(race)].count("\n")

    *reported, rest = load(content_file(MINIMAL.replace(race, broken * 1000))).problems

    lines = race.count("\n")
    assert [problem.spot.line for problem in reported] == [
        first_line + n * lines for n in range(100)
    ]
    assert rest.spot == reported[-1].spot
    assert rest.message == "there are 900 more problems; fix these first"
    assert count_of([*reported, rest]) == 1000


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentUnreadable, match=r"content\.yaml does not exist; check the name"):
        load(tmp_path / "content.yaml")


def test_a_folder_is_no_content_file(tmp_path: Path) -> None:
    with pytest.raises(ContentUnreadable, match="is a folder; pass the content file inside it"):
        load(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ContentUnreadable, match="is not a regular file; pass a content file"):
        load(tmp_path / "pipe")


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "content.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(50_000_000)

    with pytest.raises(
        ContentUnreadable,
        match=re.escape(
            "is 50 MB; a content file has at most 8 MB, so this is probably another file"
        ),
    ):
        load(file)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            PermissionError(13, "Permission denied"),
            "cannot be read by this user; fix its permissions",
        ),
        (OSError(5, "Input/output error"), "cannot be read .*; check the disk"),
    ],
)
def test_a_disk_that_refuses_is_named(
    content_file: Write,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    expected: str,
) -> None:
    file = content_file(MINIMAL)

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr("kiosk.content.file.read_regular_file", refuse)
    with pytest.raises(ContentUnreadable, match=expected):
        load(file)
