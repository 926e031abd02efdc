"""Pictures that the content names: is the file there, and is it a picture."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from unicodedata import normalize
from xml.etree import ElementTree

from kiosk.content.file import Remembered

RASTER = {".png", ".jpg", ".jpeg", ".webp"}
MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""Decoded at four bytes a pixel, 200 MB: more than a kiosk should spend on one picture."""


class PictureProblem(ValueError):
    """What is wrong with a picture file, in words for staff."""


class Pictures:
    """The pictures of an assets folder, each looked at once however often it is named.

    Those that `remembered` knows are not looked at again while their files stay the same.
    """

    def __init__(self, assets: Path, remembered: Remembered[str] | None = None) -> None:
        self._assets = assets
        self._remembered = remembered if remembered is not None else Remembered[str]()
        self._digests: dict[str, str] = {}
        self._faults: dict[str, str] = {}

    def looked_at_again(self, assets: Path) -> Pictures | None:
        """The same pictures as they are now; None where one is not in order any more."""
        now = Pictures(assets, self._remembered)
        try:
            for name in self._digests:
                if now.inspect(name) != name:
                    return None
        except PictureProblem:
            return None
        return now

    @property
    def remembered(self) -> Remembered[str]:
        """What is known of the files for the next time."""
        return self._remembered

    def inspect(self, name: str) -> str:
        """Check that `name`, relative to the assets folder, is a picture the kiosk can show.

        Returns the name as the disk has it: a Mac stores accents apart from their letters.

        Raises:
            PictureProblem: says what is wrong and what to do.
        """
        name = self._as_stored(name)
        if name not in self._digests and name not in self._faults:
            try:
                self._digests[name] = self._look_at(name)
            except PictureProblem as problem:
                # Its words alone: an exception holds on to all that was read on the way to it.
                self._faults[name] = str(problem)
        if name in self._faults:
            raise PictureProblem(self._faults[name])
        return name

    def _as_stored(self, name: str) -> str:
        if name in self._digests or name.isascii() or _exists(self._assets / name):
            return name
        return self._by_letters.get(normalize("NFC", name), name)

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        """The names of the files, by how they read."""
        return {normalize("NFC", there): there for there in self._names}

    def digest(self, name: str) -> str:
        """The SHA-256 of the bytes that were found in order."""
        return self._digests[name]

    def _look_at(self, name: str) -> str:
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
        try:
            return self._remembered.of(file, lambda file: _inspect_file(file, name))
        except OSError as error:
            said = f"the picture '{name}' cannot be read ({error.strerror})"
            raise PictureProblem(said) from None

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


def _inspect_file(file: Path, name: str) -> str:
    """The digest of the very bytes that were looked at."""
    suffix = file.suffix.lower()
    if file.stat().st_size > MOST_BYTES:
        raise PictureProblem(f"the picture '{name}' is over 40 MB; save it smaller")
    if suffix != ".svg" and suffix not in RASTER:
        raise PictureProblem(f"'{name}' is no picture type the kiosk shows; use .jpg, .png or .svg")
    raw = file.read_bytes()
    if suffix == ".svg":
        _inspect_svg(raw, name)
    else:
        _inspect_raster(raw, name)
    return sha256(raw).hexdigest()


def _exists(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _inspect_svg(raw: bytes, name: str) -> None:
    # ElementTree's expat refuses entity bombs itself (expat >= 2.4.1).
    try:
        root = ElementTree.parse(BytesIO(raw)).getroot()
    except (ElementTree.ParseError, ValueError):
        raise PictureProblem(f"'{name}' is not a picture; save it again as .svg") from None
    if not root.tag.endswith("svg"):
        raise PictureProblem(f"'{name}' is not a picture; save it again as .svg")


def _inspect_raster(raw: bytes, name: str) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with _quiet(), Image.open(BytesIO(raw), formats=("PNG", "JPEG", "WEBP")) as picture:
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
