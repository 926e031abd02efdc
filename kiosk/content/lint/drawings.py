"""Drawings (SVG) that Qt draws differently from the program that made them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from kiosk.blocks.block import Picture
from kiosk.blocks.refusal import PictureProblem
from kiosk.content.check.drawings import HREF, read_drawing, tag_of
from kiosk.content.check.pictures import is_drawing
from kiosk.content.lint.rule import Finding, Subject
from kiosk.content.model import Logo
from kiosk.files import read_regular_file
from kiosk.places.schedule.model import CountryMap

ELEMENTS = {
    "text": "is set in the system's typeface",
    "textPath": "is set in the system's typeface, in a straight line",
    "foreignObject": "is left out",
    "feDropShadow": "loses its shadow",
    "feTurbulence": "loses its texture",
    "feColorMatrix": "keeps its original colors",
    "animate": "does not move",
    "animateTransform": "does not move",
    "animateMotion": "does not move",
    "script": "is left out",
}
"""How Qt Svg 6.11 draws an element, compared with a browser."""
PROPERTIES = {
    "clip-path": "shows what should be clipped",
    "mix-blend-mode": "covers what is below it",
    "paint-order": "has its outline drawn over its fill",
    "transform-origin": "rotates around another point",
}
COLORS = ("fill", "stroke", "stop-color", "color", "flood-color")
UNKNOWN_COLOR = re.compile(r"\s*(?:rgba\(|hsla\(|var\(|#(?:[0-9a-f]{4}|[0-9a-f]{8})\s*$)", re.I)
LENGTHS = ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2")
UNKNOWN_LENGTH = re.compile(r"[-+.\d]+\s*(?:%|cm|mm|in|em|ex|rem)\s*$")
SHAPES = frozenset({"rect", "circle", "ellipse", "line", "image", "use"})
IN_STYLE = re.compile(r"(?:^|[;{\s])([a-z-]+)\s*:\s*([^;}]+)")
AT_RULE = re.compile(r"@(?:media|import|font-face|supports)", re.I)
STYLESHEET = b"<?xml-stylesheet"


def drawn_otherwise(subject: Subject) -> Iterator[Finding]:
    """Parts of a drawing that look different on the kiosk: one finding per kind and file."""
    checked: set[str] = set()
    drawings = [(path, picture.file) for path, picture in subject.blocks(Picture)]
    drawings += [(path, logo.file) for path, logo in subject.blocks(Logo)]
    drawings += [(path, country_map.file) for path, country_map in subject.blocks(CountryMap)]
    for path, name in drawings:
        if name in checked or not is_drawing(name):
            continue
        checked.add(name)
        for part, difference, more_count in _differences(subject.assets / name, name):
            others = f" (and {more_count} more)" if more_count else ""
            yield Finding(
                (*path, "file"),
                f"'{name}' looks different on the screen: {part}{others} {difference}; convert it"
                " to plain paths in your drawing program, or save the picture as .png",
            )


def _differences(file: Path, name: str) -> Iterator[tuple[str, str, int]]:
    """The first element of each kind, how it differs, and how many more there are."""
    try:
        raw = read_regular_file(file)
        root = read_drawing(raw, name)
    except (OSError, PictureProblem):  # gone since it was checked
        return
    counts: dict[str, tuple[str, int]] = {}
    for element in root.iter():
        for difference in dict.fromkeys(_differences_of(element, is_root=element is root)):
            first_element, more_count = counts.get(difference, (_described(element), -1))
            counts[difference] = first_element, more_count + 1
    if STYLESHEET in raw:
        counts.setdefault("is left out", ("its stylesheet file", 0))
    for difference, (first_element, more_count) in counts.items():
        yield first_element, difference, more_count


def _described(element: Element) -> str:
    ident = element.get("id")
    return f'<{tag_of(element)} id="{ident}">' if ident else f"<{tag_of(element)}>"


def _differences_of(element: Element, *, is_root: bool) -> Iterator[str]:
    tag = tag_of(element)
    if tag in ELEMENTS:
        yield ELEMENTS[tag]
    if tag == "svg" and not is_root:
        yield "is left out"
    if tag == "symbol" and element.get("viewBox"):
        yield "is drawn at another size"
    if tag == "image" and any(element.get(key) for key in HREF):
        ratio = element.get("preserveAspectRatio", "")
        if not ratio.startswith("none"):
            yield "is stretched to its frame"
    if tag == "style" and AT_RULE.search(element.text or ""):
        yield "has @ rules that are ignored"
    for key, value in _properties(element):
        if key in PROPERTIES and value.strip() not in {"none", "normal", "auto"}:
            yield PROPERTIES[key]
        elif key in COLORS and UNKNOWN_COLOR.match(value):
            yield f"loses its color ({value.strip()})"
        elif key in LENGTHS and _is_unknown_length(element, key, value):
            yield "has another size or place"
    if "transform" in dict(IN_STYLE.findall(element.get("style", ""))):
        yield "is not moved or turned"


def _is_unknown_length(element: Element, key: str, value: str) -> bool:
    """Whether a length has an unsupported unit, or is in a style, where Qt reads none."""
    if key not in element.attrib:
        return True
    is_all = value.strip() == "100%" and key in {"width", "height"}
    return tag_of(element) in SHAPES and not is_all and UNKNOWN_LENGTH.match(value) is not None


def _properties(element: Element) -> Iterator[tuple[str, str]]:
    yield from element.attrib.items()
    yield from IN_STYLE.findall(element.get("style", ""))
    if tag_of(element) == "style":
        yield from IN_STYLE.findall(element.text or "")
