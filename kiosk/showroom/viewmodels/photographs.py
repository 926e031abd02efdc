"""What is known of a picture before it is decoded."""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, QUrl, Signal, Slot
from PySide6.QtGui import QImageIOHandler, QImageReader
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk.toolkit.picture_heads import JPEG, PNG, has_transparency, read_head
from kiosk.toolkit.runner import DaemonThread

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PHOTOGRAPHS = (JPEG, PNG, b"RIFF")
QUARTER_TURN = QImageIOHandler.Transformation.TransformationRotate90


class _Head(NamedTuple):
    """How a picture's file begins, None where there is no file, and under which ticket it was
    asked for.
    """

    ticket: int
    file: str
    begins: bytes | None


class _Relay(QObject):
    """Carries heads to the thread that draws; there for as long as any thread reads one."""

    read = Signal(object)


@QmlElement
@QmlSingleton
class Photographs(QObject):
    """Looks at the head of a file alone, and not on the thread that draws.

    Each folder has a thread, since one that hangs must hold up no picture of another. What is no
    file is never given to Qt: a pipe would hold it until somebody writes into it.
    """

    looked = Signal(
        int,
        bool,
        bool,
        float,
        bool,
        arguments=["ticket", "isFile", "liesOnItsSide", "shape", "isCutOut"],
    )

    def __init__(self) -> None:
        super().__init__()
        self._tickets = 0
        self._threads: dict[str, DaemonThread] = {}
        self._relay = _Relay()
        self._relay.read.connect(self._tell)  # queued, where it comes from another thread

    @Slot(result=int)
    def newTicket(self) -> int:
        """To know the answer by."""
        self._tickets += 1
        return self._tickets

    @Slot(int, QUrl, bool)
    def look(self, ticket: int, source: QUrl, atOnce: bool) -> None:
        """Have `looked` told of a picture; before this returns, where it is to be known at once.

        `liesOnItsSide` is whether it is stored with its width and height exchanged (Exif,
        orientation 5 to 8): `Image` takes its `sourceSize` for the sides as they are stored.
        `shape` is the width by the height of a photograph as it is seen, 0 where that is not known;
        `isCutOut` is whether its background may be transparent.
        """
        file = source.toLocalFile()
        read = partial(_read, self._relay, ticket, file)
        if atOnce:
            read()
        else:
            self._thread_of(os.path.dirname(file)).submit(read)  # noqa: PTH120 # 10 µs less

    def _thread_of(self, folder: str) -> DaemonThread:
        if folder not in self._threads:
            self._threads[folder] = DaemonThread("pictures")
        return self._threads[folder]

    @Slot(object)
    def _tell(self, head: _Head) -> None:
        if head.begins is None and head.file:
            log.warning("%s is no longer a file and is not drawn", head.file)
        begins = head.begins or b""
        size, is_turned = _seen_by_qt(begins)
        upright = size.transposed() if is_turned else size
        shape = upright.width() / upright.height() if upright.height() > 0 else 0.0
        is_cut_out = has_transparency(begins)
        self.looked.emit(head.ticket, head.begins is not None, is_turned, shape, is_cut_out)


def _read(relay: _Relay, ticket: int, file: str) -> None:
    relay.read.emit(_Head(ticket, file, read_head(file)))


def _seen_by_qt(begins: bytes) -> tuple[QSize, bool]:
    """The size as it is stored, and whether it lies on its side; nothing is known of a drawing.

    From memory: Qt would read a file with Python's lock held.
    """
    if not begins.startswith(PHOTOGRAPHS):
        return QSize(), False
    buffer = QBuffer()
    buffer.setData(begins)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    return reader.size(), bool(reader.transformation().value & QUARTER_TURN.value)
