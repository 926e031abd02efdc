"""Reads the content in a process of its own while this one loads Qt, where no note of it is kept.

The two take about as long, so a first start on two processors costs little more than a later one.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.showroom import opening

if TYPE_CHECKING:
    from kiosk.operation.clock import Clock
    from kiosk.showroom.opening import Front

LONGEST_SECONDS = 10
"""Ten thousand entries take two; who hangs for longer will not come back."""
MOST_BYTES = 1_000_000
END_TRIES, END_PAUSE_SECONDS = 20, 0.01


class Forerunner:
    """A process that was sent ahead, and the pipe through which it tells what is to be shown."""

    def __init__(self, process: int, pipe: int) -> None:
        self._process = process
        self._pipe = pipe
        self._is_ended = False

    def front(self, longest: float = LONGEST_SECONDS) -> Front | None:
        """What it found; None where that is nothing, too late or no sense. Only once."""
        try:
            return opening.parse_front(json.loads(self._read(longest)))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        finally:
            self.end()

    def end(self) -> None:
        """Let go of it, whatever it is doing."""
        if self._is_ended:
            return
        self._is_ended = True
        os.close(self._pipe)
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(ChildProcessError):
            for _ in range(END_TRIES):  # one that waits for a dead disk cannot even be killed
                if os.waitpid(self._process, os.WNOHANG)[0]:
                    return
                time.sleep(END_PAUSE_SECONDS)

    def _read(self, longest: float) -> bytes:
        until = time.monotonic() + longest
        read = b""
        while True:
            remaining = max(0.0, until - time.monotonic())
            if not select.select([self._pipe], [], [], remaining)[0] or len(read) > MOST_BYTES:
                raise TimeoutError
            part = os.read(self._pipe, 1 << 16)
            if not part:
                return read
            read += part


@contextmanager
def sent_ahead(content: Path, data: Path, clock: Clock) -> Iterator[Forerunner | None]:
    """A forerunner, gone at the end; None where the system has no room for one.

    To be called while the process has no second thread, lock or window.
    """
    try:
        reading, writing = os.pipe()
    except OSError:
        yield None
        return
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        yield None
        return
    if process == 0:
        os.close(reading)
        _run_ahead(content, data, clock, writing)
    os.close(writing)
    forerunner = Forerunner(process, reading)
    try:
        yield forerunner
    finally:
        forerunner.end()


def _run_ahead(content: Path, data: Path, clock: Clock, pipe: int) -> None:
    """Never returns: what its parent was about to do is not for it."""
    try:
        signal.alarm(2 * LONGEST_SECONDS)  # a parent that was killed ends nobody
        gc.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the parent says it again
        front = foresee(content, data, clock)
        if front is not None:
            with os.fdopen(pipe, "wb") as writing:
                writing.write(json.dumps(opening.note_of(front)).encode())
    finally:
        os._exit(0)


def foresee(content: Path, data: Path, clock: Clock) -> Front | None:
    """What will be seen first, by the rules of a start; None where that takes more than reading."""
    from kiosk.content.versions import foreseeing
    from kiosk.operation.clock_judge import ClockJudge, times_of
    from kiosk.operation.status import read_status
    from kiosk.showroom.screenplay import derive_screenplay

    loaded = foreseeing.foresee(content, data)
    if loaded is None:
        return None
    is_trusted = ClockJudge(times_of([content]), read_status(data).anchors).is_trusted()
    return derive_screenplay(loaded, clock.now(), is_clock_trusted=is_trusted).front
