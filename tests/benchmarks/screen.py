"""A virtual screen that is watched and tapped from outside, the same way for every contender.

Xvfb keeps its pixels in a file that can be mapped, so looking costs the contender nothing.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import struct
import subprocess
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

WIDTH, HEIGHT = 1920, 1080
NOW = ctypes.c_ulong(0)
EMPTY = 0xFF00FF
"""What the bare screen shows; nobody's design holds it."""
APART = 40
"""Points of the grid, in pixels."""
LOOK_EVERY = 0.002
MOVE_EVERY = 0.008
"""As a touch panel reports a finger, 125 times a second."""
SAME = 24
"""Sum over the channels up to which two colors count as one."""
XWD_HEADER = struct.Struct(">25I")
XWD_COLOR_BYTES = 12

Pixels = tuple[int, ...]
Point = tuple[int, int]


class ScreenUnusable(Exception):
    """The benchmark cannot have its screen; the message says what to do."""


class NothingShown(Exception):
    """What was waited for never came on the screen."""


@dataclass(frozen=True)
class Film:
    """What the screen showed from a moment on, one frame a change; times in seconds since then."""

    frames: list[tuple[float, Pixels]]

    @property
    def end(self) -> Pixels:
        """What the screen shows at last."""
        return self.frames[-1][1]

    def complete(self) -> float:
        """When the whole screen first showed what it shows in the end."""
        return next(at for at, pixels in self.frames if unlike(pixels, self.end) <= 0.02)

    def answered(self) -> float:
        """When anything changed at all."""
        return self.frames[1][0]

    def presented(self) -> float:
        """When half of what changes was nearer to its new look than to its old one."""
        before, after = self.frames[0][1], self.end
        changing = [i for i, pair in enumerate(zip(before, after, strict=True)) if _differ(*pair)]
        for at, pixels in self.frames:
            new = sum(
                _distance(pixels[i], after[i]) < _distance(pixels[i], before[i]) for i in changing
            )
            if 2 * new >= len(changing):
                return at
        return self.settled()

    def settled(self) -> float:
        """When the last change was over."""
        return self.frames[-1][0]

    def rate(self, seconds: float) -> float:
        """Pictures a second, over its first seconds."""
        return sum(0 < at <= seconds for at, _ in self.frames) / seconds

    def longest_still(self, seconds: float) -> float:
        """The longest time without a change, from the first one on, over its first seconds."""
        times = [*(at for at, _ in self.frames[1:] if at <= seconds), seconds]
        return max(after - before for before, after in pairwise(times))


class Screen:
    """Xvfb, its picture and its pointer. A context."""

    def __init__(self) -> None:
        if shutil.which("Xvfb") is None:
            raise ScreenUnusable("Xvfb is missing; install Debian's package xvfb")
        self._pointer = _Pointer()
        # In memory where there is such a folder, so that no disk takes part.
        in_memory = Path("/dev/shm")
        self._folder = TemporaryDirectory(
            prefix="kiosk-screen-", dir=in_memory if in_memory.is_dir() else None
        )
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"),
                *("-fbdir", self._folder.name, "-nolisten", "tcp", "-noreset"),
            ],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(writing)
        with os.fdopen(reading) as output:
            number = output.readline().strip()
        if not number:
            self._close()
            raise ScreenUnusable("Xvfb does not start; run it by hand to see why")
        self.display = f":{number}"

    def __enter__(self) -> Self:
        try:
            self._pointer.connect(self.display)
            self._pixels, self._line = _mapped(Path(self._folder.name) / "Xvfb_screen0")
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()

    def look(self) -> Pixels:
        """The colors of a grid of points, as 0xRRGGBB."""
        seen: list[int] = []
        for y in range(APART // 2, HEIGHT, APART):
            start = y * self._line + APART // 2
            seen += self._pixels[start : start + WIDTH : APART].tolist()
        return tuple(seen)

    def tap(self, point: Point) -> float:
        """Press and release at a point; returns when, on the clock of `perf_counter`."""
        return self._pointer.tap(point)

    def drag(self, start: Point, end: Point, seconds: float) -> Film:
        """Drag from one point to another; what is shown from the press until it is at rest.

        Raises:
            NothingShown: nothing moved.
        """
        last = self.look()
        frames = [(0.0, last)]
        begun = moved = self._pointer.press(start)
        while (now := time.perf_counter()) < begun + seconds:
            if now >= moved + MOVE_EVERY:
                share = (now - begun) / seconds
                self._pointer.move(between(start, end, share))
                moved = now
            if (pixels := self.look()) != last:
                frames.append((time.perf_counter() - begun, pixels))
                last = pixels
            time.sleep(LOOK_EVERY / 2)
        self._pointer.move(end)
        self._pointer.release()
        frames += self.watch(begun, changed=0).frames[1:]
        if len(frames) == 1:
            raise NothingShown("nothing followed the finger")
        return Film(frames)

    def watch(self, since: float, changed: float, quiet: float = 0.6, longest: float = 40) -> Film:
        """Follow the screen until at least a share of it has changed and it has come to rest.

        Raises:
            NothingShown: that did not happen within `longest` seconds.
        """
        first = last = self.look()
        frames = [(0.0, first)]
        while (elapsed := time.perf_counter() - since) < longest:
            pixels = self.look()
            if pixels != last:
                frames.append((time.perf_counter() - since, pixels))
                last = pixels
            elif elapsed - frames[-1][0] > quiet and unlike(first, last) >= changed:
                return Film(frames)
            time.sleep(LOOK_EVERY)
        raise NothingShown(f"the screen did not change as it should within {longest} s")

    def wait_for(self, wanted: Pixels, longest: float = 40) -> None:
        """Come back as soon as the screen shows a known picture.

        Raises:
            NothingShown: it does not within `longest` seconds.
        """
        until = time.perf_counter() + longest
        while time.perf_counter() < until:
            if unlike(self.look(), wanted) <= 0.02:
                return
            time.sleep(LOOK_EVERY)
        raise NothingShown(f"a known picture did not come within {longest} s")

    def wait_until_empty(self, longest: float = 10) -> None:
        """Come back once the last window is gone."""
        self.wait_for((EMPTY,) * len(self.look()), longest)


def unlike(one: Pixels, other: Pixels) -> float:
    """The share of points in which two pictures differ."""
    if one == other:
        return 0.0
    return sum(_differ(a, b) for a, b in zip(one, other, strict=True)) / len(one)


def _differ(a: int, b: int) -> bool:
    return a != b and _distance(a, b) > SAME


def between(start: Point, end: Point, share: float) -> Point:
    """The point that is a share of the way from one to another."""
    (left, top), (right, bottom) = start, end
    return round(left + share * (right - left)), round(top + share * (bottom - top))


def _distance(a: int, b: int) -> int:
    return sum(abs((a >> shift & 0xFF) - (b >> shift & 0xFF)) for shift in (0, 8, 16))


def _mapped(file: Path) -> tuple[memoryview, int]:
    """The pixels of an XWD file as it changes, and how many make a line."""
    with file.open("rb") as opened:
        mapped = memoryview(mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ))
    header = XWD_HEADER.unpack(mapped[: XWD_HEADER.size])
    header_bytes, line_bytes, colors = header[0], header[12], header[19]
    start = header_bytes + colors * XWD_COLOR_BYTES
    words = mapped[start : start + line_bytes * HEIGHT].cast("I")
    return words, line_bytes // 4


class _Pointer:
    """Taps through the XTEST extension, as xdotool does, without its start in the measurement."""

    def __init__(self) -> None:
        try:
            self._x11 = ctypes.CDLL("libX11.so.6")
            self._xtst = ctypes.CDLL("libXtst.so.6")
        except OSError:
            raise ScreenUnusable("libXtst is missing; install Debian's package xdotool") from None
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong

    def connect(self, display: str) -> None:
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))
        if self._display.value is None:
            raise ScreenUnusable("the virtual screen does not answer; try again")
        root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))
        self._x11.XSetWindowBackground(self._display, root, ctypes.c_ulong(EMPTY))
        self._x11.XClearWindow(self._display, root)
        self._x11.XSync(self._display, 0)

    def tap(self, point: Point) -> float:
        at = self.press(point)
        self.release()
        return at

    def press(self, point: Point) -> float:
        self.move(point)
        return self._button(1)

    def release(self) -> float:
        return self._button(0)

    def move(self, point: Point) -> None:
        self._xtst.XTestFakeMotionEvent(self._display, -1, *point, NOW)
        self._x11.XFlush(self._display)

    def _button(self, down: int) -> float:
        self._xtst.XTestFakeButtonEvent(self._display, 1, down, NOW)
        at = time.perf_counter()
        self._x11.XSync(self._display, 0)
        return at
