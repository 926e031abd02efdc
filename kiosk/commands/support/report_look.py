"""Whose showroom a report is about: the name and the colors of the content on screen."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable
from kiosk.content.lint.contrast import SIGN, TEXT, Color, mix, ratio, rgb
from kiosk.content.model import Theme
from kiosk.content.versions.history import History
from kiosk.operation.status import read_status
from kiosk.usage.report.charts import PAPER, Look

STEP = 0.05


class Showroom(NamedTuple):
    """Empty and in the usual colors where no content has been shown yet."""

    brand: str = ""
    look: Look = PAPER


def showroom_of(data: Path) -> Showroom:
    """By the version that is on screen, was last, or is the newest."""
    history = History(data)
    on_screen = read_status(data).version
    versions = history.versions()
    shown = [version for version in versions if str(version.number) == on_screen] or versions[-1:]
    try:
        content = load(shown[0].file).content if shown else None
    except ContentUnreadable:
        content = None
    return Showroom() if content is None else Showroom(content.brand.name, look_of(content.theme))


def look_of(theme: Theme) -> Look:
    """On paper, mixed as in `Theme.qml`; the accent as dark as it takes to be told there."""
    asphalt, paper, accent = (rgb(color) for color in (theme.asphalt, theme.paper, theme.accent))
    return Look(
        ground=_text(paper),
        ink=_text(asphalt),
        quiet=_text(mix(paper, asphalt, 0.7)),
        faint=_text(mix(paper, asphalt, 0.15)),
        accent=_text(_told(accent, asphalt, paper, SIGN)),
        accent_letters=_text(_told(accent, asphalt, paper, TEXT)),
        signal=_text(accent),
        ink_quiet=_text(mix(asphalt, paper, 0.68)),
    )


def _told(color: Color, ink: Color, ground: Color, least: float) -> Color:
    """A color, or as little of the ink in it as it takes to stand out from the ground."""
    share = 0.0
    while share < 1 and ratio(mix(color, ink, share), ground) < least:
        share += STEP
    return mix(color, ink, min(1.0, share))


def _text(color: Color) -> str:
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in color)
