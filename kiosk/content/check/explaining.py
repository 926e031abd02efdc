"""Validation errors in the words of the people who write the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kiosk.blocks.listing import quoted
from kiosk.blocks.lookalikes import as_it_looks, first_odd_sign, odd_sign_at
from kiosk.blocks.nearness import nearest
from kiosk.blocks.paths import Path
from kiosk.blocks.problem_codes import Code
from kiosk.blocks.refusal import Refusal, ValueRefusal
from kiosk.content.model import Content
from kiosk.content.problems import MOST_LISTED, Problem, Spot
from kiosk.content.yaml.brackets import OPEN_QUOTE
from kiosk.content.yaml.syntax import BULLET, CURLY, CURLY_QUOTES, NO_SPACE, not_a_dash
from kiosk.content.yaml.tree import Tree, Value, value_at
from kiosk.places.kinds import KINDS

GLUED = re.compile(r"([A-Za-z_]\w*):(?=\S)")
INSIDE = re.compile(r"(?<=\s)([a-z_]+):(?=\s|$)")
NUMBERS = re.compile(r"[0-9.]+(?:\s*[,;]\s*[0-9.]+)*")
ORDER = {"extra_forbidden": 0, "missing": 2}
"""Unknown keys first: if a key is misspelled or misplaced, another seems missing or empty."""
EMPTY = (None, "")
MOST_EXPLAINED = 4 * MOST_LISTED
"""Errors considered for the first hundred problems: some are consequences of others."""
LONGEST_EXAMPLE = 40
"""Characters a text may have to be repeated as an example."""
MODELS = {kind.name: kind.model for kind in KINDS}


class Complaint(NamedTuple):
    """What is wrong: a code for programs, a message for people."""

    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The first problems of a file, and how many more there are."""

    problems: Sequence[Problem]
    more: int = 0


def explain(errors: Iterable[ErrorDetails], tree: Tree) -> Explanation:
    """Validation errors as problems with their places in the file.

    Mere consequences of another mistake are left out: a misspelled key is not also missing.
    """
    causes = [error for error in errors if not _is_consequence(error)]
    missing = {_path(error["loc"]) for error in causes if error["type"] == "missing"}
    causes.sort(key=lambda error: _spot(error, tree))
    explainer = _Explainer(tree, missing)
    for error in sorted(causes[:MOST_EXPLAINED], key=lambda error: ORDER.get(error["type"], 1)):
        explainer.add(error)
    return Explanation(explainer.problems, _count(causes[MOST_EXPLAINED:]))


def _spot(error: ErrorDetails, tree: Tree) -> Spot:
    return tree.spot(_path(error["loc"]), of_key=error["type"] == "extra_forbidden")


def _count(errors: Sequence[ErrorDetails]) -> int:
    """Roughly the number of problems: a misspelled key is also missing."""
    misspelt = {error["loc"][:-1] for error in errors if error["type"] == "extra_forbidden"}
    return sum(error["type"] != "missing" or error["loc"][:-1] not in misspelt for error in errors)


def _is_consequence(error: ErrorDetails) -> bool:
    """pydantic also calls a list too short if its faulty entries leave too few."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


class _Explainer:
    """Collects a file's problems, and the keys that are not missing but misplaced or misspelled."""

    def __init__(self, tree: Tree, missing: set[Path]) -> None:
        self.problems: list[Problem] = []
        self._tree = tree
        self._missing = missing
        self._explained_paths: set[Path] = set()
        self._misplaced_keys: dict[Path, set[str]] = {}
        self._preceding_by_parent: dict[Path, dict[str, str | None]] = {}

    def add(self, error: ErrorDetails) -> None:
        path, kind = _path(error["loc"]), error["type"]
        if path in self._explained_paths and (kind == "missing" or error["input"] in EMPTY):
            return
        if kind == "missing":
            self._report(
                path[:-1], "missing-key", f"'{path[-1]}' is missing; add '{path[-1]}: …' here"
            )
        elif kind == "extra_forbidden":
            self._report_unknown_key(path, error["input"])
        elif kind == "union_tag_not_found":
            self._report_missing_kind(path, error["input"])
        elif kind == "union_tag_invalid":
            self._report((*path, "kind"), *_wrong_kind(error["input"]["kind"]))
        else:
            swallowed_keys = self._keys_in_open_quote(path, error["input"])
            self._explained_paths.update((*path[:-1], key) for key in swallowed_keys)
            complaint = (
                _unclosed_quote(error["input"]) if swallowed_keys else self._complaint(error, path)
            )
            self._report(path, *complaint)

    def _report_missing_kind(self, path: Path, place: dict[str, Value]) -> None:
        fields = _fields_at(path, self._tree)
        misspelled = [key for key in place if key not in fields and _nearest(key, fields) == "kind"]
        if misspelled and (odd_index := first_odd_sign(misspelled[0])) is not None:
            sentence = (
                f"the key 'kind' has {odd_sign_at(misspelled[0], odd_index)}; type the key again"
            )
            self._report(
                (*path, misspelled[0]), "odd-character", sentence, of_key=True, offset=odd_index
            )
        elif misspelled:
            self._report(
                (*path, misspelled[0]),
                "unknown-key",
                f"unknown key '{misspelled[0]}' (did you mean 'kind'?)",
                of_key=True,
            )
        else:
            choice = f"'kind' is missing; add 'kind:' with one of {', '.join(MODELS)}"
            self._report(path, "missing-key", choice)

    def _report(
        self, path: Path, code: Code, message: str, *, of_key: bool = False, offset: int = 0
    ) -> None:
        line, column = self._tree.spot(path, of_key=of_key)
        self.problems.append(Problem(Spot(line, column + offset), code, message))

    def _report_unknown_key(self, path: Path, given: object) -> None:
        parent, key = path[:-1], str(path[-1])
        fields = _fields_at(parent, self._tree)
        if key in self._misplaced_keys.get(parent, ()):
            return
        if (odd_index := first_odd_sign(key)) is not None and as_it_looks(key) in fields:
            self._explained_paths.add((*parent, as_it_looks(key)))
            odd_sign = odd_sign_at(key, odd_index)
            sentence = f"the key '{as_it_looks(key)}' has {odd_sign}; type the key again"
            self._report(path, "odd-character", sentence, of_key=True, offset=odd_index)
            return
        glued = GLUED.match(key)
        if glued is not None and glued[1] in fields:
            self._explained_paths.add((*parent, glued[1]))
            self._report(path, "missing-space", NO_SPACE, of_key=True, offset=len(glued[1]))
        elif given is None and self._tree.is_in_brackets(parent):
            self._report(path, *_cut_off(key), of_key=True)
        elif (outer := self._outer_block(path)) is not None:
            self._explained_paths.add((*outer, key))
            if given is None:  # then the keys meant for it follow beside it
                self._misplaced_keys[parent] = set(_fields_at((*outer, key), self._tree))
            self._report(path, "misplaced-key", self._indented_too_far(path, outer), of_key=True)
        elif (sibling := self._block_above(path)) is not None:
            self._explained_paths |= {sibling, (*sibling, key)}
            above = self._tree.spot(sibling, of_key=True).line
            self._report(
                path,
                "misplaced-key",
                f"'{key}' belongs to {_label(sibling)} on line {above}; indent it like the lines"
                " there",
                of_key=True,
            )
        elif (text := self._empty_text_above(path)) is not None:
            self._explained_paths.add(text)
            self._report(
                path,
                "indentation",
                f"this line belongs to the text of {_label(text)}; indent it more",
                of_key=True,
            )
        else:
            suggestion = _nearest(key, fields)
            if suggestion is not None:
                self._explained_paths.add((*parent, suggestion))
            choice = f"; remove it, or use one of {', '.join(fields)}"
            hint = f" (did you mean '{suggestion}'?)" if suggestion else choice
            self._report(path, "unknown-key", f"unknown key '{key}'{hint}", of_key=True)

    def _outer_block(self, path: Path) -> Path | None:
        """The enclosing block that lacks this key, or the file itself if it may have it."""
        for end in range(len(path) - 2, -1, -1):
            if (*path[:end], path[-1]) in self._missing:
                return path[:end]
        data = self._tree.data
        is_free = isinstance(data, dict) and path[-1] not in data
        return () if is_free and path[-1] in Content.model_fields else None

    def _indented_too_far(self, path: Path, outer: Path) -> str:
        key_path = path[: len(outer) + 1]
        spot = self._tree.spot(key_path, of_key=True)
        return (
            f"'{path[-1]}' is indented too far; line it up with '{key_path[-1]}' on line"
            f" {spot.line}"
        )

    def _block_above(self, path: Path) -> Path | None:
        """The block right above, if it takes this key and lacks it."""
        above = self._key_above(path)
        if above is None:
            return None
        block_path, block = above, value_at(self._tree.data, above)
        if isinstance(block, list) and block:
            block_path, block = (*above, len(block) - 1), block[-1]
        if not (block is None or isinstance(block, dict)):
            return None
        lacks = path[-1] in _fields_at(block_path, self._tree) and path[-1] not in (block or {})
        return block_path if lacks else None

    def _empty_text_above(self, path: Path) -> Path | None:
        above = self._key_above(path)
        return above if above is not None and value_at(self._tree.data, above) == "" else None

    def _key_above(self, path: Path) -> Path | None:
        """The nearest known key above in the same block."""
        parent = path[:-1]
        if parent not in self._preceding_by_parent:
            self._preceding_by_parent[parent] = self._preceding_known_keys(parent)
        key = self._preceding_by_parent[parent].get(str(path[-1]))
        return None if key is None else (*parent, key)

    def _preceding_known_keys(self, parent: Path) -> dict[str, str | None]:
        block, fields = value_at(self._tree.data, parent), set(_fields_at(parent, self._tree))
        preceding: dict[str, str | None] = {}
        last_known = None
        for key in block if isinstance(block, dict) else ():
            preceding[key] = last_known
            last_known = key if key in fields else last_known
        return preceding

    def _keys_in_open_quote(self, path: Path, given: object) -> list[str]:
        """Keys that ended up inside a text because its quote is not closed."""
        parent_block = value_at(self._tree.data, path[:-1])
        if not isinstance(given, str) or not isinstance(parent_block, dict):
            return []
        fields = _fields_at(path[:-1], self._tree)
        return [key for key in INSIDE.findall(given) if key in fields and key not in parent_block]

    def _complaint(self, error: ErrorDetails, path: Path) -> Complaint:
        given = error["input"]
        if error["type"] == "string_type" and isinstance(given, dict):
            return Complaint("not-a-text", self._not_a_block(path))
        return _complaint_for(error, path, self._tree, self._or_remove(path))

    def _or_remove(self, path: Path) -> str:
        """The end of the advice for an empty value that the file does not need."""
        if not path:
            return ""
        *parent, step = path
        if isinstance(step, int):
            *parent, field = parent
            entries = value_at(self._tree.data, path[:-1])
            surplus = len(entries) - 1 if isinstance(entries, list) else 0
        else:
            field, surplus = step, 0
        for block in _models_at(tuple(parent), self._tree):
            info = block.model_fields.get(str(field))
            if info is None:
                continue
            minimum = next((m.min_length for m in info.metadata if isinstance(m, MinLen)), 0)
            if surplus < minimum if isinstance(step, int) else info.is_required():
                return ""
        return ", or remove the line"

    def _not_a_block(self, path: Path) -> str:
        """A text that YAML reads as keys because of its characters."""
        name, value = _label(path), self._tree.spot(path)
        if self._tree.is_in_brackets(path):
            return f"{name} starts with a bracket; put all of it in 'quotes'"
        if isinstance(path[-1], int):
            return f"{name} contains a colon; put all of it in 'quotes'"
        is_below = value.line > self._tree.spot(path, of_key=True).line
        where = "; write it after the colon" if is_below else "; put it in 'quotes'"
        return f"{name} must be a single text, not a block of keys{where}"


def _cut_off(key: str) -> Complaint:
    reason = f"'{key}' is cut off by the comma before it; "
    if any(char in key for char in CURLY_QUOTES):
        return Complaint("curly-quotes", reason + CURLY)
    if key.isdecimal():
        return Complaint("cut-at-comma", f"{reason}write decimals with a point, like 4.9")
    quotes = 'inside { } put "quotes" around a text that contains a comma'
    return Complaint("cut-at-comma", reason + quotes)


def _unclosed_quote(given: str) -> Complaint:
    if any(char in given for char in CURLY_QUOTES):
        return Complaint(
            "curly-quotes",
            "this quote is closed by a curly one; use straight quotes",
        )
    return Complaint("open-quote", OPEN_QUOTE)


def _wrong_kind(given: object) -> Complaint:
    choice = f"; write one of {', '.join(MODELS)}"
    if given is None:
        return Complaint("empty-value", f"'kind' is empty{choice}")
    if not isinstance(given, str):
        return Complaint("not-a-text", f"'kind' must be one word{choice}")
    if (odd_index := first_odd_sign(given)) is not None and as_it_looks(given) in MODELS:
        return Complaint(
            "odd-character", f"'kind' has {odd_sign_at(given, odd_index)}; type it again"
        )
    if (unquoted := _without_curly_quotes(given)) is not None:
        return Complaint("curly-quotes", f"'kind' has curly quotes around it; write {unquoted}")
    near = _nearest(given, MODELS)
    hint = f" (did you mean '{near}'?)" if near else choice
    return Complaint("unknown-kind", f"'{given}' is not a kind of place{hint}")


def _without_curly_quotes(given: object) -> str | None:
    """The text between a word processor's curly quotes."""
    if not isinstance(given, str) or not given or not {given[0], given[-1]} & set(CURLY_QUOTES):
        return None
    return given.strip(CURLY_QUOTES + "\"'")


def _path(location: tuple[int | str, ...]) -> Path:
    """pydantic names a union's member in the location; the file does not."""
    if len(location) > 2 and location[0] == "places" and location[2] in MODELS:
        return (*location[:2], *location[3:])
    return location


def _label(path: Path) -> str:
    """`'title'`, or `entry 2 of 'races'` for something in a list."""
    if not path:
        return "the file"
    if isinstance(path[-1], int) and len(path) > 1:
        return f"entry {path[-1] + 1} of '{path[-2]}'"
    return f"'{path[-1]}'"


def _complaint_for(error: ErrorDetails, path: Path, tree: Tree, or_remove: str) -> Complaint:
    name, kind, context, given = _label(path), error["type"], error.get("ctx", {}), error["input"]
    if given is None:
        where = "after the dash" if path and isinstance(path[-1], int) else "after the colon"
        return Complaint("empty-value", f"{name} is empty; write something {where}{or_remove}")
    if (unquoted := _without_curly_quotes(given)) is not None:
        example = f', like "{unquoted}"' if len(unquoted) < LONGEST_EXAMPLE else ""
        return Complaint(
            "curly-quotes", f"{name} has curly quotes around it; use straight ones{example}"
        )
    match kind:
        case "value_error" if isinstance(refusal := context["error"], Refusal):
            is_clear = isinstance(refusal, ValueRefusal)
            sentence = refusal.sentence if is_clear else f"{name} {refusal.sentence}"
            return Complaint(refusal.code, sentence)
        case "value_error":
            return Complaint("unusable-value", f"{name} {context['error']}")
        case "string_too_long" | "too_long" | "string_too_short" | "too_short":
            return _length(error, name, or_remove)
        case "string_type":
            return Complaint(
                "not-a-text",
                f"{name} must be a single text, not {_shape(given)}; write it after the colon",
            )
        case "tuple_type":
            return Complaint("not-a-list", _not_a_list(name, given))
        case "model_type" | "model_attributes_type" | "dict_type":
            return Complaint(
                "not-a-block",
                f"{name} must hold keys such as {_keys_of(error, tree)}, not {_shape(given)}",
            )
        case "literal_error":
            return _wrong_choice(given, name, _choices_at(path, tree))
        case "greater_than_equal":
            limit = f"at least {context['ge']}"
            return Complaint("out-of-range", f"{name} is {given}; it must be {limit}")
        case "greater_than":
            limit = f"more than {context['gt']}"
            return Complaint("out-of-range", f"{name} is {given}; it must be {limit}")
        case "less_than_equal" | "less_than":
            maximum = context.get("le", context.get("lt"))
            return Complaint("out-of-range", f"{name} is {given}; it must be at most {maximum}")
    return Complaint("unusable-value", f"{name} is not valid here; correct it")


def _wrong_choice(given: object, name: str, choices: Sequence[str]) -> Complaint:
    if not isinstance(given, str):
        subject, suggestion = _shape(given), None
    elif (odd_index := first_odd_sign(given)) is not None and as_it_looks(given) in choices:
        return Complaint(
            "odd-character", f"{name} has {odd_sign_at(given, odd_index)}; type it again"
        )
    else:
        subject, suggestion = f"'{given}'", nearest(given, choices, cutoff=0.7)
    hint = f"did you mean '{suggestion}'?" if suggestion else f"write {quoted(choices, 'or')}"
    return Complaint("unknown-choice", f"{subject} is not allowed for {name}; {hint}")


def _not_a_list(name: str, given: object) -> str:
    if isinstance(given, dict):
        return f"{name} must be a list; write '- ' before the first line of each entry"
    text = str(given)
    if not text.strip():
        return f"{name} is empty; start each entry on its own line with '- '"
    if text[0] == "-":
        return f"{name} must be a list; write a space after the dash"
    if BULLET.match(text):
        return f"{name} must be a list; {not_a_dash(text[0])}"
    if NUMBERS.fullmatch(text):
        return f"{name} must be a list; write [{', '.join(re.split(r'[,;] *', text))}]"
    return f"{name} must be a list; start each entry on its own line with '- '"


def _length(error: ErrorDetails, name: str, or_remove: str) -> Complaint:
    context, count = error["ctx"], len(error["input"])
    is_text = isinstance(error["input"], str)
    entries = "entry" if count == 1 else "entries"
    noun, advice = ("characters", "shorten it by") if is_text else (entries, "remove")
    match error["type"]:
        case "string_too_long" | "too_long":
            maximum = context["max_length"]
            return Complaint(
                "too-long" if is_text else "too-many",
                f"{name} has {count} {noun}, but only {maximum} fit; {advice} {count - maximum}",
            )
        case "too_short" if count > 0:
            minimum = context["min_length"]
            return Complaint(
                "too-few", f"{name} has {count} {noun}, but needs {minimum}; add {minimum - count}"
            )
    return Complaint("empty-value", f"{name} is empty; write something{or_remove}")


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return "a block of keys"
    return "a list" if isinstance(value, list) else "a single text"


def _nearest(word: str, names: Collection[str]) -> str | None:
    return nearest(re.sub(r"[\s-]+", "_", word.strip().lower()), names, cutoff=0.55)


def _keys_of(error: ErrorDetails, tree: Tree) -> str:
    models = list(_models_at(_path(error["loc"]), tree))
    if not models:
        return "…"
    fields = models[0].model_fields
    examples = sorted(fields, key=lambda name: not fields[name].is_required())[:2]
    return " and ".join(f"'{name}:'" for name in examples)


def _fields_at(path: Path, tree: Tree) -> list[str]:
    """The keys that the block at `path` may hold."""
    return sorted({name for model in _models_at(path, tree) for name in model.model_fields})


def _models_at(path: Path, tree: Tree) -> Iterator[type[BaseModel]]:
    """The blocks allowed at `path`; for a place with a kind, only that kind's."""
    return (model for annotation in _annotations_at(path, tree) for model in _models_of(annotation))


def _annotations_at(path: Path, tree: Tree) -> list[Any]:
    annotations: list[Any] = [Content]
    for number, step in enumerate(path):
        annotations = [member for annotation in annotations for member in _step(annotation, step)]
        if number == 1 and path[0] == "places":
            kind = value_at(tree.data, (*path[:2], "kind"))
            annotations = (
                [MODELS[kind]] if isinstance(kind, str) and kind in MODELS else annotations
            )
    return annotations


def _choices_at(path: Path, tree: Tree) -> list[str]:
    """The words allowed at `path`."""
    return [
        str(choice)
        for annotation in _annotations_at(path, tree)
        for member in _members(annotation)
        if get_origin(member) is Literal
        for choice in get_args(member)
    ]


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
    """The annotation itself, or the members of an Annotated or a union."""
    if hasattr(annotation, "__metadata__"):
        yield from _members(annotation.__origin__)
    elif get_origin(annotation) in {Union, UnionType}:
        for member in get_args(annotation):
            yield from _members(member)
    elif annotation is not NoneType:
        yield annotation
