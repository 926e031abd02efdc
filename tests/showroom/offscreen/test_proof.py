"""`kiosk proof`: one document with every screen, to be approved by someone without the kiosk."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from kiosk import cli
from kiosk.content.versions.history import digest_of
from kiosk.showroom.offscreen.proof import MOST_OF_A_KIND, left_out
from tests.showroom.conftest import refusal

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

    from tests.conftest import Block, Contents

pytestmark = pytest.mark.slow(reason="draws whole documents in processes of their own")
MOMENT = datetime(2024, 5, 1, tzinfo=UTC)
CHECKOUT = Path(__file__).resolve().parents[3]
LONG = "Everything else there is to say"[:30]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def proof(tmp_path: Path) -> Run:
    def run(file: Path, *given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *(sys.executable, CHECKOUT / "main.py", "proof", "--content", file),
                *("--at", "2024-05-01T10:00", *given),
            ],
            cwd=tmp_path,
            env=os.environ | {"TZ": "UTC"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


def places(contents: Contents) -> list[Block]:
    long = contents.article("A long story", figure="1964", body=["It goes on. " * 70] * 4)
    return [
        contents.timeline(chapters=[contents.article("A win", figure="1962"), long]),
        contents.models(2),
        contents.features(features=[contents.article("Summer day", show_from="2024-06-01")] * 2),
    ]


def captions(page: str) -> list[str]:
    return re.findall(r"<figcaption><b>[0-9]+\. ([^<]+)</b>", page)


def test_every_screen_and_every_entry_is_on_the_page_and_what_to_know(
    proof: Run, contents: Contents, tmp_path: Path
) -> None:
    file = contents.write(*places(contents), screens=["960x540"])
    result = proof(file, "--out", "proof.html")
    page = unescape((tmp_path / "proof.html").read_text(encoding="utf-8"))
    shown = captions(page)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        f"{len(shown)} screens drawn; open proof.html, or send it to whoever approves them\n"
    )
    assert {"Poster 1", "Home", "Timeline", "Timeline: A win", "Models: 2024"} <= set(shown)
    assert [f"Models: Car {tab}-{n}" for tab in range(2) for n in range(3)] == [
        name for name in shown if name.startswith("Models: Car")
    ]
    # What a visitor reads by scrolling is there as well, what staff see is not.
    assert {"Timeline: A long story", "Timeline: A long story, further (2)"} <= set(shown)
    assert "Timeline: A win, further (2)" not in shown
    assert not [name for name in shown if "notice" in name.lower()]
    pictures = re.findall(r'src="data:image/webp;base64,([^"]+)"', page)
    assert len(pictures) == len(shown)
    assert {Image.open(BytesIO(b64decode(data))).size for data in pictures} == {(960, 540)}
    assert len(set(pictures)) == len(pictures)

    version = digest_of(contents.load(*places(contents), screens=["960x540"]))[:12]
    assert page.count(f"Content version {version} (content.yaml, saved ") == 2
    assert "Every screen at 960x540, in 'en', as it is on May 1, 2024, 10:00\u00a0AM." in page
    assert "June 1, 2024, 12:00\u00a0AM  comes  feature 'Summer day' (Features)" in page
    assert "Approved by: ____" in page


def test_all_that_scrolls_is_seen_to_its_end(
    proof: Run, contents: Contents, tmp_path: Path
) -> None:
    years = [contents.article(f"Year {n}", figure=str(1960 + n)) for n in range(7)]
    programmes = [contents.article(f"Programme {n}") for n in range(20)]
    two_lists = contents.offers(
        *[contents.offer("2030-01-01", title=f"Offer {n}") for n in range(14)],
        programmes=programmes,
    )
    proof(contents.write(contents.timeline(chapters=years), two_lists), "--size", "960x540")
    reported = captions((tmp_path / "proof.html").read_text(encoding="utf-8"))
    assert "Timeline, further (3)" in reported
    # Both the offers and the programmes beside them.
    assert len([name for name in reported if name.startswith("Offers, further")]) >= 4


def test_a_changed_picture_is_another_version(contents: Contents) -> None:
    place = contents.timeline(picture={"file": "car.png"})
    before = digest_of(contents.load(place))
    Image.new("RGB", (160, 90), (0, 0, 0)).save(contents.file.parent / "assets" / "car.png")
    assert digest_of(contents.load(place)) != before


def test_the_document_can_be_a_pdf(
    qapp: QGuiApplication, proof: Run, contents: Contents, tmp_path: Path
) -> None:
    from PySide6.QtPdf import QPdfDocument

    cars = contents.models(2), contents.timeline(), contents.features(), contents.links(name=LONG)
    file = contents.write(*cars)
    result = proof(file, "--out", "proof.PDF", "--size", "540x960")
    assert (result.returncode, result.stderr) == (0, "")
    document = QPdfDocument()
    assert document.load(str(tmp_path / "proof.PDF")) == QPdfDocument.Error.None_
    pages = [document.getAllText(n).text() for n in range(document.pageCount())]
    version = digest_of(contents.load(*cars))
    assert len(pages) > 5
    assert [page for page in pages if version[:12] not in page] == []
    assert f"'{LONG}' has 30 letters and is cut off on screen" in " ".join(pages[0].split())
    words = " ".join(pages)
    assert "Models: Car 1-2" in words
    assert "540x960" in words
    document.close()


def test_what_is_too_much_to_draw_is_told(contents: Contents) -> None:
    many = [contents.article(f"Story {n}", figure=str(n)) for n in range(MOST_OF_A_KIND + 1)]
    loaded = contents.load(contents.timeline(chapters=many), contents.models())
    assert left_out(loaded, MOMENT) == [
        f"Timeline: the first {MOST_OF_A_KIND} of {len(many)} screens of the kind 'chapter'"
    ]


def test_what_cannot_be_done_is_one_sentence(
    proof: Run, contents: Contents, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = contents.write(contents.timeline())
    result = proof(file, "--out", "not/there/proof.html", "--size", "960x540")
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "cannot be written (No such file" in result.stderr
    for given, sentence in (
        (["--out", "proof.docx"], "argument --out: 'proof.docx' must end in .html or .pdf"),
        (["--lang", "es"], "has no text in 'es'; it is written in 'en'"),
        (["--size", "big"], "'big' is not a size from 320x320 to 8192x8192"),
    ):
        assert sentence in refusal(capsys, "proof", "--content", str(file), *given)
    file = contents.write(contents.timeline(titel="Wrong"))
    out = tmp_path / "wrong.html"
    assert cli.main(["proof", "--content", str(file), "--out", str(out)]) == 2
    assert "unknown key 'titel'" in capsys.readouterr().err
    assert not out.exists()
