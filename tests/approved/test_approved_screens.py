"""The screens look as somebody has approved them; `make approve` approves how they look now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF

from kiosk.blocks.screen_sizes import written_size
from tests.approved.comparing import compare
from tests.approved.conftest import REPORT
from tests.approved.gallery import FOLDER, Approved, write_page
from tests.offscreen import as_pillow, on_window, show_screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.content.check.loading import Loaded
    from kiosk.showroom.offscreen.offscreen_kiosk import OffscreenKiosk, Screen
    from tests.conftest import MakeKiosk, Visitor

LANDSCAPE, PORTRAIT = (960, 540), (540, 960)
"""Half as wide and high as the kiosks' screens, so that the pictures stay small."""
MOST_BYTES = 1_500_000


def chosen(kiosk: OffscreenKiosk) -> Iterator[Screen]:
    """Every kind of screen, in portrait the first one of each place; no second poster or tab."""
    firsts = {"attract-1", "home", *(place.id for place in kiosk.content.places)}
    for screen in kiosk.screens(most=1):
        is_like_another = screen.name.startswith("attract-") or "-tab-" in screen.name
        is_wide = kiosk.window.width() > kiosk.window.height()
        if screen.name in firsts or (is_wide and not is_like_another):
            yield screen


@pytest.mark.slow(reason="draws every kind of screen")
@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
def test_every_screen_looks_as_it_was_approved(
    make_kiosk: MakeKiosk,
    default_loaded: Loaded,
    size: tuple[int, int],
    tmp_path: Path,
    pytestconfig: pytest.Config,
) -> None:
    kiosk = make_kiosk(default_loaded, size)
    approved = Approved(written_size(size))
    screens = ((screen.name, as_pillow(kiosk.picture(screen))) for screen in chosen(kiosk))
    changes = list(approved.changes(screens))
    if not changes:
        return
    page = write_page(tmp_path, written_size(size), changes)
    report = "\n".join((f"{written_size(size)}:", *(change.line for change in changes)))
    if not pytestconfig.getoption("--approve", default=False):
        pytest.fail(f"{report}\nLook at {page}; `make approve` if all is as it should be", False)
    for change in changes:
        approved.approve(change)
    pytestconfig.stash[REPORT].append(f"Approved at {report}\nLook at {page}")


def test_a_headline_that_has_moved_by_a_pixel_is_found_on_a_screen(
    make_kiosk: MakeKiosk, default_loaded: Loaded, visit: type[Visitor], tmp_path: Path
) -> None:
    kiosk = make_kiosk(default_loaded, LANDSCAPE)
    approved = Approved("home", tmp_path)
    (new,) = approved.changes([("home", as_pillow(show_screen(kiosk, "home")))])
    approved.approve(new)
    assert not list(approved.changes([("home", as_pillow(kiosk.draw()))]))

    texts = visit(kiosk.window).items_of("QQuickText")
    headline = max(texts, key=lambda text: text.property("font").pixelSize())
    headline.setX(headline.x() + 1)

    now = as_pillow(kiosk.draw())
    assert [change.name for change in approved.changes([("home", now)])] == ["home"]
    difference = compare(new.sheet, now)
    assert difference is not None
    left, top, right, bottom = difference.box
    found = QRectF(left, top, right - left, bottom - top)
    assert on_window(headline).adjusted(-2, -2, 2, 2).contains(found)


def test_the_pictures_stay_small() -> None:
    sizes = [file.stat().st_size for file in FOLDER.rglob("*.webp")]
    assert sizes
    assert sum(sizes) < MOST_BYTES
