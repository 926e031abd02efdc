"""The signups of a data folder, as a command works on them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support.outcome import CannotDo
from kiosk.commands.support.passphrase import read_passphrase
from kiosk.operation.advice import RECOVER_ADVICE
from kiosk.operation.folders import one_at_a_time, require_owner
from kiosk.signups.crypto.keys import KeyRefused, unlock
from kiosk.signups.export.exporting import ExportRefused
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    QueueUnavailable,
    journal_of,
    remove_unfinished,
)
from kiosk.signups.store.queue import Queue

if TYPE_CHECKING:
    from kiosk.signups.crypto.sealing import OpeningKey

PATIENCE_SECONDS = 60.0
"""Visitors come first, however many there are."""


def has_signups(data: Path) -> bool:
    file = data / FILE_NAME
    try:
        file.stat()
    except FileNotFoundError:
        return journal_of(file).exists()
    except NotADirectoryError:
        return False
    except OSError as error:
        raise CannotDo(
            f"{file} cannot be read ({error.strerror}); run the command as the user who runs the"
            " kiosk"
        ) from None
    return True


@contextmanager
def queue_at_work(data: Path, *, create: bool = False) -> Iterator[Queue]:
    """The queue, for one command at a time; what stands in the way becomes a sentence."""
    require_owner(data)
    with plain_refusals(data), one_at_a_time(data):
        remove_unfinished(data)
        with Queue.open(data, create=create, patience=PATIENCE_SECONDS) as queue:
            yield queue


@contextmanager
def plain_refusals(data: Path) -> Iterator[None]:
    """What the store, a key or an export refuses becomes the command's answer."""
    try:
        yield
    except (ExportRefused, KeyRefused, QueueUnavailable) as error:
        raise CannotDo(str(error)) from None
    except QueueDamaged:
        raise CannotDo(f"{data / FILE_NAME} is damaged; {RECOVER_ADVICE}") from None


def opening_key(file: Path | None, passphrase_fd: int | None) -> OpeningKey | None:
    """The manager's key, unlocked, where one was named."""
    if file is None:
        return None
    return unlock(file, read_passphrase(passphrase_fd, os.environ))
