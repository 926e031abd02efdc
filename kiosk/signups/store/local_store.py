"""Stores signups for the running kiosk: opens the queue and replaces it if it is damaged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk.signups.crypto.keys import KeyRefused, back_up_key
from kiosk.signups.crypto.sealed_box import PublicKey
from kiosk.signups.form import Signup
from kiosk.signups.store.current_key import current_key
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    QueueMoved,
    QueueTooNew,
    QueueUnavailable,
    set_aside,
)
from kiosk.signups.store.erasure import erase_expired
from kiosk.signups.store.queue import Queue

log = logging.getLogger(__name__)


class LocalSignupStore:
    """Stores signups in a data folder; for one thread.

    `report` is called after each signup with the reason it could not be stored, or an empty string.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], datetime],
        report: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._now = now
        self._report = report
        self._queue: Queue | None = None
        self._checked_file: tuple[int, int] | None = None

    def is_open(self) -> bool:
        """Whether signups can be stored at all; logs why not.

        A full disk or a lock does not count: it may be gone once the form is filled in.
        """
        try:
            self._open()
        except QueueTooNew as error:
            log.error("%s", error)
            return False
        except QueueUnavailable as error:
            log.warning("%s", error)
        return True

    def save(self, signup: Signup) -> None:
        """Store a signup, sealed if a key is installed; returns once it is on disk.

        A damaged database is set aside and a new one started.

        Raises:
            QueueUnavailable: nothing was stored; the same signup can be saved again.
        """
        try:
            self._store(signup)
        except QueueUnavailable as error:
            reason = str(error)  # the error itself refers to what was typed
            log.error("a signup was not stored: %s", reason)
            self._report(reason)
            raise
        self._report("")

    def _store(self, signup: Signup) -> None:
        try:
            queue = self._open()
            queue.add(signup, partial(self._key, queue))
        except QueueMoved:
            queue = self._open()
            queue.add(signup, partial(self._key, queue))
        except QueueDamaged:
            queue = self._replace_damaged()
            queue.add(signup, partial(self._key, queue))

    def erase_expired(self, days: int) -> bool:
        """Erase a batch of signups exported more than `days` days ago, if that is possible now.

        Returns whether there may be more.
        """
        if self._queue is None and not (self._folder / FILE_NAME).exists():
            return False
        try:
            receipt = erase_expired(self._open(), days, self._now())
        except (QueueUnavailable, QueueDamaged) as error:
            log.warning("signups kept for more than %d days cannot be erased now: %s", days, error)
            return False
        if receipt is None:
            return False
        log.info("%d signups erased, %d days after their export", receipt.count, days)
        if receipt.remaining_copy:
            log.warning("copies of them remain: %s", receipt.remaining_copy)
        return receipt.count > 0

    def _key(self, queue: Queue) -> PublicKey | None:
        """The key to seal to, determined while the database is locked.

        Raises:
            QueueMoved: the file was set aside in the meantime.
            QueueUnavailable: there is a key, but none can be read; nothing is stored unencrypted.
        """
        if not queue.is_same_file():
            raise QueueMoved("the signups were set aside a moment ago; try again")
        try:
            key = current_key(self._folder, queue)
            if key is not None:
                back_up_key(self._folder, key, self._now())
            return key
        except KeyRefused as error:
            log.error("%s", error)
            raise QueueUnavailable(str(error)) from error

    def release(self) -> None:
        """Close the file, and with it SQLite's page cache, until the next signup."""
        if self._queue is not None and self._queue.is_same_file():
            self._checked_file = self._queue.identity
        self.close()

    def close(self) -> None:
        if self._queue is not None:
            self._queue.close()
            self._queue = None

    def _open(self) -> Queue:
        if self._queue is not None and not self._queue.is_same_file():
            self.close()  # removed or replaced: further writes would be lost
        if self._queue is None:
            try:
                self._queue = Queue.open(self._folder)
                # Takes half a second for a million signups.
                if self._queue.identity != self._checked_file and not self._queue.is_intact():
                    return self._replace_damaged()
            except QueueDamaged:
                return self._replace_damaged()
        self._queue.require_regular_sidecars()
        return self._queue

    def _replace_damaged(self) -> Queue:
        self.close()
        try:
            set_aside(self._folder, self._now())
        except OSError as error:
            raise QueueUnavailable(f"the damaged signups cannot be set aside: {error}") from error
        self._queue = Queue.open(self._folder)
        return self._queue


def migrate(folder: Path, now: Callable[[], datetime]) -> None:
    """Prepare what an earlier version has stored, if anything; logs why it cannot be."""
    if (folder / FILE_NAME).exists():
        store = LocalSignupStore(folder, now)
        try:
            store.is_open()
        finally:
            store.close()
