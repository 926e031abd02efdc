"""The schema for editors: it refuses what is wrong, and never what `kiosk check` takes."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as SchemaError
from pydantic import ValidationError

from kiosk.content.check.pictures import Pictures
from kiosk.content.model import Content
from kiosk.content.schema import content_schema, schema_text
from kiosk.content.yaml.tree import read_tree, value_at
from kiosk.places.kinds import KINDS
from tests.conftest import CHECKOUT, Contents
from tests.content.conftest import MINIMAL
from tests.long_runs import IS_LONG, SHARE, examples

DEFAULT = (CHECKOUT / "content.yaml").read_text(encoding="utf-8")
TEMPLATE = (CHECKOUT / "kiosk" / "content" / "template.yaml").read_text(encoding="utf-8")
PICTURES = Pictures(CHECKOUT / "assets")

Path_ = tuple[str | int, ...]

schema = cache(content_schema)


@cache
def editor() -> Draft202012Validator:
    return Draft202012Validator(schema())


class Core(yaml.SafeLoader):
    """Scalars as YAML 1.2's core schema has them, which is what editors read."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 # PyYAML fills it


for tag, pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
}.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), None)
Core.add_constructor(
    "tag:yaml.org,2002:int",
    lambda loader, node: int(node.value, 0 if node.value[:2] in {"0x", "0o"} else 10),
)
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: _float(node.value))


def _float(text: str) -> float:
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=Core)


def faults(text: str) -> list[str]:
    """What the schema finds in a content file, as `key: message`."""
    return [
        f"{error.absolute_path[-1] if error.absolute_path else ''}: {error.message}"
        for error in _single(editor().iter_errors(as_an_editor_reads(text)))
    ]


def _single(errors: Iterable[SchemaError]) -> Iterator[SchemaError]:
    for error in errors:
        yield from _single(error.context) if error.context else [error]


def is_loaded(data: Any) -> bool:
    """Whether `kiosk check` finds no error in data that was read from a file."""
    try:
        Content.model_validate(data, context={"pictures": PICTURES})
    except ValidationError:
        return False
    return True


# The file


def test_the_schema_file_is_that_of_the_model() -> None:
    there = (CHECKOUT / "content.schema.json").read_text(encoding="utf-8")
    assert there == schema_text(), "run `make schema`"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_default_content_is_wired_to_it() -> None:
    assert DEFAULT.splitlines()[0] == "# yaml-language-server: $schema=content.schema.json"


def _keys() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, block in {"Content": schema(), **schema()["$defs"]}.items():
        yield from ((f"{name}.{key}", part) for key, part in block.get("properties", {}).items())


def test_every_key_is_described() -> None:
    described = {key: part.get("description", "") for key, part in _keys()}
    assert len(described) > 300
    sentence = re.compile(r"[^`]{8,160}[.!?]")
    assert {key: text for key, text in described.items() if not sentence.fullmatch(text)} == {}


def test_no_other_keys_are_allowed_in_any_block() -> None:
    for name, block in {"Content": schema(), **schema()["$defs"]}.items():
        assert block["additionalProperties"] is False, name


def test_every_kind_of_place_is_offered_with_what_it_is() -> None:
    kind = schema()["properties"]["places"]["items"]["properties"]["kind"]
    assert kind["enum"] == [kind.name for kind in KINDS]
    assert all(kind["enumDescriptions"])


# What is in order


@pytest.mark.parametrize(
    "text",
    [DEFAULT, TEMPLATE.replace("__YEAR__", "2030"), MINIMAL],
    ids=["default content", "template", "tests' own content"],
)
def test_a_content_that_is_in_order_is_not_underlined(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.name != "events"])
def test_a_small_place_of_each_kind_is_in_order(contents: Contents, kind: str) -> None:
    link = {"name": "Site", "address": "tel:+12175550137"}
    offers = [contents.offer(date(2024, 5, 1), link=link)] if kind == "offers" else []
    file = contents.write(getattr(contents, kind)(*offers))
    assert faults(file.read_text(encoding="utf-8")) == []


# What is wrong


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  name: MINI", "  naem: MINI", "'naem' was unexpected"),
        ("  line: Motorsports\n", "", "'line' is a required property"),
        ("headline: Number 37", f"headline: {'x' * 49}", "headline: "),
        ("kind: team", "kind: taem", "kind: 'taem' is not one of ['timeline', "),
        ("    kind: team\n", "", "'kind' is a required property"),
        ("kind: team", "kind: dealers", "'drivers', 'results', 'season' were unexpected"),
        ("starts: 2024-04-05", "starts: 5/4/2024", "starts: "),
        ("starts: 2024-04-05", "starts: 2024-13-05", "starts: "),
        ('"#101114"', "black", "asphalt: "),
        ("seconds_each: 9", "seconds_each: 4", "4 is less than the minimum of 5"),
        ("seconds_each: 9", "seconds_each: nine", "seconds_each: "),
        ("show_offer: true", "show_offer: maybe", "show_offer: "),
        ("price: 33000", "price: $33000", "price: "),
        ("latitude: 39.7990", "latitude: 139.7990", "139.799 is greater than the maximum of 90"),
        ("phone: +1 217 555 0137", "phone: call us", "phone: "),
        ('"https://www.miniusa.com"', "www.miniusa.com", "address: "),
        ("file: car.png", "file: car.pdf", "file: "),
        ("icon: ph.trophy-bold", "icon: trophy", "icon: "),
        ("id: team", "id: The Team", "id: "),
        ("language: en", "language: English", "language: "),
        ("lead: A car for everyone.", "lead:", "None is not of type"),
        ("lead: A car for everyone.", "lead: [a, b]", "is not of type 'string', 'number'"),
        ("months_choices: [24, 60]", "months_choices: 60", "60 is not of type 'array'"),
        ("months_choices: [24, 60]", "months_choices: []", "should be non-empty"),
    ],
)
def test_a_single_mistake_is_underlined(old: str, new: str, expected: str) -> None:
    assert MINIMAL.count(old) >= 1
    assert any(expected in fault for fault in faults(MINIMAL.replace(old, new, 1)))


# What may not be underlined

LONG = "x" * 32
SPELT = [
    *("05", "5", "60", "349", "-5", "+5", "0", "0.5", "1.50", "-0", "1e3", "0x1F", "0o17", ".5"),
    *("1_000", "4.9", "33000", "12345678901", ".inf", "2024-04-05", "2024-04-05 18:30", "1:30"),
    *("2024", "2024-1", "true", "True", "TRUE", "tRue", "yes", "No", "on", "OFF", "false"),
    *("~", "null", "NULL", "", '""', "' '", "'5'", "' 5 '", "'0.5 '", "'2024-04-05 '", "' yes'"),
    *(">\n  Folded.\n", "|\n  Kept.\n", f">\n  {LONG}\n", f"'  {LONG}  '", f"'{LONG}x'", "n/a"),
    *("[]", "{}", "[a]", "[5]", "[true, 05]", "{file: art/road.svg}", "{file: 5}", "{a: b}"),
    *("art/road.svg", "art/road.svg/", "Art/Road.SVG", "HTTPS://www.example.com", "tel:5555555"),
    *("'http://a.b?c=d'", "mailto:a@example.com", "'#E2231A'", "'#e2231'", "12175550137"),
    *("+1 (217) 555-0137", "555.0137", "ph.house-bold", "mdi6.car", "en", "km", "mi", "team"),
    *("us", "x", "'{month} {day}'", "America/Chicago", "ab", "abc", "abcd", "1234567890"),
    *("x" * 140, "x" * 141, "y " * 130, "z" * 900, "😀" * 9, "'😀😀 '"),
]


def _same(data: Any, path: Path_, value: Any) -> Any:
    """The data with one value changed."""
    if not path:
        return value
    created = copy.copy(data)
    created[path[0]] = _same(data[path[0]], path[1:], value)
    return created


def _paths(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    yield path
    steps = data if isinstance(data, dict) else range(len(data) if isinstance(data, list) else 0)
    for step in steps:
        yield from _paths(data[step], (*path, step))


def _assert_not_too_strict(seen: Any, read: Any, what: object) -> None:
    if is_loaded(read):
        assert editor().is_valid(seen), what


SEEN, READ = as_an_editor_reads(DEFAULT), read_tree(DEFAULT).data
PATHS = [path for path in _paths(READ) if path]
BLOCKS = [path for path in _paths(READ) if isinstance(value_at(READ, path), dict)]
LISTS = [path for path in _paths(READ) if isinstance(value_at(READ, path), list)]
VALUES = [
    (spelt, as_an_editor_reads(f"x: {spelt}\n")["x"], read_tree(f"x: {spelt}\n").data["x"])
    for spelt in SPELT
]


def _one_of_each() -> list[Path_]:
    """A path for every kind of value: text of a length, day, amount of a range, block, list."""
    found: dict[str, Path_] = {}
    for path in PATHS:
        kind = {k: v for k, v in _part(path).items() if k not in {"description", "default"}}
        found.setdefault(json.dumps(kind), path)
    return list(found.values())


def _part(path: Path_) -> dict[str, Any]:
    """The part of the schema that says what may stand at a path."""
    part, data = schema(), READ
    for step in path:
        part, data = _resolved(part, data), data[step]
        part = part["items"] if isinstance(step, int) else part["properties"][step]
    return part


def _resolved(part: dict[str, Any], data: Any) -> dict[str, Any]:
    part = next(iter(part.get("anyOf", [part])))  # the second is null
    for case in part.get("allOf", []):
        if case["if"]["properties"]["kind"]["const"] == data["kind"]:
            part = case["then"]
    return schema()["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part


def test_no_value_is_underlined_that_is_accepted() -> None:
    """Each in a file that holds its place alone, so that the test stays quick."""
    alone = [({**SEEN, "places": [seen]}, {**READ, "places": [read]}) for seen, read in _places()]
    every = 1 if IS_LONG else SHARE
    for number, (first, *rest) in enumerate(_one_of_each()):
        seen, read, path = *alone[-1], (first, *rest)
        if first == "places" and rest:
            seen, read = alone[rest[0]]
            path = ("places", 0, *rest[1:])
        for spelt, as_seen, as_read in VALUES[number % every :: every]:
            _assert_not_too_strict(
                _same(seen, path, as_seen), _same(read, path, as_read), (path, spelt)
            )


def _places() -> Iterator[tuple[Any, Any]]:
    return zip(SEEN["places"], READ["places"], strict=True)


def _drop(draw: st.DrawFn) -> tuple[Path_, Callable[[Any], Any]]:
    path = draw(st.sampled_from(BLOCKS))
    key = draw(st.sampled_from(list(value_at(READ, path))))
    return path, lambda block: {name: part for name, part in block.items() if name != key}


def _rename(draw: st.DrawFn) -> tuple[Path_, Callable[[Any], Any]]:
    path = draw(st.sampled_from(BLOCKS))
    key = draw(st.sampled_from(list(value_at(READ, path))))
    new = draw(st.sampled_from(["titel", "kind", "title", "picture", "line", "example"]))
    return path, lambda block: {new if k == key else k: part for k, part in block.items()}


def _repeat(draw: st.DrawFn) -> tuple[Path_, Callable[[Any], Any]]:
    count = draw(st.integers(0, 18))
    return draw(st.sampled_from(LISTS)), lambda entries: [*entries, *entries[:1] * count]


@st.composite
def accidents(draw: st.DrawFn) -> tuple[Any, Any]:
    """The default content after one accident: as an editor sees it, and as we read it."""
    match draw(st.sampled_from(["value", "drop", "rename", "repeat", "swap"])):
        case "value":
            path = draw(st.sampled_from(PATHS))
            _, seen, read = draw(st.sampled_from(VALUES))
            return _same(SEEN, path, seen), _same(READ, path, read)
        case "swap":
            path, other = draw(st.sampled_from(PATHS)), draw(st.sampled_from(PATHS))
            return _same(SEEN, path, value_at(SEEN, other)), _same(
                READ, path, value_at(READ, other)
            )
        case name:
            path, change = {"drop": _drop, "rename": _rename, "repeat": _repeat}[name](draw)
    return tuple(_same(data, path, change(value_at(data, path))) for data in (SEEN, READ))


@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.too_slow])
@given(accident=accidents())
def test_whatever_is_underlined_is_refused_by_the_check(accident: tuple[Any, Any]) -> None:
    _assert_not_too_strict(*accident, what=None)


def test_the_table_of_values_is_worth_its_while() -> None:
    """Many of them are accepted where an editor sees no text: else the test above holds nothing."""
    path = ("home", "headline")
    accepted = [spelt for spelt, _, read in VALUES if is_loaded(_same(READ, path, read))]
    no_texts = [spelt for spelt, seen, _ in VALUES if isinstance(seen, bool | int | float)]
    assert len(set(accepted) & set(no_texts)) > 20
