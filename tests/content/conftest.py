"""A small good content file that the tests break in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Write = Callable[[str | bytes], Path]

MINIMAL = """\
language: en
theme:
  asphalt: "#101114"
brand:
  name: MINI
  line: Motorsports
  roundel: "37"
attract:
  seconds_each: 9
  show_offer: true
  posters:
    - headline: Number 37
      line: The car that won.
      picture: {file: car.png}
home:
  headline: Small car
  lead: A car for everyone.
places:
  - id: team
    kind: team
    name: Team
    icon: ph.trophy-bold
    title: The drivers
    season: 2023 season
    results:
      - {figure: 2nd, label: Touring Car class}
    drivers:
      - name: Clayton Williams
        number: "60"
        body:
          - He drove car 60.
  - id: schedule
    kind: schedule
    name: Schedule
    icon: ph.calendar-blank-bold
    title: See you at the track
    season: 2024 season
    races:
      - starts: 2024-04-05
        ends: 2024-04-07
        venue: Sonoma Raceway
        city: Sonoma
        region: CA
        link: {name: Site, address: "https://www.miniusa.com"}
    season_over: {title: Over, line: Come again.}
  - id: offers
    kind: offers
    name: Offers
    icon: ph.tag-bold
    title: Lease and finance
    offers:
      - title: Lease a Cooper
        figure: $349
        unit: a month
        valid_from: 2024-01-01
        valid_until: 2024-12-31
        terms: An example.
    nothing_now: {title: Nothing, line: Come again.}
    programmes_title: Programs
    estimator:
      title: Estimate
      price: 33000
      price_least: 20000
      price_most: 60000
      months: 60
      months_choices: [24, 60]
      interest_rate: 4.9
      note: An estimate.
  - id: stay-updated
    kind: signup
    name: Stay updated
    icon: ph.envelope-simple-bold
    title: Good news
    promise: We share nothing.
    controller:
      name: Example MINI West
      street: 200 Example Avenue
      city: Springfield, IL 62701
    purpose: News by email.
    withdraw: Tell us.
    consent: {version: 2024-1, wording: Yes.}
    privacy:
      title: Your details
      body:
        - They stay here.
      retention_days: 30
    thanks_title: Thank you
    thanks: Bye.
  - id: dealers
    kind: dealers
    name: Dealers
    icon: ph.map-pin-bold
    title: Choose your dealer
    here:
      name: Example MINI
      street: 100 Example Avenue
      city: Springfield
      phone: +1 217 555 0137
      position: {latitude: 39.7990, longitude: -89.6440}
"""
"""A whole content file that is in order, as short as can be."""


@pytest.fixture
def content_file(tmp_path: Path) -> Write:
    """Write a content file, with a picture `car.png` in the assets beside it."""
    assets = tmp_path / "assets"
    assets.mkdir()
    Image.new("RGB", (4, 3)).save(assets / "car.png")

    def write(text: str | bytes) -> Path:
        file = tmp_path / "content.yaml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    return write


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A kiosk's data folder in which nothing is yet."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data"
