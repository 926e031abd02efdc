"""A content on screens that are only looked at: at the desk, in pictures, in tests."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from kiosk.operation.clock import Clock
from kiosk.showroom.presenter import Presenter
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.form import Signup, Stamp
from kiosk.toolkit.runner import Runner


class NoDesk:
    """Thanks for every signup and stores none."""

    def is_open(self) -> bool:
        return True

    def accept(self, signup: Signup) -> None:
        del signup


def rehearse(
    showroom: ShowroomViewModel, clock: Clock, runner: Runner, parent: QObject | None = None
) -> Presenter:
    """A presenter for a scene in which nobody can sign up."""
    stamp = partial(Stamp, clock.now(), None, "")
    return Presenter(showroom, clock, NoDesk(), runner, stamp, parent or showroom)
