"""Checks that Qt draws a drawing (SVG) in bounded time and without any other file.

A drawing of a few lines may stand for millions of shapes, since `use`, patterns and markers draw
again what is written once. What it would cost is added up here without drawing it.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from xml.etree.ElementTree import Element, ParseError, iterparse

from kiosk.blocks.refusal import PictureProblem

MAX_BYTES = 10_000_000
MOST_ELEMENTS = 50_000
MOST_DEPTH = 32
"""Nested groups; Qt Svg leaves out deeper ones (qsvgnode.cpp, 6.11)."""
MOST_ENTITY = 4096
"""Characters entities may expand to; Qt reads no document with more (QXmlStreamReader)."""
MOST_EMBEDDED = 16
"""Photographs inside a drawing."""
MOST_COST = 20_000
"""In plain shapes; Qt draws so many in about two seconds on a full screen."""
COST_OF_FILL = {"linearGradient": 20, "radialGradient": 40, "pattern": 40}
COST_OF_GROUP, COST_OF_MASK, COST_OF_FILTER = 20, 300, 1500
"""Measured beside a plain shape, full screen at 1080p."""
FEWEST_POINTS = 24
"""Tokens of an outline that costs no more than a plain shape."""

HREF = ("href", "{http://www.w3.org/1999/xlink}href")
REFERENCE = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)")
NOT_DRAWN = frozenset({"defs", "symbol", "clipPath", "mask", "pattern", "marker", "filter"})
POINTS = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*(?:px|pt|pc|mm|cm|in)?\s*")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
SIDES = {"H": 1, "V": 1, "A": 7}
EMBEDDED = re.compile(r"\s*data:image/(?:png|jpe?g|webp);base64,", re.IGNORECASE)
BROKEN = "'{name}' is not a picture; save it again as .svg"
TOO_MUCH = "the drawing '{name}' takes too long to draw; simplify it, or save it as .png"


def inspect_drawing(raw: bytes, name: str, inspect_embedded: Callable[[bytes], object]) -> float:
    """Check that a drawing can be shown; embedded photographs go to `inspect_embedded`.

    Returns its width by its height, as Qt draws it.

    Raises:
        PictureProblem: says what is wrong and what to do.
    """
    root = read_drawing(raw, name)
    _Drawing(root, name, inspect_embedded).inspect()
    return _shape(root)


def _shape(root: Element) -> float:
    """By its sides, and where they are not told in units of their own, by its view box."""
    sides = [LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    lengths = [float(side[1]) for side in sides if side is not None]
    if len(lengths) < 2:
        lengths = [float(number) for number in NUMBER.findall(root.get("viewBox", ""))[2:4]]
    width, height = lengths if len(lengths) == 2 else (1.0, 1.0)
    return width / height if width > 0 and height > 0 else 1.0


def read_drawing(raw: bytes, name: str) -> Element:
    """The elements of a drawing.

    Raises:
        PictureProblem: it is not a drawing, or far too large.
    """
    if len(raw) > MAX_BYTES:
        raise PictureProblem(
            "picture-too-large",
            f"the drawing '{name}' is over {MAX_BYTES // 1_000_000} MB; save it as .png",
        )
    _refuse_entities(raw, name)
    try:
        root = _parse(raw, name)
    except PictureProblem:
        raise
    except (ParseError, ValueError, LookupError):
        raise PictureProblem("not-a-picture", BROKEN.format(name=name)) from None
    if root is None or tag_of(root) != "svg":
        raise PictureProblem("not-a-picture", BROKEN.format(name=name))
    return root


def _parse(raw: bytes, name: str) -> Element | None:
    """Parse incrementally, so that excess is found before all of it is in memory."""
    root: Element | None = None
    count = depth = 0
    for event, element in iterparse(BytesIO(raw), ("start", "end")):
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MOST_DEPTH:
            raise PictureProblem(
                "drawing-too-complex",
                f"the drawing '{name}' has groups nested more than {MOST_DEPTH} deep;"
                " ungroup them, or save it as .png",
            )
        if count > MOST_ELEMENTS:
            raise PictureProblem("drawing-too-complex", TOO_MUCH.format(name=name))
    return root


def tag_of(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def references(element: Element) -> Iterator[str]:
    """What an element refers to: `#id` inside the drawing, or an address."""
    if tag_of(element) != "a":  # a link draws nothing from its target
        yield from (value.strip() for key in HREF if (value := element.get(key)) is not None)
    for value in element.attrib.values():
        yield from REFERENCE.findall(value)
    if tag_of(element) == "style" and element.text:
        yield from REFERENCE.findall(element.text)


def _refuse_entities(raw: bytes, name: str) -> None:
    """Refuse entities that expand to other entities, or to much text."""
    values = re.findall(rb"<!ENTITY\s+\S+\s+(\"[^\"]*\"|'[^']*'|\S+)", raw[:200_000])
    are_plain = all(value[:1] in b"\"'" and b"&" not in value for value in values)
    if not are_plain or sum(map(len, values)) > MOST_ENTITY:
        raise PictureProblem("not-a-picture", BROKEN.format(name=name))


class _Drawing:
    """The cost of a drawing; repeated elements are added up once."""

    def __init__(
        self, root: Element, name: str, inspect_embedded: Callable[[bytes], object]
    ) -> None:
        self._root = root
        self._name = name
        self._inspect_embedded = inspect_embedded
        self._by_id = {
            ident: element for element in root.iter() if (ident := element.get("id")) is not None
        }
        self._costs: dict[Element, int] = {}
        self._open: set[Element] = set()
        self._embedded = 0

    def inspect(self) -> None:
        for element in self._root.iter():
            for address in references(element):
                self._check_reference(address)
        if sum(self._cost(child, 0) for child in self._root) > MOST_COST:
            raise PictureProblem("drawing-too-complex", TOO_MUCH.format(name=self._name))

    def _check_reference(self, address: str) -> None:
        if address == "" or address.startswith("#"):
            return
        if (match := EMBEDDED.match(address)) is not None:
            self._embedded += 1
            if self._embedded > MOST_EMBEDDED:
                raise PictureProblem("drawing-too-complex", TOO_MUCH.format(name=self._name))
            try:
                data = b64decode(address[match.end() :])
            except (NotBase64, ValueError):
                raise PictureProblem("not-a-picture", BROKEN.format(name=self._name)) from None
            self._inspect_embedded(data)
        elif not address.lower().startswith("data:"):
            quote = address if len(address) < 80 else f"{address[:77]}..."
            raise PictureProblem(
                "drawing-refers",
                f"the drawing '{self._name}' shows another file ('{quote}'), which is not kept with"
                " it; embed that file in your drawing program",
            )

    def _cost(self, element: Element, depth: int) -> int:
        """The cost of an element and everything drawn with it."""
        if element in self._costs:
            return self._costs[element]
        if element in self._open or depth > 4 * MOST_DEPTH:
            raise PictureProblem(
                "drawing-too-complex",
                f"the drawing '{self._name}' has a <{tag_of(element)}> that is drawn inside itself;"
                " save it as .png",
            )
        self._open.add(element)
        cost = 1 + _fill_cost(element)
        cost += sum(self._cost(child, depth + 1) for child in element if _is_rendered(child))
        if tag_of(element) == "use":
            cost += sum(self._cost_of_target(address, depth) for address in references(element))
        cost += self._cost_of_attributes(element, depth)
        self._open.discard(element)
        self._costs[element] = cost = min(cost, 2 * MOST_COST)
        return cost

    def _cost_of_target(self, address: str, depth: int) -> int:
        target = self._by_id.get(address.removeprefix("#"))
        if target is None:
            return 0
        children_cost = sum(self._cost(child, depth + 1) for child in target)
        return children_cost + self._cost(target, depth + 1)

    def _cost_of_attributes(self, element: Element, depth: int) -> int:
        cost = 0
        for key, value in element.attrib.items():
            if "opacity" in key or "opacity" in value:
                cost += COST_OF_GROUP if len(element) else 0
            for address in REFERENCE.findall(value):
                target = self._by_id.get(address.removeprefix("#"))
                if target is None:
                    continue
                match tag_of(target):
                    case "filter":
                        cost += COST_OF_FILTER * max(1, len(target))
                    case "mask":
                        cost += COST_OF_MASK + self._cost_of_target(address, depth)
                    case "marker":
                        cost += len(_path_tokens(element)) * self._cost_of_target(address, depth)
                    case "pattern":
                        cost += COST_OF_FILL["pattern"] + self._cost_of_target(address, depth)
                    case kind:
                        cost += COST_OF_FILL.get(kind, 0)
        return cost


def _is_rendered(element: Element) -> bool:
    return tag_of(element) not in NOT_DRAWN


def _path_tokens(element: Element) -> list[str]:
    return POINTS.findall(element.get("d") or element.get("points") or "")


def _fill_cost(element: Element) -> int:
    """The cost of filling an outline: how often it crosses itself, at any scale.

    A coastline of ten thousand points rarely does; a scribble of three hundred takes seconds.
    """
    tokens = _path_tokens(element)
    if len(tokens) < FEWEST_POINTS:
        return 0
    points = _points(tokens)
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    extent = max(max(xs) - min(xs), max(ys) - min(ys))
    if not 0 < extent < math.inf:
        return len(tokens)
    # Steps are relative to the extent, since the square of a huge number overflows.
    steps = (
        ((x - u) / extent) ** 2 + ((y - v) / extent) ** 2 for (u, v), (x, y) in pairwise(points)
    )
    return round(len(tokens) / FEWEST_POINTS + min(sum(steps), MOST_COST) ** 2 / 2)


def _points(tokens: list[str]) -> list[tuple[float, float]]:
    """The points and control points of an outline, as far as they can be read."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for command, numbers in _commands(tokens):
        kind, is_relative = command.upper(), command.islower()
        count = SIDES.get(kind, 6 if kind == "C" else 4 if kind in "SQ" else 2)
        for index in range(0, len(numbers) - count + 1, count):
            base_x, base_y = (x, y) if is_relative else (0.0, 0.0)
            if kind == "H":
                x = base_x + numbers[index]
                points.append((x, y))
            elif kind == "V":
                y = base_y + numbers[index]
                points.append((x, y))
            else:
                for handle in range(index + 5 if kind == "A" else index, index + count, 2):
                    x, y = base_x + numbers[handle], base_y + numbers[handle + 1]
                    points.append((x, y))
    return points


def _commands(tokens: list[str]) -> Iterator[tuple[str, list[float]]]:
    """Each command letter of an outline with the numbers after it."""
    letters = [index for index, token in enumerate(tokens) if token.isalpha()]
    starts, ends = [-1, *letters], [*letters, len(tokens)]
    for start, end in zip(starts, ends, strict=True):
        yield (
            tokens[start] if start >= 0 else "L",
            [float(token) for token in tokens[start + 1 : end]],
        )
