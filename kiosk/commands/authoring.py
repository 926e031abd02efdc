"""`kiosk schema` and `kiosk new`: help for those who write a content file."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kiosk.commands.outcome import FINE, CannotDo
from kiosk.content.schema import FILE_NAME, schema_text
from kiosk.operation.folders import came_with

LONGEST_NAME = 32
EDITOR_LINE = f"# yaml-language-server: $schema={FILE_NAME}\n"
PICTURE = re.compile(r"\bart/[\w-]+\.svg")


def print_schema() -> int:
    """The JSON Schema of a content file."""
    sys.stdout.write(schema_text())
    return FINE


def start_showroom(options: Namespace, today: date) -> int:
    """A folder with a content file to begin with, whole or not at all."""
    folder = Path(os.path.abspath(options.folder))  # noqa: PTH100 # keeps a link as it is
    text = _content_text(_usable(options.name), today.year + 1)
    pictures = sorted(set(PICTURE.findall(text)))
    _refuse_used(folder, options.folder)
    try:
        with _made_whole(folder) as stage:
            for name in pictures:
                copy = stage / "assets" / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(came_with("assets") / name, copy)
            (stage / FILE_NAME).write_text(schema_text(), encoding="utf-8")
            (stage / "content.yaml").write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotDo(
            f"{options.folder} cannot be made ({error.strerror}); fix the permissions of the"
            " folder around it, or name another"
        ) from None
    file = options.folder / "content.yaml"
    print(f"Change the examples in {file}; your pictures go into {options.folder / 'assets'}.")
    print(f"See it with: kiosk run --windowed --content {shlex.quote(str(file))}")
    return FINE


def _usable(name: str) -> str:
    name = name.strip()
    if not name:
        raise CannotDo('the name is empty; write it like --name "Example Motors"')
    if not name.isprintable():
        raise CannotDo("the name has an invisible sign in it; type it again")
    if len(name) > LONGEST_NAME:
        raise CannotDo(
            f"the name has {len(name)} characters and {LONGEST_NAME} fit; shorten it by"
            f" {len(name) - LONGEST_NAME}"
        )
    return name


def _content_text(name: str, year: int) -> str:
    from kiosk.content import schema

    template = Path(schema.__file__).with_name("template.yaml").read_text(encoding="utf-8")
    quoted = json.dumps(name, ensure_ascii=False)
    return EDITOR_LINE + template.replace("__YEAR__", str(year)).replace("__NAME__", quoted)


def _refuse_used(folder: Path, given: Path) -> None:
    try:
        used = folder.exists() and any(folder.iterdir())
    except NotADirectoryError:
        raise CannotDo(f"{given} is a file; name a folder that is not there yet") from None
    except (OSError, ValueError):
        raise CannotDo(f"{given} cannot be looked into; name another folder") from None
    if used:
        raise CannotDo(f"{given} is not empty; name a folder that is not there yet")


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes its place when it is full and vanishes when that fails."""
    top = folder  # the outermost folder that is missing
    while not top.exists() and not top.parent.exists():
        top = top.parent
    beside = folder if folder.exists() else top.parent
    with tempfile.TemporaryDirectory(
        prefix=".new-", dir=beside, ignore_cleanup_errors=True
    ) as name:
        whole = Path(name, "whole")
        stage = whole / folder.relative_to(top)
        stage.mkdir(parents=True)
        yield stage
        if folder.exists():
            _move_in(stage, folder)
        else:
            whole.rename(top)


def _move_in(stage: Path, folder: Path) -> None:
    """Into a folder that is there already; the content file comes last."""
    moved: list[Path] = []
    try:
        for part in sorted(stage.iterdir(), key=lambda part: part.suffix == ".yaml"):
            moved.append(part.rename(folder / part.name))
    except BaseException:
        for part in moved:
            part.rename(stage / part.name)
        raise
