"""Seals the signups that are not encrypted yet."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.commands.support.outcome import ATTENTION, SUCCESS, CommandFailed
from kiosk.commands.support.progress import progress
from kiosk.commands.support.signup_report import signup_count
from kiosk.signups.store import erasure
from kiosk.signups.store.database import QueueUnavailable

if TYPE_CHECKING:
    from kiosk.signups.crypto.sealed_box import PublicKey
    from kiosk.signups.store.queue import Queue


@dataclass(frozen=True)
class SealingResult:
    """How many are sealed now, and how many cannot be."""

    count: int
    damaged: int


def seal_unencrypted(queue: Queue, key: PublicKey, now: datetime) -> SealingResult:
    try:
        with progress() as watch:
            count = erasure.seal_in_place(queue, key, now, watch)
    except QueueUnavailable as error:
        raise CommandFailed(
            f"not all signups could be sealed ({error}); run 'kiosk keys seal'"
        ) from None
    return SealingResult(count, queue.count_unsealed())


def print_sealed(sealed: SealingResult) -> int:
    """Returns the exit status."""
    if sealed.count == 0:
        print("No unencrypted signups found." if not sealed.damaged else "No signups were sealed.")
    else:
        are = "is" if sealed.count == 1 else "are"
        print(f"{signup_count(sealed.count, 'unencrypted')} {are} sealed now.")
    if not sealed.damaged:
        return SUCCESS
    are, them = ("is", "it") if sealed.damaged == 1 else ("are", "them")
    print(
        f"kiosk: {signup_count(sealed.damaged, 'damaged')} {are} still unencrypted; 'kiosk health'"
        f" names what is damaged, 'kiosk erase --before' can remove {them}",
        file=sys.stderr,
    )
    return ATTENTION
