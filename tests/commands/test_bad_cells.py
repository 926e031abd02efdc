"""One value that cannot be read concerns its row alone, whatever table and column it is in.

Each value is written past what SQLite refuses, into a copy of one data folder; then every command
of a manager runs on a copy of that, and a visitor signs up.
"""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from kiosk.signups.crypto.sealed_box import PrivateKey
from kiosk.signups.export.exporter import ExportRequest, export, repeat
from kiosk.signups.store.database import FILE_NAME, damaged_files
from kiosk.signups.store.erasure import erase_address
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from tests.commands.conftest import NOW, Kiosk
from tests.conftest import make_signup
from tests.long_runs import IS_LONG

BAD = {
    "no text": "CAST(x'ff' AS TEXT)",
    "nothing": "NULL",
    "empty": "''",
    "bytes": "x'00ff'",
    "negative": "-1",
    "absurd": "4611686018427387904",
    "broken": "1.5",
}
TABLES = {
    "signups": "number id created_at clock_trusted kiosk content_version ticked consent_id key_id",
    "people": "number personal",
    "consents": "id version language wording notice",
    "days": "day captured",
    "exports": "number created_at file_name format size sha256 selection is_deduped row_count"
    " signup_count repeats clock_trusted kept_since",
    "exported": "signup export",
    "erasures": "number created_at reason signup_count",
    "erased": "signup id day erasure",
    "sealing_keys": "key_id public_key installed_at",
    "suppression_keys": "number secret key_id",
    "suppressed": "hash suppression_key after_export",
}
COLUMNS = [(table, column) for table, names in TABLES.items() for column in names.split()]
MAY_BE_SO = {
    ("signups", "clock_trusted"): {"nothing"},
    ("signups", "key_id"): {"nothing"},
    ("exports", "size"): {"nothing"},
    ("exports", "sha256"): {"nothing", "empty"},
    ("exports", "format"): {"empty"},
    ("exports", "repeats"): {"nothing"},
    ("exports", "clock_trusted"): {"nothing"},
    ("exports", "kept_since"): {"nothing"},
    ("suppression_keys", "key_id"): {"nothing"},
    **{("signups", column): {"empty"} for column in ("kiosk", "content_version", "ticked")},
}
"""What an older version, or a kiosk without a key, writes there."""


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with something in every table."""
    return tmp_path_factory.mktemp("sound")


@pytest.fixture
def spoilt(sound: Path, tmp_path: Path) -> Callable[[str, str, str], bool]:
    """Makes a data folder with one bad value; False where SQLite cannot hold it there."""
    if not any(sound.iterdir()):
        _fill(sound, tmp_path)

    def spoil(table: str, column: str, value: str) -> bool:
        folder = tmp_path / "spoilt"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sound, folder)
        return _spoil(folder / FILE_NAME, table, column, value)

    return spoil


def _fill(folder: Path, beside: Path) -> None:
    with Queue.open(folder) as queue:
        for number in range(6):
            queue.add(make_signup(email=f"v{number}@example.com"))
        export(queue, ExportRequest(beside / "first.csv"), NOW, is_clock_trusted=True)
        repeat(queue, 1, beside / "again.csv", NOW, is_clock_trusted=True)
        erase_address(queue, "v5@example.com", NOW, suppress=True)
        for number in range(6, 9):
            queue.add(make_signup(email=f"v{number}@example.com"))
        queue.save_key(PrivateKey.generate().public_key, NOW)


def _spoil(file: Path, table: str, column: str, value: str) -> bool:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        (strict,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        loose = re.sub(r" STRICT,?|NOT NULL|CHECK \([^)]*\)\)?", " ", strict)
        loose = re.sub(r"\bTEXT\b|\bINTEGER\b(?! PRIMARY)", "BLOB", loose)
        keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
    row = 2 if table in {"signups", "people"} else 0
    at = f"(SELECT {', '.join(keys)} FROM {table} ORDER BY {keys[0]} LIMIT 1 OFFSET {row})"
    try:
        _declare(file, table, loose)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute(
                f"UPDATE {table} SET {column} = {value} WHERE ({', '.join(keys)}) = {at}"
            )
    except sqlite3.Error:
        return False
    finally:
        _declare(file, table, strict)
    return True


def _declare(file: Path, table: str, sql: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))


def _some(table: str, column: str) -> list[str]:
    """All of the bad values in a long run; else one that differs from column to column."""
    names = list(BAD)
    if IS_LONG:
        return names
    return [names[COLUMNS.index((table, column)) % len(names)]]


def _emails(file: Path) -> set[str]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return {row["email"] for row in csv.DictReader(text)}


@pytest.mark.slow(reason="sixteen commands for each column")
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_bad_value_concerns_its_row_alone(
    kiosk: Kiosk,
    spoilt: Callable[[str, str, str], bool],
    table: str,
    column: str,
) -> None:
    for name in _some(table, column):
        if not spoilt(table, column, BAD[name]):
            continue
        is_bad = name not in MAY_BE_SO.get((table, column), set())

        def fresh() -> None:
            shutil.rmtree(kiosk.data)
            shutil.copytree(kiosk.folder / "spoilt", kiosk.data)
            for file in kiosk.folder.glob("out.*"):
                file.unlink()

        all_ = {f"v{number}@example.com" for number in (0, 1, 2, 3, 4, 6, 7, 8)}
        others = all_ - {"v2@example.com"}
        for options in ("", "--since 2024-01-01", "--all --dedupe"):
            fresh()
            result = kiosk("export", "--out", "out.csv", *(options or "--all").split())
            assert result.status in {0, 1}, (name, result)
            if table != "consents":
                assert _emails(kiosk.folder / "out.csv") >= others, (name, result)
            elif is_bad:
                assert result.status == 1, (name, result)
                assert "its consent text" in result.err
            if result.status == 0 and options == "":
                assert _emails(kiosk.folder / "out.csv") == all_, (name, result)
        for command in (
            "export --all --out out.xlsx",
            "export --out out.jsonl",
            "signups",
            "signups --json",
            "erase --before 2024-05-03 --yes",
            "keys seal",
            "recover",
        ):
            fresh()
            result = kiosk(*command.split())
            assert result.status in {0, 1} or "no key is installed" in result.err, (name, result)
        fresh()
        result = kiosk("export", "--again", "2", "--out", "out.csv")
        assert result.status in {0, 1} or "there is no export 2" in result.err, (name, result)
        fresh()
        assert "1 signup erased" in kiosk("erase", "v4@example.com").out, name
        fresh()
        health = [line for line in kiosk("health").out.splitlines() if "signups" in line]
        assert len(health) > 1 or "damaged" in health[0] or not is_bad, (name, health)
        fresh()
        _sign_up(kiosk.data)


def _sign_up(data: Path) -> None:
    visitor = make_signup(email="visitor@example.com")
    store = LocalSignupStore(data, lambda: NOW + timedelta(days=40))
    store.save(visitor)
    store.erase_expired(30)
    store.close()
    with Queue.open_read_only(data) as queue:
        held = queue.count()
        assert queue.query("SELECT 1 FROM signups WHERE id = ?", (visitor.id,)) == [(1,)]
    assert held > 1 or damaged_files(data)
