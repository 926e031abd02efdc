"""The signups of a data folder, as a command works on them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support.outcome import CommandFailed
from kiosk.commands.support.passphrase import read_passphrase
from kiosk.operation.advice import RECOVER_ADVICE
from kiosk.operation.folders import require_owner
from kiosk.operation.locks import command_lock, is_restore_interrupted
from kiosk.signups.crypto.keys import load_private_key
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    journal_path,
    remove_leftover_recoveries,
)
from kiosk.signups.store.queue import Queue

if TYPE_CHECKING:
    from kiosk.signups.crypto.sealed_box import PrivateKey

LOCK_TIMEOUT_SECONDS = 60.0
"""Visitors come first, however many there are."""


def has_signups(data: Path) -> bool:
    """Also while a restore that was interrupted waits for `open_queue`."""
    file = data / FILE_NAME
    if is_restore_interrupted(data):
        return True
    try:
        file.stat()
    except FileNotFoundError:
        return journal_path(file).exists()
    except NotADirectoryError:
        return False
    except OSError as error:
        raise CommandFailed(
            f"{file} cannot be read ({error.strerror}); run the command as the user who runs the"
            " kiosk"
        ) from None
    return True


@contextmanager
def open_queue(data: Path, *, create: bool = False) -> Iterator[Queue]:
    """The queue, for one command at a time."""
    require_owner(data)
    with damage_as_sentence(data), command_lock(data):
        remove_leftover_recoveries(data)
        with Queue.open(data, create=create, lock_timeout=LOCK_TIMEOUT_SECONDS) as queue:
            yield queue


@contextmanager
def damage_as_sentence(data: Path) -> Iterator[None]:
    """A damaged database becomes the command's answer."""
    try:
        yield
    except QueueDamaged:
        raise CommandFailed(f"{data / FILE_NAME} is damaged; {RECOVER_ADVICE}") from None


def load_key(file: Path | None, passphrase_fd: int | None) -> PrivateKey | None:
    """The manager's key, unlocked, where one was named."""
    if file is None:
        return None
    return load_private_key(file, read_passphrase(passphrase_fd, os.environ))
