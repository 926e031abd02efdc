"""A storm of taps: whether it ends with more memory than it began with."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.processes import measured_by
from tests.benchmarks.samples import Limit, Say, Table

TAPS, QUICK_TAPS = 10_000, 2_000
SEED = 1
MOST_GROWTH_MIB = 2.0


@dataclass(frozen=True, slots=True)
class Storm:
    """`in_use` holds MiB along the way, `screens` how often each was seen."""

    in_use: list[float]
    screens: dict[str, int]

    @property
    def growth(self) -> float:
        """MiB from the second third to the last. The floor counts: pictures come and go above."""
        third = len(self.in_use) // 3
        return min(self.in_use[-third:]) - min(self.in_use[third:-third])


def run(taps: int, seed: int = SEED) -> Storm:
    """In a process of its own."""
    return Storm(**measured_by("storming.py", taps, seed))


def measure(taps: int, say: Say) -> Table:
    """One storm."""
    say(f"a storm of {taps:,} taps")
    storm = run(taps)
    table = Table(f"A storm of {taps:,} taps at random spots, memory in use", ("", "MiB"))
    third = len(storm.in_use) // 3
    table.add(("at the least, in the second third", f"{min(storm.in_use[third:-third]):.1f}"))
    limit = Limit(storm.growth, MOST_GROWTH_MIB, f"≤ {MOST_GROWTH_MIB:g} MiB")
    table.add(("more in the last third", f"{storm.growth:.1f}"), [limit])
    table.add(("at the most", f"{max(storm.in_use):.1f}"))
    return table
