"""Reads the content in a child process while this one loads Qt, if no start screens are saved.

Both take about as long, so on two processors a first start takes little longer than a later one.
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

from kiosk.showroom import start_screens

if TYPE_CHECKING:
    from kiosk.operation.clock import Clock
    from kiosk.showroom.start_screens import StartScreens

TIMEOUT_SECONDS = 10
"""Ten thousand entries take two seconds."""
MAX_BYTES = 1_000_000
STOP_TRIES, STOP_PAUSE_SECONDS = 20, 0.01


class Preloader:
    """A child process, and the pipe through which it sends the start screens."""

    def __init__(self, process: int, pipe: int) -> None:
        self._process = process
        self._pipe = pipe
        self._is_stopped = False

    def start_screens(self, timeout: float = TIMEOUT_SECONDS) -> StartScreens | None:
        """The start screens; None if there are none, or late or invalid ones. Call only once."""
        try:
            return start_screens.parse_start_screens(json.loads(self._read(timeout)))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        finally:
            self.stop()

    def stop(self) -> None:
        """Kill the process, whatever it is doing."""
        if self._is_stopped:
            return
        self._is_stopped = True
        os.close(self._pipe)
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(ChildProcessError):
            for _ in range(STOP_TRIES):  # a process that waits for a dead disk cannot be killed
                if os.waitpid(self._process, os.WNOHANG)[0]:
                    return
                time.sleep(STOP_PAUSE_SECONDS)

    def _read(self, timeout: float) -> bytes:
        until = time.monotonic() + timeout
        read = b""
        while True:
            remaining = max(0.0, until - time.monotonic())
            if not select.select([self._pipe], [], [], remaining)[0] or len(read) > MAX_BYTES:
                raise TimeoutError
            part = os.read(self._pipe, 1 << 16)
            if not part:
                return read
            read += part


@contextmanager
def preloading(content: Path, data: Path, clock: Clock) -> Iterator[Preloader | None]:
    """Run a preloader within the context; None if the system cannot start a process.

    Call it while this process has no other thread, lock or window.
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
        _run_child(content, data, clock, writing)
    os.close(writing)
    preloader = Preloader(process, reading)
    try:
        yield preloader
    finally:
        preloader.stop()


def _run_child(content: Path, data: Path, clock: Clock, pipe: int) -> None:
    """Runs in the child process and never returns."""
    try:
        signal.alarm(2 * TIMEOUT_SECONDS)  # in case the parent was killed
        gc.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the parent reports it too
        screens = predict_start_screens(content, data, clock)
        if screens is not None:
            with os.fdopen(pipe, "wb") as writing:
                writing.write(json.dumps(start_screens.to_plain(screens)).encode())
    finally:
        os._exit(0)


def predict_start_screens(content: Path, data: Path, clock: Clock) -> StartScreens | None:
    """The start screens that a start will show; None if that depends on more than the file."""
    from kiosk.content.versions import prediction
    from kiosk.operation.clock_judge import ClockJudge, times_of
    from kiosk.operation.status import read_status
    from kiosk.showroom.screenplay import derive_screenplay

    loaded = prediction.predict_content(content, data)
    if loaded is None:
        return None
    is_trusted = ClockJudge(times_of([content]), read_status(data).anchors).is_trusted()
    return derive_screenplay(loaded, clock.now(), is_clock_trusted=is_trusted).start_screens
