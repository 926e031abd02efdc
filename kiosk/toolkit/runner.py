"""Work off the GUI thread, one job after the other."""

from __future__ import annotations

from collections.abc import Callable
from logging import Logger
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


class Executor(Protocol):
    """What the runner needs of a `concurrent.futures.Executor`."""

    def submit(self, fn: Callable[[], None], /) -> object: ...


class AtOnce:
    """An executor for where nothing may happen later: it does its jobs as it gets them."""

    def submit(self, fn: Callable[[], None], /) -> None:
        fn()


class DaemonThread:
    """An executor of one thread that nobody waits for when the program ends.

    What it does may hang forever, on a file share that does not answer.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        Thread(target=self._work, name=name, daemon=True).start()

    def submit(self, fn: Callable[[], None], /) -> None:
        """Run a job after those that wait already."""
        self._jobs.put(fn)

    def _work(self) -> None:
        while True:
            self._jobs.get()()


class Runner(QObject):
    """Runs jobs on an executor and hands each outcome back on the GUI thread."""

    _finished = Signal(object)

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._is_connected = False

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `job` in the background, then `done` with its result or `failed` with its error."""
        self._connect()

        def work() -> None:
            outcome: Callable[[], None]
            try:
                result = job()
            except Exception as error:
                outcome = _call(failed, error)
            else:
                outcome = _call(done, result)
            self._finished.emit(outcome)
            del outcome  # else an error, by its traceback, would keep itself and all it met

        self._executor.submit(work)

    def start(self, job: Callable[[], object], failed: Callable[[Exception], None]) -> None:
        """Run `job` in the background; nobody waits for its result."""
        self.run(job, lambda _: None, failed)

    def _connect(self) -> None:
        """At the first job: `Qt` makes a hundred enumerations, 30 ms before the first frame."""
        if not self._is_connected:
            from PySide6.QtCore import Qt

            self._is_connected = True
            self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _deliver(self, outcome: Callable[[], None]) -> None:
        outcome()


def logs_kind(log: Logger, failure: str) -> Callable[[Exception], None]:
    """Logs that a job has failed, and the kind of its error: its text may hold what was typed."""
    return lambda error: log.error("%s: %s", failure, type(error).__name__)


def _call(function: Callable[[Any], None], value: Any) -> Callable[[], None]:
    return lambda: function(value)
