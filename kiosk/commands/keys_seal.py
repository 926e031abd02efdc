"""`kiosk keys seal`: unencrypted signups are sealed to the installed key."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import CommandFailed
from kiosk.commands.support.signup_report import print_set_aside

if TYPE_CHECKING:
    from kiosk.signups.crypto.sealed_box import PublicKey
    from kiosk.signups.store.queue import Queue


@dataclass(frozen=True)
class KeysSealOptions:
    data: Path | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)


def seal_signups(options: KeysSealOptions) -> int:
    """Exits with 1 where damaged signups stay unencrypted."""
    from kiosk.commands.support.open_queue import open_queue
    from kiosk.commands.support.seal_signups import print_sealed, seal_unencrypted
    from kiosk.operation.showroom_clock import showroom_clock

    data = data_folder(options.data)
    now = showroom_clock(data).now()
    with open_queue(data, create=True) as queue:
        key = _installed_or_restored(data, queue, now)
        sealed = seal_unencrypted(queue, key, now)
    status = print_sealed(sealed)
    print_set_aside(data)
    return status


def _installed_or_restored(data: Path, queue: Queue, now: datetime) -> PublicKey:
    """The key of the settings; where they have lost it, the one that was used last."""
    from kiosk.signups.crypto.keys import KeyRefused, install_key, load_installed_key
    from kiosk.signups.store.current_key import current_key

    key = current_key(data, queue)
    if key is None:
        raise CommandFailed("no key is installed; create one with 'kiosk keys create'")
    with suppress(KeyRefused):
        if load_installed_key(data) == key:
            return key
    install_key(data, key, now)
    print(f"The key {key.id} was restored to the settings.")
    return key


COMMAND = Command(
    "seal unencrypted signups to the installed key",
    KeysSealOptions,
    add_arguments,
    seal_signups,
    holds_addresses=True,
)
