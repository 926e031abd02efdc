"""A logo that would hardly be seen, or that brings a box of its own."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.check.photographs import visible_colors
from kiosk.content.check.pictures import is_drawing
from kiosk.content.lint.contrast import SIGN, Color, median_ratio, rgb
from kiosk.content.lint.rule import Finding, Subject
from kiosk.content.model import Content

PATH = ("brand", "logo", "file")


def ground_of_logo(content: Content) -> Color:
    """What the brand's logo stands on."""
    logo, theme = content.brand.logo, content.theme
    return rgb(theme.paper if logo is not None and logo.ground == "light" else theme.asphalt)


def logo(subject: Subject) -> Iterator[Finding]:
    """A drawing is looked at where the screens are measured."""
    brand_logo = subject.content.brand.logo
    if brand_logo is None:
        return
    name = brand_logo.file
    if is_drawing(name):
        contrasts = [misfit.contrast for misfit in subject.misfits if misfit.fault == "pale"]
        contrast = contrasts[0] if contrasts else None
    else:
        shares = visible_colors(subject.assets / name)
        contrast = median_ratio(shares, ground_of_logo(subject.content))
        if sum(shares.values()) > 0.999:
            contrast = None
            yield Finding(
                PATH,
                f"the logo '{name}' has no transparent background and stands in a box of its own"
                " color; save it as .svg, or as .png with a transparent background",
            )
    if contrast is not None and contrast < SIGN:
        other = "dark" if brand_logo.ground == "light" else "light"
        yield Finding(
            PATH,
            f"the logo '{name}' can hardly be seen: half of it has a contrast below"
            f" {contrast:.1f} to 1 with its ground and needs {SIGN:g} to 1; write ground: {other}"
            f" below it, or use the logo that is made for {brand_logo.ground} grounds",
        )
