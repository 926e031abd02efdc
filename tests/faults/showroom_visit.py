"""The kiosk as `kiosk run` builds it, and a visitor who signs up; told line by line on the way.

    python -m tests.faults.showroom_visit CONTENT DATA [SECONDS]

Ends so many seconds after the visit. The visitor touches by way of the view models.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickWindow

from kiosk import cli
from kiosk.places.signup.viewmodel import SignupViewModel
from kiosk.showroom import scene
from kiosk.showroom.run import kiosk
from kiosk.showroom.run.initial_read import InitialRead
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel

BEAT_MS = 50
LATE_SECONDS = 10.0
"""Less than a share hangs here (a minute), more than a busy machine takes for a beat."""
SIGHT_SECONDS = 0.5
"""A start waits for a silent share no longer than this, here."""


def tell(word: str) -> None:
    """In one system call, so that a trace shows when."""
    os.write(1, f"{word}\n".encode())


class Visitor(QObject):
    """Waits for each screen; tells when the thread that draws came late to its own beat."""

    def __init__(self, showroom: ShowroomViewModel, window: QQuickWindow, stay: float) -> None:
        super().__init__(window)
        self._showroom = showroom
        self._stay = stay
        self._posters = ""
        self._form: SignupViewModel | None = None
        self._is_thanked = False
        self._last = time.monotonic()
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._look)
        showroom.presented.connect(self._begin)
        showroom.changed.connect(self._read_posters)
        showroom.problemsChanged.connect(lambda: tell(f"notice {showroom.brokenFile}"))

    def _begin(self) -> None:
        tell(f"presented {os.getpid()}")
        self._read_posters()
        self._last = time.monotonic()
        self._beat.start()

    def _read_posters(self) -> None:
        posters = self._showroom.posters
        words = [str(posters.data(posters.index(0, 0), role)) for role in posters.roleNames()]
        tell(f"posters {' '.join(words)}" if posters.count else "posters none")

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._last > LATE_SECONDS:
            tell(f"late {now - self._last:.1f}")
        self._last = now
        showroom = self._showroom
        if self._form is None and showroom.placesReady:
            showroom.wake()
            showroom.navigation.open("signup")
            place = showroom.navigation.place
            assert isinstance(place, SignupViewModel)
            self._form = place
            place.email, place.consented = "vera@example.com", True
            place.submit()
        elif self._form is not None and not self._is_thanked and self._form.state == "thanked":
            self._is_thanked = True
            tell("thanked")
            showroom.session.end()
            QTimer.singleShot(int(1000 * self._stay), lambda: os._exit(0))


def main(content: str, data: str, stay: str = "0") -> int:
    """Run until the visit is over."""
    build = scene.build_scene

    def build_with_visitor(showroom: ShowroomViewModel) -> scene.Scene:
        built = build(showroom)
        Visitor(showroom, built.window, float(stay))
        return built

    kiosk.build_scene = build_with_visitor
    file_info = InitialRead.file_info
    InitialRead.file_info = lambda look: file_info(look, SIGHT_SECONDS)  # type: ignore[method-assign]
    return cli.main(
        ["run", "--content", str(Path(content)), "--data", data, "--windowed", "1280x720"]
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
