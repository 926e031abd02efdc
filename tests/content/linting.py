"""What the rules find in a content, as tests ask it."""

from __future__ import annotations

from datetime import date

from kiosk.content.check.loading import Loaded
from kiosk.content.lint.report import report
from kiosk.content.problems import Problem


def lint(loaded: Loaded, today: date) -> list[Problem]:
    """The problems that are not silenced, in the order of the file."""
    return list(report(loaded, today).problems)
