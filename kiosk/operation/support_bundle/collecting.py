"""Collects the members of a support bundle. What cannot be read is named and stops nothing."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

from kiosk import __version__
from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable, read_bytes
from kiosk.content.lint.report import report as lint
from kiosk.content.versions.history import History
from kiosk.files import open_regular_file
from kiosk.operation.folders import LOG_NAME
from kiosk.operation.health import LOAD_TIMEOUT_SECONDS, ROW_MARK, Finding, ask_kiosk, examine
from kiosk.operation.metrics import format_metrics, measure
from kiosk.operation.settings import read_settings
from kiosk.operation.support_bundle.system_facts import system_facts
from kiosk.timeout import CallTimedOut, call_within

MAX_LOG_BYTES = 1_000_000
ADDRESS = re.compile(r"[^\s<>\"'(),;:=\[\]@]{1,64}@[^\s<>\"'(),;:=\[\]]{1,255}")
"""No longer than addresses are (RFC 5321, 4.5.3.1): else a long line takes forever."""
REMOVED = "[address removed]"


class Member(NamedTuple):
    """A file of the bundle, and what it is for."""

    name: str
    purpose: str
    content: bytes


def collect(data: Path, content: Path | None, now: datetime) -> Iterator[Member]:
    """The members for a data folder; `content` is the content file, if it is known."""
    report = ask_kiosk(data)
    findings = [_without_rows(finding) for finding in examine(data, report)]
    texts: list[tuple[str, str, Callable[[], str]]] = [
        ("health.txt", "what 'kiosk health' finds", lambda: _health(findings)),
        (
            "figures.prom",
            "figures, such as how many signups wait",
            lambda: format_metrics(measure(data, report, findings)),
        ),
        ("status.json", "what the kiosk shows", lambda: _json(report.status._asdict())),
        ("settings.json", "its settings", lambda: _json(_settings(data))),
        ("versions.txt", "the kiosk's version, and those of its libraries", _versions),
        ("system.txt", "system, memory, screens, graphics", lambda: system_facts(data)),
        ("data-folder.txt", "names and sizes of its files", lambda: "\n".join(_listing(data))),
        ("history.txt", "when which content was shown", lambda: "\n".join(_history(data))),
    ]
    for name, purpose, make in texts:
        yield Member(name, purpose, _without_addresses(_attempt(make)))
    for file in (*sorted(data.glob(f"{LOG_NAME}.*"), reverse=True), data / LOG_NAME):
        if file.exists():
            raw = _without_addresses(_attempt(partial(_end_of, file)))
            yield Member(f"logs/{file.name}", "what the kiosk did", raw)
    if content is not None:
        yield from _content(content, now)


def _without_rows(finding: Finding) -> Finding:
    """Damage may have put anything into the names of damaged rows."""
    text, mark, _ = finding.text.partition(ROW_MARK)
    return Finding(finding.name, f"{text}{mark.rstrip(': ')}", finding.needs_attention)


def _without_addresses(text: str) -> bytes:
    """None should be there; what other programs write to the log is not ours to promise."""
    return ADDRESS.sub(REMOVED, text).encode(errors="backslashreplace")


def _attempt(make: Callable[[], str]) -> str:
    try:
        return make()
    except Exception as error:  # the rest of the bundle is wanted all the more
        return f"could not be collected ({type(error).__name__})\n"


def _health(findings: Sequence[Finding]) -> str:
    return "".join(f"{finding.line}\n" for finding in findings)


def _settings(data: Path) -> dict[str, object]:
    """As the kiosk understands them; the file itself may hold anything."""
    result = read_settings(data)
    known = {name: getattr(result.settings, name) for name in result.settings.__slots__}
    return {**known, "problems": list(result.problems)}


def _json(values: object) -> str:
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def _versions() -> str:
    libraries = sorted({f"{each.name} {each.version}" for each in distributions()}, key=str.lower)
    python = f"Python {platform.python_version()} ({sys.executable})"
    return "".join(f"{line}\n" for line in (f"kiosk {__version__}", python, *libraries))


def _listing(data: Path) -> Iterator[str]:
    for here, folders, files in os.walk(data):
        folders.sort()
        for name in sorted(files):
            file = Path(here) / name
            try:
                status = file.lstat()
            except FileNotFoundError:  # the kiosk has removed it meanwhile
                continue
            when = _written(status.st_mtime)
            place = file.relative_to(data)
            yield f"{status.st_mode:o} {status.st_uid} {status.st_size:>12,} {when} {place}"


def _written(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds).isoformat(" ", "minutes")
    except (ValueError, OverflowError, OSError):
        return "undated"


def _history(data: Path) -> Iterator[str]:
    for version in History(data).versions():
        yield f"{version.number} {version.accepted_at.isoformat()} {version.digest}"


def _end_of(file: Path) -> str:
    """Of a log, but of nothing that a link in its place leads to."""
    with os.fdopen(open_regular_file(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as opened:
        size = opened.seek(0, os.SEEK_END)
        opened.seek(max(0, size - MAX_LOG_BYTES))
        return opened.read(MAX_LOG_BYTES).decode(errors="backslashreplace")


def _content(file: Path, now: datetime) -> Iterator[Member]:
    """The content as it is on the screen for everybody, and every problem in it."""
    try:
        raw = call_within(LOAD_TIMEOUT_SECONDS, lambda: read_bytes(file))
        yield Member("content/content.yaml", "the content file", raw)
    except (ContentUnreadable, CallTimedOut) as error:
        yield Member("content/problem.txt", "why the content is missing", f"{error}\n".encode())
        return
    lines = _attempt(lambda: call_within(LOAD_TIMEOUT_SECONDS, lambda: _problems(file, now)))
    yield Member("content/check.txt", "what 'kiosk check' finds in it", lines.encode())


def _problems(file: Path, now: datetime) -> str:
    loaded = load(file)
    problems = (*loaded.problems, *lint(loaded, now.date()).problems)
    lines = [problem.in_file(file.name) for problem in problems]
    return "".join(f"{line}\n" for line in lines) or f"{file.name} is fine\n"
