"""An X server for the tests that need a screen of their own."""

from __future__ import annotations

import os
import re
import subprocess
from tempfile import TemporaryDirectory

from PIL import Image, ImageGrab


class Server:
    """An X server: Xvnc, whose screen can change its size, or the lighter Xvfb."""

    def __init__(self, size: str = "1280x720", *, is_fixed: bool = False) -> None:
        self._folder = TemporaryDirectory()
        reading, writing = os.pipe()
        # Nobody looks at Xvnc from elsewhere, but newer ones will not start with no way in.
        way_in = ("-SecurityTypes", "None", "-ac", "-rfbport", "-1")
        growing = ("Xvnc", "-geometry", size, "-depth", "24", *way_in)
        fixed = ("Xvfb", "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset")
        inside = () if is_fixed else ("-rfbunixpath", f"{self._folder.name}/rfb")
        self._program = subprocess.Popen(
            [*(fixed if is_fixed else growing), *inside, "-displayfd", str(writing)],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        assert number, "the X server did not start"
        self.display = f":{number}"

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

    def colors(self) -> list[object]:
        """What is drawn on the screen; one color while nothing is."""
        return self.picture().getcolors(10**7) or []

    def end(self) -> None:
        self._program.terminate()
        self._program.wait()
        self._folder.cleanup()
