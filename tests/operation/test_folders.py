"""The data folder is private, writable and held by one kiosk; the content is found."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.operation import folders, locks
from kiosk.operation.folders import (
    COMMAND_LOCK_NAME,
    KIOSK_LOCK_NAME,
    AlreadyRunning,
    FolderRefused,
    create_data_folder,
    default_content,
    default_data,
    require_owner,
)
from kiosk.operation.locks import command_lock, is_in_use, kiosk_lock
from kiosk.signups.store.queue import Queue
from tests.conftest import Python, make_signup
from tests.operation.conftest import Hold, holder

AT_WORK = """
import sys
from pathlib import Path
from kiosk.operation.locks import command_lock
with command_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def _refusal(folder: Path) -> str:
    with pytest.raises(FolderRefused) as caught:
        create_data_folder(folder)
    return str(caught.value)


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "data"

    create_data_folder(folder)
    create_data_folder(folder)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("below", ["", "data"])
def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / below

    assert _refusal(folder) == f"{folder} is not a folder; pass a folder with --data"


def _writing_fails_with(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    original = Path.write_bytes

    def fail(file: Path, data: bytes) -> int:
        original(file, b"")
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "write_bytes", fail)


def test_a_full_disk_is_told_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _writing_fails_with(monkeypatch, errno.ENOSPC)

    assert _refusal(tmp_path) == f"the disk of {tmp_path} is full; free some space on it"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    _writing_fails_with(monkeypatch, code)

    assert _refusal(tmp_path) == (
        f"{tmp_path} cannot be written ({os.strerror(code)}); fix its permissions, or pass another"
        " folder with --data"
    )


def test_of_a_disk_that_has_become_read_only_nobody_is_sent_to_its_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor to remove a lock, which cannot be removed."""
    sentence = (
        f"{tmp_path} is on a disk that has become read-only; check the disk, or copy the folder to"
        " another one and pass that with --data"
    )
    with monkeypatch.context() as patch:
        _writing_fails_with(patch, errno.EROFS)
        assert _refusal(tmp_path) == sentence

    def refuse(file: Path, _: int) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(file))

    monkeypatch.setattr(locks, "open_regular_file", refuse)
    for lock in (kiosk_lock, command_lock):
        with pytest.raises(FolderRefused) as refused, lock(tmp_path):
            pass
        assert str(refused.value) == sentence


def test_the_systems_own_unwritable_folder_is_told() -> None:
    assert "cannot be written" in _refusal(Path("/proc/kiosk"))


def test_two_kiosks_do_not_share_a_folder(tmp_path: Path, running_kiosk: Hold) -> None:
    assert not is_in_use(tmp_path)
    running_kiosk(tmp_path)

    assert is_in_use(tmp_path)
    with pytest.raises(AlreadyRunning) as caught, kiosk_lock(tmp_path):
        pass
    assert str(caught.value) == (
        f"another kiosk is using {tmp_path}; close it, or pass another folder with --data"
    )


def test_a_kiosk_that_was_killed_lets_go_of_its_folder(tmp_path: Path, running_kiosk: Hold) -> None:
    process = running_kiosk(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert not is_in_use(tmp_path)
    with kiosk_lock(tmp_path):
        assert is_in_use(tmp_path)
    assert not is_in_use(tmp_path)


@pytest.mark.parametrize("lock", [kiosk_lock, command_lock])
def test_a_folder_is_let_go_of_after_an_error(
    tmp_path: Path, lock: Callable[[Path], AbstractContextManager[None]]
) -> None:
    with pytest.raises(RuntimeError), lock(tmp_path):
        raise RuntimeError

    with lock(tmp_path):
        pass


def test_asking_whether_a_folder_is_in_use_makes_nothing(tmp_path: Path) -> None:
    assert not is_in_use(tmp_path)
    assert not is_in_use(tmp_path / "nowhere")

    assert list(tmp_path.iterdir()) == []


def test_two_may_ask_at_once_whether_a_folder_is_in_use(tmp_path: Path) -> None:
    """One question is not taken for a kiosk by the other."""
    import fcntl

    with (tmp_path / KIOSK_LOCK_NAME).open("w") as question:
        fcntl.flock(question, fcntl.LOCK_SH)

        assert not is_in_use(tmp_path)


@pytest.mark.parametrize(
    ("lock", "name"), [(kiosk_lock, KIOSK_LOCK_NAME), (command_lock, COMMAND_LOCK_NAME)]
)
def test_a_lock_that_cannot_be_opened_is_told(
    tmp_path: Path, lock: Callable[[Path], AbstractContextManager[None]], name: str
) -> None:
    (tmp_path / name).mkdir()

    output = rf"{re.escape(name)} cannot be opened \(Is a directory\); remove it"
    with pytest.raises(FolderRefused, match=output), lock(tmp_path):
        pass


@pytest.fixture
def at_work(python: Python) -> Hold:
    """Another process that is at work on the signups of a folder, as an export is."""
    return holder(python, AT_WORK)


def test_two_commands_are_not_at_work_on_one_folder(tmp_path: Path, at_work: Hold) -> None:
    process = at_work(tmp_path)

    with pytest.raises(FolderRefused) as caught, command_lock(tmp_path):
        pass
    assert str(caught.value) == (
        f"another command is using the signups in {tmp_path}; wait until it has finished"
    )
    process.communicate("done\n")
    with command_lock(tmp_path):
        pass


def test_a_command_that_was_killed_lets_go_of_its_folder(tmp_path: Path, at_work: Hold) -> None:
    process = at_work(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()

    with command_lock(tmp_path):
        pass


def test_a_command_is_at_work_while_the_kiosk_runs(tmp_path: Path, running_kiosk: Hold) -> None:
    running_kiosk(tmp_path)

    with command_lock(tmp_path):
        assert is_in_use(tmp_path)


def test_a_command_at_work_is_not_taken_for_a_kiosk(tmp_path: Path, at_work: Hold) -> None:
    at_work(tmp_path)

    assert not is_in_use(tmp_path)
    with kiosk_lock(tmp_path):
        pass


def test_the_content_of_the_folder_one_stands_in_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content.yaml").touch()
    monkeypatch.chdir(tmp_path)

    assert default_content() == Path("content.yaml")


def test_elsewhere_the_content_that_came_with_the_kiosk_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    package = tmp_path / "site-packages" / "kiosk"
    installed = package / "default" / "content.yaml"

    checkout = default_content()
    monkeypatch.setattr(folders, "PACKAGE", package)
    nowhere = default_content()
    installed.parent.mkdir(parents=True)
    installed.touch()

    assert checkout == Path(__file__).parents[2] / "content.yaml"
    assert nowhere == Path("content.yaml")  # to be named in the sentence that it is missing
    assert default_content() == installed


def test_data_goes_where_the_platform_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert default_data() == tmp_path / "showroom-kiosk"


@pytest.mark.parametrize("name", [KIOSK_LOCK_NAME, COMMAND_LOCK_NAME])
def test_a_lock_is_for_its_owner_alone(tmp_path: Path, name: str) -> None:
    before = os.umask(0)
    try:
        with kiosk_lock(tmp_path), command_lock(tmp_path):
            assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


def test_a_folder_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_owner(tmp_path)
    require_owner(tmp_path / "not there")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    with pytest.raises(FolderRefused, match=f"belongs to the user {tmp_path.owner()}; run"):
        require_owner(tmp_path)


# Another user's


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may stand in for others")
ANOTHER = 12345
WRITING = [
    "run --windowed",
    "rollback",
    "rollback --release",
    "export --out a.csv",
    "erase vera@example.com",
    "erase vera@example.com --suppress",
    "erase --before 2024-01-01 --yes",
    "keys create --out k.json",
    "keys seal",
    "recover other.sqlite3",
]


MAKING = ("run", "rollback", "erase vera@example.com --suppress", "keys", "recover")
"""Begin without signups, too; the others say that there are none."""


@needs_root
@pytest.mark.parametrize("place", ["data", "data/new", "data/new/er"])
@pytest.mark.parametrize("command", WRITING)
def test_no_command_leaves_files_of_root_in_the_folder_of_the_kiosks_user(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    place: str,
) -> None:
    data = tmp_path / "data"
    create_data_folder(data)
    with Queue.open(data) as queue:
        queue.add(make_signup())
    for path in (data, *data.iterdir()):
        os.chown(path, ANOTHER, ANOTHER)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    if place == "data":
        status = main([*command.split(), "--data", place])
    else:  # only what no folder was named for may be made
        monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / place)
        status = main(command.split())

    output = capsys.readouterr().err
    if place == "data" or command.startswith(MAKING):
        assert (status, output.count("\n")) == (2, 1), output
        assert "belongs to the user #12345; run the command as that user, with 'sudo -u" in output
    assert sorted(tmp_path.rglob("*")) == before
    assert {path.stat().st_uid for path in (data, *data.rglob("*"))} == {ANOTHER}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder to which every user of the machine gets; pytest's own are closed."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        yield Path(name)


@needs_root
def test_the_kiosks_own_user_makes_its_folder_where_root_may_not(open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir()
    os.chown(home, ANOTHER, ANOTHER)
    script = (
        "import os, sys; from pathlib import Path;"
        "from kiosk.operation.folders import create_data_folder;"
        "os.setresgid(*[12345] * 3); os.setresuid(*[12345] * 3);"
        "create_data_folder(Path(sys.argv[1])); create_data_folder(Path(sys.argv[1]))"
    )

    with pytest.raises(FolderRefused, match="belongs to the user #12345"):
        create_data_folder(home / "data")
    subprocess.run(
        [sys.executable, "-c", script, home / "data"], cwd=Path(__file__).parents[2], check=True
    )

    assert (home / "data").stat().st_uid == ANOTHER


def test_a_folder_that_is_not_there_yet_may_be_made_in_one_of_the_systems(tmp_path: Path) -> None:
    require_owner(tmp_path / "new" / "data")
    require_owner(Path("/new"))


def test_in_a_folder_that_may_not_be_searched_it_is_shown_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where root's folder is the current one of the kiosk's user."""
    look = os.stat

    def refuse(path: Path, *arguments: object, **options: bool) -> os.stat_result:
        if str(path) == "content.yaml":
            raise PermissionError(13, "Permission denied")
        return look(path, **options)

    monkeypatch.setattr(os, "stat", refuse)

    assert default_content() == Path(__file__).parents[2] / "content.yaml"
