"""How often the kiosk has started, and how its last run ended, in its status.

A run that notes its end was closed, or ended by a signal. One that does not was killed, crashed or
hung; or the machine went down with it, which shows by the system's boot id.
"""

from __future__ import annotations

from datetime import datetime

from kiosk.operation.boot import read_boot_id
from kiosk.operation.status import Status, format_timestamp

CLOSED, SCREEN, POWER, CRASH = "closed", "screen", "power", "crash"
"""Ends, besides the names of signals."""
UNEXPECTED = frozenset({POWER, CRASH})
ENDS = {
    CLOSED: "was closed",
    SCREEN: "ended with the compositor when the screen was switched off",
    POWER: "ended with the machine, by a power cut or a crash of the system",
    CRASH: "ended without notice: it was killed or crashed",
}


def begin_run(before: Status, now: datetime) -> Status:
    """The status of a run that begins, after the one that `before` describes."""
    boot, end = read_boot_id(), ""
    if before.started:
        end = before.end or (CRASH if before.boot == boot else POWER)
    return before._replace(
        started=format_timestamp(now),
        boot=boot,
        end="",
        ended="",
        last_end=end,
        last_ended=before.ended,
        starts=str(count_of(before.starts) + 1),
        unexpected_ends=str(count_of(before.unexpected_ends) + (end in UNEXPECTED)),
    )


def describe_end(end: str, ended: str) -> str:
    """`was closed on 2024-05-02 at 18:00`, as the end of a sentence."""
    text = ENDS.get(end, f"was ended by {end}")
    return f"{text} at {ended[:16].replace('T', ' ')}" if ended else text


def count_of(text: str) -> int:
    """A count in a status; 0 if it is damaged."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
