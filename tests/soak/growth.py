"""Whether what is measured along the way grows: the last third beside the one before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

LEAST_SAMPLES = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """`most` is the largest ratio of the thirds; `typical` is what stands for a third.

    The first third is left out: caches fill, and rarely used parts are loaded.
    """

    name: str
    unit: str
    most: float
    typical: Callable[[Sequence[float]], float] = min
    samples: list[float] = field(default_factory=list)

    @property
    def thirds(self) -> tuple[float, float]:
        """What is typical of the second and of the last third."""
        third = len(self.samples) // 3
        return self.typical(self.samples[third:-third]), self.typical(self.samples[-third:])

    @property
    def is_growing(self) -> bool:
        """Whether there is enough to tell, and it tells."""
        if len(self.samples) < LEAST_SAMPLES:
            return False
        before, last = self.thirds
        return last > before * self.most

    def __str__(self) -> str:
        if len(self.samples) < LEAST_SAMPLES:
            return f"{self.name}: too few samples"
        before, last = self.thirds
        return (
            f"{self.name}: {before:,.1f} {self.unit} in the second third, {last:,.1f} {self.unit}"
            f" in the last ({last / before:.3f} ×, at most {self.most:g} ×)"
        )


def figures(*, is_quick: bool = False) -> dict[str, Figure]:
    """The figures of a soak; one of hundreds of touches can only tell large leaks.

    Memory that is in use, not what the process has from the system: that swings by tens of MiB.
    """
    heap, blocks, items, turn = (1.2, 1.05, 1.3, 5.0) if is_quick else (1.03, 1.03, 1.0, 1.25)
    return {
        "heap": Figure("heap in use", "MiB", heap),
        "blocks": Figure("Python's blocks", "thousand", blocks),
        "items": Figure("items in the window", "items", items),
        "turn": Figure("a touch and its frame", "ms of CPU time", turn, fmean),
        "file": Figure("open files", "files", 1.0),
    }
