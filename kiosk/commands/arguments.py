"""The command line: which commands there are, and what can be asked of each."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import NoReturn

from kiosk import __version__
from kiosk.blocks.screen_sizes import Size, parse_size
from kiosk.commands.outcome import CANNOT
from kiosk.operation.clock import BadMoment, parse_moment

COMMANDS = (
    *("run", "check", "snapshot", "export", "signups", "keys", "erase"),
    *("recover", "health", "history", "rollback", "calendar", "preview", "proof"),
    *("schema", "new"),
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and exits with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(CANNOT, f"kiosk: {message}; see '{self.prog} --help'\n")


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The whole command line; what was asked for is in `command`.

    For `run` the other commands are left out, which takes 6 ms off its start.
    """
    whole = _Parser(prog="kiosk", description="A touch kiosk for car-dealership showrooms.")
    whole.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")

    _run_parser(commands)
    if command == "run":
        return whole

    check = commands.add_parser("check", help="every problem of a content file, a line each")
    check.set_defaults(command="check")
    _file_option(check)
    check.add_argument("--json", action="store_true", help="for programs")
    check.add_argument("--all", action="store_true", help="also what is silenced, and why")
    _size_option(check, "measure the texts on this screen; default: the content's screens")
    _data_option(check)
    _at_option(check)

    snapshot = commands.add_parser("snapshot", help="a picture of every screen, drawn off screen")
    snapshot.set_defaults(command="snapshot")
    _content_option(snapshot)
    snapshot.add_argument("--out", type=Path, default=Path("snapshots"), metavar="DIR")
    _size_option(snapshot, "a screen in pixels; default: 1920x1080, 1080x1920 and 3840x2160")
    _language_option(snapshot)
    _at_option(snapshot)

    proof = commands.add_parser("proof", help="every screen in one document, to be approved")
    proof.set_defaults(command="proof")
    _content_option(proof)
    proof.add_argument(
        "--out", type=_document, default=Path("proof.html"), metavar="FILE", help="a .html or .pdf"
    )
    _size_option(proof, "a screen in pixels; default: the content's screens, or 1920x1080")
    _language_option(proof)
    _data_option(proof)
    _at_option(proof)

    preview = commands.add_parser("preview", help="the kiosk at the desk, following every save")
    preview.set_defaults(command="preview")
    _file_option(preview)
    preview.add_argument("--size", type=_size, metavar="WxH", help="the screen to begin with")
    _at_option(preview)

    _signup_parsers(commands)

    _history_parsers(commands)
    _calendar_parser(commands)
    _authoring_parsers(commands)

    health = commands.add_parser("health", help="what a manager should know this morning")
    health.set_defaults(command="health")
    _data_option(health)
    health.add_argument("--json", action="store_true", help="for programs")
    return whole


def _run_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    run = commands.add_parser("run", help="the kiosk on this screen (the default)")
    run.set_defaults(command="run")
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


def _calendar_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    calendar = commands.add_parser("calendar", help="what comes and goes by its dates")
    calendar.set_defaults(command="calendar")
    _file_option(calendar)
    calendar.add_argument(
        "--days", type=_days, default=90, metavar="N", help="how far ahead to look; default: 90"
    )
    calendar.add_argument("--json", action="store_true", help="for programs")
    _at_option(calendar)


def _authoring_parsers(commands: argparse._SubParsersAction[_Parser]) -> None:
    schema = commands.add_parser("schema", help="the content file's JSON Schema, for editors")
    schema.set_defaults(command="schema")

    new = commands.add_parser("new", help="start a content file for another showroom")
    new.set_defaults(command="new")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="where it goes; made if missing")
    new.add_argument("--name", default="Example Motors", metavar="NAME", help="whose showroom")


def _history_parsers(commands: argparse._SubParsersAction[_Parser]) -> None:
    history = commands.add_parser("history", help="every content that was shown, and what changed")
    history.set_defaults(command="history")
    _data_option(history)
    history.add_argument("--json", action="store_true", help="for programs")

    rollback = commands.add_parser(
        "rollback", help="show an earlier content until the file changes"
    )
    rollback.set_defaults(command="rollback")
    _content_option(rollback)
    _data_option(rollback)
    rollback.add_argument(
        "number", nargs="?", type=_version, metavar="N", help="default: the one before this one"
    )
    rollback.add_argument("--release", action="store_true", help="show the content file again")


def _signup_parsers(commands: argparse._SubParsersAction[_Parser]) -> None:
    export = commands.add_parser("export", help="signups into a file for a manager")
    export.set_defaults(command="export")
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
    signups.set_defaults(command="signups")
    _data_option(signups)
    signups.add_argument("--json", action="store_true", help="for programs")

    _keys_parser(commands)

    erase = commands.add_parser("erase", help="remove the signups of an address, or old ones")
    erase.set_defaults(command="erase")
    _data_option(erase)
    erase.add_argument("address", nargs="?", metavar="ADDRESS", help="- reads it from the input")
    erase.add_argument("--before", type=_day, metavar="DATE", help="all made before a day")
    erase.add_argument(
        "--suppress", action="store_true", help="flag later signups of this address in exports"
    )
    erase.add_argument("--yes", action="store_true", help="do not ask before --before erases")
    _key_options(erase)

    recover = commands.add_parser("recover", help="bring back what damaged databases still hold")
    recover.set_defaults(command="recover")
    _data_option(recover)
    recover.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: all that were set aside"
    )


def _keys_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    keys = commands.add_parser("keys", help="the manager's key, to which signups are sealed")
    actions = keys.add_subparsers(title="actions", required=True, metavar="ACTION")

    create = actions.add_parser("create", help="make a key, install its public half")
    create.set_defaults(command="keys create")
    _data_option(create)
    create.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where the private half goes"
    )
    create.add_argument(
        "--replace", action="store_true", help="seal to the new key though one is installed"
    )
    _passphrase_option(create)

    seal = actions.add_parser("seal", help="seal signups that lie open to the installed key")
    seal.set_defaults(command="keys seal")
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


def _file_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: content.yaml")


def _content_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", type=Path, metavar="FILE", help="default: content.yaml")


def _data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="where signups are kept; default: the user's data"
    )


def _size_option(parser: argparse.ArgumentParser, told: str) -> None:
    parser.add_argument("--size", action="append", type=_size, metavar="WxH", default=[], help=told)


def _language_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lang", action="append", metavar="xx", default=[], help="default: the content's language"
    )


def _at_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at", type=_moment, metavar="ISO_DATETIME", help="as it will look on that day"
    )


def _size(text: str) -> Size:
    try:
        return parse_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _document(text: str) -> Path:
    if Path(text).suffix.lower() not in {".html", ".pdf"}:
        raise argparse.ArgumentTypeError(f"'{text}' must end in .html or .pdf")
    return Path(text)


def _moment(text: str) -> str:
    try:
        parse_moment(text)  # without a zone it is the content's, which is not known yet
        return text
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


def _days(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 36_500:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of days; write it like 90")
    return int(text)


def _version(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not the number of a version; 'kiosk history' lists them"
        )
    return int(text)


def _descriptor(text: str) -> int:
    if not text.isdecimal() or int(text) > 1 << 20:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a file descriptor; write --passphrase-fd 3 and open it like 3<FILE"
        )
    return int(text)
