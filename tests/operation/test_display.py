"""Without a screen the kiosk says so in a sentence, before Qt ends the process."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.operation import display
from kiosk.operation.display import DisplayMissing, require_display


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short folder for sockets, with X display :7 and Wayland display wayland-7 answering."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        monkeypatch.setattr(display, "X11_SOCKETS", folder)
        with _listening(folder / "X7"), _listening(folder / "wayland-7"):
            yield folder


def _listening(file: Path) -> socket.socket:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(file))
    server.listen()
    return server


@pytest.mark.parametrize(
    "environment",
    [
        {"DISPLAY": ":7"},
        {"DISPLAY": ":7.0"},
        {"DISPLAY": "unix:7"},
        {"DISPLAY": ":7", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-7"},
        {"WAYLAND_DISPLAY": "wayland-7", "QT_QPA_PLATFORM": "wayland"},
        {"WAYLAND_DISPLAY": "wayland-8", "DISPLAY": ":7"},
        {"DISPLAY": "desk.example.com:0"},
        {"QT_QPA_PLATFORM": "eglfs"},
        {"QT_QPA_PLATFORM": "vnc:size=1920x1080"},
        {"QT_QPA_PLATFORM": "offscreen"},
    ],
)
def test_a_display_that_answers_or_that_qt_makes_itself_is_fine(
    sockets: Path, environment: dict[str, str]
) -> None:
    require_display({"XDG_RUNTIME_DIR": str(sockets), **environment})


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "there is no display;"),
        ({"DISPLAY": ""}, "there is no display;"),
        ({"QT_QPA_PLATFORM": "xcb"}, "there is no display;"),
        ({"DISPLAY": ":7", "QT_QPA_PLATFORM": "wayland"}, "there is no display;"),
        ({"DISPLAY": ":8"}, "the display ':8' does not respond;"),
        ({"WAYLAND_DISPLAY": "wayland-8"}, "the Wayland display 'wayland-8' does not respond;"),
        (
            {"WAYLAND_DISPLAY": "wayland-8", "DISPLAY": ":7", "QT_QPA_PLATFORM": "wayland"},
            "the Wayland display 'wayland-8' does not respond;",
        ),
        (
            {"WAYLAND_DISPLAY": "wayland-7", "DISPLAY": ":8", "QT_QPA_PLATFORM": "xcb"},
            "the display ':8' does not respond;",
        ),
        (
            {"WAYLAND_DISPLAY": "wayland-7", "QT_QPA_PLATFORM": "xcb"},
            "there is no display;",
        ),
    ],
)
def test_a_missing_display_is_told_with_a_way_out(
    sockets: Path, environment: dict[str, str], expected: str
) -> None:
    with pytest.raises(DisplayMissing) as caught:
        require_display({"XDG_RUNTIME_DIR": str(sockets), **environment})

    assert str(caught.value).startswith(expected)
    assert "start the kiosk from the desktop" in str(caught.value)
