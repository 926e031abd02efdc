"""What some places need besides their content: where signups go, work off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.signups.form import Signup, Stamp

if TYPE_CHECKING:
    from kiosk.toolkit.runner import Runner


class SignupDesk(Protocol):
    """Takes signups; see `kiosk.signups.store.desk.Desk`."""

    def is_open(self) -> bool: ...

    def accept(self, signup: Signup) -> None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """`stamp` says when and where a signup is made.

    `memory` lasts as long as the content shows the same: for what is dear to make, by a place's id.
    """

    desk: SignupDesk
    runner: Runner
    stamp: Callable[[], Stamp]
    memory: dict[str, Any] = field(default_factory=dict)
