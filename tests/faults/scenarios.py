"""What the power is cut in: scenes in the life of a kiosk, each played in a process of its own.

`python -m tests.faults.scenarios NAME FOLDER` plays one. It says on its output what it is about to
do and what it has promised; each word is a system call of its own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import nacl.public  # noqa: F401 # before the folder is looked at

from kiosk.operation.folders import create_data_folder
from kiosk.signups.crypto import keys
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.erasure import erase_address, erase_expired, seal_in_place
from kiosk.signups.store.local_store import LocalSignupStore
from kiosk.signups.store.queue import Queue
from tests.faults.visitors import KEY, now, signup
from tests.signups import tomorrow

BEFORE = range(6)
"""Visitors who had signed up when a scene with a past begins."""
EXPORTED_BEFORE = range(2)
"""Those of them who were exported already."""
NEW = range(6, 12)
ERASED = 3
OUT = "exports"
EXPORTED_FILE = "1.csv"


def say(*words: object) -> None:
    """An announcement, on the way the moment it is made."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


@dataclass(frozen=True)
class Scenario:
    """`prepare` makes what is on the disk since long; `play` is what the power is cut in."""

    play: Callable[[Path], None]
    prepare: Callable[[Path], None]
    before: range = range(0)


def data(folder: Path) -> Path:
    """The data folder of a scene."""
    return folder / "data"


def nothing(_: Path) -> None:
    """A new machine."""


def six_signups(folder: Path) -> None:
    """A kiosk that has been running for a while."""
    create_data_folder(data(folder))
    (folder / OUT).mkdir()
    _sign_up(folder, BEFORE)


def six_sealed(folder: Path) -> None:
    """The same, with a key."""
    create_data_folder(data(folder))
    keys.install_key(data(folder), KEY.public_key, now())
    _sign_up(folder, BEFORE)


def two_exported(folder: Path) -> None:
    """The same, some of it exported, and a copy from before an update is still there."""
    create_data_folder(data(folder))
    _sign_up(folder, BEFORE[: len(EXPORTED_BEFORE)])
    with Queue.open(data(folder)) as queue:
        export(queue, ExportRequest(folder / EXPORTED_FILE), now())
    _sign_up(folder, BEFORE[len(EXPORTED_BEFORE) :])
    file = data(folder) / FILE_NAME
    copyfile(file, file.with_suffix(".before-1.sqlite3"))


def damaged(folder: Path) -> None:
    """A file that no longer is a database, and beside it a journal that SQLite leaves alone."""
    create_data_folder(data(folder))
    (data(folder) / FILE_NAME).write_bytes(DAMAGED)
    (data(folder) / f"{FILE_NAME}-journal").write_bytes(DAMAGED_JOURNAL)


DAMAGED = b"damaged " * 1024
DAMAGED_JOURNAL = bytes(512) + b"journal " * 1024


def first_day(folder: Path) -> None:
    """From nothing to some signups, as `run` goes about it."""
    create_data_folder(data(folder))
    _sign_up(folder, NEW, announce=True)


def later_day(folder: Path) -> None:
    """Signups into the database there is."""
    _sign_up(folder, NEW, announce=True)


def updated(folder: Path) -> None:
    """The first signups after the program was replaced by one with another schema."""
    tomorrow.begin()
    two_visitors(folder)


def two_visitors(folder: Path) -> None:
    """The first signups after something happened to the database."""
    _sign_up(folder, NEW[:2], announce=True)


def key_installed(folder: Path) -> None:
    """A key between two signups."""
    _sign_up(folder, NEW[:1], announce=True)
    say("installing")
    keys.install_key(data(folder), KEY.public_key, now())
    say("installed")
    _sign_up(folder, NEW[1:4], announce=True)


def exported(ending: str) -> Callable[[Path], None]:
    """What is new, into a file of another folder; then what came since, into another."""

    def play(folder: Path) -> None:
        for name, arriving in (("one", NEW[:1]), ("two", NEW[1:2])):
            with Queue.open(data(folder)) as queue:
                out = folder / OUT / f"{name}.{ending}"
                say("exporting", out.name)
                export(queue, ExportRequest(out), now())
                say("exported", out.name)
            _sign_up(folder, arriving, announce=True)

    return play


def erased(folder: Path) -> None:
    """All signups of one address."""
    with Queue.open(data(folder)) as queue:
        say("erasing", ERASED)
        erase_address(queue, signup(ERASED).person.email, now())
        say("erased", ERASED)
    _sign_up(folder, NEW[:1], announce=True)


def overdue(folder: Path) -> None:
    """What was exported long ago."""
    with Queue.open(data(folder)) as queue:
        say("erasing", *EXPORTED_BEFORE)
        erase_expired(queue, 1, now().replace(year=now().year + 1))
        say("erased", *EXPORTED_BEFORE)


def sealed_in_place(folder: Path) -> None:
    """Whatever lay open."""
    with Queue.open(data(folder)) as queue:
        say("sealing")
        seal_in_place(queue, KEY.public_key, now())
        say("sealed")
    _sign_up(folder, NEW[:1], announce=True)


def _sign_up(folder: Path, visitors: Iterable[int], *, announce: bool = False) -> None:
    store = LocalSignupStore(data(folder), now)
    for visitor in visitors:
        if announce:
            say("accepting", visitor)
        store.save(signup(visitor))
        if announce:
            say("thanked", visitor)
    store.close()


SCENARIOS = {
    "the first day": Scenario(first_day, nothing),
    "a later day": Scenario(later_day, six_signups, BEFORE),
    "a later day with a key": Scenario(later_day, six_sealed, BEFORE),
    "a key is installed": Scenario(key_installed, six_signups, BEFORE),
    "an export to .csv": Scenario(exported("csv"), six_signups, BEFORE),
    "an export to .jsonl": Scenario(exported("jsonl"), six_signups, BEFORE),
    "an export to .xlsx": Scenario(exported("xlsx"), six_signups, BEFORE),
    "an erasure": Scenario(erased, two_exported, BEFORE),
    "an erasure of what is overdue": Scenario(overdue, two_exported, BEFORE),
    "sealing in place": Scenario(sealed_in_place, two_exported, BEFORE),
    "a migration": Scenario(updated, six_signups, BEFORE),
    "a damaged file": Scenario(two_visitors, damaged),
}


if __name__ == "__main__":
    SCENARIOS[sys.argv[1]].play(Path(sys.argv[2]))
