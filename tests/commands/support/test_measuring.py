"""`kiosk check` measures the screens in a process of its own, and does without Qt where it must."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.commands.support.measuring import measure
from kiosk.content.check.loading import load
from tests.conftest import Contents

pytestmark = pytest.mark.slow(reason="draws in processes of their own")
CHECKOUT = Path(__file__).resolve().parents[3]
MOMENT = datetime(2024, 5, 1, 12, tzinfo=UTC)
LONG = "Heritage and all its history"


def check(*given: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CHECKOUT / "main.py", "check", *given],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def crowded(contents: Contents, **top: object) -> Path:
    places = [contents.links(id=f"l{n}") for n in range(6)]
    return contents.write(contents.timeline(name=LONG), *places, **top)


def test_nothing_is_measured_unless_screens_are_named(contents: Contents) -> None:
    assert measure(load(crowded(contents)), [], MOMENT) == ()
    assert "[text-fit]" not in check(crowded(contents)).stdout


def test_the_screens_of_the_content_are_measured(contents: Contents) -> None:
    result = check(crowded(contents, screens=["1920x1080", "1080x1920"]))
    (line,) = [line for line in result.stdout.splitlines() if line.endswith("[text-fit]")]
    assert f"warning: '{LONG}' has 28 letters and is cut off on screen " in line
    assert "shorten it to about " in line
    assert (result.returncode, result.stderr) == (0, "")


def test_a_screen_can_be_asked_for_instead(contents: Contents) -> None:
    result = check(crowded(contents, screens=["1920x1080"]), "--size", "1080x1920")
    assert "at 1080x1920; shorten it to about " in result.stdout
    assert "at 1920x1080" not in result.stdout


def test_without_qt_the_rest_is_still_checked(contents: Contents, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('libEGL.so.1: cannot open')")
    file = crowded(contents, screens=["1920x1080"], language="es")
    result = check(file, PYTHONPATH=str(broken.parent))
    assert "language-texts" in result.stdout
    assert result.stderr == (
        "kiosk: could not check whether the texts fit their screens (ImportError: libEGL.so.1:"
        " cannot open)\n"
    )
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("program", "reason"), [("/bin/false", "it ended with 1"), ("/not/there", "No such file")]
)
def test_a_process_that_says_nothing_is_told(
    contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    program: str,
    reason: str,
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert measure(load(crowded(contents)), ["1920x1080"], MOMENT) == ()
    assert reason in capsys.readouterr().err


def test_a_file_saved_meanwhile_is_told(
    contents: Contents, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = load(crowded(contents))
    contents.write(contents.timeline(name="Another"))
    assert measure(loaded, ["960x540"], MOMENT) == ()
    assert "the file was saved meanwhile" in capsys.readouterr().err


def test_no_python_file_beside_the_content_is_run(contents: Contents) -> None:
    file = crowded(contents, screens=["960x540"])
    (file.parent / "yaml.py").write_text("raise SystemExit('run from the content folder')")
    result = subprocess.run(
        [sys.executable, CHECKOUT / "main.py", "check"],
        cwd=file.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "[text-fit]" in result.stdout
    assert result.stderr == ""
