"""How bright the panel is, where the system lets the kiosk's user change it.

A built-in panel's backlight is a file of the kernel; a monitor obeys DDC/CI, by `ddcutil`, if that
is installed and its user may use `/dev/i2c-*`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.files import read_small_file

BACKLIGHTS = Path("/sys/class/backlight")
PROGRAM = "ddcutil"
FEATURE = "10"
"""Luminance, of the VESA Monitor Control Command Set."""
ANSWER = re.compile(r"VCP\s+10\s+C\s+(?P<current>[0-9]+)\s+(?P<most>[0-9]+)")
TIMEOUT_SECONDS = 10.0
"""It looks at every connector."""
LEAST_PERCENT = 20
"""Darker, staff would hardly find the way back."""
MAX_FILE_BYTES = 64


class BrightnessRefused(Exception):
    """The panel cannot be set; the message says why."""


@dataclass(frozen=True, slots=True)
class Backlight:
    """A panel whose backlight the kernel sets."""

    folder: Path

    def read(self) -> int | None:
        """In percent; None if that is not known."""
        with suppress(OSError, ValueError, ZeroDivisionError):
            return round(100 * self._value("brightness") / self._value("max_brightness"))
        return None

    def set(self, percent: int) -> None:
        """Set it.

        Raises:
            BrightnessRefused: the kernel refuses.
        """
        try:
            value = round(self._value("max_brightness") * percent / 100)
            (self.folder / "brightness").write_text(str(value))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is damaged"
            raise BrightnessRefused(f"{self.folder} cannot be set ({reason})") from None

    def _value(self, name: str) -> int:
        return int(read_small_file(self.folder / name, MAX_FILE_BYTES))


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor that obeys DDC/CI."""

    program: str

    def read(self) -> int | None:
        """In percent; None if it does not answer."""
        current, most = self._answer()
        return round(100 * current / most) if most else None

    def set(self, percent: int) -> None:
        """Set it.

        Raises:
            BrightnessRefused: it does not obey.
        """
        _, most = self._answer()
        value = str(round(most * percent / 100))
        if not most or self._ask("setvcp", FEATURE, value) is None:
            raise BrightnessRefused("the monitor does not obey; set it by its own buttons")

    def _answer(self) -> tuple[int, int]:
        """Its brightness, and what it calls its brightest; zeros if it does not answer."""
        found = ANSWER.search(self._ask("getvcp", FEATURE, "--terse") or "")
        return (0, 0) if found is None else (int(found["current"]), int(found["most"]))

    def _ask(self, *arguments: str) -> str | None:
        """What the program prints; None if it fails."""
        with suppress(OSError, subprocess.TimeoutExpired):
            done = subprocess.run(
                [self.program, *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
            if done.returncode == 0:
                return done.stdout
        return None


Panel = Backlight | Monitor


def find_panel() -> Panel | None:
    """The first panel that can be set; takes a second where a monitor has to be asked."""
    with suppress(OSError):
        for folder in sorted(BACKLIGHTS.iterdir()):
            panel = Backlight(folder)
            if os.access(folder / "brightness", os.W_OK) and panel.read() is not None:
                return panel
    program = shutil.which(PROGRAM)
    monitor = None if program is None else Monitor(program)
    return monitor if monitor is not None and monitor.read() is not None else None
