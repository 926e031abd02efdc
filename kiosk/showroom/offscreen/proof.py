"""`kiosk proof`: every screen in one document, to be approved by someone without the kiosk."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRect, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.content import dates
from kiosk.content.check.loading import Loaded
from kiosk.content.cover import Cover
from kiosk.content.localized import localization_of
from kiosk.language.typeface import FAMILY
from kiosk.showroom.offscreen.offscreen_kiosk import (
    OffscreenKiosk,
    Screen,
    offscreen_application,
    open_offscreen,
    sections,
)
from kiosk.toolkit.errors import OutputRefused

MOST_OF_A_KIND = 100
"""Entries of one list whose own screens are drawn; the document says how many are left out."""
LONGER_SIDE = 1120
"""Pixels of a picture in the document: the smallest letters stay readable."""
QUALITY = 80
DPI = 150
A4 = (1754, 1240)
"""Pixels of a page, at `DPI`, on its side."""
EDGE, BETWEEN, HEADER, CAPTION = 70, 40, 60, 70
"""Pixels of a page: its margin, and the space between, above and below pictures."""
SHARPNESS = 1.2
"""Pixels of a picture for each of the page."""
APPROVAL = "Approved by: ______________________________   On: ____________________"
CHOICES = "[   ] as it is   [   ] change: ____________________"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A screen of the document."""

    size: Size
    title: str
    data: bytes
    """The picture as WebP: a thousand of them as they are drawn would take gigabytes."""


def proof(loaded: Loaded, out: Path, sizes: Sequence[Size], moment: datetime, cover: Cover) -> int:
    """Write the document as HTML or PDF, by the name of `out`; returns how many screens it shows.

    Raises:
        OutputRefused: it cannot be written.
    """
    _refuse_unwritable(out)
    assert loaded.content is not None
    local = localization_of(loaded.content)
    with offscreen_application():
        drawings = [drawing for size in sizes for drawing in _draw_screens(loaded, size, moment)]
        numbered = enumerate(drawings, 1)
        drawings = [
            replace(drawing, title=f"{local.number(n)}. {drawing.title}") for n, drawing in numbered
        ]
        make = _pdf if out.suffix.lower() == ".pdf" else _html
        _write(out, make(cover, drawings))
    return len(drawings)


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    with _written_beside(file) as partial:
        partial.write_bytes(data)
        partial.replace(file)


def _refuse_unwritable(file: Path) -> None:
    """Whoever cannot write there need not wait for the pictures."""
    with _written_beside(file) as partial:
        partial.touch()
        partial.unlink()


@contextmanager
def _written_beside(file: Path) -> Iterator[Path]:
    partial = file.with_name(f".{file.name}.part")
    try:
        yield partial
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise OutputRefused(
            f"{file} cannot be written ({error.strerror}); choose another --out"
        ) from None


def left_out(loaded: Loaded, moment: datetime) -> list[str]:
    """What there is too much of to draw each."""
    assert loaded.content is not None
    local = localization_of(loaded.content)
    return [
        f"{place.name}: the first {MOST_OF_A_KIND} of {local.number(count)} screens of the kind"
        f" '{section.noun}'"
        for place in dates.visible_at(loaded.content, moment).places
        for section in sections(place)
        if (count := len(section.entries())) > MOST_OF_A_KIND
    ]


def _draw_screens(loaded: Loaded, size: Size, moment: datetime) -> Iterator[Drawing]:
    with open_offscreen(loaded, moment, size) as kiosk:
        for screen in kiosk.screens(MOST_OF_A_KIND):
            if screen.is_for_visitors:
                for number, image in enumerate(kiosk.pictures(screen), 1):
                    more = f", further ({number})" if number > 1 else ""
                    yield Drawing(size, f"{_title(kiosk, screen)}{more}", _webp(image))


def _title(kiosk: OffscreenKiosk, screen: Screen) -> str:
    """`Offers: Lease a Cooper`."""
    navigation = kiosk.showroom.navigation
    if navigation.entry_title:
        return f"{navigation.placeName}: {navigation.entry_title}"
    rest = screen.name.removeprefix(navigation.placeId).strip("-").replace("-", " ")
    if not navigation.placeName:
        return rest.replace("attract", "poster").capitalize()
    if rest.startswith("tab "):
        rest = kiosk.tab_name
    return f"{navigation.placeName}: {rest}" if rest else navigation.placeName


def _small(image: QImage, longer: int) -> QImage:
    if max(image.width(), image.height()) <= longer:
        return image
    return image.scaled(
        longer,
        longer,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


# HTML

STYLE = """
body { margin: 3rem auto; max-width: 100rem; padding: 0 2rem; font: 500 16px/1.5 sans-serif;
  color: #101114; background: #fff }
h1 { font-size: 2.5rem; line-height: 1.1; margin: 0 0 1rem } h2 { margin: 3rem 0 1rem }
.grid { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(40rem, 1fr)) }
.grid.upright { grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)) }
figure { margin: 0; break-inside: avoid } img { width: 100%; display: block }
figcaption { padding: .5rem 0 } small { display: block; color: #55575c }
.approval { border: 2px solid; padding: 1.5rem; margin: 2rem 0 }
.approval, small { white-space: pre-wrap }
@page { size: A4 landscape; margin: 10mm }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 9pt }
  h2 { break-before: page } .grid { grid-template-columns: 1fr 1fr; gap: 5mm }
  .grid.upright { grid-template-columns: repeat(4, 1fr) } }
"""


def _html(cover: Cover, drawings: Sequence[Drawing]) -> bytes:
    parts = [
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(cover.title)}</title>\n<style>{STYLE}</style>",
        f"<h1>{escape(cover.title)}</h1>",
        f'<p class="version">{escape(cover.version)}</p>\n<p>{escape(cover.shown)}</p>',
        f'<p class="approval">{escape(APPROVAL)}</p>',
    ]
    parts += [_list(heading, lines) for heading, lines in cover.remarks]
    for size, screens in groupby(drawings, key=attrgetter("size")):
        upright = " upright" if size[1] > size[0] else ""
        parts.append(f'<h2>{written_size(size)}</h2>\n<div class="grid{upright}">')
        parts += [_figure(screen) for screen in screens]
        parts.append("</div>")
    parts.append(f"<p>{escape(cover.version)}</p>\n</html>\n")
    return "\n".join(parts).encode()


def _list(heading: str, lines: Sequence[str]) -> str:
    items = "\n".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h3>{escape(heading)}</h3>\n<ul>\n{items}\n</ul>"


def _figure(screen: Drawing) -> str:
    data = b64encode(screen.data).decode()
    title = escape(screen.title)
    return (
        f'<figure><img alt="{title}" src="data:image/webp;base64,{data}">'
        f"<figcaption><b>{title}</b> <small>{escape(CHOICES)}</small></figcaption></figure>"
    )


def _webp(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _small(image, LONGER_SIDE).save(buffer, "WEBP", QUALITY)  # type: ignore[call-overload] # the stubs lack QIODevice
    return bytes(buffer.data().data())


# PDF


def _pdf(cover: Cover, drawings: Sequence[Drawing]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(cover.title)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    try:
        _paint_white(painter)
        _cover_pages(writer, painter, cover)
        for _, screens in groupby(drawings, key=attrgetter("size")):
            _picture_pages(writer, painter, cover, list(screens))
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _cover_pages(writer: QPdfWriter, painter: QPainter, cover: Cover) -> None:
    remarks = "".join(_list(heading, lines) for heading, lines in cover.remarks)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(_font(11))
    width, height = A4[0] - 2 * EDGE, A4[1] - 2 * EDGE
    document.setPageSize(QSizeF(width, height))
    document.setDocumentMargin(0)
    document.setHtml(
        f"<h1>{escape(cover.title)}</h1><p>{escape(cover.version)}</p><p>{escape(cover.shown)}</p>"
        f"<p>&nbsp;</p><p>{escape(APPROVAL)}</p>{remarks}"
    )
    for page in range(document.pageCount()):
        if page:
            _new_page(writer, painter)
        painter.save()
        painter.translate(EDGE, EDGE - page * height)
        painter.setClipRect(0, page * height, width, height)
        document.drawContents(painter)
        painter.restore()


def _picture_pages(
    writer: QPdfWriter, painter: QPainter, cover: Cover, screens: Sequence[Drawing]
) -> None:
    width, height = screens[0].size
    columns = 2 if width >= height else 3
    column_width = (A4[0] - 2 * EDGE - (columns - 1) * BETWEEN) // columns
    room = A4[1] - 2 * EDGE - HEADER
    image_height = min(column_width * height // width, room - CAPTION)
    rows = max(1, room // (image_height + CAPTION))
    for number, screen in enumerate(screens):
        cell = number % (columns * rows)
        if cell == 0:
            _new_page(writer, painter)
            painter.setFont(_font(9))
            head = f"{cover.version}, {written_size(screen.size)}"
            painter.drawText(QPoint(EDGE, EDGE + HEADER // 2), head)
        x = EDGE + cell % columns * (column_width + BETWEEN)
        y = EDGE + HEADER + cell // columns * (image_height + CAPTION)
        image_width = min(column_width, image_height * width // height)
        image = _small(
            QImage.fromData(screen.data), round(SHARPNESS * max(image_width, image_height))
        )
        painter.drawImage(QRect(x, y, image_width, image_height), image)
        _caption(painter, QRect(x, y + image_height, column_width, CAPTION), screen.title)


def _new_page(writer: QPdfWriter, painter: QPainter) -> None:
    writer.newPage()
    _paint_white(painter)


def _paint_white(painter: QPainter) -> None:
    """Not every viewer does so by itself."""
    painter.fillRect(QRect(0, 0, *A4), Qt.GlobalColor.white)


def _caption(painter: QPainter, box: QRect, title: str) -> None:
    painter.setFont(_font(9))
    metrics = painter.fontMetrics()
    line = metrics.height()
    title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QPoint(box.x(), box.y() + line), title)
    painter.drawText(QPoint(box.x(), box.y() + 2 * line), CHOICES)


def _font(points: int) -> QFont:
    return QFont(FAMILY, points)
