"""Memory management for a process that runs for months."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Parameters of glibc's `mallopt(3)`."""
LARGE_BYTES = 256 * 1024


def return_freed_memory() -> None:
    """Return the memory of dropped pictures to the system.

    glibc raises its threshold for separate mappings with every large block that is freed, up to
    32 MB; from then on a dropped picture leaves a hole in the heap. Does nothing without glibc.
    """
    from ctypes import CDLL

    with suppress(OSError, AttributeError):
        mallopt = CDLL(None).mallopt
        mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(M_TRIM_THRESHOLD, LARGE_BYTES)


def disable_core_dumps() -> None:
    """Disable core dumps: a crash must not write typed text to disk."""
    import resource

    _, hard_limit = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard_limit))


def freeze_objects() -> None:
    """Exclude all current objects from garbage collection, even when a command ends."""
    gc.freeze()


_pauses: list[bool] = []
"""For each pause in progress, on any thread, whether collection was automatic before."""


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection while very many lasting objects are created; it takes a third."""
    _pauses.append(gc.isenabled() or any(_pauses))
    gc.disable()
    try:
        yield
    finally:
        if _pauses.pop() and not _pauses:
            gc.enable()


def is_gc_paused() -> bool:
    """Whether objects are being created on some thread that a collection would only slow down."""
    return bool(_pauses)
