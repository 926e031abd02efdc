"""The passphrase of the manager's key: from a file descriptor, the environment, or typed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from getpass import getpass

from kiosk.commands.support.outcome import CommandFailed

VARIABLE = "KIOSK_PASSPHRASE"
MAX_BYTES = 4096
NOT_UTF8 = "the passphrase is not valid UTF-8; save it as UTF-8"


def read_passphrase(
    descriptor: int | None, environment: Mapping[str, str], *, twice: bool = False
) -> str:
    """The passphrase, without the end of its line; typed `twice` where it is a new one.

    Raises:
        CommandFailed: the descriptor cannot be read, nobody is there to type, or the two differ.
    """
    if descriptor is not None:
        return _from_descriptor(descriptor)
    if VARIABLE in environment:
        return environment[VARIABLE]
    if sys.stdin is None or not sys.stdin.isatty():
        raise CommandFailed(
            f"there is no terminal to type the passphrase on; set {VARIABLE} or pass"
            " --passphrase-fd"
        )
    try:
        typed = getpass("Passphrase: ")
        if twice and getpass("Repeat the passphrase: ") != typed:
            raise CommandFailed("the two passphrases differ; no key was created, try again")
    except EOFError:
        raise CommandFailed("no passphrase was entered; nothing was done") from None
    except UnicodeDecodeError:
        raise CommandFailed(NOT_UTF8) from None
    return typed


def _from_descriptor(descriptor: int) -> str:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as given:
            line = given.readline(MAX_BYTES)
    except OSError as error:
        raise CommandFailed(
            f"file descriptor {descriptor} cannot be read ({error.strerror}); open it with 3<FILE"
        ) from None
    try:
        return line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise CommandFailed(NOT_UTF8) from None
