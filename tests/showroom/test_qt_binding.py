"""What we rely on in PySide6 itself; see docs/decisions/0004-pyside-below-6-12.md."""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from tests.conftest import CHECKOUT

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from kiosk.content.model import AnyPlace
    from tests.conftest import MakeKiosk

ROUNDS = 200
SHOWROOM = CHECKOUT / "kiosk" / "showroom"


class Sender(QObject):
    said = Signal()


def emit(sender: Sender) -> None:
    sender.said.emit()


def make_timer(sender: Sender) -> None:
    QTimer(sender, singleShot=True)


def delete(sender: Sender) -> None:
    QObject(sender).deleteLater()


def work_off(_: Sender) -> None:
    QCoreApplication.processEvents()


@pytest.mark.parametrize("act", [emit, make_timer, delete, work_off])
def test_months_of_signals_and_timers_use_up_no_references(
    qapp: object, act: Callable[[Sender], None]
) -> None:
    sender = Sender()
    act(sender)
    gc.collect()  # what other tests have left behind must not go away, and be counted, in between
    before = [sys.getrefcount(constant) for constant in (None, True, False)]
    for _ in range(ROUNDS):
        act(sender)
    after = [sys.getrefcount(constant) for constant in (None, True, False)]
    lost = [old - new for old, new in zip(before, after, strict=True)]
    assert max(lost) < ROUNDS / 2, f"None, True, False lost {lost} references in {ROUNDS} rounds"


def methods_connected(kind: ast.ClassDef) -> Iterator[ast.FunctionDef]:
    """The methods of a class that it connects to signals."""
    methods = {m.name: m for m in kind.body if isinstance(m, ast.FunctionDef)}
    for call in ast.walk(kind):
        match call:
            case ast.Call(
                func=ast.Attribute(attr="connect"),
                args=[ast.Attribute(value=ast.Name(id="self"), attr=name), *_],
            ) if name in methods:
                yield methods[name]


def is_object(kind: ast.ClassDef) -> bool:
    bases = {ast.unparse(base) for base in kind.bases}
    return any(base == "QObject" or base.endswith("ViewModel") for base in bases)


def test_what_is_connected_to_a_signal_is_a_slot() -> None:
    """Else PySide gives each object a meta-object of its own, and frees it with the object.

    QML remembers the properties of a type by the address of its meta-object: a form whose
    meta-object lies where another's lay was seen to be read as that other.
    """
    trees = {file: ast.parse(file.read_text("utf-8")) for file in SHOWROOM.rglob("*.py")}
    kinds = {
        f"{file.stem}.{kind.name}": kind
        for file, tree in trees.items()
        for kind in ast.walk(tree)
        if isinstance(kind, ast.ClassDef) and is_object(kind)
    }
    connected = {
        f"{name}.{method.name}": [ast.unparse(decorator) for decorator in method.decorator_list]
        for name, kind in kinds.items()
        for method in methods_connected(kind)
    }
    assert len(connected) > 20
    assert [n for n, marks in connected.items() if not any("Slot(" in m for m in marks)] == []


def test_all_visits_to_a_place_have_one_meta_object(
    make_kiosk: MakeKiosk, default_loaded: Loaded
) -> None:
    kiosk = make_kiosk(default_loaded)

    def visit(place: AnyPlace) -> tuple[int, ...]:
        kiosk.open(place)
        view_model = kiosk.showroom.navigation.place
        assert view_model is not None
        return shiboken6.getCppPointer(view_model.metaObject())

    # No event is handled in between: the objects that are left are still there.
    visits = {place.id: {visit(place) for _ in range(3)} for place in kiosk.content.places}
    assert [place for place, meta_objects in visits.items() if len(meta_objects) > 1] == []
