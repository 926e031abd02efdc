"""Anonymous encryption to the manager's public key (libsodium sealed boxes).

X25519, XSalsa20 and Poly1305 with an ephemeral key pair for each box; see "Sealed boxes" in
libsodium's documentation. A box is confidential, but does not authenticate who sealed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nacl.public

KEY_BYTES = 32
KEY_ID = re.compile("[0-9a-f]{16}")
BOX_BYTES = 48
"""Overhead of a box: the ephemeral public key and the authentication tag."""
BLOCK_BYTES = 128
"""Texts are padded to whole blocks, so that the size of a box does not reveal a name's length."""


class DecryptionFailed(Exception):
    """The box is damaged, or sealed to another key."""


def _padded(text: bytes) -> bytes:
    return text + b" " * (-len(text) % BLOCK_BYTES)


def pad_for_sealing(text: bytes) -> bytes:
    """An unencrypted text as it is stored: with room to be sealed in place (`seal_padded`)."""
    return _padded(text.rstrip(b" ")) + b" " * BOX_BYTES


@dataclass(frozen=True)
class PublicKey:
    """The public key, which stays on the kiosk."""

    raw: bytes

    @cached_property
    def id(self) -> str:
        """Identifies the key: the first 16 hexadecimal digits of its SHA-256."""
        return sha256(self.raw).hexdigest()[:16]

    @cached_property
    def _box(self) -> nacl.public.SealedBox[nacl.public.PublicKey]:
        import nacl.public  # takes 30 ms, and is needed only with a key

        return nacl.public.SealedBox(nacl.public.PublicKey(self.raw))

    def seal(self, text: bytes) -> bytes:
        """A box that only the private key opens."""
        return bytes(self._box.encrypt(_padded(text)))

    def seal_padded(self, padded: bytes) -> bytes:
        """A box of exactly the size of the padded text."""
        return self.seal(padded[:-BOX_BYTES] if padded.endswith(b" " * BOX_BYTES) else padded)


@dataclass(frozen=True)
class PrivateKey:
    """The private key, which only the manager has."""

    raw: bytes

    @classmethod
    def generate(cls) -> PrivateKey:
        """A new key pair, from the system's random source."""
        import nacl.public

        return cls(bytes(nacl.public.PrivateKey.generate()))

    @cached_property
    def public_key(self) -> PublicKey:
        import nacl.public

        return PublicKey(bytes(nacl.public.PrivateKey(self.raw).public_key))

    @cached_property
    def id(self) -> str:
        """The id of the public key."""
        return self.public_key.id

    @cached_property
    def _box(self) -> nacl.public.SealedBox[nacl.public.PrivateKey]:
        import nacl.public

        return nacl.public.SealedBox(nacl.public.PrivateKey(self.raw))

    def open(self, box: bytes) -> bytes:
        """The text that was sealed.

        Raises:
            DecryptionFailed: see there.
        """
        from nacl.exceptions import CryptoError

        try:
            return bytes(self._box.decrypt(box)).rstrip(b" ")
        except (CryptoError, ValueError, TypeError):
            raise DecryptionFailed from None

    def __repr__(self) -> str:
        return f"PrivateKey({self.id})"
