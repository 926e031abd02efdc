"""A manager gets every signup in a file that opens cleanly, and each only once."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.signups import exporting
from kiosk.signups.exporting import COLUMNS, ExportRefused, export
from kiosk.signups.queue import Choice, Queue, QueueUnavailable
from kiosk.signups.signup import Signup, new_id

MakeSignup = Callable[..., Signup]
FORMATS = ["a.csv", "a.xlsx", "a.jsonl"]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
VALUES = ["2024-05-01T09:30:00+00:00", "vera@example.com", "Vera Visitor", "62701"]


def _rows(file: Path) -> list[list[str]]:
    """The cells of a file, the heading first, as another program reads them."""
    match file.suffix:
        case ".csv":
            return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
        case ".xlsx":
            book = openpyxl.load_workbook(file)
            rows = [[str(cell or "") for cell in row] for row in book.active.values]
            book.close()
            return rows
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [list(records[0]), *([str(value) for value in r.values()] for r in records)]


def _names(file: Path) -> list[str]:
    return [row[COLUMNS.index("name")] for row in _rows(file)[1:]]


@pytest.mark.parametrize("name", FORMATS)
def test_every_signup_is_a_row_with_its_consent(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, name: str
) -> None:
    signup = make_signup()
    queue.add(signup)

    done = export(queue, tmp_path / name, "new", NOW)

    assert (done.file, done.count) == (tmp_path / name, 1)
    assert _rows(tmp_path / name) == [
        list(COLUMNS),
        [signup.id, *VALUES, "Yes, please.", "2024-1", "en"],
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_thousand_and_one_signups_are_all_there_in_order(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, name: str
) -> None:
    """One more than is read at once."""
    queue._connection.execute("PRAGMA synchronous = OFF")
    names = [f"Visitor {n}" for n in range(1001)]
    for visitor in names:
        queue.add(make_signup(name=visitor))

    export(queue, tmp_path / name, "new", NOW)

    assert _names(tmp_path / name) == names


def test_csv_is_utf_8_with_the_mark_and_line_ends_that_excel_wants(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path
) -> None:
    queue.add(make_signup(name='Zoë "Z" O\'Neil, Jr.'))

    export(queue, tmp_path / "a.csv", "new", NOW)

    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,created_at,email,name,")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert '"Zoë ""Z"" O\'Neil, Jr."'.encode() in data


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|'/c calc'!A1", "＝1"]
)
def test_no_cell_of_a_csv_is_run_as_a_formula(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, name: str
) -> None:
    queue.add(make_signup(name=name, email="=2+2@example.com"))

    export(queue, tmp_path / "a.csv", "new", NOW)

    _, row = _rows(tmp_path / "a.csv")
    assert row[COLUMNS.index("name")] == f"'{name}"
    assert row[COLUMNS.index("email")] == "'=2+2@example.com"


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path
) -> None:
    queue.add(make_signup(name="=1+1", consent_wording="https://example.com", postal_code="02134"))

    export(queue, tmp_path / "a.xlsx", "new", NOW)

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = list(sheet.iter_rows())[1]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.hyperlink for cell in cells] == [None] * len(COLUMNS)
    assert cells[COLUMNS.index("name")].value == "=1+1"
    assert cells[COLUMNS.index("postal_code")].value == "02134"


people = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)


@given(names=st.lists(people, min_size=1, max_size=5))
def test_names_in_any_script_come_back_from_a_csv(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Queue.open(Path(folder)) as queue:
        for name in names:
            queue.add(Signup(new_id(), NOW, "v@example.com", name, "", "Yes", "1", "en"))
        export(queue, Path(folder) / "a.csv", "new", NOW)
        found = _names(Path(folder) / "a.csv")

    neutral = exporting.FORMULA_SIGNS
    assert found == [f"'{name}" if name.startswith(neutral) else name for name in names]


def test_only_what_is_new_is_exported(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path
) -> None:
    queue.add(make_signup(name="First"))
    export(queue, tmp_path / "1.csv", "new", NOW)
    queue.add(make_signup(name="Second"))

    export(queue, tmp_path / "2.csv", "new", NOW)

    assert _names(tmp_path / "2.csv") == ["Second"]


@pytest.mark.parametrize(
    ("choice", "names"),
    [("all", ["April", "May", "June"]), (date(2024, 5, 1), ["May", "June"])],
)
def test_what_was_exported_before_is_exported_again_when_asked_for(
    queue: Queue,
    make_signup: MakeSignup,
    tmp_path: Path,
    choice: Choice,
    names: list[str],
) -> None:
    for month, name in enumerate(["April", "May", "June"], start=4):
        queue.add(make_signup(name=name, created_at=datetime(2024, month, 1, tzinfo=UTC)))
    export(queue, tmp_path / "1.csv", "new", NOW)

    export(queue, tmp_path / "2.csv", choice, NOW)

    assert _names(tmp_path / "2.csv") == names


@pytest.mark.parametrize("name", FORMATS)
def test_with_nothing_new_no_file_is_made(queue: Queue, tmp_path: Path, name: str) -> None:
    assert export(queue, tmp_path / name, "new", NOW).count == 0

    assert not (tmp_path / name).exists()
    assert queue.last_export() is None


@pytest.mark.parametrize("name", FORMATS)
def test_the_file_is_for_its_owner_alone(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, name: str
) -> None:
    queue.add(make_signup())

    export(queue, tmp_path / name, "new", NOW)

    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def _assert_nothing_happened(queue: Queue, folder: Path, before: list[Path]) -> None:
    assert sorted(folder.iterdir()) == before
    assert queue.count("new") == 1
    assert queue.last_export() is None


def test_a_file_that_is_there_is_not_overwritten(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path
) -> None:
    queue.add(make_signup())
    (tmp_path / "a.csv").write_text("precious")
    before = sorted(tmp_path.iterdir())

    with pytest.raises(ExportRefused, match=r"a\.csv is there already and is not overwritten"):
        export(queue, tmp_path / "a.csv", "new", NOW)

    _assert_nothing_happened(queue, tmp_path, before)
    assert (tmp_path / "a.csv").read_text() == "precious"


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.add(make_signup())
    out = tmp_path / "a.csv"
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (sync(file), out.write_text("precious")))

    with pytest.raises(ExportRefused, match="is there already"):
        export(queue, out, "new", NOW)

    assert out.read_text() == "precious"
    assert queue.count("new") == 1


def test_a_link_to_nowhere_is_not_overwritten(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path
) -> None:
    queue.add(make_signup())
    (tmp_path / "a.csv").symlink_to(tmp_path / "nowhere")

    with pytest.raises(ExportRefused, match="is there already"):
        export(queue, tmp_path / "a.csv", "new", NOW)


@pytest.mark.parametrize("name", ["a.txt", "a", "a.csv.gz", ".csv"])
def test_an_ending_that_says_no_format_is_refused(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, name: str
) -> None:
    queue.add(make_signup())
    before = sorted(tmp_path.iterdir())

    with pytest.raises(ExportRefused, match=r"must end in \.csv, \.xlsx or \.jsonl"):
        export(queue, tmp_path / name, "new", NOW)

    _assert_nothing_happened(queue, tmp_path, before)


@pytest.mark.parametrize("name", FORMATS)
def test_a_folder_that_is_not_there_is_refused(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, name: str
) -> None:
    queue.add(make_signup())
    before = sorted(tmp_path.iterdir())

    with pytest.raises(ExportRefused, match=r"cannot be written \(No such file or directory\)"):
        export(queue, tmp_path / "nowhere" / name, "new", NOW)

    _assert_nothing_happened(queue, tmp_path, before)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_disk_that_fails_late_leaves_no_file_and_marks_nothing(
    queue: Queue,
    make_signup: MakeSignup,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    step: str,
) -> None:
    queue.add(make_signup())
    before = sorted(tmp_path.iterdir())

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(ExportRefused) as caught:
        export(queue, tmp_path / name, "new", NOW)

    assert str(caught.value) == (
        f"{tmp_path / name} cannot be written (No space left on device);"
        " name a folder with room and rights"
    )
    _assert_nothing_happened(queue, tmp_path, before)


@pytest.mark.parametrize("name", FORMATS)
def test_a_disk_that_is_full_at_the_first_byte_leaves_no_file_and_marks_nothing(
    queue: Queue,
    make_signup: MakeSignup,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Everything is written to /dev/full, which the system refuses."""
    queue.add(make_signup())
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(exporting, "_private", lambda *_: os.open("/dev/full", os.O_RDWR))

    with pytest.raises(ExportRefused, match=r"cannot be written \(No space left on device\)"):
        export(queue, tmp_path / name, "new", NOW)

    _assert_nothing_happened(queue, tmp_path, before)


def test_a_stick_whose_folder_cannot_be_synced_takes_an_export_all_the_same(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.add(make_signup())
    sync = os.fsync

    def sync_files_alone(file: int) -> None:
        if Path(f"/proc/self/fd/{file}").is_dir():
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(file)

    monkeypatch.setattr(os, "fsync", sync_files_alone)

    assert export(queue, tmp_path / "a.csv", "new", NOW).count == 1
    assert queue.count("new") == 0


def test_a_file_that_cannot_be_noted_says_that_its_signups_come_again(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.add(make_signup())

    def refuse(*_: object) -> None:
        raise QueueUnavailable("the disk is full; make room on it")

    with monkeypatch.context() as patch:
        patch.setattr(Queue, "mark_exported", refuse)
        with pytest.raises(ExportRefused, match=r"is written, but .* holds the same signups again"):
            export(queue, tmp_path / "1.csv", "new", NOW)
    export(queue, tmp_path / "2.csv", "new", NOW)

    assert _rows(tmp_path / "1.csv") == _rows(tmp_path / "2.csv")


def test_more_signups_than_a_sheet_has_rows_are_refused_not_cut_off(
    queue: Queue, make_signup: MakeSignup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_XLSX_ROWS", 3)
    for _ in range(2):
        queue.add(make_signup())
    export(queue, tmp_path / "1.xlsx", "all", NOW)
    queue.add(make_signup())

    with pytest.raises(ExportRefused, match=r"3 signups are more than .*; name a \.csv file"):
        export(queue, tmp_path / "2.xlsx", "all", NOW)

    assert len(_rows(tmp_path / "1.xlsx")) == 3
    assert export(queue, tmp_path / "2.csv", "all", NOW).count == 3
