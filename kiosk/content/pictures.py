"""Pictures that the content names: is the file there, and is it a picture."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

RASTER = {".png", ".jpg", ".jpeg", ".webp"}
MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""Decoded at four bytes a pixel, 200 MB: more than a kiosk should spend on one picture."""


class PictureProblem(ValueError):
    """What is wrong with a picture file, in words for staff."""


class Pictures:
    """The pictures of an assets folder, each looked at once however often it is named."""

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._seen: dict[str, PictureProblem | None] = {}

    def inspect(self, name: str) -> None:
        """Check that `name`, relative to the assets folder, is a picture the kiosk can show.

        Raises:
            PictureProblem: says what is wrong and what to do.
        """
        if name not in self._seen:
            try:
                self._look_at(name)
                self._seen[name] = None
            except PictureProblem as problem:
                self._seen[name] = problem
        if (found := self._seen[name]) is not None:
            raise found

    def _look_at(self, name: str) -> None:
        relative = PurePosixPath(name)
        if relative.is_absolute() or ".." in relative.parts or "\\" in name:
            raise PictureProblem(
                f"'{name}' must be a path inside the assets folder, like photos/team.jpg"
            )
        file = self._assets / relative
        if not _exists(file):
            raise PictureProblem(
                f"the picture '{name}' is not in the assets folder{self._near(name)}"
            )
        _inspect_file(file, name)

    def _near(self, name: str) -> str:
        same = [there for there in self._names if there.lower() == name.lower()]
        near = same or get_close_matches(name, self._names, n=1)
        return f" (did you mean '{near[0]}'?)" if near else "; copy it there or correct the name"

    @cached_property
    def _names(self) -> list[str]:
        try:
            files = [path for path in self._assets.rglob("*") if path.is_file()]
        except OSError:
            return []
        return sorted(path.relative_to(self._assets).as_posix() for path in files)


def _inspect_file(file: Path, name: str) -> None:
    suffix = file.suffix.lower()
    try:
        if file.stat().st_size > MOST_BYTES:
            raise PictureProblem(f"the picture '{name}' is over 40 MB; save it smaller")
        if suffix == ".svg":
            _inspect_svg(file, name)
        elif suffix in RASTER:
            _inspect_raster(file, name)
        else:
            raise PictureProblem(
                f"'{name}' is no picture type the kiosk shows; use .jpg, .png or .svg"
            )
    except OSError as error:
        raise PictureProblem(f"the picture '{name}' cannot be read ({error.strerror})") from None


def _exists(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _inspect_svg(file: Path, name: str) -> None:
    # ElementTree's expat refuses entity bombs itself (expat >= 2.4.1).
    try:
        root = ElementTree.parse(file).getroot()
    except (ElementTree.ParseError, ValueError):
        raise PictureProblem(f"'{name}' is not a picture; save it again as .svg") from None
    if not root.tag.endswith("svg"):
        raise PictureProblem(f"'{name}' is not a picture; save it again as .svg")


def _inspect_raster(file: Path, name: str) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with _quiet(), Image.open(file, formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureProblem(
                    f"the picture '{name}' has {picture.width} x {picture.height} pixels;"
                    " save it with at most 3840 on the longer side"
                )
            picture.load()
    except PictureProblem:
        raise
    except Image.DecompressionBombError:
        raise PictureProblem(
            f"the picture '{name}' has far too many pixels; save it smaller"
        ) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise PictureProblem(
            f"'{name}' is not a whole picture; open it in a picture program and save it again"
        ) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Pillow's warning about many pixels comes before our own sentence, which is enough."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
