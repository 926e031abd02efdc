"""The figures for a monitoring system are well-formed, true, and say nothing about visitors."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.operation.health import FINDING_NAMES, ask_kiosk, examine
from kiosk.operation.metrics import Metric, format_metrics, measure
from kiosk.operation.status import Status, StatusFile
from kiosk.signups.export.exporter import ExportRequest, export
from kiosk.signups.store.database import FILE_NAME
from kiosk.signups.store.erasure import erase_address
from kiosk.signups.store.queue import Queue
from tests.conftest import make_signup
from tests.operation.conftest import Hold

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
HELP = re.compile(rf"# HELP ({NAME}) (?:[^\\\n]|\\[\\n])*")
TYPE = re.compile(rf"# TYPE ({NAME}) (counter|gauge|histogram|summary|untyped)")
SAMPLE = re.compile(
    rf"({NAME})(\{{{LABEL}(?:,{LABEL})*\}})? ([+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)"
)
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)


def parse(text: str) -> dict[str, float]:
    """Each sample's value, of a text that follows the format's grammar and its rules.

    A metric has one HELP and one TYPE, before its samples, which are together and not repeated.
    """
    assert text.endswith("\n")
    samples: dict[str, float] = {}
    kinds: dict[str, str] = {}
    helped: set[str] = set()
    for line in text.splitlines():
        if match := HELP.fullmatch(line):
            assert match[1] not in helped | kinds.keys()
            helped.add(match[1])
        elif match := TYPE.fullmatch(line):
            assert match[1] in helped - kinds.keys()
            kinds[match[1]] = match[2]
        else:
            match = SAMPLE.fullmatch(line)
            assert match, line
            assert list(kinds)[-1] == match[1]
            assert (kinds[match[1]] == "counter") is match[1].endswith("_total")
            key = f"{match[1]}{match[2] or ''}".removeprefix("showroom_kiosk_")
            assert key not in samples
            samples[key] = float(match[3])
    assert helped == kinds.keys()
    return samples


def measured(folder: Path) -> dict[str, float]:
    report = ask_kiosk(folder)
    return parse(format_metrics(measure(folder, report, examine(folder, report))))


def test_the_figures_of_a_running_kiosk(tmp_path: Path, running_kiosk: Hold) -> None:
    running_kiosk(tmp_path)
    content = Path(__file__).parents[2] / "content.yaml"
    file = StatusFile(tmp_path, Status(str(content), NOW.isoformat(), "7"))
    file.change(last_end="closed", starts="12", unexpected_ends="2")
    file.write()
    (tmp_path / "settings.toml").write_text('name = "Front \\"window\\" \\\\ left"\n')
    with Queue.open(tmp_path) as queue:
        queue.add(make_signup(created_at=NOW, email="vera@example.com"))
        queue.add(make_signup(created_at=NOW, email="max@example.com"))
        export(queue, ExportRequest(tmp_path / "a.csv"), NOW)
        erase_address(queue, "max@example.com", NOW)
        queue.add(make_signup(created_at=NOW))

    figures = measured(tmp_path)

    assert figures == figures | {
        "healthy": 1,
        "running": 1,
        "responding": 1,
        "start_time_seconds": NOW.timestamp(),
        "starts_total": 12,
        "unexpected_ends_total": 2,
        'signups{state="waiting"}': 1,
        'signups{state="exported"}': 1,
        'signups{state="erased"}': 1,
        "signups_captured_total": 3,
        "signups_unaccounted": 0,
        "signups_unsealed": 2,
        "signups_oldest_waiting_timestamp_seconds": datetime(2024, 5, 2, tzinfo=UTC).timestamp(),
        "signups_last_export_timestamp_seconds": NOW.timestamp(),
        "clock_trusted": 1,
    }
    assert figures["disk_size_bytes"] >= figures["disk_free_bytes"] > 0
    (info,) = (name for name in figures if name.startswith("info"))
    assert 'name="Front \\"window\\" \\\\ left"' in info
    assert 'content_version="7"' in info
    assert "example.com" not in str(figures)


def test_what_needs_attention_has_a_figure_of_its_own(tmp_path: Path) -> None:
    figures = measured(tmp_path)

    assert figures["healthy"] == figures["running"] == 0
    assert figures['needs_attention{finding="kiosk"}'] == 1
    assert figures['needs_attention{finding="disk"}'] == 0
    names = {name for name in figures if name.startswith("needs_attention")}
    assert names == {f'needs_attention{{finding="{name}"}}' for name in FINDING_NAMES}


def test_every_finding_that_needs_attention_is_listed_beforehand(tmp_path: Path) -> None:
    """Else an alert for it would have no figure to watch until it is too late."""
    source = (Path(examine.__code__.co_filename)).read_text()
    named = set(re.findall(r'Finding\(\s*"([a-z ]+)"', source))
    assert named - {"version", "last run", "waiting"} == set(FINDING_NAMES)


@pytest.mark.parametrize("is_there", [False, True])
def test_what_is_not_known_has_no_figure(tmp_path: Path, is_there: bool) -> None:
    if is_there:
        (tmp_path / FILE_NAME).write_bytes(b"damaged" * 1000)

    figures = measured(tmp_path)

    unknown = ("signups", "responding", "start_time", "starts", "unexpected")
    assert not [name for name in figures if name.startswith(unknown)]


def test_texts_are_escaped_and_numbers_exact() -> None:
    samples = [({"a": 'back\\slash "quote"\nline'}, 0.1), ({"a": ""}, 12345678901234)]
    text = format_metrics([Metric("odd", "gauge", "A \\ and\na line.", samples)])
    assert text == (
        "# HELP showroom_kiosk_odd A \\\\ and\\na line.\n"
        "# TYPE showroom_kiosk_odd gauge\n"
        'showroom_kiosk_odd{a="back\\\\slash \\"quote\\"\\nline"} 0.1\n'
        'showroom_kiosk_odd{a=""} 12345678901234\n'
    )
    assert len(parse(text)) == 2
