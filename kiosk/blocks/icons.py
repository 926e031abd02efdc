"""Icon names as QtAwesome knows them (`ph.house-bold`), read from its font folder.

Importing `qtawesome` itself costs a third of a second and the widgets library; its fonts and
character maps are plain files, and reading those serves the core, which has no Qt.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILIES = {
    "fa5": "fontawesome5-regular-webfont",
    "fa5s": "fontawesome5-solid-webfont",
    "fa5b": "fontawesome5-brands-webfont",
    "fa6": "fontawesome6-regular-webfont",
    "fa6s": "fontawesome6-solid-webfont",
    "fa6b": "fontawesome6-brands-webfont",
    "ei": "elusiveicons-webfont",
    "mdi": "materialdesignicons5-webfont",
    "mdi6": "materialdesignicons6-webfont",
    "ph": "phosphor",
    "ri": "remixicon",
    "msc": "codicon",
}
WEIGHT = re.compile("-(?:thin|light|bold|fill|duotone)$")
"""How heavy a Phosphor icon is, at the end of its name."""


class IconUnknown(ValueError):
    """No such icon; `near` is the name of one that is like it, empty where none is."""

    def __init__(self, sentence: str, near: str = "") -> None:
        super().__init__(sentence)
        self.near = near


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of an icon font."""

    font_file: Path
    character: str


@cache
def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise IconUnknown("icons cannot be checked, because QtAwesome is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _family(prefix: str) -> tuple[Path, dict[str, int]]:
    stem = FAMILIES[prefix]
    folder = _font_folder()
    charmaps = sorted(folder.glob(f"{stem}-charmap-*.json"))
    fonts = sorted(folder.glob(f"{stem}-[0-9]*.ttf"))
    if not charmaps or not fonts:
        raise IconUnknown(
            f"icons of '{prefix}' cannot be checked, because QtAwesome ships no such font"
        )
    codes = json.loads(charmaps[-1].read_text(encoding="utf-8"))
    return fonts[-1], {name: int(code, 16) for name, code in codes.items()}


@cache
def glyph(name: str) -> Glyph:
    """The glyph of a QtAwesome icon name.

    Raises:
        IconUnknown: with the nearest name that exists, where one is near.
    """
    prefix, dot, icon = name.partition(".")
    if not dot or prefix not in FAMILIES:
        raise IconUnknown(f"'{name}' is not an icon name")
    font_file, codes = _family(prefix)
    if icon not in codes:
        raise IconUnknown(f"'{name}' is not among QtAwesome's icons", _near(prefix, icon))
    return Glyph(font_file, chr(codes[icon]))


def _near(prefix: str, icon: str) -> str:
    """The same icon of another set, or else the one of this set whose name is most like it."""
    plain = WEIGHT.sub("", icon)
    if same := next((other for other in FAMILIES if plain in _family(other)[1]), ""):
        return f"{same}.{plain}"
    from kiosk.blocks.nearness import nearest

    near = nearest(icon, _family(prefix)[1])
    return f"{prefix}.{near}" if near else ""
