"""`kiosk proof`: every screen in one document, to be approved."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.blocks.screen_sizes import Size, parse_size
from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.content_file import (
    load_in_order,
    moment_shown,
    own_content,
    require_languages,
)
from kiosk.commands.support.data_folder import content_data_folder
from kiosk.commands.support.outcome import SUCCESS
from kiosk.commands.support.window import require_qt

FULL_HD = (1920, 1080)


@dataclass(frozen=True)
class ProofOptions:
    content: Path | None
    out: Path
    sizes: Sequence[Size]
    languages: Sequence[str]
    data: Path | None
    at: str | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_content(parser)
    parser.add_argument(
        "--out",
        type=arguments.file_ending(".html", ".pdf"),
        default=Path("proof.html"),
        metavar="FILE",
        help="ends in .html or .pdf; default: proof.html",
    )
    arguments.add_sizes(
        parser, "screen size in pixels; default: the content's screens, or 1920x1080"
    )
    arguments.add_languages(parser)
    arguments.add_data(parser)
    arguments.add_at(parser)


def draw_proof(options: ProofOptions) -> int:
    file = own_content(options.content)
    loaded, content = load_in_order(file)
    require_languages(options.languages, file, content)
    require_qt()
    from kiosk.commands.support.proof_cover import cover_of
    from kiosk.operation.destinations import require_destination
    from kiosk.showroom.offscreen.proof import left_out, proof

    sizes = options.sizes or [parse_size(size) for size in content.screens] or [FULL_HD]
    moment = moment_shown(options.at, content)
    data = content_data_folder(options.data)
    require_destination(options.out, data)
    cover = cover_of(loaded, sizes, moment, data, left_out(loaded, moment))
    count = proof(loaded, options.out, sizes, moment, cover)
    print(f"{count} screens drawn; open {options.out}, or send it to whoever approves them")
    return SUCCESS


COMMAND = Command(
    "put every screen into one document, to be approved", ProofOptions, add_arguments, draw_proof
)
