"""Memory of a process that runs for months."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's `mallopt(3)`."""
LARGE_BYTES = 256 * 1024


def give_back_what_is_freed() -> None:
    """Let pictures go back to the system when they are dropped.

    glibc raises its threshold for separate mappings with every large block that is freed, up to
    32 MB; from then on a dropped picture leaves a hole in the heap. Elsewhere nothing happens.
    """
    from ctypes import CDLL

    with suppress(OSError, AttributeError):
        mallopt = CDLL(None).mallopt
        mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(M_TRIM_THRESHOLD, LARGE_BYTES)


def leave_no_core_dumps() -> None:
    """A crash must not write to the disk what somebody was typing."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def leave_as_it_is() -> None:
    """Never look for rubbish in what there is now: not even when a command ends."""
    gc.freeze()


@contextmanager
def collector_paused() -> Iterator[None]:
    """While very many objects are made that stay: looking for rubbish among them takes a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
