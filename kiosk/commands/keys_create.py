"""`kiosk keys create`: the manager's key, to which signups are sealed."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import CannotDo
from kiosk.commands.support.signup_report import print_set_aside
from kiosk.operation.folders import make_data_folder, require_owner


@dataclass(frozen=True)
class KeysCreateOptions:
    data: Path | None
    out: Path
    replace: bool
    passphrase_fd: int | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where the private half goes"
    )
    parser.add_argument(
        "--replace", action="store_true", help="seal to the new key though one is installed"
    )
    arguments.add_passphrase(parser)


def create_key(options: KeysCreateOptions) -> int:
    """Make the manager's key, install its public half, seal what lies open."""
    from kiosk.commands.support.passphrase import read_passphrase
    from kiosk.commands.support.sealing import print_sealed, seal_open_signups
    from kiosk.commands.support.signup_store import queue_at_work
    from kiosk.operation.destinations import require_destination
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.signups.crypto.keys import create, install
    from kiosk.signups.store.last_key import earlier_key

    data, out = data_folder(options.data), options.out
    require_owner(data)
    make_data_folder(data)
    if not out.name:
        raise CannotDo(f"{out} is a folder; name a file in it, like {out / 'manager.key'}")
    require_destination(out, data)
    if not options.replace:
        _refuse_to_replace(data)
    passphrase = read_passphrase(options.passphrase_fd, os.environ, twice=True)
    now = showroom_clock(data).now()
    with queue_at_work(data, create=True) as queue:
        if not options.replace and (before := earlier_key(data, queue)) is not None:
            raise CannotDo(
                f"signups are sealed to the key {before.id} already, which the settings have lost;"
                " 'kiosk keys seal' puts it back, --replace seals later ones to the new key"
            )
        require_destination(out, data)  # a stick may be pulled while the passphrase is typed
        key = create(out, passphrase, now)
        install(data, key.sealing, now)
        try:
            sealed = seal_open_signups(queue, key.sealing, now)
        finally:  # printed afterwards: there may be nobody left to read it
            print(
                f"{out} holds the private key {key.id}; that it opens what is sealed was just"
                " tried."
            )
            print("Signups of this kiosk are sealed to it from now on.")
    status = print_sealed(sealed)
    print_set_aside(data)
    print(
        f"Take {out} off this machine and keep a second copy. Without the file and its passphrase"
        " nobody can read these signups again, not even its makers."
    )
    return status


def _refuse_to_replace(data: Path) -> None:
    from kiosk.signups.crypto.keys import KeyRefused, installed

    try:
        before = installed(data)
    except KeyRefused as error:
        raise CannotDo(
            f"{error}, or let 'kiosk keys seal' put back the key that was used last; --replace"
            " installs the new one instead"
        ) from None
    if before is not None:
        raise CannotDo(
            f"signups are sealed to the key {before.id} already; with --replace, later ones are"
            " sealed to the new key and earlier ones still need the old one"
        )


COMMAND = Command(
    "make a key, install its public half",
    KeysCreateOptions,
    add_arguments,
    create_key,
    holds_addresses=True,
)
