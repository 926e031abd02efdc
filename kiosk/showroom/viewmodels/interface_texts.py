"""The interface words outside the places, for QML."""

from __future__ import annotations

from kiosk.showroom.rows import InterfaceWords
from kiosk.toolkit.texts import texts_type

InterfaceTexts = texts_type("InterfaceTexts", InterfaceWords._fields)
