"""The kiosk with ten thousand entries beside the kiosk as it comes."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import yaml

from tests.benchmarks.contenders import CONTENT, ROOT, Kiosk
from tests.benchmarks.samples import Limit, Samples, Say, Table, ratio, shown
from tests.benchmarks.screen import Screen
from tests.benchmarks.visit import REST_SECONDS, Visits

ENTRIES = {"links": 5000, "schedule": 2500, "offers": 2500}
LINKS_A_GROUP = 500
SMALL, LARGE = "small", "large"
MOST_CHECK_SECONDS = 1.5
MOST_TIMES = 1.2


def measure(screen: Screen, folder: Path, rounds: int, say: Say) -> Table:
    """Check, start and walk with both files in turn."""
    samples = Samples()
    visits = Visits(screen, samples)
    files = {SMALL: CONTENT, LARGE: write_large(folder / "large")}
    for number in range(rounds):
        say(f"ten thousand entries, round {number + 1} of {rounds}")
        for name, file in files.items():
            samples.add(name, "check", _check_seconds(file))
        homes = {name: folder / f"{name}-{number}" for name in files}
        kiosks = [Kiosk(file, name) for name, file in files.items()]
        for kiosk in kiosks:
            with visits.started(kiosk, homes[kiosk.name], "first"):
                sleep(2 * REST_SECONDS)
        for kiosk in kiosks:
            visits.hasty(kiosk, homes[kiosk.name])
        for kiosk in kiosks:
            with visits.started(kiosk, homes[kiosk.name], "usual") as program:
                sleep(REST_SECONDS)
                visits.wake(kiosk)
                visits.walk(kiosk)
                samples.add(kiosk.name, "memory", program.pss())
    return _table(samples)


def _check_seconds(file: Path) -> float:
    began = perf_counter()
    result = subprocess.run(
        [sys.executable, ROOT / "main.py", "check", file], check=False, capture_output=True
    )
    if result.returncode:
        raise RuntimeError(f"the content is not in order: {result.stdout.decode()[:500]}")
    return perf_counter() - began


def write_large(folder: Path) -> Path:
    """Many times the entries of `content.yaml`, each with words of its own."""
    folder.mkdir(parents=True)
    (folder / "assets").symlink_to(ROOT / "assets")
    content: dict[str, Any] = yaml.load(CONTENT.read_text(encoding="utf-8"), yaml.CBaseLoader)
    for place in content["places"]:
        match place["kind"]:
            case "links":
                _fill_links(place)
            case "schedule":
                _fill_races(place)
            case "offers":
                _fill_offers(place)
    file = folder / "content.yaml"
    text = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")
    return file


def _fill_links(place: dict[str, Any]) -> None:
    patterns = [link for group in place["groups"] for link in group["links"]]
    place["groups"] = [
        {
            "name": f"Group {group + 1}",
            "links": [
                {**patterns[n % len(patterns)], "name": f"Entry {group + 1}.{n + 1}"}
                for n in range(LINKS_A_GROUP)
            ],
        }
        for group in range(ENTRIES["links"] // LINKS_A_GROUP)
    ]


def _fill_races(place: dict[str, Any]) -> None:
    patterns = place["races"]
    races = []
    for number in range(ENTRIES["schedule"]):
        race = deepcopy(patterns[number % len(patterns)])
        first = date(2024, 1, 5) + timedelta(days=3 * number)
        race |= {"starts": first.isoformat(), "ends": (first + timedelta(days=2)).isoformat()}
        races.append(race)
    place["races"] = races


def _fill_offers(place: dict[str, Any]) -> None:
    patterns = place["offers"]
    place["offers"] = [
        {**deepcopy(patterns[n % len(patterns)]), "title": f"Offer number {n + 1}"}
        for n in range(ENTRIES["offers"])
    ]


def _table(samples: Samples) -> Table:
    table = Table(
        f"A content file of {sum(ENTRIES.values()):,} entries",
        ("", "content.yaml", "10,000 entries", "ratio"),
    )
    check = samples.of(LARGE, "check")
    _row(table, samples, "`kiosk check`", "check", [Limit(check, MOST_CHECK_SECONDS, "≤ 1.5 s")])
    for text, what in (
        ("first full screen, usual start", "start usual"),
        ("first full screen, very first start", "start first"),
        ("home, touched at the first picture", "start to home"),
    ):
        times = ratio(samples.of(LARGE, what), samples.of(SMALL, what))
        judged = [Limit(times, MOST_TIMES, f"≤ {MOST_TIMES} ×")] if what == "start usual" else []
        _row(table, samples, text, what, judged)
    for visit in ("first", "later"):
        _tap_row(table, samples, visit)
    _row(table, samples, "memory (PSS) after a walk", "memory", [], "MiB")
    return table


def _tap_row(table: Table, samples: Samples, visit: str) -> None:
    """The place that is slowest with many entries, beside itself with few."""
    slowest = samples.slowest(LARGE, f"tap {visit}")
    if slowest is None:
        return
    place, large = slowest
    small = samples.of(SMALL, f"tap {visit} {place}")
    table.add(
        (
            f"tap to next screen, {visit} visit, slowest place ({place})",
            *(shown(small, "s"), shown(large, "s"), shown(ratio(large, small), "×")),
        ),
        [Limit(ratio(large, small), MOST_TIMES, f"≤ {MOST_TIMES} ×")],
    )


def _row(
    table: Table, samples: Samples, text: str, what: str, limits: list[Limit], unit: str = "s"
) -> None:
    small, large = samples.of(SMALL, what), samples.of(LARGE, what)
    table.add(
        (text, shown(small, unit), shown(large, unit), shown(ratio(large, small), "×")), limits
    )
