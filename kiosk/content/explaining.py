"""Validation errors in the words of the people who write the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kiosk.content.model import AnyPlace, Content
from kiosk.content.problems import Problem
from kiosk.content.tree import Path, Tree

LITERAL = re.compile(r"'([^']+)'")
KINDS = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(AnyPlace)[0])
}


def explain(errors: Iterable[ErrorDetails], tree: Tree) -> list[Problem]:
    """Validation errors as problems with their places in the file."""
    return [_problem(error, tree) for error in errors if not _is_echo(error)]


def _is_echo(error: ErrorDetails) -> bool:
    """pydantic calls a list too short without its faulty entries, which it tells as well."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _problem(error: ErrorDetails, tree: Tree) -> Problem:
    path = _path(error["loc"])
    key = str(path[-1]) if path else "the file"
    kind = error["type"]
    if kind == "missing":
        return Problem(tree.spot(path[:-1]), f"'{key}' is missing; add '{key}: …' here")
    if kind == "extra_forbidden" and error["input"] is None and tree.is_in_brackets(path[:-1]):
        return Problem(
            tree.spot(path, of_key=True),
            f"'{key}' is cut off by the comma before it; inside {{ }} put \"quotes\" around a text"
            " that has a comma in it",
        )
    if kind == "extra_forbidden":
        return Problem(tree.spot(path, of_key=True), f"unknown key '{key}'{_near_key(path)}")
    if kind == "union_tag_not_found":
        return Problem(
            tree.spot(path), f"'kind' is missing; add 'kind:' with one of {_any_of(KINDS)}"
        )
    if kind == "union_tag_invalid":
        return Problem(tree.spot((*path, "kind")), _no_kind(error["input"]["kind"]))
    return Problem(tree.spot(path), _sentence(error, _named(path)))


def _no_kind(given: object) -> str:
    choice = f"; write one of {_any_of(KINDS)}"
    if not isinstance(given, str):
        return f"'kind' must be one word{choice}"
    return f"'{given}' is no kind of place{_near(given, KINDS) or choice}"


def _path(location: tuple[int | str, ...]) -> Path:
    """pydantic names a union's member in the location; the file does not."""
    if len(location) > 2 and location[0] == "places" and location[2] in KINDS:
        return (*location[:2], *location[3:])
    return location


def _named(path: Path) -> str:
    """`'title'`, or `entry 2 of 'races'` for something in a list."""
    if not path:
        return "the file"
    if isinstance(path[-1], int) and len(path) > 1:
        return f"entry {path[-1] + 1} of '{path[-2]}'"
    return f"'{path[-1]}'"


def _sentence(error: ErrorDetails, name: str) -> str:
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    if given is None:
        return f"{name} is empty; write something after the colon, or remove the line"
    match kind:
        case "value_error":
            said = str(context["error"])
            return said if said[0] == "'" or said.startswith("the picture") else f"{name} {said}"
        case "string_too_long" | "too_long" | "string_too_short" | "too_short":
            return f"{name} {_length(error)}"
        case "string_type":
            return f"{name} must be one text, not {_shape(given)}; write it after the colon"
        case "tuple_type":
            return f"{name} must be a list; begin each entry on a line of its own with '- '"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{name} must hold keys such as {_keys_of(error)}, not {_shape(given)}"
        case "literal_error":
            choices = LITERAL.findall(str(context["expected"]))
            near = get_close_matches(str(given), choices, n=1, cutoff=0.7)
            hint = f"did you mean '{near[0]}'?" if near else f"write {context['expected']}"
            return f"'{given}' does not fit {name}; {hint}"
        case "greater_than_equal" | "greater_than":
            least = context.get("ge", context.get("gt"))
            word = "at least" if kind.endswith("equal") else "more than"
            return f"{name} is {given}; it must be {word} {least}"
        case "less_than_equal" | "less_than":
            return f"{name} is {given}; it must be at most {context.get('le', context.get('lt'))}"
        case "string_pattern_mismatch":
            return f"{name} is '{given}'; write a language as two small letters, like en"
    return f"{name}: {error['msg']}"


def _length(error: ErrorDetails) -> str:
    context, have = error["ctx"], len(error["input"])
    match error["type"]:
        case "string_too_long":
            most = context["max_length"]
            return f"has {have} characters and {most} fit; shorten it by {have - most}"
        case "too_long":
            most = context["max_length"]
            return f"has {have} entries and {most} fit; remove {have - most}"
        case "too_short" if have > 0:
            least = context["min_length"]
            return f"has {have} entries and needs {least}; add {least - have}"
    return "is empty; write something, or remove the line"


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return "a block of keys"
    return "a list" if isinstance(value, list) else "a single text"


def _any_of(names: Iterable[str]) -> str:
    return ", ".join(names)


def _near(word: str, names: Iterable[str]) -> str:
    near = get_close_matches(word, list(names), n=1, cutoff=0.55)
    return f" (did you mean '{near[0]}'?)" if near else ""


def _near_key(path: Path) -> str:
    fields = sorted({name for model in _models_at(path[:-1]) for name in model.model_fields})
    return _near(str(path[-1]), fields) or f"; remove it, or use one of {_any_of(fields)}"


def _keys_of(error: ErrorDetails) -> str:
    models = list(_models_at(_path(error["loc"])))
    if not models:
        return "…"
    fields = models[0].model_fields
    usual = sorted(fields, key=lambda name: not fields[name].is_required())[:2]
    return " and ".join(f"'{name}:'" for name in usual)


def _models_at(path: Path) -> Iterator[type[BaseModel]]:
    """The blocks that may stand at `path`."""
    found: list[Any] = [Content]
    for step in path:
        found = [member for annotation in found for member in _step(annotation, step)]
    return (member for annotation in found for member in _models_of(annotation))


def _step(annotation: Any, step: str | int) -> Iterator[Any]:
    if isinstance(step, int):
        for member in _members(annotation):
            if get_origin(member) is tuple:
                yield get_args(member)[0]
        return
    for model in _models_of(annotation):
        if step in model.model_fields:
            yield model.model_fields[step].annotation


def _models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    for member in _members(annotation):
        if isinstance(member, type) and issubclass(member, BaseModel):
            yield member


def _members(annotation: Any) -> Iterator[Any]:
    """The annotation itself, or what an Annotated or a union is made of."""
    if hasattr(annotation, "__metadata__"):
        yield from _members(annotation.__origin__)
    elif get_origin(annotation) in {Union, UnionType}:
        for member in get_args(annotation):
            yield from _members(member)
    elif annotation is not NoneType:
        yield annotation
