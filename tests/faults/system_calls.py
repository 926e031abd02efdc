"""What a process asked of the disk, written down by strace, done again on a model of the disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.faults.disk_model import Disk, File, Folder, Truncate, Write

REPOSITORY = Path(__file__).parents[2]
OPENING = ("openat", "open", "creat", "close", "dup", "dup2", "dup3", "fcntl")
MOVING = ("read", "lseek")
CHANGING = (
    *("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "unlink", "unlinkat"),
    *("rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link"),
)
OF_NO_CONCERN = ("chmod", "fchmod", "fchown", "utimensat")
NOT_MODELLED = (
    *("writev", "pwritev", "pwritev2", "truncate", "linkat", "symlink", "symlinkat"),
    *("fallocate", "copy_file_range", "sendfile", "splice", "sync_file_range", "preadv", "readv"),
)
"""Must not be used on the files of a scenario, else the model would be wrong."""
ANNOUNCING = 1
"""The file descriptor on which a process says what it has promised."""

LINE = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\)\s+= (?P<result>-?\d+)")
HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def why_not() -> str:
    """What keeps system calls from being written down here; empty when nothing does."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False
    )
    return f"strace may not trace here: {tried.stderr.strip()}" if tried.returncode else ""


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that succeeded; texts are bytes, everything else is as strace names it."""

    name: str
    arguments: tuple[str | bytes, ...]
    result: int

    def number(self, place: int) -> int:
        """An argument that is a number."""
        return int(self.arguments[place])

    def text(self, place: int) -> bytes:
        """An argument that is a text."""
        argument = self.arguments[place]
        assert isinstance(argument, bytes), self
        return argument


def record(module: str, *arguments: object, trace: Path) -> list[Call]:
    """Run a module of this folder in a process of its own, and write down its system calls."""
    calls = ",".join((*OPENING, *MOVING, *CHANGING, *OF_NO_CONCERN, *NOT_MODELLED))
    strace = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-o",
        str(trace),
        "-xx",
        "-s",
        str(1 << 22),
        "-e",
        f"trace={calls}",
    ]
    python = [sys.executable, "-m", f"tests.faults.{module}", *map(str, arguments)]
    result = subprocess.run(
        strace + python, cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    lines = trace.read_text("ascii").splitlines()
    assert len({line.split()[0] for line in lines}) == 1, "a thread or a process more: not modelled"
    return [call for line in lines if (call := _parsed(line.split(maxsplit=1)[1])) is not None]


def _parsed(line: str) -> Call | None:
    found = LINE.match(line)
    if found is None:
        assert line.startswith(("---", "+++")), line
        return None
    result = int(found["result"])
    if result < 0:
        return None
    arguments = tuple(_argument(text) for text in found["arguments"].split(", "))
    return Call(found["name"], arguments, result)


def _argument(text: str) -> str | bytes:
    quoted = HEX.fullmatch(text)
    return text if quoted is None else bytes.fromhex(quoted[1].replace("\\x", ""))


@dataclass
class _Opened:
    """What a file descriptor stands for: a place in a file or a folder."""

    path: PurePosixPath
    node: File | Folder
    position: int = 0
    appends: bool = False


class Replay:
    """Does calls again on a disk whose root stands for `folder`."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._folder = folder
        self._opened: dict[int, _Opened] = {}

    def run(self, calls: list[Call]) -> Iterator[str]:
        """Yields after every call that changes the disk: what was announced by it, else ''."""
        for call in calls:
            if call.name in OPENING:
                if self._open_or_close(call):
                    yield ""
            elif call.name in MOVING:
                self._move(call)
            elif call.name == "write" and call.number(0) == ANNOUNCING:
                yield call.text(1).decode()
            elif call.name in CHANGING:
                if self._change(call):
                    yield ""
            elif call.name in NOT_MODELLED:
                self._refuse(call)

    def _open_or_close(self, call: Call) -> bool:
        """Returns whether a file was made or emptied."""
        match call.name:
            case "close":
                self._opened.pop(call.number(0), None)
            case "dup" | "dup2" | "dup3" | "fcntl":
                if call.name != "fcntl" or str(call.arguments[1]).startswith("F_DUPFD"):
                    self._opened.pop(call.result, None)
                    if (opened := self._opened.get(call.number(0))) is not None:
                        self._opened[call.result] = opened
            case "openat":
                self._opened.pop(call.result, None)
                path = self._path(call, 0)
                return path is not None and self._open(path, str(call.arguments[2]), call.result)
            case _:
                self._refuse(call)
        return False

    def _open(self, path: PurePosixPath, flags: str, descriptor: int) -> bool:
        node = self._disk.find(path)
        is_new = node is None
        if node is None:
            assert "O_CREAT" in flags, path
            node = self._disk.make_file(path)
        is_emptied = isinstance(node, File) and "O_TRUNC" in flags and bool(node.now)
        if is_emptied:
            node.change(Truncate(0))
        self._opened[descriptor] = _Opened(path, node, appends="O_APPEND" in flags)
        return is_new or is_emptied

    def _move(self, call: Call) -> None:
        if (opened := self._opened.get(call.number(0))) is not None:
            opened.position = call.result + (opened.position if call.name == "read" else 0)

    def _change(self, call: Call) -> bool:
        match call.name:
            case "write" | "pwrite64" | "ftruncate" | "fsync" | "fdatasync":
                opened = self._opened.get(call.number(0))
                if opened is not None:
                    self._change_node(call, opened)
                return opened is not None
            case "unlink" | "unlinkat" | "rmdir":
                path = self._path(call, 0) if call.name == "unlinkat" else self._absolute(call, 0)
                if path is not None:
                    self._disk.remove(path)
                return path is not None
            case "mkdir" | "mkdirat":
                path = self._path(call, 0) if call.name == "mkdirat" else self._absolute(call, 0)
                if path is not None:
                    self._disk.make_folder(path)
                return path is not None
            case "link":
                return self._rename(self._absolute(call, 0), self._absolute(call, 1), stays=True)
            case "rename":
                return self._rename(self._absolute(call, 0), self._absolute(call, 1))
            case _:
                return self._rename(self._path(call, 0), self._path(call, 2))

    def _change_node(self, call: Call, opened: _Opened) -> None:
        node = opened.node
        if call.name in {"fsync", "fdatasync"}:
            node.sync()
            return
        assert isinstance(node, File), call
        if call.name == "ftruncate":
            node.change(Truncate(call.number(1)))
        elif call.name == "pwrite64":
            node.change(Write(call.number(3), call.text(1)[: call.result]))
        else:
            start = len(node.now) if opened.appends else opened.position
            node.change(Write(start, call.text(1)[: call.result]))
            opened.position = start + call.result

    def _rename(
        self, old: PurePosixPath | None, new: PurePosixPath | None, *, stays: bool = False
    ) -> bool:
        if old is None and new is None:
            return False
        assert old is not None, new
        assert new is not None, old
        if stays:
            self._disk.link(old, new)
        else:
            self._disk.rename(old, new)
        return True

    def _refuse(self, call: Call) -> None:
        mine = {str(descriptor) for descriptor in self._opened}
        for argument in call.arguments:
            assert argument not in mine, f"not modelled: {call}"
            is_path = isinstance(argument, bytes) and str(self._folder).encode() in argument
            assert not is_path, f"not modelled: {call}"

    def _path(self, call: Call, place: int) -> PurePosixPath | None:
        """A path in the folder, beside the descriptor of the folder it begins at."""
        beginning = call.arguments[place]
        if beginning == "AT_FDCWD":
            return self._absolute(call, place + 1)
        opened = self._opened.get(int(beginning))
        return None if opened is None else opened.path / call.text(place + 1).decode()

    def _absolute(self, call: Call, place: int) -> PurePosixPath | None:
        path = PurePosixPath(call.text(place).decode(errors="surrogateescape"))
        if not path.is_relative_to(self._folder):
            return None
        return path.relative_to(self._folder)
