"""Every text stands out from what is drawn behind it, whatever pictures staff give."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from itertools import cycle, product
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from kiosk.content.check.loading import Loaded, load
from kiosk.content.lint.report import report
from kiosk.showroom.offscreen.legibility import faint_texts, pale_logo
from tests.conftest import CHECKOUT, Contents
from tests.long_runs import IS_LONG

SIZES = [(960, 540), (540, 960)]
KINDS = ["drawn", "white", "noise"]
FAINT = {"asphalt": "#5a5a5a", "paper": "#9a9a9a", "accent": "#e2231a"}


def photograph(kind: str) -> Image.Image:
    """As it is hardest to write on: a white studio, or bright and dark all over."""
    if kind == "white":
        return Image.new("RGB", (1600, 1200), "white")
    return Image.effect_noise((200, 150), 255).convert("RGB").resize((1600, 1200))


@pytest.mark.slow(reason="draws every screen twice")
@pytest.mark.parametrize(
    ("kind", "size"), list(product(KINDS, SIZES)) if IS_LONG else list(zip(KINDS, cycle(SIZES)))
)
def test_every_text_of_every_screen_is_read_on_every_picture(
    qapp: QGuiApplication,
    default_loaded: Loaded,
    moment: datetime,
    tmp_path: Path,
    kind: str,
    size: tuple[int, int],
) -> None:
    loaded = default_loaded
    if kind != "drawn":
        content = (CHECKOUT / "content.yaml").read_text(encoding="utf-8")
        content = re.sub(r"file: art/(?!map)[a-z-]+\.svg", "file: photograph.jpg", content)
        shutil.copytree(CHECKOUT / "assets", tmp_path / "assets")
        photograph(kind).save(tmp_path / "assets" / "photograph.jpg")
        (tmp_path / "content.yaml").write_text(content, encoding="utf-8")
        loaded = load(tmp_path / "content.yaml")

    faint = list(faint_texts(loaded, size, moment))

    assert not faint, "\n".join(f"{m.where}: '{m.text}' {m.contrast:.1f}" for m in faint)


def test_a_text_that_does_not_stand_out_is_reported_once_where_it_is_worst(
    qapp: QGuiApplication, contents: Contents, moment: datetime
) -> None:
    loaded = load(contents.write(contents.timeline(), theme=FAINT))
    faint = [found for size in SIZES for found in faint_texts(loaded, size, moment)]

    problems = report(loaded, date(2024, 5, 1), tuple(faint)).problems

    messages = [problem.message for problem in problems if problem.code == "text-contrast"]
    (title,) = [message for message in messages if "'The timeline' is hard to read" in message]
    assert re.search(r"its contrast with what is behind it is [12]\.\d to 1", title)


DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
    '<path fill="{}" d="M0 0h40v100H0zM80 0h40v100H80z"/></svg>'
)


@pytest.mark.parametrize(("ink", "is_told"), [("#202040", True), ("#f0f0f0", False)])
def test_a_drawn_logo_that_does_not_stand_out_is_reported(
    qapp: QGuiApplication, contents: Contents, ink: str, is_told: bool
) -> None:
    (contents.file.parent / "assets" / "logo.svg").write_text(DRAWN.format(ink))
    brand = {"name": "Nordwind", "line": "Motorrad", "logo": {"file": "logo.svg"}}
    loaded = contents.load(contents.timeline(), brand=brand)

    problems = report(loaded, date(2024, 5, 1), tuple(pale_logo(loaded))).problems

    assert any(problem.code == "logo" for problem in problems) == is_told
