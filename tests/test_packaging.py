"""The installed package: `kiosk` works from any folder, with everything it needs inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow(reason="builds the package and draws from it")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if find_spec("hatchling") else []
    built = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check"),
            *("--no-deps", *isolation, "--wheel-dir", folder, CHECKOUT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode and not isolation and "No matching distribution" in built.stderr:
        pytest.skip("hatchling is neither installed nor to be had from the package index")
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that Python finds the package in, as an installation has it."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def kiosk(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "kiosk", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(installed), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_all_qml_artwork_and_content_is_in_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    qml = CHECKOUT / "kiosk" / "showroom" / "qml"
    wanted = {
        str(file.relative_to(CHECKOUT))
        for file in qml.rglob("*")
        if file.is_file() and file.suffix in {".qml", ""} and "__pycache__" not in file.parts
    }
    assert len(wanted) > 40
    assets = (file for file in (CHECKOUT / "assets").rglob("*") if file.is_file())
    wanted |= {f"kiosk/default/{file.relative_to(CHECKOUT)}" for file in assets}
    wanted |= {"kiosk/default/content.yaml", "kiosk/default/content.schema.json"}
    wanted.add("kiosk/content/template.yaml")
    assert wanted - packed == set()
    assert not [name for name in packed if name.startswith(("tests/", "docs/"))]


def test_the_command_is_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "kiosk = kiosk.cli:main" in archive.read(name).decode()


def test_what_came_with_the_kiosk_can_be_checked_by_its_name(
    installed: Path, tmp_path: Path
) -> None:
    default = installed / "kiosk" / "default" / "content.yaml"
    result = kiosk(installed, tmp_path, "check", "--at", "2024-05-01", str(default))
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines
    for line in lines:  # its examples are told, and nothing else
        assert line.startswith(f"{default}:")
        assert line.endswith("[example-left]")


def test_another_showroom_is_started_from_another_folder(installed: Path, tmp_path: Path) -> None:
    result = kiosk(installed, tmp_path, "new", "north")
    assert (result.returncode, result.stderr) == (0, "")
    schema = (tmp_path / "north" / "content.schema.json").read_bytes()
    assert schema == (CHECKOUT / "content.schema.json").read_bytes()
    assert kiosk(installed, tmp_path, "check", "north/content.yaml").returncode == 0


def test_every_screen_is_drawn_from_another_folder(installed: Path, tmp_path: Path) -> None:
    result = kiosk(installed, tmp_path, "snapshot", "--size", "960x540", "--at", "2024-05-01")
    assert result.returncode == 0, result.stderr
    drawn = list((tmp_path / "snapshots" / "960x540" / "en").glob("*.png"))
    assert len(drawn) > 40
    assert "Cannot open" not in result.stderr
    assert "is not installed" not in result.stderr


def test_the_debian_package_holds_what_the_kiosk_needs_and_no_tool_of_developers() -> None:
    script = CHECKOUT / ".ci" / "package" / "runtime_requirements.py"
    done = subprocess.run(
        [sys.executable, script], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    names = {line.partition("==")[0] for line in done.stdout.splitlines() if "==" in line}
    assert {"pyside6-addons", "pydantic-core", "pynacl", "cffi", "pyyaml", "shiboken6"} <= names
    assert not names & {"pytest", "ruff", "mypy", "hypothesis", "coverage"}
    assert done.stdout.count("--hash=sha256:") > len(names)


def test_the_debian_package_creates_the_user_that_the_service_runs_as() -> None:
    script = CHECKOUT / ".ci" / "package" / "sysusers.py"
    done = subprocess.run(
        [sys.executable, script],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert '\nu kiosk - "Showroom kiosk" /var/lib/showroom-kiosk\n' in done.stdout
