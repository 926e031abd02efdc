"""The dealership's time zone: its name, and what its clocks show."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from kiosk.blocks.refusal import ValueRefusal

USUAL_WORDS = {
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "gmt": "Europe/London",
    "bst": "Europe/London",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
}
"""What people call a zone, and a name that knows its daylight saving."""


class ZoneUnknown(ValueRefusal):
    """Not the name of a time zone; the message says which may be meant."""


def is_zone(name: str) -> bool:
    """Whether this is an IANA name such as `America/Chicago`.

    Names of a single word, such as `EST`, are refused but for `UTC`: most stand still when others
    change to daylight saving.
    """
    return name == "UTC" or ("/" in name and _is_known(name))


def check_zone(name: str) -> None:
    """Refuse what `is_zone` does not know.

    Raises:
        ZoneUnknown: with the nearest right name, which takes 20 ms to find.
    """
    if is_zone(name):
        return
    raise ZoneUnknown(
        "unknown-time-zone", f"'{name}' is not the name of a time zone; write {_nearest(name)}"
    )


def _is_known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):  # as a path it may be anything
        return False
    return not name.startswith(("posix/", "right/"))


def _nearest(name: str) -> str:
    known = sorted(zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/")
    words = name.lower().replace(" ", "_").removesuffix("_time").removesuffix("_standard")
    if words in USUAL_WORDS:
        return USUAL_WORDS[words]
    by_name = {zone.lower(): zone for zone in known}
    by_city = {zone.rpartition("/")[2].lower(): zone for zone in known}
    for names, wanted in ((by_city, words.rpartition("/")[2]), (by_name, words)):
        if near := get_close_matches(wanted, names, n=1, cutoff=0.8):
            return names[near[0]]
    return "the nearest large city that shares your clock, like America/Chicago"


def zone_named(name: str | None) -> tzinfo | None:
    """The zone of a checked name; None, the machine's own, where there is none."""
    return None if name is None else ZoneInfo(name)


def instant(local: datetime, zone: tzinfo | None) -> datetime:
    """When the clocks of a zone first show a time, in UTC.

    A time that is skipped when daylight saving begins is taken with the offset before it, so 02:30
    becomes 03:30; of a time that comes twice the first is meant (RFC 5545, 3.3.5; PEP 495).
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def beginning(moment: date) -> datetime:
    """The local time from which something stands: a day's midnight, or the time itself."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def ending(moment: date) -> datetime:
    """The local time from which something stands no more; a day is stood through."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment + timedelta(days=1), time())
