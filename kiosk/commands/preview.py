"""`kiosk preview`: the kiosk at the desk, following every save."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from kiosk.blocks.screen_sizes import Size
from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.content_file import own_content
from kiosk.commands.support.window import require_qt


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
    from kiosk.content.file import read_bytes
    from kiosk.operation.display import require_display

    file = own_content(options.file)
    require_display(os.environ)
    require_qt()
    read_bytes(file)  # refuses what cannot be read
    from kiosk.showroom.desk import preview

    return preview.preview(preview.PreviewOptions(file, options.size, options.at))


COMMAND = Command(
    "show the kiosk at the desk, updated with every save",
    PreviewOptions,
    add_arguments,
    open_preview,
)
