"""Signups that are on the disk in the open are sealed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.commands.support.outcome import ATTENTION, FINE, CannotDo
from kiosk.commands.support.progress import progress
from kiosk.commands.support.signup_report import signup_count
from kiosk.signups.store import erasing
from kiosk.signups.store.database import QueueUnavailable

if TYPE_CHECKING:
    from kiosk.signups.crypto.sealing import SealingKey
    from kiosk.signups.store.queue import Queue


@dataclass(frozen=True)
class Sealed:
    """How many are sealed now, and how many cannot be."""

    count: int
    damaged: int


def seal_open_signups(queue: Queue, key: SealingKey, now: datetime) -> Sealed:
    try:
        with progress() as watch:
            count = erasing.seal_in_place(queue, key, now, watch)
    except QueueUnavailable as error:
        raise CannotDo(
            f"not all signups could be sealed ({error}); run 'kiosk keys seal'"
        ) from None
    return Sealed(count, queue.count_unsealed())


def print_sealed(sealed: Sealed) -> int:
    """Returns the exit status."""
    are = "is" if sealed.count == 1 else "are"
    print(f"{signup_count(sealed.count)} that lay open {are} sealed now.")
    if not sealed.damaged:
        return FINE
    lie = "lies" if sealed.damaged == 1 else "lie"
    print(
        f"kiosk: {signup_count(sealed.damaged)} still {lie} in the open, damaged; 'kiosk health'"
        " names what is damaged, 'kiosk erase --before' can remove it",
        file=sys.stderr,
    )
    return ATTENTION
