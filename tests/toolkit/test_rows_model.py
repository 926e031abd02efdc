"""Rows as a list model, under Qt's own examiner."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtQuick import QQuickView
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kiosk.places.rows import FactRow, PosterRow
from kiosk.toolkit.rows_model import RowsModel

FACTS = (FactRow("37", "start number"), FactRow("3", "victories"))

STRIP = """
import QtQuick

ListView {
    required property var facts

    width: 100
    height: 100
    orientation: ListView.Horizontal
    model: facts

    delegate: Item {
        required property string figure

        width: 80
        height: 100

        Repeater {
            model: 300

            Item {}
        }
    }
}
"""


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
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.countChanged):
        model.replace(list(FACTS))


def test_of_as_many_rows_only_those_that_differ_are_told(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, FACTS))
    with (
        qtbot.assertNotEmitted(model.countChanged),
        qtbot.waitSignal(model.dataChanged) as reported,
    ):
        model.replace((FACTS[0], FactRow("4", "victories")))
    assert [index.row() for index in reported.args[:2]] == [1, 1]
    assert model.data(model.index(1, 0), int(Qt.ItemDataRole.UserRole)) == "4"


def test_a_row_that_is_made_when_seen_is_made_anew_where_it_differs(qtbot: QtBot) -> None:
    model = examined(RowsModel(FactRow, "ab", make=lambda sign: FactRow(sign, "a letter")))
    role = int(Qt.ItemDataRole.UserRole)
    assert model.data(model.index(1, 0), role) == "b"
    model.replace("ac")
    assert [model.data(model.index(n, 0), role) for n in (0, 1)] == ["a", "c"]


@pytest.mark.parametrize("letters", ["", "a", "ab", "xb", "abc", "cab", "abcde", "edcba"])
@pytest.mark.parametrize("before", ["", "abc", "xbcd"])
def test_other_rows_come_and_go_without_a_reset(qtbot: QtBot, before: str, letters: str) -> None:
    model = examined(RowsModel(FactRow, before, make=lambda sign: FactRow(sign, "a letter")))
    role = int(Qt.ItemDataRole.UserRole)
    shown = [model.data(model.index(n, 0), role) for n in range(len(before))]
    model.dataChanged.connect(lambda index: shown.__setitem__(index.row(), index.data(role)))
    model.rowsRemoved.connect(lambda _, first, last: shown.__delitem__(slice(first, last + 1)))
    model.rowsInserted.connect(
        lambda _, first, last: shown.extend(
            model.index(n, 0).data(role) for n in range(first, last + 1)
        )
    )
    with qtbot.assertNotEmitted(model.modelReset):
        model.replace(letters)
    assert "".join(shown) == letters
    assert model.count == len(letters)


def test_a_list_may_shrink_while_its_view_builds_an_item_ahead(
    qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [FactRow(str(number), "a number") for number in range(4)]
    model = RowsModel(FactRow, rows)
    source = tmp_path / "Strip.qml"
    source.write_text(STRIP)
    view = QQuickView()
    view.setInitialProperties({"facts": model})
    view.setSource(QUrl.fromLocalFile(str(source)))
    for _ in range(5):
        model.replace(rows)
        view.grabWindow()
        model.replace(rows[:2])
        view.grabWindow()
    view.deleteLater()
