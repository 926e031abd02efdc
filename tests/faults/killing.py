"""Started by test_kill: forks a worker a round that takes signups without end, and kills it.

`python -m tests.faults.killing FOLDER ROUNDS SEED` prints the ids that the workers thanked for. In
the second half of the rounds a key is installed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from random import Random

import nacl.public  # noqa: F401 # once, instead of in every worker

from kiosk.signups.crypto import keys
from kiosk.signups.form import Consent, Person, Provenance, Signup, new_id
from kiosk.signups.store.local_store import LocalSignupStore
from tests.faults.visitors import KEY, SIGN, now

LONGEST_SECONDS = 0.015
MOST_IDS = 8
LINE = 37


def take_signups_without_end(folder: Path, thanked: int) -> None:
    """What a worker does until it is killed."""
    store = LocalSignupStore(folder, now)
    consent = Consent("2026-1", "en", "Yes, please.", "Example Motors, 1 Example Street")
    provenance = Provenance(now(), True, "front window", "0" * 64)
    while True:
        id_ = new_id()
        store.save(Signup(id_, Person(f"{id_}{SIGN}", id_, ""), consent, provenance))
        os.write(thanked, f"{id_}\n".encode())


def one_round(folder: Path, random: Random) -> bytes:
    """Start a worker and kill it: after a while, or shortly after some of its signups."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        try:
            take_signups_without_end(folder, writing)
        finally:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
            os._exit(1)
    os.close(writing)
    thanked = b""
    if random.random() < 0.5:
        time.sleep(random.uniform(0, LONGEST_SECONDS))
    else:
        for _ in range(random.randint(1, MOST_IDS)):
            thanked += os.read(reading, LINE)
        time.sleep(random.uniform(0, LONGEST_SECONDS / 10))
    os.kill(worker, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    while rest := os.read(reading, 1 << 16):
        thanked += rest
    os.close(reading)
    assert status == -signal.SIGKILL, f"a worker fell by itself: {status}"
    return thanked


def main(folder: Path, rounds: int, seed: int) -> None:
    """All rounds, in one data folder."""
    random = Random(seed)
    for number in range(rounds):
        if number == rounds // 2:
            keys.install_key(folder, KEY.public_key, now())
        sys.stdout.write(one_round(folder, random).decode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
