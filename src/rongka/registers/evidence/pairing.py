"""The secret of a pairing: short enough to be typed off a screen, and kept only as a digest."""

from __future__ import annotations

import hashlib

# Crockford's Base32: no I, L, O or U; what is mistaken for a digit is read as one.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_LENGTH = 10  # 50 bits, for a quarter of an hour
_MISTAKEN = str.maketrans("OIL", "011", " -")


def digest_of(secret: str) -> str:
    """Return the digest under which a secret is kept, however it was typed."""
    return hashlib.sha256(secret.upper().translate(_MISTAKEN).encode()).hexdigest()
