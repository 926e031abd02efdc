"""The manager's key: made, kept in a file under a passphrase, its public half installed.

The private half is encrypted with XChaCha20-Poly1305 under a key that argon2id (RFC 9106) derives
from the passphrase.
"""

from __future__ import annotations

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk.files import identity, name_whole, open_private, read_small, require_same, sync_folder
from kiosk.signups.crypto.sealing import KEY_BYTES, CannotOpen, OpeningKey, SealingKey
from kiosk.signups.outgoing import partial_of, remove_leftovers, unwritten

PUBLIC_NAME = "sealing-key.json"
COPY_NAME = "sealing-key.copy.json"
FORMAT = 1
SHORTEST_PASSPHRASE = 12
MOST_MEMORY_BYTES = 1 << 30
MOST_PASSES = 20
"""Bounds on what a file may ask of argon2id; ours asks for 3 passes over 256 MiB."""
PROBE = b"what is sealed can be opened again"

NOTE = (
    "The private key of a showroom kiosk. Whoever has this file and its passphrase can read the"
    " signups; without both, nobody can. Keep two copies, none of them on the kiosk."
)
PUBLIC_NOTE = "Signups are sealed to this key. It can only close, not open: it is no secret."


class KeyRefused(Exception):
    """The key cannot be made or used; the message says why and what to do."""


def create(out: Path, passphrase: str, now: datetime) -> OpeningKey:
    """Make a key pair, write the private half to `out`, and prove from the disk that it opens.

    Raises:
        KeyRefused: the passphrase is too short, the file is there already, the disk refuses, or
            what was written does not open what is sealed.
    """
    if len(unicodedata.normalize("NFC", passphrase)) < SHORTEST_PASSPHRASE:
        raise KeyRefused(
            f"the passphrase is too short; use at least {SHORTEST_PASSPHRASE} characters, such as"
            " four words"
        )
    folder = identity(out.parent)
    key = OpeningKey.generate()
    _write(out, _locked(key, passphrase, now), folder=folder)
    try:
        prove(unlock(out, passphrase), key.sealing)
    except (KeyRefused, CannotOpen) as error:
        with suppress(OSError):
            out.unlink()
        raise KeyRefused(
            f"{out} does not open what is sealed to it and was removed; try another disk"
        ) from error
    return key


def prove(opening: OpeningKey, sealing: SealingKey) -> None:
    """Seal something with one half and open it with the other.

    Raises:
        CannotOpen: they do not belong together.
    """
    if opening.open(sealing.seal(PROBE)) != PROBE:
        raise CannotOpen


def unlock(file: Path, passphrase: str) -> OpeningKey:
    """The private half from its file.

    Raises:
        KeyRefused: the file cannot be read, is no key, or the passphrase is wrong.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import Aead

    values = _read(file)
    try:
        header = {name: values[name] for name in ("format", "public_key", "argon2id")}
        wrapping = _derive(passphrase, values["argon2id"])
        private = Aead(wrapping).decrypt(b64decode(values["private_key"]), aad=_aad(header))
        key = OpeningKey(private)
        belongs = len(private) == KEY_BYTES and key.sealing.public == b64decode(
            values["public_key"]
        )
    except (KeyError, TypeError, ValueError, OverflowError):  # PyNaCl's of these are CryptoErrors
        raise _no_key(file) from None
    except CryptoError:
        raise KeyRefused(
            f"the passphrase does not open {file}; type it again (upper and lower case matter)"
        ) from None
    if not belongs:
        raise _no_key(file)
    return key


def install(folder: Path, key: SealingKey, now: datetime) -> None:
    """Put the public half into the kiosk's settings; a running kiosk takes it up at once.

    Raises:
        KeyRefused: the disk refuses.
    """
    _install(folder / PUBLIC_NAME, key, now)


def _install(file: Path, key: SealingKey, now: datetime) -> None:
    _write(
        file,
        {
            "note": PUBLIC_NOTE,
            "format": FORMAT,
            "key_id": key.id,
            "public_key": _text(key.public),
            "installed_at": now.isoformat(timespec="seconds"),
        },
        folder=identity(file.parent),
        replace=True,
    )


def installed(folder: Path) -> SealingKey | None:
    """The public half in the kiosk's settings; None if there is none.

    Raises:
        KeyRefused: it is there and cannot be read.
    """
    return _public_half(folder / PUBLIC_NAME)


def _public_half(file: Path) -> SealingKey | None:
    try:
        values = json.loads(read_small(file))
        key = SealingKey(b64decode(values["public_key"], validate=True))
        is_valid = len(key.public) == KEY_BYTES and values["key_id"] == key.id
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyRefused(f"{file} cannot be read ({error.strerror}); fix its permissions") from None
    except (KeyError, TypeError, ValueError, RecursionError):
        is_valid = False
    if not is_valid:  # nobody could open anything sealed to a key with a flipped bit
        raise KeyRefused(f"{file} is damaged; restore it from a copy")
    return key


def keep_copy(folder: Path, key: SealingKey, now: datetime) -> None:
    """Keep a second copy of the public half, in case the settings lose it; once per key."""
    with suppress(KeyRefused):
        if _public_half(folder / COPY_NAME) == key:
            return
    with suppress(KeyRefused):  # only a precaution: a signup must not wait for it
        _install(folder / COPY_NAME, key, now)


def copied(folder: Path) -> SealingKey | None:
    """The second note of the public half, None where there is none that can be read."""
    with suppress(KeyRefused):
        return _public_half(folder / COPY_NAME)
    return None


def _locked(key: OpeningKey, passphrase: str, now: datetime) -> dict[str, object]:
    from nacl.pwhash import argon2id
    from nacl.secret import Aead
    from nacl.utils import random

    header: dict[str, object] = {
        "format": FORMAT,
        "public_key": _text(key.sealing.public),
        "argon2id": {
            "passes": argon2id.OPSLIMIT_MODERATE,
            "memory_bytes": argon2id.MEMLIMIT_MODERATE,
            "salt": _text(random(argon2id.SALTBYTES)),
        },
    }
    wrapping = _derive(passphrase, header["argon2id"])
    private = Aead(wrapping).encrypt(key.private, aad=_aad(header))
    return {
        "note": NOTE,
        "key_id": key.id,
        "created_at": now.isoformat(timespec="seconds"),
        **header,
        "private_key": _text(bytes(private)),
    }


def _derive(passphrase: str, settings: object) -> bytes:
    """The key that wraps the private half; the passphrase is composed first (RFC 8265, 4.2)."""
    from nacl.exceptions import RuntimeError as NoMemory
    from nacl.pwhash import argon2id

    if not isinstance(settings, Mapping):
        raise TypeError
    passes, memory = int(settings["passes"]), int(settings["memory_bytes"])
    if not 1 <= passes <= MOST_PASSES or not 8192 <= memory <= MOST_MEMORY_BYTES:
        raise ValueError
    composed = unicodedata.normalize("NFC", passphrase).encode(errors="surrogateescape")
    try:
        return argon2id.kdf(32, composed, b64decode(settings["salt"]), passes, memory)
    except NoMemory:
        raise KeyRefused(
            f"opening a key takes {memory >> 20} MB of memory, more than is free; close other"
            " programs and try again"
        ) from None


def _aad(header: Mapping[str, object]) -> bytes:
    """The authenticated data around the private half."""
    return json.dumps(header, sort_keys=True).encode()


def _read(file: Path) -> dict[str, str]:
    try:
        if file.stat().st_size > 1 << 16:
            raise _no_key(file)
        values = json.loads(read_small(file))
    except OSError as error:
        raise KeyRefused(
            f"{file} cannot be read ({error.strerror}); name the file that 'kiosk keys create'"
            " wrote"
        ) from None
    except (ValueError, RecursionError):
        raise _no_key(file) from None
    if not isinstance(values, dict) or "private_key" not in values:
        raise _no_key(file)
    if values.get("format") != FORMAT:
        raise KeyRefused(
            f"{file} was written by a newer version of the kiosk; install that version"
        )
    return values


def _no_key(file: Path) -> KeyRefused:
    return KeyRefused(
        f"{file} is not a manager's key, or is damaged; name the file that 'kiosk keys create'"
        " wrote"
    )


def _write(
    file: Path,
    values: Mapping[str, object],
    *,
    folder: tuple[int, int] | None,
    replace: bool = False,
) -> None:
    """Write completely or not at all, for the owner only, and synced to disk.

    `folder` is the identity that the target folder must still have.
    """
    partial = partial_of(file)
    remove_leftovers(file.parent)
    if not replace and os.path.lexists(file):
        raise _taken(file)
    try:
        try:
            with open(partial, "x", encoding="utf-8", opener=open_private) as text:
                require_same(file.parent, folder)
                text.write(json.dumps(values, indent=2, ensure_ascii=False) + "\n")
                text.flush()
                os.fsync(text.fileno())
            if replace:
                partial.rename(file)
            else:
                _name_new(partial, file)
        finally:
            partial.unlink(missing_ok=True)
        sync_folder(file.parent)
    except OSError as error:
        if replace:  # in the data folder
            raise KeyRefused(
                f"{file} cannot be written ({error.strerror}); check the disk and its permissions"
            ) from None
        raise KeyRefused(unwritten(file, error)) from None


def _name_new(partial: Path, file: Path) -> None:
    try:
        name_whole(partial, file)
    except FileExistsError:
        raise _taken(file) from None


def _taken(file: Path) -> KeyRefused:
    return KeyRefused(f"{file} already exists and is not overwritten; name another file")


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
