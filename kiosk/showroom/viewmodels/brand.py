"""Whose showroom it is, for QML."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtQml import QmlElement

from kiosk.showroom.rows import BrandRow
from kiosk.toolkit.qt import QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("one for the showroom")
class BrandViewModel(RowViewModel):
    """The name in letters, or a logo in its place or beside it."""

    changed = Signal()
    row: BrandRow
