"""A disk that forgets: what is found on it after the power was cut.

The strictest reading of POSIX: the content of a file is certain once the file was synced, a name
once its folder was. Whatever was not synced may be there, may be lost, and a write may be torn at
any sector, each for itself and in any combination.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from random import Random

SECTOR = 512
TORN = 0.3
"""How many of the writes that a cut leaves to chance are torn."""


class PowerCut:
    """Says what is left of each thing that was not synced: a share of it, 0 for nothing."""

    def __init__(self, share: float, seed: int = 0) -> None:
        self._share = share
        self._random = Random(seed)

    def keeps(self) -> bool:
        """Whether one thing that was not synced is there."""
        return self._random.random() < self._share

    def keeps_sectors(self, count: int) -> list[bool]:
        """Which sectors of one write are there."""
        if self._random.random() < TORN:
            return [self.keeps() for _ in range(count)]
        return [self.keeps()] * count


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes written at an offset."""

    offset: int
    data: bytes

    def sectors(self) -> Iterator[Write]:
        """The parts that reach the disk whole or not at all."""
        start, end = self.offset, self.offset + len(self.data)
        while start < end:
            stop = min(end, (start // SECTOR + 1) * SECTOR)
            yield Write(start, self.data[start - self.offset : stop - self.offset])
            start = stop

    def onto(self, content: bytearray) -> None:
        """Write; what lies between is zero."""
        content.extend(bytes(max(0, self.offset - len(content))))
        content[self.offset : self.offset + len(self.data)] = self.data


@dataclass(frozen=True, slots=True)
class Truncate:
    """A new size."""

    size: int

    def onto(self, content: bytearray) -> None:
        """Cut, or fill with zeros."""
        del content[self.size :]
        content.extend(bytes(self.size - len(content)))


@dataclass(eq=False, slots=True)
class File:
    """What a process reads now, what is certain, and what lies between the two."""

    now: bytearray = field(default_factory=bytearray)
    certain: bytes = b""
    unsynced: list[Write | Truncate] = field(default_factory=list)

    def change(self, operation: Write | Truncate) -> None:
        """Write or truncate."""
        operation.onto(self.now)
        self.unsynced.append(operation)

    def sync(self) -> None:
        """`fsync` or `fdatasync`."""
        self.certain = bytes(self.now)
        self.unsynced.clear()

    def after(self, cut: PowerCut) -> bytes:
        """The content found after a cut."""
        content = bytearray(self.certain)
        for operation in self.unsynced:
            if isinstance(operation, Truncate):
                if cut.keeps():
                    operation.onto(content)
                continue
            sectors = list(operation.sectors())
            for sector, is_kept in zip(sectors, cut.keeps_sectors(len(sectors)), strict=True):
                if is_kept:
                    sector.onto(content)
        return bytes(content)


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of names: `name` leads to `node` from now on, or nowhere; `old` leads nowhere."""

    name: str
    node: File | Folder | None
    old: str | None = None

    def onto(self, names: dict[str, File | Folder]) -> None:
        """Change the names, all of it at once."""
        for gone in (self.name, self.old):
            if gone is not None:
                names.pop(gone, None)
        if self.node is not None:
            names[self.name] = self.node


@dataclass(eq=False, slots=True)
class Folder:
    """Names, in the same three states as a file's content."""

    now: dict[str, File | Folder] = field(default_factory=dict)
    certain: dict[str, File | Folder] = field(default_factory=dict)
    unsynced: list[Entry] = field(default_factory=list)

    def change(self, operation: Entry) -> None:
        """Make, remove or rename."""
        operation.onto(self.now)
        self.unsynced.append(operation)

    def sync(self) -> None:
        """`fsync` of the folder."""
        self.certain = dict(self.now)
        self.unsynced.clear()

    def after(self, cut: PowerCut) -> dict[str, File | Folder]:
        """The names found after a cut."""
        names = dict(self.certain)
        for operation in self.unsynced:
            if cut.keeps():
                operation.onto(names)
        return names


class Disk:
    """A tree of folders; paths begin at its root."""

    def __init__(self) -> None:
        self.root = Folder()

    @classmethod
    def holding(cls, folder: Path) -> Disk:
        """A disk on which everything that a real folder holds is certain."""
        disk = cls()
        for found in sorted(folder.rglob("*")):
            path = PurePosixPath(found.relative_to(folder))
            if found.is_dir():
                disk.make_folder(path)
            else:
                disk.make_file(path).change(Write(0, found.read_bytes()))
        for node in disk._nodes(disk.root):
            node.sync()
        return disk

    def find(self, path: PurePosixPath) -> File | Folder | None:
        """What a path leads to for a running process."""
        node: File | Folder | None = self.root
        for part in path.parts:
            node = node.now.get(part) if isinstance(node, Folder) else None
        return node

    def folder(self, path: PurePosixPath) -> Folder:
        """The folder of this path."""
        found = self.find(path)
        assert isinstance(found, Folder), path
        return found

    def make_file(self, path: PurePosixPath) -> File:
        """A new and empty file."""
        file = File()
        self.folder(path.parent).change(Entry(path.name, file))
        return file

    def make_folder(self, path: PurePosixPath) -> None:
        """A new and empty folder."""
        self.folder(path.parent).change(Entry(path.name, Folder()))

    def remove(self, path: PurePosixPath) -> None:
        """Take a name away; who holds the file open goes on writing to it."""
        self.folder(path.parent).change(Entry(path.name, None))

    def rename(self, old: PurePosixPath, new: PurePosixPath) -> None:
        """Give a file of a folder another name there, whatever had that name before."""
        assert old.parent == new.parent, "from folder to folder: not in this model"
        node = self.find(old)
        assert node is not None, old
        self.folder(old.parent).change(Entry(new.name, node, old.name))

    def link(self, old: PurePosixPath, new: PurePosixPath) -> None:
        """Give a file a second name, which nothing had before."""
        node = self.find(old)
        assert isinstance(node, File), old
        assert self.find(new) is None, new
        self.folder(new.parent).change(Entry(new.name, node))

    def after(self, cut: PowerCut) -> dict[PurePosixPath, bytes | None]:
        """What is found after a cut: files with their content, folders with None."""
        return dict(_found(self.root, PurePosixPath(), cut))

    def uncertain(self) -> int:
        """How many operations were not synced; with none, a cut changes nothing."""
        return sum(len(node.unsynced) for node in self._nodes(self.root))

    def _nodes(self, node: File | Folder) -> Iterator[File | Folder]:
        yield node
        if isinstance(node, Folder):
            for below in {**node.certain, **node.now}.values():
                yield from self._nodes(below)


def _found(
    folder: Folder, path: PurePosixPath, cut: PowerCut
) -> Iterator[tuple[PurePosixPath, bytes | None]]:
    for name, node in sorted(folder.after(cut).items()):
        if isinstance(node, Folder):
            yield path / name, None
            yield from _found(node, path / name, cut)
        else:
            yield path / name, node.after(cut)
