"""The page of somebody to talk to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.places.presenting import Context
from kiosk.places.team.model import Team
from kiosk.places.team.presentation import person_page
from kiosk.places.team.rows import PersonPage
from kiosk.places.team.words import TeamWords
from kiosk.places.viewmodel import words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.texts import Texts, text_fields, texts_type

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

TeamTexts = words_type("TeamTexts", TeamWords)
PersonTexts = texts_type("PersonTexts", text_fields(PersonPage))


@QmlElement
@QmlUncreatable("opened by the team")
class PersonViewModel(RowViewModel):
    """Somebody to talk to; it never changes."""

    changed = Signal()
    row: PersonPage

    def __init__(
        self, place: Team, entry: int, context: Context, parent: QObject | None = None
    ) -> None:
        super().__init__(person_page(place, entry, context), parent)
        self._texts = PersonTexts(self.row, self)
        self._words = TeamTexts(context.words, self)

    @Property(TeamTexts, constant=True)
    def words(self) -> Texts:
        return self._words

    @Property(PersonTexts, constant=True)
    def texts(self) -> Texts:
        """What is written on the page."""
        return self._texts
