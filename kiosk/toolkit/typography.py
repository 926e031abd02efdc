"""What belongs together in a line, in texts as people type them."""

from __future__ import annotations

import re

JOINED = re.compile(r"(?<=\d) (?=[€$£¥%]|\d{3}(?!\d))")
"""A space between a number and its sign, or inside a number: `17 995 $`."""


def unbroken(text: str) -> str:
    """A text in which no line ends inside an amount."""
    return JOINED.sub("\u00a0", text) if " " in text else text
