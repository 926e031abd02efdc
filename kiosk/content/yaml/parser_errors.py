"""The kinds of errors that the YAML parser reports.

They can only be told apart by the parser's wording, which is matched here and nowhere else. Both of
PyYAML's parsers are supported, the one in C and the one in Python.
"""

from __future__ import annotations

from typing import Literal

import yaml

ErrorKind = Literal[
    "escape",
    "quote",
    "colon",
    "list",
    "long text",
    "property",
    "character",
    "second colon",
    "no colon",
    "structure",
    "",
]
KIND_BY_WORDING: tuple[tuple[str, ErrorKind], ...] = (
    ("escape", "escape"),
    ("quoted scalar", "quote"),
    ("unexpected ':'", "colon"),
    ("block sequence entries", "list"),
    ("block scalar", "long text"),
    ("alias", "property"),
    ("anchor", "property"),
    ("tag", "property"),
    ("directive", "property"),
    ("cannot start any token", "character"),
    ("mapping keys", "character"),
    ("unexpected char", "character"),
    ("mapping values are not allowed", "second colon"),
    ("could not find expected ':'", "no colon"),
    ("did not find expected key", "structure"),
    ("expected <block end>", "structure"),
    ("did not find expected '-' indicator", "structure"),
    ("<document start>", "structure"),
)
"""The first match decides."""


def error_kind(error: yaml.MarkedYAMLError) -> ErrorKind:
    """The kind of a parser error; empty for an unknown one."""
    wording = " ".join(part for part in (error.context, error.problem) if part)
    return next((kind for part, kind in KIND_BY_WORDING if part in wording), "")
