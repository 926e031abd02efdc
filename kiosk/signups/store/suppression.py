"""The suppression list: addresses that objected, stored as keyed hashes only.

The secret of the hashes is sealed like a signup, so that someone who steals the disk cannot test
addresses against the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from secrets import token_hex

from kiosk.signups.crypto.sealed_box import DecryptionFailed, PrivateKey, PublicKey
from kiosk.signups.form import is_storable
from kiosk.signups.store.queue import Queue

HASH_BYTES = 32
VALID_SUFFIX = ".com"
SECRET = re.compile(b"[0-9a-f]{64}")


def canonical_address(email: str) -> str:
    """The canonical form of an address for comparisons, in which case does not matter.

    Invisible characters are ignored: they are copied along with addresses.
    """
    if not (email.isascii() and email.isprintable()):
        email = "".join(filter(is_storable, email))
    local, at, domain = email.strip().rpartition("@")
    return f"{_casefolded(local)}{at}{_ascii_domain(domain)}"


def _casefolded(text: str) -> str:
    """Case-fold each letter (`straße` and `strasse` are different), then normalize again."""
    if text.isascii():
        return text.lower()
    letters = (_casefolded_letter(letter) for letter in unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", "".join(letters))


def _casefolded_letter(letter: str) -> str:
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()


def _ascii_domain(domain: str) -> str:
    return domain.lower() if domain.isascii() else _idna_domain(domain)


@lru_cache(maxsize=1024)
def _idna_domain(domain: str) -> str:
    """The domain as in DNS (IDNA 2008: `straße` and `strasse` are different domains).

    Also for domains that do not exist on the internet, such as `bücher.local`.
    """
    from email_validator import EmailNotValidError, validate_email

    address = f"x@{domain}{VALID_SUFFIX}"
    try:
        validated = validate_email(address, check_deliverability=False, test_environment=False)
    except EmailNotValidError:
        return _casefolded(domain)
    return validated.ascii_domain.lower().removesuffix(VALID_SUFFIX)


def is_secret(value: object) -> bool:
    """Whether this is an unencrypted secret as created by `_create_secret`."""
    return isinstance(value, bytes) and SECRET.fullmatch(value) is not None


def keyed_hash(email: str, secret: str) -> bytes:
    """A hash that reveals nothing without the secret (BLAKE2b, RFC 7693)."""
    message = canonical_address(email).encode(errors="surrogatepass")
    return blake2b(message, key=secret.encode(), digest_size=HASH_BYTES).digest()


class SuppressionList:
    """Tells whether an address has objected, as far as the available key allows."""

    def __init__(self, queue: Queue, key: PrivateKey | None, *, as_of_export: int | None) -> None:
        """`as_of_export`: use the list as of that export; None means the current one."""
        self._queue = queue
        self._secrets: list[str] = []
        self.is_complete = True
        self._before = _before(as_of_export)
        for stored, key_id in queue.query(
            "SELECT secret, key_id FROM suppression_keys"
            " WHERE number IN"
            f" (SELECT suppression_key FROM suppressed WHERE {self._before}) ORDER BY number"
        ):
            secret = _decrypt_secret(stored, key_id, key)
            if secret is not None:
                self._secrets.append(secret)
            else:
                self.is_complete = False

    def contains(self, email: str) -> bool | None:
        """Whether the address objected; None if it may be in a part that cannot be decrypted."""
        if not self._secrets:
            return False if self.is_complete else None
        is_found = any(
            self._queue.query(
                f"SELECT 1 FROM suppressed WHERE hash = ? AND {self._before}",
                (keyed_hash(email, secret),),
            )
            for secret in self._secrets
        )
        return is_found or (False if self.is_complete else None)


def sealed_secrets(queue: Queue, as_of_export: int | None) -> list[tuple[int, bytes, str]]:
    """The number, the box and the key id of each secret that is sealed and in use."""
    return [
        (number, secret, key_id)
        for number, secret, key_id in queue.query(
            "SELECT number, secret, key_id FROM suppression_keys WHERE key_id IS NOT NULL AND"
            f" number IN (SELECT suppression_key FROM suppressed WHERE {_before(as_of_export)})"
            " ORDER BY number"
        )
        if isinstance(secret, bytes) and isinstance(key_id, str)
    ]


def hashes_under(queue: Queue, secret: int, as_of_export: int | None) -> list[bytes]:
    """The hashes made with a secret, in order."""
    rows = queue.query(
        f"SELECT hash FROM suppressed WHERE suppression_key = ? AND {_before(as_of_export)}"
        " ORDER BY hash",
        (secret,),
    )
    return [hash_ for (hash_,) in rows if isinstance(hash_, bytes)]


def suppress_address(
    queue: Queue, email: str, private_key: PrivateKey | None, public_key: PublicKey | None
) -> None:
    """Add an address to the list, within the caller's transaction."""
    number, secret = _find_secret(queue, private_key) or _create_secret(queue, public_key)
    _insert(queue, keyed_hash(email, secret), number, _last_export(queue))


def restore_suppressed(
    queue: Queue,
    secret: bytes,
    key_id: str | None,
    hashes: Mapping[bytes, int],
    public_key: PublicKey | None,
    now: datetime,
) -> None:
    """Add another file's hashes with their secret, within the caller's transaction.

    Each hash comes with the number of the last export before its address was added. Known hashes
    are not changed; an unencrypted secret is sealed if there is a key.
    """
    missing = [
        hash_
        for hash_ in sorted(hashes)
        if not queue.query("SELECT 1 FROM suppressed WHERE hash = ?", (hash_,))
    ]
    if not missing:
        return
    if key_id is None and public_key is not None:
        queue.save_key(public_key, now)
        secret, key_id = public_key.seal(secret), public_key.id
    rows = queue.query(
        "SELECT number FROM suppression_keys WHERE secret = ? AND key_id IS ?", (secret, key_id)
    )
    number = rows[0][0] if rows else _store_secret(queue, secret, key_id)
    for hash_ in missing:
        _insert(queue, hash_, number, hashes[hash_])


def _before(export: int | None) -> str:
    """The condition for objections that were on the list before an export; all if it is None."""
    return "true" if export is None else f"after_export < {int(export)}"


def _last_export(queue: Queue) -> int:
    return queue.query_int("SELECT coalesce(max(number), 0) FROM exports")


def _insert(queue: Queue, hash_: bytes, suppression_key: int, after_export: int) -> None:
    queue.execute(
        "INSERT INTO suppressed (hash, suppression_key, after_export) VALUES (?, ?, ?)"
        " ON CONFLICT (hash) DO NOTHING",
        (hash_, suppression_key, after_export),
    )


def _find_secret(queue: Queue, private_key: PrivateKey | None) -> tuple[int, str] | None:
    for number, stored, key_id in queue.query(
        "SELECT number, secret, key_id FROM suppression_keys ORDER BY number DESC"
    ):
        secret = _decrypt_secret(stored, key_id, private_key)
        if secret is not None:
            return number, secret
    return None


def _create_secret(queue: Queue, public_key: PublicKey | None) -> tuple[int, str]:
    secret = token_hex(32)
    stored = secret.encode() if public_key is None else public_key.seal(secret.encode())
    key_id = None if public_key is None else public_key.id
    return _store_secret(queue, stored, key_id), secret


def _store_secret(queue: Queue, stored: bytes, key_id: str | None) -> int:
    queue.execute("INSERT INTO suppression_keys (secret, key_id) VALUES (?, ?)", (stored, key_id))
    return queue.query_int("SELECT last_insert_rowid()")


def _decrypt_secret(stored: bytes, key_id: str | None, key: PrivateKey | None) -> str | None:
    """The secret; None if it is sealed to another key or damaged."""
    if key_id is not None:
        if key is None or key.id != key_id:
            return None
        try:
            stored = key.open(stored)
        except DecryptionFailed:
            return None
    return stored.decode() if is_secret(stored) else None
