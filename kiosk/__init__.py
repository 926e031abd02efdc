"""A fullscreen touch kiosk for car-dealership showrooms."""

import sys

__version__ = "0.1.0"

if sys.platform != "linux":
    print(
        "kiosk: runs on Linux; on Windows, its commands run in WSL: see docs/installing.md#windows",
        file=sys.stderr,
    )
    raise SystemExit(2)
