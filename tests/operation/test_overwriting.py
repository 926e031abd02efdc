"""While somebody types, nothing that is freed can be read any more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

SCRIPT = """
import ctypes, sys
from kiosk.operation.overwriting import overwrite_cached_blocks, overwrite_freed_memory

def freed(length):
    text = "".join(["secret"] * (length // 6))
    where, size = id(text), sys.getsizeof(text)
    del text
    overwrite_cached_blocks()
    return b"secret" in ctypes.string_at(where, size)

lengths = (12, 60, 400, 900, 5000)
end = overwrite_freed_memory()
kept = [bytes(40) for _ in range(10_000)]
print([length for length in lengths if freed(length)])
end()
kept += [bytes(40) for _ in range(10_000)]
del kept  # of both kinds
print(freed(400))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc does it")
def test_what_is_freed_is_overwritten_until_that_ends() -> None:
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )

    assert result.stdout.splitlines() == ["[]", "True"], (
        "the second tells that the first looks well"
    )
