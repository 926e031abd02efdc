"""`kiosk check`: every problem of a content file."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.content_file import moment_shown, own_content
from kiosk.commands.support.data_folder import content_data_folder
from kiosk.commands.support.outcome import ATTENTION, SUCCESS

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from kiosk.content.lint.misfits import Misfit
    from kiosk.content.lint.report import Silenced
    from kiosk.content.problems import Problem


@dataclass(frozen=True)
class CheckOptions:
    file: Path | None
    json: bool
    all: bool
    sizes: Sequence[Size]
    data: Path | None
    at: str | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_file(parser)
    arguments.add_json(parser)
    parser.add_argument(
        "--all", action="store_true", help="list silenced warnings as well, with their reasons"
    )
    arguments.add_sizes(parser, "check that texts fit this screen; default: the content's screens")
    arguments.add_data(parser)
    arguments.add_at(parser)


def check_content(options: CheckOptions) -> int:
    """Of the file that the kiosk with the data folder shows, what was shown there counts as well.

    Exits with 1 where there is an error.
    """
    from kiosk.content.check.loading import load
    from kiosk.content.lint.report import report
    from kiosk.content.problems import first_of
    from kiosk.content.versions.current_content import problems_with_history
    from kiosk.operation.memory import freeze_objects, gc_paused

    file, data = own_content(options.file), content_data_folder(options.data)
    with gc_paused():
        loaded = load(file)
        moment = moment_shown(options.at, loaded.content)
        found = report(loaded, moment.date(), _misfits(loaded, options.sizes, moment))
        is_shown = _is_shown(file, data, is_named=options.data is not None)
        before = problems_with_history(loaded, data) if is_shown else ()
        freeze_objects()
    problems = first_of((*loaded.problems, *found.problems, *before))
    silenced = found.silenced if options.all else None
    if options.json:
        _print_json(file, problems, silenced)
    else:
        _print_lines(loaded, problems, silenced or ())
    return ATTENTION if any(problem.severity == "error" for problem in problems) else SUCCESS


def _is_shown(file: Path, data: Path, *, is_named: bool) -> bool:
    """Whether the kiosk with this data folder reads this file.

    Where it has left no word of what it reads, only a folder that was named is believed to be its.
    """
    from kiosk.content.file import resolve_link
    from kiosk.operation.status import content_of

    shown = content_of(data)
    return is_named if shown is None else resolve_link(shown) == resolve_link(file)


def _misfits(loaded: Loaded, asked: Sequence[Size], moment: datetime) -> tuple[Misfit, ...]:
    """What measuring the screens finds, those asked for or else those that the content names."""
    from kiosk.commands.support.measuring import measure

    if loaded.content is None:
        return ()
    sizes = [written_size(size) for size in asked] or loaded.content.screens
    return measure(loaded, sizes, moment)


def _print_json(
    file: Path, problems: Sequence[Problem], silenced: Sequence[Silenced] | None
) -> None:
    from kiosk.content.problems import count_of

    document: dict[str, object] = {
        "file": str(file),
        "count": count_of(problems),
        "problems": [_row(problem) for problem in problems],
    }
    if silenced is not None:
        document["silenced"] = [{**_row(s.problem), "reason": s.reason} for s in silenced]
    print(json.dumps(document, indent=2, ensure_ascii=False))


def _print_lines(loaded: Loaded, problems: Sequence[Problem], silenced: Sequence[Silenced]) -> None:
    """A line each; in a terminal the line of the file below it."""
    from kiosk.content.yaml.excerpt import excerpt

    file = str(loaded.file)
    findings = [(problem.spot, problem.in_file(file)) for problem in problems]
    findings += [
        (s.problem.spot, f"{s.problem.in_file(file, 'silenced')} ({s.reason})") for s in silenced
    ]
    lines = _lines(loaded.file) if sys.stdout.isatty() else []
    width = get_terminal_size().columns
    for spot, line in sorted(findings, key=itemgetter(0)):
        print(line)
        if below := excerpt(lines, spot, width):
            print(below)
    if not problems:
        print(f"{file} is fine")


def _lines(file: Path) -> list[str]:
    from kiosk.content.file import ContentUnreadable, read_bytes
    from kiosk.content.yaml.excerpt import lines_of

    try:
        return lines_of(read_bytes(file).decode("utf-8-sig", errors="replace"))
    except ContentUnreadable:
        return []


def _row(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.spot.line,
        "column": problem.spot.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "rule": problem.rule or None,
        "source": problem.source or None,
    }


COMMAND = Command(
    "list every problem of a content file, one per line", CheckOptions, add_arguments, check_content
)
