"""Text in CSV files, so that a spreadsheet shows it and never runs it."""

from __future__ import annotations

import re

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets run cells with these prefixes as formulas (OWASP, CSV injection)."""
_FORMULA_AHEAD = f"(?=[' ]*[{re.escape(''.join(FORMULA_PREFIXES))}])"
FORMULA = re.compile(rf"\A{_FORMULA_AHEAD}")
FORMULA_ANYWHERE = re.compile(rf"(?:\A|(?<=;)){_FORMULA_AHEAD}")
"""A spreadsheet that separates by semicolons starts a cell after each, even within quotes."""


def csv_text(text: str, formula: re.Pattern[str] = FORMULA) -> str:
    """Quote a text; formulas get an apostrophe.

    So do apostrophes before a formula, which makes the escaping reversible.
    """
    guarded = formula.sub("'", text)
    return '"' + guarded.replace('"', '""') + '"'
