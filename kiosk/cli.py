"""The command line: `kiosk run|check|snapshot|export|signups|keys|erase|recover|health`.

Exits: 0 done, 1 something needs mending, 2 could not do it. Nothing of Qt is imported here.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from kiosk import __version__
from kiosk.commands.outcome import ATTENTION, CANNOT, FINE, CannotDo
from kiosk.operation.clock import BadMoment, Clock, parse_moment
from kiosk.operation.folders import FolderRefused, default_content, default_data

COMMANDS = ("run", "check", "snapshot", "export", "signups", "keys", "erase", "recover", "health")
GENERAL_OPTIONS = ("-h", "--help", "--version")
SIZE = re.compile(r"(\d{3,5})x(\d{3,5})")
Size = tuple[int, int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and exits with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(CANNOT, f"kiosk: {message}; see '{self.prog} --help'\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without our signs gets their escapes
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in GENERAL_OPTIONS):
        given.insert(0, "run")
    try:
        if given[0] not in COMMANDS and not given[0].startswith("-"):
            raise CannotDo(_unknown_command(given[0]))
        options = _parser().parse_args(given)
        status: int = options.command(options)
        sys.stdout.flush()
        return status
    except (CannotDo, FolderRefused) as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def _unknown_command(word: str) -> str:
    near = get_close_matches(word, COMMANDS, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(COMMANDS)}"
    return f"there is no command '{word}'; {hint}"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kiosk", description="A touch kiosk for car-dealership showrooms.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="the kiosk on this screen (the default)")
    run.set_defaults(command=_run)
    _content_option(run)
    _data_option(run)
    run.add_argument(
        "--windowed",
        nargs="?",
        const=(1280, 720),
        type=_size,
        metavar="WxH",
        help="a window for the desk instead of the whole screen",
    )
    _at_option(run)

    check = commands.add_parser("check", help="every problem of a content file, a line each")
    check.set_defaults(command=_check)
    check.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: content.yaml")
    check.add_argument("--json", action="store_true", help="for programs")
    _at_option(check)

    snapshot = commands.add_parser("snapshot", help="a picture of every screen, drawn off screen")
    snapshot.set_defaults(command=_snapshot)
    _content_option(snapshot)
    snapshot.add_argument("--out", type=Path, default=Path("snapshots"), metavar="DIR")
    snapshot.add_argument("--size", action="append", type=_size, metavar="WxH", default=[])
    snapshot.add_argument("--lang", action="append", metavar="xx", default=[])
    _at_option(snapshot)

    _signup_parsers(commands)

    health = commands.add_parser("health", help="what a manager should know this morning")
    health.set_defaults(command=_health)
    _data_option(health)
    health.add_argument("--json", action="store_true", help="for programs")
    return parser


def _signup_parsers(commands: argparse._SubParsersAction[_Parser]) -> None:
    export = commands.add_parser("export", help="signups into a file for a manager")
    export.set_defaults(command=_export)
    _data_option(export)
    export.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="ends in .csv, .xlsx or .jsonl"
    )
    which = export.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="also those exported before")
    which.add_argument("--since", type=_day, metavar="DATE", help="all made since a day")
    which.add_argument(
        "--again", type=_number, metavar="ID", help="exactly what an earlier export brought"
    )
    export.add_argument(
        "--dedupe", action="store_true", help="one row an address, the newest consent wins"
    )
    _key_options(export)

    signups = commands.add_parser("signups", help="the ledger: captured, waiting, exported, erased")
    signups.set_defaults(command=_signups)
    _data_option(signups)
    signups.add_argument("--json", action="store_true", help="for programs")

    _keys_parser(commands)

    erase = commands.add_parser("erase", help="remove the signups of an address, or old ones")
    erase.set_defaults(command=_erase)
    _data_option(erase)
    erase.add_argument("address", nargs="?", metavar="ADDRESS", help="- reads it from the input")
    erase.add_argument("--before", type=_day, metavar="DATE", help="all made before a day")
    erase.add_argument(
        "--suppress", action="store_true", help="flag later signups of this address in exports"
    )
    erase.add_argument("--yes", action="store_true", help="do not ask before --before erases")
    _key_options(erase)

    recover = commands.add_parser("recover", help="bring back what damaged databases still hold")
    recover.set_defaults(command=_recover)
    _data_option(recover)
    recover.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: all that were set aside"
    )


def _keys_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    keys = commands.add_parser("keys", help="the manager's key, to which signups are sealed")
    actions = keys.add_subparsers(title="actions", required=True, metavar="ACTION")

    create = actions.add_parser("create", help="make a key, install its public half")
    create.set_defaults(command=_create_key)
    _data_option(create)
    create.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where the private half goes"
    )
    create.add_argument(
        "--replace", action="store_true", help="seal to the new key though one is installed"
    )
    _passphrase_option(create)

    seal = actions.add_parser("seal", help="seal signups that lie open to the installed key")
    seal.set_defaults(command=_seal)
    _data_option(seal)


def _key_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", type=Path, metavar="FILE", help="the manager's key")
    _passphrase_option(parser)


def _passphrase_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-fd",
        type=_descriptor,
        metavar="N",
        help="read the key's passphrase from a file descriptor; else KIOSK_PASSPHRASE, else asked",
    )


def _content_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", type=Path, metavar="FILE", help="default: content.yaml")


def _data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="where signups are kept; default: the user's data"
    )


def _at_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at", type=_moment, metavar="ISO_DATETIME", help="as it will look on that day"
    )


def _size(text: str) -> Size:
    found = SIZE.fullmatch(text)
    if found is None or not all(320 <= int(side) <= 8192 for side in found.groups()):
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a size from 320x320 to 8192x8192; write it like 1920x1080"
        )
    return int(found[1]), int(found[2])


def _moment(text: str) -> datetime:
    try:
        return parse_moment(text)
    except BadMoment as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write 2024-05-01") from None


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1 << 63:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not the number of an export; 'kiosk signups' lists them"
        )
    return int(text)


def _descriptor(text: str) -> int:
    if not text.isdecimal() or int(text) > 1 << 20:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a file descriptor; write --passphrase-fd 3 and open it like 3<FILE"
        )
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from kiosk.operation.display import DisplayMissing, require_display

    try:
        require_display(os.environ)
    except DisplayMissing as error:
        raise CannotDo(str(error)) from None
    _require_qt()
    from kiosk.showroom.app import RunOptions, run
    from kiosk.showroom.faults import CannotShow

    try:
        return run(
            RunOptions(
                content=options.content or default_content(),
                data=options.data or default_data(),
                window_size=options.windowed,
                clock=Clock.showing(options.at),
            )
        )
    except CannotShow as error:
        raise CannotDo(str(error)) from None


def _require_qt() -> None:
    try:
        import PySide6.QtQuick  # noqa: F401
    except ImportError as error:
        raise CannotDo(
            f"Qt cannot be loaded ({error}); install what the README lists, then try again"
        ) from None


def _check(options: argparse.Namespace) -> int:
    from kiosk.content.file import ContentUnreadable
    from kiosk.content.linting import lint
    from kiosk.content.loading import load
    from kiosk.operation.memory import collector_paused

    file: Path = options.file or default_content()
    try:
        with collector_paused():
            loaded = load(file)
    except ContentUnreadable as error:
        raise CannotDo(str(error)) from None
    problems = [*loaded.problems, *lint(loaded, Clock.showing(options.at).today())]
    if options.json:
        rows = [
            {
                "line": problem.spot.line,
                "column": problem.spot.column,
                "severity": problem.severity,
                "message": problem.message,
            }
            for problem in problems
        ]
        print(json.dumps({"file": str(file), "problems": rows}, indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            print(problem.in_file(str(file)))
        if not problems:
            print(f"{file} is fine")
    return ATTENTION if loaded.problems else FINE


def _snapshot(options: argparse.Namespace) -> int:
    from kiosk.content.file import ContentUnreadable
    from kiosk.content.loading import load

    file: Path = options.content or default_content()
    try:
        loaded = load(file)
    except ContentUnreadable as error:
        raise CannotDo(str(error)) from None
    if loaded.content is None:
        for problem in loaded.problems:
            print(problem.in_file(str(file)), file=sys.stderr)
        raise CannotDo(f"{file} must be mended before it can be drawn")
    for language in options.lang:
        if language != loaded.content.language:
            raise CannotDo(
                f"{file} has no texts in '{language}'; it is written in '{loaded.content.language}'"
            )
    _require_qt()
    from kiosk.showroom.faults import CannotShow
    from kiosk.showroom.snapshot import DEFAULT_SIZES, snapshot

    sizes: Sequence[Size] = options.size or DEFAULT_SIZES
    try:
        count = snapshot(loaded, options.out, sizes, options.at or datetime.now().astimezone())
    except CannotShow as error:
        raise CannotDo(str(error)) from None
    print(f"{count} screens drawn; open {options.out / 'index.html'} to look at them all")
    return FINE


def _export(options: argparse.Namespace) -> int:
    from kiosk.commands.signups import export_signups

    return export_signups(options, _data_folder(options))


def _signups(options: argparse.Namespace) -> int:
    from kiosk.commands.signups import show_signups

    return show_signups(options, _data_folder(options))


def _create_key(options: argparse.Namespace) -> int:
    from kiosk.commands.signups import create_key

    return create_key(options, _data_folder(options))


def _seal(options: argparse.Namespace) -> int:
    from kiosk.commands.signups import seal_signups

    return seal_signups(_data_folder(options))


def _erase(options: argparse.Namespace) -> int:
    from kiosk.commands.signups import erase_signups

    return erase_signups(options, _data_folder(options))


def _recover(options: argparse.Namespace) -> int:
    from kiosk.commands.signups import recover_signups

    return recover_signups(options, _data_folder(options))


def _data_folder(options: argparse.Namespace) -> Path:
    """The folder to look into; one that was named must be there."""
    if options.data is None:
        return default_data()
    folder: Path = options.data
    if not os.path.isdir(folder):  # noqa: PTH112 # never raises
        raise CannotDo(f"{folder} is not a folder; name the kiosk's data folder with --data")
    return folder


def _health(options: argparse.Namespace) -> int:
    from kiosk.operation.health import examine

    data = _data_folder(options)
    findings = examine(data)
    healthy = not any(finding.needs_attention for finding in findings)
    if options.json:
        rows = [
            {"name": f.name, "text": f.text, "needs_attention": f.needs_attention} for f in findings
        ]
        print(json.dumps({"healthy": healthy, "findings": rows}, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            mark = "!" if finding.needs_attention else " "
            print(f"{mark} {finding.name:<10} {finding.text}")
    return FINE if healthy else ATTENTION
