"""Measures the texts of every screen with the real type: which of them have no room.

`python -m kiosk.showroom.offscreen.fitting FILE SHA256 WIDTHxHEIGHT ISO_DATETIME` prints them as
JSON; run so by `kiosk check`, which knows no Qt.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path as File
from tempfile import TemporaryDirectory

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem

from kiosk.blocks.screen_sizes import parse_size, written_size
from kiosk.blocks.walking import Entries, asset_files, map_entries
from kiosk.content.check.loading import Loaded, load
from kiosk.content.check.pictures import noun_of
from kiosk.content.lint.misfits import Fault, Misfit
from kiosk.content.model import Content
from kiosk.operation.processes import end_with_parent
from kiosk.showroom.offscreen.content_paths import ContentPaths
from kiosk.showroom.offscreen.legibility import faint_texts, pale_logo
from kiosk.showroom.offscreen.offscreen_kiosk import (
    HORIZONTAL,
    VERTICAL,
    Layout,
    OffscreenKiosk,
    ScrollAxis,
    offscreen_application,
    open_offscreen,
    visible_items,
    written_text,
)

OF_A_LABEL = 0.9
"""Letters smaller than this, beside the smallest that the screens use, are hard to read."""
MOST_MEASURED = 60
"""Entries of a list: of a longer one, those with the longest texts."""
FAR = 1_000_000
DRAWN_DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
SLACK = 2.0
"""Pixels by which letters may stand out of their box."""


def misfits(loaded: Loaded, moment: datetime, layouts: Sequence[Layout]) -> Iterator[Misfit]:
    """What has no room on a screen, in each of some layouts; needs an `offscreen_application`.

    Whatever comes and goes by its dates is measured as well; `moment` only moves the season.
    """
    assert loaded.content is not None
    paths = ContentPaths(loaded.content)
    with TemporaryDirectory() as folder:
        _draw_dots(loaded.content, File(folder))
        dotted = File(folder) / loaded.file.name
        everything = replace(loaded, content=_fullest(loaded.content), file=dotted)
        with open_offscreen(everything, moment, layouts[0].size) as kiosk:
            for screen in kiosk.screens():
                screen.reach()
                for layout in layouts:
                    where = f"screen '{screen.name}' at {written_size(layout.size)}"
                    kiosk.lay_out(layout)
                    texts = _texts(kiosk)
                    smallest = OF_A_LABEL * kiosk.label_size
                    for item in texts:
                        fault = _fault(item, smallest)
                        if fault is not None:
                            text = written_text(item)
                            room = _room(item) if fault == "cut" else None
                            path = paths.find(text, kiosk.showroom.navigation.placeId)
                            yield Misfit(path, text, fault, where, room)


def _draw_dots(content: Content, folder: File) -> None:
    """Make every picture a dot in the assets of a folder: drawing them is most of the work."""
    for name in asset_files(content):
        dot = folder / "assets" / name
        dot.parent.mkdir(parents=True, exist_ok=True)
        if dot.suffix.lower() == ".svg":
            dot.write_text(DRAWN_DOT, encoding="utf-8")
        elif noun_of(name) == "picture":
            QImage(1, 1, QImage.Format.Format_RGB32).save(str(dot))


def _fullest(content: Content) -> Content:
    """A content with all that it shows at any time, and of long lists what is longest."""
    return map_entries(content, _fullest_entries)


def _fullest_entries(entries: Entries) -> Entries:
    return tuple(
        map_entries(entry, _fullest_entries).model_copy(update=entry.always)
        for entry in _longest(entries)
    )


def _longest(entries: Entries) -> Entries:
    if len(entries) <= MOST_MEASURED:
        return entries
    lengths = [
        {name: len(text) for name, text in vars(entry).items() if isinstance(text, str)}
        for entry in entries
    ]
    names = sorted({name for row in lengths for name in row})
    longest: set[int] = set()
    for name in names:
        order = sorted(range(len(entries)), key=lambda n: -lengths[n].get(name, 0))
        longest.update(order[: MOST_MEASURED // len(names)])
    return tuple(entry for number, entry in enumerate(entries) if number in longest)


def _texts(kiosk: OffscreenKiosk) -> list[QQuickItem]:
    """Every text on the screen that is shown now, also where one must scroll to it."""
    kiosk.draw()
    lists = [v for v in visible_items(kiosk.window.contentItem()) if v.inherits("QQuickItemView")]
    for view in lists:
        view.setProperty("displayMarginBeginning", FAR)
        view.setProperty("displayMarginEnd", FAR)
    if lists:
        kiosk.draw()
    return [
        item
        for item in visible_items(kiosk.window.contentItem())
        if item.inherits("QQuickText") and len(item.property("text")) > 1 and item.opacity() > 0
    ]


def _fault(item: QQuickItem, smallest: float) -> Fault | None:
    if item.property("truncated"):
        return "cut"
    if item.property("font").pixelSize() < smallest:
        return "small"
    return "outside" if _is_outside(item) else None


def _is_outside(item: QQuickItem) -> bool:
    """Whether letters are cut off by an edge to which nothing scrolls."""
    width, height = item.property("paintedWidth"), item.height()
    if width > item.width() + SLACK and item.width() > 0:
        return True
    box = item.mapRectToScene(QRectF(0, 0, min(width, item.width()), height))
    across = down = True
    parent = item.parentItem()
    while parent is not None:
        if parent.inherits("QQuickFlickable"):
            across = across and not _scrolls(parent, HORIZONTAL)
            down = down and not _scrolls(parent, VERTICAL)
        if parent.clip() or parent.parentItem() is None:
            edge = parent.mapRectToScene(QRectF(0, 0, parent.width(), parent.height()))
            beyond_side = box.left() < edge.left() - SLACK or box.right() > edge.right() + SLACK
            beyond_foot = box.top() < edge.top() - SLACK or box.bottom() > edge.bottom() + SLACK
            if (across and beyond_side) or (down and beyond_foot):
                return True
        parent = parent.parentItem()
    return False


def _scrolls(view: QQuickItem, axis: ScrollAxis) -> bool:
    length = sum(float(view.property(name)) for name in (axis.content, *axis.margins))
    return length > float(view.property(axis.room)) + SLACK


def _room(item: QQuickItem) -> int:
    """About how many letters of a text that is cut off would fit."""
    text = str(item.property("text"))
    fits, too_many = 0, len(text)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        item.setProperty("text", text[:middle])
        fits, too_many = (fits, middle) if item.property("truncated") else (middle, too_many)
    item.setProperty("text", text)
    return fits


def main(arguments: Sequence[str]) -> int:
    """Print the misfits of a content file that has no errors as JSON."""
    end_with_parent()
    file, digest, size, moment = arguments
    loaded = load(File(file))
    if loaded.digest != digest:
        print("the file was saved meanwhile", file=sys.stderr)
        return 2
    with offscreen_application():
        screen, at = parse_size(size), datetime.fromisoformat(moment)
        found = [*misfits(loaded, at, [Layout(screen)]), *faint_texts(loaded, screen, at)]
        found += pale_logo(loaded)
    print(json.dumps([asdict(misfit) for misfit in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
