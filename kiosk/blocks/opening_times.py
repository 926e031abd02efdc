"""When something is open on a day: `9:00-18:00`, `9:00-12:00, 13:00-18:00` or `closed`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator

from kiosk.blocks import written
from kiosk.blocks.lookalikes import refuse_odd_sign
from kiosk.blocks.refusal import FieldRefusal, ValueRefusal

Spans = tuple[tuple[int, int], ...]
"""From when to when it is open, in minutes after midnight, in order; empty for a closed day."""
DAY, NOON = 24 * 60, 12 * 60
MOST_SPANS = 3
LIKE = "write it like 9:00-18:00, or closed"
TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:\s*[:.h]\s*(?P<minute>[0-9]{2}))?\s*(?:h|uhr)?\s*"
    r"(?:(?P<half>[ap])\.?\s?m\.?)?",
    re.IGNORECASE,
)
"""A time of day as people write it; `9:00` alone is taken."""
BETWEEN = re.compile(r"\s*(?:[-\u2010-\u2015~]|\b(?:to|till|until|bis|and)\b)\s*", re.IGNORECASE)
NEXT = re.compile(r"\s*[,;/+&]\s*")
CLOSED = frozenset({"closed", "no", "none", "false", "off", "-"})


def spans_of(value: Any) -> Spans:
    """The times that a text names.

    Raises:
        ValueRefusal, FieldRefusal: says what to write instead.
    """
    if isinstance(value, tuple):
        return value
    if not isinstance(value, str) or not value.strip():
        what = "a list" if isinstance(value, list) else "a block of keys"
        hint = 'write the times in one line, like "9:00-12:00, 13:00-18:00"'
        raise FieldRefusal("not-opening-hours", f"must be a text, not {what}; {hint}")
    text = value.strip()
    refuse_odd_sign(text)
    if text.lower() in CLOSED:
        if text.lower() != "closed":
            raise ValueRefusal("not-opening-hours", f"'{text}' does not say when; write closed")
        return ()
    spans = tuple(_span(part, text) for part in NEXT.split(text))
    plain = ", ".join(f"{_plain(opens)}-{_plain(closes)}" for opens, closes in spans)
    if not written.OPENING_TIMES.fits(text):
        raise ValueRefusal(
            "not-opening-hours", f"'{text}' is not written as opening hours; write \"{plain}\""
        )
    if len(spans) > MOST_SPANS:
        raise ValueRefusal("too-many", f"'{text}' opens more than {MOST_SPANS} times; shorten it")
    for (_, closes), (opens, _) in pairwise(spans):
        if opens <= closes:
            raise ValueRefusal(
                "wrong-order",
                f"'{text}' opens at {_plain(opens)}, not after it closes at {_plain(closes)};"
                " put the times in order, with a break between them",
            )
    return spans


def moment_of(day: date, minutes: int) -> datetime:
    """The local time that lies so many minutes after midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _span(part: str, text: str) -> tuple[int, int]:
    ends = [TIME.fullmatch(end) for end in BETWEEN.split(part.strip())]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        raise ValueRefusal("not-opening-hours", f"'{text}' is not understood; {LIKE}")
    opens, closes = _minutes(ends[0], text), _minutes(ends[1], text)
    if opens < closes:
        return opens, closes
    if opens == closes:
        raise ValueRefusal("wrong-order", f"'{part}' opens and closes at the same time; {LIKE}")
    if closes == 0:
        meant = f"{_plain(opens)}-24:00"
    elif opens < closes + NOON <= DAY:
        meant = f"{_plain(opens)}-{_plain(closes + NOON)}"
    else:
        meant = f"{_plain(opens)}-24:00, and the rest on the day after"
    raise ValueRefusal("wrong-order", f"'{part}' closes before it opens; write {meant}")


def _minutes(found: re.Match[str], text: str) -> int:
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if minute > 59 or hour * 60 + minute > DAY:
        raise ValueRefusal(
            "not-a-time",
            f"'{text}' has '{found[0].strip()}', which is not a time of day; hours go from 0 to 24,"
            " minutes to 59",
        )
    return hour * 60 + minute


def _plain(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


OpeningTimes = Annotated[Spans, BeforeValidator(spans_of), written.OPENING_TIMES]
