"""The pictures of `kiosk report`, drawn by a process of its own.

The charting library takes 50 MB, which a kiosk that runs for months must not keep.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from kiosk.operation.processes import own_command, own_environment

LONGEST_SECONDS = 60.0
PREFIX = "kiosk: "
"""Before the reason why a command could not be carried out."""


class ReportFailed(Exception):
    """There is no report; the message says why."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in a file, with what it shows."""

    name: str
    title: str
    sentence: str
    file: Path


@dataclass(frozen=True, slots=True)
class DrawnReport:
    """See `kiosk.usage.report.usage_report.UsageReport`."""

    period: str
    highlights: tuple[tuple[str, str], ...]
    drawings: tuple[Drawing, ...]


class ReportProcess:
    """Draws once; `close`, on any thread, ends it and removes its files."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._process: subprocess.Popen[str] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._is_closed = False
        self._lock = Lock()

    def draw(self) -> DrawnReport:
        """The report; takes seconds.

        Raises:
            ReportFailed: see there.
        """
        text = self._output()
        try:
            return self._unpack(text)
        except OSError as error:
            raise ReportFailed(
                f"the pictures cannot be stored for the moment ({error.strerror}); free some space"
                " on the disk"
            ) from None
        except (ValueError, LookupError, TypeError):
            raise ReportFailed("the report cannot be understood; restart the kiosk") from None

    def close(self) -> None:
        """End the process if it still draws, and remove what it drew."""
        with self._lock:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()
            if self._folder is not None:
                self._folder.cleanup()

    def _output(self) -> str:
        try:
            process = self._start()
            output, errors = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise ReportFailed(
                f"the report is not there after {LONGEST_SECONDS:.0f} seconds; try again later"
            ) from None
        except OSError as error:
            raise ReportFailed(
                f"the report cannot be drawn ({error.strerror}); try again later"
            ) from None
        if process.returncode:
            raise ReportFailed(_reason(errors))
        return output

    def _start(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._is_closed:
                raise ReportFailed("nobody waits for the report any more")
            self._process = subprocess.Popen(
                own_command("kiosk", "report", "--json", "--data", str(self._data)),
                env=own_environment() | {"PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
            )
            return self._process

    def _unpack(self, text: str) -> DrawnReport:
        """Pictures become files, which Qt's pictures can be read from."""
        report = json.loads(text)
        with self._lock:
            if self._is_closed:
                raise ReportFailed("nobody waits for the report any more")
            self._folder = TemporaryDirectory(prefix="kiosk-usage-", ignore_cleanup_errors=True)
            drawings = tuple(
                _drawing(picture, Path(self._folder.name, f"{number}.svg"))
                for number, picture in enumerate(report["pictures"])
            )
        highlights = tuple((str(figure), str(label)) for figure, label in report["highlights"])
        return DrawnReport(str(report["period"]), highlights, drawings)


def _drawing(picture: dict[str, object], file: Path) -> Drawing:
    file.write_text(str(picture["svg"]), "utf-8")
    return Drawing(
        *(str(picture["name"]), str(picture["title"]), str(picture["sentence"])),
        file,
    )


def _reason(errors: str) -> str:
    """What the command says last, without a traceback."""
    lines = [line for line in errors.splitlines() if line.startswith(PREFIX)]
    if not lines:
        return "the report cannot be drawn; 'kiosk report' on this machine says more"
    return lines[-1].removeprefix(PREFIX)
