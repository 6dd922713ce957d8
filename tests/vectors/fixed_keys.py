"""Keys for vectors, derived from public words: the same signatures in every run, and good for nothing else."""

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from rongka.credential import SoftwareKey

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def p256_key(words: str) -> SoftwareKey:
    """A key for ES256 that signs deterministically (RFC 6979)."""
    number = int.from_bytes(hashlib.sha512(words.encode()).digest(), "big") % (ORDER - 1) + 1
    return SoftwareKey(ec.derive_private_key(number, ec.SECP256R1()), deterministic=True)


def ed25519_key(words: str) -> SoftwareKey:
    """A key for EdDSA."""
    return SoftwareKey(ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(words.encode()).digest()))
