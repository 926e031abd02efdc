"""A picture is upright, decoded once and as large as its frame, and cut to its focal point."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQml import QQmlComponent, QQmlProperty
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from kiosk.places.models.drawn import FOLDER
from kiosk.showroom import scene
from tests.conftest import Contents, Visitor, descendants, no_qt_warnings
from tests.offscreen import in_view, on_window, show_screen
from tests.screens.conftest import BuildAlone

if TYPE_CHECKING:
    from tests.conftest import MakeKiosk

WINDOW = b"""
import QtQuick
import Showroom
Window {
    width: 640; height: 640; color: "white"
    Picture { asynchronous: true; ground: "black" }
}
"""
CORNERS = {
    (0.05, 0.05): (220, 30, 30),
    (0.95, 0.05): (30, 200, 30),
    (0.05, 0.95): (30, 30, 220),
    (0.95, 0.95): (220, 220, 30),
}
"""Where a color stands in the upright picture, as shares of its sides."""
TURN_BACK = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores an upright picture under each orientation of Exif 2.32, 4.6.4."""


@pytest.fixture
def window(qapp: QGuiApplication) -> Iterator[QQuickWindow]:
    engine = scene.make_engine()
    component = QQmlComponent(engine)
    component.setData(WINDOW, QUrl("file:///picture.qml"))
    window = component.create()
    assert isinstance(window, QQuickWindow), component.errorString()
    window.show()
    yield window
    window.close()
    del component, engine


class Frame:
    """The picture under test; counts what is asked of the decoder."""

    def __init__(self, window: QQuickWindow, bot: QtBot) -> None:
        self._window = window
        self._bot = bot
        self.item: QQuickItem = window.contentItem().childItems()[0]
        self.image = next(item for item in self.item.childItems() if item.inherits("QQuickImage"))
        self.requests: list[tuple[float, float]] = []
        self.image.sourceChanged.connect(self._count)  # type: ignore[attr-defined]
        self.image.sourceSizeChanged.connect(self._count)  # type: ignore[attr-defined]

    def _count(self) -> None:
        if not self.image.property("source").isEmpty():
            size = self.image.property("sourceSize")
            self.requests.append((size.width(), size.height()))

    def show(self, file: Path, width: int, height: int, **more: object) -> QImage:
        for name, value in {"width": width, "height": height, **more}.items():
            self.item.setProperty(name, value)
        self.item.setProperty("source", QUrl.fromLocalFile(str(file)))
        self._bot.waitUntil(self._is_there, timeout=60_000)
        return self._window.grabWindow().copy(0, 0, width, height)

    def _is_there(self) -> bool:
        return bool(self.item.property("settled")) and self.image.opacity() == 1


@pytest.fixture
def frame(window: QQuickWindow, qtbot: QtBot) -> Frame:
    return Frame(window, qtbot)


def _photograph(folder: Path, orientation: int, size: tuple[int, int] = (1200, 1600)) -> Path:
    upright = Image.new("RGB", size, (120, 120, 120))
    for (x, y), color in CORNERS.items():
        left, top = (
            round(share > 0.5) * side // 2 for share, side in zip((x, y), size, strict=True)
        )
        upright.paste(color, (left, top, left + size[0] // 2, top + size[1] // 2))
    turn = TURN_BACK[orientation]
    stored = upright if turn is None else upright.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(folder / f"{orientation}.jpg", exif=exif, quality=95)
    return folder / f"{orientation}.jpg"


def _is_near(seen: QColor, color: tuple[int, int, int]) -> bool:
    channels = (seen.red(), seen.green(), seen.blue())
    return all(abs(one - other) < 30 for one, other in zip(channels, color, strict=True))


def test_a_photograph_stands_upright_and_is_cut_to_its_focal_point_whatever_its_orientation(
    frame: Frame, tmp_path: Path
) -> None:
    for orientation in TURN_BACK:
        file = _photograph(tmp_path, orientation)
        for size in ((300, 400), (400, 300)):
            seen = frame.show(file, *size, focusY=0.5)
            for (x, y), color in CORNERS.items():
                pixel = seen.pixelColor(int(x * size[0]), int(y * size[1]))
                assert _is_near(pixel, color), (orientation, x, y, pixel.name())
        seen = frame.show(file, 400, 200, focusX=0.5, focusY=1.0)
        assert _is_near(seen.pixelColor(20, 20), CORNERS[0.05, 0.95]), orientation
        assert _is_near(seen.pixelColor(380, 180), CORNERS[0.95, 0.95]), orientation


@pytest.mark.parametrize(("band", "at"), [(400, 200), (60, 60), (1540, 340)])
def test_a_focal_point_comes_to_the_middle_as_far_as_the_edges_allow(
    frame: Frame, tmp_path: Path, band: int, at: int
) -> None:
    picture = Image.new("RGB", (1600, 400), "white")
    picture.paste((220, 30, 30), (band - 20, 0, band + 20, 400))
    picture.save(tmp_path / "wide.png")
    seen = frame.show(tmp_path / "wide.png", 400, 400, focusX=band / 1600)
    assert _is_near(seen.pixelColor(at, 200), (220, 30, 30))


# Of a car


def _cut_out(folder: Path, name: str) -> Path:
    """Red below, nothing above, as programs leave what they have cut out."""
    picture = Image.new("RGBA", (400, 200))
    picture.paste((220, 30, 30, 255), (0, 100, 400, 200))
    if name.endswith("palette.png"):
        picture.convert("P").save(folder / name, transparency=0)
    else:
        picture.save(folder / name, lossless="lossless" in name)
    return folder / name


@pytest.mark.parametrize("name", ["car.png", "palette.png", "lossy.webp", "lossless.webp"])
def test_a_cut_out_stands_at_the_foot_of_its_frame_as_a_whole(
    frame: Frame, tmp_path: Path, name: str
) -> None:
    seen = frame.show(_cut_out(tmp_path, name), 200, 200, stands=True, ground="white")

    assert frame.item.property("isCutOut")
    assert _is_near(seen.pixelColor(5, 190), (220, 30, 30))
    assert _is_near(seen.pixelColor(195, 190), (220, 30, 30))
    assert _is_near(seen.pixelColor(100, 60), (255, 255, 255))


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photograph_is_shown_as_a_whole_where_too_much_would_be_cut_off(
    frame: Frame, tmp_path: Path, orientation: int
) -> None:
    file = _photograph(tmp_path, orientation)
    seen = frame.show(file, 400, 200, stands=True, mostCutOff=0.2)

    assert frame.item.property("isWhole")
    assert _is_near(seen.pixelColor(20, 100), (0, 0, 0))  # the ground
    for (x, y), color in CORNERS.items():
        assert _is_near(seen.pixelColor(125 + int(x * 150), int(y * 200)), color)


def test_a_photograph_fills_its_frame_where_little_is_cut_off(frame: Frame, tmp_path: Path) -> None:
    seen = frame.show(_photograph(tmp_path, 1), 320, 400, stands=True, mostCutOff=0.2)

    assert not frame.item.property("isWhole")
    assert _is_near(seen.pixelColor(5, 200 - 20), CORNERS[0.05, 0.05])
    assert _is_near(seen.pixelColor(315, 395), CORNERS[0.95, 0.95])


# Once


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("size", [(300, 400), (400, 300), (401, 33)])
def test_a_photograph_is_decoded_once_and_as_large_as_it_is_painted(
    frame: Frame, tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    frame.show(_photograph(tmp_path, orientation), *size)
    assert len(frame.requests) == 1
    decoded = frame.image.implicitWidth(), frame.image.implicitHeight()
    assert (frame.image.width(), frame.image.height()) == decoded
    assert decoded[0] >= size[0]
    assert decoded[1] >= size[1]
    assert decoded[0] == size[0] or decoded[1] == size[1]


def test_another_frame_and_another_picture_are_one_more_request(
    frame: Frame, tmp_path: Path
) -> None:
    frame.show(_photograph(tmp_path, 1), 300, 400)
    frame.show(_photograph(tmp_path, 6), 200, 100, focusX=0.1, focusY=0.9)
    assert len(frame.requests) == 2


def test_a_drawing_is_drawn_as_large_as_it_is_painted(frame: Frame, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9">'
        '<rect width="16" height="9" fill="#dc1e1e"/></svg>'
    )
    seen = frame.show(tmp_path / "a.svg", 300, 300)
    assert _is_near(seen.pixelColor(150, 150), (220, 30, 30))
    assert (frame.image.width(), frame.image.height()) == (533, 300)
    assert len(frame.requests) == 1


def test_a_picture_that_has_gone_leaves_its_ground(
    window: QQuickWindow, frame: Frame, tmp_path: Path, qtbot: QtBot
) -> None:
    for name, value in {"width": 300, "height": 300}.items():
        frame.item.setProperty(name, value)
    with no_qt_warnings():
        frame.item.setProperty("source", QUrl.fromLocalFile(str(tmp_path / "gone.jpg")))
        assert not frame.item.property("settled")
        qtbot.waitUntil(lambda: frame.item.property("settled"))
    assert window.grabWindow().pixelColor(150, 150).name() == "#000000"


def test_the_next_poster_is_decoded_before_the_one_that_is_seen_goes(
    alone: BuildAlone, contents: Contents, qtbot: QtBot
) -> None:
    names = [f"white-{number}.jpg" for number in range(5)]
    for name in names:
        Image.new("RGB", (3000, 2000), "white").save(contents.file.parent / "assets" / name)
    posters = [{"headline": n, "line": "One line.", "picture": {"file": n}} for n in names]
    loaded = contents.load(contents.timeline(), attract={"posters": posters})
    screen = alone("attract", loaded, size=(960, 540))

    def is_bright() -> bool:
        return screen.window.grabWindow().pixelColor(900, 300).lightness() > 200

    def sheets() -> list[QQuickItem]:
        return [
            item for item in descendants(screen.item) if item.property("invitation") is not None
        ]

    qtbot.waitUntil(is_bright, timeout=60_000)
    for number in range(1, len(names)):
        screen.item.setProperty("wanted", number)
        assert not screen.item.property("settled")
        while not screen.item.property("settled"):
            assert is_bright()
            assert 1 <= len(sheets()) <= 2
            QCoreApplication.processEvents()
        assert not any(
            QQmlProperty(item, "layer.enabled").read() for item in descendants(screen.item)
        )
        assert [sheet.property("headline") for sheet in sheets()] == [names[number]]


def test_a_picture_that_does_not_fade_stays_until_the_next_is_there(
    window: QQuickWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    files = [tmp_path / f"{name}.png" for name in ("before", "after")]
    for file in files:
        Image.new("RGB", (400, 300), (220, 30, 30)).save(file)
    frame = Frame(window, qtbot)
    frame.show(files[0], 400, 300, fades=False)
    seen: list[float] = []
    frame.image.opacityChanged.connect(lambda: seen.append(frame.image.opacity()))
    frame.show(files[1], 400, 300)
    assert frame.image.property("source").fileName() == "after.png"
    assert seen == []


SIGHT = f"""
import QtQuick
import Showroom
Window {{
    CarSight {{ height: 200; drawing: "{(FOLDER / "estate.svg").as_uri()}" }}
}}
"""


def test_a_drawn_car_is_never_decoded_at_the_size_of_its_file(
    qapp: QGuiApplication, qtbot: QtBot
) -> None:
    """4,000 by 2,000 pixels, of which a layout that begins with no width asked on every visit."""
    engine = scene.make_engine()
    component = QQmlComponent(engine)
    component.setData(SIGHT.encode(), QUrl("file:///sight.qml"))
    window = component.create()
    assert isinstance(window, QQuickWindow), component.errorString()
    sight: QQuickItem = window.contentItem().childItems()[0]
    images = [item for item in descendants(sight) if item.inherits("QQuickImage")]
    asked: list[tuple[str, float]] = []

    def note() -> None:
        asked.extend(
            (image.property("source").fileName(), image.property("sourceSize").width())
            for image in images
            if not image.property("source").isEmpty()
        )

    for image in images:
        image.sourceChanged.connect(note)  # type: ignore[attr-defined]
        image.sourceSizeChanged.connect(note)  # type: ignore[attr-defined]

    assert all(image.property("source").isEmpty() for image in images)
    sight.setProperty("width", 400)

    names = {"estate.svg", "shadow.svg"}
    qtbot.waitUntil(lambda: {name for name, _ in asked} == names)
    assert all(0 < width <= 400 for _, width in asked), asked
    window.close()
    del component, engine


def test_the_car_of_an_offer_has_what_its_words_leave_on_an_upright_screen(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], moment: datetime
) -> None:
    heights = []
    for terms in ("An example.", "An example of terms that go on and on. " * 22):
        picture = {"file": "car.png"}
        offer = contents.offer(moment.date(), terms=terms, picture=picture)
        kiosk = make_kiosk(contents.load(contents.offers(offer)), size=(540, 960))
        for screen in kiosk.screens():
            kiosk.picture(screen)
            if screen.name == "offers-offer":
                break
        (car,) = _cars(visit(kiosk.window))
        heights.append(car.parentItem().height())
    few_words, many_words = heights
    assert few_words > 1.1 * many_words > 200


@pytest.mark.parametrize("size", [(960, 540), (1280, 1024)], ids=str)
def test_a_car_that_is_alone_takes_the_stage(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor], size: tuple[int, int]
) -> None:
    """With its words beside it where it is wide enough, so that neither leaves half of it empty."""
    car = {"name": "Car", "note": "A note.", "picture": {"file": "car.png"}}
    models = {**contents.models(), "line_ups": [{"name": "2025", "models": [car]}]}
    kiosk = make_kiosk(contents.load(models), size=size)
    show_screen(kiosk, "models")
    visitor = visit(kiosk.window)

    (picture,) = _cars(visitor)
    frame = on_window(picture.parentItem())
    (note,) = (t for t in visitor.items_of("QQuickText") if t.property("text") == "A note.")
    words = on_window(note.parentItem())
    assert frame.united(words).width() > 0.85 * size[0]
    assert frame.width() * frame.height() > 0.28 * size[0] * size[1]
    assert not frame.intersects(words)


def test_a_comparison_has_photographs_as_large_as_their_frames_and_five_rows_in_view(
    make_kiosk: MakeKiosk, contents: Contents, visit: type[Visitor]
) -> None:
    upright = Image.new("RGB", (600, 800), "gray")
    upright.save(contents.file.parent / "assets" / "upright.jpg")
    specifications = [{"figure": "1", "unit": "kg", "label": f"Value {n}"} for n in range(5)]
    cars = [
        {"name": f"Car {n}", "picture": {"file": file}, "specifications": specifications}
        for n, file in enumerate(["upright.jpg", "car.png"])
    ]
    models = {**contents.models(), "line_ups": [{"name": "2025", "models": cars}]}
    kiosk = make_kiosk(contents.load(models), size=(960, 540))
    show_screen(kiosk, "models-compare")
    visitor = visit(kiosk.window)

    frames = [item for item in visitor.items() if item.property("isWhole") is not None]
    large = [frame for frame in frames if frame.width() > 0.2 * 960]
    assert len(large) == 2
    assert not any(frame.property("isWhole") for frame in large)
    values = [t for t in visitor.items_of("QQuickText") if t.property("text") == "1\u00a0kg"]
    assert len(values) == 10
    assert all(in_view(value) == on_window(value) for value in values)


def _cars(visitor: Visitor) -> list[QQuickItem]:
    """The photographs of one that are seen."""
    sized = (item for item in visitor.items() if item.property("sourceSize") is not None)
    return [item for item in sized if item.property("source").fileName() == "car.png"]
