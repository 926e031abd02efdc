"""A storm of taps must not add up to anything either."""

from __future__ import annotations

import platform

import pytest

from tests.benchmarks import storm
from tests.long_runs import IS_LONG


@pytest.mark.slow(reason="hundreds of taps")
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="measured with glibc's mallinfo2")
def test_a_storm_of_taps_does_not_fill_the_memory() -> None:
    taken = storm.run(1500 if IS_LONG else 600)

    assert len(taken.screens) >= 10, f"it came nowhere: {taken.screens}"
    assert taken.growth < storm.MOST_GROWTH_MIB, taken.in_use
