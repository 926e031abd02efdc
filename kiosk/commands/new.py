"""`kiosk new`: a content file for another showroom."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.commands.support.command import Command
from kiosk.commands.support.outcome import SUCCESS, CommandFailed
from kiosk.files import NO_SPACE
from kiosk.operation.clock import Clock
from kiosk.operation.folders import bundled_file, default_data

MAX_NAME_LENGTH = 32
PICTURE = re.compile(r"\bart/[\w-]+\.svg")
NOTE_TO_TRANSLATORS = re.compile(r"# To change some.*?\n(?=#__WORDS__)", re.DOTALL)


@dataclass(frozen=True)
class NewOptions:
    folder: Path
    name: str
    language: str = "en"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="where to put it; created if missing"
    )
    parser.add_argument(
        "--name", default="Example Motors", metavar="NAME", help="the dealership's name"
    )
    parser.add_argument(
        "--lang",
        default="en",
        metavar="xx",
        dest="language",
        help="language of its texts; the kiosk has its own words in de, es, fr, fr-CA, it and nl",
    )


def start_showroom(options: NewOptions) -> int:
    from kiosk.operation.destinations import require_destination

    require_destination(options.folder, default_data())
    make_showroom(options, Clock().today())
    file = options.folder / "content.yaml"
    print(f"Replace the examples in {file} and put your pictures into {options.folder / 'assets'}.")
    print(f"See it with: kiosk preview {shlex.quote(str(file))}")
    return SUCCESS


def make_showroom(options: NewOptions, today: date) -> None:
    """A folder with a content file to begin with, complete or not at all."""
    from kiosk.content import schema

    folder = Path(os.path.abspath(options.folder))  # noqa: PTH100 # keeps a link as it is
    name = json.dumps(_usable(options.name), ensure_ascii=False)
    template = _template(_known(options.language), today.year + 1)
    pictures = sorted(set(PICTURE.findall(template)))
    _refuse_used(folder, options.folder)
    try:
        with _filled_aside(folder) as aside:
            for picture in pictures:
                copy = aside / "assets" / picture
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(bundled_file("assets") / picture, copy)
            (aside / schema.FILE_NAME).write_text(schema.schema_text(), encoding="utf-8")
            (aside / "content.yaml").write_text(
                template.replace("__NAME__", name), encoding="utf-8"
            )
    except OSError as error:
        if error.errno in NO_SPACE:
            raise CommandFailed(
                f"{options.folder} cannot be created, because its disk is full; free some space on"
                " it, or choose another folder"
            ) from None
        raise CommandFailed(
            f"{options.folder} cannot be created ({error.strerror}); fix the permissions of"
            " its parent folder, or choose another folder"
        ) from None


def _usable(name: str) -> str:
    name = name.strip()
    if not name:
        raise CommandFailed('the name is empty; write it like --name "Example Motors"')
    if not name.isprintable():
        raise CommandFailed("the name contains an invisible character; type it again")
    if len(name) > MAX_NAME_LENGTH:
        raise CommandFailed(
            f"the name has {len(name)} characters, but only {MAX_NAME_LENGTH} fit; shorten it by"
            f" {len(name) - MAX_NAME_LENGTH}"
        )
    return name


def _known(language: str) -> str:
    from kiosk.blocks.fields import check_language
    from kiosk.blocks.refusal import ValueRefusal

    try:
        return check_language(language)
    except ValueRefusal as error:
        raise CommandFailed(str(error)) from None


def _template(language: str, year: int) -> str:
    """The content file, but for the dealership's name."""
    from kiosk.content import schema

    template = Path(schema.__file__).with_name("template.yaml").read_text(encoding="utf-8")
    editor_line = f"# yaml-language-server: $schema={schema.FILE_NAME}\n"
    template = template.replace("\nlanguage: en\n", f"\nlanguage: {language}\n")
    if words := _translated_words(language):
        template = NOTE_TO_TRANSLATORS.sub("", template)
    template = template.replace("#__WORDS__\n", words or _english_words())
    return editor_line + template.replace("__YEAR__", str(year))


def _translated_words(language: str) -> str:
    """The kiosk's own words in a language, as they are shown; empty where they are in English."""
    from kiosk.content import words

    folder = Path(words.__file__).with_name("translations")
    for tag in (language, language.partition("-")[0]):
        if (file := folder / f"{tag}.yaml").is_file():
            lines = file.read_text(encoding="utf-8").splitlines()
            return "words:\n" + "".join(f"  {line}\n" for line in lines if line[:1] != "#")
    return ""


def _english_words() -> str:
    """The kiosk's own words in English, each line as a note."""
    import yaml

    from kiosk.blocks.words import NOT_NEEDED
    from kiosk.content.words import Words

    fields = Words.model_fields.items()
    words = {n: f.default for n, f in fields if n not in {"plurals", *NOT_NEEDED}}
    text = yaml.safe_dump({"words": words}, allow_unicode=True, sort_keys=False, width=90)
    return "".join(f"#{line}\n" for line in text.splitlines())


def _refuse_used(folder: Path, given: Path) -> None:
    try:
        used = folder.exists() and any(folder.iterdir())
    except NotADirectoryError:
        raise CommandFailed(f"{given} is a file; choose a new folder") from None
    except (OSError, ValueError):
        raise CommandFailed(f"{given} cannot be read; choose another folder") from None
    if used:
        raise CommandFailed(f"{given} is not empty; choose a new folder")


@contextmanager
def _filled_aside(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes its place when it is full and vanishes when that fails."""
    top = folder  # the outermost folder that is missing
    while not top.exists() and not top.parent.exists():
        top = top.parent
    beside = folder if folder.exists() else top.parent
    with tempfile.TemporaryDirectory(
        prefix=".new-", dir=beside, ignore_cleanup_errors=True
    ) as name:
        aside_top = Path(name, "new")
        aside = aside_top / folder.relative_to(top)
        aside.mkdir(parents=True)
        yield aside
        if folder.exists():
            _move_in(aside, folder)
        else:
            aside_top.rename(top)


def _move_in(aside: Path, folder: Path) -> None:
    """Into a folder that is there already; the content file comes last."""
    moved: list[Path] = []
    try:
        for part in sorted(aside.iterdir(), key=lambda part: part.suffix == ".yaml"):
            moved.append(part.rename(folder / part.name))
    except BaseException:
        for part in moved:
            part.rename(aside / part.name)
        raise


COMMAND = Command(
    "start a content file for another showroom", NewOptions, add_arguments, start_showroom
)
