"""Boxes that anybody can close and only the manager's key can open (libsodium sealed boxes).

X25519, XSalsa20 and Poly1305 with a key pair made for each box; see libsodium's
documentation, "Sealed boxes". A box hides what is in it, it does not tell who closed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nacl.public import PrivateKey, PublicKey, SealedBox

KEY_BYTES = 32
KEY_ID = re.compile("[0-9a-f]{16}")
BOX_BYTES = 48
"""What a box takes beside the text: a public key and a seal."""
BLOCK_BYTES = 128
"""Texts are padded to whole blocks, so that a box's size does not tell a name's length."""


class CannotOpen(Exception):
    """The box is damaged, or sealed to another key."""


def _padded(text: bytes) -> bytes:
    return text + b" " * (-len(text) % BLOCK_BYTES)


def open_slot(text: bytes) -> bytes:
    """A text as it lies in the open: with room to be sealed in its place (`seal_slot`)."""
    return _padded(text.rstrip(b" ")) + b" " * BOX_BYTES


@dataclass(frozen=True)
class SealingKey:
    """The public half, which stays on the kiosk."""

    public: bytes

    @cached_property
    def id(self) -> str:
        """Tells keys apart: the first 16 hexadecimal digits of the public half's SHA-256."""
        return sha256(self.public).hexdigest()[:16]

    @cached_property
    def _box(self) -> SealedBox[PublicKey]:
        from nacl.public import PublicKey, SealedBox  # 30 ms, on kiosks with a key alone

        return SealedBox(PublicKey(self.public))

    def seal(self, text: bytes) -> bytes:
        """A box that only the private half opens."""
        return bytes(self._box.encrypt(_padded(text)))

    def seal_slot(self, slot: bytes) -> bytes:
        """A box of exactly the size of what lay open."""
        return self.seal(slot[:-BOX_BYTES] if slot.endswith(b" " * BOX_BYTES) else slot)


@dataclass(frozen=True)
class OpeningKey:
    """The private half, in the hands of the manager."""

    private: bytes

    @classmethod
    def generate(cls) -> OpeningKey:
        """A new key pair from the system's randomness."""
        from nacl.public import PrivateKey

        return cls(bytes(PrivateKey.generate()))

    @cached_property
    def sealing(self) -> SealingKey:
        """The public half that belongs to it."""
        from nacl.public import PrivateKey

        return SealingKey(bytes(PrivateKey(self.private).public_key))

    @cached_property
    def id(self) -> str:
        """The id of the public half."""
        return self.sealing.id

    @cached_property
    def _box(self) -> SealedBox[PrivateKey]:
        from nacl.public import PrivateKey, SealedBox

        return SealedBox(PrivateKey(self.private))

    def open(self, box: bytes) -> bytes:
        """What was sealed.

        Raises:
            CannotOpen: see there.
        """
        from nacl.exceptions import CryptoError

        try:
            return bytes(self._box.decrypt(box)).rstrip(b" ")
        except (CryptoError, ValueError, TypeError):
            raise CannotOpen from None

    def __repr__(self) -> str:
        return f"OpeningKey({self.id})"
