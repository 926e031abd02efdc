"""The model as a JSON Schema, for editors that help while `content.yaml` is written.

An editor decides by itself that `05` is a number and `true` a yes, where our reader keeps both as
text. So the schema takes a text in every shape an editor may see it in: what `kiosk check` accepts
must never be underlined.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kiosk.content.model import Content

FILE_NAME = "content.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALARS = ["string", "number", "boolean"]
HIDDEN = {"title", "format"}
"""Class names, and formats that some editors read more strictly than our reader."""


def content_schema() -> JsonSchemaValue:
    """The schema of a content file (JSON Schema, draft 2020-12)."""
    root = Content.model_json_schema(schema_generator=_Generator)
    definitions = root.pop("$defs")
    return {
        "$schema": DIALECT,
        "title": "content.yaml",
        "description": "Everything a visitor reads on the kiosk.",
        **_as_written(root, definitions),
        "$defs": {
            name: _as_written(definitions[name], definitions) for name in sorted(definitions)
        },
    }


def schema_text() -> str:
    """The schema as the file `content.schema.json` holds it."""
    return json.dumps(content_schema(), indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """pydantic's generator, with the text under each field as its description."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        described = super().model_schema(schema)
        described.pop("description", None)  # the class's docstring is for those who program
        docstrings = _docstrings(schema["cls"])
        for name, field in described["properties"].items():
            if name in docstrings:
                field["description"] = docstrings[name]
        return described


def _as_written(node: JsonSchemaValue, definitions: dict[str, JsonSchemaValue]) -> JsonSchemaValue:
    """A part of pydantic's schema as it fits what is written in YAML."""
    plain = {key: value for key, value in node.items() if key not in HIDDEN}
    if "discriminator" in plain:
        plain |= _by_tag(plain.pop("discriminator"), plain.pop("oneOf"), definitions)
    for key in plain.keys() & {"properties"}:
        plain[key] = {name: _as_written(part, definitions) for name, part in plain[key].items()}
    for key in plain.keys() & {"items", "additionalProperties"}:
        if isinstance(plain[key], dict):
            plain[key] = _as_written(plain[key], definitions)
    for key in plain.keys() & {"anyOf", "oneOf"}:
        plain[key] = [_as_written(part, definitions) for part in plain[key]]
    plain = _description_first(_with_plain_default(_may_be_empty(plain)))
    return _as_text(plain)


def _by_tag(
    tag: dict[str, Any], order: list[JsonSchemaValue], definitions: dict[str, JsonSchemaValue]
) -> JsonSchemaValue:
    """Blocks told apart by one key: each value of it brings its own keys, and no others."""
    name, kind_of = tag["propertyName"], {ref: kind for kind, ref in tag["mapping"].items()}
    kinds = {kind_of[part["$ref"]]: part["$ref"] for part in order}
    descriptions = [
        definitions[ref.rpartition("/")[2]]["properties"][name].get("description", "")
        for ref in kinds.values()
    ]
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"enum": list(kinds), "enumDescriptions": descriptions}},
        "allOf": [
            {
                "if": {"required": [name], "properties": {name: {"const": kind}}},
                "then": {"$ref": ref},
            }
            for kind, ref in kinds.items()
        ],
    }


def _may_be_empty(node: JsonSchemaValue) -> JsonSchemaValue:
    """`anyOf` a text or nothing as one type of two, which editors explain better."""
    match node:
        case {"anyOf": [{"type": str() | list()} as part, {"type": "null"}], **beside}:
            part = _as_text(part)
            kinds = [part["type"]] if isinstance(part["type"], str) else part["type"]
            if "enum" in part:
                part["enum"] = [*part["enum"], None]
            return {**part, **beside, "type": [*kinds, "null"]}
    return node


def _with_plain_default(node: JsonSchemaValue) -> JsonSchemaValue:
    """The usual value where it is a word or a number; an editor puts it in."""
    usual = node.pop("default", None)
    if (
        isinstance(usual, str)
        and "number" in node.get("type", ())
        and "boolean" not in node["type"]
    ):
        usual = int(usual) if usual.isdecimal() else float(usual)
    return node if usual is None or isinstance(usual, dict | list) else {**node, "default": usual}


def _description_first(node: JsonSchemaValue) -> JsonSchemaValue:
    description = node.pop("description", None)
    return {"description": description, **node} if description else node


def _as_text(node: JsonSchemaValue) -> JsonSchemaValue:
    """A text, also where an editor takes it for a number or a yes; spaces around do not count."""
    if node.get("type") != "string" or node.keys() & {"pattern", "enum", "const"}:
        return node
    most = node.pop("maxLength", None)
    node.pop("minLength", None)
    node["type"] = SCALARS
    if most is not None:
        middle = f"(?:[\\s\\S]{{0,{most - 2}}}\\S)?" if most > 1 else ""
        node["pattern"] = rf"^\s*\S{middle}\s*$"
        node["patternErrorMessage"] = f"Write a text of at most {most} characters."
    return node


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """The text under each field.

    pydantic's `use_attribute_docstrings` reads the source whenever a class is made, which adds 70 %
    to the time the model takes to import.
    """
    docstrings: dict[str, str] = {}
    for base in reversed(model.__mro__):
        docstrings |= _class_docstrings(base.__module__).get(base.__qualname__, {})
    return docstrings


@cache
def _class_docstrings(module: str) -> dict[str, dict[str, str]]:
    if not module.startswith("kiosk."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_under(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _under(block: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(block.body, block.body[1:], strict=False):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())
