"""What is restored is what was backed up, less what was erased since; nothing is ever lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from kiosk.operation.backup import reading
from kiosk.operation.backup.archive import BackupRefused, replaced_folders
from kiosk.operation.backup.reading import opened_backup
from kiosk.operation.backup.restoring import RestoreResult, restore
from kiosk.operation.backup.swap import complete_swap
from kiosk.operation.backup.writing import back_up
from kiosk.operation.folders import COMMAND_LOCK_NAME, KIOSK_LOCK_NAME, FolderRefused
from kiosk.operation.health import examine
from kiosk.operation.locks import command_lock, kiosk_lock
from kiosk.signups.crypto.keys import install_key
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.form import Signup
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.erasure import erase_address, erase_before
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.migrations import LATEST_VERSION
from kiosk.signups.store.queue import Queue
from kiosk.signups.store.recovery import recover
from kiosk.signups.store.suppression import SuppressionList
from tests.conftest import make_signup
from tests.faults.visitors import KEY, now, signup, take_stock

SIGNUPS = [signup(number) for number in range(4)]
Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "history" / "0001").mkdir(parents=True)
    (data / "history" / "0001" / "content.yaml").write_text("brand: {}\n")
    (data / "settings.toml").write_text('name = "Front window"\n')
    with Queue.open(data) as queue:
        for row in SIGNUPS:
            queue.add(row)
    return data


@pytest.fixture
def file(data: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    with command_lock(data), Queue.open(data) as queue:
        back_up(data, queue, tmp_path / "backup.zip", now())
    return tmp_path / "backup.zip"


def restored(data: Path, file: Path, *, replace: bool = False) -> RestoreResult:
    with opened_backup(file) as backup, kiosk_lock(data), command_lock(data):
        return restore(data, backup, now(), replace=replace)


def signups(data: Path) -> list[Signup]:
    with Queue.open(data) as queue:
        return take_stock(queue).signups


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the locks, which are empty."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name not in {KIOSK_LOCK_NAME, COMMAND_LOCK_NAME}
    }


# To another machine, and back


def test_an_empty_folder_becomes_what_was_backed_up(file: Path, tmp_path: Path, data: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()

    result = restored(new, file)

    assert result.aside is None
    assert signups(new) == SIGNUPS
    for name in ("settings.toml", "history/0001/content.yaml"):
        assert (new / name).read_bytes() == (data / name).read_bytes()
    assert (new / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert not [entry.name for entry in new.iterdir() if entry.name.startswith(".")]


def test_what_was_in_the_folder_is_set_aside_as_it_was(data: Path, file: Path) -> None:
    (data / "settings.toml").write_text('name = "later"\n')
    (data / "usage").mkdir()
    (data / "usage" / "counts").write_text("7")
    before = contents(data)

    result = restored(data, file)

    assert result.aside is not None
    assert contents(result.aside) == before
    assert not (data / "usage").exists()
    assert (data / "settings.toml").read_text() == 'name = "Front window"\n'
    (finding,) = [finding for finding in examine(data) if finding.name == "set aside"]
    assert finding.needs_attention
    assert str(result.aside) in finding.text


def test_a_second_restore_leaves_the_first_ones_folder_alone(data: Path, file: Path) -> None:
    first, second = restored(data, file).aside, restored(data, file).aside

    assert first is not None
    assert second is not None
    assert replaced_folders(data) == sorted([first, second])
    assert signups(first) == signups(second) == signups(data) == SIGNUPS


# What happened since


def test_signups_that_the_backup_lacks_are_not_replaced_unasked(data: Path, file: Path) -> None:
    later = make_signup(created_at=now())
    with Queue.open(data) as queue:
        queue.add(later)
    before = contents(data)

    with pytest.raises(
        BackupRefused, match=r"holds 1 signup that the backup lacks; pass --replace"
    ):
        restored(data, file)

    assert contents(data) == before
    result = restored(data, file, replace=True)
    assert result.missing_count == 1
    assert signups(data) == SIGNUPS
    assert result.aside is not None
    with Queue.open(data) as queue:  # and they can be brought back
        recover(queue, result.aside / FILE_NAME, now())
    assert signups(data) == [*SIGNUPS, later]


@pytest.mark.parametrize("is_sealed", [False, True])
def test_what_was_erased_since_stays_erased(data: Path, file: Path, is_sealed: bool) -> None:
    if is_sealed:
        install_key(data, KEY.public_key, now())
    with Queue.open(data) as queue:
        address = SIGNUPS[1].person.email
        erase_address(
            queue,
            address,
            now(),
            suppress=True,
            public_key=KEY.public_key if is_sealed else None,
        )

    result = restored(data, file)

    assert result.erased_count == 1
    assert signups(data) == [SIGNUPS[0], *SIGNUPS[2:]]
    assert address.encode() not in (data / FILE_NAME).read_bytes()
    with Queue.open(data) as queue:
        suppressed = SuppressionList(queue, KEY if is_sealed else None, as_of_export=None)
        assert suppressed.contains(address) is True
        queue.add(SIGNUPS[1])  # not even from another copy
        assert queue.count() == 3
        assert read_ledger(queue).is_balanced


def test_what_was_exported_since_does_not_wait_again(
    data: Path, file: Path, tmp_path: Path
) -> None:
    with Queue.open(data) as queue:
        done = export(queue, ExportRequest(tmp_path / "out.csv"), now())
        queue.add(make_signup())

    restored(data, file, replace=True)

    with Queue.open(data) as queue:
        assert queue.count("new") == 0
        assert [facts.number for facts in queue.exports()] == [done.number]
        assert export(queue, ExportRequest(tmp_path / "next.csv"), now()).signups == 0


def test_what_was_exported_before_an_earlier_restore_does_not_wait_again(
    data: Path, file: Path, tmp_path: Path
) -> None:
    """A backup without the signups comes in between, and with it a database that forgets them."""
    (tmp_path / "empty").mkdir()
    with command_lock(tmp_path / "empty"):
        back_up(tmp_path / "empty", None, tmp_path / "empty.zip", now())
    with Queue.open(data) as queue:
        export(queue, ExportRequest(tmp_path / "out.csv"), now())
    restored(data, tmp_path / "empty.zip", replace=True)

    restored(data, file)

    assert signups(data) == SIGNUPS
    with Queue.open(data) as queue:
        assert queue.count("new") == 0


def test_what_was_erased_and_captured_since_is_not_missing(data: Path, file: Path) -> None:
    with Queue.open(data) as queue:
        queue.add(make_signup())
        erase_before(queue, now().date(), now())

    result = restored(data, file)

    assert result.erased_count == len(SIGNUPS)
    assert signups(data) == []


def test_damaged_signups_are_compared_as_far_as_they_can_be_read(data: Path, file: Path) -> None:
    with Queue.open(data) as queue:
        erase_address(queue, SIGNUPS[1].person.email, now())
    with (data / FILE_NAME).open("r+b") as database:
        database.write(bytes(100))  # its header

    assert restored(data, file).erased_count == 1
    assert signups(data) == [SIGNUPS[0], *SIGNUPS[2:]]


def test_signups_of_a_newer_kiosk_are_not_replaced_unasked(data: Path, file: Path) -> None:
    with Queue.open(data) as queue:
        queue.execute("CREATE TABLE test_drives (number INTEGER PRIMARY KEY)")
        queue.execute(f"PRAGMA user_version = {LATEST_VERSION + 1}")

    with pytest.raises(BackupRefused, match=f"{FILE_NAME} cannot be read, so it is not known"):
        restored(data, file)

    assert restored(data, file, replace=True).unread == (FILE_NAME,)
    assert signups(data) == SIGNUPS


# Files that are no backup, or no longer


def rewritten(file: Path, change: Change) -> Path:
    """The same backup with members as `change` leaves them."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    changed = file.with_name("changed.zip")
    with ZipFile(changed, "w", ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return changed


def with_list(**values: object) -> Change:
    def change(members: dict[str, bytes]) -> None:
        listed = json.loads(members["backup.json"])
        members["backup.json"] = json.dumps(listed | values).encode()

    return change


def renamed(name: str) -> Change:
    """`settings.toml` under another name, in the list as well."""

    def change(members: dict[str, bytes]) -> None:
        members[f"data/{name}"] = members.pop("data/settings.toml")
        listed = members["backup.json"].decode()
        members["backup.json"] = listed.replace('"settings.toml"', json.dumps(name)).encode()

    return change


def refusal(data: Path, file: Path) -> str:
    before = contents(data)
    with pytest.raises(BackupRefused) as refused:
        restored(data, file, replace=True)
    assert contents(data) == before
    assert str(file) in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda members: members.pop("data/settings.toml"), "files are missing"),
        (lambda members: members.update({"data/more": b"more"}), "'data/more' in it is not as"),
        (lambda members: members.update({"elsewhere": b"more"}), "'elsewhere' in it is not as"),
        (
            lambda members: members.update({"data/settings.toml": b'name = "Back window!"\n'}),
            "is not as it was written",
        ),
        (lambda members: members.update({"data/settings.toml": b"short"}), "not as it was listed"),
        (lambda members: members.update({"backup.json": b"{"}), "damaged or incomplete"),
        (lambda members: members.update({"backup.json": b"[]"}), "list cannot be read"),
        (lambda members: members.pop("backup.json"), "is not a backup of a kiosk"),
        (with_list(format=2, kiosk="9.9"), "version 9.9 of the kiosk, which is newer"),
        (with_list(schema=LATEST_VERSION + 1), "which is newer than this one"),
        (with_list(files=[["settings.toml", -1, ""]]), "negative size"),
        (renamed("../settings.toml"), "leads out of the data folder"),
        (renamed("/etc/settings.toml"), "leads out of the data folder"),
        (renamed("history/../../settings.toml"), "leads out of the data folder"),
        (renamed("..\\settings.toml"), "leads out of the data folder"),
        (renamed("a\0b"), "leads out of the data folder"),
        (with_list(files=[["a\ud800b", 1, ""]]), "leads out of the data folder"),
        (lambda members: members.update({"data/more/": b""}), "'data/more/' in it is not as"),
        (renamed("kiosk.lock"), "which no backup holds"),
        (renamed(".restoring/new"), "which no backup holds"),
        (renamed("history"), "have the same name"),
        (renamed(FILE_NAME), "have the same name"),
    ],
)
def test_a_changed_backup_is_refused_and_changes_nothing(
    data: Path, file: Path, change: Change, reason: str
) -> None:
    assert reason in refusal(data, rewritten(file, change))


def test_a_backup_cut_off_anywhere_is_refused(data: Path, file: Path, tmp_path: Path) -> None:
    raw = file.read_bytes()
    cut = tmp_path / "cut.zip"
    for length in [0, 1, 21, *random.Random(3).sample(range(22, len(raw)), 30), len(raw) - 1]:
        cut.write_bytes(raw[:length])
        assert "damaged or incomplete" in refusal(data, cut)


def test_a_backup_with_any_wrong_byte_is_refused_or_restored_as_it_was(
    data: Path, file: Path, tmp_path: Path
) -> None:
    raw, flipped = file.read_bytes(), tmp_path / "flipped.zip"
    chance = random.Random(5)
    refused = 0
    for number, place in enumerate(chance.sample(range(len(raw)), 60)):
        flipped.write_bytes(raw[:place] + bytes([raw[place] ^ 0x40]) + raw[place + 1 :])
        new = tmp_path / f"new-{number}"
        new.mkdir()
        try:
            restored(new, flipped)
        except BackupRefused:
            refused += 1
            assert {entry.name for entry in new.iterdir()} <= {KIOSK_LOCK_NAME, COMMAND_LOCK_NAME}
        else:  # a date or an attribute of a member, which nobody reads
            assert signups(new) == SIGNUPS
    assert refused > 40


def test_a_link_in_a_backup_is_refused(data: Path, file: Path, tmp_path: Path) -> None:
    link = ZipInfo("data/settings.toml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(file) as archive, ZipFile(tmp_path / "link.zip", "w") as changed:
        for name in archive.namelist():
            changed.writestr(link if name == link.filename else name, archive.read(name))

    assert "is not a plain file" in refusal(data, tmp_path / "link.zip")


def test_a_member_without_a_name_is_refused(data: Path, file: Path, tmp_path: Path) -> None:
    nameless = ZipInfo("x")
    nameless.filename = ""
    shutil.copy(file, tmp_path / "nameless.zip")
    with ZipFile(tmp_path / "nameless.zip", "a") as changed, changed.open(nameless, "w"):
        pass

    assert "'' in it is not as it was listed" in refusal(data, tmp_path / "nameless.zip")


def test_a_backup_that_was_compressed_by_another_program_is_refused(
    data: Path, file: Path, tmp_path: Path
) -> None:
    """Each way to compress has its own errors for damage, which nobody would expect."""
    with ZipFile(file) as archive, ZipFile(tmp_path / "other.zip", "w", ZIP_LZMA) as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name))

    assert "is compressed as none in a backup is" in refusal(data, tmp_path / "other.zip")


def test_a_backup_that_would_fill_the_disk_is_refused_before_anything_is_unpacked(
    data: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SPARE_BYTES", shutil.disk_usage(tmp_path).total)
    before = contents(data)

    needs = r"backup.zip needs [\d,]+ MB to be restored, and the data folder's disk has [\d,]+ MB"
    with pytest.raises(BackupRefused, match=needs):
        restored(data, file)

    assert contents(data) == before


def test_a_member_longer_than_its_header_says_is_not_unpacked_whole(
    data: Path, file: Path, tmp_path: Path
) -> None:
    """A bomb: 50 MB of zeros whose headers and list claim a few bytes."""

    def blow_up(members: dict[str, bytes]) -> None:
        members["data/settings.toml"] = bytes(50_000_000)

    bomb = rewritten(file, blow_up)
    size = (50_000_000).to_bytes(4, "little")
    claimed = (data / "settings.toml").stat().st_size.to_bytes(4, "little")
    bomb.write_bytes(bomb.read_bytes().replace(size, claimed))

    assert "damaged or incomplete" in refusal(data, bomb)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: None])
def test_what_is_no_file_is_no_backup(
    data: Path, tmp_path: Path, make: Callable[[Path], object]
) -> None:
    make(tmp_path / "odd.zip")
    assert "cannot be read" in refusal(data, tmp_path / "odd.zip")


def test_an_export_is_no_backup(data: Path, tmp_path: Path) -> None:
    with Queue.open(data) as queue:
        export(queue, ExportRequest(tmp_path / "out.xlsx"), now())
    assert "is not a backup of a kiosk" in refusal(data, tmp_path / "out.xlsx")


# Interrupted


def test_an_interrupted_restore_is_completed_by_whoever_comes_next(
    data: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.operation.backup.restoring.complete_swap", _killed)
    with pytest.raises(KeyboardInterrupt):
        restored(data, file)
    assert any("restore was interrupted" in finding.text for finding in examine(data))

    with kiosk_lock(data):
        assert signups(data) == SIGNUPS
        assert len(replaced_folders(data)) == 1
    assert not any("restore was interrupted" in finding.text for finding in examine(data))


def _killed(_: Path) -> Path:
    raise KeyboardInterrupt


def test_a_restore_that_cannot_be_completed_says_so_and_can_be_later(
    data: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "settings.toml":
            raise OSError(30, "Read-only file system")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(FolderRefused, match="was interrupted and cannot be completed"):
            restored(data, file)

    complete_swap(data)
    assert signups(data) == SIGNUPS
