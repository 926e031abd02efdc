"""The model of a disk loses exactly what was not synced."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from tests.faults.disk_model import SECTOR, Disk, File, PowerCut, Truncate, Write

LOST, KEPT = PowerCut(0), PowerCut(1)
DIARY = PurePosixPath("diary")
NOTES = PurePosixPath("notes")


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def diary(disk: Disk) -> File:
    """A file whose name is certain."""
    file = disk.make_file(DIARY)
    disk.root.sync()
    return file


def test_what_was_synced_outlives_the_cut(disk: Disk, diary: File) -> None:
    diary.change(Write(0, b"dear"))
    diary.sync()

    assert disk.after(LOST) == disk.after(KEPT) == {DIARY: b"dear"}
    assert disk.uncertain() == 0


def test_what_was_not_synced_may_be_lost_or_kept(disk: Disk, diary: File) -> None:
    diary.change(Write(0, b"dear"))
    diary.sync()
    diary.change(Write(2, b"ep sea"))

    assert disk.after(LOST) == {DIARY: b"dear"}
    assert disk.after(KEPT) == {DIARY: b"deep sea"}
    assert disk.uncertain() == 1


def test_a_synced_file_is_lost_without_its_name(disk: Disk) -> None:
    file = disk.make_file(DIARY)
    file.change(Write(0, b"dear"))
    file.sync()

    assert disk.after(LOST) == {}
    disk.root.sync()
    assert disk.after(LOST) == {DIARY: b"dear"}


def test_a_name_without_a_synced_content_leads_to_nothing_much(disk: Disk, diary: File) -> None:
    diary.change(Write(0, b"dear"))

    assert disk.after(LOST) == {DIARY: b""}


def test_a_removed_file_comes_back_until_its_folder_is_synced(disk: Disk, diary: File) -> None:
    disk.remove(DIARY)

    assert disk.after(LOST) == {DIARY: b""}
    assert disk.after(KEPT) == {}
    disk.root.sync()
    assert disk.after(LOST) == {}


def test_a_renamed_file_is_under_one_of_its_names(disk: Disk, diary: File) -> None:
    disk.make_file(NOTES)
    disk.root.sync()
    diary.change(Write(0, b"dear"))
    diary.sync()
    disk.rename(DIARY, NOTES)

    assert disk.after(LOST) == {DIARY: b"dear", NOTES: b""}
    assert disk.after(KEPT) == {NOTES: b"dear"}


def test_a_second_name_may_be_lost_and_leads_to_the_same_file(disk: Disk, diary: File) -> None:
    disk.root.sync()
    disk.link(DIARY, NOTES)
    diary.change(Write(0, b"dear"))
    diary.sync()

    assert disk.after(LOST) == {DIARY: b"dear"}
    assert disk.after(KEPT) == {DIARY: b"dear", NOTES: b"dear"}


def test_a_file_in_a_folder_needs_the_folders_own_name(disk: Disk) -> None:
    folder = PurePosixPath("data")
    disk.make_folder(folder)
    disk.make_file(folder / "diary")
    disk.folder(folder).sync()

    assert disk.after(LOST) == {}
    disk.root.sync()
    assert disk.after(LOST) == {folder: None, folder / "diary": b""}


def test_a_truncation_may_be_lost_alone(disk: Disk, diary: File) -> None:
    diary.change(Write(0, b"dear"))
    diary.sync()
    diary.change(Truncate(0))
    diary.change(Write(6, b"!"))

    assert disk.after(KEPT) == {DIARY: b"\0\0\0\0\0\0!"}
    found = {bytes(disk.after(PowerCut(0.5, seed))[DIARY] or b"") for seed in range(100)}
    assert found == {b"dear", b"", b"dear\0\0!", b"\0\0\0\0\0\0!"}


def test_a_write_is_torn_at_sectors(disk: Disk, diary: File) -> None:
    diary.change(Write(0, b"-" * 3 * SECTOR))
    diary.sync()
    diary.change(Write(SECTOR // 2, b"x" * 2 * SECTOR))

    found = {bytes(disk.after(PowerCut(0.5, seed))[DIARY] or b"") for seed in range(400)}

    parts = ((256, 512), (512, 1024), (1024, 1280))
    assert len(found) == 2 ** len(parts)
    for content in found:
        assert all(len(set(content[start:stop])) == 1 for start, stop in parts)
        assert content[:256] + content[1280:] == b"-" * 512


def test_a_disk_begins_with_what_a_folder_holds(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "diary").write_bytes(b"dear")

    disk = Disk.holding(tmp_path)

    assert disk.uncertain() == 0
    assert disk.after(LOST) == {PurePosixPath("data"): None, PurePosixPath("data/diary"): b"dear"}
