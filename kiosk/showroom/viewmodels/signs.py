"""The signs that the typeface lacks, from an icon font: arrows, the tick, what keys do."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk.blocks.icons import glyph
from kiosk.toolkit.qt import Property

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Signs(QObject):
    """One character each, all of the font `font`."""

    @Property(str, constant=True)
    def font(self) -> str:
        return glyph("ph.arrow-right-bold").font_file.as_uri()

    @Property(str, constant=True)
    def forward(self) -> str:
        return glyph("ph.arrow-right-bold").character

    @Property(str, constant=True)
    def back(self) -> str:
        return glyph("ph.arrow-left-bold").character

    @Property(str, constant=True)
    def play(self) -> str:
        return glyph("ph.play-fill").character

    @Property(str, constant=True)
    def stop(self) -> str:
        return glyph("ph.stop-fill").character

    @Property(str, constant=True)
    def north(self) -> str:
        return glyph("ph.arrow-up-bold").character

    @Property(str, constant=True)
    def tick(self) -> str:
        return glyph("ph.check-bold").character

    @Property(str, constant=True)
    def fault(self) -> str:
        return glyph("ph.warning-circle-bold").character

    @Property(str, constant=True)
    def erase(self) -> str:
        return glyph("ph.backspace-bold").character

    @Property(str, constant=True)
    def shift(self) -> str:
        return glyph("ph.arrow-fat-up-bold").character

    @Property(str, constant=True)
    def enter(self) -> str:
        return glyph("ph.arrow-elbow-down-left-bold").character

    @Property(str, constant=True)
    def hide(self) -> str:
        return glyph("ph.caret-down-bold").character

    @Property(str, constant=True)
    def bolt(self) -> str:
        return glyph("ph.lightning-fill").character
