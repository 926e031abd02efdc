"""The signs that the typeface lacks, from an icon font: arrows, the tick, what keys do."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk.blocks.icons import glyph
from kiosk.toolkit.qt import Property
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


class SignRow(NamedTuple):
    """The icons, which all are of one font."""

    forward: str = "ph.arrow-right-bold"
    back: str = "ph.arrow-left-bold"
    play: str = "ph.play-fill"
    stop: str = "ph.stop-fill"
    north: str = "ph.arrow-up-bold"
    tick: str = "ph.check-bold"
    fault: str = "ph.warning-circle-bold"
    erase: str = "ph.backspace-bold"
    shift: str = "ph.arrow-fat-up-bold"
    enter: str = "ph.arrow-elbow-down-left-bold"
    hide: str = "ph.caret-down-bold"
    bolt: str = "ph.lightning-fill"


@QmlElement
@QmlSingleton
class Signs(RowViewModel):
    """One character each, all of the font `font`."""

    changed = Signal()
    row: SignRow

    def __init__(self) -> None:
        super().__init__(SignRow(*(glyph(icon).character for icon in SignRow())))

    @Property(str, constant=True)
    def font(self) -> str:
        return glyph(SignRow().forward).font_file.as_uri()
