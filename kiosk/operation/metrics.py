"""What a monitoring system reads: figures in Prometheus' text format.

Version 0.0.4 of the format, see prometheus.io/docs/instrumenting/exposition_formats. A figure that
is not known is left out, so that no rule mistakes it for 0.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kiosk import __version__
from kiosk.operation.health import FINDING_NAMES, Finding, Report
from kiosk.operation.run_record import count_of
from kiosk.operation.settings import read_settings
from kiosk.operation.showroom_clock import is_clock_trusted
from kiosk.operation.status import parse_timestamp
from kiosk.signups.store.database import QueueDamaged, QueueUnavailable
from kiosk.signups.store.ledger import read_ledger
from kiosk.signups.store.queue import Queue

PREFIX = "showroom_kiosk_"
Kind = Literal["gauge", "counter"]
Labels = Mapping[str, str]
NO_LABELS: Labels = {}


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with a value for each set of labels, in the units that its name says."""

    name: str
    kind: Kind
    help: str
    samples: Sequence[tuple[Labels, float]]


def measure(folder: Path, report: Report, findings: Sequence[Finding]) -> list[Metric]:
    return [
        *_measure_health(findings),
        *_measure_run(folder, report),
        *_measure_signups(folder),
        *_measure_machine(folder),
    ]


def format_metrics(metrics: Sequence[Metric]) -> str:
    return "".join(f"{line}\n" for metric in metrics for line in _lines(metric))


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {PREFIX}{metric.name} {_escaped(metric.help)}"
    yield f"# TYPE {PREFIX}{metric.name} {metric.kind}"
    for labels, value in metric.samples:
        pairs = ",".join(f'{name}="{_escaped_label(text)}"' for name, text in labels.items())
        braces = f"{{{pairs}}}" if pairs else ""
        number = str(int(value)) if value == int(value) else repr(value)
        yield f"{PREFIX}{metric.name}{braces} {number}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _escaped_label(text: str) -> str:
    return _escaped(text).replace('"', r"\"")


def _gauge(name: str, help_: str, value: float, labels: Labels = NO_LABELS) -> Metric:
    return Metric(name, "gauge", help_, [(labels, value)])


def _measure_health(findings: Sequence[Finding]) -> Iterator[Metric]:
    alarming = {finding.name for finding in findings if finding.needs_attention}
    yield _gauge("healthy", "Whether nothing needs attention.", not alarming)
    yield Metric(
        "needs_attention",
        "gauge",
        "Whether a finding of 'kiosk health' needs attention.",
        [({"finding": name}, name in alarming) for name in sorted({*FINDING_NAMES, *alarming})],
    )


def _measure_run(folder: Path, report: Report) -> Iterator[Metric]:
    status = report.status
    labels = {
        "version": __version__,
        "name": read_settings(folder).settings.name,
        "content_version": status.version,
        "last_end": status.last_end,
    }
    yield _gauge("info", "The kiosk's version, its name and what it shows.", 1, labels)
    yield _gauge("running", "Whether the kiosk is running.", report.is_running)
    if report.is_running:
        yield _gauge("responding", "Whether the running kiosk responds.", not report.is_silent)
        started = parse_timestamp(status.started)
        if started is not None:
            help_ = "When the kiosk was started, as Unix time."
            yield _gauge("start_time_seconds", help_, started.timestamp())
    for name, help_, text in (
        ("starts_total", "How often the kiosk was started.", status.starts),
        (
            "unexpected_ends_total",
            "How often the kiosk was killed or crashed, or the machine with it.",
            status.unexpected_ends,
        ),
    ):
        if text:
            yield Metric(name, "counter", help_, [(NO_LABELS, count_of(text))])


def _measure_signups(folder: Path) -> Iterator[Metric]:
    try:
        with Queue.open_read_only(folder) as queue:
            ledger = read_ledger(queue)
    except (QueueUnavailable, QueueDamaged, OSError):
        return
    total = ledger.total
    counts = {"waiting": total.waiting, "exported": total.exported, "erased": total.erased}
    yield Metric(
        "signups",
        "gauge",
        "Signups by what has become of them.",
        [({"state": state}, count) for state, count in counts.items()],
    )
    yield Metric(
        "signups_captured_total",
        "counter",
        "Signups ever captured.",
        [(NO_LABELS, total.captured)],
    )
    yield _gauge(
        "signups_unaccounted", "Captured signups that are missing; 0 is right.", total.unaccounted
    )
    yield _gauge("signups_unsealed", "Signups stored unencrypted.", ledger.unsealed_count)
    oldest = ledger.oldest_waiting
    if oldest is not None:
        yield _gauge(
            "signups_oldest_waiting_timestamp_seconds",
            "The day of the oldest signup that was never exported, as Unix time.",
            datetime.combine(oldest, datetime.min.time(), UTC).timestamp(),
        )
    if ledger.last_export is not None:
        yield _gauge(
            "signups_last_export_timestamp_seconds",
            "When signups were last exported, as Unix time.",
            ledger.last_export.timestamp(),
        )


def _measure_machine(folder: Path) -> Iterator[Metric]:
    yield _gauge(
        "clock_trusted", "Whether the system's clock can be right.", is_clock_trusted(folder)
    )
    with suppress(OSError):
        usage = shutil.disk_usage(folder)
        yield _gauge("disk_free_bytes", "Free space on the data folder's disk.", usage.free)
        yield _gauge("disk_size_bytes", "Size of the data folder's disk.", usage.total)
