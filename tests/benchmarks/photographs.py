"""Photographs of 24 megapixels as posters: how long one holds the window."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import yaml
from PIL import Image

from tests.benchmarks.contenders import CONTENT, ROOT
from tests.benchmarks.processes import measured_by
from tests.benchmarks.samples import Limit, Samples, Say, Table, shown
from tests.benchmarks.screen import Screen

SIZE = (6000, 4000)
POSTERS = 3
MOST_TURN_SECONDS = 0.05
TURN, COME = "turn", "come"


def measure(screen: Screen, folder: Path, rounds: int, say: Say) -> Table:
    """Go round the loop so many times."""
    say("photographs of 24 megapixels as posters")
    samples = Samples()
    words = (_written(folder), rounds * POSTERS)
    samples.add_all("kiosk", measured_by("turning.py", *words, display=screen.display))
    table = Table("Photographs of 24 megapixels in the attract loop", ("", "kiosk"))
    turn = samples.of("kiosk", TURN)
    table.add(
        ("longest turn of the event loop while a poster comes", shown(turn, "s")),
        [Limit(turn, MOST_TURN_SECONDS, f"≤ {1000 * MOST_TURN_SECONDS:.0f} ms")],
    )
    table.add(("from its turn until it is seen whole", shown(samples.of("kiosk", COME), "s")), [])
    return table


def _written(folder: Path) -> Path:
    """The default content with other posters."""
    assets = folder / "assets"
    copytree(ROOT / "assets", assets)
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    names = [f"large-{number}.jpg" for number in range(POSTERS)]
    for number, name in enumerate(names):
        noise = Image.effect_noise((1500, 1000), 60 + number).convert("RGB")
        noise.resize(SIZE).save(assets / name, quality=80)
    posters = [{"headline": n, "line": "A photograph.", "picture": {"file": n}} for n in names]
    content["attract"] |= {"posters": posters, "show_next_race": False, "show_offer": False}
    file = folder / "content.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file
