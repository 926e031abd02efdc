"""What a visitor agreed to, when and where, comes out of the kiosk as it was on screen."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.form import Consent, Signup
from kiosk.signups.store.erasure import seal_in_place
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.signups.stored import signups_in

Row = dict[str, object]
FORMATS = ["csv", "xlsx", "jsonl"]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
EASTERN = timezone(timedelta(hours=-4))
KEY = PrivateKey.generate()
WORDING = (
    'Sí, quiero recibir noticias de MINI por correo. "Puedo" cancelar; cuando quiera.\n— 你好 🏁'
)
NOTICE = "Example Motors, 1 Example Street\nFor news of the showroom.\nWrite to us to withdraw."


def _rows(queue: Queue, folder: Path, ending: str, key: PrivateKey | None = None) -> list[Row]:
    """What a manager's program reads from a fresh export of all."""
    out = folder / f"{len(queue.exports())}.{ending}"
    export(queue, ExportRequest(out, "all", key), NOW)
    match ending:
        case "csv":
            return list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), "")))
        case "xlsx":
            book = openpyxl.load_workbook(out)
            heading, *rows = book.active.values
            book.close()
            names = [str(name) for name in heading]
            return [
                dict(zip(names, ("" if v is None else v for v in row), strict=True)) for row in rows
            ]
    return [json.loads(line) for line in out.read_text("utf-8").split("\n") if line]


@pytest.fixture
def evident(queue: Queue) -> Signup:
    """A signup with everything told apart."""
    signup = make_signup(
        consent=Consent("2024-3b", "es-MX", WORDING, NOTICE),
        created_at=datetime(2024, 5, 1, 21, 30, 15, tzinfo=EASTERN),
        clock_trusted=True,
        kiosk="Ostfenster, 2. Stock",
        content_version=sha256(b"content").hexdigest(),
    )
    queue.add(signup)
    return signup


EXPECTED: Row = {
    "status": "pending",
    "suppressed": "no",
    "consent_version": "2024-3b",
    "language": "es-MX",
    "consent_wording": WORDING,
    "consent_sha256": sha256(WORDING.encode()).hexdigest(),
    "kiosk": "Ostfenster, 2. Stock",
    "content_version": sha256(b"content").hexdigest(),
    "ticked": "newsletter",
    "email": "vera@example.com",
    "name": "Vera Visitor",
    "postal_code": "62701",
}


@pytest.mark.parametrize("is_sealed", [False, True], ids=["open", "sealed in place"])
@pytest.mark.parametrize("ending", FORMATS)
def test_all_that_was_agreed_to_is_in_the_file(
    queue: Queue, evident: Signup, tmp_path: Path, ending: str, is_sealed: bool
) -> None:
    if is_sealed:
        seal_in_place(queue, KEY.public_key, NOW)

    (row,) = _rows(queue, tmp_path, ending, KEY)

    expected = {**EXPECTED, "id": evident.id}
    if ending == "jsonl":
        expected |= {"suppressed": False, "ticked": ["newsletter"]}
    assert {name: row[name] for name in expected} == expected
    assert row["stands_for"] in {1, "1"}


@pytest.mark.parametrize("ending", FORMATS)
def test_a_manager_can_recompute_the_digest_of_the_wording(
    queue: Queue, tmp_path: Path, ending: str
) -> None:
    wordings = ["Yes", "Yes ", " ja\nund\tso", "नमस्ते", "é", "e\u0301", "🏁" * 200]
    for wording in wordings:
        queue.add(make_signup(wording=wording))

    rows = _rows(queue, tmp_path, ending)

    assert [row["consent_wording"] for row in rows] == wordings
    for row in rows:
        output = str(row["consent_wording"]).encode()
        assert row["consent_sha256"] == sha256(output).hexdigest()


def test_json_lines_hold_the_whole_notice_and_its_digest(
    queue: Queue, evident: Signup, tmp_path: Path
) -> None:
    (row,) = _rows(queue, tmp_path, "jsonl")

    assert row["notice"] == NOTICE
    assert row["notice_sha256"] == sha256(NOTICE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("offset", "written"),
    [
        (timedelta(hours=-4), "UTC-04:00"),
        (timedelta(hours=5, minutes=45), "UTC+05:45"),
        (timedelta(0), "UTC+00:00"),
        (timedelta(hours=14), "UTC+14:00"),
        (timedelta(hours=-9, minutes=-30), "UTC-09:30"),
    ],
)
@pytest.mark.parametrize("ending", FORMATS)
def test_a_time_is_the_showrooms_own_with_its_offset(
    queue: Queue,
    tmp_path: Path,
    ending: str,
    offset: timedelta,
    written: str,
) -> None:
    moment = datetime(2024, 5, 1, 21, 30, 15, tzinfo=timezone(offset))
    queue.add(make_signup(created_at=moment))

    (row,) = _rows(queue, tmp_path, ending)

    if ending == "xlsx":
        assert (row["created_at"], row["utc_offset"]) == (moment.replace(tzinfo=None), written)
    else:
        again = datetime.fromisoformat(str(row["created_at"]))
        assert again == moment
        assert again.utcoffset() == offset
    if ending == "csv":
        assert row["utc_offset"] == written


@pytest.mark.parametrize("ending", FORMATS)
def test_when_a_kiosk_has_counted_microseconds_no_second_is_lost(
    queue: Queue, tmp_path: Path, ending: str
) -> None:
    """The last moment of a day must not become the next day."""
    moment = datetime(2024, 5, 1, 23, 59, 59, 999_999, tzinfo=UTC)
    queue.add(make_signup(created_at=moment))

    (row,) = _rows(queue, tmp_path, ending)

    written = row["created_at"]
    again = written if isinstance(written, datetime) else datetime.fromisoformat(str(written))
    assert (again.date().isoformat(), again.hour, again.second) == ("2024-05-01", 23, 59)


@pytest.mark.parametrize(
    ("trusted", "table", "record"),
    [(True, "yes", True), (False, "no", False), (None, "unknown", None)],
)
@pytest.mark.parametrize("ending", FORMATS)
def test_whether_the_clock_was_right_is_told_where_somebody_knew(
    queue: Queue,
    tmp_path: Path,
    ending: str,
    trusted: bool | None,
    table: str,
    record: bool | None,
) -> None:
    queue.add(make_signup(clock_trusted=trusted))

    (row,) = _rows(queue, tmp_path, ending)

    assert row["clock_trusted"] == (record if ending == "jsonl" else table)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_clock_before_1970_is_exported_too(queue: Queue, tmp_path: Path, ending: str) -> None:
    """A kiosk whose battery is flat."""
    queue.add(make_signup(created_at=datetime(1969, 12, 31, 19, tzinfo=EASTERN)))

    (row,) = _rows(queue, tmp_path, ending)

    assert str(row["created_at"])[:10] == "1969-12-31"


def test_every_signup_keeps_the_words_it_was_made_under(queue: Queue) -> None:
    """Though the words of many are stored once, and a version may be forgotten to be raised."""
    output = [
        Consent("1", "en", "Yes", "Notice"),
        Consent("1", "en", "Yes.", "Notice"),
        Consent("1", "en", "Yes", "Another notice"),
        Consent("1", "es", "Yes", "Notice"),
        Consent("2", "en", "Yes", "Notice"),
        Consent("1", "en", "Yes", "Notice"),
        Consent("1", "en", "Y", "esNotice"),
        Consent("1e", "n", "Yes", "Notice"),
    ]
    for consent in output:
        queue.add(make_signup(consent=consent))

    assert [signup.consent for signup in signups_in(queue)] == output
    assert queue.query_int("SELECT count(*) FROM consents") == 7


def test_every_box_that_was_ticked_is_named(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup(ticked=("newsletter", "test_drive")))
    queue.add(make_signup(ticked=()))

    assert [signup.ticked for signup in signups_in(queue)] == [("newsletter", "test_drive"), ()]
    assert [row["ticked"] for row in _rows(queue, tmp_path, "jsonl")] == [
        ["newsletter", "test_drive"],
        [],
    ]
    assert [row["ticked"] for row in _rows(queue, tmp_path, "csv")] == ["newsletter,test_drive", ""]


@pytest.mark.parametrize("ending", FORMATS)
def test_merged_rows_show_the_newest_consent(queue: Queue, tmp_path: Path, ending: str) -> None:
    queue.add(make_signup(wording="The first words"))
    queue.add(make_signup(wording="The last words", email="VERA@example.com"))
    out = tmp_path / f"a.{ending}"

    result = export(queue, ExportRequest(out, is_deduped=True), NOW)
    again = _rows(queue, tmp_path, ending)

    assert (result.rows, result.signups) == (1, 2)
    assert [row["consent_wording"] for row in again] == ["The first words", "The last words"]
    if ending == "xlsx":
        book = openpyxl.load_workbook(out)
        text = str(list(book.active.values))
        book.close()
    else:
        text = out.read_text("utf-8-sig")
    assert "The last words" in text
    assert "The first words" not in text
