"""What the YAML parser stumbled over, as one of a few kinds.

Its words are all that it tells; they are looked at here and nowhere else. Both of PyYAML's
parsers are understood, the one in C and the one in Python.
"""

from __future__ import annotations

from typing import Literal

import yaml

Stumble = Literal[
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
PARSER_SAYS: tuple[tuple[str, Stumble], ...] = (
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
"""The first that is found decides."""


def stumble_of(error: yaml.MarkedYAMLError) -> Stumble:
    """The kind of a parser's error; empty for one that nothing is known about."""
    words = " ".join(part for part in (error.context, error.problem) if part)
    return next((stumble for part, stumble in PARSER_SAYS if part in words), "")
