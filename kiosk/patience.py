"""Asking what may never answer, such as a file on a share whose server is gone."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Unanswered(Exception):
    """Nothing came back in time; whoever was asked is left waiting."""


class Question(Generic[T]):
    """Asked in a thread of its own, which nobody waits for when the program ends."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._answers: list[T] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._work, name="question", daemon=True)
        self._thread.start()

    def answer(self, longest: float) -> T:
        """What came back; waits `longest` seconds at most.

        Raises:
            Unanswered: nothing did; and whatever the question raised.
        """
        self._thread.join(longest)
        if self._thread.is_alive():
            raise Unanswered
        if self._error is not None:
            raise self._error
        return self._answers[0]

    def _work(self) -> None:
        try:
            self._answers.append(self._ask())
        except Exception as error:
            self._error = error


def ask_within(longest: float, ask: Callable[[], T]) -> T:
    """What `ask` returns, if it does within so many seconds.

    Raises:
        Unanswered: it does not; and whatever it raises.
    """
    return Question(ask).answer(longest)
