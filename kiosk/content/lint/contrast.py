"""The contrast of the three colors, for the pairs that the screens use (`Theme.qml`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.content.lint.rule import Finding, Subject
from kiosk.content.model import Theme

Color = tuple[float, float, float]
TEXT, SIGN = 4.5, 3.0
"""Minimum contrast of text, and of buttons and dots on asphalt (see `Theme.accentOnPaper`)."""
WHITE: Color = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colors that meet on a screen; `key` is the one of the theme to change."""

    key: str
    label: str
    ratio: float
    minimum: float
    hint: str


def contrast(subject: Subject) -> Iterator[Finding]:
    """The worst pair of each kind, if its contrast is too low."""
    for pair in pairs(subject.content.theme):
        if pair.ratio < pair.minimum:
            yield Finding(
                ("theme", pair.key),
                f"{pair.label} has a contrast of {pair.ratio:.1f} to 1 and needs {pair.minimum:g}"
                f" to 1; {pair.hint}",
            )


def pairs(theme: Theme) -> tuple[Pair, ...]:
    """Every kind of pair with its contrast."""
    asphalt, paper, accent = (rgb(c) for c in (theme.asphalt, theme.paper, theme.accent))
    on_dark = min(
        ratio(paper, mix(asphalt, paper, 0.16)),  # keys of the keyboard
        ratio(mix(asphalt, paper, 0.68), asphalt),  # quiet text
    )
    on_light = min(
        ratio(mix(paper, asphalt, 0.7), mix(paper, asphalt, 0.06)),  # quiet text beside a code
        ratio(asphalt, mix(paper, asphalt, 0.1)),  # choices of the estimator
    )
    on_accent = max(ratio(WHITE, accent), ratio(asphalt, accent))
    return (
        Pair("paper", "light text on asphalt", on_dark, TEXT, "use a lighter paper"),
        Pair("asphalt", "dark text on paper", on_light, TEXT, "use a darker asphalt"),
        Pair("accent", "text on the accent", on_accent, TEXT, "use a darker or a lighter accent"),
        Pair("accent", "the accent on asphalt", ratio(accent, asphalt), SIGN, "use a lighter one"),
    )


def ratio(first: Color, second: Color) -> float:
    """The contrast ratio as WCAG 2.2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def median_ratio(shares: Mapping[Color, float], ground: Color) -> float | None:
    """Half of a picture stands out less than this; None for one that shows nothing.

    `shares` are how much of it has each color.
    """
    left = sum(shares.values()) / 2
    for contrast, share in sorted((ratio(ink, ground), share) for ink, share in shares.items()):
        left -= share
        if left <= 0:
            return contrast
    return None


def mix(from_: Color, to: Color, share: float) -> Color:
    """`Theme.mix`: a blend of two colors."""
    red, green, blue = (a + (b - a) * share for a, b in zip(from_, to, strict=True))
    return red, green, blue


def _luminance(color: Color) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(hexadecimal: str) -> Color:
    """A color as the content has it, like #e2231a."""
    red, green, blue = (int(hexadecimal[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue
