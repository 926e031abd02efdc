"""`kiosk snapshot`: every screen as a picture, drawn off screen, the same pixels on every run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from PySide6.QtGui import QImage

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.content.check.loading import Loaded
from kiosk.content.localized import localization_of
from kiosk.showroom.offscreen.offscreen_kiosk import offscreen_application, open_offscreen
from kiosk.toolkit.errors import OutputRefused

DEFAULT_SIZES = ((1920, 1080), (1080, 1920), (3840, 2160))


def snapshot(loaded: Loaded, out: Path, sizes: Sequence[Size], moment: datetime) -> int:
    """Draw every screen as `OUT/<size>/<lang>/<screen>.png` and an index; returns how many.

    Raises:
        OutputRefused: the folder cannot be written.
    """
    assert loaded.content is not None
    drawn: list[Path] = []
    with offscreen_application():
        for size in sizes:
            folder = out / written_size(size) / loaded.content.language
            with open_offscreen(loaded, moment, size) as kiosk:
                for screen in kiosk.screens():
                    file = folder / f"{screen.name}.png"
                    _write(kiosk.picture(screen), file)
                    drawn.append(file.relative_to(out))
    _write_index(out, drawn, loaded, moment)
    return len(drawn)


def _write(image: QImage, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(
            f"{file.parent} cannot be created ({error.strerror}); choose another --out"
        ) from None
    if not image.save(str(file)):
        raise OutputRefused(
            f"{file} cannot be written; check the disk and the folder's permissions"
        )


def _write_index(out: Path, files: Sequence[Path], loaded: Loaded, moment: datetime) -> None:
    assert loaded.content is not None
    name, day = loaded.file.name, localization_of(loaded.content).day(moment)
    figures = "\n".join(
        f'<figure><a href="{escape(file.as_posix())}"><img loading="lazy" alt=""'
        f' src="{escape(file.as_posix())}"></a><figcaption>{escape(file.stem)}'
        f"<small> {escape(file.parts[0])} {escape(file.parts[1])}</small></figcaption></figure>"
        for file in files
    )
    page = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{escape(name)}: every screen</title>
<style>
body {{ margin: 2rem; background: #101114; color: #f5f2eb; font: 500 16px sans-serif }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 2rem }}
figure {{ margin: 0 }} img {{ width: 100%; display: block }} figcaption {{ padding: .5rem 0 }}
small {{ opacity: .65 }}
</style>
<h1>{escape(name)}, as on {escape(day)}</h1>
<main>
{figures}
</main>
</html>
"""
    try:
        (out / "index.html").write_text(page, encoding="utf-8")
    except OSError as error:
        raise OutputRefused(
            f"{out} cannot be written ({error.strerror}); choose another --out"
        ) from None
