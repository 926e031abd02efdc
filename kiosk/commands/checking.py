"""What `kiosk check` says."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from shutil import get_terminal_size

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.commands.measuring import NotMeasured, measure
from kiosk.commands.outcome import ATTENTION, FINE, CannotDo
from kiosk.content.check.loading import Loaded, load
from kiosk.content.file import ContentUnreadable, read_bytes, real
from kiosk.content.lint.misfits import Misfit
from kiosk.content.lint.report import Silenced, report
from kiosk.content.model import Content
from kiosk.content.problems import Problem, count_of, first_of
from kiosk.content.versions.keeping import against_history
from kiosk.content.yaml.excerpt import excerpt, lines_of
from kiosk.operation.memory import collector_paused, leave_as_it_is
from kiosk.operation.status import content_of


def check(
    options: argparse.Namespace, file: Path, data: Path, now: Callable[[Content | None], datetime]
) -> int:
    """Print every problem of a content file; `now` may depend on its time zone.

    Of the file that the kiosk with the folder `data` shows, also what does not go with what was
    shown there before.

    Raises:
        CannotDo: it cannot be read.
    """
    try:
        with collector_paused():
            loaded = load(file)
            moment = now(loaded.content)
            found = report(loaded, moment.date(), _misfits(loaded, options.size, moment))
            is_shown = _is_shown(file, data, is_named=options.data is not None)
            before = against_history(loaded, data) if is_shown else ()
            leave_as_it_is()
    except ContentUnreadable as error:
        raise CannotDo(str(error)) from None
    problems = first_of((*loaded.problems, *found.problems, *before))
    silenced = found.silenced if options.all else ()
    if options.json:
        rows = [_row(problem) for problem in problems]
        document: dict[str, object] = {
            "file": str(file),
            "count": count_of(problems),
            "problems": rows,
        }
        if options.all:
            document["silenced"] = [{**_row(one.problem), "reason": one.reason} for one in silenced]
        print(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _print(loaded, problems, silenced)
    return ATTENTION if any(problem.severity == "error" for problem in problems) else FINE


def _is_shown(file: Path, data: Path, *, is_named: bool) -> bool:
    """Whether the kiosk with this data folder reads this file.

    Where it has left no word of what it reads, only a folder that was named is believed to be its.
    """
    shown = content_of(data)
    return is_named if shown is None else real(shown) == real(file)


def _misfits(loaded: Loaded, asked: Sequence[Size], moment: datetime) -> tuple[Misfit, ...]:
    """What measuring the screens finds, those asked for or else those that the content names."""
    if loaded.content is None:
        return ()
    sizes = [written_size(size) for size in asked] or loaded.content.screens
    try:
        return measure(loaded, sizes, moment)
    except NotMeasured as error:
        print(f"kiosk: the texts were not measured on their screens ({error})", file=sys.stderr)
        return ()


def _print(loaded: Loaded, problems: Sequence[Problem], silenced: Sequence[Silenced]) -> None:
    """A line each; in a terminal the line of the file below it."""
    file = str(loaded.file)
    findings = [(one.spot, one.in_file(file)) for one in problems]
    findings += [
        (one.problem.spot, f"{one.problem.in_file(file, 'silenced')} ({one.reason})")
        for one in silenced
    ]
    lines = _lines(loaded.file) if sys.stdout.isatty() else []
    width = get_terminal_size().columns
    for spot, line in sorted(findings, key=itemgetter(0)):
        print(line)
        if shown := excerpt(lines, spot, width):
            print(shown)
    if not problems:
        print(f"{file} is fine")


def _lines(file: Path) -> list[str]:
    try:
        return lines_of(read_bytes(file).decode("utf-8-sig", errors="replace"))
    except ContentUnreadable:
        return []


def _row(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.spot.line,
        "column": problem.spot.column,
        "severity": problem.severity,
        "message": problem.message,
        "rule": problem.rule or None,
        "source": problem.source or None,
    }
