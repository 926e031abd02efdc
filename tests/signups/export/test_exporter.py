"""A manager gets every signup in a file that opens cleanly, and each only once."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pytest

from kiosk.signups import output_files
from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export import exporter
from kiosk.signups.export.exporter import ExportRefused, ExportRequest, ExportResult, export, repeat
from kiosk.signups.export.formats import COLUMNS
from kiosk.signups.store.database import BATCH_SIZE, QueueDamaged, QueueUnavailable
from kiosk.signups.store.queue import Queue, Selection
from tests.conftest import make_signup

FORMATS = ["a.csv", "a.xlsx", "a.jsonl"]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
LATER = datetime(2024, 6, 2, 8, 0, tzinfo=UTC)
COLUMN = list(COLUMNS)
KEY = PrivateKey.generate()


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows of a file as another program reads them, their cells as text by their heading."""
    if file.suffix == ".jsonl":
        lines = file.read_text(encoding="utf-8").splitlines()
        return [{k: str(v) for k, v in json.loads(line).items()} for line in lines]
    heading, *rows = _csv(file) if file.suffix == ".csv" else _xlsx(file)
    assert heading == COLUMN
    return [dict(zip(heading, row, strict=True)) for row in rows]


def _csv(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))


def _xlsx(file: Path) -> list[list[str]]:
    book = openpyxl.load_workbook(file)
    rows = [["" if cell is None else str(cell) for cell in row] for row in book.active.values]
    book.close()
    return rows


def _names(file: Path) -> list[str]:
    return [row["name"] for row in _rows(file)]


def _export(
    queue: Queue, out: Path, selection: Selection = "new", *, is_deduped: bool = False
) -> ExportResult:
    return export(queue, ExportRequest(out, selection, is_deduped=is_deduped), NOW)


@pytest.mark.parametrize("name", FORMATS)
def test_one_signup_more_than_is_read_at_once_is_there_and_in_order(
    queue: Queue, tmp_path: Path, name: str
) -> None:
    names = [f"Visitor {n}" for n in range(BATCH_SIZE + 1)]
    for visitor in names:
        queue.add(make_signup(name=visitor))

    _export(queue, tmp_path / name)

    assert _names(tmp_path / name) == names


@pytest.mark.parametrize("name", FORMATS)
def test_the_file_is_for_its_owner_alone(queue: Queue, tmp_path: Path, name: str) -> None:
    queue.add(make_signup())

    _export(queue, tmp_path / name)

    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def _assert_nothing_happened(queue: Queue, folder: Path, before: list[Path]) -> None:
    assert sorted(folder.iterdir()) == before
    assert queue.count("new") == 1
    assert queue.exports() == []


def test_a_link_to_nowhere_is_not_overwritten(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup())
    (tmp_path / "a.csv").symlink_to(tmp_path / "nowhere")

    with pytest.raises(ExportRefused, match="already exists"):
        _export(queue, tmp_path / "a.csv")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_disk_that_fails_late_leaves_no_file_and_marks_nothing(
    queue: Queue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    step: str,
) -> None:
    queue.add(make_signup())
    before = sorted(tmp_path.iterdir())
    fail = Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))
    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    monkeypatch.setattr(os, "link", fail)
    with pytest.raises(ExportRefused) as caught:
        _export(queue, tmp_path / name)

    assert str(caught.value) == (
        f"{tmp_path / name} cannot be written (No space left on device);"
        " choose a folder that has free space and that you can write to"
    )
    _assert_nothing_happened(queue, tmp_path, before)


@pytest.mark.parametrize("name", FORMATS)
def test_a_disk_that_is_full_at_the_first_byte_leaves_no_file_and_marks_nothing(
    queue: Queue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Everything is written to /dev/full, which the system refuses."""
    queue.add(make_signup())
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(output_files, "open_private", lambda *_: os.open("/dev/full", os.O_RDWR))

    with pytest.raises(ExportRefused, match=r"cannot be written \(No space left on device\)"):
        _export(queue, tmp_path / name)

    _assert_nothing_happened(queue, tmp_path, before)


def test_a_stick_whose_folder_cannot_be_synced_takes_an_export_all_the_same(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.add(make_signup())
    sync = os.fsync

    def sync_files_alone(file: int) -> None:
        if Path(f"/proc/self/fd/{file}").is_dir():
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(file)

    monkeypatch.setattr(os, "fsync", sync_files_alone)

    assert _export(queue, tmp_path / "a.csv").signups == 1
    assert queue.count("new") == 0


@pytest.mark.parametrize(
    "error",
    [QueueUnavailable("the disk is full; free some space on it"), QueueDamaged("malformed")],
)
def test_a_file_that_cannot_be_noted_says_that_its_signups_come_again(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    queue.add(make_signup())

    with monkeypatch.context() as patch:
        patch.setattr(Queue, "mark_exported", Mock(side_effect=error))
        with pytest.raises(
            ExportRefused, match=r"was written, but .* will contain the same signups again"
        ):
            _export(queue, tmp_path / "1.csv")
    _export(queue, tmp_path / "2.csv")

    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_more_signups_than_a_sheet_has_rows_are_refused_not_cut_off(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporter, "MAX_ROWS", 3)
    for _ in range(2):
        queue.add(make_signup())
    _export(queue, tmp_path / "1.xlsx", "all")
    queue.add(make_signup())

    with pytest.raises(ExportRefused, match=r"cannot hold 3 signups; choose a \.csv file"):
        _export(queue, tmp_path / "2.xlsx", "all")

    assert len(_rows(tmp_path / "1.xlsx")) == 2
    assert _export(queue, tmp_path / "2.csv", "all").signups == 3


def test_what_is_known_of_an_export_is_kept(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup())

    _export(queue, tmp_path / "a.csv", date(2024, 5, 1))

    data = (tmp_path / "a.csv").read_bytes()
    (record,) = queue.exports()
    assert (record.created_at, record.file_name, record.format) == (NOW, "a.csv", "csv")
    assert (record.size, record.sha256) == (len(data), sha256(data).hexdigest())
    assert (record.selection, record.row_count, record.signup_count) == ("since 2024-05-01", 1, 1)
    assert (record.is_deduped, record.repeats) == (False, None)


@pytest.mark.parametrize("is_deduped", [False, True])
def test_where_nothing_can_be_read_no_file_is_made(
    queue: Queue, tmp_path: Path, is_deduped: bool
) -> None:
    queue.add(make_signup())
    queue._connection.execute("UPDATE people SET personal = x'00'")
    before = sorted(tmp_path.iterdir())

    done = _export(queue, tmp_path / "a.csv", is_deduped=is_deduped)

    assert (done.number, done.signups, len(done.unreadable)) == (None, 0, 1)
    _assert_nothing_happened(queue, tmp_path, before)


def test_progress_ends_when_all_is_done(queue: Queue, tmp_path: Path) -> None:
    """Also where rows stand for several signups."""
    for _ in range(3):
        queue.add(make_signup())
    progress: list[tuple[int, int]] = []

    order = ExportRequest(tmp_path / "a.csv", is_deduped=True)
    export(queue, order, NOW, lambda done, total: progress.append((done, total)))

    assert progress == [(3, 3)]


# The newest consent


@pytest.mark.parametrize("name", FORMATS)
def test_the_newest_consent_is_so_by_its_instant_not_by_its_arrival(
    queue: Queue, tmp_path: Path, name: str
) -> None:
    """A recovered signup arrives late; an offset must not count as lateness."""
    new_york = timezone(timedelta(hours=-4))
    for at, who in (
        (datetime(2024, 5, 1, 20, 30, tzinfo=new_york), "newest"),  # 00:30 UTC on the next day
        (datetime(2024, 5, 2, 0, 10, tzinfo=UTC), "older"),
        (datetime(2024, 4, 1, tzinfo=UTC), "oldest"),
    ):
        queue.add(make_signup(email="a@example.com", name=who, created_at=at))

    done = _export(queue, tmp_path / name, is_deduped=True)

    assert _names(tmp_path / name) == ["newest"]
    assert (done.rows, done.signups) == (1, 3)


def test_of_two_at_one_instant_the_later_to_arrive_stands(queue: Queue, tmp_path: Path) -> None:
    for who in ("first", "second"):
        queue.add(make_signup(email="a@example.com", name=who, created_at=NOW))

    _export(queue, tmp_path / "a.csv", is_deduped=True)

    assert _names(tmp_path / "a.csv") == ["second"]


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "sealed"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_newest_consent_has_the_newest_name_and_postal_code_that_were_given(
    queue: Queue, tmp_path: Path, name: str, key: PrivateKey | None
) -> None:
    for email, visitor, code, minutes in (
        ("jo@web.de", "Jo", "", 1),
        ("JO@web.de", "Jo Müller", "80331", 2),
        ("otto@web.de", "Otto", "", 2),
        ("jo@web.de", "", "10115", 4),
        ("jo@web.de", "J", "99999", 0),  # recovered: arrives late and is the oldest
        ("alone@web.de", "", "", 3),
        ("otto@web.de", "", "", 3),
        ("jo@web.de", "", "", 5),
        ("none@web.de", "", "", 5),
        ("none@web.de", "", "", 6),
    ):
        at = NOW + timedelta(minutes=minutes)
        signup = make_signup(email=email, name=visitor, postal_code=code, created_at=at)
        queue.add(signup, key.public_key if key else None)

    done = export(queue, ExportRequest(tmp_path / name, "new", key, is_deduped=True), NOW)

    cells = ("email", "name", "postal_code", "stands_for")
    assert [tuple(row[cell] for cell in cells) for row in _rows(tmp_path / name)] == [
        ("alone@web.de", "", "", "1"),
        ("otto@web.de", "Otto", "", "2"),
        ("jo@web.de", "Jo Müller", "10115", "5"),
        ("none@web.de", "", "", "2"),
    ]
    assert (done.rows, done.signups) == (4, 10)
    assert (queue.count("new"), queue.exports()[0].row_count) == (0, 4)
    assert repeat(queue, 1, tmp_path / f"again-{name}", LATER, key).is_identical


def test_a_name_that_cannot_be_read_any_more_is_not_made_up(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup(email="jo@web.de", name="Jo"))
    queue.add(make_signup(email="jo@web.de", name="Unread"))
    queue.add(make_signup(email="jo@web.de", name="", postal_code=""))
    queue.execute("UPDATE people SET personal = x'00' WHERE number = 2")

    done = _export(queue, tmp_path / "a.csv", is_deduped=True)

    assert (_names(tmp_path / "a.csv"), done.rows, done.signups) == (["Jo"], 1, 2)
    assert queue.count("new") == 1


# Leftovers


def test_leftovers_of_exports_under_any_name_are_removed(queue: Queue, tmp_path: Path) -> None:
    queue.add(make_signup())
    folder = tmp_path / "stick"
    folder.mkdir()
    dead = 2**22 + 1
    for name in (f".a.csv.part-{dead}", f".b.JSONL.part-{os.getpid()}"):
        (folder / name).touch()
    alive = folder / ".d.csv.part-1"
    theirs = (f".e.txt.part-{dead}", f"f.csv.part-{dead}", ".g.csv.part-x")
    others = [alive, *(folder / name for name in theirs)]
    for other in others:
        other.write_bytes(b"theirs")

    _export(queue, folder / "out.csv")

    assert set(folder.iterdir()) == {*others, folder / "out.csv"}


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_stick_without_second_names_takes_an_export_all_the_same(
    queue: Queue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: int,
) -> None:
    queue.add(make_signup())
    monkeypatch.setattr(os, "link", Mock(side_effect=OSError(error, "no")))

    _export(queue, tmp_path / "a.csv")

    assert len(_rows(tmp_path / "a.csv")) == 1
    assert not list(tmp_path.glob(".*"))


def test_a_file_that_appears_at_the_last_instant_is_not_overwritten(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking for it and giving the name."""
    queue.add(make_signup())
    out = tmp_path / "a.csv"
    link, rename = os.link, Path.rename

    def appear() -> None:
        out.write_text("precious")

    monkeypatch.setattr(os, "link", lambda *names: (appear(), link(*names)))
    monkeypatch.setattr(Path, "rename", lambda *names: (appear(), rename(*names)))

    with pytest.raises(ExportRefused, match="already exists and is not overwritten"):
        _export(queue, out)

    assert out.read_text() == "precious"
    assert queue.count("new") == 1


# What a disk or a file does


def test_a_text_that_no_cell_can_hold_is_refused_and_not_dropped(
    queue: Queue, tmp_path: Path
) -> None:
    signup = make_signup(wording="a" * 32_768)
    queue.add(signup)

    with pytest.raises(ExportRefused) as caught:
        _export(queue, tmp_path / "a.xlsx")

    assert str(caught.value) == (
        f"consent_wording of {signup.id} has 32,768 characters, more than a.xlsx can hold; choose a"
        " .csv file"
    )
    assert queue.count("new") == 1
    assert not list(tmp_path.glob("*a.xlsx*"))
    _export(queue, tmp_path / "a.csv")
    assert len(_rows(tmp_path / "a.csv")[0]["consent_wording"]) == 32_768


@pytest.mark.parametrize("limit", [10_000, 100_000])
def test_a_workbook_that_finds_no_room_ends_quietly(
    tmp_path: Path, child: Callable[..., subprocess.Popen[str]], limit: int
) -> None:
    """Python complains on its standard error of what cannot be closed."""
    code = """
import resource
from kiosk.signups.export.exporter import ExportRefused, ExportRequest, export

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
queue = Queue.open(folder)
queue._connection.execute("PRAGMA synchronous = OFF")
for _ in range(300):
    queue.add(make_signup(name=os.urandom(400).hex()))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.stderr = sys.stdout
try:
    export(queue, ExportRequest(folder / "out.xlsx"), datetime.now(UTC))
except ExportRefused:
    print("refused")
"""
    out, _ = child(code, tmp_path, limit).communicate()

    assert out == "refused\n"
