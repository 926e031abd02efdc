"""The whole kiosk on a file share that does not answer, from before its first frame on.

Each system call on the content's folder is held up by strace; what the thread that draws asks of
that folder would hold up the kiosk.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kiosk.operation.health import Finding, examine
from kiosk.operation.start_record import RECORD_NAME
from tests.faults.conftest import REPOSITORY
from tests.faults.showroom_visit import SIGHT_SECONDS
from tests.faults.system_calls import why_not
from tests.visit.test_real_window import eventually

if TYPE_CHECKING:
    from tests.conftest import Contents

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

HUNG = "delay_enter=60s"
SLOW_AT_FIRST = f"delay_enter={int(1.6e6 * SIGHT_SECONDS)}:when=1"
"""The first call of each thread takes longer, in microseconds, than a start waits."""
LONGEST_SECONDS = 40


class Kiosk(NamedTuple):
    """A kiosk that runs, what it tells, and the trace of who touched the content's folder."""

    process: subprocess.Popen[bytes]
    output: Path
    trace: Path

    def wait_for(self, word: str) -> str:
        """The first line that begins so."""
        until = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < until:
            found = next((line for line in self.heard() if line.startswith(word)), None)
            if found is not None:
                return found
            assert self.process.poll() is None, self.heard()
            time.sleep(0.05)
        raise AssertionError(f"never '{word}': {self.heard()}")

    def heard(self) -> list[str]:
        """Every line so far."""
        return self.output.read_text().splitlines()

    def touched_by(self) -> set[str]:
        """The threads, by number."""
        lines = self.trace.read_text(errors="replace").splitlines()
        return {line.split()[0] for line in lines if "(" in line and "---" not in line}


@contextmanager
def started(
    content: Path, data: Path, trace: Path, fault: str = "", *, of_all: bool = True
) -> Iterator[Kiosk]:
    """`of_all`: of the pictures and the folders as well as of the file.

    It is killed in the end, which is no crash that would lead to safe mode.
    """
    (data / RECORD_NAME).unlink(missing_ok=True)
    visit = [sys.executable, "-m", "tests.faults.showroom_visit", str(content), str(data), "60"]
    folder = content.parent
    places = [folder, *folder.rglob("*")] if of_all else [content]
    held_up = ["-e", f"inject=%file,%desc:{fault}"] if fault else []
    strace = [
        *("strace", "-f", "--seccomp-bpf", "-o", str(trace), "-e", "trace=%file,%desc"),
        *(part for place in places for part in ("-P", str(place))),
        *held_up,
    ]
    reported = trace.with_suffix(".told")
    with reported.open("wb") as output:
        process = subprocess.Popen(
            strace + visit, cwd=REPOSITORY, stdout=output, start_new_session=True
        )
    try:
        yield Kiosk(process, reported, trace)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def content(contents: Contents) -> Path:
    assets = contents.file.parent / "assets"
    (assets / "linked.png").symlink_to("car.png")
    pictures: list[dict[str, object]] = [{"file": "car.png"}, {"file": "linked.png"}]
    posters = [{"headline": "Kept", "line": "It won.", "picture": p} for p in pictures]
    return contents.write(
        contents.signup(),
        contents.timeline(picture=pictures[0]),
        attract={"posters": posters},
        home={"headline": "Small car", "lead": "A car for everyone.", "picture": pictures[1]},
    )


def content_of(data: Path) -> Finding:
    (finding,) = (finding for finding in examine(data) if finding.name == "content")
    return finding


def test_what_was_kept_opens_and_a_visitor_signs_up(
    content: Path, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    data = tmp_path / "data"
    with started(content, data, tmp_path / "first") as kiosk:
        kiosk.wait_for("thanked")
        main = kiosk.wait_for("presented").split()[1]
        eventually((data / "opening.json").exists)
        eventually(lambda: len(list(data.glob("history/pictures/*.png"))) > 0)
        eventually(kiosk.touched_by)
        assert main not in kiosk.touched_by()

    with subtests.test("at once"), started(content, data, tmp_path / "second", HUNG) as kiosk:
        main = kiosk.wait_for("presented").split()[1]
        assert "history/pictures" in kiosk.wait_for("posters Kept")
        kiosk.wait_for("thanked")
        finding = content_of(data)
        assert not [word for word in kiosk.heard() if word.startswith("late")]
        assert kiosk.touched_by(), "nothing was held up"
        assert main not in kiosk.touched_by()
        assert finding.needs_attention
        assert f"{content} does not respond since " in finding.text
        assert finding.text.endswith("version 1 is shown instead")

    (data / "opening.json").unlink()
    with subtests.test("without its note"), started(content, data, tmp_path / "3", HUNG) as kiosk:
        kiosk.wait_for("posters Kept")
        kiosk.wait_for("thanked")

    content.write_text(content.read_text("utf-8").replace("Kept", "Newest"), "utf-8")
    newest = started(content, data, tmp_path / "fourth", SLOW_AT_FIRST, of_all=False)
    with subtests.test("until the share answers"), newest as kiosk:
        kiosk.wait_for("posters Kept")
        kiosk.wait_for("thanked")
        kiosk.wait_for("posters Newest")
        assert content_of(data).text == f"{content} is fine, shown as version 2"


def test_where_nothing_was_kept_staff_are_told(content: Path, tmp_path: Path) -> None:
    with started(content, tmp_path / "data", tmp_path / "trace", HUNG) as kiosk:
        main = kiosk.wait_for("presented").split()[1]
        assert kiosk.wait_for("notice") == f"notice {content}"
        assert main not in kiosk.touched_by()
