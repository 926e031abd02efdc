"""`kiosk preview`: the kiosk at the desk, following every save."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from kiosk.blocks.screen_sizes import Size
from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.content_file import own_content, require_readable
from kiosk.commands.support.window import drawing, require_display, require_qt


@dataclass(frozen=True)
class PreviewOptions:
    file: Path | None
    size: Size | None
    at: str | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_file(parser)
    parser.add_argument(
        "--size", type=arguments.size, metavar="WxH", help="screen size to start with"
    )
    arguments.add_at(parser)


def open_preview(options: PreviewOptions) -> int:
    file = own_content(options.file)
    require_display()
    require_qt()
    require_readable(file)
    from kiosk.showroom.desk import preview

    with drawing():
        return preview.preview(preview.PreviewOptions(file, options.size, options.at))


COMMAND = Command(
    "show the kiosk at the desk, updated with every save",
    PreviewOptions,
    add_arguments,
    open_preview,
)
