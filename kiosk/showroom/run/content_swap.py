"""Brings content on screen: never under a finger, inside the form or while something is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.showroom.run.content_reader import ReadResult
from kiosk.showroom.viewmodels.showroom import ShowroomViewModel

if TYPE_CHECKING:
    from kiosk.operation.settings import SettingsResult
    from kiosk.showroom.presenter import Presenter
    from kiosk.showroom.start_screens import StartScreens


class ContentSwap(QObject):
    """Holds new content back until the screen is calm, which it is before there is any.

    `make_presenter` is called once, when there is something to present.
    """

    swapped = Signal(object, object)
    """What was looked at is on screen; with it its front."""

    def __init__(
        self,
        showroom: ShowroomViewModel,
        make_presenter: Callable[[SettingsResult], Presenter],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._showroom = showroom
        self._make_presenter = make_presenter
        self._presenter: Presenter | None = None
        self._pending: ReadResult | None = None
        self._calm = QTimer(self, singleShot=True, interval=0)
        self._calm.timeout.connect(self._swap_when_calm)
        for might_be_calm in (
            showroom.session.phaseChanged,
            showroom.navigation.changed,
            showroom.session.released,
        ):
            might_be_calm.connect(self._calm.start)

    @property
    def has_content(self) -> bool:
        """Whether any is on screen or waits to be."""
        return self._presenter is not None or self._pending is not None

    def take(self, result: ReadResult) -> None:
        """Show this content, now or later, instead of any that waits."""
        self._pending = result
        self._swap_when_calm()

    def follow_the_clock(self) -> None:
        """The clock was set."""
        if self._presenter is not None:
            self._presenter.follow_the_clock()

    @Slot()
    def _swap_when_calm(self) -> None:
        result = self._pending
        if result is None or (self._showroom.ready and not self._showroom.is_calm):
            return
        self._pending = None
        self.swapped.emit(result, self._present(result))

    def _present(self, result: ReadResult) -> StartScreens:
        screenplay = result.screenplay
        assert screenplay is not None
        if self._presenter is None:
            self._presenter = self._make_presenter(result.settings)
        if self._presenter.is_right(screenplay):
            return self._presenter.show(screenplay)
        screens = self._presenter.present(
            screenplay.loaded
        )  # it has waited too long for a calm moment
        assert screens is not None
        return screens
