"""`python -m tests.soak [--touches N] [--seed N] [--to TOUCH]`."""

from __future__ import annotations

import sys

from tests.soak.soaking import main

sys.exit(main(sys.argv[1:]))
