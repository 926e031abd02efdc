"""`kiosk run`: the kiosk on this screen."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.blocks.screen_sizes import Size
from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.content_file import moment_shown
from kiosk.commands.support.window import require_qt
from kiosk.operation.clock import Clock, parse_moment
from kiosk.operation.folders import default_content, default_data


@dataclass(frozen=True)
class RunOptions:
    content: Path | None
    data: Path | None
    windowed: Size | None
    at: str | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_content(parser)
    arguments.add_data(parser)
    parser.add_argument(
        "--windowed",
        nargs="?",
        const=(1280, 720),
        type=arguments.size,
        metavar="WxH",
        help="run in a window instead of full screen; default size: 1280x720",
    )
    arguments.add_at(parser)


def run_kiosk(options: RunOptions) -> int:
    from kiosk.operation.display import require_display

    require_display(os.environ)
    from kiosk.showroom.run.initial_read import InitialRead
    from kiosk.showroom.run.preloader import preloading

    content, data = options.content or default_content(), options.data or default_data()
    clock = _clock(options.at, content)
    initial_read = InitialRead(content, data, clock)
    is_new = initial_read.lacks_start_screens()
    with preloading(content, data, clock) if is_new else nullcontext() as preloader:
        require_qt()
        from kiosk.showroom.run import app, kiosk

        return app.run(
            kiosk.RunOptions(content, data, options.windowed, clock, initial_read, preloader)
        )


def _clock(at: str | None, file: Path) -> Clock:
    """The real clock, or one that shows the day that was asked for."""
    if at is None:
        return Clock()
    moment = parse_moment(at)
    if datetime.fromisoformat(at).tzinfo is not None:
        return Clock.starting_at(moment)  # it names its zone, so the content need not be asked
    from kiosk.content.check.loading import load
    from kiosk.content.file import ContentUnreadable

    try:
        return Clock.starting_at(moment_shown(at, load(file).content))
    except ContentUnreadable:
        return Clock.starting_at(moment_shown(at, None))


COMMAND = Command(
    "show the kiosk on this screen (the default)", RunOptions, add_arguments, run_kiosk
)
