"""The command line: `kiosk run`, `kiosk check` and the other `COMMANDS`.

Exits: 0 done, 1 something needs mending, 2 could not do it. Nothing of Qt is imported here.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.blocks.screen_sizes import Size, parse_size
from kiosk.commands.arguments import COMMANDS, parser
from kiosk.commands.outcome import ATTENTION, CANNOT, FINE, CannotDo
from kiosk.operation.clock import Clock, parse_moment
from kiosk.operation.folders import FolderRefused, default_content, default_data

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from kiosk.content.model import Content

FULL_HD = (1920, 1080)
OF_SIGNUPS = frozenset({"export", "signups", "keys", "erase", "recover"})
GENERAL_OPTIONS = ("-h", "--help", "--version")
OUTPUT_REFUSES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    _occupy_standard_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without our signs gets their escapes
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in GENERAL_OPTIONS):
        given.insert(0, "run")
    try:
        if given[0] not in COMMANDS and not given[0].startswith("-"):
            raise CannotDo(_unknown_command(given[0]))
        options = parser(given[0]).parse_args(given)
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


def _occupy_standard_streams() -> None:
    """Else a file that is opened later takes the number of a closed one, and gets all messages."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _run_command(options: argparse.Namespace, name: str) -> int:
    if sys.stdout is None and name != "run":  # the next file to be opened would take its place
        raise CannotDo("the output is closed; leave it open, or send it to /dev/null")
    with ExitStack() as care:
        if name in OF_SIGNUPS:
            from kiosk.commands.guard import guarded

            care.enter_context(guarded())
        status = HANDLERS[options.command](options)
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


def _run(options: argparse.Namespace) -> int:
    _require_display()
    from kiosk.showroom.run.first_look import FirstLook
    from kiosk.showroom.run.forerunner import sent_ahead

    content, data = options.content or default_content(), options.data or default_data()
    clock = _clock(options, content)
    first_look = FirstLook(content, data, clock)
    is_new = first_look.finds_nothing_noted()
    with sent_ahead(content, data, clock) if is_new else nullcontext() as forerunner:
        _require_qt()
        from kiosk.showroom.run.app import RunOptions, run
        from kiosk.toolkit.faults import CannotShow

        try:
            return run(RunOptions(content, data, options.windowed, clock, first_look, forerunner))
        except CannotShow as error:
            raise CannotDo(str(error)) from None


def _clock(options: argparse.Namespace, file: Path) -> Clock:
    """The real clock, or one that shows the day that was asked for."""
    if options.at is None:
        return Clock()
    moment = parse_moment(options.at)
    if datetime.fromisoformat(options.at).tzinfo is not None:
        return Clock.showing(moment)  # it names its zone, so the content need not be asked
    from kiosk.content.check.loading import load
    from kiosk.content.file import ContentUnreadable

    try:
        return Clock.showing(_now(options, load(file).content))
    except ContentUnreadable:
        return Clock.showing(_now(options, None))


def _now(options: argparse.Namespace, content: Content | None) -> datetime:
    """The moment that was asked for, or now, in the dealership's time zone."""
    from kiosk.blocks.zones import zone_named

    zone = zone_named(content.time_zone if content is not None else None)
    if options.at is None:
        return Clock().now().astimezone(zone)
    return parse_moment(options.at, zone).astimezone(zone)


def _require_window() -> None:
    _require_display()
    _require_qt()


def _require_display() -> None:
    from kiosk.operation.display import DisplayMissing, require_display

    try:
        require_display(os.environ)
    except DisplayMissing as error:
        raise CannotDo(str(error)) from None


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
    return check(options, _own_content(options.file), data, partial(_now, options))


def _own_content(named: Path | None) -> Path:
    """The file that was named, or that of the folder one stands in.

    Not the one that came with the kiosk, as `run` shows it: whoever checks or approves a content
    means their own.
    """
    file = named or Path("content.yaml")
    if named is None and not os.path.lexists(file):
        raise CannotDo(
            "there is no content.yaml in this folder; go to the folder that has it, or name the"
            " file, like showroom/content.yaml"
        )
    return file


def _in_order(file: Path, to: str = "read") -> Loaded:
    """A content file without errors; where there are any, they are told first."""
    from kiosk.content.check.loading import load
    from kiosk.content.file import ContentUnreadable

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
    from kiosk.operation.destinations import require_destination
    from kiosk.showroom.offscreen.snapshot import DEFAULT_SIZES, snapshot
    from kiosk.toolkit.faults import CannotShow

    require_destination(options.out, default_data())
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

    loaded = _in_order(_own_content(options.content), to="drawn")
    assert loaded.content is not None
    _require_languages(options.lang, loaded)
    _require_qt()
    from kiosk.operation.destinations import require_destination
    from kiosk.showroom.offscreen.proof import left_out, proof
    from kiosk.toolkit.faults import CannotShow

    sizes = options.size or [parse_size(size) for size in loaded.content.screens] or [FULL_HD]
    moment = _now(options, loaded.content)
    data = _data_folder(options)
    require_destination(options.out, data)
    cover = cover_of(loaded, sizes, moment, data, left_out(loaded, moment))
    try:
        count = proof(loaded, options.out, sizes, moment, cover)
    except CannotShow as error:
        raise CannotDo(str(error)) from None
    print(f"{count} screens drawn; open {options.out}, or send it to whoever approves them")
    return FINE


def _preview(options: argparse.Namespace) -> int:
    file = _own_content(options.file)
    _require_window()
    _require_file(file)
    from kiosk.showroom.desk.preview import PreviewOptions, preview
    from kiosk.toolkit.faults import CannotShow

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

    loaded = _in_order(_own_content(options.file))
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
    from kiosk.operation.destinations import require_destination

    require_destination(options.folder, default_data())
    return start_showroom(options, Clock().today())


def _history(options: argparse.Namespace) -> int:
    from kiosk.commands.history import show_history

    return show_history(options, _data_folder(options))


def _rollback(options: argparse.Namespace) -> int:
    from kiosk.commands.history import roll_back
    from kiosk.operation.status import content_of

    data = _data_folder(options)
    # Whoever rolls back may stand in any folder, and means what is on the floor.
    return roll_back(options, data, options.content or content_of(data) or default_content())


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


HANDLERS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "calendar": _calendar,
    "check": _check,
    "erase": _erase,
    "export": _export,
    "health": _health,
    "history": _history,
    "keys create": _create_key,
    "keys seal": _seal,
    "new": _new,
    "preview": _preview,
    "proof": _proof,
    "recover": _recover,
    "rollback": _rollback,
    "run": _run,
    "schema": _schema,
    "signups": _signups,
    "snapshot": _snapshot,
}
