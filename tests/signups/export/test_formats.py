"""What a visitor types comes out of each format as it went in, whatever the script."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export import xlsx as workbook_module
from kiosk.signups.export.exporter import ExportRefused, ExportRequest, export
from kiosk.signups.export.formats import COLUMNS
from kiosk.signups.form import (
    MAX_NAME_LENGTH,
    Consent,
    FormInput,
    Person,
    Provenance,
    Signup,
    cleaned,
    new_id,
)
from kiosk.signups.store.queue import Queue
from kiosk.spreadsheets import FORMULA_PREFIXES
from tests.conftest import make_signup
from tests.long_runs import examples

FORMATS = ["csv", "xlsx", "jsonl"]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
KEY = PrivateKey.generate()
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Texts:
    """What of a signup is free text."""

    email: str
    name: str
    postal_code: str
    wording: str


# What other programs read


def _read_csv(raw: bytes) -> list[dict[str, str]]:
    """With Python's own reader; what keeps spreadsheets from running a cell is taken off again."""
    rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    return [{name: _unguarded(name, cell) for name, cell in row.items()} for row in rows]


def _unguarded(column: str, cell: str) -> str:
    signs = re.escape("".join(FORMULA_PREFIXES))
    quoted = re.fullmatch(rf"""\"((?:[{signs}' ].*)?)\"@([^@]*)""", cell, re.DOTALL)
    if column == "email" and quoted is not None:
        return re.sub(r"\\(.)", r"\1", quoted[1]) + "@" + quoted[2]
    begin = r"\A|(?<=;)" if column in {"email", "name", "postal_code"} else r"\A"
    return re.sub(rf"(?:{begin})'(?=[' ]*[{signs}])", "", cell)


def _read_jsonl(raw: bytes) -> list[dict[str, str]]:
    return [json.loads(line) for line in raw.decode().split("\n") if line]


def _read_xlsx(raw: bytes) -> list[dict[str, str]]:
    """As Excel does it: `_x0041_` is the sign of that number (ECMA-376, ST_Xstring).

    openpyxl leaves that out; where there is none of it, it must read the same.
    """
    with ZipFile(io.BytesIO(raw)) as archive:
        data = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    heading = [_text_of(text) for text in shared]
    _, *rows = ([_text_of(cell) for cell in row] for row in data.iter(f"{MAIN}row"))
    with _sheet(raw) as sheet:
        for row, again in zip(rows, list(sheet.values)[1:], strict=True):
            for cell, value in zip(row, again, strict=True):
                assert not isinstance(value, str) or "_x" in value or value == cell
    return [dict(zip(heading, row, strict=True)) for row in rows]


def _text_of(parent: ElementTree.Element) -> str:
    return "".join(_unescaped(text.text or "") for text in parent.iter(f"{MAIN}t"))


def _unescaped(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


class _sheet:  # noqa: N801
    """The only sheet of a workbook, closed afterwards."""

    def __init__(self, raw: bytes) -> None:
        self._book = openpyxl.load_workbook(io.BytesIO(raw))

    def __enter__(self) -> Worksheet:
        assert self._book.sheetnames == ["Signups"]
        return self._book.active

    def __exit__(self, *_: object) -> None:
        self._book.close()


READERS = {"csv": _read_csv, "jsonl": _read_jsonl, "xlsx": _read_xlsx}


def _exported(
    texts: list[Texts], endings: list[str], key: PrivateKey | None = None
) -> Iterator[tuple[str, bytes]]:
    """Through the queue and out again, as files."""
    with tempfile.TemporaryDirectory() as folder, Queue.open(Path(folder)) as queue:
        for one in texts:
            signup = Signup(
                new_id(),
                Person(one.email, one.name, one.postal_code),
                Consent("1", "en", one.wording, "Notice"),
                Provenance(NOW, True, one.wording, ""),
            )
            queue.add(signup, key.public_key if key else None)
        for ending in endings:
            out = Path(folder) / f"a.{ending}"
            done = export(queue, ExportRequest(out, "all", key), NOW)
            assert done.rows == len(texts)
            yield ending, out.read_bytes()


def _found(ending: str, raw: bytes) -> list[Texts]:
    return [
        Texts(row["email"], row["name"], row["postal_code"], row["consent_wording"])
        for row in READERS[ending](raw)
    ]


# In and out

SCRIPTS = [
    st.characters(
        min_codepoint=0x590, max_codepoint=0x77F
    ),  # right to left: Hebrew, Arabic, Syriac
    st.characters(min_codepoint=0x900, max_codepoint=0xDFF),  # the scripts of India
    st.characters(min_codepoint=0x3040, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x1F000, max_codepoint=0x1FAFF),  # emoji
    st.characters(categories=["Mn", "Mc", "Me"]),  # combining marks
    st.characters(categories=["Cf", "Zs", "Zl", "Zp", "Co", "Cn"]),  # directions, joiners, spaces
    st.characters(max_codepoint=0x7F),
    st.characters(),
]
NASTY = [
    "=1+1",
    "'=1",
    "''=1",
    "'",
    "''",
    "'02134",
    "+1 202 555 0100",
    "-",
    "@home",
    "＝1",
    "_x0041_",
    "_x005F_",
    "_x005F_x0041_",
    "_xD83D_",
    "<r></r>",
    "<r>&</r>",
    "<r><t>x</t></r>",
    "<r>_x0041_</r>",
    "<r>",
    "<r>x",
    "__x0041_x0041__x0041_",
    "_x0041_x0041_x0041_",
    "<r> _ x </r>",
    "<r>_</r>",
    "<t>",
    "]]>",
    "&amp;&#10;&",
    '"',
    '""',
    "a,b;c",
    "\\",
    "\\N",
    "NULL",
    "#N/A",
    "TRUE",
    "1E5",
    "00012",
    "1/2",
    "2024-05",
    "https://example.com",
    "mailto:v@example.com",
    "internal:Sheet2!A1",
    "{=1}",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "\u200d",
    "\u2028",
    "a\u2028b\u2029c",
    "a\u0085b",
    "a\x0bb\x0cc\x1cd",
    "\ufeff",
    "\ufeffx",
    "x\ufffey\uffffz\ufdd0\U0001ffff",
    "\ufffd",
    "a\r\nb\rc\nd\te",
    "\u00a0x\u00a0",
    "x\u3000y",
    "\u3164",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "e" + "\u0301" * 299,
    "🏁" * MAX_NAME_LENGTH,
    "x" * MAX_NAME_LENGTH,
    "null\x00byte",
    "\ud83d",
]
texts = st.one_of(*(st.text(script, max_size=30) for script in SCRIPTS), st.sampled_from(NASTY))
long = st.text(max_size=MAX_NAME_LENGTH)
wordings = texts.map(lambda text: cleaned(FormInput(name=text)).name) | st.sampled_from(
    ["Yes\nplease", " two  spaces ", "\ttab", "=1+1", "\nfirst", "last\n", "'\n=1"]
)


@st.composite
def typed(draw: st.DrawFn) -> Texts:
    """As the form leaves it."""
    given_ = cleaned(FormInput(email=draw(texts), name=draw(texts | long), postal_code=draw(texts)))
    return Texts(given_.email, given_.name, given_.postal_code, draw(wordings))


@given(st.lists(typed(), min_size=1, max_size=4))
@settings(max_examples=examples(60))
def test_what_was_typed_comes_out_of_each_format_as_it_went_in(people: list[Texts]) -> None:
    for ending, raw in _exported(people, FORMATS):
        assert _found(ending, raw) == people, ending


@given(st.lists(typed(), min_size=1, max_size=4))
@settings(max_examples=examples(40))
def test_what_was_typed_comes_out_of_a_sealed_queue_as_it_went_in(people: list[Texts]) -> None:
    for ending, raw in _exported(people, ["csv", "jsonl"], KEY):
        assert _found(ending, raw) == people, ending


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "sealed"])
@pytest.mark.parametrize("ending", FORMATS)
def test_every_nasty_text_comes_out_as_it_went_in(ending: str, key: PrivateKey | None) -> None:
    kept = [cleaned(FormInput(name=text)).name for text in NASTY]
    people = [Texts(text, text, text, text) for text in kept]

    ((_, raw),) = _exported(people, [ending], key)

    assert _found(ending, raw) == people


@given(st.text(st.characters(), max_size=40) | st.sampled_from(NASTY))
@settings(max_examples=examples(200))
@example("\u212b")  # the sign for ångström, which is å in every form but this
@example("e\u0301")
@example("a \x00")
@example("\x1f \ud800a")
def test_cleaning_once_is_cleaning_for_good(text: str) -> None:
    once = cleaned(FormInput(email=text, name=text, postal_code=text, consented=True))

    assert cleaned(once) == once
    once.name.encode()  # halves of pairs would fail


@given(st.text(max_size=40))
@settings(max_examples=examples(100))
@example("x\ufffey\uffffz")
@example("\x00\x08\x0b\x1f\x7f\ud800")
def test_whatever_cleaning_leaves_can_stand_in_xml(text: str) -> None:
    """XML 1.0, 2.2, Char; nothing of it needs another spelling in a workbook."""
    allowed = re.compile("[\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")

    assert allowed.fullmatch(cleaned(FormInput(name=text)).name)


# CSV


def _row(raw: bytes, number: int = 1) -> dict[str, str]:
    """A row with its cells as they are written, apostrophes and all."""
    heading, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    return dict(zip(heading, rows[number - 1], strict=True))


def _as_a_spreadsheet_takes_it(cell: str) -> str | float:
    """By the rules under which a spreadsheet opens a CSV that is double-clicked.

    Raises:
        ValueError: it would run the cell.
    """
    if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")):
        raise ValueError(cell)
    return float(cell) if re.fullmatch(r"\d+(\.\d+)?([Ee][+-]?\d+)?", cell) else cell


@given(st.lists(typed(), min_size=1, max_size=4))
@settings(max_examples=examples(40))
def test_a_spreadsheet_that_opens_the_csv_runs_nothing(people: list[Texts]) -> None:
    ((_, raw),) = _exported(people, ["csv"])

    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    for row in rows:
        assert len(row) == len(COLUMNS)
        for cell in row:
            _as_a_spreadsheet_takes_it(cell)


@pytest.mark.parametrize("sign", list("=+-@\t\r\n＝＋－＠"))
def test_each_sign_that_begins_a_formula_gets_an_apostrophe(sign: str) -> None:
    """In the wording too, which comes from the content file and keeps its control characters."""
    ((_, raw),) = _exported([Texts(f"{sign}a", f"{sign}b", f"{sign}c", f"{sign}d")], ["csv"])

    row = _row(raw)
    assert row["email"] == ('""@a' if sign == "@" else f"'{sign}a")  # neither is an address
    assert row["name"] == f"'{sign}b"
    assert row["postal_code"] == f"'{sign}c"
    assert row["consent_wording"] == row["kiosk"] == f"'{sign}d"


@pytest.mark.parametrize(
    "address",
    [
        "+vera@example.com",
        "=cmd|'/c'!a1@example.com",
        "-@example.com",
        "'vera@example.com",
        "''=vera@example.com",
        "＝vera@example.com",
    ],
)
def test_an_address_in_a_csv_is_no_formula_and_never_another_address(address: str) -> None:
    """Programs either take it for the same (RFC 5321, 4.1.2) or refuse it."""
    people = [Texts(address, "", "", "Yes")]
    for ending, raw in _exported(people, FORMATS):
        assert _found(ending, raw) == people
        if ending == "csv":
            cell = _row(raw)["email"]
            assert cell[0] == '"'
            taken = validate_email(cell, check_deliverability=False, allow_quoted_local=True)
            assert taken.normalized == address
            with pytest.raises(EmailNotValidError):
                validate_email(cell, check_deliverability=False)


@pytest.mark.parametrize("address", ["vera+news@example.com", "_v@example.com", "o'neil@ex.org"])
def test_all_other_addresses_are_left_alone(address: str) -> None:
    ((_, raw),) = _exported([Texts(address, "", "", "Yes")], ["csv"])

    assert _row(raw)["email"] == address


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Vera;=1+1", "Vera;'=1+1"),
        ("Vera; =1+1;+2", "Vera;' =1+1;'+2"),
        ("Vera;'=1", "Vera;''=1"),
        ("Vera; 2nd", "Vera; 2nd"),
    ],
)
def test_no_formula_begins_behind_a_semicolon_either(name: str, cell: str) -> None:
    """Where spreadsheets go by semicolons, the quotes around such a cell do not help."""
    ((_, raw),) = _exported([Texts("v@example.com", name, "", "Yes")], ["csv"])

    assert _row(raw)["name"] == cell


@pytest.mark.parametrize("name", ["O'Neil", "'s Gravenhage", "'t Hooft", "''", "a=b", "a-b", "1+1"])
def test_names_that_are_harmless_are_left_alone(name: str) -> None:
    ((_, raw),) = _exported([Texts("v@example.com", name, "", "Yes")], ["csv"])

    assert _row(raw)["name"] == name


def test_two_different_names_are_never_the_same_cell() -> None:
    names = ["=1", "'=1", "''=1", "'", "=", "'="]
    ((_, raw),) = _exported([Texts("", name, "", "") for name in names], ["csv"])

    cells = [_row(raw, number)["name"] for number in range(1, len(names) + 1)]
    assert len(set(cells)) == len(names)


def test_a_leading_zero_is_in_every_format_and_a_double_click_on_a_csv_loses_it() -> None:
    """The bytes are right; Excel makes a number of them unless they are imported as text."""
    boston = Texts("v@example.com", "Vera", "02134", "Yes")
    for ending, raw in _exported([boston], FORMATS):
        assert _found(ending, raw) == [boston]
        if ending == "csv":
            assert _row(raw)["postal_code"] == "02134"
            assert _as_a_spreadsheet_takes_it("02134") == 2134
        if ending == "xlsx":
            with _sheet(raw) as sheet:
                assert _cell(sheet, "postal_code").data_type in {"s", "inlineStr"}


def test_a_csv_is_as_excel_and_rfc_4180_want_it() -> None:
    ((_, raw),) = _exported([Texts("v@example.com", 'Zoë "Z", Jr.', "", "one\ntwo")], ["csv"])

    assert raw.startswith(b"\xef\xbb\xbfid,created_at,utc_offset,")
    assert raw.count(b"\xef\xbb\xbf") == 1
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\r\n") == 2
    assert '"Zoë ""Z"", Jr."'.encode() in raw
    assert b'"one\ntwo"' in raw


@pytest.mark.parametrize("fraction", [0, 1, 123_456, 999_999])
def test_a_time_in_a_csv_has_whole_seconds_and_its_offset(
    queue: Queue, tmp_path: Path, fraction: int
) -> None:
    """Fractions are refused by some programs that send mail."""
    west = timezone(timedelta(hours=-6))
    queue.add(make_signup(created_at=datetime(2026, 11, 26, 18, 30, 5, fraction, west)))
    export(queue, ExportRequest(tmp_path / "a.csv"), NOW)

    row = _row((tmp_path / "a.csv").read_bytes())
    assert row["created_at"] == "2026-11-26T18:30:05-06:00"
    assert row["utc_offset"] == "UTC-06:00"


# JSON lines


@given(st.lists(typed(), min_size=1, max_size=4))
@settings(max_examples=examples(40))
def test_each_signup_is_one_line_of_json(people: list[Texts]) -> None:
    ((_, raw),) = _exported(people, ["jsonl"])

    lines = raw.split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == len(people)
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    for line in lines:
        json.loads(line.decode())


# XLSX


def _cell(sheet: Worksheet, column: str, row: int = 2) -> Cell:
    return sheet.cell(row, list(COLUMNS).index(column) + 1)


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """Every nasty text in every place for texts."""
    kept = [cleaned(FormInput(name=text)).name for text in NASTY]
    ((_, raw),) = _exported([Texts(text, text, text, text) for text in kept], ["xlsx"])
    return raw


def test_no_cell_of_a_workbook_is_a_formula_a_link_or_an_error(workbook: bytes) -> None:
    texts_of_their_own = ["email", "name", "postal_code", "consent_wording", "kiosk", "utc_offset"]
    with _sheet(workbook) as sheet:
        for row in range(2, sheet.max_row + 1):
            for column in texts_of_their_own:
                cell = _cell(sheet, column, row)
                assert cell.data_type in {"s", "inlineStr"} or cell.value is None, cell.value
                assert cell.hyperlink is None


def test_a_workbook_is_whole_xml_with_nothing_run_in_it(workbook: bytes) -> None:
    with ZipFile(io.BytesIO(workbook)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        raw = archive.read("xl/worksheets/sheet1.xml")
    sheet = ElementTree.fromstring(raw)
    assert not list(sheet.iter(f"{MAIN}f"))
    assert not list(sheet.iter(f"{MAIN}hyperlink"))
    allowed = {"c", "is", "t", "r", "rPr", "v", "row", "sheetData"}
    data = sheet.find(f"{MAIN}sheetData")
    assert data is not None
    below_rich = {
        "rPr",
        *(child.tag.removeprefix(MAIN) for e in data.iter(f"{MAIN}rPr") for child in e),
    }
    assert {element.tag.removeprefix(MAIN) for element in data.iter()} <= allowed | below_rich


def test_a_sheet_does_not_say_that_it_ends_before_its_rows(workbook: bytes) -> None:
    """Readers that go by its stated size would stop there."""
    with ZipFile(io.BytesIO(workbook)) as archive:
        assert b"<dimension" not in archive.read("xl/worksheets/sheet1.xml")

    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    assert sum(1 for _ in book.active.rows) == len(NASTY) + 1
    book.close()


def test_rows_that_take_more_than_an_archive_holds_are_refused(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_module, "MAX_SHEET_BYTES", 20_000)
    for _ in range(20):
        queue.add(make_signup())

    with pytest.raises(ExportRefused, match=r"more than a\.xlsx can hold; choose a \.csv"):
        export(queue, ExportRequest(tmp_path / "a.xlsx"), NOW)

    assert list(tmp_path.glob("*a.xlsx*")) == []


def test_the_heading_stays_while_one_scrolls(workbook: bytes) -> None:
    with _sheet(workbook) as sheet:
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == list(COLUMNS)
        assert all(cell.font.bold for cell in sheet[1])


def test_every_column_is_as_wide_as_what_stands_in_it(workbook: bytes) -> None:
    with _sheet(workbook) as sheet:
        for column, (name, width) in enumerate(COLUMNS.items(), start=1):
            letter = openpyxl.utils.get_column_letter(column)
            grouped = next(d for d in sheet.column_dimensions.values() if d.min <= column <= d.max)
            assert abs(grouped.width - width) < 1, (letter, name)
            assert width >= len(name)
        assert COLUMNS["id"] >= 36
        assert COLUMNS["created_at"] >= len("2024-05-01 09:30:00")


@pytest.mark.parametrize(
    "offset", [timedelta(hours=-4), timedelta(hours=5, minutes=45), timedelta(0)], ids=str
)
def test_a_time_is_a_date_that_excel_can_sort_and_its_offset_a_text(
    queue: Queue, tmp_path: Path, offset: timedelta
) -> None:
    moment = datetime(2024, 2, 29, 23, 59, 59, tzinfo=timezone(offset))
    queue.add(make_signup(created_at=moment))
    export(queue, ExportRequest(tmp_path / "a.xlsx"), NOW)

    with _sheet((tmp_path / "a.xlsx").read_bytes()) as sheet:
        time, text = _cell(sheet, "created_at"), _cell(sheet, "utc_offset")
        assert time.is_date
        assert time.value == moment.replace(tzinfo=None)
        assert time.number_format == "yyyy-mm-dd hh:mm:ss"
        assert text.data_type in {"s", "inlineStr"}
        assert text.value == f"UTC{moment.isoformat()[-6:]}"


def test_how_many_a_row_stands_for_is_a_number(queue: Queue, tmp_path: Path) -> None:
    for _ in range(3):
        queue.add(make_signup())
    export(queue, ExportRequest(tmp_path / "a.xlsx", is_deduped=True), NOW)

    with _sheet((tmp_path / "a.xlsx").read_bytes()) as sheet:
        assert sheet.max_row == 2
        assert _cell(sheet, "stands_for").value == 3
        assert _cell(sheet, "stands_for").data_type == "n"


def test_a_workbook_tells_nothing_of_who_made_it(workbook: bytes) -> None:
    with ZipFile(io.BytesIO(workbook)) as archive:
        core = archive.read("docProps/core.xml").decode()

    assert "2024-05-02T08:00:00Z" in core
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", core) in ([], [""])
