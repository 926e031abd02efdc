"""What the view models of all places share: each is a snapshot of its block when opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice
from typing import Any, ClassVar, Self, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.blocks.block import Article, Notice, Place
from kiosk.blocks.words import PLACEHOLDER, CommonWords, KindWords
from kiosk.places.presenting import Context, article_detail, article_row, with_picture
from kiosk.places.rows import ArticleRow, Detail, HeadRow, StepRow
from kiosk.places.services import Services
from kiosk.places.steps import following_step, invitations
from kiosk.toolkit.qt import Property, QmlUncreatable
from kiosk.toolkit.row_viewmodel import RowViewModel
from kiosk.toolkit.rows_model import RowsModel
from kiosk.toolkit.texts import Texts, texts_type

QML_IMPORT_NAME = "Showroom.Models"
QML_IMPORT_MAJOR_VERSION = 1

T = TypeVar("T")

MOST_STEPS = 2


def _ignore(_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Sample:
    """A state of a place to draw.

    `opens` is a screen within it, `focus` the object name of the field that is touched, and `act`
    what happens then to the view model, that of the screen within if one is open.
    """

    name: str
    act: Callable[[Any], None] = _ignore
    opens: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """An entry with a screen of its own: `<Name>Screen.qml`, and its view model, made for it."""

    name: str
    title: str
    view_model: QObject


@QmlElement
@QmlUncreatable("opened by the navigation")
class PlaceViewModel(RowViewModel):
    """What every place has."""

    changed = Signal()
    row: HeadRow

    finished = Signal()
    """There is nothing more to do here."""

    is_form: ClassVar[bool] = False
    """Whether a visitor types here, and is given more time."""

    leads_to: ClassVar[Sequence[str]] = ("models", "features", "signup")
    """The kinds of places that it leads on to once there is nothing more to see, the best first."""

    def __init__(
        self,
        place: Place,
        context: Context,
        parent: QObject | None = None,
        *,
        notice: Notice | None = None,
    ) -> None:
        """`notice` is what it says when it has nothing to list."""
        row = HeadRow(place.title, getattr(place, "lead", None) or "")
        if notice is not None:
            row = row._replace(notice_title=notice.title, notice_line=notice.line)
        super().__init__(with_picture(row, place.picture, context), parent)
        self._head = place
        self._context = context

    @classmethod
    def create(cls, place: Any, context: Context, services: Services, parent: QObject) -> Self:
        """The view model of a place that a visitor opens."""
        del services  # for those that need them
        return cls(place, context, parent)

    @classmethod
    def samples(cls, place: Any) -> Sequence[Sample]:
        """The states beside its first one in which a place is drawn where every screen is."""
        del place
        return ()

    def _articles(self, articles: Sequence[Article]) -> RowsModel:
        make = partial(article_row, context=self._context)
        return RowsModel(ArticleRow, articles, self, make=make)

    def within(self, name: str) -> QObject | None:
        """A screen of its own that the place opens, by its name; None where it has no such one.

        Its view model is made anew each time, and deleted when the screen is left.

        What follows a slash in the name is for the place: the car that is compared.
        """
        del name
        return None

    def page(self, section: str, index: int) -> Page | None:
        """An entry that has a screen of its own; None for what is a detail like others."""
        return None

    def detail(self, section: str, index: int) -> Detail | None:
        """What opens when entry `index` of `section` is touched; None if there is no such entry.

        An article opens the same in every place.
        """
        entries = getattr(self._head, section) if section in self._head.lists else ()
        entry = entry_of(entries, index)
        if isinstance(entry, Article):
            return article_detail(entry, self._context, self._head)
        return None

    def steps_after(self, section: str, index: int) -> Sequence[StepRow]:
        """What to do next once an entry was read: the one after it, and what another place has."""
        read = self.detail(section, index)
        if read is None or read.layout == "words":
            return ()
        steps = self._steps_elsewhere(1)
        after = index + 1
        if (following := self.detail(section, after)) is None and not steps:
            after = 0
            following = self.detail(section, after) if index else None
        if following is None:
            return steps
        where = (self._head.id, section, getattr(self, "tab", 0), after)
        return following_step(following, read, where, self._context), *steps

    def _steps_elsewhere(self, most: int) -> Sequence[StepRow]:
        found = invitations(self._context, self.leads_to, self._head.id)
        return tuple(islice(found, most))

    @Property(RowsModel, constant=True)
    def steps(self) -> RowsModel:
        """What other places have to do next."""
        return RowsModel(StepRow, self._steps_elsewhere(MOST_STEPS), self)


def words_type(name: str, words: type[KindWords]) -> type[Texts]:
    """What QML reads the words of a kind of place from, and those of every place.

    Those that something is filled in to are left to Python.
    """
    declared = CommonWords.model_fields | words.model_fields
    plain = [key for key, field in declared.items() if not PLACEHOLDER.search(field.default)]
    return texts_type(name, plain)


def view_model_of(place: Place) -> type[PlaceViewModel]:
    """The view model of a place's kind, imported where this is asked first."""
    of_kind: type[PlaceViewModel] = import_module(f"kiosk.places.{place.kind}.viewmodel").VIEW_MODEL
    return of_kind


def entry_of(entries: Sequence[T], index: int) -> T | None:
    """An entry of a list; None where there is no such one."""
    return entries[index] if 0 <= index < len(entries) else None
