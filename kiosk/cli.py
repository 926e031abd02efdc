"""The command line: `kiosk run`, `kiosk check` and the others, each in `kiosk.commands`.

Exits: 0 done, 1 needs attention, 2 not done. A command's module is imported when it
is asked for, and Qt by none but those that draw.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

from kiosk import __version__
from kiosk.commands.catalogue import COMMANDS, GROUPS, NAMES, find
from kiosk.commands.support.command import Parser
from kiosk.commands.support.outcome import FAILED, SUCCESS, CommandFailed
from kiosk.refused import Refused

GENERAL_OPTIONS = ("-h", "--help", "--version")
OUTPUT_REFUSES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    _occupy_standard_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without our signs gets their escapes
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in GENERAL_OPTIONS):
        words.insert(0, "run")
    try:
        return _run_command(words)
    except Refused as error:
        print(f"kiosk: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop_output()
        return SUCCESS
    except OSError as error:
        if error.filename is not None or error.errno not in OUTPUT_REFUSES:
            raise
        _drop_output()
        print(f"kiosk: the output cannot be written ({error.strerror})", file=sys.stderr)
        return FAILED


def _occupy_standard_streams() -> None:
    """Else a file that is opened later takes the number of a closed one, and gets all messages."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _run_command(words: Sequence[str]) -> int:
    name = _name_of(words)
    command = find(name)
    options = command.parse(name, words[len(name.split()) :])
    if sys.stdout is None and name != "run":  # the next file to be opened would take its place
        raise CommandFailed(
            "the standard output is closed; leave it open, or redirect it to /dev/null"
        )
    if command.holds_addresses:
        from kiosk.commands.support.guard import guarded

        with guarded():
            status = command.run(options)
    else:
        status = command.run(options)
    if sys.stdout is not None:
        sys.stdout.flush()
    return status


def _name_of(words: Sequence[str]) -> str:
    """The command that is asked for; `--help` and the like are answered here."""
    first = words[0]
    if first in GENERAL_OPTIONS:
        _answer_general(words)
    if first in GROUPS:
        name = " ".join(words[:2])
        return name if name in NAMES else _answer_group(first, words[1:])
    if first not in NAMES:
        raise CommandFailed(_unknown_command(first))
    return first


def _answer_general(words: Sequence[str]) -> NoReturn:
    parser = Parser(prog="kiosk", description="A touch kiosk for car-dealership showrooms.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for word in COMMANDS:
        commands.add_parser(word, help=GROUPS[word] if word in GROUPS else find(word).summary)
    _exit_with(parser, words)


def _answer_group(group: str, words: Sequence[str]) -> NoReturn:
    parser = Parser(prog=f"kiosk {group}")
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    for name in NAMES:
        if name.startswith(f"{group} "):
            actions.add_parser(name.removeprefix(f"{group} "), help=find(name).summary)
    _exit_with(parser, words)


def _exit_with(parser: Parser, words: Sequence[str]) -> NoReturn:
    """Print the help, or what is wrong."""
    parser.parse_args(words)
    parser.error(f"{words[0]} cannot be used here")


def _drop_output() -> None:
    """Else Python tries once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unknown_command(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(COMMANDS)}"
    return f"unknown command '{word}'; {hint}"
