"""What `kiosk proof` says before the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kiosk.blocks.screen_sizes import Size, written_size
from kiosk.commands.support.change_line import change_line
from kiosk.commands.support.measuring import measure
from kiosk.content.check.loading import Loaded
from kiosk.content.cover import Cover
from kiosk.content.dates import changes_ahead
from kiosk.content.lint.report import report
from kiosk.content.localized import localization_of
from kiosk.content.model import Content
from kiosk.content.problems import Problem
from kiosk.content.versions.history import History, digest_of
from kiosk.language.localization import Localization

DAYS_AHEAD = 90
DIGITS = 12
"""Of a version's SHA-256, which are enough to tell two contents apart."""

Remark = tuple[str, Sequence[str]]


def cover_of(
    loaded: Loaded, sizes: Sequence[Size], moment: datetime, data: Path, left_out: Sequence[str]
) -> Cover:
    """The first page of the proof of a content without errors, as it is at a moment."""
    assert loaded.content is not None
    content = loaded.content
    screens = " and ".join(map(written_size, sizes))
    local = localization_of(content)
    ahead = changes_ahead(content, moment, DAYS_AHEAD)
    found = report(loaded, moment.date(), measure(loaded, map(written_size, sizes), moment))
    remarks: list[Remark] = [
        ("Warnings from kiosk check", [_line(problem) for problem in found.problems]),
        (
            "Silenced warnings",
            [f"{_line(s.problem)} ({s.reason})" for s in found.silenced],
        ),
        (
            f"What comes and goes in the {DAYS_AHEAD} days after",
            [change_line(change, local.moment(change.moment)) for change in ahead],
        ),
        ("Not drawn", left_out),
    ]
    return Cover(
        f"{content.brand.name} {content.brand.line}: proof",
        _version(loaded, History(data), moment, local),
        f"Every screen at {screens}, in '{content.language}', as it is on {local.moment(moment)}"
        f"{_zone(content)}.",
        [remark for remark in remarks if remark[1]],
    )


def _zone(content: Content) -> str:
    return f" ({content.time_zone})" if content.time_zone else ""


def _line(problem: Problem) -> str:
    return f"line {problem.spot.line}: {problem.message} [{problem.rule}]"


def _version(loaded: Loaded, history: History, moment: datetime, local: Localization) -> str:
    """`Content version 0123456789ab (content.yaml, saved May 1, 2024, 9:30 AM, number 7 on this
    kiosk)`.
    """
    digest = digest_of(loaded)
    known = [version.number for version in history.versions() if version.digest == digest]
    number = f", number {local.number(known[-1])} on this kiosk" if known else ""
    saved = datetime.fromtimestamp(loaded.file.stat().st_mtime, moment.tzinfo)
    when = local.moment(saved)
    return f"Content version {digest[:DIGITS]} ({loaded.file.name}, saved {when}{number})"
