"""Every consent that was ever asked for from a data folder, by the name it was asked for under.

`consents.jsonl` outlives the versions that the history forgets. A line holds a name, when it was
first shown, and the SHA-256 of each part of its words; names are only ever added. The last line
counts them.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from kiosk.content.check.loading import Loaded
from kiosk.content.model import Content
from kiosk.content.problems import Problem
from kiosk.content.versions.consent import (
    ConsentKey,
    ConsentWords,
    consent_words,
    consent_words_in,
    name_reused,
)
from kiosk.content.versions.history import History
from kiosk.files import read_small_file, write_small_file

REGISTER_NAME = "consents.jsonl"
MAX_BYTES = 64_000_000
"""A hundred thousand names."""

log = logging.getLogger(__name__)


class ConsentRegister:
    """Which words each consent's name stands for; read once, and used by one thread at a time.

    What is missing or damaged is filled in from the versions that are kept.
    """

    def __init__(self, data: Path, history: History) -> None:
        self._file = data / REGISTER_NAME
        self._history = history
        self._lines: list[str] = []
        self._known: dict[ConsentKey, ConsentWords] | None = None
        self._is_written = False

    def objections(self, loaded: Loaded) -> tuple[Problem, ...]:
        """What speaks against showing a content: its consent's name has stood for other words."""
        words = None if loaded.content is None else consent_words(loaded.content)
        before = None if words is None else self._read().get(words.key)
        if before is None or loaded.content is None:
            return ()
        problem = name_reused(before, loaded.content, loaded.tree)
        return () if problem is None else (problem,)

    def record(self, content: Content | None, now: datetime) -> None:
        """Note the words of a content that is shown; what a name stood for first stays.

        A disk that refuses is asked again with the next content.
        """
        words = None if content is None else consent_words(content)
        known = self._read()
        if words is not None and words.key not in known:
            self._add(words, now)
        if not (self._is_written and self._file.is_file()):
            self._write()

    def _read(self) -> dict[ConsentKey, ConsentWords]:
        if self._known is None:
            self._known = {}
            problem = self._read_lines()
            self._is_written = not problem
            if problem:
                self._fill_in(problem)
        return self._known

    def _read_lines(self) -> str:
        """Why not all of it can be read; empty where it can."""
        try:
            text = read_small_file(self._file, MAX_BYTES).decode("utf-8", errors="replace")
        except FileNotFoundError:
            return "missing"
        except OSError as error:
            return f"unreadable ({error.strerror})"
        *lines, end = text.splitlines() or [""]
        for line in lines:
            words = _parse(line)
            if words is not None:
                self._keep(words, line)
        return "" if end == _end(len(self._lines)) else "damaged"

    def _fill_in(self, problem: str) -> None:
        for version in self._history.versions():
            words = consent_words_in(version.file)
            if words is not None:
                self._add(words, version.accepted_at)
        if self._lines or problem != "missing":  # else nothing was ever asked for here
            log.warning(
                "the register of consents (%s) is %s; restored from the stored versions",
                self._file,
                problem,
            )

    def _add(self, words: ConsentWords, since: datetime) -> None:
        self._keep(words, _line(words, since))
        self._is_written = False

    def _keep(self, words: ConsentWords, line: str) -> None:
        assert self._known is not None
        if words.key not in self._known:
            self._known[words.key] = words
            self._lines.append(line)

    def _write(self) -> None:
        try:
            lines = [*self._lines, _end(len(self._lines))]
            content = "".join(f"{line}\n" for line in lines).encode()
            write_small_file(self._file, content, survives_power_cut=True)
            self._is_written = True
        except OSError as error:
            log.warning(
                "%s cannot be written (%s); free some space on the disk, or remove what is there",
                self._file,
                error.strerror,
            )


def _line(words: ConsentWords, since: datetime) -> str:
    """An entry, with a sum that tells a damaged one."""
    language, version = words.key
    entry = {
        "language": language,
        "version": version,
        "first_shown": since.isoformat(timespec="seconds"),
        "parts": dict(words.parts),
    }
    return json.dumps({**entry, "sum": _sum(entry)}, ensure_ascii=False)


def _parse(line: str) -> ConsentWords | None:
    """The words of a line; None for a damaged one."""
    try:
        entry = json.loads(line)
        if entry.pop("sum") != _sum(entry):
            return None
        parts = {str(name): str(digest) for name, digest in entry["parts"].items()}
        return ConsentWords((str(entry["language"]), str(entry["version"])), parts)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _end(count: int) -> str:
    return json.dumps({"names": count})


def _sum(entry: object) -> str:
    return sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:16]
