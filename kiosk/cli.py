"""The command line: `kiosk run`, `kiosk check` and the other `COMMANDS`.

Exits: 0 done, 1 something needs mending, 2 could not do it. Nothing of Qt is imported here.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kiosk import __version__
from kiosk.commands.outcome import ATTENTION, CANNOT, FINE, CannotDo
from kiosk.content.screens import Size, parse_size
from kiosk.operation.clock import BadMoment, Clock, parse_moment
from kiosk.operation.folders import FolderRefused, default_content, default_data

if TYPE_CHECKING:
    from kiosk.content.loading import Loaded
    from kiosk.content.model import Content

COMMANDS = (
    *("run", "check", "snapshot", "export", "signups", "keys", "erase"),
    *("recover", "health", "history", "rollback", "calendar", "preview", "proof"),
    *("schema", "new"),
)
FULL_HD = (1920, 1080)
OF_SIGNUPS = frozenset({"export", "signups", "keys", "erase", "recover"})
GENERAL_OPTIONS = ("-h", "--help", "--version")
OUTPUT_REFUSES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


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
        return _run_command(options, given[0])
    except (CannotDo, FolderRefused) as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop_output()
        return FINE
    except OSError as error:
        if error.filename is not None or error.errno not in OUTPUT_REFUSES:
            raise
        _drop_output()
        print(f"kiosk: the output cannot be written ({error.strerror})", file=sys.stderr)
        return CANNOT


def _run_command(options: argparse.Namespace, name: str) -> int:
    if sys.stdout is None and name != "run":  # the next file to be opened would take its place
        raise CannotDo("the output is closed; leave it open, or send it to /dev/null")
    with ExitStack() as care:
        if name in OF_SIGNUPS:
            from kiosk.commands.guard import guarded

            care.enter_context(guarded())
        status: int = options.command(options)
    if sys.stdout is not None:
        sys.stdout.flush()
    return status


def _drop_output() -> None:
    """Else Python tries once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    check.add_argument("--all", action="store_true", help="also what is silenced, and why")
    _size_option(check, "measure the texts on this screen; default: the content's screens")
    _data_option(check)
    _at_option(check)

    snapshot = commands.add_parser("snapshot", help="a picture of every screen, drawn off screen")
    snapshot.set_defaults(command=_snapshot)
    _content_option(snapshot)
    snapshot.add_argument("--out", type=Path, default=Path("snapshots"), metavar="DIR")
    _size_option(snapshot, "a screen in pixels; default: 1920x1080, 1080x1920 and 3840x2160")
    _language_option(snapshot)
    _at_option(snapshot)

    proof = commands.add_parser("proof", help="every screen in one document, to be approved")
    proof.set_defaults(command=_proof)
    _content_option(proof)
    proof.add_argument(
        "--out", type=_document, default=Path("proof.html"), metavar="FILE", help="a .html or .pdf"
    )
    _size_option(proof, "a screen in pixels; default: the content's screens, or 1920x1080")
    _language_option(proof)
    _data_option(proof)
    _at_option(proof)

    preview = commands.add_parser("preview", help="the kiosk at the desk, following every save")
    preview.set_defaults(command=_preview)
    preview.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: content.yaml")
    preview.add_argument("--size", type=_size, metavar="WxH", help="the screen to begin with")
    _language_option(preview)
    _at_option(preview)

    _signup_parsers(commands)

    _history_parsers(commands)
    _calendar_parser(commands)
    _authoring_parsers(commands)

    health = commands.add_parser("health", help="what a manager should know this morning")
    health.set_defaults(command=_health)
    _data_option(health)
    health.add_argument("--json", action="store_true", help="for programs")
    return parser


def _calendar_parser(commands: argparse._SubParsersAction[_Parser]) -> None:
    calendar = commands.add_parser("calendar", help="what comes and goes by its dates")
    calendar.set_defaults(command=_calendar)
    calendar.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: content.yaml"
    )
    calendar.add_argument(
        "--days", type=_days, default=90, metavar="N", help="how far ahead to look; default: 90"
    )
    calendar.add_argument("--json", action="store_true", help="for programs")
    _at_option(calendar)


def _authoring_parsers(commands: argparse._SubParsersAction[_Parser]) -> None:
    schema = commands.add_parser("schema", help="the content file's JSON Schema, for editors")
    schema.set_defaults(command=_schema)

    new = commands.add_parser("new", help="start a content file for another showroom")
    new.set_defaults(command=_new)
    new.add_argument("folder", type=Path, metavar="FOLDER", help="where it goes; made if missing")
    new.add_argument("--name", default="Example Motors", metavar="NAME", help="whose showroom")


def _history_parsers(commands: argparse._SubParsersAction[_Parser]) -> None:
    history = commands.add_parser("history", help="every content that was shown, and what changed")
    history.set_defaults(command=_history)
    _data_option(history)
    history.add_argument("--json", action="store_true", help="for programs")

    rollback = commands.add_parser(
        "rollback", help="show an earlier content until the file changes"
    )
    rollback.set_defaults(command=_rollback)
    _content_option(rollback)
    _data_option(rollback)
    rollback.add_argument(
        "number", nargs="?", type=_version, metavar="N", help="default: the one before this one"
    )
    rollback.add_argument("--release", action="store_true", help="show the content file again")


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
                clock=_clock(options, options.content or default_content()),
            )
        )
    except CannotShow as error:
        raise CannotDo(str(error)) from None


def _clock(options: argparse.Namespace, file: Path) -> Clock:
    """The real clock, or one that shows the day that was asked for."""
    if options.at is None:
        return Clock()
    moment = parse_moment(options.at)
    if datetime.fromisoformat(options.at).tzinfo is not None:
        return Clock.showing(moment)  # it names its zone, so the content need not be asked
    from kiosk.content.file import ContentUnreadable
    from kiosk.content.loading import load

    try:
        return Clock.showing(_now(options, load(file).content))
    except ContentUnreadable:
        return Clock.showing(_now(options, None))


def _now(options: argparse.Namespace, content: Content | None) -> datetime:
    """The moment that was asked for, or now, in the dealership's time zone."""
    from kiosk.content.zones import zone_named

    zone = zone_named(content.time_zone if content is not None else None)
    if options.at is None:
        return Clock().now().astimezone(zone)
    return parse_moment(options.at, zone).astimezone(zone)


def _require_qt() -> None:
    try:
        import PySide6.QtQuick  # noqa: F401
    except ImportError as error:
        raise CannotDo(
            f"Qt cannot be loaded ({error}); install what the README lists, then try again"
        ) from None


def _check(options: argparse.Namespace) -> int:
    from kiosk.commands.checking import check

    data = default_data() if options.data is None else _data_folder(options)
    return check(options, options.file or default_content(), data, partial(_now, options))


def _in_order(file: Path, to: str = "read") -> Loaded:
    """A content file without errors; where there are any, they are told first."""
    from kiosk.content.file import ContentUnreadable
    from kiosk.content.loading import load

    try:
        loaded = load(file)
    except ContentUnreadable as error:
        raise CannotDo(str(error)) from None
    if loaded.content is None:
        for problem in loaded.problems:
            print(problem.in_file(str(file)), file=sys.stderr)
        raise CannotDo(f"{file} must be mended before it can be {to}")
    return loaded


def _snapshot(options: argparse.Namespace) -> int:
    file: Path = options.content or default_content()
    loaded = _in_order(file, to="drawn")
    assert loaded.content is not None
    _require_languages(options.lang, loaded)
    _require_qt()
    from kiosk.showroom.faults import CannotShow
    from kiosk.showroom.snapshot import DEFAULT_SIZES, snapshot

    sizes: Sequence[Size] = options.size or DEFAULT_SIZES
    try:
        count = snapshot(loaded, options.out, sizes, _now(options, loaded.content))
    except CannotShow as error:
        raise CannotDo(str(error)) from None
    print(f"{count} screens drawn; open {options.out / 'index.html'} to look at them all")
    return FINE


def _require_languages(wanted: Sequence[str], loaded: Loaded) -> None:
    assert loaded.content is not None
    for language in wanted:
        if language != loaded.content.language:
            raise CannotDo(
                f"{loaded.file} has no texts in '{language}'; it is written in"
                f" '{loaded.content.language}'"
            )


def _proof(options: argparse.Namespace) -> int:
    from kiosk.commands.proofing import cover_of

    loaded = _in_order(options.content or default_content(), to="drawn")
    assert loaded.content is not None
    _require_languages(options.lang, loaded)
    _require_qt()
    from kiosk.showroom.faults import CannotShow
    from kiosk.showroom.proof import left_out, proof

    sizes = options.size or [parse_size(size) for size in loaded.content.screens] or [FULL_HD]
    moment = _now(options, loaded.content)
    data = default_data() if options.data is None else _data_folder(options)
    cover = cover_of(loaded, sizes, moment, data, left_out(loaded))
    try:
        count = proof(loaded, options.out, sizes, moment, cover)
    except CannotShow as error:
        raise CannotDo(str(error)) from None
    print(f"{count} screens drawn; open {options.out}, or send it to whoever approves them")
    return FINE


def _preview(options: argparse.Namespace) -> int:
    from kiosk.operation.display import DisplayMissing, require_display

    file: Path = options.file or default_content()
    try:
        require_display(os.environ)
    except DisplayMissing as error:
        raise CannotDo(str(error)) from None
    _require_file(file)
    _require_qt()
    from kiosk.showroom.faults import CannotShow
    from kiosk.showroom.preview import PreviewOptions, preview

    try:
        return preview(PreviewOptions(file, options.size, options.at))
    except CannotShow as error:
        raise CannotDo(str(error)) from None


def _require_file(file: Path) -> None:
    from kiosk.content.file import ContentUnreadable, read_bytes

    try:
        read_bytes(file)
    except ContentUnreadable as error:
        raise CannotDo(str(error)) from None


def _calendar(options: argparse.Namespace) -> int:
    from kiosk.commands.calendar import show_calendar

    loaded = _in_order(options.file or default_content())
    assert loaded.content is not None
    return show_calendar(loaded.content, _now(options, loaded.content), options)


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


def _schema(_options: argparse.Namespace) -> int:
    from kiosk.commands.authoring import print_schema

    return print_schema()


def _new(options: argparse.Namespace) -> int:
    from kiosk.commands.authoring import start_showroom

    return start_showroom(options, Clock().today())


def _history(options: argparse.Namespace) -> int:
    from kiosk.commands.history import show_history

    return show_history(options, _data_folder(options))


def _rollback(options: argparse.Namespace) -> int:
    from kiosk.commands.history import roll_back

    return roll_back(options, _data_folder(options), options.content or default_content())


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
