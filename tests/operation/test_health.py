"""One look tells a manager that the kiosk is healthy, and changes nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kiosk import __version__
from kiosk.content.versions.history import ANY_FILE, History
from kiosk.operation import health
from kiosk.operation.health import MEANWHILE, Finding, examine
from kiosk.operation.health_socket import request_status
from kiosk.operation.pin import PIN_FILE, Moment, set_pin, try_pin
from kiosk.operation.run_record import CRASH
from kiosk.operation.service.plan import HOME
from kiosk.operation.service.update_record import UpdateRecord
from kiosk.operation.settings import SETTINGS_NAME
from kiosk.operation.status import DOUBTED, STATUS_NAME, Status, StatusFile, format_timestamp
from kiosk.signups.crypto.keys import PUBLIC_KEY_FILE, install_key
from kiosk.signups.crypto.sealed_box import PrivateKey, PublicKey
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store import database
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.erasure import erase_before, seal_in_place
from kiosk.signups.store.migrations import LATEST_VERSION
from kiosk.signups.store.queue import Queue
from tests.conftest import Contents, make_signup
from tests.operation.conftest import Hold
from tests.signups.tomorrow import tomorrow

CONTENT = Path(__file__).parents[2] / "content.yaml"
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
REMEDY = (
    "is damaged; run 'kiosk recover', which keeps the file, starts a new one and recovers what can"
    " be read"
)


def _damaged(folder: Path) -> Finding:
    return Finding("signups", f"{folder / FILE_NAME} {REMEDY}", needs_attention=True)


def _write_status(folder: Path, content: Path, version: int | None = None, **more: str) -> None:
    status = Status(str(content), format_timestamp(NOW), str(version or ""))
    file = StatusFile(folder, status)
    file.change(**more)
    file.write()


def _named(findings: list[Finding], name: str) -> Finding:
    (finding,) = (finding for finding in findings if finding.name == name)
    return finding


def _warning(folder: Path, name: str) -> str:
    """What a finding that needs attention says."""
    finding = _named(examine(folder), name)
    assert finding.needs_attention
    return finding.text


def _signups(folder: Path) -> Finding:
    return _named(examine(folder), "signups")


def add(queue: Queue, count: int, key: PublicKey | None = None, **of: object) -> None:
    """Add some signups of one day."""
    for _ in range(count):
        queue.add(make_signup(**{"created_at": NOW, **of}), key)


def store(folder: Path, count: int) -> None:
    with Queue.open(folder) as queue:
        add(queue, count)


@pytest.fixture(scope="session")
def key() -> PublicKey:
    return PrivateKey.generate().public_key


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.fixture(autouse=True)
def roomy_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    _disk_has(monkeypatch, 5000)


def _disk_has(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, megabytes * 1024 * 1024))


def test_a_running_kiosk_with_sound_data_is_healthy(
    tmp_path: Path, running_kiosk: Hold, key: PublicKey
) -> None:
    running_kiosk(tmp_path)
    _write_status(tmp_path, CONTENT)
    install_key(tmp_path, key, NOW)
    with Queue.open(tmp_path) as queue:
        add(queue, 1, created_at=NOW - timedelta(days=9))
        add(queue, 2)
        export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
        erase_before(queue, NOW.date(), NOW)
        seal_in_place(queue, key, NOW)
        add(queue, 3, key)

    with time_machine.travel(datetime(2028, 1, 1, 9, 30, tzinfo=ZoneInfo("UTC")), tick=False):
        findings = examine(tmp_path)

    assert findings == [
        Finding("kiosk", "running since 2024-05-02 08:00"),
        Finding("version", __version__),
        Finding(
            "signups",
            "6 captured = 3 waiting + 2 exported + 1 erased; last export 2024-05-02 08:00",
        ),
        Finding(
            "waiting", "the oldest signup that was never exported is of 2024-05-02, 1,339 days old"
        ),
        Finding("seal", f"all signups are sealed to the key {key.id}"),
        Finding("content", f"{CONTENT} is fine"),
        Finding("staff area", "closed; 'kiosk pin' sets the PIN that opens it"),
        Finding("clock", "2028-01-01 09:30 +0000"),
        Finding("disk", "5000 MB free"),
    ]


def test_a_manager_learns_how_the_last_run_ended(tmp_path: Path, running_kiosk: Hold) -> None:
    _write_status(tmp_path, CONTENT, end="SIGTERM", ended="2024-05-02T18:00:00+00:00")
    assert _named(examine(tmp_path), "last run").text == (
        "the kiosk was ended by SIGTERM at 2024-05-02 18:00"
    )
    running_kiosk(tmp_path)
    _write_status(tmp_path, CONTENT, last_end=CRASH)
    assert _named(examine(tmp_path), "last run").text == (
        "the run before this one ended without notice: it was killed or crashed"
    )


def test_an_update_that_was_undone_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = UpdateRecord("undone", "0.1.0", "0.2.0", "", "it could not be installed")
    monkeypatch.setattr(health, "read_record", lambda: record)
    assert "update" not in {finding.name for finding in examine(tmp_path)}

    monkeypatch.setattr(health, "HOME", tmp_path)
    told = _warning(tmp_path, "update")

    assert told.startswith("version 0.2.0 was undone: it could not be installed. Version 0.1.0")
    record = UpdateRecord("updated", "0.1.0", "0.2.0", "0.1.0", "", "2026-11-27T21:30:00")
    finding = _named(examine(tmp_path), "update")
    assert finding == Finding(
        "update", "version 0.2.0 has replaced version 0.1.0, 2026-11-27 21:30"
    )


@pytest.mark.parametrize("phase", ["prepared", "installing", "trying", "going back: undone"])
def test_an_update_that_has_stopped_half_way_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    def finding(at: str) -> Finding:
        record = UpdateRecord(phase, "0.1.0", "0.2.0", at=at)
        monkeypatch.setattr(health, "read_record", lambda: record)
        return _named(examine(tmp_path), "update")

    monkeypatch.setattr(health, "HOME", tmp_path)
    now = datetime.now(UTC)
    assert not finding((now - timedelta(minutes=50)).isoformat()).needs_attention

    for at in ((now - timedelta(minutes=70)).isoformat(), "", "0001-01-01", "damaged"):
        stuck = finding(at)
        assert stuck.needs_attention
        assert "has stopped half way; restart the machine" in stuck.text


def test_a_kiosk_that_does_not_answer_needs_attention(
    tmp_path: Path, running_kiosk: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kiosk.operation.health.request_status", partial(request_status, timeout=0.1)
    )
    kiosk = running_kiosk(tmp_path)
    assert not _named(examine(tmp_path), "kiosk").needs_attention

    kiosk.send_signal(signal.SIGSTOP)
    finding = _named(examine(tmp_path), "kiosk")
    kiosk.send_signal(signal.SIGCONT)

    assert finding == Finding("kiosk", "has not responded for 3 seconds; restart it", True)
    assert not _named(examine(tmp_path), "kiosk").needs_attention


def test_what_the_kiosk_says_now_counts_more_than_what_it_wrote(
    tmp_path: Path, running_kiosk: Hold
) -> None:
    _write_status(
        tmp_path, CONTENT, refused="the disk is full; free some space on it", refused_at="now"
    )
    assert "refused signups" not in {f.name for f in examine(tmp_path)}
    assert _refusals(tmp_path) == [
        "none could be stored since now: the disk is full; free some space on it"
    ]

    running_kiosk(tmp_path)  # which has stored some since

    assert _refusals(tmp_path) == []


def test_a_content_that_does_not_answer_needs_attention_and_holds_up_nobody(
    tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = contents.write(contents.timeline())
    _write_status(tmp_path, file, version=3)
    gate = Event()
    monkeypatch.setattr(health, "LOAD_TIMEOUT_SECONDS", 0.01)
    monkeypatch.setattr(health, "load", lambda _: gate.wait())
    finding = _named(examine(tmp_path), "content")
    gate.set()
    assert finding.needs_attention
    assert finding.text == (
        f"{file} does not respond; check the network or the file server; version 3 is shown instead"
    )


@pytest.mark.parametrize("locked", [".", FILE_NAME])
def test_data_that_may_not_be_written_need_attention_whoever_asks(
    tmp_path: Path, locked: str
) -> None:
    store(tmp_path, 1)
    assert _refusals(tmp_path) == []

    path = tmp_path / locked
    mode = path.stat().st_mode
    path.chmod(mode & ~0o222)
    refusals = _refusals(tmp_path)
    path.chmod(mode)

    assert refusals == [
        f"none can be stored: {path} cannot be written by its owner; fix its permissions"
    ]


def test_a_disk_that_has_become_read_only_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_only = namedtuple("statvfs", "f_flag")(os.ST_RDONLY)
    monkeypatch.setattr(os, "statvfs", lambda _: read_only)

    assert _refusals(tmp_path) == [
        f"none can be stored: {tmp_path} is on a disk that has become read-only; check the disk"
    ]


def _refusals(folder: Path) -> list[str]:
    found = [f for f in examine(folder) if f.name == "signups" and f.text.find("none c") >= 0]
    assert all(finding.needs_attention for finding in found)
    return [finding.text for finding in found]


def test_a_fresh_folder_only_lacks_a_running_kiosk(tmp_path: Path) -> None:
    with time_machine.travel(datetime(2028, 1, 1, 9, 30, tzinfo=ZoneInfo("UTC")), tick=False):
        findings = examine(tmp_path)
    assert findings == [
        Finding("kiosk", "not running; start it with 'kiosk run'", True),
        Finding("version", __version__),
        Finding("signups", "none yet"),
        Finding("clock", "2028-01-01 09:30 +0000"),
        Finding("disk", "5000 MB free"),
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "balance"),
    [
        ("DELETE FROM signups WHERE number = 1", "2 captured = 1 waiting"),
        ("UPDATE days SET captured = 1", "1 captured = 2 waiting"),
    ],
)
def test_signups_that_do_not_add_up_need_attention(
    tmp_path: Path, statement: str, balance: str
) -> None:
    with Queue.open(tmp_path) as queue:
        add(queue, 2)
        queue.execute(statement)

    assert _signups(tmp_path) == Finding(
        "signups",
        f"{balance} + 0 exported + 0 erased; never exported; they do not match, 'kiosk signups'"
        " shows the days",
        True,
    )


@pytest.mark.parametrize(
    ("count", "sentence"), [(0, "new signups will be"), (1, "1 signup is"), (2, "2 signups are")]
)
def test_a_kiosk_without_a_key_is_healthy_and_says_how_to_make_one(
    tmp_path: Path, count: int, sentence: str
) -> None:
    store(tmp_path, count)

    assert _named(examine(tmp_path), "seal") == Finding(
        "seal", f"{sentence} unencrypted; 'kiosk keys create' creates a key to seal them to"
    )


def test_signups_in_the_open_beside_a_key_need_attention(tmp_path: Path, key: PublicKey) -> None:
    with Queue.open(tmp_path) as queue:
        add(queue, 1)
        add(queue, 1, key)
    install_key(tmp_path, key, NOW)

    assert _named(examine(tmp_path), "seal") == Finding(
        "seal", "1 signup is unencrypted; run 'kiosk keys seal'", True
    )


def test_settings_that_lost_the_key_need_attention(tmp_path: Path, key: PublicKey) -> None:
    with Queue.open(tmp_path) as queue:
        add(queue, 1, key)

    assert _named(examine(tmp_path), "seal") == Finding(
        "seal",
        f"the key {key.id} is missing from the settings; 'kiosk keys seal' restores it",
        True,
    )


def test_a_damaged_key_needs_attention_and_does_not_hide_the_ledger(tmp_path: Path) -> None:
    store(tmp_path, 1)
    (tmp_path / PUBLIC_KEY_FILE).write_text("{")

    findings = examine(tmp_path)

    assert _named(findings, "seal") == Finding(
        "seal", f"{tmp_path / PUBLIC_KEY_FILE} is damaged; restore it from a copy", True
    )
    assert _named(findings, "signups").text.startswith("1 captured")


def test_a_damaged_file_needs_attention_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"damaged" * 1000)
    before = _files(tmp_path)

    assert _signups(tmp_path) == _damaged(tmp_path)
    assert _files(tmp_path) == before


def test_damage_in_the_middle_of_the_file_needs_attention(tmp_path: Path) -> None:
    store(tmp_path, 300)
    with (tmp_path / FILE_NAME).open("r+b") as file:
        file.seek((tmp_path / FILE_NAME).stat().st_size // 4096 // 2 * 4096)
        file.write(b"\xa5" * 4096)

    assert _signups(tmp_path) == _damaged(tmp_path)


def test_signups_that_were_set_aside_can_be_read_once_the_newer_version_is_back(
    tmp_path: Path,
) -> None:
    """What the update has recovered already stays until somebody removes it."""
    aside = tmp_path / "signups.newer-20240502T080000-abcdef.sqlite3"
    Queue.open(tmp_path).close()
    (tmp_path / FILE_NAME).rename(aside)
    before = _files(tmp_path)

    told = _warning(tmp_path, "set aside")
    assert told.startswith(f"{aside} was set aside while an older version of the kiosk ran")
    assert "run 'kiosk recover', which" in told
    assert "is installed again" not in told
    assert _files(tmp_path) == before

    with closing(sqlite3.connect(aside)) as newer:
        newer.execute(f"PRAGMA user_version = {LATEST_VERSION + 1}")
    assert "once that is installed again" in _warning(tmp_path, "set aside")


def test_a_newer_file_needs_attention_and_stays_as_it_is(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        queue._connection.execute("CREATE TABLE visits (day TEXT)")
        queue._connection.execute("PRAGMA user_version = 99")
    before = _files(tmp_path)

    finding = _signups(tmp_path)

    assert finding.needs_attention
    assert "written by a newer version of the kiosk" in finding.text
    assert _files(tmp_path) == before


def test_a_file_of_an_older_version_is_not_made_ready(tmp_path: Path) -> None:
    Queue.open(tmp_path).close()
    before = _files(tmp_path)

    with tomorrow():
        finding = _signups(tmp_path)

    assert finding == Finding(
        "signups", "signups.sqlite3 is not ready yet; start the kiosk once", True
    )
    assert _files(tmp_path) == before


def test_a_write_that_was_cut_off_is_left_for_the_kiosk_to_take_back(tmp_path: Path) -> None:
    """The copy is what a power cut leaves: pages half changed, the journal beside them."""
    alive, dead = tmp_path / "alive", tmp_path / "dead"
    alive.mkdir()
    with Queue.open(alive) as queue:
        add(queue, 300)
        queue._connection.execute("PRAGMA cache_size = 1")
        queue._connection.execute("PRAGMA synchronous = EXTRA")
        queue._connection.execute("BEGIN IMMEDIATE")
        queue._connection.execute("UPDATE people SET personal = x'00'")
        shutil.copytree(alive, dead)
        queue._connection.execute("ROLLBACK")
    assert (dead / f"{FILE_NAME}-journal").stat().st_size > 4096
    before = _files(dead)

    finding = _signups(dead)

    assert finding.needs_attention
    assert finding.text == f"a write to {FILE_NAME} was interrupted; start the kiosk once"
    assert _files(dead) == before
    Queue.open(dead).close()
    assert _signups(dead) == Finding(
        "signups", "300 captured = 300 waiting + 0 exported + 0 erased; never exported"
    )


def test_a_busy_file_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0)
    Queue.open(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    finding = _signups(tmp_path)
    other.close()

    assert finding == Finding(
        "signups", "another program is using the signups; try again in a moment", True
    )


def test_looking_changes_no_file(tmp_path: Path) -> None:
    _write_status(tmp_path, CONTENT)
    store(tmp_path, 2)
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in tmp_path.iterdir()}

    examine(tmp_path)

    assert {
        file: (file.stat().st_mtime_ns, file.read_bytes()) for file in tmp_path.iterdir()
    } == before


def test_broken_content_needs_attention(tmp_path: Path) -> None:
    content = tmp_path / "broken.yaml"
    content.write_text("language: en\nbrand: x\n")
    _write_status(tmp_path, content)

    assert _named(examine(tmp_path), "content") == Finding(
        "content",
        f"{content} has 4 errors; the showroom is closed; run 'kiosk check {content}'",
        True,
    )
    content.write_text("# nothing\n")
    assert "has 1 error; the showroom is closed" in _named(examine(tmp_path), "content").text


def test_broken_content_behind_the_last_good_one_needs_attention(tmp_path: Path) -> None:
    content = tmp_path / "broken.yaml"
    content.write_text("# nothing\n")
    _write_status(tmp_path, content, version=7)

    assert "has 1 error; version 7 is shown instead; run" in _warning(tmp_path, "content")
    content.unlink()
    assert _named(examine(tmp_path), "content").text.endswith("; version 7 is shown instead")


def test_a_version_that_is_held_is_told_until_the_file_changes(
    tmp_path: Path, contents: Contents
) -> None:
    loaded = contents.load(contents.timeline())
    history = History(tmp_path)
    history.accept(loaded, NOW)
    history.hold(1, loaded.digest)
    _write_status(tmp_path, loaded.file, version=1)

    from_stick = history.hold(1, ANY_FILE, is_from_stick=True)
    assert _named(examine(tmp_path), "content") == Finding(
        "content", f"version 1 came from a stick, shown instead of {loaded.file}"
    )
    history.release(from_stick)
    history.hold(1, loaded.digest)
    assert _named(examine(tmp_path), "content") == Finding(
        "content", f"version 1 is held by 'kiosk rollback', instead of {loaded.file}"
    )
    contents.write(contents.timeline(name="Other"))
    assert "is fine" in _named(examine(tmp_path), "content").text


def test_missing_content_needs_attention(tmp_path: Path) -> None:
    _write_status(tmp_path, tmp_path / "gone.yaml")

    assert "gone.yaml does not exist" in _warning(tmp_path, "content")


@pytest.mark.parametrize(
    "note",
    [
        *("", "{", "[]", "5", '{"content": 5}', "\xff", "[" * 100_000),
        *('{"content": "a\\u0000b", "version": "1"}', '{"content": "\\ud800"}'),
    ],
    ids=repr,
)
def test_a_garbled_note_of_the_kiosk_is_read_over(tmp_path: Path, note: str) -> None:
    (tmp_path / STATUS_NAME).write_bytes(note.encode("latin-1"))

    assert {finding.name for finding in examine(tmp_path)} >= {"kiosk", "signups", "disk"}


def test_a_setting_that_cannot_be_used_needs_attention(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_NAME).write_text('nmae = "Front"\nname = 7\n')

    findings = [finding for finding in examine(tmp_path) if finding.name == "settings"]

    assert all(finding.needs_attention for finding in findings)
    assert "did you mean 'name'?" in findings[0].text
    assert "name must be text" in findings[1].text


def test_settings_in_order_are_not_worth_a_line(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_NAME).write_text('name = "Front"\n')

    assert "settings" not in {finding.name for finding in examine(tmp_path)}


def test_a_clock_that_cannot_be_right_needs_attention(tmp_path: Path) -> None:
    with time_machine.travel(datetime(1970, 1, 1, 12, tzinfo=UTC), tick=False):
        finding = _named(examine(tmp_path), "clock")

    assert finding.needs_attention
    assert finding.text.startswith("the clock says 1970-01-01 ")
    assert finding.text.endswith("which cannot be right; set it. " + MEANWHILE)


def test_a_clock_behind_the_content_file_needs_attention(tmp_path: Path) -> None:
    content = tmp_path / "content.yaml"
    content.write_bytes(CONTENT.read_bytes())
    _write_status(tmp_path, content)
    with time_machine.travel(datetime(2028, 1, 1, tzinfo=UTC), tick=False):
        assert not _named(examine(tmp_path), "clock").needs_attention

        later = datetime(2028, 1, 5, tzinfo=UTC).timestamp()
        os.utime(content, (later, later))

        message = f"but {content} was written later; set the clock, or save that file"
        assert message in _warning(tmp_path, "clock")


@pytest.mark.parametrize(
    ("year", "message"),
    [
        (2027, "but it was later when it was last synchronized; set it"),
        (2035, "years after anything that is known here; set it, or connect to a network once"),
        (2060, "which cannot be right; set it"),
    ],
)
def test_a_clock_that_is_behind_or_far_ahead_of_what_was_known_needs_attention(
    tmp_path: Path, year: int, message: str
) -> None:
    synchronized = format_timestamp(datetime(2028, 1, 1, tzinfo=UTC))
    _write_status(tmp_path, CONTENT, synchronised_at=synchronized, trusted_at=synchronized)

    with time_machine.travel(datetime(year, 6, 1, tzinfo=UTC), tick=False):
        assert message in _warning(tmp_path, "clock")


def test_a_jump_that_only_the_running_kiosk_saw_needs_attention(tmp_path: Path) -> None:
    _write_status(tmp_path, CONTENT, clock=DOUBTED)

    assert _named(examine(tmp_path), "clock") == Finding(
        "clock", f"it jumped by more than an hour while the kiosk ran. {MEANWHILE}", True
    )


def test_much_room_is_told_in_gigabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _disk_has(monkeypatch, 70_314)
    assert _named(examine(tmp_path), "disk").text == "68 GB free"


@pytest.mark.parametrize(("megabytes", "needs_attention"), [(199, True), (200, False)])
def test_a_disk_with_little_room_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int, needs_attention: bool
) -> None:
    _disk_has(monkeypatch, megabytes)

    finding = _named(examine(tmp_path), "disk")

    assert finding.needs_attention == needs_attention
    assert finding.text.startswith(f"{megabytes} MB free")
    assert ("free some space" in finding.text) == needs_attention


def test_a_disk_that_cannot_be_asked_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", Mock(side_effect=OSError(5, "Input/output error")))

    assert _named(examine(tmp_path), "disk") == Finding(
        "disk", f"{tmp_path} cannot be read (Input/output error)", True
    )


def test_a_folder_that_may_not_be_read_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "exists", Mock(side_effect=PermissionError(13, "Permission denied")))

    assert _signups(tmp_path) == Finding("signups", "cannot be read (Permission denied)", True)


def test_a_fault_in_one_look_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", Mock(side_effect=ZeroDivisionError))

    assert _named(examine(tmp_path), "disk") == Finding(
        "disk", "could not be checked (ZeroDivisionError); ask for help", needs_attention=True
    )
    assert _signups(tmp_path).text == "none yet"


@pytest.mark.parametrize(
    ("name", "finding", "sentence"),
    [
        ("signups.damaged-x.sqlite3", "set aside", "is damaged and was set aside; run 'kiosk rec"),
        ("signups.damaged-x.sqlite3-journal", "set aside", "is all that is left of a damaged data"),
        ("signups.newer-x.sqlite3", "set aside", "holds signups of a newer version of the kiosk;"),
        (".recovering-1234", "set aside", "is left over from a recovery and may hold signups; run"),
        ("usage.damaged-x.sqlite3", "usage", "is damaged and was set aside"),
    ],
)
def test_what_lies_beside_the_data_needs_attention(
    tmp_path: Path, name: str, finding: str, sentence: str
) -> None:
    (tmp_path / name).touch()

    assert _warning(tmp_path, finding).startswith(f"{tmp_path / name} {sentence}")


def test_a_garbled_fact_is_named_beside_the_others(tmp_path: Path) -> None:
    with Queue.open(tmp_path) as queue:
        add(queue, 1)
        erase_before(queue, NOW.date() + timedelta(days=1), NOW)
        queue.execute("UPDATE erasures SET created_at = 'then'")

    findings = [finding for finding in examine(tmp_path) if finding.name == "signups"]

    assert [finding.needs_attention for finding in findings] == [False, True]
    assert "erasure 1: damaged: created_at" in findings[1].text


# The staff area


def test_a_damaged_pin_needs_attention(tmp_path: Path) -> None:
    (tmp_path / PIN_FILE).write_text("{")

    finding = _named(examine(tmp_path), "staff area")
    assert finding.needs_attention
    assert finding.text == (
        f"cannot be opened: {tmp_path / PIN_FILE} is damaged; set another PIN with 'kiosk pin'"
    )


def test_five_wrong_pins_in_a_row_need_attention(tmp_path: Path) -> None:
    set_pin(tmp_path, "4711")
    for number in range(5):
        assert "staff area" not in {finding.name for finding in examine(tmp_path)}
        try_pin(tmp_path, f"900{number}", Moment("", 0))

    finding = _named(examine(tmp_path), "staff area")
    assert finding.needs_attention
    assert finding.text == (
        "the last 5 PINs were wrong; if it was none of you, set another with 'kiosk pin'"
    )


# Counts of visits


def test_visits_that_are_not_counted_on_purpose_need_no_attention(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_NAME).write_text("usage = false")

    assert _named(examine(tmp_path), "usage") == Finding(
        "usage", "visits are not counted, as settings.toml says"
    )


def test_visits_that_cannot_be_counted_need_attention(tmp_path: Path, running_kiosk: Hold) -> None:
    _write_status(tmp_path, CONTENT, uncounted="the disk is full")
    running_kiosk(tmp_path)

    assert _warning(tmp_path, "usage") == "visits are not counted: the disk is full"


def test_why_visits_were_not_counted_before_the_kiosk_ended_is_no_longer_said(
    tmp_path: Path,
) -> None:
    _write_status(tmp_path, CONTENT, uncounted="the disk is full")

    assert [finding for finding in examine(tmp_path) if finding.name == "usage"] == []


def test_a_folder_that_does_not_exist_may_be_another_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        folder.stat()

    monkeypatch.setattr(shutil, "disk_usage", refuse)

    text = _warning(tmp_path / "missing", "disk")

    assert "does not exist; it is created when the kiosk starts" in text
    assert not (tmp_path / "missing").exists()


def test_an_appliance_is_started_by_systemd() -> None:
    assert "sudo systemctl start showroom-kiosk" in _warning(HOME / "missing", "kiosk")
