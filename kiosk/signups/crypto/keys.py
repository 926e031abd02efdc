"""The manager's key pair: created, stored in a file under a passphrase, its public key installed.

The private key is encrypted with XChaCha20-Poly1305 under a key that argon2id (RFC 9106) derives
from the passphrase.
"""

from __future__ import annotations

import json
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk.files import (
    file_identity,
    read_small_file,
    sync_folder,
    why_unreadable,
    write_small_file,
)
from kiosk.refused import Refused
from kiosk.signups.crypto.sealed_box import KEY_BYTES, DecryptionFailed, PrivateKey, PublicKey
from kiosk.signups.output_files import OutputRefused, new_file

PUBLIC_KEY_FILE = "sealing-key.json"
BACKUP_FILE = "sealing-key.copy.json"
FORMAT = 1
MIN_PASSPHRASE_LENGTH = 12
MAX_MEMORY_BYTES = 1 << 30
MAX_PASSES = 20
"""Limits for the parameters in a key file; ours uses 3 passes over 256 MiB."""
PROBE = b"what is sealed can be opened again"

NOTE = (
    "The private key of a showroom kiosk. Whoever has this file and its passphrase can read the"
    " signups; without both, nobody can. Keep two copies, none of them on the kiosk."
)
PUBLIC_NOTE = "Signups are sealed to this key. It can only close, not open: it is no secret."


class KeyRefused(Refused):
    """The key cannot be created or used; the message says why and what to do."""


def create_key_pair(out: Path, passphrase: str, now: datetime) -> PrivateKey:
    """Create a key pair, write the private key to `out`, and verify the written file.

    Raises:
        KeyRefused: the passphrase is too short, the file already exists, writing fails, or the
            written key does not open what is sealed to it.
    """
    if len(unicodedata.normalize("NFC", passphrase)) < MIN_PASSPHRASE_LENGTH:
        raise KeyRefused(
            f"the passphrase is too short; use at least {MIN_PASSPHRASE_LENGTH} characters, such as"
            " four words"
        )
    folder = file_identity(out.parent)
    key = PrivateKey.generate()
    values = _encrypted(key, passphrase, now)
    try:
        with new_file(out, folder) as file:
            file.write(_encoded(values))
    except OutputRefused as error:
        raise KeyRefused(str(error)) from None
    try:
        require_pair(load_private_key(out, passphrase), key.public_key)
    except (KeyRefused, DecryptionFailed) as error:
        with suppress(OSError):
            out.unlink()
        raise KeyRefused(
            f"{out} does not open what is sealed to it and was removed; try another disk"
        ) from error
    return key


def require_pair(private_key: PrivateKey, public_key: PublicKey) -> None:
    """Seal something with the public key and open it with the private key.

    Raises:
        DecryptionFailed: they are not a pair.
    """
    if private_key.open(public_key.seal(PROBE)) != PROBE:
        raise DecryptionFailed


def load_private_key(file: Path, passphrase: str) -> PrivateKey:
    """Load the private key from its file.

    Raises:
        KeyRefused: the file cannot be read or is not a key, or the passphrase is wrong.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import Aead

    values = _read_key_file(file)
    try:
        header = {name: values[name] for name in ("format", "public_key", "argon2id")}
        wrapping = _derive_wrapping_key(passphrase, values["argon2id"])
        private = Aead(wrapping).decrypt(b64decode(values["private_key"]), aad=_aad(header))
        key = PrivateKey(private)
        is_pair = len(private) == KEY_BYTES and key.public_key.raw == b64decode(
            values["public_key"]
        )
    except (KeyError, TypeError, ValueError, OverflowError):  # PyNaCl's own are CryptoErrors
        raise _not_a_key(file) from None
    except CryptoError:
        if _is_public_key_changed(values):
            raise KeyRefused(
                f"{file} is damaged, which may be why the passphrase does not open it; use another"
                " copy of the file"
            ) from None
        raise KeyRefused(
            f"the passphrase does not open {file}; type it again (upper and lower case matter)"
        ) from None
    if not is_pair:
        raise _not_a_key(file)
    return key


def install_key(folder: Path, key: PublicKey, now: datetime) -> None:
    """Install the public key on the kiosk; a running kiosk uses it at once.

    Raises:
        KeyRefused: writing fails.
    """
    _write_public_key(folder / PUBLIC_KEY_FILE, key, now)


def _write_public_key(file: Path, key: PublicKey, now: datetime) -> None:
    values = {
        "note": PUBLIC_NOTE,
        "format": FORMAT,
        "key_id": key.id,
        "public_key": _base64(key.raw),
        "installed_at": now.isoformat(timespec="seconds"),
    }
    try:
        write_small_file(file, _encoded(values), survives_power_cut=True)
        sync_folder(file.parent)
    except OSError as error:
        raise KeyRefused(
            f"{file} cannot be written ({error.strerror}); check the disk and its permissions"
        ) from None


def load_installed_key(folder: Path) -> PublicKey | None:
    """Load the installed public key; None if there is none.

    Raises:
        KeyRefused: it exists but cannot be read.
    """
    return _load_public_key(folder / PUBLIC_KEY_FILE)


def _load_public_key(file: Path) -> PublicKey | None:
    try:
        values = json.loads(read_small_file(file))
        key = PublicKey(b64decode(values["public_key"], validate=True))
        is_valid = len(key.raw) == KEY_BYTES and values["key_id"] == key.id
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyRefused(why_unreadable(file, error, "fix its permissions")) from None
    except (KeyError, TypeError, ValueError, RecursionError):
        is_valid = False
    if not is_valid:  # nobody could open what is sealed to a key with a flipped bit
        raise KeyRefused(f"{file} is damaged; restore it from a copy")
    return key


def back_up_key(folder: Path, key: PublicKey, now: datetime) -> None:
    """Write a second copy of the public key, in case the first is lost; once per key."""
    with suppress(KeyRefused):
        if _load_public_key(folder / BACKUP_FILE) == key:
            return
    with suppress(KeyRefused):  # a precaution only: no signup may fail because of it
        _write_public_key(folder / BACKUP_FILE, key, now)


def load_backup_key(folder: Path) -> PublicKey | None:
    """Load the second copy of the public key; None if there is none that can be read."""
    with suppress(KeyRefused):
        return _load_public_key(folder / BACKUP_FILE)
    return None


def _encrypted(key: PrivateKey, passphrase: str, now: datetime) -> dict[str, object]:
    from nacl.pwhash import argon2id
    from nacl.secret import Aead
    from nacl.utils import random

    header: dict[str, object] = {
        "format": FORMAT,
        "public_key": _base64(key.public_key.raw),
        "argon2id": {
            "passes": argon2id.OPSLIMIT_MODERATE,
            "memory_bytes": argon2id.MEMLIMIT_MODERATE,
            "salt": _base64(random(argon2id.SALTBYTES)),
        },
    }
    wrapping = _derive_wrapping_key(passphrase, header["argon2id"])
    private = Aead(wrapping).encrypt(key.raw, aad=_aad(header))
    return {
        "note": NOTE,
        "key_id": key.id,
        "created_at": now.isoformat(timespec="seconds"),
        **header,
        "private_key": _base64(bytes(private)),
    }


def _derive_wrapping_key(passphrase: str, settings: object) -> bytes:
    """The key that encrypts the private key; the passphrase is normalized first (RFC 8265, 4.2)."""
    from nacl.exceptions import RuntimeError as NoMemory
    from nacl.pwhash import argon2id

    if not isinstance(settings, Mapping):
        raise TypeError
    passes, memory = int(settings["passes"]), int(settings["memory_bytes"])
    if not 1 <= passes <= MAX_PASSES or not 8192 <= memory <= MAX_MEMORY_BYTES:
        raise ValueError
    normalized = unicodedata.normalize("NFC", passphrase).encode(errors="surrogateescape")
    try:
        return argon2id.kdf(32, normalized, b64decode(settings["salt"]), passes, memory)
    except NoMemory:
        raise KeyRefused(
            f"opening a key takes {memory >> 20} MB of memory, more than is free; close other"
            " programs and try again"
        ) from None


def _aad(header: Mapping[str, object]) -> bytes:
    """The additional authenticated data of the private key."""
    return json.dumps(header, sort_keys=True).encode()


def _read_key_file(file: Path) -> dict[str, str]:
    try:
        if file.stat().st_size > 1 << 16:
            raise _not_a_key(file)
        values = json.loads(read_small_file(file))
    except OSError as error:
        raise KeyRefused(
            f"{file} cannot be read ({error.strerror}); use the file that 'kiosk keys create' wrote"
        ) from None
    except (ValueError, RecursionError):
        raise _not_a_key(file) from None
    if not isinstance(values, dict) or "private_key" not in values:
        raise _not_a_key(file)
    version = values.get("format")
    if type(version) is not int or version < FORMAT:
        raise _not_a_key(file)
    if version > FORMAT:
        raise KeyRefused(
            f"{file} was written by a newer version of the kiosk; install that version"
        )
    return values


def _is_public_key_changed(values: Mapping[str, str]) -> bool:
    """Whether the public key, with which the private key is sealed, is not that of the key's id."""
    key_id = values.get("key_id")
    try:
        public = PublicKey(b64decode(values["public_key"]))
    except (TypeError, ValueError):
        return True
    return key_id is not None and key_id != public.id


def _not_a_key(file: Path) -> KeyRefused:
    return KeyRefused(
        f"{file} is not a manager's key, or is damaged; use the file that 'kiosk keys create' wrote"
    )


def _encoded(values: Mapping[str, object]) -> bytes:
    return f"{json.dumps(values, indent=2, ensure_ascii=False)}\n".encode()


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
