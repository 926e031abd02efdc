"""Photographs of 24 megapixels: as posters, how long one holds the window; as cars, a visit beside
Chromium.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree
from time import sleep

import yaml
from PIL import Image

from tests.benchmarks.contenders import BAR, CONTENT, ROOT, Chromium, Contender, Kiosk
from tests.benchmarks.processes import measured_by
from tests.benchmarks.samples import Limit, Samples, Say, Table, ratio, shown
from tests.benchmarks.screen import Point, Screen
from tests.benchmarks.visit import REST_SECONDS, Visits

SIZE = (6000, 4000)
POSTERS = 3
MOST_TURN_SECONDS = 0.05
TURN, COME, VISIT = "turn", "come", "visit"
CARS, PICTURES = 6, 2
PHOTOGRAPHS = [f"car-{car}-{number}.jpg" for car in range(CARS) for number in range(PICTURES)]

# Where a visitor touches the screen, of the kiosk and of the page alike.
CAR: Point = (1200, 500)
BACK: Point = (150, 860)
ALONG_STREET: tuple[Point, Point] = ((1500, 500), (500, 500))
TO_NEXT_PICTURE: tuple[Point, Point] = ((950, 400), (250, 400))
DRAG_SECONDS = 0.5
CARS_A_ROUND = 2


def measure(screen: Screen, folder: Path, rounds: int, say: Say) -> Iterator[Table]:
    """Go round the loop so many times, and see the cars so many times."""
    say("photographs of 24 megapixels as posters")
    content = _written(folder)
    inside = measured_by("turning.py", content, rounds * POSTERS, display=screen.display)
    yield _posters(inside)
    pictures = [folder / "assets" / name for name in PHOTOGRAPHS]
    contenders: list[Contender] = [Kiosk(content)]
    if Chromium.is_here():
        contenders.append(Chromium(folder / "page", "album.html", pictures))
    samples = Samples()
    samples.add_all("kiosk", inside)
    visits = Visits(screen, samples)
    for number in range(rounds):
        say(f"a visit to cars with photographs, round {number + 1} of {rounds}")
        for contender in contenders:
            home = folder / f"{contender.name}-{number}"
            with visits.started(contender, home, "photographs"):
                if isinstance(contender, Kiosk):
                    visits.wake(contender)
                _see_the_cars(visits, contender.name)
    yield _beside(samples)


def _see_the_cars(visits: Visits, who: str) -> None:
    visit = "first"
    for _ in range(CARS_A_ROUND):
        sleep(REST_SECONDS)
        visits.tap(who, f"{visit} street", BAR["models"])
        if visit == "first":  # later, the street is where it was, and so the car
            visits.drag(who, "street", *ALONG_STREET, DRAG_SECONDS)
        visits.tap(who, f"{visit} car", CAR)
        visits.drag(who, "picture", *TO_NEXT_PICTURE, DRAG_SECONDS)
        visits.tap(who, f"{visit} back", BACK)
        visits.tap(who, f"{visit} home", BAR["home"])
        visit = "later"


def _posters(inside: Mapping[str, list[float]]) -> Table:
    samples = Samples()
    samples.add_all("kiosk", inside)
    table = Table("Photographs of 24 megapixels in the attract loop", ("", "kiosk"))
    turn = samples.of("kiosk", TURN)
    table.add(
        ("longest turn of the event loop while a poster comes", shown(turn, "s")), [_in_time(turn)]
    )
    table.add(("from its turn until it is seen whole", shown(samples.of("kiosk", COME), "s")), [])
    return table


def _in_time(turn: float | None) -> Limit:
    return Limit(turn, MOST_TURN_SECONDS, f"≤ {1000 * MOST_TURN_SECONDS:.0f} ms")


def _beside(samples: Samples) -> Table:
    table = Table(
        "A visit to cars with photographs of 24 megapixels, beside Chromium",
        ("", "kiosk", "Chromium", "kiosk : Chromium"),
    )

    def add(text: str, what: str, unit: str = "s", least: bool = False) -> None:
        kiosk, chromium = samples.of("kiosk", what), samples.of("Chromium", what)
        times = ratio(kiosk, chromium)
        worse = ratio(chromium, kiosk) if least else times
        limits = [Limit(worse, 1, "no worse than Chromium")]
        if what.startswith("answer"):
            limits = [Limit(kiosk, 0.1, "≤ 100 ms")]
        table.add((text, shown(kiosk, unit), shown(chromium, unit), shown(times, "×")), limits)

    for visit in ("first", "later"):
        for screen, words in (("street", "to the cars"), ("car", "to a car"), ("back", "back")):
            add(f"tap {words}, {visit} visit: shown", f"tap {visit} {screen}")
            add(f"tap {words}, {visit} visit: answered", f"answer {visit} {screen}")
    for what, words in (("street", "along the cars"), ("picture", "to the next picture")):
        add(f"drag {words}: answered", f"answer {what}")
        add(f"drag {words}: pictures", f"rate {what}", "a second", least=True)
        add(f"drag {words}: stood still at the longest", f"still {what}")
    turn = samples.of("kiosk", VISIT)
    table.add(("longest turn of the event loop", shown(turn, "s"), "-", "-"), [_in_time(turn)])
    return table


def _written(folder: Path) -> Path:
    """The default content with other posters, and cars with photographs."""
    assets = folder / "assets"
    copytree(ROOT / "assets", assets)
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    names = [f"large-{number}.jpg" for number in range(POSTERS)]
    for number, name in enumerate(names):
        noise = Image.effect_noise((1500, 1000), 60 + number).convert("RGB")
        noise.resize(SIZE).save(assets / name, quality=80)
    for number, name in enumerate(PHOTOGRAPHS):
        (assets / name).hardlink_to(assets / names[number % POSTERS])
    posters = [{"headline": n, "line": "A photograph.", "picture": {"file": n}} for n in names]
    content["attract"] |= {"posters": posters, "show_next_race": False, "show_offer": False}
    models = next(place for place in content["places"] if place["kind"] == "models")
    models["line_ups"] = [{"name": "2024", "models": [_car(number) for number in range(CARS)]}]
    file = folder / "content.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


def _car(number: int) -> dict[str, object]:
    first, *more = ({"file": f"car-{number}-{picture}.jpg"} for picture in range(PICTURES))
    return {"name": f"Car {number + 1}", "picture": first, "pictures": more}
