"""What some places need besides their content: the signup store, and a background runner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.signups.form import Provenance, Signup

if TYPE_CHECKING:
    from kiosk.toolkit.runner import Runner


class SignupStore(Protocol):
    """Stores signups; see `kiosk.signups.store.local_store.LocalSignupStore`."""

    def is_open(self) -> bool: ...

    def save(self, signup: Signup) -> None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """`provenance` returns when and where a signup is made.

    `memory` caches by place id what is expensive to build; it lasts as long as the screenplay.
    """

    signup_store: SignupStore
    runner: Runner
    provenance: Callable[[], Provenance]
    memory: dict[str, Any] = field(default_factory=dict)
