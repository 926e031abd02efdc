"""Per-machine settings: `settings.toml` in the data folder."""

from __future__ import annotations

import socket
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kiosk.files import read_small_file, why_unreadable
from kiosk.operation.screen_hours import ScreenHours, ScreenHoursRefused, parse_screen_hours

SETTINGS_NAME = "settings.toml"
KNOWN = ("name", "staff_notice", "shuffle_pin", "usage", "usage_months", "screen_hours")
MAX_NAME_LENGTH = 80
USAGE_MONTHS = 25
"""Two years, and the month that they are compared with."""
MAX_USAGE_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Settings:
    """`name` distinguishes this kiosk from the dealership's others.

    `staff_notice` shows on the attract loop that the content file has errors. `shuffle_pin` deals
    the keys of the PIN pad anew each time. `usage` counts visits, without personal data,
    and keeps the counts for `usage_months`. Outside of `screen_hours` the screen is dark.
    """

    name: str
    staff_notice: bool = False
    shuffle_pin: bool = False
    usage: bool = True
    usage_months: int = USAGE_MONTHS
    screen_hours: ScreenHours | None = None


@dataclass(frozen=True, slots=True)
class SettingsResult:
    """The effective settings, and one sentence for each that could not be used."""

    settings: Settings
    problems: tuple[str, ...] = ()


def read_settings(folder: Path) -> SettingsResult:
    """The settings of a data folder; unusable ones keep their defaults."""
    file = folder / SETTINGS_NAME
    try:
        values = tomllib.loads(read_small_file(file).decode("utf-8-sig"))
    except FileNotFoundError:
        values = {}
    except OSError as error:
        return _defaults(why_unreadable(file, error, "fix its permissions, or remove it"))
    except UnicodeDecodeError:
        return _defaults(f"{file} is not in UTF-8; save it again as UTF-8")
    except (ValueError, RecursionError) as error:
        return _defaults(f'{file} is not TOML ({error}); write it like name = "Front window"')
    problems = [_unknown(file, key) for key in values if key not in KNOWN]
    name = values.get("name", _host_name())
    if not isinstance(name, str) or not name.strip() or len(name) > MAX_NAME_LENGTH:
        problems.append(
            f"{file}: name must be text of 1 to {MAX_NAME_LENGTH} characters; write it like"
            ' name = "Front window"'
        )
        name = _host_name()
    defaults = {"staff_notice": False, "shuffle_pin": False, "usage": True}
    switches = {key: values.get(key, default) for key, default in defaults.items()}
    for key, value in switches.items():
        if not isinstance(value, bool):
            other = str(not defaults[key]).lower()
            problems.append(f"{file}: {key} must be true or false; write {key} = {other}")
            switches[key] = defaults[key]
    months = values.get("usage_months", USAGE_MONTHS)
    if not isinstance(months, int) or isinstance(months, bool) or not _is_month_count(months):
        problems.append(
            f"{file}: usage_months must be a whole number from 1 to {MAX_USAGE_MONTHS}; write"
            f" usage_months = {USAGE_MONTHS}"
        )
        months = USAGE_MONTHS
    hours = None
    try:
        if "screen_hours" in values:
            hours = parse_screen_hours(str(values["screen_hours"]))
    except ScreenHoursRefused as error:
        problems.append(f"{file}: screen_hours: {error}")
    settings = Settings(name.strip(), usage_months=months, screen_hours=hours, **switches)
    return SettingsResult(settings, tuple(problems))


def _is_month_count(number: int) -> bool:
    return 1 <= number <= MAX_USAGE_MONTHS


def _defaults(problem: str) -> SettingsResult:
    return SettingsResult(Settings(_host_name()), (problem,))


def _host_name() -> str:
    return socket.gethostname()[:MAX_NAME_LENGTH] or "kiosk"


def _unknown(file: Path, key: str) -> str:
    matches = get_close_matches(key, KNOWN, n=1)
    hint = f"did you mean '{matches[0]}'?" if matches else f"use one of {', '.join(KNOWN)}"
    return f"{file}: unknown setting '{key}'; {hint}"
