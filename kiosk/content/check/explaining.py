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
NUMBERS = re.compile(r"[0-9.]+(?:\s*[,;]\s*[0-9.]+)+")
ORDER = {"extra_forbidden": 0, "missing": 2}
"""Keys first: where one is misspelt or out of place, another is missing or empty."""
EMPTY = (None, "")
MOST_EXPLAINED = 4 * MOST_LISTED
"""Errors of which the first hundred problems are made: some only follow from others."""
LONGEST_EXAMPLE = 40
"""Characters of a text that is told again as it should be written."""
MODELS = {kind.name: kind.model for kind in KINDS}


class Complaint(NamedTuple):
    """What is wrong, for programs and for people."""

    code: Code
    message: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The first problems of a file, and how many more there are."""

    problems: Sequence[Problem]
    more: int = 0


def explain(errors: Iterable[ErrorDetails], tree: Tree) -> Explanation:
    """Validation errors as problems with their places in the file.

    What only follows from another mistake is not told: a key is not called missing where it is
    misspelt.
    """
    causes = [error for error in errors if not _is_echo(error)]
    missing = {_path(error["loc"]) for error in causes if error["type"] == "missing"}
    causes.sort(key=lambda error: _spot(error, tree))
    explained = _Explained(tree, missing)
    for error in sorted(causes[:MOST_EXPLAINED], key=lambda error: ORDER.get(error["type"], 1)):
        explained.tell(error)
    return Explanation(explained.problems, _count(causes[MOST_EXPLAINED:]))


def _spot(error: ErrorDetails, tree: Tree) -> Spot:
    return tree.spot(_path(error["loc"]), of_key=error["type"] == "extra_forbidden")


def _count(errors: Sequence[ErrorDetails]) -> int:
    """About as many problems as they come to: a misspelt key is also missing."""
    misspelt = {error["loc"][:-1] for error in errors if error["type"] == "extra_forbidden"}
    return sum(error["type"] != "missing" or error["loc"][:-1] not in misspelt for error in errors)


def _is_echo(error: ErrorDetails) -> bool:
    """pydantic calls a list too short without its faulty entries, which it tells as well."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


class _Explained:
    """The problems of a file, and the keys that are not missing but elsewhere or misspelt."""

    def __init__(self, tree: Tree, missing: set[Path]) -> None:
        self.problems: list[Problem] = []
        self._tree = tree
        self._missing = missing
        self._found: set[Path] = set()
        self._moved: dict[Path, set[str]] = {}
        self._known_above: dict[Path, dict[str, str | None]] = {}

    def tell(self, error: ErrorDetails) -> None:
        path, kind = _path(error["loc"]), error["type"]
        if path in self._found and (kind == "missing" or error["input"] in EMPTY):
            return
        if kind == "missing":
            self._tell(
                path[:-1], "missing-key", f"'{path[-1]}' is missing; add '{path[-1]}: …' here"
            )
        elif kind == "extra_forbidden":
            self._unknown(path, error["input"])
        elif kind == "union_tag_not_found":
            self._without_kind(path, error["input"])
        elif kind == "union_tag_invalid":
            self._tell((*path, "kind"), *_no_kind(error["input"]["kind"]))
        else:
            swallowed = self._swallowed(path, error["input"])
            self._found.update((*path[:-1], key) for key in swallowed)
            complaint = _unclosed(error["input"]) if swallowed else self._complaint(error, path)
            self._tell(path, *complaint)

    def _without_kind(self, path: Path, place: dict[str, Value]) -> None:
        fields = _fields_at(path, self._tree)
        wrong = [key for key in place if key not in fields and _nearest(key, fields) == "kind"]
        if wrong and (odd := first_odd_sign(wrong[0])) is not None:
            sentence = f"the key 'kind' has {odd_sign_at(wrong[0], odd)}; type the key again"
            self._tell((*path, wrong[0]), "odd-character", sentence, of_key=True, behind=odd)
        elif wrong:
            self._tell(
                (*path, wrong[0]),
                "unknown-key",
                f"unknown key '{wrong[0]}' (did you mean 'kind'?)",
                of_key=True,
            )
        else:
            choice = f"'kind' is missing; add 'kind:' with one of {_any_of(MODELS)}"
            self._tell(path, "missing-key", choice)

    def _tell(
        self, path: Path, code: Code, message: str, *, of_key: bool = False, behind: int = 0
    ) -> None:
        line, column = self._tree.spot(path, of_key=of_key)
        self.problems.append(Problem(Spot(line, column + behind), code, message))

    def _unknown(self, path: Path, given: object) -> None:
        around, key = path[:-1], str(path[-1])
        fields = _fields_at(around, self._tree)
        if key in self._moved.get(around, ()):
            return
        if (odd := first_odd_sign(key)) is not None and as_it_looks(key) in fields:
            self._found.add((*around, as_it_looks(key)))
            sentence = (
                f"the key '{as_it_looks(key)}' has {odd_sign_at(key, odd)}; type the key again"
            )
            self._tell(path, "odd-character", sentence, of_key=True, behind=odd)
            return
        glued = GLUED.match(key)
        if glued is not None and glued[1] in fields:
            self._found.add((*around, glued[1]))
            self._tell(path, "missing-space", NO_SPACE, of_key=True, behind=len(glued[1]))
        elif given is None and self._tree.is_in_brackets(around):
            self._tell(path, *_cut_off(key), of_key=True)
        elif (where := self._outside(path)) is not None:
            self._found.add((*where, key))
            if given is None:  # then what was meant to be in it stands beside it
                self._moved[around] = set(_fields_at((*where, key), self._tree))
            self._tell(path, "misplaced-key", self._too_far_in(path, where), of_key=True)
        elif (inside := self._inside(path)) is not None:
            self._found |= {inside, (*inside, key)}
            above = self._tree.spot(inside, of_key=True).line
            self._tell(
                path,
                "misplaced-key",
                f"'{key}' belongs to {_named(inside)} on line {above}; indent it like the lines"
                " there",
                of_key=True,
            )
        elif (text := self._empty_text_above(path)) is not None:
            self._found.add(text)
            self._tell(
                path,
                "indentation",
                f"this line belongs to the text of {_named(text)}; indent it more",
                of_key=True,
            )
        else:
            near = _nearest(key, fields)
            if near is not None:
                self._found.add((*around, near))
            choice = f"; remove it, or use one of {_any_of(fields)}"
            hint = f" (did you mean '{near}'?)" if near else choice
            self._tell(path, "unknown-key", f"unknown key '{key}'{hint}", of_key=True)

    def _outside(self, path: Path) -> Path | None:
        """The block around that needs such a key, or the whole file where that may have one."""
        for end in range(len(path) - 2, -1, -1):
            if (*path[:end], path[-1]) in self._missing:
                return path[:end]
        data = self._tree.data
        is_free = isinstance(data, dict) and path[-1] not in data
        return () if is_free and path[-1] in Content.model_fields else None

    def _too_far_in(self, path: Path, where: Path) -> str:
        beside = path[: len(where) + 1]
        spot = self._tree.spot(beside, of_key=True)
        return (
            f"'{path[-1]}' is indented too far; line it up with '{beside[-1]}' on line {spot.line}"
        )

    def _inside(self, path: Path) -> Path | None:
        """The block right above that has such a key and lacks it."""
        above = self._above(path)
        if above is None:
            return None
        inside, block = above, value_at(self._tree.data, above)
        if isinstance(block, list) and block:
            inside, block = (*above, len(block) - 1), block[-1]
        if not (block is None or isinstance(block, dict)):
            return None
        lacks = path[-1] in _fields_at(inside, self._tree) and path[-1] not in (block or {})
        return inside if lacks else None

    def _empty_text_above(self, path: Path) -> Path | None:
        above = self._above(path)
        return above if above is not None and value_at(self._tree.data, above) == "" else None

    def _above(self, path: Path) -> Path | None:
        """The key above in the same block, beyond others that are unknown."""
        around = path[:-1]
        if around not in self._known_above:
            self._known_above[around] = self._each_with_known_above(around)
        above = self._known_above[around].get(str(path[-1]))
        return None if above is None else (*around, above)

    def _each_with_known_above(self, around: Path) -> dict[str, str | None]:
        block, fields = value_at(self._tree.data, around), set(_fields_at(around, self._tree))
        above: dict[str, str | None] = {}
        last = None
        for key in block if isinstance(block, dict) else ():
            above[key] = last
            last = key if key in fields else last
        return above

    def _swallowed(self, path: Path, given: object) -> list[str]:
        """The keys below that a text has in it, since its quote is not closed."""
        around = value_at(self._tree.data, path[:-1])
        if not isinstance(given, str) or not isinstance(around, dict):
            return []
        fields = _fields_at(path[:-1], self._tree)
        return [key for key in INSIDE.findall(given) if key in fields and key not in around]

    def _complaint(self, error: ErrorDetails, path: Path) -> Complaint:
        given = error["input"]
        if error["type"] == "string_type" and isinstance(given, dict):
            return Complaint("not-a-text", self._not_a_block(path))
        return _complaint(error, path, self._tree, self._or_remove(path))

    def _or_remove(self, path: Path) -> str:
        """The end of the advice for what is empty, where the file can do without it."""
        if not path:
            return ""
        *around, last = path
        if isinstance(last, int):
            *around, field = around
            entries = value_at(self._tree.data, path[:-1])
            spare = len(entries) - 1 if isinstance(entries, list) else 0
        else:
            field, spare = last, 0
        for block in _models_at(tuple(around), self._tree):
            info = block.model_fields.get(str(field))
            if info is None:
                continue
            least = next((m.min_length for m in info.metadata if isinstance(m, MinLen)), 0)
            if spare < least if isinstance(last, int) else info.is_required():
                return ""
        return ", or remove the line"

    def _not_a_block(self, path: Path) -> str:
        """A text that YAML takes for keys, because of what is in it."""
        name, value = _named(path), self._tree.spot(path)
        if self._tree.is_in_brackets(path):
            return f"{name} starts with a bracket; put all of it in 'quotes'"
        if isinstance(path[-1], int):
            return f"{name} contains a colon; put all of it in 'quotes'"
        below = value.line > self._tree.spot(path, of_key=True).line
        where = "; write it after the colon" if below else "; put it in 'quotes'"
        return f"{name} must be a single text, not a block of keys{where}"


def _cut_off(key: str) -> Complaint:
    cut = f"'{key}' is cut off by the comma before it; "
    if any(sign in key for sign in CURLY_QUOTES):
        return Complaint("curly-quotes", cut + CURLY)
    if key.isdecimal():
        return Complaint("cut-at-comma", f"{cut}write decimals with a point, like 4.9")
    quotes = 'inside { } put "quotes" around a text that contains a comma'
    return Complaint("cut-at-comma", cut + quotes)


def _unclosed(given: str) -> Complaint:
    if any(sign in given for sign in CURLY_QUOTES):
        return Complaint(
            "curly-quotes",
            "this quote is closed by a curly one; use straight quotes",
        )
    return Complaint("open-quote", OPEN_QUOTE)


def _no_kind(given: object) -> Complaint:
    choice = f"; write one of {_any_of(MODELS)}"
    if given is None:
        return Complaint("empty-value", f"'kind' is empty{choice}")
    if not isinstance(given, str):
        return Complaint("not-a-text", f"'kind' must be one word{choice}")
    if (odd := first_odd_sign(given)) is not None and as_it_looks(given) in MODELS:
        return Complaint("odd-character", f"'kind' has {odd_sign_at(given, odd)}; type it again")
    if (bare := _in_curly(given)) is not None:
        return Complaint("curly-quotes", f"'kind' has curly quotes around it; write {bare}")
    hint = _near(given, MODELS) or choice
    return Complaint("unknown-kind", f"'{given}' is not a kind of place{hint}")


def _in_curly(given: object) -> str | None:
    """What stands between quotes as a word processor makes them."""
    if not isinstance(given, str) or not given or not {given[0], given[-1]} & set(CURLY_QUOTES):
        return None
    return given.strip(CURLY_QUOTES + "\"'")


def _path(location: tuple[int | str, ...]) -> Path:
    """pydantic names a union's member in the location; the file does not."""
    if len(location) > 2 and location[0] == "places" and location[2] in MODELS:
        return (*location[:2], *location[3:])
    return location


def _named(path: Path) -> str:
    """`'title'`, or `entry 2 of 'races'` for something in a list."""
    if not path:
        return "the file"
    if isinstance(path[-1], int) and len(path) > 1:
        return f"entry {path[-1] + 1} of '{path[-2]}'"
    return f"'{path[-1]}'"


def _complaint(error: ErrorDetails, path: Path, tree: Tree, or_remove: str) -> Complaint:
    name, kind, context, given = _named(path), error["type"], error.get("ctx", {}), error["input"]
    if given is None:
        where = "after the dash" if path and isinstance(path[-1], int) else "after the colon"
        return Complaint("empty-value", f"{name} is empty; write something {where}{or_remove}")
    if (bare := _in_curly(given)) is not None:
        like = f', like "{bare}"' if len(bare) < LONGEST_EXAMPLE else ""
        return Complaint(
            "curly-quotes", f"{name} has curly quotes around it; use straight ones{like}"
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
            return _no_choice(given, name, _choices_at(path, tree))
        case "greater_than_equal":
            least = f"at least {context['ge']}"
            return Complaint("out-of-range", f"{name} is {given}; it must be {least}")
        case "greater_than":
            least = f"more than {context['gt']}"
            return Complaint("out-of-range", f"{name} is {given}; it must be {least}")
        case "less_than_equal" | "less_than":
            most = context.get("le", context.get("lt"))
            return Complaint("out-of-range", f"{name} is {given}; it must be at most {most}")
    return Complaint("unusable-value", f"{name} is not valid here; correct it")


def _no_choice(given: object, name: str, choices: Sequence[str]) -> Complaint:
    if not isinstance(given, str):
        what, near = _shape(given), None
    elif (odd := first_odd_sign(given)) is not None and as_it_looks(given) in choices:
        return Complaint("odd-character", f"{name} has {odd_sign_at(given, odd)}; type it again")
    else:
        what, near = f"'{given}'", nearest(given, choices, cutoff=0.7)
    hint = f"did you mean '{near}'?" if near else f"write {quoted(choices, 'or')}"
    return Complaint("unknown-choice", f"{what} is not allowed for {name}; {hint}")


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
    context, have = error["ctx"], len(error["input"])
    is_text = isinstance(error["input"], str)
    entries = "entry" if have == 1 else "entries"
    many, less = ("characters", "shorten it by") if is_text else (entries, "remove")
    match error["type"]:
        case "string_too_long" | "too_long":
            most = context["max_length"]
            return Complaint(
                "too-long" if is_text else "too-many",
                f"{name} has {have} {many}, but only {most} fit; {less} {have - most}",
            )
        case "too_short" if have > 0:
            least = context["min_length"]
            return Complaint(
                "too-few", f"{name} has {have} {many}, but needs {least}; add {least - have}"
            )
    return Complaint("empty-value", f"{name} is empty; write something{or_remove}")


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return "a block of keys"
    return "a list" if isinstance(value, list) else "a single text"


def _any_of(names: Iterable[str]) -> str:
    return ", ".join(names)


def _near(word: str, names: Collection[str]) -> str:
    near = _nearest(word, names)
    return f" (did you mean '{near}'?)" if near else ""


def _nearest(word: str, names: Collection[str]) -> str | None:
    return nearest(re.sub(r"[\s-]+", "_", word.strip().lower()), names, cutoff=0.55)


def _keys_of(error: ErrorDetails, tree: Tree) -> str:
    models = list(_models_at(_path(error["loc"]), tree))
    if not models:
        return "…"
    fields = models[0].model_fields
    usual = sorted(fields, key=lambda name: not fields[name].is_required())[:2]
    return " and ".join(f"'{name}:'" for name in usual)


def _fields_at(path: Path, tree: Tree) -> list[str]:
    """The keys that the block at `path` may hold."""
    return sorted({name for model in _models_at(path, tree) for name in model.model_fields})


def _models_at(path: Path, tree: Tree) -> Iterator[type[BaseModel]]:
    """The blocks that may stand at `path`; of a place that says its kind, only that one."""
    return (model for found in _annotations_at(path, tree) for model in _models_of(found))


def _annotations_at(path: Path, tree: Tree) -> list[Any]:
    found: list[Any] = [Content]
    for number, step in enumerate(path):
        found = [member for annotation in found for member in _step(annotation, step)]
        if number == 1 and path[0] == "places":
            kind = value_at(tree.data, (*path[:2], "kind"))
            found = [MODELS[kind]] if isinstance(kind, str) and kind in MODELS else found
    return found


def _choices_at(path: Path, tree: Tree) -> list[str]:
    """The words of which one may stand at `path`."""
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
    """The annotation itself, or what an Annotated or a union is made of."""
    if hasattr(annotation, "__metadata__"):
        yield from _members(annotation.__origin__)
    elif get_origin(annotation) in {Union, UnionType}:
        for member in get_args(annotation):
            yield from _members(member)
    elif annotation is not NoneType:
        yield annotation
