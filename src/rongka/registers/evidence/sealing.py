"""A picture in its box: AES-256-GCM under its person's key, which lies in the database wrapped by a secret outside it.

The box is bound to its row by what stands beside the ciphertext: a box that was moved to another row does not open.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import ImagesDeleted

if TYPE_CHECKING:
    from uuid import UUID

KEY_BITS = 256
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.1; random: a person has a few hundred pictures at most, not 2^32


class KeyWrap(Protocol):
    """Encrypts the keys of persons by a secret that the database does not hold."""

    def wrap(self, key: bytes, /) -> bytes:
        """Encrypt a key."""
        ...

    def unwrap(self, wrapped: bytes, /) -> bytes:
        """Decrypt a key; raises cryptography's InvalidTag for what another secret encrypted."""
        ...


def new_key() -> bytes:
    """Make a person's key."""
    return AESGCM.generate_key(KEY_BITS)


def seal(plain: bytes, *, key: bytes, image_id: UUID, person_id: UUID, kind: str) -> bytes:
    """Encrypt a picture for the row that it will lie in."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, _row(image_id, person_id, kind))


def unseal(box: bytes, *, key: bytes, image_id: UUID, person_id: UUID, kind: str) -> bytes:
    """Decrypt a picture; raise `ImagesDeleted` for a box that no key opens any more."""
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], _row(image_id, person_id, kind))
    except (InvalidTag, ValueError) as cause:  # ValueError: a box that was cut off
        raise ImagesDeleted from cause


def _row(image_id: UUID, person_id: UUID, kind: str) -> bytes:
    return f"rongka image {image_id} {person_id} {kind}".encode()
