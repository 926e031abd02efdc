"""`kiosk signups`: the ledger of signups."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import ATTENTION
from kiosk.commands.support.signup_report import print_damaged_rows, signup_count, written_minute
from kiosk.commands.support.tables import print_table

if TYPE_CHECKING:
    from kiosk.signups.store.integrity import DamagedRow
    from kiosk.signups.store.ledger import Counts, Ledger


@dataclass(frozen=True)
class SignupsOptions:
    data: Path | None
    json: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    arguments.add_json(parser)


def show_signups(options: SignupsOptions) -> int:
    """Exits with 1 where the ledger does not add up."""
    from kiosk.commands.support.open_queue import damage_as_sentence, has_signups
    from kiosk.signups.store.integrity import find_other_damage
    from kiosk.signups.store.ledger import Ledger, read_ledger
    from kiosk.signups.store.queue import Queue

    data = data_folder(options.data)
    damages: list[DamagedRow] = []
    if not has_signups(data):
        ledger = Ledger((), (), ())
    else:
        with damage_as_sentence(data), Queue.open_read_only(data) as queue:
            ledger = read_ledger(queue)
            damages = list(find_other_damage(queue))
    if options.json:
        record = _ledger_record(ledger)
        if damages:
            record["damaged"] = [{"row": row.row, "reason": row.reason} for row in damages]
        print(json.dumps(record, indent=2, ensure_ascii=False))
    elif not ledger.days:
        print("There are no signups yet.")
    else:
        _print_ledger(ledger)
    rows = "1 row" if len(damages) == 1 else f"{len(damages):,} rows"
    listed = [(damage.row, damage.reason) for damage in damages]
    status = print_damaged_rows(
        f"{rows} of the ledger cannot be read; nothing else is affected", listed
    )
    return status if ledger.is_balanced else ATTENTION


def _print_ledger(ledger: Ledger) -> None:
    rows = [
        (
            day.day,
            *_counts(day.counts),
            written_minute(day.last_export) if day.last_export else "-",
        )
        for day in ledger.days
    ]
    last = written_minute(ledger.last_export) if ledger.last_export else "-"
    heading = ("day", "captured", "waiting", "exported", "erased", "last export")
    print_table(heading, [*rows, ("all", *_counts(ledger.total), last)], numbers=range(1, 5))
    if ledger.is_balanced:
        print("\ncaptured = waiting + exported + erased, on every day")
    for day in ledger.days:
        if day.counts.unaccounted > 0:
            print(f"\n{day.day}: {signup_count(day.counts.unaccounted)} missing; look for a backup")
        elif day.counts.unaccounted < 0:
            print(f"\n{day.day}: {signup_count(-day.counts.unaccounted)} more than were captured")
    if ledger.exports:
        print()
        facts = [
            (
                str(export.number),
                written_minute(export.created_at),
                str(export.signup_count),
                str(export.row_count),
                f"again {export.repeats}" if export.repeats else export.selection,
                export.file_name,
                (export.sha256 or "-")[:16],
            )
            for export in ledger.exports
        ]
        columns = ("export", "when", "signups", "rows", "which", "file", "SHA-256")
        print_table(columns, facts, numbers=(0, 2, 3))
    if ledger.erasures:
        print()
        receipts = [
            (str(e.number), written_minute(e.created_at), str(e.signup_count), e.reason)
            for e in ledger.erasures
        ]
        print_table(("erasure", "when", "signups", "why"), receipts, numbers=(0, 2))


def _counts(counts: Counts) -> tuple[str, ...]:
    return tuple(map(str, (counts.captured, counts.waiting, counts.exported, counts.erased)))


def _ledger_record(ledger: Ledger) -> dict[str, object]:
    return {
        "adds_up": ledger.is_balanced,
        "total": _counts_record(ledger.total),
        "days": [
            {
                "day": day.day,
                **_counts_record(day.counts),
                "last_export": day.last_export.isoformat() if day.last_export else None,
            }
            for day in ledger.days
        ],
        "exports": [
            {
                "number": export.number,
                "created_at": export.created_at.isoformat(),
                "file_name": export.file_name,
                "format": export.format,
                "size": export.size,
                "sha256": export.sha256,
                "selection": export.selection,
                "deduped": export.is_deduped,
                "rows": export.row_count,
                "signups": export.signup_count,
                "repeats": export.repeats,
            }
            for export in ledger.exports
        ],
        "erasures": [
            {
                "number": erasure.number,
                "created_at": erasure.created_at.isoformat(),
                "reason": erasure.reason,
                "signups": erasure.signup_count,
            }
            for erasure in ledger.erasures
        ],
        "unsealed": ledger.unsealed_count,
    }


def _counts_record(counts: Counts) -> dict[str, int]:
    names = ("captured", "waiting", "exported", "erased")
    return {name: getattr(counts, name) for name in names} | {"missing": counts.unaccounted}


COMMAND = Command(
    "show the ledger: captured, waiting, exported, erased",
    SignupsOptions,
    add_arguments,
    show_signups,
)
