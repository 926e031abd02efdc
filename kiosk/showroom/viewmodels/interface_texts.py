"""The interface words outside the places, for QML."""

from __future__ import annotations

from dataclasses import fields

from kiosk.showroom.rows import InterfaceWords
from kiosk.toolkit.texts import texts_type

InterfaceTexts = texts_type("InterfaceTexts", [field.name for field in fields(InterfaceWords)])
