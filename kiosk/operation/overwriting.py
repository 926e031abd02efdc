"""What is freed is overwritten, while somebody types what nobody is to find."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import CDLL, Structure, byref, c_size_t, c_void_p, memset, pythonapi
from functools import cache
from typing import Any

M_PERTURB = -6
"""Parameter of glibc's `mallopt(3)`."""
OVERWRITTEN = 0xFF
"""What freed memory is filled with. New memory is filled with its complement: zeros."""
RAW, MEM, OBJECT = range(3)
"""The domains of Python's memory (`PyMemAllocatorDomain`)."""
KEPT_SIZES = range(24, 1041, 16)
"""The blocks that glibc keeps at hand for each thread, by size in bytes."""
KEPT_OF_A_SIZE = 32
"""As many as it keeps of each, and more: 7 until 2.41, 16 from then on."""


class _Allocator(Structure):
    """`PyMemAllocatorEx` of Python's C API."""

    _fields_ = (
        ("context", c_void_p),
        ("malloc", c_void_p),
        ("calloc", c_void_p),
        ("realloc", c_void_p),
        ("free", c_void_p),
    )


def overwrite_what_is_freed() -> Callable[[], None]:
    """From now on whatever is freed is overwritten; call what is returned to end that.

    glibc does it where it is asked to, at the price of writing all memory once more. Python keeps
    small objects in blocks of its own, which it never clears; meanwhile it takes new ones from
    glibc. It frees either kind at any time, as it always must for objects of over 512 bytes.

    Where there is no glibc nothing happens.
    """
    mallopt = _libc_function("mallopt")
    if mallopt is None:
        return _do_nothing
    mallopt(M_PERTURB, OVERWRITTEN)
    give_back = _let_python_ask_glibc()

    def end() -> None:
        give_back()
        mallopt(M_PERTURB, 0)

    return end


def overwrite_blocks_at_hand() -> None:
    """Overwrite what glibc keeps at hand for this thread, which it frees without overwriting."""
    if _libc_function("mallopt") is None:
        return
    malloc, free = _libc_function("malloc"), _libc_function("free")
    malloc.restype, malloc.argtypes, free.argtypes = c_void_p, (c_size_t,), (c_void_p,)
    for size in KEPT_SIZES:
        blocks = [malloc(size) for _ in range(KEPT_OF_A_SIZE)]
        for block in blocks:
            if block:
                memset(block, 0, size)
            free(block)


def _let_python_ask_glibc() -> Callable[[], None]:
    raw = _allocator(RAW)
    before = {domain: _allocator(domain) for domain in (MEM, OBJECT)}
    if any(own.context != raw.context for own in before.values()):  # somebody measures Python
        return _do_nothing
    for domain, own in before.items():
        mixed = _Allocator(raw.context, raw.malloc, raw.calloc, own.realloc, own.free)
        pythonapi.PyMem_SetAllocator(domain, byref(mixed))

    def give_back() -> None:
        for domain, own in before.items():
            pythonapi.PyMem_SetAllocator(domain, byref(own))

    return give_back


def _allocator(domain: int) -> _Allocator:
    allocator = _Allocator()
    pythonapi.PyMem_GetAllocator(domain, byref(allocator))
    return allocator


@cache
def _libc_function(name: str) -> Any:
    """A function of the C library; None where it has none of this name."""
    try:
        return getattr(CDLL(None), name)
    except (OSError, AttributeError):
        return None


def _do_nothing() -> None:
    pass
