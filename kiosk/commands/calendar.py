"""`kiosk calendar`: what comes and goes by its dates."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from kiosk.commands.outcome import FINE
from kiosk.content.dates import Change, changes_ahead
from kiosk.content.model import Attract, Content


def show_calendar(content: Content, now: datetime, options: argparse.Namespace) -> int:
    """Print the changes of the days ahead, a line each; `now` is in the dealership's zone."""
    changes = changes_ahead(content, now, options.days)
    if options.json:
        report = {
            "from": now.isoformat(timespec="seconds"),
            "days": options.days,
            "time_zone": content.time_zone,
            "changes": [_row(change) for change in changes],
        }
        print(json.dumps(report, indent=2, ensure_ascii=False))
    elif changes:
        for change in changes:
            print(line(change, f"{change.moment:%Y-%m-%d %H:%M}"))
    else:
        days = "1 day" if options.days == 1 else f"{options.days} days"
        print(f"nothing comes or goes in the {days} from {now:%Y-%m-%d %H:%M}")
    return FINE


def line(change: Change, when: str) -> str:
    """`2024-05-01 00:00  goes   offer 'Winter lease' (Offers), then 'Offers' has nothing to show`.

    What goes at the end of a day goes at 00:00 of the next.
    """
    place = f" ({change.place})" if change.place else ""
    then = _then(change) if change.then_empty else ""
    return f"{when}  {change.kind:<5}  {change.what}{place}{then}"


def _then(change: Change) -> str:
    if change.place == Attract.noun:
        return ", then home's headline stands in"
    return f", then '{change.place}' has nothing to show"


def _row(change: Change) -> dict[str, str | bool]:
    return {
        "moment": change.moment.isoformat(timespec="seconds"),
        "change": change.kind,
        "what": change.what,
        "place": change.place,
        "then_empty": change.then_empty,
    }
