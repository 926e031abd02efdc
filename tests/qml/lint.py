"""qmllint, qmlformat and a look at ids and sizes, with the types that Python gives to QML.

`python tests/qml/lint.py` exits 0 when there is nothing to mend, 1 otherwise. qmllint knows nothing
of Python, so the module Showroom.Models is written down for it first, the way a C++ build would.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

KIOSK = Path(__file__).resolve().parents[2] / "kiosk"
QML = KIOSK / "showroom" / "qml"
"""Where modules lie; screens lie beside what they show."""
MODULE = "Showroom.Models"
QML_TYPES = f'QML_IMPORT_NAME = "{MODULE}"'

AN_ID = re.compile(r"(?m)^\s*id: (\w+)$")
A_PROPERTY = re.compile(r"(?m)^\s*(?:(?:default|readonly|required) )*property \S+ (\w+)")
A_LENGTH = re.compile(
    r"(?i)^\s*(?:(?:readonly|required) )*(?:property real \w+|[\w.]*(?:width|height|margins?"
    r"|padding|spacing|size|inset|radius|buffer|least|fit|unit|hangAt)): (.+)$"
)
A_NUMBER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])")
A_SHARE = re.compile(r"[*/]\s*$"), re.compile(r"^\s*[*/]")
"""A number before or behind which this stands tells how much of something it is."""
COMPARED = re.compile(r"[<>=]=?\s*$")
A_CALL = re.compile(r"Theme\.(?:px|type|row)\(")
A_PLACE = re.compile(r"^\s*[xy]: ")
TOOLS = Path(sys.executable).parent
"""pip puts Qt's tools beside the interpreter."""


class LintBroken(Exception):
    """The check itself could not be made, which must not pass for a clean result."""


def main() -> int:
    files = qml_files()
    with TemporaryDirectory() as folder:
        write_types(Path(folder))
        findings = [*unlinted(files, Path(folder)), *unformatted(files)]
    findings += [*shadowing(files), *measuring(screen_files())]
    for finding in findings:
        print(finding)
    print(f"{len(files)} QML files, {len(findings)} findings")
    return 1 if findings else 0


def qml_files() -> list[Path]:
    files = sorted(KIOSK.rglob("*.qml"))
    if not files:
        raise LintBroken(f"no QML in {KIOSK}")
    return files


def screen_files() -> list[Path]:
    """What is laid out by names, and so may be mirrored and may hold larger words."""
    places = sorted((KIOSK / "places").glob("*/*Screen.qml"))
    folders = (QML / "Showroom" / "screens", QML / "Showroom" / "staff")
    screens = sorted(file for folder in folders for file in folder.glob("*.qml"))
    if not places or not screens:
        raise LintBroken("no screens to look at")
    return places + screens


def view_model_files() -> list[Path]:
    """The files with types for QML, base classes before those that derive from them.

    metaobjectdump reads one file after the other and knows a QObject only by a base it has read.
    """
    found = (file for file in KIOSK.rglob("*.py") if QML_TYPES in file.read_text("utf-8"))
    files = {".".join(file.relative_to(KIOSK.parent).with_suffix("").parts): file for file in found}
    needs = {name: set(_imports(file)) & files.keys() for name, file in files.items()}
    return [files[name] for name in TopologicalSorter(needs).static_order()]


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def text_types() -> list[type]:
    """The types that are made of the declarations of words, which metaobjectdump cannot see."""
    _import_view_models()
    from kiosk.toolkit.texts import Texts

    return sorted(Texts.__subclasses__(), key=lambda kind: kind.__name__)


def row_types() -> dict[str, type]:
    """The types of which metaobjectdump cannot see the properties that a row gives them."""
    _import_view_models()
    from kiosk.toolkit.row_viewmodel import RowViewModel

    return {kind.__name__: kind for kind in RowViewModel.__subclasses__()}


def _import_view_models() -> None:
    if str(KIOSK.parent) not in sys.path:
        sys.path.insert(0, str(KIOSK.parent))
    for file in view_model_files():
        import_module(".".join(file.relative_to(KIOSK.parent).with_suffix("").parts))


def _described(kind: type) -> dict[str, object]:
    """A type as metaobjectdump would describe it."""
    return {
        "className": kind.__name__,
        "qualifiedClassName": kind.__name__,
        "object": True,
        "superClasses": [{"access": "public", "name": kind.__base__.__name__}],
        "classInfos": [
            {"name": "QML.Element", "value": "auto"},
            {"name": "QML.Creatable", "value": "false"},
        ],
        "signals": [{"access": "public", "name": "changed", "returnType": "void"}],
        "properties": _properties(kind),
    }


def _properties(kind: type) -> list[dict[str, object]]:
    meta = kind.staticMetaObject
    return [
        {
            "name": member.name(),
            "type": member.typeName(),
            "read": member.name(),
            "index": index,
            **({} if member.isConstant() else {"notify": "changed"}),
        }
        for index, member in enumerate(
            map(meta.property, range(meta.propertyOffset(), meta.propertyCount()))
        )
    ]


def write_types(folder: Path) -> Path:
    """Write the module's type information below `folder`; returns its .qmltypes file."""
    module = folder.joinpath(*MODULE.split("."))
    module.mkdir(parents=True)
    dump = folder / "metatypes.json"
    _tool("pyside6-metaobjectdump", "--quiet", "--out-file", dump, *view_model_files())
    files = json.loads(dump.read_text(encoding="utf-8"))
    (own,) = (file for file in files if file["inputFile"].endswith("toolkit/texts.py"))
    own["classes"] += map(_described, text_types())
    of_rows = row_types()
    for kind in (kind for file in files for kind in file["classes"]):
        if "classInfos" in kind and not kind["object"]:
            raise LintBroken(f"{kind['className']} is not seen to be a QObject")
        if kind["className"] in of_rows:
            own = kind.setdefault("properties", [])
            known = {member["name"] for member in own}
            found = _properties(of_rows[kind["className"]])
            own += [member for member in found if member["name"] not in known]
        for member in kind.get("properties", []):
            # metaobjectdump before 6.12 does not see `constant`; test_lint.py proves this true.
            member.setdefault("constant", "notify" not in member)
    dump.write_text(json.dumps(files), encoding="utf-8")
    types = module / "models.qmltypes"
    version = ("--major-version", "1", "--minor-version", "0")
    _tool(
        "pyside6-qmltyperegistrar",
        *("--import-name", MODULE, *version, "--generate-qmltypes", types),
        *("--foreign-types", ",".join(map(str, _foreign_types()))),
        *("-o", folder / "registration.cpp", dump),
    )
    (module / "qmldir").write_text(
        f"module {MODULE}\ntypeinfo {types.name}\ndepends QtQuick\n", encoding="utf-8"
    )
    return types


def _foreign_types() -> list[Path]:
    import PySide6

    folder = Path(PySide6.__path__[0]) / "Qt" / "metatypes"
    return sorted(folder.glob("qt6core_*.json")) + sorted(folder.glob("qt6qml_*.json"))


def unlinted(files: list[Path], types: Path) -> list[str]:
    """What qmllint has to say. It needs absolute paths, and counts warnings only with -W 0."""
    result = _run("pyside6-qmllint", "-W", "0", "-I", QML, "-I", types, *files)
    output = [
        line for line in (result.stdout + result.stderr).splitlines() if "qmllint -W 0" not in line
    ]
    if result.returncode == 0:
        return []
    found = [line for line in output if line.startswith(("Warning:", "Error:"))]
    return found or output or [f"qmllint ended with {result.returncode}"]


def unformatted(files: list[Path]) -> list[str]:
    """The files that qmlformat would write otherwise."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        fine = pool.map(_is_formatted, files)
        return [
            f"Format: {file} is not as qmlformat writes it; run pyside6-qmlformat -i {file}"
            for file, is_fine in zip(files, fine, strict=True)
            if not is_fine
        ]


def shadowing(files: list[Path]) -> list[str]:
    """Ids that hide a property of the same name: a binding that means one gets the other."""
    found = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        both = set(AN_ID.findall(text)) & set(A_PROPERTY.findall(text))
        found += [f"Shadow: {file}: '{name}' is an id and a property" for name in sorted(both)]
    return found


def measuring(files: list[Path]) -> list[str]:
    """Lengths in numbers, and places by x and y."""
    found = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if A_PLACE.search(line):
                found.append(f"Place: {file}:{number}: use anchors or a layout for x and y")
            elif A_CALL.search(line) or any(_lengths(line)):
                found.append(f"Length: {file}:{number}: use a size of Theme: {line.strip()}")
    return found


def _lengths(line: str) -> Iterator[str]:
    """The numbers of a line that are lengths: no shares, nothing compared, nothing below 2."""
    binding = A_LENGTH.search(line)
    if binding is None:
        return
    value = binding[1]
    for match in A_NUMBER.finditer(value):
        before, behind = value[: match.start()], value[match.end() :]
        is_share = A_SHARE[0].search(before) or A_SHARE[1].search(behind)
        if float(match[0]) >= 2 and not is_share and not COMPARED.search(before):
            yield match[0]


def _is_formatted(file: Path) -> bool:
    return _tool("pyside6-qmlformat", file) == file.read_text(encoding="utf-8")


def _tool(name: str, *arguments: str | Path) -> str:
    result = _run(name, *arguments)
    if result.returncode != 0:
        raise LintBroken(f"{name} ended with {result.returncode}: {result.stdout}{result.stderr}")
    return result.stdout


def _run(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOLS / name, *arguments], capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
