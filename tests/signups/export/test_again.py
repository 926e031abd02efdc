"""An export can be had once more exactly as it was, whatever has happened since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.exporter import ExportRefused, ExportRequest, ExportResult, export, repeat
from kiosk.signups.store.erasure import erase_address, erase_before, seal_in_place
from kiosk.signups.store.queue import Queue, Selection
from kiosk.signups.store.suppression import suppress_address
from tests.conftest import make_signup

FORMATS = ["csv", "xlsx", "jsonl"]
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3, hours=5, minutes=7)
KEY, ANOTHER = PrivateKey.generate(), PrivateKey.generate()
VERA, OTTO = "vera@example.com", "otto@example.com"


def _add(queue: Queue, key: PrivateKey | None, *emails: str) -> None:
    for email in emails:
        queue.add(make_signup(email=email, name=f"Zoë {email}"), key.public_key if key else None)


def _again(
    queue: Queue, first: ExportResult, key: PrivateKey | None = None, number: int | None = None
) -> ExportResult:
    assert first.number is not None
    name = f"again-{len(queue.exports())}-{first.file.name}"
    return repeat(queue, number or first.number, first.file.with_name(name), LATER, key)


def _suppress(queue: Queue, email: str, key: PrivateKey | None = None) -> None:
    """Without an erasure, which would take the signups away."""
    with queue.transaction():
        suppress_address(queue, email, key, key.public_key if key else None)


def _assert_same(first: ExportResult, again: ExportResult) -> None:
    assert again.file.read_bytes() == first.file.read_bytes()
    assert again.is_identical is True
    assert (again.rows, again.signups, again.erased) == (first.rows, first.signups, 0)
    assert again.unreadable == ()


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "sealed"])
@pytest.mark.parametrize("is_deduped", [False, True], ids=["all", "deduped"])
@pytest.mark.parametrize("ending", FORMATS)
def test_an_export_is_repeated_byte_for_byte(
    queue: Queue,
    tmp_path: Path,
    ending: str,
    is_deduped: bool,
    key: PrivateKey | None,
) -> None:
    """Also after more signups came, a suppression was added and all was exported since."""
    _add(queue, key, VERA, OTTO, "VERA@example.com")
    first = export(queue, ExportRequest(tmp_path / f"a.{ending}", "new", key, is_deduped), NOW)
    assert first.rows == (2 if is_deduped else 3)

    _assert_same(first, _again(queue, first, key))
    _add(queue, key, VERA, "late@example.com")
    _assert_same(first, _again(queue, first, key))
    erase_address(queue, "unknown@example.com", LATER, private_key=key, suppress=True)
    _suppress(queue, OTTO, key)
    export(queue, ExportRequest(tmp_path / f"b.{ending}", "all", key, is_deduped), LATER)
    _assert_same(first, _again(queue, first, key))


@pytest.mark.parametrize("is_deduped", [False, True], ids=["all", "deduped"])
@pytest.mark.parametrize("ending", FORMATS)
def test_an_export_is_the_same_after_its_signups_were_sealed_in_place(
    queue: Queue, tmp_path: Path, ending: str, is_deduped: bool
) -> None:
    erase_address(queue, OTTO, NOW, suppress=True)
    _add(queue, None, VERA, OTTO, VERA)
    first = export(queue, ExportRequest(tmp_path / f"a.{ending}", is_deduped=is_deduped), NOW)

    seal_in_place(queue, KEY.public_key, LATER)

    _assert_same(first, _again(queue, first, KEY))


@pytest.mark.parametrize("ending", FORMATS)
def test_a_repeat_flags_whom_the_first_flagged_and_nobody_since(
    queue: Queue, tmp_path: Path, ending: str
) -> None:
    _add(queue, None, VERA, OTTO)
    _suppress(queue, VERA)
    first = export(queue, ExportRequest(tmp_path / f"a.{ending}"), NOW)

    _suppress(queue, OTTO)

    _assert_same(first, _again(queue, first))
    today = export(queue, ExportRequest(tmp_path / f"b.{ending}", "all"), LATER)
    assert today.file.read_bytes() != first.file.read_bytes()


def test_an_address_suppressed_twice_counts_from_the_first_time(
    queue: Queue, tmp_path: Path
) -> None:
    _add(queue, None, VERA)
    _suppress(queue, VERA)
    first = export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
    _suppress(queue, VERA)

    _assert_same(first, _again(queue, first))


@pytest.mark.parametrize("ending", FORMATS)
def test_a_repeat_of_a_repeat_is_the_first_once_more(
    queue: Queue, tmp_path: Path, ending: str
) -> None:
    _add(queue, None, VERA, OTTO)
    first = export(queue, ExportRequest(tmp_path / f"a.{ending}"), NOW)
    _suppress(queue, VERA)
    second = _again(queue, first)
    _suppress(queue, OTTO)

    third = _again(queue, second)
    fourth = _again(queue, third)

    _assert_same(first, second)
    _assert_same(first, third)
    _assert_same(first, fourth)


@pytest.mark.parametrize("selection", ["new", "all", datetime(2024, 5, 1, tzinfo=UTC).date()])
def test_whatever_was_chosen_is_what_is_repeated(
    queue: Queue, tmp_path: Path, selection: Selection
) -> None:
    _add(queue, None, VERA)
    export(queue, ExportRequest(tmp_path / "before.csv"), NOW)
    _add(queue, None, OTTO)
    first = export(queue, ExportRequest(tmp_path / "a.csv", selection), NOW)

    _assert_same(first, _again(queue, first))


def test_a_repeat_opens_what_the_first_could_open_and_no_more(queue: Queue, tmp_path: Path) -> None:
    """What was left in place then is still waiting."""
    _add(queue, KEY, VERA)
    _add(queue, ANOTHER, OTTO)
    first = export(queue, ExportRequest(tmp_path / "a.csv", key=KEY), NOW)
    assert len(first.unreadable) == 1

    again = _again(queue, first, KEY)

    assert again.file.read_bytes() == first.file.read_bytes()
    assert queue.count("new") == 1


def test_with_another_key_nothing_is_repeated_and_all_is_named(
    queue: Queue, tmp_path: Path
) -> None:
    _add(queue, KEY, VERA, OTTO)
    first = export(queue, ExportRequest(tmp_path / "a.csv", key=KEY), NOW)

    again = _again(queue, first, ANOTHER)

    assert again.number is None
    assert len(again.unreadable) == 2
    assert not again.file.exists()


def test_without_a_key_a_sealed_export_is_not_repeated(queue: Queue, tmp_path: Path) -> None:
    _add(queue, KEY, VERA)
    first = export(queue, ExportRequest(tmp_path / "a.csv", key=KEY), NOW)

    with pytest.raises(ExportRefused, match="1 signup is sealed; pass the manager's key"):
        _again(queue, first)


# After an erasure


@pytest.mark.parametrize("is_deduped", [False, True], ids=["all", "deduped"])
@pytest.mark.parametrize("ending", FORMATS)
def test_a_repeat_says_how_many_were_erased_since(
    queue: Queue, tmp_path: Path, ending: str, is_deduped: bool
) -> None:
    _add(queue, None, VERA, OTTO, VERA)
    first = export(queue, ExportRequest(tmp_path / f"a.{ending}", is_deduped=is_deduped), NOW)
    erase_address(queue, VERA, LATER)

    again = _again(queue, first)

    assert (again.erased, again.signups, again.rows) == (2, 1, 1)
    assert again.is_identical is False
    assert VERA.encode() not in again.file.read_bytes()


def test_a_repeat_of_what_is_erased_whole_makes_no_file(queue: Queue, tmp_path: Path) -> None:
    _add(queue, None, VERA, OTTO)
    first = export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
    erase_before(queue, NOW.date(), LATER)

    again = _again(queue, first)

    assert (again.number, again.erased, again.signups) == (None, 2, 0)
    assert not again.file.exists()
    assert len(queue.exports()) == 1


def test_a_repeat_after_an_erasure_can_be_repeated_itself(queue: Queue, tmp_path: Path) -> None:
    _add(queue, None, VERA, OTTO)
    first = export(queue, ExportRequest(tmp_path / "a.xlsx"), NOW)
    erase_address(queue, VERA, LATER)
    second = _again(queue, first)

    _assert_same(second, _again(queue, second))


# Recorded and refused


def test_a_repeat_is_recorded_as_one(queue: Queue, tmp_path: Path) -> None:
    _add(queue, None, VERA, VERA)
    first = export(queue, ExportRequest(tmp_path / "a.csv", is_deduped=True), NOW)

    again = _again(queue, first)

    original, noted = queue.exports()
    raw = again.file.read_bytes()
    assert (noted.number, noted.repeats, noted.selection) == (again.number, first.number, "again")
    assert (noted.created_at, noted.file_name) == (LATER, again.file.name)
    assert (noted.size, noted.sha256) == (len(raw), sha256(raw).hexdigest())
    assert (noted.row_count, noted.signup_count, noted.is_deduped) == (1, 2, True)
    assert original.repeats is None
    assert queue.count("new") == 0


def test_an_erasure_after_a_repeat_names_both_files(queue: Queue, tmp_path: Path) -> None:
    _add(queue, None, VERA)
    first = export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
    again = _again(queue, first)

    assert erase_address(queue, VERA, LATER).exports == (first.number, again.number)


@pytest.mark.parametrize("number", [0, 2, -1, 10**18])
def test_an_export_that_never_was_is_said_plainly(
    queue: Queue, tmp_path: Path, number: int
) -> None:
    _add(queue, None, VERA)
    export(queue, ExportRequest(tmp_path / "a.csv"), NOW)

    with pytest.raises(ExportRefused, match=f"there is no export {number}; 'kiosk signups' lists"):
        repeat(queue, number, tmp_path / "b.csv", LATER)


@pytest.mark.parametrize("name", ["b.xlsx", "b.jsonl", "b.txt", "b"])
def test_another_ending_is_refused_since_it_would_not_be_the_same(
    queue: Queue, tmp_path: Path, name: str
) -> None:
    _add(queue, None, VERA)
    export(queue, ExportRequest(tmp_path / "a.csv"), NOW)

    with pytest.raises(ExportRefused) as refused:
        repeat(queue, 1, tmp_path / name, LATER)

    if name in {"b.xlsx", "b.jsonl"}:
        assert str(refused.value) == (
            "export 1 was a .csv; to repeat it exactly, choose a .csv file"
        )
    assert not (tmp_path / name).exists()


def test_the_ending_may_be_in_capitals(queue: Queue, tmp_path: Path) -> None:
    _add(queue, None, VERA)
    first = export(queue, ExportRequest(tmp_path / "a.csv"), NOW)

    again = repeat(queue, 1, tmp_path / "B.CSV", LATER)

    _assert_same(first, again)


def test_of_an_export_whose_digest_was_never_taken_sameness_is_not_claimed(
    queue: Queue, tmp_path: Path
) -> None:
    """As exports of a kiosk before this version are."""
    _add(queue, None, VERA)
    first = export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
    queue.execute("UPDATE exports SET sha256 = NULL, size = NULL")

    assert _again(queue, first).is_identical is None
