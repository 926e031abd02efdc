"""Rows as a list model, under Qt's own examiner."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kiosk.places.rows import FactRow, PosterRow
from kiosk.toolkit.rows_model import RowsModel

FACTS = (FactRow("37", "start number"), FactRow("3", "victories"))


def examined(model: RowsModel) -> RowsModel:
    """A model whose faults end the test."""
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, mode, model)
    return model


def test_rows_keep_the_rules_of_item_models(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, FACTS))
    model.replace(FACTS[:1])
    model.replace(())
    model.replace(FACTS)
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0, 0)) == 0


def test_fields_are_roles_named_as_qml_names_things(qtbot: QtBot) -> None:
    model = examined(RowsModel(PosterRow, (PosterRow("Number 37", "It won.", focus_x=0.25),)))
    names = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
    assert {"headline", "line", "focusX", "focusY", "example"} <= names.keys()
    assert model.data(model.index(0, 0), names["focusX"]) == 0.25
    assert model.data(model.index(0, 0), names["headline"]) == "Number 37"


def test_an_index_outside_and_an_unknown_role_hold_nothing(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, FACTS))
    assert model.data(QModelIndex(), int(Qt.ItemDataRole.UserRole)) is None
    assert model.data(model.index(0, 0), int(Qt.ItemDataRole.UserRole) + 2) is None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DisplayRole) is None


def test_the_same_rows_again_change_nothing(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, FACTS))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.countChanged):
        model.replace(list(FACTS))


def test_of_as_many_rows_only_those_that_differ_are_told(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, FACTS))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as reported:
        model.replace((FACTS[0], FactRow("4", "victories")))
    assert [index.row() for index in reported.args[:2]] == [1, 1]
    assert model.data(model.index(1, 0), int(Qt.ItemDataRole.UserRole)) == "4"


def test_a_row_that_is_made_when_seen_is_made_anew_where_it_differs(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, "ab", make=lambda sign: FactRow(sign, "a letter")))
    role = int(Qt.ItemDataRole.UserRole)
    assert model.data(model.index(1, 0), role) == "b"
    model.replace("ac")
    assert [model.data(model.index(n, 0), role) for n in (0, 1)] == ["a", "c"]


def test_another_number_of_rows_resets(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, FACTS))
    with qtbot.waitSignals([model.modelReset, model.countChanged]):
        model.replace(FACTS[:1])
    assert model.count == 1
