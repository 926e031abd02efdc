"""`kiosk report`: whether anyone uses the kiosk."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import SUCCESS, CommandFailed
from kiosk.commands.support.tables import print_table

MOST_PRINTED = 10


@dataclass(frozen=True)
class ReportOptions:
    data: Path | None
    since: date | None
    out: Path | None
    json: bool


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "--since", type=arguments.day, metavar="DATE", help="from this day on; default: all"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--out",
        type=arguments.file_ending(".html", ".csv"),
        metavar="FILE",
        help="the file to write: .html with pictures, or .csv; default: a summary is printed",
    )
    what.add_argument(
        "--json", action="store_true", help="print the report with its pictures as JSON"
    )


def report_usage(options: ReportOptions) -> int:
    from kiosk.operation.showroom_clock import showroom_clock

    data = data_folder(options.data)
    now = showroom_clock(data).now()
    if options.since is not None and options.since > now.date():
        raise CommandFailed(f"{options.since} is in the future; pass an earlier day with --since")
    with _damage_as_sentence(data):
        if options.out is not None:
            _write(options.out, data, now, options.since)
        elif options.json:
            _print_json(data, now, options.since)
        else:
            _print_summary(data, now, options.since)
    return SUCCESS


@contextmanager
def _damage_as_sentence(data: Path) -> Iterator[None]:
    from kiosk.usage.store import FILE_NAME, UsageDamaged

    try:
        yield
    except UsageDamaged:
        raise CommandFailed(
            f"{data / FILE_NAME} is damaged; the kiosk sets it aside with the next visit and counts"
            " anew"
        ) from None


def _write(out: Path, data: Path, now: datetime, since: date | None) -> None:
    from kiosk.commands.support.report_look import showroom_of
    from kiosk.operation.destinations import require_destination
    from kiosk.operation.settings import read_settings
    from kiosk.signups.output_files import new_file, refuse_to_overwrite
    from kiosk.usage.report.files import csv_bytes, html_page
    from kiosk.usage.report.usage_report import usage_report
    from kiosk.usage.store import read_counts

    require_destination(out, data)
    refuse_to_overwrite(out)
    if out.suffix.lower() == ".csv":
        content = csv_bytes(read_counts(data, since))
    else:
        name = read_settings(data).settings.name
        brand, look = showroom_of(data)
        report = usage_report(data, now, since, look)
        content = html_page(report, name, now.date(), brand, look).encode()
    with new_file(out) as file:
        file.write(content)
    print(f"The report is in {out}.")


def _print_json(data: Path, now: datetime, since: date | None) -> None:
    from kiosk.commands.support.report_look import showroom_of
    from kiosk.usage.report.usage_report import usage_report

    look = showroom_of(data).look
    report = usage_report(data, now, since, look, is_one_column=True)
    print(json.dumps(asdict(report), indent=2, ensure_ascii=False))


def _print_summary(data: Path, now: datetime, since: date | None) -> None:
    from kiosk.usage.report import sentences, usage_report
    from kiosk.usage.report.figures import figures_of
    from kiosk.usage.store import read_counts

    figures = figures_of(read_counts(data), now, since)
    if not figures.visits:
        print("No visits have been counted yet." if since is None else "No visits were counted.")
        return
    print(sentences.period_text(figures.first, figures.last))
    print(sentences.about_visits(figures))
    print(sentences.about_weeks(figures))
    print(sentences.about_hours(figures))
    print(sentences.about_funnel(figures))
    tables = [
        (usage_report.funnel_table(figures), (1, 2)),
        (usage_report.giving_up_table(figures), (1,)),
        (usage_report.places_table(figures), (1, 2, 3, 4)),
        (usage_report.entries_table(figures), (2, 3)),
        (usage_report.languages_table(figures), (1,)),
    ]
    for table, numbers in tables:
        if table.rows:
            print()
            print_table(table.heading, table.rows[:MOST_PRINTED], numbers=numbers)
        if len(table.rows) > MOST_PRINTED:
            print(f"and {len(table.rows) - MOST_PRINTED:,} more; --out FILE.csv has all of them")


COMMAND = Command("show whether anyone uses the kiosk", ReportOptions, add_arguments, report_usage)
