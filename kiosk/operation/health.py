"""The findings of `kiosk health`."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kiosk import __version__
from kiosk.content.check.loading import load
from kiosk.content.file import ContentUnreadable, not_responding
from kiosk.content.problems import count_of
from kiosk.content.versions.history import History, Hold
from kiosk.operation.advice import RECOVER_ADVICE
from kiosk.operation.backup.archive import replaced_folders
from kiosk.operation.clock_judge import RELEASED, RETIRED, ClockJudge, earliest
from kiosk.operation.destinations import is_drive_missing
from kiosk.operation.folders import LEAST_FREE_BYTES
from kiosk.operation.health_socket import TIMEOUT_SECONDS, NoAnswer, NoSocket, request_status
from kiosk.operation.locks import is_in_use, is_restore_interrupted
from kiosk.operation.machine import MACHINE_NAME, is_from_another_machine
from kiosk.operation.pin import FREE_TRIES, PinUnusable, count_failures, has_pin
from kiosk.operation.run_record import describe_end
from kiosk.operation.screen_measure import read_screen_measure
from kiosk.operation.service.plan import HOME, UNIT
from kiosk.operation.service.update_record import read_record
from kiosk.operation.settings import read_settings
from kiosk.operation.showroom_clock import showroom_clock, times_of_content
from kiosk.operation.status import DOUBTED, Status, parse_timestamp, read_status
from kiosk.signups.crypto.keys import PUBLIC_KEY_FILE, KeyRefused, load_installed_key
from kiosk.signups.store.current_key import last_used_key
from kiosk.signups.store.database import (
    FILE_NAME,
    QueueDamaged,
    QueueUnavailable,
    damaged_files,
    damaged_journals,
    journal_path,
    leftover_recoveries,
    orphaned_journals,
)
from kiosk.signups.store.integrity import DamagedRow, find_damaged_signups, find_other_damage
from kiosk.signups.store.ledger import Ledger, read_ledger
from kiosk.signups.store.newer import can_read, newer_files
from kiosk.signups.store.queue import Queue
from kiosk.timeout import CallTimedOut, call_within
from kiosk.usage.store import damaged_files as damaged_usage_files

MEANWHILE = "Meanwhile, signups are marked and anything with dates is held back"
MOST_LISTED = 5
ROW_MARK = "stays in place: "
"""Stands before the name of a damaged row."""
LOAD_TIMEOUT_SECONDS = 20.0
"""Ten thousand entries take two."""
IN_GIGABYTES = 10 * 2**30
"""From here on megabytes are hard to read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    text: str
    needs_attention: bool = False

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{'!' if self.needs_attention else ' '} {self.name:<11} {self.text}"


def examine(folder: Path, report: Report | None = None) -> list[Finding]:
    """All findings about a data folder's kiosk; those that need attention are marked."""
    findings: list[Finding] = []
    report = ask_kiosk(folder) if report is None else report
    for name, check in _CHECKS.items():
        try:
            findings += check(folder, report)
        except Exception as error:  # one failed check must not hide the others
            text = f"could not be checked ({type(error).__name__}); ask for help"
            findings.append(Finding(name, text, needs_attention=True))
    return findings


@dataclass(frozen=True, slots=True)
class Report:
    """The kiosk's own status: its answer, or what it wrote last if it does not answer."""

    is_running: bool
    is_silent: bool
    status: Status


def ask_kiosk(folder: Path) -> Report:
    """What the kiosk of a data folder reports, if it is running and responds."""
    last_status = read_status(folder)
    if not is_in_use(folder):
        return Report(is_running=False, is_silent=False, status=last_status)
    try:
        return Report(is_running=True, is_silent=False, status=request_status(folder))
    except NoAnswer:
        return Report(is_running=True, is_silent=True, status=last_status)
    except NoSocket:  # it is starting, or its file system has no sockets
        return Report(is_running=True, is_silent=False, status=last_status)


def _running(folder: Path, report: Report) -> Iterator[Finding]:
    if not report.is_running:
        start = f"sudo systemctl start {UNIT}" if folder.is_relative_to(HOME) else "kiosk run"
        yield Finding("kiosk", f"not running; start it with '{start}'", needs_attention=True)
    elif report.is_silent:
        text = f"has not responded for {TIMEOUT_SECONDS:.0f} seconds; restart it"
        yield Finding("kiosk", text, needs_attention=True)
    else:
        started = _local_time(folder, report.status.started)
        yield Finding("kiosk", f"running since {started}" if started else "running")
    yield Finding("version", __version__)
    status = report.status
    if status.last_end and report.is_running:
        ended = _local_time(folder, status.last_ended)
        text = f"the run before this one {describe_end(status.last_end, ended)}"
        yield Finding("last run", text)
    elif status.end and not report.is_running:
        ended = _local_time(folder, status.ended)
        yield Finding("last run", f"the kiosk {describe_end(status.end, ended)}")


def _update(folder: Path, _: Report) -> Iterator[Finding]:
    """Whether the appliance runs the version that somebody wanted."""
    if folder.is_relative_to(HOME):
        text, needs_attention = read_record().finding(datetime.now().astimezone())
        if text:
            yield Finding("update", text, needs_attention)


def _local_time(folder: Path, timestamp: str) -> str:
    """A timestamp of the status by the showroom's clock, to the minute; empty if it is none."""
    moment = parse_timestamp(timestamp)
    if moment is None:
        return ""
    try:
        return f"{moment.astimezone(showroom_clock(folder).zone):%Y-%m-%d %H:%M}"
    except OverflowError:  # a damaged status, of the year 1 or 9999
        return ""


def _safe_mode(_: Path, report: Report) -> Iterator[Finding]:
    since, version = report.status.safe_since, report.status.version
    if report.is_running and since:
        shown = f"version {version} is shown" if version else "the content is shown"
        text = (
            f"since {since}, because the kiosk crashed several times in a row: {shown} without"
            f" videos, and changes to the content wait; the log may say why. It ends"
            " after an hour without a crash; to end it now, restart the kiosk"
        )
        yield Finding("safe mode", text, needs_attention=True)


def _refused(folder: Path, report: Report) -> Iterator[Finding]:
    """Whether signups are refused, or would be."""
    status = report.status
    if status.refused:
        text = f"none could be stored since {status.refused_at}: {status.refused}"
        yield Finding("signups", text, needs_attention=True)
    for path in (folder, folder / FILE_NAME):
        reason = _why_unwritable(path)
        if reason:
            text = f"none can be stored: {path} {reason}"
            yield Finding("signups", text, needs_attention=True)
            return


def _why_unwritable(path: Path) -> str:
    """Judged by its permissions, since an administrator may write anywhere."""
    try:
        if os.statvfs(path).f_flag & os.ST_RDONLY:
            return "is on a disk that has become read-only; check the disk"
        if not path.stat().st_mode & stat.S_IWUSR:
            return "cannot be written by its owner; fix its permissions"
    except OSError:  # missing, which other findings report
        return ""
    return ""


def _signups(folder: Path, _: Report) -> Iterator[Finding]:
    file = folder / FILE_NAME
    try:
        if not file.exists():
            if journal_path(file).exists():
                yield Finding(
                    "signups",
                    f"{file} is gone and only its journal is left; {RECOVER_ADVICE}",
                    True,
                )
            else:
                yield Finding("signups", "none yet")
            return
        with Queue.open_read_only(folder) as queue:
            if not queue.is_intact():
                yield Finding("signups", f"{file} is damaged; {RECOVER_ADVICE}", True)
                return
            ledger = read_ledger(queue)
            yield _balance(ledger)
            yield from _waiting(ledger, showroom_clock(folder).today())
            yield from _seal(folder, ledger, queue)
            yield from _unreadable("signup", find_damaged_signups(queue))
            yield from _unreadable("row of the ledger", find_other_damage(queue))
    except QueueUnavailable as error:
        yield Finding("signups", str(error), needs_attention=True)
    except OSError as error:
        yield Finding("signups", f"cannot be read ({error.strerror})", needs_attention=True)
    except QueueDamaged:
        yield Finding("signups", f"{file} is damaged; {RECOVER_ADVICE}", needs_attention=True)


def _unreadable(name: str, damages: Iterator[DamagedRow]) -> Iterator[Finding]:
    """Rows that cannot be read; they stay in place and affect nothing else."""
    rows = list(damages)
    for damage in rows[:MOST_LISTED]:
        text = f"a {name} cannot be read and {ROW_MARK}{damage.row}: {damage.reason}"
        yield Finding("signups", text, needs_attention=True)
    if len(rows) > MOST_LISTED:
        text = f"{len(rows) - MOST_LISTED:,} more like this cannot be read"
        yield Finding("signups", text, needs_attention=True)


def _balance(ledger: Ledger) -> Finding:
    total = ledger.total
    last_export = ledger.last_export
    exported = f"last export {last_export:%Y-%m-%d %H:%M}" if last_export else "never exported"
    text = (
        f"{total.captured} captured = {total.waiting} waiting + {total.exported} exported"
        f" + {total.erased} erased; {exported}"
    )
    if ledger.is_balanced:
        return Finding("signups", text)
    return Finding("signups", f"{text}; they do not match, 'kiosk signups' shows the days", True)


def _waiting(ledger: Ledger, today: date) -> Iterator[Finding]:
    oldest = ledger.oldest_waiting
    if oldest is not None:
        days = (today - oldest).days
        ago = f", {days:,} days old" if days > 1 else ""
        yield Finding("waiting", f"the oldest signup that was never exported is of {oldest}{ago}")


def _seal(folder: Path, ledger: Ledger, queue: Queue) -> Iterator[Finding]:
    """Whether signups on the disk are sealed, and to the right key."""
    are = "1 signup is" if ledger.unsealed_count == 1 else f"{ledger.unsealed_count:,} signups are"
    try:
        key = load_installed_key(folder)
        earlier = last_used_key(folder, queue) if key is None else None
    except KeyRefused as error:
        yield Finding("seal", str(error), needs_attention=True)
        return
    if key is not None:
        yield from _sealed_to(key.id, ledger)
    elif earlier is not None:
        text = f"the key {earlier.id} is missing from the settings; 'kiosk keys seal' restores it"
        yield Finding("seal", text, needs_attention=True)
    else:
        are = are if ledger.unsealed_count else "new signups will be"
        text = f"{are} unencrypted; 'kiosk keys create' creates a key to seal them to"
        yield Finding("seal", text)
        return
    if ledger.unsealed_count:
        yield Finding("seal", f"{are} unencrypted; run 'kiosk keys seal'", needs_attention=True)


def _sealed_to(installed_id: str, ledger: Ledger) -> Iterator[Finding]:
    newest = next(iter(ledger.counts_by_key), installed_id)
    if installed_id not in {newest, ledger.key_id}:
        text = (
            f"the newest signups are sealed to the key {newest}, and none to the installed key"
            f" {installed_id}; if you do not recognize it, remove {PUBLIC_KEY_FILE} and run"
            " 'kiosk keys seal'"
        )
        yield Finding("seal", text, needs_attention=True)
    elif ledger.counts_by_key.keys() <= {installed_id}:
        if not ledger.unsealed_count:
            yield Finding("seal", f"all signups are sealed to the key {installed_id}")
    else:
        counts = (f"{count:,} to {key_id}" for key_id, count in ledger.counts_by_key.items())
        text = f"signups are sealed {', '.join(counts)}; new ones to {installed_id}"
        yield Finding("seal", text)


def _set_aside(folder: Path, _: Report) -> Iterator[Finding]:
    for file in damaged_files(folder):
        yield Finding(
            "set aside",
            f"{file} is damaged and was set aside; run 'kiosk recover', which says what is missing"
            " and whether the file can be removed",
            needs_attention=True,
        )
    lone = orphaned_journals(folder)
    for file in damaged_journals(folder):
        text = f"{file} belongs to a damaged database and may hold signups; remove the two together"
        if file in lone:
            text = (
                f"{file} is all that is left of a damaged database; run 'kiosk recover', which"
                " recovers what can be read"
            )
        yield Finding("set aside", text, needs_attention=True)
    for file in newer_files(folder):
        text = (
            f"{file} holds signups of a newer version of the kiosk; once that is installed again,"
            " run 'kiosk recover', which says whether the file can be removed"
        )
        if can_read(file):
            text = (
                f"{file} was set aside while an older version of the kiosk ran, and this version"
                " can read it; run 'kiosk recover', which brings back what is missing here and"
                " says whether the file can be removed"
            )
        yield Finding("set aside", text, needs_attention=True)
    for replaced in replaced_folders(folder):
        text = (
            f"{replaced} holds what a restore has replaced, perhaps with signups; remove it when"
            " you no longer need it"
        )
        yield Finding("set aside", text, needs_attention=True)
    if is_restore_interrupted(folder):
        text = "a restore was interrupted; start the kiosk, which completes it"
        yield Finding("set aside", text, needs_attention=True)
    for leftover in leftover_recoveries(folder):
        text = f"{leftover} is left over from a recovery and may hold signups; run 'kiosk recover'"
        yield Finding("set aside", text, needs_attention=True)


def _machine(folder: Path, _: Report) -> Iterator[Finding]:
    if is_from_another_machine(folder):
        text = (
            f"{folder} comes from another machine. If both are in use, both export the same"
            " signups: move this folder away on one of them, and start that kiosk with an empty"
            f" one. If this machine takes the other's place, remove {folder / MACHINE_NAME} and"
            " restart the kiosk"
        )
        yield Finding("machine", text, needs_attention=True)


def _content(folder: Path, report: Report) -> Iterator[Finding]:
    name, version = report.status.content, report.status.version
    if not name:
        return
    instead = f"version {version} is shown instead" if version else "the showroom is closed"
    silent_since = report.status.silent_since if report.is_running else ""
    try:
        if silent_since:
            raise CallTimedOut
        loaded = call_within(LOAD_TIMEOUT_SECONDS, lambda: load(Path(name)))
    except CallTimedOut:
        text = f"{not_responding(Path(name), silent_since)}; {instead}"
        yield Finding("content", text, needs_attention=True)
        return
    except ContentUnreadable as error:
        yield Finding("content", f"{error}; {instead}", needs_attention=True)
        return
    hold = History(folder).held()
    if hold is not None and hold.is_instead_of(loaded.digest):
        yield _hold(hold, name)
    if loaded.problems:
        number = count_of(loaded.problems)
        count = "1 error" if number == 1 else f"{number:,} errors"
        text = f"{name} has {count}; {instead}; run 'kiosk check {name}'"
        yield Finding("content", text, needs_attention=True)
    elif hold is None or not hold.is_instead_of(loaded.digest):
        version_note = f", shown as version {version}" if version else ""
        yield Finding("content", f"{name} is fine{version_note}")


def _hold(hold: Hold, name: str) -> Finding:
    number = hold.version.number
    if hold.is_from_stick:
        return Finding("content", f"version {number} came from a stick, shown instead of {name}")
    if not hold.missing:
        return Finding(
            "content", f"version {number} is held by 'kiosk rollback', instead of {name}"
        )
    text = (
        f"{name} is held back and version {number} shown instead: {' and '.join(hold.missing)};"
        " copy the whole file again or, if the change is intended, run 'kiosk rollback --release'"
    )
    return Finding("content", text, needs_attention=True)


def _videos(_: Path, report: Report) -> Iterator[Finding]:
    if report.is_running and report.status.unplayed:
        yield Finding("video", report.status.unplayed, needs_attention=True)


def _usage(folder: Path, report: Report) -> Iterator[Finding]:
    if not read_settings(folder).settings.usage:
        yield Finding("usage", "visits are not counted, as settings.toml says")
    elif report.is_running and report.status.uncounted:
        text = f"visits are not counted: {report.status.uncounted}"
        yield Finding("usage", text, needs_attention=True)
    for file in damaged_usage_files(folder):
        text = (
            f"{file} is damaged and was set aside; visits are counted anew, no signup is affected,"
            " and the file can be removed"
        )
        yield Finding("usage", text, needs_attention=True)


def _settings(folder: Path, _: Report) -> Iterator[Finding]:
    for problem in read_settings(folder).problems:
        yield Finding("settings", problem, needs_attention=True)


def _staff_area(folder: Path, report: Report) -> Iterator[Finding]:
    try:
        if not has_pin(folder):
            if report.is_running:
                yield Finding("staff area", "closed; 'kiosk pin' sets the PIN that opens it")
            return
        failures = count_failures(folder)
    except PinUnusable as error:
        yield Finding("staff area", f"cannot be opened: {error}", needs_attention=True)
        return
    if failures >= FREE_TRIES:
        text = (
            f"the last {failures:,} PINs were wrong; if it was none of you, set another with"
            " 'kiosk pin'"
        )
        yield Finding("staff area", text, needs_attention=True)


def _clock(folder: Path, report: Report) -> Iterator[Finding]:
    now, status = showroom_clock(folder).now(), report.status
    written = times_of_content(status)
    if ClockJudge(written, status.anchors).is_trusted():
        if status.clock == DOUBTED:
            yield Finding(
                "clock", f"it jumped by more than an hour while the kiosk ran. {MEANWHILE}", True
            )
        else:
            yield Finding("clock", f"{now:%Y-%m-%d %H:%M %z}")
        return
    text = f"the clock says {now:%Y-%m-%d %H:%M}"
    if not RELEASED <= now <= RETIRED:
        text += ", which cannot be right; set it"
    elif now < earliest([], status.anchors):
        text += ", but it was later when it was last synchronized; set it"
    elif now < earliest(written):
        text += (
            f", but {status.content} was written later; set the clock, or save that file again"
            " on a machine whose clock is right"
        )
    else:
        text += ", years after anything that is known here; set it, or connect to a network once"
    yield Finding("clock", f"{text}. {MEANWHILE}", needs_attention=True)


def _disk(folder: Path, _: Report) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(folder).free
    except FileNotFoundError:
        text = (
            f"{folder} does not exist; it is created when the kiosk starts. If the kiosk has run"
            " before, run the command as its user, or pass its data folder with --data"
        )
        yield Finding("disk", text, needs_attention=True)
        return
    except OSError as error:
        yield Finding("disk", f"{folder} cannot be read ({error.strerror})", needs_attention=True)
        return
    if is_drive_missing(folder):
        text = (
            f"{folder} is on the kiosk's own disk, since no drive is mounted there; signups go"
            " where nobody may look for them: mount the drive, then restart the kiosk"
        )
        yield Finding("disk", text, needs_attention=True)
    is_low = free < LEAST_FREE_BYTES
    hint = "; free some space on it" if is_low else ""
    amount = f"{free // 2**20} MB" if free < IN_GIGABYTES else f"{free // 2**30} GB"
    yield Finding("disk", f"{amount} free{hint}", is_low)


def _screen(folder: Path, _: Report) -> Iterator[Finding]:
    """Its hours, and its size once somebody has measured it."""
    hours = read_settings(folder).settings.screen_hours
    if hours is not None:
        yield Finding("screen", f"on {hours.text}, dark outside of these hours")
    measure = read_screen_measure(folder)
    if measure is not None:
        remedy = "; a finger needs 9 mm: show the kiosk on a larger screen"
        text = f"{measure.describe()}, measured on {measure.measured_on}"
        hint = remedy if measure.is_too_small else ""
        yield Finding("screen", f"{text}{hint}", measure.is_too_small)


_CHECKS: dict[str, Callable[[Path, Report], Iterator[Finding]]] = {
    "kiosk": _running,
    "update": _update,
    "safe mode": _safe_mode,
    "signups": _signups,
    "refused signups": _refused,
    "set aside": _set_aside,
    "machine": _machine,
    "content": _content,
    "video": _videos,
    "usage": _usage,
    "settings": _settings,
    "staff area": _staff_area,
    "screen": _screen,
    "clock": _clock,
    "disk": _disk,
}
"""The checks, in order."""
FINDING_NAMES = sorted({*_CHECKS, "seal"} - {"refused signups"})
"""The names of findings that may need attention; a check that fails adds its own."""
