"""What people take away lands on their stick, and never on the kiosk for want of one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.operation import destinations
from kiosk.operation.destinations import is_drive_missing, require_destination
from kiosk.operation.folders import FolderRefused
from kiosk.operation.health import examine
from kiosk.signups.crypto.keys import load_installed_key
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup

CHECKOUT = Path(__file__).parents[2]
Mount = Callable[..., None]


@pytest.fixture
def drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for drives, as /media is, on a machine of its own without any drive."""
    (tmp_path / "media" / "stick").mkdir(parents=True)
    monkeypatch.setattr(destinations, "MOUNT_PARENTS", (tmp_path / "media",))
    monkeypatch.setattr(destinations, "MOUNTINFO", tmp_path / "mountinfo")
    monkeypatch.setattr(destinations, "FSTAB", tmp_path / "fstab")
    (tmp_path / "mountinfo").write_text("22 1 8:2 / / rw shared:1 - ext4 /dev/sda2 rw\n")
    return tmp_path / "media"


@pytest.fixture
def mount(tmp_path: Path, drives: Path) -> Mount:
    """Adds a drive to the system's list of what is mounted."""

    def add(place: Path, kind: str = "vfat") -> None:
        with (tmp_path / "mountinfo").open("a") as table:
            point = str(place).replace(" ", "\\040")
            table.write(f"40 22 8:17 / {point} rw,nosuid - {kind} /dev/sdb1 rw\n")

    return add


def _refusal(out: Path, data: Path = Path("/nowhere")) -> str | None:
    try:
        require_destination(out, data)
    except FolderRefused as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    "out", ["a.csv", "stick/a.csv", "stick/2024/a.csv", "ann/STICK/a.csv", "stick", "."]
)
def test_where_no_drive_is_mounted_nothing_is_written(drives: Path, out: str) -> None:
    file = drives / out

    assert _refusal(file) == (
        f"{file} would stay on the kiosk's own disk, since no drive is mounted there; plug the"
        " drive in and try again, or choose another folder"
    )


@pytest.mark.parametrize("place", ["stick", "a b", "ann/STICK", "."])
@pytest.mark.parametrize("below", ["", "a.csv", "2024/May/a.csv"])
def test_a_drive_that_is_mounted_may_be_written(
    drives: Path, mount: Mount, place: str, below: str
) -> None:
    mount(drives / place)

    assert _refusal(drives / place / below) is None


def test_a_data_folder_in_the_place_of_a_drive_lacks_it(
    tmp_path: Path, drives: Path, mount: Mount
) -> None:
    data = drives / "stick" / "kiosk"

    assert is_drive_missing(data)
    assert not is_drive_missing(tmp_path / "home")
    (tmp_path / "fstab").write_text(f"UUID=1 {tmp_path}/home ext4 defaults 0 2\n")
    assert is_drive_missing(tmp_path / "home" / "kiosk")
    for place in (drives / "stick", tmp_path / "home"):
        mount(place)
    assert not is_drive_missing(data)
    assert not is_drive_missing(tmp_path / "home" / "kiosk")


def test_health_warns_of_a_data_folder_whose_drive_is_not_mounted(
    drives: Path, mount: Mount
) -> None:
    def lines() -> list[str]:
        return [found.text for found in examine(drives / "stick") if found.name == "disk"]

    warning = f"{drives}/stick is on the kiosk's own disk, since no drive is mounted there"
    assert any(line.startswith(warning) for line in lines())
    mount(drives / "stick")
    assert not any(line.startswith(warning) for line in lines())


def test_another_stick_is_not_the_one_that_was_named(drives: Path, mount: Mount) -> None:
    mount(drives / "stick")

    assert _refusal(drives / "stick2" / "a.csv") is not None
    assert _refusal(drives / "stick" / ".." / "other" / "a.csv") is not None


def test_a_link_leads_to_where_it_leads(drives: Path, mount: Mount, tmp_path: Path) -> None:
    (tmp_path / "stick").symlink_to(drives / "stick")
    (drives / "elsewhere").symlink_to(tmp_path)

    assert _refusal(tmp_path / "stick" / "a.csv") is not None
    assert _refusal(drives / "elsewhere" / "a.csv") is None
    mount(drives / "stick")
    assert _refusal(tmp_path / "stick" / "a.csv") is None


def test_a_place_that_waits_for_its_drive_is_no_drive(drives: Path, mount: Mount) -> None:
    mount(drives / "stick", "autofs")
    assert _refusal(drives / "stick" / "a.csv") is not None

    mount(drives / "stick", "ext4")
    assert _refusal(drives / "stick" / "a.csv") is None


def test_a_place_in_the_list_of_drives_must_be_mounted_wherever_it_is(
    drives: Path, mount: Mount, tmp_path: Path
) -> None:
    (tmp_path / "back up").mkdir()
    escaped = str(tmp_path / "back up").replace(" ", "\\040")
    (tmp_path / "fstab").write_text(
        "# /etc/fstab\n\nUUID=1 / ext4 defaults 0 1\nUUID=2 none swap sw 0 0\n"
        f"UUID=3\t{escaped}\text4\tnoauto\t0\t2\n"
    )

    assert _refusal(tmp_path / "a.csv") is None
    assert _refusal(tmp_path / "back up" / "a.csv") is not None
    mount(tmp_path / "back up")
    assert _refusal(tmp_path / "back up" / "a.csv") is None


def test_elsewhere_on_the_machine_is_where_somebody_wants_it(drives: Path, tmp_path: Path) -> None:
    assert _refusal(tmp_path / "a.csv") is None
    assert _refusal(tmp_path / "not there" / "a.csv") is None


def test_without_a_list_of_what_is_mounted_the_folders_are_asked(
    drives: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mountinfo").unlink()
    assert _refusal(drives / "stick" / "a.csv") is not None

    monkeypatch.setattr(os.path, "ismount", lambda folder: folder == drives / "stick")
    assert _refusal(drives / "stick" / "a.csv") is None


@pytest.mark.parametrize("out", ["data/a.csv", "data/b/a.csv", "data", "link/a.csv", "x/../data/a"])
def test_nothing_is_written_into_the_data_folder(tmp_path: Path, out: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "x").mkdir()
    (tmp_path / "link").symlink_to("data")

    assert _refusal(tmp_path / out, tmp_path / "data") == (
        f"{tmp_path / out} would be in the data folder, among the kiosk's own files; choose a USB"
        " stick or another folder"
    )
    assert _refusal(tmp_path / "data.csv", tmp_path / "data") is None


# With real mounts


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a signup."""
    with Queue.open(tmp_path) as queue:
        queue.add(make_signup())
    return tmp_path


COMMANDS = [
    "export --out /mnt/stick/a.csv --data {data}",
    "keys create --out /mnt/stick/manager.key --data {data}",
    "proof --out /mnt/stick/proof.pdf --content content.yaml --data {data}",
    "snapshot --out /mnt/stick/pictures --content content.yaml",
    "new /mnt/stick/showroom",
]
ONE_AFTER_THE_OTHER = (
    "import sys; from kiosk.cli import main; print([main(line.split()) for line in sys.argv[1:]])"
)
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")


def _with_own_mounts(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`$kiosk` is the kiosk, /mnt an empty folder of the machine's own disk."""
    result = subprocess.run(
        [
            "unshare",
            "--mount",
            "sh",
            "-uc",
            f"umount -l /mnt 2>&-; {script}",
            "sh",
            *map(str, arguments),
        ],
        cwd=CHECKOUT,
        env={**os.environ, "kiosk": f"{sys.executable} main.py", "KIOSK_PASSPHRASE": "p" * 20},
        capture_output=True,
        text=True,
        check=False,
    )
    if "Operation not permitted" in result.stderr:
        pytest.skip("this system lets nobody mount")
    return result


@pytest.mark.slow(reason="five commands, in a process with mounts of its own")
@needs_root
def test_each_command_that_writes_for_somebody_refuses_an_empty_mount_point(data: Path) -> None:
    """One after the other in one process, which takes the longest to start."""
    commands = [command.format(data=data) for command in COMMANDS]

    result = _with_own_mounts(f'{sys.executable} -c "$@"', ONE_AFTER_THE_OTHER, *commands)

    assert result.stdout == f"{[2] * len(COMMANDS)}\n"
    lines = result.stderr.splitlines()
    assert len(lines) == len(COMMANDS)
    for line in lines:
        assert "would stay on the kiosk's own disk, since no drive is mounted there; plug" in line
    assert not Path("/mnt/stick").exists()


@pytest.fixture
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drive")


@pytest.mark.slow(reason="several commands, each a process of its own")
@needs_root
def test_what_is_written_onto_a_drive_lies_there_and_stays_when_it_is_taken(
    data: Path, drive: Path
) -> None:
    """Bound to a folder of the same disk, which no look at its number would tell."""
    result = _with_own_mounts(
        "mount --bind $2 /mnt; $kiosk export --out /mnt/a.csv --data $1;"
        " $kiosk keys create --out /mnt/manager.key --data $1",
        data,
        drive,
    )

    assert result.returncode == 0, result.stderr
    assert {file.name for file in drive.iterdir()} == {"a.csv", "manager.key"}


PULLED = """
import subprocess, sys
from pathlib import Path
from kiosk.cli import main
from kiosk.signups.crypto import keys
from kiosk.signups.export.formats import ExportRow

def pull(*_):
    subprocess.run(["umount", "--lazy", "/mnt"], check=True)
    return text

text = "{}"
if sys.argv[1] == "export":
    from kiosk.signups.export.exporter import WRITERS
    WRITERS["csv"] = lambda file, entries, now: (file.write(b"half"), pull(), list(entries))
else:
    locked = keys._encrypted
    keys._encrypted = lambda *given: (pull(), locked(*given))[1]
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow(reason="commands in processes with mounts of their own")
@needs_root
@pytest.mark.parametrize("command", ["export --out /mnt/a.csv", "keys create --out /mnt/k.key"])
def test_a_stick_that_is_pulled_in_the_middle_leaves_nothing_half_done(
    data: Path, drive: Path, command: str
) -> None:
    result = _with_own_mounts(
        f'mount --bind $2 /mnt; {sys.executable} -c "$3" {command} --data $1', data, drive, PULLED
    )

    assert (result.returncode, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert (
        "cannot be written (No such device); plug the USB stick in again or choose another" in line
    )
    with Queue.open(data) as queue:
        assert queue.count("new") == 1
        assert queue.exports() == []
        assert queue.count_unsealed() == 1
    assert load_installed_key(data) is None
    assert not [file for file in drive.iterdir() if not file.name.startswith(".")]
