"""`kiosk keys create`: the manager's key, to which signups are sealed."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from kiosk.commands.support import arguments
from kiosk.commands.support.command import Command
from kiosk.commands.support.data_folder import data_folder
from kiosk.commands.support.outcome import CommandFailed
from kiosk.commands.support.signup_report import print_set_aside
from kiosk.operation.folders import create_data_folder, require_owner


@dataclass(frozen=True)
class KeysCreateOptions:
    data: Path | None
    out: Path
    replace: bool
    passphrase_fd: int | None


def add_arguments(parser: ArgumentParser) -> None:
    arguments.add_data(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where to write the private key"
    )
    parser.add_argument(
        "--replace", action="store_true", help="install the new key in place of the current one"
    )
    arguments.add_passphrase(parser)


def create_key(options: KeysCreateOptions) -> int:
    """Create the manager's key pair, install the public key, and seal unencrypted signups."""
    from kiosk.commands.support.open_queue import open_queue
    from kiosk.commands.support.passphrase import read_passphrase
    from kiosk.commands.support.seal_signups import print_sealed, seal_unencrypted
    from kiosk.operation.destinations import require_destination
    from kiosk.operation.showroom_clock import showroom_clock
    from kiosk.signups.crypto.keys import create_key_pair, install_key
    from kiosk.signups.store.current_key import last_used_key

    data, out = data_folder(options.data), options.out
    require_owner(data)
    create_data_folder(data)
    if not out.name:
        raise CommandFailed(
            f"{out} is a folder; choose a file in it, such as {out / 'manager.key'}"
        )
    require_destination(out, data)
    if not options.replace:
        _refuse_to_replace(data)
    passphrase = read_passphrase(options.passphrase_fd, os.environ, twice=True)
    now = showroom_clock(data).now()
    with open_queue(data, create=True) as queue:
        if not options.replace and (before := last_used_key(data, queue)) is not None:
            raise CommandFailed(
                f"signups are already sealed to the key {before.id}, which is missing from the"
                " settings; run 'kiosk keys seal' to restore it, or pass --replace to seal later"
                " signups to a new key"
            )
        require_destination(out, data)  # a stick may be pulled while the passphrase is typed
        key = create_key_pair(out, passphrase, now)
        install_key(data, key.public_key, now)
        try:
            sealed = seal_unencrypted(queue, key.public_key, now)
        finally:  # printed afterward: there may be nobody left to read it
            print(f"{out} holds the private key {key.id}; it was tested and opens what is sealed.")
            print("From now on, signups of this kiosk are sealed to it.")
    status = print_sealed(sealed)
    print_set_aside(data)
    print(
        f"Move {out} off this machine and keep a second copy. Without the file and its passphrase,"
        " nobody can read these signups again, not even the makers of the kiosk."
    )
    return status


def _refuse_to_replace(data: Path) -> None:
    from kiosk.signups.crypto.keys import KeyRefused, load_installed_key

    try:
        before = load_installed_key(data)
    except KeyRefused as error:
        raise CommandFailed(
            f"{error}, or run 'kiosk keys seal' to restore the key that was used last; --replace"
            " installs a new one instead"
        ) from None
    if before is not None:
        raise CommandFailed(
            f"signups are already sealed to the key {before.id}; pass --replace to seal later ones"
            " to a new key, and keep the old one for the earlier ones"
        )


COMMAND = Command(
    "create a key pair and install the public key",
    KeysCreateOptions,
    add_arguments,
    create_key,
    holds_addresses=True,
)
