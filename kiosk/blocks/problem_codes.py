"""The codes of problems with a content file: stable names that programs may decide by.

docs/problem-codes.md says what each stands for.
"""

from __future__ import annotations

from typing import Literal, get_args

FormCode = Literal[
    "not-utf8",
    "forbidden-character",
    "empty-file",
    "not-yaml",
    "tab",
    "tab-in-line",
    "special-space",
    "indentation",
    "missing-space",
    "missing-colon",
    "second-colon",
    "wrong-colon",
    "missing-dash",
    "wrong-dash",
    "misplaced-list",
    "missing-comma",
    "extra-comma",
    "bracket",
    "text-after-bracket",
    "open-quote",
    "text-after-quote",
    "curly-quotes",
    "backslash",
    "reserved-character",
    "text-after-hash",
    "long-text",
    "alias",
    "duplicate-key",
    "not-a-key",
    "second-document",
    "text-after-end",
    "nested-too-deep",
    "unreadable-line",
]
"""Mistakes in how the file is written, whatever it says."""
ValueCode = Literal[
    "missing-key",
    "unknown-key",
    "misplaced-key",
    "empty-value",
    "odd-character",
    "cut-at-comma",
    "not-a-text",
    "not-a-list",
    "not-a-block",
    "not-a-day",
    "not-a-time",
    "not-a-number",
    "not-a-flag",
    "not-a-color",
    "not-an-id",
    "not-an-address",
    "not-a-phone-number",
    "not-opening-hours",
    "not-a-language",
    "not-a-size",
    "unknown-kind",
    "unknown-choice",
    "unknown-icon",
    "unknown-time-zone",
    "too-long",
    "too-short",
    "too-many",
    "too-few",
    "out-of-range",
    "contradiction",
    "missing-still",
    "wrong-order",
    "never-shown",
    "duplicate-id",
    "placeholder",
    "incomplete-address",
    "unusable-value",
]
"""Mistakes in what the file says."""
PictureCode = Literal[
    "missing-picture",
    "picture-outside",
    "picture-unreadable",
    "not-a-picture",
    "picture-too-large",
    "picture-shape",
    "picture-turned",
    "drawing-too-complex",
    "drawing-refers",
    "not-a-video",
    "video-too-large",
]
HistoryCode = Literal["half-file", "consent-version"]
"""What does not go with what was shown before."""
SilenceableRule = Literal[
    "credit-terms",
    "credit-rate",
    "lease-terms",
    "lease-rate",
    "uk-representative",
    "estimator-terms",
    "consumption",
    "unknown-car",
    "sum",
    "slider-step",
    "ended-offer",
    "gone-entry",
    "season-over",
    "example-left",
    "contrast",
    "logo",
    "link-case",
    "picture-size",
    "drawing",
    "text-fit",
    "text-contrast",
    "missing-sign",
    "door-figure",
    "note-in-text",
    "language-texts",
]
"""The rules that can be silenced; docs/linting.md says what each finds."""
Rule = SilenceableRule | HistoryCode | Literal["unused-silence"]
ErrorCode = FormCode | ValueCode | PictureCode
Code = ErrorCode | Rule | Literal["more-problems"]

RULES = frozenset(code for names in get_args(Rule) for code in get_args(names))
ERROR_CODES = tuple(code for names in get_args(ErrorCode) for code in get_args(names))
