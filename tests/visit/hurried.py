"""The kiosk whose visitor has gone once a file is there: `python hurried.py run …`, LEFT=FILE."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.cli import main
from kiosk.showroom.viewmodels.session import SessionViewModel

LEFT = Path(os.environ["LEFT"])
usual = SessionViewModel.__init__


def begin(session: SessionViewModel, *given: object) -> None:
    """Look for the file ten times a second; the pause and the warning are over at once then."""
    usual(session, *given)
    session._countdown.setInterval(1)
    look = QTimer(session, interval=100)
    look.timeout.connect(lambda: LEFT.exists() and session._idle.isActive() and session.warn())
    look.start()


SessionViewModel.__init__ = begin  # type: ignore[method-assign]

sys.exit(main())
