"""An X server for the tests that need a screen of their own."""

from __future__ import annotations

import os
import re
import subprocess
from tempfile import TemporaryDirectory

from PIL import Image, ImageGrab


class Server:
    """An X server whose screen can change its size."""

    def __init__(self, size: str = "1280x720") -> None:
        self._folder = TemporaryDirectory()
        reading, writing = os.pipe()
        self._program = subprocess.Popen(
            [
                *("Xvnc", "-displayfd", str(writing), "-geometry", size, "-depth", "24"),
                *("-SecurityTypes", "None", "-ac"),
                # Nobody looks at it from elsewhere, but newer ones will not start with no way in.
                *("-rfbport", "-1", "-rfbunixpath", f"{self._folder.name}/rfb"),
            ],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.display = f":{answer.readline().strip()}"

    def ask(self, *command: str) -> str:
        environment = os.environ | {"DISPLAY": self.display}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        ).stdout

    def window_size(self) -> str:
        found = self.ask(
            *("xdotool", "search", "--onlyvisible", "--name", "^Showroom$"),
            *("getwindowgeometry", "%@"),
        )
        return ",".join(re.findall(r"Geometry: (\d+x\d+)", found))

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def colours(self) -> list[object]:
        """What is drawn on the screen; one colour while nothing is."""
        return self.picture().getcolors(10**7) or []

    def end(self) -> None:
        self._program.terminate()
        self._program.wait()
        self._folder.cleanup()
