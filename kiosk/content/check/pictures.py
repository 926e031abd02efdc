"""Checks that the files named as pictures and videos exist and can be shown."""

from __future__ import annotations

from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple
from unicodedata import normalize

from kiosk.blocks.nearness import nearest
from kiosk.blocks.problem_codes import Code
from kiosk.blocks.refusal import PictureProblem
from kiosk.content.check.drawings import inspect_drawing
from kiosk.content.check.photographs import inspect_photograph
from kiosk.content.check.videos import inspect_video
from kiosk.content.file import FileCache, resolve_link
from kiosk.files import read_regular_file
from kiosk.toolkit.picture_heads import HEAD_BYTES, has_transparency

Noun = Literal["picture", "video"]
TYPES: dict[Noun, set[str]] = {
    "picture": {".png", ".jpg", ".jpeg", ".webp", ".svg"},
    "video": {".mp4", ".m4v", ".mov", ".webm"},
}
WRONG_TYPE: dict[Noun, Code] = {"picture": "not-a-picture", "video": "not-a-video"}
TYPES_TO_USE: dict[Noun, str] = {"picture": ".jpg, .png or .svg", "video": ".mp4 or .webm"}
MOST_BYTES = 40 * 1024 * 1024


def is_drawing(name: str) -> bool:
    """Whether a picture is a vector drawing, judged by its name."""
    return PurePosixPath(name).suffix.lower() == ".svg"


def noun_of(name: str) -> Noun:
    """What a file is, judged by its name."""
    return "video" if PurePosixPath(name).suffix.lower() in TYPES["video"] else "picture"


class Inspected(NamedTuple):
    """What is known of a file that was found in order: its SHA-256, of a picture its width by its
    height, and of a photograph whether its background may be transparent.
    """

    digest: str
    shape: float
    is_cut_out: bool = False


class Pictures:
    """The pictures of an assets folder, each inspected once however often it is named.

    Pictures in `cache` are not inspected again while their files stay the same.
    """

    def __init__(self, assets: Path, cache: FileCache[Inspected] | None = None) -> None:
        self._assets = assets
        self.cache = cache if cache is not None else FileCache[Inspected]()
        """What is known about the files, for the next time."""
        self._inspected: dict[str, Inspected] = {}
        self._faults: dict[tuple[str, Noun], tuple[Code, str]] = {}

    def reinspect(self, assets: Path) -> Pictures | None:
        """The same pictures as they are now; None if one is no longer valid."""
        current = Pictures(assets, self.cache)
        try:
            for name in self._inspected:
                if current.inspect(name, noun_of(name)) != name:
                    return None
        except PictureProblem:
            return None
        return current

    def inspect(self, name: str, noun: Noun = "picture") -> str:
        """Check that `name`, relative to the assets folder, is a file that the kiosk can show.

        Returns the name as the disk has it: a Mac stores accents apart from their letters.

        Raises:
            PictureProblem: says what is wrong and what to do.
        """
        name = self._as_stored(name)
        if name not in self._inspected or noun != noun_of(name):
            if (name, noun) not in self._faults:
                try:
                    self._inspected[name] = self._inspect(name, noun)
                except PictureProblem as problem:
                    # Only the message: an exception would keep all that was read alive.
                    self._faults[name, noun] = problem.code, problem.sentence
            if (name, noun) in self._faults:
                raise PictureProblem(*self._faults[name, noun])
        return name

    def _as_stored(self, name: str) -> str:
        if name in self._inspected or name.isascii() or _exists(self._assets / name):
            return name
        return self._by_normalized_name.get(normalize("NFC", name), name)

    @cached_property
    def _by_normalized_name(self) -> dict[str, str]:
        """File names by their normalized form."""
        return {normalize("NFC", stored): stored for stored in self._names}

    def digest(self, name: str) -> str:
        """The SHA-256 of the inspected bytes."""
        return self._inspected[name].digest

    def shape(self, name: str) -> float:
        """The width of an inspected picture by its height."""
        return self._inspected[name].shape

    def appearance_of(self, name: str) -> tuple[float, bool]:
        """What a screen is laid out by: the shape of an inspected photograph, and whether it is a
        cut-out; 0 and False for a drawing, which is drawn for any frame.
        """
        inspected = self._inspected[name]
        return 0.0 if is_drawing(name) else inspected.shape, inspected.is_cut_out

    def _inspect(self, name: str, noun: Noun) -> Inspected:
        relative = PurePosixPath(name)
        if relative.is_absolute() or ".." in relative.parts or "\\" in name:
            raise PictureProblem(
                "picture-outside",
                f"'{name}' must be a path inside the assets folder, like photos/team.jpg",
            )
        file = self._assets / relative
        if not _exists(file) or file.is_dir():
            raise PictureProblem(
                "missing-picture",
                f"the {noun} '{name}' is not in the assets folder{self._suggestion(name)}",
            )
        if not _is_file(file):
            raise PictureProblem(
                WRONG_TYPE[noun],
                f"'{name}' is a pipe or a device, not a file; put the {noun} itself there",
            )
        if not resolve_link(file).is_relative_to(resolve_link(self._assets)):
            raise PictureProblem(
                "picture-outside",
                f"'{name}' is a link that leads out of the assets folder; copy the {noun} itself"
                " there",
            )
        if file.suffix.lower() not in TYPES[noun]:
            raise PictureProblem(
                WRONG_TYPE[noun],
                f"'{name}' is not a {noun} type the kiosk can show; use {TYPES_TO_USE[noun]}",
            )
        try:
            return self.cache.get(file, lambda file: _inspect_file(file, name))
        except OSError as error:
            sentence = f"the {noun} '{name}' cannot be read ({error.strerror})"
            raise PictureProblem("picture-unreadable", sentence) from None

    def _suggestion(self, name: str) -> str:
        suggestion = self._by_lower_name.get(name.lower()) or nearest(name, self._names)
        return (
            f" (did you mean '{suggestion}'?)"
            if suggestion
            else "; copy it there or correct the name"
        )

    @cached_property
    def _by_lower_name(self) -> dict[str, str]:
        return {stored.lower(): stored for stored in reversed(self._names)}

    @cached_property
    def _names(self) -> list[str]:
        try:
            files = [path for path in self._assets.rglob("*") if path.is_file()]
        except OSError:
            return []
        return sorted(path.relative_to(self._assets).as_posix() for path in files)


def _inspect_file(file: Path, name: str) -> Inspected:
    if noun_of(name) == "video":
        return Inspected(inspect_video(file, name), 1.0)
    if file.stat().st_size > MOST_BYTES:
        raise PictureProblem(
            "picture-too-large", f"the picture '{name}' is over 40 MB; save it smaller"
        )
    raw = read_regular_file(file)
    if is_drawing(name):
        shape = inspect_drawing(raw, name, partial(inspect_photograph, name=name))
    else:
        shape = inspect_photograph(raw, name)
    return Inspected(sha256(raw).hexdigest(), shape, has_transparency(raw[:HEAD_BYTES]))


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError):
        return False


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        return False
