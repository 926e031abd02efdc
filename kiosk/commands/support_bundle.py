"""`kiosk support-bundle`: one file for whoever helps from afar."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import SUCCESS


@dataclass(frozen=True)
class SupportBundleOptions:
    data: Path | None
    content: Path | None
    out: Path


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "--content",
        type=Path,
        metavar="FILE",
        help="default: the one that the kiosk with the data folder shows",
    )
    arguments.add_zip(parser)


def write_bundle(options: SupportBundleOptions) -> int:
    from zipfile import ZIP_DEFLATED, ZipFile

    from kiosk.operation.destinations import require_destination
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.operation.status import content_of
    from kiosk.operation.support_bundle.collecting import collect
    from kiosk.signups.output_files import new_file

    data, out = data_folder(options.data), options.out
    require_destination(out, data)
    content = content_of(data) if options.content is None else options.content
    members = []
    with new_file(out) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for member in collect(data, content, showroom_clock(data).now()):
            archive.writestr(member.name, member.content)
            members.append(member)
    print(f"{out} holds:")
    for name, purpose, raw in members:
        print(f"  {name:<22} {len(raw):>9,} bytes  {purpose}")
    print(
        "It holds no signups, no keys and no PIN. Look into it before you send it: the content file"
        " and the log are in it, and the names of files."
    )
    return SUCCESS


COMMAND = Command(
    "collect what an engineer needs into one file, without signups",
    SupportBundleOptions,
    add_arguments,
    write_bundle,
)
