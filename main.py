"""`python main.py` is `kiosk run`."""

from kiosk.cli import main

raise SystemExit(main())
