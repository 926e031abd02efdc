"""Where the running kiosk hands in signups: opens the queue, mends it when it is damaged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from kiosk.signups.crypto.keys import KeyRefused, keep_copy
from kiosk.signups.crypto.sealing import SealingKey
from kiosk.signups.form import Signup
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    QueueMoved,
    QueueTooNew,
    QueueUnavailable,
    set_aside,
)
from kiosk.signups.store.erasing import erase_overdue
from kiosk.signups.store.last_key import key_in_use
from kiosk.signups.store.queue import Queue

log = logging.getLogger(__name__)


class Desk:
    """Takes signups for a data folder; used by one thread.

    `report` is told after each signup why it could not be stored; nothing where it was.
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
        self._sound_file: tuple[int, int] | None = None

    def is_open(self) -> bool:
        """Whether signups can be taken at all; says why not in the log.

        A disk or a lock that refuses just now may be willing once the form is filled in.
        """
        try:
            self._open()
        except QueueTooNew as error:
            log.error("%s", error)
            return False
        except QueueUnavailable as error:
            log.warning("%s", error)
        return True

    def accept(self, signup: Signup) -> None:
        """Store a signup, sealed where a key is installed; returns only once it is on the disk.

        A damaged database is set aside whole and a fresh one begun.

        Raises:
            QueueUnavailable: nothing was stored; the same signup may be handed in again.
        """
        try:
            self._store(signup)
        except QueueUnavailable as error:
            reason = str(error)  # the error itself leads back to what was typed
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
            queue = self._begin_afresh()
            queue.add(signup, partial(self._key, queue))

    def erase_overdue(self, days: int) -> bool:
        """Erase what was exported more than `days` days ago; what cannot be done now waits.

        Returns whether there may be more: only some are erased at once.
        """
        if self._queue is None and not (self._folder / FILE_NAME).exists():
            return False
        try:
            receipt = erase_overdue(self._open(), days, self._now())
        except (QueueUnavailable, QueueDamaged) as error:
            log.warning("signups kept for more than %d days stay for now: %s", days, error)
            return False
        if receipt is None:
            return False
        log.info("%d signups erased, %d days after their export", receipt.count, days)
        if receipt.remains:
            log.warning("traces of them may be left: %s", receipt.remains)
        return receipt.count > 0

    def _key(self, queue: Queue) -> SealingKey | None:
        """The key to seal to; asked for once nobody else can write.

        Raises:
            QueueMoved: the file was set aside in the meantime.
            QueueUnavailable: there is a key and none can be read; nothing is stored in the open.
        """
        if not queue.is_in_place():
            raise QueueMoved("the signups were set aside a moment ago; try again")
        try:
            key = key_in_use(self._folder, queue)
            if key is not None:
                keep_copy(self._folder, key, self._now())
            return key
        except KeyRefused as error:
            log.error("%s", error)
            raise QueueUnavailable(str(error)) from error

    def rest(self) -> None:
        """Let go of the file, and with it of what SQLite remembers; the next signup opens it."""
        if self._queue is not None and self._queue.is_in_place():
            self._sound_file = self._queue.identity
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._queue is not None:
            self._queue.close()
            self._queue = None

    def _open(self) -> Queue:
        if self._queue is not None and not self._queue.is_in_place():
            self.close()  # removed or replaced under our feet: writing on would store into nothing
        if self._queue is None:
            try:
                self._queue = Queue.open(self._folder)
                # Half a second for a million signups.
                if self._queue.identity != self._sound_file and not self._queue.is_sound():
                    return self._begin_afresh()
            except QueueDamaged:
                return self._begin_afresh()
        self._queue.require_plain_companions()
        return self._queue

    def _begin_afresh(self) -> Queue:
        self.close()
        try:
            set_aside(self._folder, self._now())
        except OSError as error:
            raise QueueUnavailable(f"the damaged signups cannot be set aside: {error}") from error
        self._queue = Queue.open(self._folder)
        return self._queue
