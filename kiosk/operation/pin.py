"""The PIN of the staff area: chosen, stored and judged.

Two files in the data folder: `pin.json` holds a hash and is written by whoever chooses a PIN,
`pin-tries.json` counts wrong tries and is written by the kiosk. See decision 34.
"""

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kiosk.files import read_small_file, sync_folder, why_unreadable, write_small_file
from kiosk.operation.boot import read_boot_id
from kiosk.refused import Refused

PIN_FILE = "pin.json"
TRIES_FILE = "pin-tries.json"
FORMAT = 1
SHORTEST, LONGEST = 4, 12
PASSES, MEMORY_BYTES = 12, 64 << 20
"""A third of a second. PyNaCl's moderate limits take 256 MiB, more than the kiosk itself."""
HASH = re.compile(
    r"\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}"
)
MOST_MEMORY_KIB, MOST_PASSES = 1 << 18, 20
"""Of a hash in a file, so that a changed one cannot take all memory."""

FREE_TRIES = 5
DELAYS_SECONDS = (30, 60, 120, 240, 480, 900)
"""After the fifth wrong try in a row and each further one; from then on the last of them."""

EXAMPLES = "such as 0000, 1234 or 1212"
REMEDY = "free some space on the disk, or fix the folder's permissions"


class PinRefused(Refused):
    """This PIN cannot be chosen; the message says why and what to do, never the PIN."""


class PinUnusable(Exception):
    """No PIN can be judged; the message says why and what to do."""


class Moment(NamedTuple):
    """A moment that no clock can be set to: seconds since the machine started, sleep included."""

    boot: str
    """Which start of the machine it was."""
    seconds: float


class Attempt(NamedTuple):
    """What became of a PIN that was typed."""

    is_right: bool
    wait_seconds: float = 0
    """How long no further one is judged."""


def read_moment() -> Moment:
    return Moment(read_boot_id(), time.clock_gettime(time.CLOCK_BOOTTIME))


def set_pin(folder: Path, pin: str) -> None:
    """Choose the PIN; earlier wrong tries are forgotten.

    Raises:
        PinRefused: it is too easy to guess, too short, too long, or cannot be stored.
    """
    from nacl.pwhash import argon2id

    require_good(pin)
    for file in (folder / PIN_FILE, folder / TRIES_FILE):
        if file.is_dir() and not file.is_symlink():
            raise PinRefused(f"{file} is a folder; remove it, then choose the PIN again")
    hashed = argon2id.str(pin.encode(), opslimit=PASSES, memlimit=MEMORY_BYTES).decode()
    content = json.dumps({"format": FORMAT, "argon2id": hashed}).encode()
    try:
        write_small_file(folder / PIN_FILE, content, survives_power_cut=True)
        sync_folder(folder)
        (folder / TRIES_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise PinRefused(
            f"the PIN cannot be stored in {folder} ({error.strerror}); {REMEDY}"
        ) from None


def remove_pin(folder: Path) -> bool:
    """Close the staff area; whether there was a PIN.

    Raises:
        PinRefused: it cannot be removed.
    """
    try:
        (folder / PIN_FILE).unlink()
        sync_folder(folder)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise PinRefused(f"{folder / PIN_FILE} cannot be removed ({error.strerror})") from None
    return True


def require_good(pin: str) -> None:
    """Refuse what is not a PIN, and what anybody would try first.

    Raises:
        PinRefused: says what is expected.
    """
    if not re.fullmatch(r"[0-9]+", pin):
        raise PinRefused("a PIN consists of digits only; choose 4 to 12 of them")
    if not SHORTEST <= len(pin) <= LONGEST:
        raise PinRefused(f"the PIN has {SHORTEST} to {LONGEST} digits; choose another")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    is_run = len(steps) == 1 and steps <= {0, 1, 9}
    is_repeated = pin in (pin + pin)[1:-1]
    if is_run or is_repeated or pin in {"2580", "0852"}:  # the middle of the keys
        raise PinRefused(f"a PIN {EXAMPLES} is too easy to guess; choose another")


def has_pin(folder: Path) -> bool:
    """Whether a PIN has been chosen.

    Raises:
        PinUnusable: its file is damaged or cannot be read.
    """
    return _load_hash(folder) is not None


def count_failures(folder: Path) -> int:
    """Wrong tries since the last right one.

    Raises:
        PinUnusable: their file cannot be read.
    """
    return _load_tries(folder).failures


def remaining_wait(folder: Path, now: Moment) -> float:
    """Seconds until the next try is judged.

    Raises:
        PinUnusable: the file of wrong tries cannot be read.
    """
    return _load_tries(folder).wait_seconds(now)


def try_pin(folder: Path, pin: str, now: Moment) -> Attempt:
    """Judge what was typed; takes a third of a second, whatever that is.

    A try is counted on the disk as a wrong one before it is judged, so that pulling the plug in
    between gains nothing.

    Raises:
        PinUnusable: there is no PIN, or a file is damaged or cannot be read or written.
    """
    from nacl.exceptions import InvalidkeyError
    from nacl.pwhash import argon2id

    hashed = _load_hash(folder)
    if hashed is None:
        raise PinUnusable("no PIN has been chosen; 'kiosk pin' sets one")
    tries = _load_tries(folder)
    wait_seconds = tries.wait_seconds(now)
    if wait_seconds > 0:
        return Attempt(is_right=False, wait_seconds=wait_seconds)
    tries = Tries(tries.failures + 1, now)
    _store_tries(folder, tries)
    try:
        argon2id.verify(hashed, pin.encode())
    except InvalidkeyError:
        return Attempt(is_right=False, wait_seconds=tries.wait_seconds(now))
    _store_tries(folder, Tries(0, now))
    return Attempt(is_right=True)


class Tries(NamedTuple):
    """How many wrong tries there were in a row, and when the last one was."""

    failures: int
    last: Moment

    def wait_seconds(self, now: Moment) -> float:
        """How long the next one has to wait.

        The time from before a restart of the machine does not count: no clock tells how long the
        machine was off, only the system's own, and that may be wrong.
        """
        if self.failures < FREE_TRIES:
            return 0
        delay = DELAYS_SECONDS[min(self.failures - FREE_TRIES, len(DELAYS_SECONDS) - 1)]
        since = self.last.seconds if now.boot == self.last.boot else 0
        return max(0, delay - max(0, now.seconds - since))


NEVER = Tries(0, Moment("", 0))
DAMAGED = Tries(FREE_TRIES + len(DELAYS_SECONDS), Moment("", 0))
"""In place of a count that cannot be understood: the longest wait since the machine started."""


def _load_tries(folder: Path) -> Tries:
    file = folder / TRIES_FILE
    try:
        values = json.loads(read_small_file(file))
        failures, boot, seconds = values["failures"], values["boot"], values["seconds"]
    except FileNotFoundError:
        return NEVER
    except OSError as error:
        raise PinUnusable(
            why_unreadable(file, error, "fix its permissions, or run 'kiosk pin'")
        ) from None
    except (ValueError, LookupError, TypeError, RecursionError):
        return DAMAGED
    is_count = type(failures) is int and 0 <= failures < 1 << 31
    if is_count and isinstance(boot, str) and type(seconds) in {int, float} and seconds >= 0:
        return Tries(failures, Moment(boot, seconds))
    return DAMAGED


def _store_tries(folder: Path, tries: Tries) -> None:
    values = {"failures": tries.failures, **tries.last._asdict()}
    try:
        write_small_file(folder / TRIES_FILE, json.dumps(values).encode(), survives_power_cut=True)
        sync_folder(folder)
    except OSError as error:
        raise PinUnusable(
            f"a try cannot be recorded in {folder} ({error.strerror}), so none is judged; {REMEDY}"
        ) from None


def _load_hash(folder: Path) -> bytes | None:
    file = folder / PIN_FILE
    try:
        values = json.loads(read_small_file(file))
        hashed = values["argon2id"]
        match = HASH.fullmatch(hashed)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PinUnusable(
            why_unreadable(file, error, "fix its permissions, or set another PIN with 'kiosk pin'")
        ) from None
    except (ValueError, LookupError, TypeError, RecursionError):
        match = None
    if match is None or int(match[1]) > MOST_MEMORY_KIB or int(match[2]) > MOST_PASSES:
        raise PinUnusable(f"{file} is damaged; set another PIN with 'kiosk pin'")
    return str(hashed).encode()
