"""Whether a drawing (SVG) is one that Qt draws, in bounded time, and out of nothing but itself.

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

MOST_BYTES = 10_000_000
MOST_ELEMENTS = 50_000
MOST_DEPTH = 32
"""Groups inside one another; Qt Svg leaves out what lies deeper (qsvgnode.cpp, 6.11)."""
MOST_ENTITY = 4096
"""Letters that entities may stand for; Qt reads no document with more (QXmlStreamReader)."""
MOST_EMBEDDED = 16
"""Photographs inside a drawing."""
MOST_COST = 20_000
"""In plain shapes; Qt draws so many in about two seconds on a full screen."""
COST_OF_FILL = {"linearGradient": 20, "radialGradient": 40, "pattern": 40}
COST_OF_GROUP, COST_OF_MASK, COST_OF_FILTER = 20, 300, 1500
"""Measured beside a plain shape, full screen at 1080p."""
FEWEST_POINTS = 24
"""Numbers and letters of an outline that costs no more than a plain shape."""

HREF = ("href", "{http://www.w3.org/1999/xlink}href")
REFERENCE = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)")
NOT_DRAWN = frozenset({"defs", "symbol", "clipPath", "mask", "pattern", "marker", "filter"})
POINTS = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
SIDES = {"H": 1, "V": 1, "A": 7}
EMBEDDED = re.compile(r"\s*data:image/(?:png|jpe?g|webp);base64,", re.IGNORECASE)
BROKEN = "'{name}' is not a picture; save it again as .svg"
TOO_MUCH = "the drawing '{name}' takes too long to draw; simplify it, or save it as .png"


def inspect_drawing(raw: bytes, name: str, inspect_embedded: Callable[[bytes], None]) -> None:
    """Check that a drawing can be shown; embedded photographs are handed on.

    Raises:
        PictureProblem: says what is wrong and what to do.
    """
    _Drawing(read_drawing(raw, name), name, inspect_embedded).inspect()


def read_drawing(raw: bytes, name: str) -> Element:
    """The elements of a drawing.

    Raises:
        PictureProblem: it is none, or far too large to be read.
    """
    if len(raw) > MOST_BYTES:
        raise PictureProblem(
            "picture-too-large",
            f"the drawing '{name}' is over {MOST_BYTES // 1_000_000} MB; save it as .png",
        )
    _refuse_entities(raw, name)
    try:
        root = _parsed(raw, name)
    except PictureProblem:
        raise
    except (ParseError, ValueError, LookupError):
        raise PictureProblem("not-a-picture", BROKEN.format(name=name)) from None
    if root is None or tag_of(root) != "svg":
        raise PictureProblem("not-a-picture", BROKEN.format(name=name))
    return root


def _parsed(raw: bytes, name: str) -> Element | None:
    """In small parts, so that what is far too much is found before all of it is in memory."""
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
    """Whatever an element refers to: `#id` inside the drawing, else an address."""
    if tag_of(element) != "a":  # a link leads somewhere and draws nothing from there
        yield from (value.strip() for key in HREF if (value := element.get(key)) is not None)
    for value in element.attrib.values():
        yield from REFERENCE.findall(value)
    if tag_of(element) == "style" and element.text:
        yield from REFERENCE.findall(element.text)


def _refuse_entities(raw: bytes, name: str) -> None:
    """Entities that stand for other entities, or for much text."""
    values = re.findall(rb"<!ENTITY\s+\S+\s+(\"[^\"]*\"|'[^']*'|\S+)", raw[:200_000])
    are_plain = all(value[:1] in b"\"'" and b"&" not in value for value in values)
    if not are_plain or sum(map(len, values)) > MOST_ENTITY:
        raise PictureProblem("not-a-picture", BROKEN.format(name=name))


class _Drawing:
    """What a drawing costs; what is drawn again and again is added up once."""

    def __init__(self, root: Element, name: str, inspect_embedded: Callable[[bytes], None]) -> None:
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
                self._look_at(address)
        if sum(self._cost(child, 0) for child in self._root) > MOST_COST:
            raise PictureProblem("drawing-too-complex", TOO_MUCH.format(name=self._name))

    def _look_at(self, address: str) -> None:
        if address == "" or address.startswith("#"):
            return
        if (head := EMBEDDED.match(address)) is not None:
            self._embedded += 1
            if self._embedded > MOST_EMBEDDED:
                raise PictureProblem("drawing-too-complex", TOO_MUCH.format(name=self._name))
            try:
                data = b64decode(address[head.end() :])
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
        """Of an element and all that is drawn with it."""
        if element in self._costs:
            return self._costs[element]
        if element in self._open or depth > 4 * MOST_DEPTH:
            raise PictureProblem(
                "drawing-too-complex",
                f"the drawing '{self._name}' has a <{tag_of(element)}> that is drawn inside itself;"
                " save it as .png",
            )
        self._open.add(element)
        cost = 1 + _winding(element)
        cost += sum(self._cost(child, depth + 1) for child in element if _is_drawn_at_once(child))
        if tag_of(element) == "use":
            cost += sum(self._cost_of_id(address, depth) for address in references(element))
        cost += self._cost_of_looks(element, depth)
        self._open.discard(element)
        self._costs[element] = cost = min(cost, 2 * MOST_COST)
        return cost

    def _cost_of_id(self, address: str, depth: int) -> int:
        target = self._by_id.get(address.removeprefix("#"))
        if target is None:
            return 0
        inside = sum(self._cost(child, depth + 1) for child in target)
        return inside + self._cost(target, depth + 1)

    def _cost_of_looks(self, element: Element, depth: int) -> int:
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
                        cost += COST_OF_MASK + self._cost_of_id(address, depth)
                    case "marker":
                        cost += len(_numbers(element)) * self._cost_of_id(address, depth)
                    case "pattern":
                        cost += COST_OF_FILL["pattern"] + self._cost_of_id(address, depth)
                    case kind:
                        cost += COST_OF_FILL.get(kind, 0)
        return cost


def _is_drawn_at_once(element: Element) -> bool:
    return tag_of(element) not in NOT_DRAWN


def _numbers(element: Element) -> list[str]:
    return POINTS.findall(element.get("d") or element.get("points") or "")


def _winding(element: Element) -> int:
    """How often an outline crosses itself, whatever its scale: that is what filling it costs.

    A coast of ten thousand points stays beside itself; a scribble of three hundred takes seconds.
    """
    tokens = _numbers(element)
    if len(tokens) < FEWEST_POINTS:
        return 0
    stops = _stops(tokens)
    across, down = [x for x, _ in stops] or [0.0], [y for _, y in stops] or [0.0]
    side = max(max(across) - min(across), max(down) - min(down))
    if not 0 < side < math.inf:
        return len(tokens)
    # Each step as a part of the side, since the square of a huge number is none any more.
    steps = (((x - u) / side) ** 2 + ((y - v) / side) ** 2 for (u, v), (x, y) in pairwise(stops))
    return round(len(tokens) / FEWEST_POINTS + min(sum(steps), MOST_COST) ** 2 / 2)


def _stops(tokens: list[str]) -> list[tuple[float, float]]:
    """The points of an outline with its handles, as far as they can be read."""
    stops: list[tuple[float, float]] = []
    x = y = 0.0
    for command, numbers in _commands(tokens):
        kind, is_relative = command.upper(), command.islower()
        count = SIDES.get(kind, 6 if kind == "C" else 4 if kind in "SQ" else 2)
        for at in range(0, len(numbers) - count + 1, count):
            base_x, base_y = (x, y) if is_relative else (0.0, 0.0)
            if kind == "H":
                x = base_x + numbers[at]
                stops.append((x, y))
            elif kind == "V":
                y = base_y + numbers[at]
                stops.append((x, y))
            else:
                for handle in range(at + 5 if kind == "A" else at, at + count, 2):
                    x, y = base_x + numbers[handle], base_y + numbers[handle + 1]
                    stops.append((x, y))
    return stops


def _commands(tokens: list[str]) -> Iterator[tuple[str, list[float]]]:
    """Each letter of an outline with the numbers behind it."""
    letters = [at for at, token in enumerate(tokens) if token.isalpha()]
    starts, ends = [-1, *letters], [*letters, len(tokens)]
    for start, end in zip(starts, ends, strict=True):
        yield (
            tokens[start] if start >= 0 else "L",
            [float(token) for token in tokens[start + 1 : end]],
        )
