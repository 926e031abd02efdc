"""How much memory is in use."""

from __future__ import annotations

import ctypes


class _Heap(ctypes.Structure):
    """What glibc's `mallinfo2(3)` returns."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


_mallinfo = ctypes.CDLL(None).mallinfo2  # once: each library that is opened leaves garbage
_mallinfo.restype = _Heap


def in_use_kib() -> float:
    """What the process has besides swings by tens of MiB with what is freed again."""
    heap = _mallinfo()
    return (int(heap.uordblks) + int(heap.hblkhd)) / 1024
