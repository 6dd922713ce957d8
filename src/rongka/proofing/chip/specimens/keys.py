"""Keys of specimens: on every curve that we read, by name or with parameters in full, and RSA in both paddings."""

import secrets
from dataclasses import dataclass
from hashlib import shake_256
from typing import Final, Protocol, Self

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rongka.proofing.chip.curves import CURVES, Curve
from rongka.proofing.chip.keys import EC, RSA_PSS
from rongka.proofing.chip.signatures import DIGESTS, ECDSA, PKCS1, Digest
from rongka.proofing.chip.specimens.writing import (
    NULL,
    algorithm,
    bits,
    identifier,
    integer,
    octets,
    sequence,
    tagged,
)

P256: Final = CURVES[0]
_PRIME_FIELD: Final = "1.2.840.10045.1.1"
_MGF1: Final = "1.2.840.113549.1.1.8"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Where secret numbers come from: a seed, or without one the system."""

    seed: bytes | None = None

    def number(self, label: str, *, below: int) -> int:
        """Give a number from 1 to `below` - 1, for a seed always the same under one label."""
        size = below.bit_length() // 8 + 9  # 64 bits more than needed, so that no number is likelier than others
        made = secrets.token_bytes(size) if self.seed is None else shake_256(self.seed + label.encode()).digest(size)
        return int.from_bytes(made, "big") % (below - 1) + 1


class SpecimenKey(Protocol):
    """A private key that signs certificates, SODs and lists."""

    @property
    def key_info(self) -> bytes:
        """The public key as SubjectPublicKeyInfo (DER)."""
        ...

    def algorithm(self, digest: Digest) -> bytes:
        """Give the AlgorithmIdentifier of its signatures."""
        ...

    def sign(self, data: bytes, digest: Digest) -> bytes:
        """Sign."""
        ...


@dataclass(frozen=True, slots=True)
class CurveKey:
    """An ECDSA key; its signatures are the same each time (RFC 6979)."""

    curve: Curve
    private: ec.EllipticCurvePrivateKey
    explicit: bool = False

    @classmethod
    def make(cls, label: str, *, secrets_: Secrets, curve: Curve = P256, explicit: bool = False) -> Self:
        """Make the key of this label."""
        number = secrets_.number(f"{label} {curve.oid}", below=curve.n)
        return cls(curve=curve, private=ec.derive_private_key(number, curve.kind), explicit=explicit)

    @property
    def key_info(self) -> bytes:
        """The public key, with the curve's name or all its parameters."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        parameters = explicit_parameters(self.curve) if self.explicit else identifier(self.curve.oid)
        return sequence(algorithm(EC, parameters), bits(point))

    def algorithm(self, digest: Digest) -> bytes:
        """ECDSA with this digest."""
        return algorithm(_number_of(ECDSA, digest))

    def sign(self, data: bytes, digest: Digest) -> bytes:
        """Sign."""
        return self.private.sign(data, ec.ECDSA(digest.algorithm, deterministic_signing=True))


@dataclass(frozen=True, slots=True)
class RsaKey:
    """An RSA key, new each time: a seed does not make one."""

    private: rsa.RSAPrivateKey
    pss: bool = False

    @classmethod
    def make(cls, *, bits_: int = 2_048, pss: bool = False) -> Self:
        """Make a key."""
        return cls(private=rsa.generate_private_key(public_exponent=65_537, key_size=bits_), pss=pss)

    @property
    def key_info(self) -> bytes:
        """The public key."""
        return self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def algorithm(self, digest: Digest) -> bytes:
        """PKCS#1 v1.5 or PSS with this digest; the salt is as long as the digest."""
        if not self.pss:
            return algorithm(_number_of(PKCS1, digest), NULL)
        hashing = digest_algorithm(digest)
        parts = (hashing, algorithm(_MGF1, hashing), integer(digest.size))
        return algorithm(RSA_PSS, sequence(*(tagged(number, part) for number, part in enumerate(parts))))

    def sign(self, data: bytes, digest: Digest) -> bytes:
        """Sign."""
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        if self.pss:
            scheme = padding.PSS(mgf=padding.MGF1(digest.algorithm), salt_length=digest.size)
        return self.private.sign(data, scheme, digest.algorithm)


def digest_algorithm(digest: Digest) -> bytes:
    """Write a digest's AlgorithmIdentifier."""
    return algorithm(_number_of(DIGESTS, digest), NULL)


def explicit_parameters(curve: Curve) -> bytes:
    """Write a curve's parameters in full (SEC 1, C.2)."""
    size = curve.field_bytes
    shape = (octets(curve.a.to_bytes(size, "big")), octets(curve.b.to_bytes(size, "big")))
    return sequence(
        integer(1),
        sequence(identifier(_PRIME_FIELD), integer(curve.p)),
        sequence(*shape, bits(curve.seed) if curve.seed else b""),
        octets(curve.base_points[0]),
        integer(curve.n),
        integer(1),
    )


def _number_of(table: dict[str, Digest], digest: Digest) -> str:
    return next(number for number, row in table.items() if row is digest)
