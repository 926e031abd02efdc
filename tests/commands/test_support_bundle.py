"""A support bundle has what an engineer needs, and nothing that a visitor typed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock
from zipfile import ZipFile

import pytest

from kiosk import __version__
from kiosk.operation.backup.archive import REPLACED_PREFIX
from kiosk.operation.status import Status, StatusFile
from kiosk.signups.store.database import FILE_NAME
from tests.commands.conftest import Kiosk
from tests.conftest import Contents

pytestmark = pytest.mark.usefixtures("moment")

EMAIL, NAME, CODE = "vera.visitor@example.org", "Vera Visitor-Example", "SW1A 2AA"
TYPED = (EMAIL, NAME, CODE)
SECRETS = ("argon2id-hash-of-the-pin", "the-private-key", "a-setting-with-a-password")


def bundled(kiosk: Kiosk, *options: str | Path) -> dict[str, bytes]:
    assert kiosk("support-bundle", "--out", "bundle.zip", *options).status == 0
    return members(kiosk.folder / "bundle.zip")


def members(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


@pytest.fixture
def content(contents: Contents) -> Path:
    return contents.write(contents.timeline())


@pytest.fixture
def shown(kiosk: Kiosk, content: Path) -> None:
    """The data folder's kiosk has shown a content."""
    StatusFile(kiosk.data, Status(str(content), "2024-05-02T08:00:00+00:00", "7")).write()


def test_an_engineer_finds_everything_and_a_manager_sees_what_is_in_it(
    kiosk: Kiosk, shown: None
) -> None:
    kiosk.fill("vera@example.com")
    (kiosk.data / "settings.toml").write_text('name = "Front window"\ntypo = 1\n')
    (kiosk.data / "kiosk.log").write_text("INFO kiosk: started\n")
    (kiosk.data / "kiosk.log.1").write_text("INFO kiosk: earlier\n")

    done = kiosk("support-bundle", "--out", "bundle.zip")

    assert done.status == 0
    bundle = members(kiosk.folder / "bundle.zip")
    assert set(bundle) == {
        *("health.txt", "figures.prom", "status.json", "settings.json", "versions.txt"),
        *("system.txt", "data-folder.txt", "history.txt", "logs/kiosk.log", "logs/kiosk.log.1"),
        *("content/content.yaml", "content/check.txt"),
    }
    assert all(f"  {name} " in done.out for name in bundle)
    assert "Look into it before you send it" in done.out
    assert b"not running" in bundle["health.txt"]
    assert b'showroom_kiosk_signups{state="waiting"} 1' in bundle["figures.prom"]
    assert json.loads(bundle["status.json"])["version"] == "7"
    settings = json.loads(bundle["settings.json"])
    assert settings["name"] == "Front window"
    assert "unknown setting 'typo'" in settings["problems"][0]
    assert f"kiosk {__version__}\n".encode() in bundle["versions.txt"]
    assert b"pyside6" in bundle["versions.txt"].lower()
    assert b"kernel " in bundle["system.txt"]
    assert FILE_NAME.encode() in bundle["data-folder.txt"]
    assert bundle["logs/kiosk.log"] == b"INFO kiosk: started\n"
    assert (kiosk.folder / "bundle.zip").stat().st_mode & 0o777 == 0o600


def test_nothing_that_was_typed_is_in_any_member(kiosk: Kiosk, shown: None) -> None:
    """In a data folder that is full of it, in places where it belongs and where it does not."""
    kiosk.fill(EMAIL, name=NAME, postal_code=CODE)
    kiosk.fill("other@example.com", name=NAME)
    kiosk("export", "--out", f"export for {EMAIL}.csv")
    kiosk("erase", "other@example.com", "--suppress")
    with closing(sqlite3.connect(kiosk.data / FILE_NAME)) as database:  # damage, of the worst kind
        database.execute("UPDATE signups SET id = ?, created_at = ?", (f"{NAME} {EMAIL}", CODE))
        database.execute("UPDATE exports SET file_name = ?, created_at = ?", (NAME, CODE))
        database.commit()
    typed = " ".join(TYPED)
    for name in (
        *("signups.damaged-20260101T000000-aaaaaa.sqlite3", "signups.before-2.sqlite3"),
        *("sealing-key.json", "pin.json", "pin-tries.json", "machine.json", "usage.txt"),
        *(f"{REPLACED_PREFIX}1/{FILE_NAME}", "history/0001/content.yaml", "consents.jsonl"),
        *(".status.json.part", f"note from {EMAIL}", "opening.json", f"{EMAIL}/{EMAIL}"),
    ):
        (kiosk.data / name).parent.mkdir(parents=True, exist_ok=True)
        (kiosk.data / name).write_text(f"{typed} {' '.join(SECRETS)}")
    (kiosk.data / "settings.toml").write_text(
        f'name = "Front window"\n"{EMAIL}" = "{SECRETS[2]}"\n# {typed}\n'
    )
    (kiosk.data / "kiosk.log").write_text(f"WARNING other: sent <{EMAIL}>, then {EMAIL}.\n")
    health = kiosk("health").out
    assert EMAIL in health  # it does name damaged rows to whoever has the machine

    bundle = bundled(kiosk)

    for name, raw in bundle.items():
        found = [text for text in (*TYPED, *SECRETS) if text.encode() in raw]
        assert not found, (name, found)
        assert EMAIL not in name
    assert b"sent <[address removed]>, then [address removed]" in bundle["logs/kiosk.log"]


def test_the_content_and_its_problems_are_in_it(kiosk: Kiosk, contents: Contents) -> None:
    file = contents.write(contents.timeline(), brand={"nmae": "MINI"})

    bundle = bundled(kiosk, "--content", file)
    assert bundle["content/content.yaml"] == file.read_bytes()
    assert b"did you mean 'name'" in bundle["content/check.txt"]


def test_content_that_is_gone_is_no_obstacle(kiosk: Kiosk) -> None:
    assert b"nowhere.yaml" in bundled(kiosk, "--content", "nowhere.yaml")["content/problem.txt"]


def test_a_part_that_cannot_be_collected_leaves_the_others(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kiosk.operation.support_bundle.collecting.system_facts",
        Mock(side_effect=RuntimeError(EMAIL)),
    )
    bundle = bundled(kiosk)
    assert bundle["system.txt"] == b"could not be collected (RuntimeError)\n"
    assert bundle["health.txt"]


def test_a_link_in_place_of_a_log_leads_nowhere(kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(f"{SECRETS[0]}\n")
    (kiosk.data / "kiosk.log").symlink_to(tmp_path / "elsewhere")
    (kiosk.data / "kiosk.log.1").write_text("INFO kiosk: started\n")

    bundle = bundled(kiosk)
    assert bundle["logs/kiosk.log"] == b"could not be collected (OSError)\n"
    assert bundle["logs/kiosk.log.1"] == b"INFO kiosk: started\n"


def test_files_that_come_and_go_or_have_odd_dates_leave_the_listing_whole(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A running kiosk creates and removes journals all the time."""
    for name in ("a-journal", "b-odd", "c-plain"):
        (kiosk.data / name).write_text("x")
    examine = Path.lstat

    def lstat(file: Path) -> object:
        if file.name == "a-journal":
            raise FileNotFoundError
        status = examine(file)
        if file.name != "b-odd":
            return status
        return SimpleNamespace(st_mode=0o100600, st_uid=0, st_size=1, st_mtime=1e15)

    monkeypatch.setattr(Path, "lstat", lstat)
    listing = bundled(kiosk)["data-folder.txt"].decode()
    assert "a-journal" not in listing
    assert "undated b-odd\n" in listing
    assert "c-plain" in listing


def test_only_the_end_of_a_long_log_is_in_it(kiosk: Kiosk) -> None:
    (kiosk.data / "kiosk.log").write_bytes(b"first\n" + b"x" * 3_000_000 + b"\nlast\n")
    log = bundled(kiosk)["logs/kiosk.log"]
    assert len(log) == 1_000_000
    assert log.endswith(b"\nlast\n")


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("bundle.tar", "must end in .zip"),
        ("data/bundle.zip", "would be in the data folder"),
        ("nowhere/bundle.zip", "cannot be written (No such file or directory)"),
    ],
)
def test_a_refusal_is_one_sentence(kiosk: Kiosk, out: str, sentence: str) -> None:
    assert sentence in kiosk("support-bundle", "--out", out).sentence
