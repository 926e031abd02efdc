"""The suppression list: addresses that objected, kept as keyed hashes only.

The key of the hashes is sealed like a signup, so that a thief of the disk cannot try addresses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from secrets import token_hex

from kiosk.signups.crypto.sealing import CannotOpen, OpeningKey, SealingKey
from kiosk.signups.form import is_kept
from kiosk.signups.store.queue import Queue

HASH_BYTES = 32
KNOWN_ENDING = ".com"
SECRET = re.compile(b"[0-9a-f]{64}")


def canonical(email: str) -> str:
    """The form in which addresses are compared: case and the spelling of the domain are alike.

    What cannot be seen counts for nothing: it comes along when an address is copied.
    """
    if not (email.isascii() and email.isprintable()):
        email = "".join(filter(is_kept, email))
    local, at, domain = email.strip().rpartition("@")
    return f"{_folded(local)}{at}{_ascii_domain(domain)}"


def _folded(text: str) -> str:
    """Letter by letter (`straße` and `strasse` are two people), and composed once more."""
    if text.isascii():
        return text.lower()
    letters = (_folded_letter(letter) for letter in unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", "".join(letters))


def _folded_letter(letter: str) -> str:
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()


def _ascii_domain(domain: str) -> str:
    return domain.lower() if domain.isascii() else _asked_domain(domain)


@lru_cache(maxsize=1024)
def _asked_domain(domain: str) -> str:
    """The domain as used in DNS (IDNA 2008: `straße` and `strasse` are two domains).

    Also for domains that do not exist on the internet, such as `bücher.local`.
    """
    from email_validator import EmailNotValidError, validate_email

    address = f"x@{domain}{KNOWN_ENDING}"
    try:
        validated = validate_email(address, check_deliverability=False, test_environment=False)
    except EmailNotValidError:
        return _folded(domain)
    return validated.ascii_domain.lower().removesuffix(KNOWN_ENDING)


def is_secret(value: object) -> bool:
    """Whether this is an open secret as `_make_secret` makes it."""
    return isinstance(value, bytes) and SECRET.fullmatch(value) is not None


def keyed_hash(email: str, secret: str) -> bytes:
    """A hash that reveals nothing without the secret (BLAKE2b, RFC 7693)."""
    message = canonical(email).encode(errors="surrogatepass")
    return blake2b(message, key=secret.encode(), digest_size=HASH_BYTES).digest()


class SuppressionList:
    """Says whether an address has objected, as far as the available keys allow."""

    def __init__(self, queue: Queue, key: OpeningKey | None, *, as_of_export: int | None) -> None:
        """`as_of_export`: use the list as of that export; None means the current one."""
        self._queue = queue
        self._secrets: list[str] = []
        self.is_whole = True
        self._before = "" if as_of_export is None else f" AND after_export < {int(as_of_export)}"
        for stored, key_id in queue.query(
            "SELECT secret, key_id FROM suppression_keys"
            " WHERE number IN"
            f" (SELECT suppression_key FROM suppressed WHERE true{self._before}) ORDER BY number"
        ):
            secret = _opened(stored, key_id, key)
            if secret is not None:
                self._secrets.append(secret)
            else:
                self.is_whole = False

    def holds(self, email: str) -> bool | None:
        """Whether the address objected; None if a part that cannot be opened might hold it."""
        if not self._secrets:
            return False if self.is_whole else None
        is_found = any(
            self._queue.query(
                f"SELECT 1 FROM suppressed WHERE hash = ?{self._before}",
                (keyed_hash(email, secret),),
            )
            for secret in self._secrets
        )
        return is_found or (False if self.is_whole else None)


def suppress_address(
    queue: Queue, email: str, opening: OpeningKey | None, sealing: SealingKey | None
) -> None:
    """Add an address to the list, within the caller's transaction."""
    number, secret = _usable(queue, opening) or _make_secret(queue, sealing)
    _insert(queue, keyed_hash(email, secret), number, _last_export(queue))


def restore_suppressed(
    queue: Queue,
    secret: bytes,
    key_id: str | None,
    hashes: Mapping[bytes, int],
    sealing: SealingKey | None,
    now: datetime,
) -> None:
    """Import another file's hashes with their secret, within the caller's transaction.

    Each comes with the number of the last export before its address was added. Hashes already known
    stay as they are; an open secret is sealed if there is a key.
    """
    missing = [
        hash_
        for hash_ in sorted(hashes)
        if not queue.query("SELECT 1 FROM suppressed WHERE hash = ?", (hash_,))
    ]
    if not missing:
        return
    if key_id is None and sealing is not None:
        queue.note_key(sealing, now)
        secret, key_id = sealing.seal(secret), sealing.id
    rows = queue.query(
        "SELECT number FROM suppression_keys WHERE secret = ? AND key_id IS ?", (secret, key_id)
    )
    number = rows[0][0] if rows else _keep_secret(queue, secret, key_id)
    for hash_ in missing:
        _insert(queue, hash_, number, hashes[hash_])


def _last_export(queue: Queue) -> int:
    return queue.number("SELECT coalesce(max(number), 0) FROM exports")


def _insert(queue: Queue, hash_: bytes, suppression_key: int, after_export: int) -> None:
    queue.change(
        "INSERT INTO suppressed (hash, suppression_key, after_export) VALUES (?, ?, ?)"
        " ON CONFLICT (hash) DO NOTHING",
        (hash_, suppression_key, after_export),
    )


def _usable(queue: Queue, opening: OpeningKey | None) -> tuple[int, str] | None:
    for number, stored, key_id in queue.query(
        "SELECT number, secret, key_id FROM suppression_keys ORDER BY number DESC"
    ):
        secret = _opened(stored, key_id, opening)
        if secret is not None:
            return number, secret
    return None


def _make_secret(queue: Queue, sealing: SealingKey | None) -> tuple[int, str]:
    secret = token_hex(32)
    stored = secret.encode() if sealing is None else sealing.seal(secret.encode())
    key_id = None if sealing is None else sealing.id
    return _keep_secret(queue, stored, key_id), secret


def _keep_secret(queue: Queue, stored: bytes, key_id: str | None) -> int:
    queue.change("INSERT INTO suppression_keys (secret, key_id) VALUES (?, ?)", (stored, key_id))
    return queue.number("SELECT last_insert_rowid()")


def _opened(stored: bytes, key_id: str | None, key: OpeningKey | None) -> str | None:
    """The secret; None if it is sealed to another key or damaged."""
    if key_id is not None:
        if key is None or key.id != key_id:
            return None
        try:
            stored = key.open(stored)
        except CannotOpen:
            return None
    return stored.decode() if is_secret(stored) else None
