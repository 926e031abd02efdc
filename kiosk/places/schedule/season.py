"""The season seen from a day: which race is next, which are run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.places.schedule.model import Race

State = Literal["done", "now", "next", "later"]


@dataclass(frozen=True, slots=True)
class Season:
    """Races in order of their days, each with its state.

    `coming_at` is the place of the one running or next, -1 when there is none.
    """

    races: tuple[tuple[Race, State], ...]
    coming_at: int
    days_to_go: int

    @property
    def coming(self) -> Race | None:
        """The race running or next."""
        return self.races[self.coming_at][0] if self.coming_at >= 0 else None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to run (also when nothing was listed)."""
        return self.coming_at < 0


def season_on(races: Sequence[Race], today: date) -> Season:
    """The season as it stands on `today`; a race counts until the end of its last day."""
    ordered = sorted(races, key=lambda race: (race.starts, race.ends))
    coming_at = next((at for at, race in enumerate(ordered) if race.ends >= today), -1)

    def state(at: int, race: Race) -> State:
        if race.ends < today:
            return "done"
        if race.starts <= today:
            return "now"
        return "next" if at == coming_at else "later"

    days = max(0, (ordered[coming_at].starts - today).days) if coming_at >= 0 else 0
    stated = tuple((race, state(at, race)) for at, race in enumerate(ordered))
    return Season(stated, coming_at, days)
