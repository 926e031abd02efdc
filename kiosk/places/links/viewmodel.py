"""The menus of the web site, one group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.blocks.block import Link
from kiosk.places.links.model import Links
from kiosk.places.links.presentation import link_detail
from kiosk.places.links.words import LinksWords
from kiosk.places.presenting import Context
from kiosk.places.rows import Detail, NameRow
from kiosk.places.viewmodel import PlaceViewModel, entry_of, words_type
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

LinksTexts = words_type("LinksTexts", LinksWords)


@QmlElement
@QmlUncreatable("opened by the navigation")
class LinksViewModel(PlaceViewModel):
    leads_to: ClassVar[Sequence[str]] = ("signup",)

    tabChanged = Signal()

    def __init__(self, place: Links, context: Context, parent: QObject | None = None) -> None:
        super().__init__(place, context, parent)
        self._block = place
        self._texts = LinksTexts(context.words, self)
        self._tab = 0
        groups = [NameRow(group.name) for group in place.groups]
        self._groups = RowsModel(NameRow, groups, self)
        self._links = RowsModel(NameRow, place.groups[0].links, self, make=_name)

    def detail(self, section: str, index: int) -> Detail | None:
        group = self._block.groups[self._tab]
        link = entry_of(group.links, index)
        return link_detail(link, self._context, group.name, self._block) if link else None

    @Property(LinksTexts, constant=True)
    def words(self) -> Texts:
        return self._texts

    @Property(RowsModel, constant=True)
    def groups(self) -> RowsModel:
        return self._groups

    @Property(RowsModel, constant=True)
    def links(self) -> RowsModel:
        return self._links

    @Property(int, notify=tabChanged)
    def tab(self) -> int:
        return self._tab

    @Property(str, constant=True)
    def legal(self) -> str:
        return "\n".join(self._block.legal)

    @Slot(int)
    def choose(self, tab: int) -> None:
        """Show another group."""
        if tab != self._tab and 0 <= tab < len(self._block.groups):
            self._tab = tab
            self._links.replace(self._block.groups[tab].links)
            self.tabChanged.emit()


def _name(link: Link) -> NameRow:
    return NameRow(link.name)


VIEW_MODEL = LinksViewModel
