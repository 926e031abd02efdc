"""Calls that may never return, such as reading from a share whose server is gone."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class CallTimedOut(Exception):
    """A call did not return in time; its thread is abandoned."""


class BackgroundCall(Generic[T]):
    """A call in a daemon thread of its own."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._results: list[T] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, name="call", daemon=True)
        self._thread.start()

    def result(self, timeout: float) -> T:
        """Wait at most `timeout` seconds for the result.

        Raises:
            CallTimedOut: it took longer; also whatever the call raised.
        """
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise CallTimedOut
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._call())
        except Exception as error:
            self._error = error


def call_within(timeout: float, call: Callable[[], T]) -> T:
    """Call a function, waiting at most `timeout` seconds for its result.

    Raises:
        CallTimedOut: it took longer; also whatever the call raised.
    """
    return BackgroundCall(call).result(timeout)
