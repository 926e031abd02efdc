"""Content on screens where nobody signs up: previews, pictures and tests."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from kiosk.operation.clock import Clock
from kiosk.showroom.presenter import Presenter
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel
from kiosk.signups.form import Provenance, Signup
from kiosk.toolkit.runner import Runner


class NoSignupStore:
    """Accepts every signup and stores none."""

    def is_open(self) -> bool:
        return True

    def save(self, signup: Signup) -> None:
        del signup


def present_read_only(
    showroom: ShowroomViewModel, clock: Clock, runner: Runner, parent: QObject | None = None
) -> Presenter:
    """A presenter for a scene in which nobody can sign up."""
    provenance = partial(Provenance, clock.now(), None, "")
    return Presenter(showroom, clock, NoSignupStore(), runner, provenance, parent or showroom)
