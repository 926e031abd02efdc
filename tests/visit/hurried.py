"""The kiosk with short pauses: `python hurried.py run …`."""

import sys

from kiosk.cli import main
from kiosk.showroom.viewmodels import session

session.FORM_IDLE_SECONDS = 3
session.WARNING_SECONDS = 1

sys.exit(main())
