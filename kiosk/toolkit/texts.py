"""Texts as an object for QML, so that qmllint finds a name that is not among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import new_class
from typing import ClassVar, get_type_hints

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.toolkit.camel import camel
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.typography import unbroken

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("each has a type of its own")
class Texts(QObject):
    """Attributes of a plain object, a property for each; `texts_type` makes the types."""

    changed: ClassVar[Signal]

    def __init__(self, source: object, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source

    def replace(self, source: object) -> None:
        if source != self._source:
            self._source = source
            self.changed.emit()


def texts_type(name: str, attributes: Iterable[str]) -> type[Texts]:
    """A type with a text for each attribute, named as QML names it."""
    changed = Signal()
    properties = {
        camel(attribute): Property(str, notify=changed)(_reader(attribute))
        for attribute in attributes
    }
    members = {"changed": changed, "__module__": __name__, **properties}
    texts: type[Texts] = new_class(name, (Texts,), {}, lambda namespace: namespace.update(members))
    return QmlElement(QmlUncreatable("made by the view models")(texts))


def text_fields(row_type: type[tuple[object, ...]]) -> list[str]:
    return [name for name, kind in get_type_hints(row_type).items() if kind is str]


def _reader(attribute: str) -> Callable[[Texts], str]:
    return lambda texts: unbroken(str(getattr(texts._source, attribute)))
