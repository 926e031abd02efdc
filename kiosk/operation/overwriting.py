"""Overwrites freed memory while somebody types personal data."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import CDLL, Structure, byref, c_size_t, c_void_p, memset, pythonapi
from functools import cache
from typing import Any

M_PERTURB = -6
"""Parameter of glibc's `mallopt(3)`."""
FILL_BYTE = 0xFF
"""Fills freed memory. New memory is filled with its complement: zeros."""
RAW, MEM, OBJECT = range(3)
"""Python's memory domains (`PyMemAllocatorDomain`)."""
CACHED_SIZES = range(24, 1041, 16)
"""Sizes in bytes of the blocks that glibc caches per thread."""
CACHED_PER_SIZE = 32
"""More than it caches of each size: 7 originals glibc 2.41, 16 since."""


class _Allocator(Structure):
    """`PyMemAllocatorEx` of Python's C API."""

    _fields_ = (
        ("context", c_void_p),
        ("malloc", c_void_p),
        ("calloc", c_void_p),
        ("realloc", c_void_p),
        ("free", c_void_p),
    )


def overwrite_freed_memory() -> Callable[[], None]:
    """Overwrite all memory freed from now on; call the returned function to stop.

    glibc does this on request, at the price of writing all memory once more. Python keeps small
    objects in its own blocks, which it never clears; meanwhile it allocates new ones from glibc. It
    can free either kind at any time, as it always must for objects of over 512 bytes.

    Does nothing without glibc.
    """
    mallopt = _libc_function("mallopt")
    if mallopt is None:
        return _do_nothing
    mallopt(M_PERTURB, FILL_BYTE)
    restore = _allocate_through_glibc()

    def end() -> None:
        restore()
        mallopt(M_PERTURB, 0)

    return end


def overwrite_cached_blocks() -> None:
    """Overwrite the blocks that glibc caches for this thread, which it frees as they are."""
    if _libc_function("mallopt") is None:
        return
    malloc, free = _libc_function("malloc"), _libc_function("free")
    malloc.restype, malloc.argtypes, free.argtypes = c_void_p, (c_size_t,), (c_void_p,)
    for size in CACHED_SIZES:
        blocks = [malloc(size) for _ in range(CACHED_PER_SIZE)]
        for block in blocks:
            if block:
                memset(block, 0, size)
            free(block)


def _allocate_through_glibc() -> Callable[[], None]:
    raw = _allocator(RAW)
    originals = {domain: _allocator(domain) for domain in (MEM, OBJECT)}
    if any(
        original.context != raw.context for original in originals.values()
    ):  # a memory profiler is active
        return _do_nothing
    for domain, original in originals.items():
        mixed = _Allocator(raw.context, raw.malloc, raw.calloc, original.realloc, original.free)
        pythonapi.PyMem_SetAllocator(domain, byref(mixed))

    def restore() -> None:
        for domain, original in originals.items():
            pythonapi.PyMem_SetAllocator(domain, byref(original))

    return restore


def _allocator(domain: int) -> _Allocator:
    allocator = _Allocator()
    pythonapi.PyMem_GetAllocator(domain, byref(allocator))
    return allocator


@cache
def _libc_function(name: str) -> Any:
    """A function of the C library; None if there is none of this name."""
    try:
        return getattr(CDLL(None), name)
    except (OSError, AttributeError):
        return None


def _do_nothing() -> None:
    pass
