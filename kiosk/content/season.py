"""The season seen from a day: which race is next, which are run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.content.model import Race

State = Literal["done", "now", "next", "later"]


@dataclass(frozen=True, slots=True)
class Season:
    """Races in order of their days, each with its state; `coming` is the one running or next."""

    races: tuple[tuple[Race, State], ...]
    coming: Race | None
    days_to_go: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to run (also when nothing was listed)."""
        return self.coming is None


def season_on(races: Sequence[Race], today: date) -> Season:
    """The season as it stands on `today`; a race counts until the end of its last day."""
    ordered = sorted(races, key=lambda race: (race.starts, race.ends))
    coming = next((race for race in ordered if race.ends >= today), None)

    def state(race: Race) -> State:
        if race.ends < today:
            return "done"
        if race.starts <= today:
            return "now"
        return "next" if race is coming else "later"

    days = max(0, (coming.starts - today).days) if coming else 0
    return Season(tuple((race, state(race)) for race in ordered), coming, days)
