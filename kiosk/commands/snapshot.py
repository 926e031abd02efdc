"""`kiosk snapshot`: a picture of every screen."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.blocks.screen_sizes import Size
from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.content_file import load_in_order, moment_shown, require_languages
from kiosk.commands.support.outcome import SUCCESS
from kiosk.commands.support.window import require_qt
from kiosk.operation.folders import default_content, default_data


@dataclass(frozen=True)
class SnapshotOptions:
    content: Path | None
    out: Path
    sizes: Sequence[Size]
    languages: Sequence[str]
    at: str | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_content(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("snapshots"), metavar="DIR", help="default: snapshots"
    )
    arguments.add_sizes(
        parser, "screen size in pixels; default: 1920x1080, 1080x1920 and 3840x2160"
    )
    arguments.add_languages(parser)
    arguments.add_at(parser)


def draw_screens(options: SnapshotOptions) -> int:
    file = options.content or default_content()
    loaded, content = load_in_order(file)
    require_languages(options.languages, file, content)
    require_qt()
    from kiosk.operation.destinations import require_destination
    from kiosk.showroom.offscreen.snapshot import DEFAULT_SIZES, snapshot

    require_destination(options.out, default_data())
    count = snapshot(
        *(loaded, options.out, options.sizes or DEFAULT_SIZES),
        moment_shown(options.at, content),
    )
    print(f"{count} screens drawn; open {options.out / 'index.html'} to see them all")
    return SUCCESS


COMMAND = Command("draw a picture of every screen", SnapshotOptions, add_arguments, draw_screens)
