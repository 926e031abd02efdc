"""The suppression list: addresses that objected, kept as keyed hashes only.

The key of the hashes is sealed like a signup, so that a thief of the disk cannot try addresses.
"""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from secrets import token_hex

from kiosk.signups.queue import Queue
from kiosk.signups.sealing import CannotOpen, OpeningKey, SealingKey

HASH_BYTES = 32


def canonical(email: str) -> str:
    """The form in which addresses are compared: case and the spelling of the domain are alike."""
    local, at, domain = email.strip().rpartition("@")
    return f"{_folded(local)}{at}{_ascii_domain(domain)}"


def _folded(text: str) -> str:
    """Composed once more, since folding takes letters apart (Unicode, D145)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _ascii_domain(domain: str) -> str:
    """As the name server is asked for it (IDNA 2008: `straße` and `strasse` are two domains)."""
    if domain.isascii():
        return domain.lower()
    from email_validator import EmailNotValidError, validate_email

    try:
        asked = validate_email(f"x@{domain}", check_deliverability=False, test_environment=False)
    except EmailNotValidError:
        return _folded(domain)
    return asked.ascii_domain.lower()


def keyed_hash(email: str, secret: str) -> bytes:
    """Says nothing about the address to those who lack the secret (BLAKE2b, RFC 7693)."""
    said = canonical(email).encode(errors="surrogatepass")
    return blake2b(said, key=secret.encode(), digest_size=HASH_BYTES).digest()


class SuppressionList:
    """Answers whether an address objected, as far as the keys at hand allow."""

    def __init__(self, queue: Queue, key: OpeningKey | None, *, as_of_export: int | None) -> None:
        """`as_of_export`: as the list was when that export was made; None for today's."""
        self._queue = queue
        self._secrets: list[str] = []
        self.is_whole = True
        self._before = "" if as_of_export is None else f" AND after_export < {int(as_of_export)}"
        for kept, key_id in queue.query(
            "SELECT secret, key_id FROM suppression_keys"
            " WHERE number IN (SELECT suppression_key FROM suppressed) ORDER BY number"
        ):
            secret = _opened(kept, key_id, key)
            if secret is not None:
                self._secrets.append(secret)
            else:
                self.is_whole = False

    def holds(self, email: str) -> bool:
        """Whether the address objected."""
        return any(
            self._queue.query(
                f"SELECT 1 FROM suppressed WHERE hash = ?{self._before}",
                (keyed_hash(email, secret),),
            )
            for secret in self._secrets
        )


def suppress_address(
    queue: Queue, email: str, opening: OpeningKey | None, sealing: SealingKey | None
) -> None:
    """Put an address on the list, inside a transaction of the caller's."""
    number, secret = _usable(queue, opening) or _make_secret(queue, sealing)
    queue.change(
        "INSERT INTO suppressed (hash, suppression_key, after_export)"
        " SELECT ?, ?, coalesce(max(number), 0) FROM exports WHERE true"
        " ON CONFLICT (hash) DO NOTHING",
        (keyed_hash(email, secret), number),
    )


def _usable(queue: Queue, opening: OpeningKey | None) -> tuple[int, str] | None:
    for number, kept, key_id in queue.query(
        "SELECT number, secret, key_id FROM suppression_keys ORDER BY number DESC"
    ):
        secret = _opened(kept, key_id, opening)
        if secret is not None:
            return number, secret
    return None


def _make_secret(queue: Queue, sealing: SealingKey | None) -> tuple[int, str]:
    secret = token_hex(32)
    kept = secret.encode() if sealing is None else sealing.seal(secret.encode())
    key_id = None if sealing is None else sealing.id
    queue.change("INSERT INTO suppression_keys (secret, key_id) VALUES (?, ?)", (kept, key_id))
    return queue.number("SELECT last_insert_rowid()"), secret


def _opened(kept: bytes, key_id: str | None, key: OpeningKey | None) -> str | None:
    try:
        if key_id is None:
            return kept.decode()
        if key is None or key.id != key_id:
            return None
        return key.open(kept).decode()
    except (CannotOpen, UnicodeDecodeError):
        return None
