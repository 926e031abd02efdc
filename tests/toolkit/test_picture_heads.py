"""What is known of a picture by how its file begins."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from kiosk.toolkit.picture_heads import has_transparency


def encoded(mode: str, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, kind, **how)
    return out.getvalue()


CUT_OUTS = {
    "PNG": encoded("RGBA", "PNG"),
    "palette": encoded("P", "PNG", transparency=0),
    "WebP": encoded("RGBA", "WEBP"),
    "lossless": encoded("RGBA", "WEBP", lossless=True),
}
WITH_BACKGROUND = {
    "PNG": encoded("RGB", "PNG"),
    "WebP": encoded("RGB", "WEBP"),
    "lossless": encoded("RGB", "WEBP", lossless=True),
    "JPEG": encoded("RGB", "JPEG"),
}


@pytest.mark.parametrize("picture", CUT_OUTS.values(), ids=CUT_OUTS)
def test_a_cut_out_is_known_by_its_head(picture: bytes) -> None:
    assert has_transparency(picture)


@pytest.mark.parametrize("picture", WITH_BACKGROUND.values(), ids=WITH_BACKGROUND)
def test_a_picture_with_a_background_is_none(picture: bytes) -> None:
    assert not has_transparency(picture)


@pytest.mark.parametrize("picture", (CUT_OUTS | WITH_BACKGROUND).values())
def test_a_picture_that_is_being_written_ends_anywhere(picture: bytes) -> None:
    for written in range(len(picture)):
        assert has_transparency(picture[:written]) in (True, False)
