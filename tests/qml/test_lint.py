"""The linter's own foundation: what Python gives to QML really arrives in its type information."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaMethod, QMetaObject, QObject

from tests.conftest import CHECKOUT

LINT = runpy.run_path(str(Path(__file__).with_name("lint.py")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the type information is generated."""
    folder = tmp_path_factory.mktemp("types")
    LINT["write_types"](folder)
    return folder


@pytest.fixture(scope="module")
def types(folder: Path) -> dict[str, str]:
    """Each type's part of the generated file."""
    (file,) = folder.rglob("*.qmltypes")
    parts = re.split(r"(?m)^    Component \{", file.read_text("utf-8"))[1:]
    found = {re.search(r'name: "(\w+)"', part)[1]: part for part in parts}
    assert len(found) > 10
    return found


def constants(part: str) -> str:
    """The properties of a type that are said never to change."""
    found = re.findall(r"Property \{.*?\}", part, re.DOTALL)
    return "".join(text for text in found if "isPropertyConstant: true" in text)


def view_models() -> list[type[QObject]]:
    """Every class of the view models that is a QObject of its own."""
    found = []
    for file in LINT["view_model_files"]():
        name = file.relative_to(CHECKOUT).with_suffix("")
        module = import_module(".".join(name.parts))
        found += [
            kind
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, QObject)
            and kind.__module__ == module.__name__
            and not kind.__name__.startswith("_")
        ]
    return sorted(found + LINT["text_types"](), key=lambda kind: kind.__name__)


def own(meta: QMetaObject) -> tuple[set[str], set[str], set[str]]:
    """The names of properties, signals and slots that a class adds to its base."""
    methods = [meta.method(n) for n in range(meta.methodOffset(), meta.methodCount())]
    by_type = {
        kind: {bytes(m.name().data()).decode() for m in methods if m.methodType() == kind}
        for kind in (QMetaMethod.MethodType.Signal, QMetaMethod.MethodType.Slot)
    }
    properties = {
        meta.property(n).name() for n in range(meta.propertyOffset(), meta.propertyCount())
    }
    return properties, *by_type.values()


def test_everything_that_qml_can_use_is_known_to_the_linter(types: dict[str, str]) -> None:
    kinds = view_models()
    assert len(kinds) > 50
    assert [finding for kind in kinds for finding in unknown(kind, types[kind.__name__])] == []


def unknown(kind: type[QObject], part: str) -> Iterator[str]:
    """What the type information of a class lacks or has otherwise."""
    meta = kind.staticMetaObject
    for word, names in zip(("Property", "Signal", "Method"), own(meta), strict=True):
        reported = set(re.findall(rf'{word} \{{\s+name: "(\w+)"', part))
        reported |= set(re.findall(rf'{word} \{{ name: "(\w+)"', part))
        missing = {name for name in names if not name.startswith("_")} - reported
        yield from (f"{kind.__name__}: no {word} {name}" for name in sorted(missing))
    for number in range(meta.propertyOffset(), meta.propertyCount()):
        name = meta.property(number).name()
        if meta.property(number).isConstant() != (f'name: "{name}"' in constants(part)):
            yield f"{kind.__name__}: whether {name} is constant"
    if f'prototype: "{kind.__mro__[1].__name__}"' not in part:
        yield f"{kind.__name__}: derived from another class"


def test_a_base_class_comes_before_what_derives_from_it() -> None:
    order = [file.relative_to(CHECKOUT / "kiosk") for file in LINT["view_model_files"]()]
    places = Path("places")
    base = order.index(places / "viewmodel.py")
    assert all(base < order.index(places / kind / "viewmodel.py") for kind in ("links", "signup"))
    assert order.index(Path("toolkit/rows_model.py")) < base


def test_a_misspelt_property_and_word_are_found(tmp_path: Path, folder: Path) -> None:
    """A word around the places, in a place, and in a screen within it."""
    file = tmp_path / "Faulty.qml"
    file.write_text(
        "import QtQuick\nimport Showroom.Models\n\nItem {\n"
        "    required property SessionViewModel session\n"
        "    required property ShowroomViewModel showroom\n"
        "    required property OffersViewModel offers\n"
        "    required property EstimatorViewModel estimator\n\n"
        "    property list<string> correct: [showroom.words.carryOn, offers.words.example]\n"
        "    property bool misspelt: session.secondsLeftt > 0\n"
        "    property string around: showroom.words.caryOn\n"
        "    property string ofAnotherPlace: offers.words.openingHours\n"
        "    property string toBeFilledIn: offers.words.validUntil\n"
        "    property string within: estimator.words.perMonthh\n}\n"
    )
    found = LINT["unlinted"]([file], folder)
    names = ["secondsLeftt", "caryOn", "openingHours", "validUntil", "perMonthh"]
    assert len(found) == len(names)
    assert all(name in line for name, line in zip(names, found, strict=True))


def test_the_formatter_finds_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "Faulty.qml"
    file.write_text("import QtQuick\nItem{   width:1 }\n")
    (found,) = LINT["unformatted"]([file])
    assert str(file) in found


def test_an_id_that_hides_a_property_is_found(tmp_path: Path) -> None:
    file = tmp_path / "Faulty.qml"
    file.write_text(
        "import QtQuick\n\nItem {\n    id: race\n\n    required property string days\n\n"
        "    Text {\n        id: days\n\n        text: race.days\n    }\n}\n"
    )
    (found,) = LINT["shadowing"]([file])
    assert "'days'" in found


MEASURED = """import QtQuick

Item {{
    width: parent.width - 2 * Theme.margin
    height: Math.round(parent.height * 0.36)
    visible: width > 3 * height

    readonly property int columns: count <= 10 ? 2 : 3
    readonly property real cell: count <= 3 ? width / 3 : Theme.discCell

    {line}
}}
"""


@pytest.mark.parametrize(
    "line",
    [
        "width: 40",
        "height: parent.height - 24",
        "anchors.topMargin: Theme.portrait ? 48 : Theme.top",
        "font.pixelSize: Theme.px(42)",
        "property real cellBreadth: 300",
        "width: Math.max(implicitWidth, 420)",
        "spacing: Theme.row(116)",
        "x: Theme.margin",
        "y: parent.height - height",
    ],
)
def test_a_screen_in_pixels_or_by_x_and_y_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "Screen.qml"
    file.write_text(MEASURED.format(line="opacity: 0.5"))
    assert LINT["measuring"]([file]) == []
    file.write_text(MEASURED.format(line=line))
    (found,) = LINT["measuring"]([file])
    assert f"{file}:11: " in found


def test_every_screen_is_looked_at() -> None:
    names = {(file.parent.name, file.name) for file in LINT["screen_files"]()}
    assert {("screens", "HomeScreen.qml"), ("offers", "EstimatorScreen.qml")} <= names
