"""Keys that carry their one algorithm: ES256 (ECDSA on P-256 with SHA-256) or EdDSA (Ed25519), as COSE keys and JWK.

No key is ever taken from a message's own headers; what a message says about its algorithm must agree with its key.
Specification: RFC 9053 (algorithms, key types), RFC 9679 (thumbprints), RFC 8037 and RFC 7518 (JWK).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Final, Protocol, Self, cast

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature

from rongka.credential import base64url, cbor
from rongka.credential.errors import FormatError, KeyFormatError, SignatureError

COORDINATE_BYTES: Final = 32  # P-256 and Ed25519 alike
SIGNATURE_BYTES: Final = 64
KID_BYTES: Final = 4  # a hint for look-up, not a proof: four bytes save six characters of every code

_CURVE: Final = ec.SECP256R1()
_ECDSA: Final = ec.ECDSA(hashes.SHA256())
_ECDSA_OF_DIGEST: Final = ec.ECDSA(Prehashed(hashes.SHA256()))
_DER_SEQUENCE, _DER_INTEGER, _SIGN_BIT = 0x30, 0x02, 0x80
_KTY, _CRV, _X, _Y = 1, -1, -2, -3  # RFC 9053, 7.1 and 7.2
_OKP, _EC2, _P256, _ED25519 = 1, 2, 1, 6
# Key type, curve, and how many parameters there are, y included or not.
_EC2_P256, _OKP_ED25519 = (_EC2, _P256, 4), (_OKP, _ED25519, 3)


class Algorithm(IntEnum):
    """COSE algorithm identifiers (RFC 9053, 2)."""

    ES256 = -7
    EDDSA = -8


@dataclass(frozen=True)
class PublicKey:
    """A public key with the only algorithm that it may be used with."""

    key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
    algorithm: Algorithm = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Fix the one algorithm of this key; asked for its class, a key of OpenSSL's answers slowly."""
        is_p256 = isinstance(self.key, ec.EllipticCurvePublicKey)
        object.__setattr__(self, "algorithm", Algorithm.ES256 if is_p256 else Algorithm.EDDSA)

    def __eq__(self, other: object) -> bool:
        """Keys are equal when they are the same point."""
        return isinstance(other, PublicKey) and self.thumbprint == other.thumbprint

    def __hash__(self) -> int:
        """Hash by the thumbprint."""
        return hash(self.thumbprint)

    @cached_property
    def thumbprint(self) -> bytes:
        """SHA-256 over the key's required parameters (RFC 9679, 3), 32 bytes."""
        return hashlib.sha256(cbor.encode(self.to_cose(compressed=False))).digest()

    @property
    def kid(self) -> bytes:
        """The key's identifier in headers and lists: the first bytes of its thumbprint."""
        return self.thumbprint[:KID_BYTES]

    @property
    def coordinates(self) -> tuple[bytes, bytes]:
        """Both coordinates, 32 bytes each; for Ed25519 the second is empty."""
        if isinstance(self.key, ed25519.Ed25519PublicKey):
            return self.key.public_bytes_raw(), b""
        numbers = self.key.public_numbers()
        return numbers.x.to_bytes(COORDINATE_BYTES, "big"), numbers.y.to_bytes(COORDINATE_BYTES, "big")

    def verify(self, *, signature: bytes, data: bytes) -> None:
        """Raise `SignatureError` unless `signature` (64 bytes, r and s or Ed25519's own) is by this key over `data`."""
        if len(signature) != SIGNATURE_BYTES:
            raise SignatureError("a signature of unexpected length")
        try:
            if self.algorithm is Algorithm.ES256:
                # Hashing here spares OpenSSL a look-up of the digest, a fiftieth of the whole check.
                digest = hashlib.sha256(data).digest()
                cast("ec.EllipticCurvePublicKey", self.key).verify(_der(signature), digest, _ECDSA_OF_DIGEST)
            else:
                cast("ed25519.Ed25519PublicKey", self.key).verify(signature, data)
        except InvalidSignature:
            raise SignatureError("the signature is not by this key over these bytes") from None

    def to_cose(self, *, compressed: bool = True) -> dict[int, int | bytes | bool]:
        """Give the COSE_Key map; a compressed point has the sign of y only (RFC 9053, 7.1.1) and saves 33 bytes."""
        x, y = self.coordinates
        if not y:
            return {_KTY: _OKP, _CRV: _ED25519, _X: x}
        return {_KTY: _EC2, _CRV: _P256, _X: x, _Y: bool(y[-1] & 1) if compressed else y}

    @classmethod
    def from_cose(cls, parameters: Mapping[object, object]) -> Self:
        """Read a COSE_Key map of exactly the parameters we write, the point compressed or not."""
        kind = (parameters.get(_KTY), parameters.get(_CRV), len(parameters))
        x, y = parameters.get(_X), parameters.get(_Y)
        if type(x) is not bytes or bool in map(type, kind):  # to Python True is 1
            raise KeyFormatError("a COSE key without its kind or its coordinate")
        if kind == _EC2_P256 and type(y) is bool:
            return cls._on_p256((b"\x03" if y else b"\x02") + x)
        if kind == _EC2_P256 and type(y) is bytes and len(x) == COORDINATE_BYTES:
            return cls._on_p256(b"\x04" + x + y)
        if kind == _OKP_ED25519:
            return cls._on_ed25519(x)
        raise KeyFormatError("not a COSE key of P-256 or Ed25519")

    def to_jwk(self) -> dict[str, str]:
        """Give the JSON Web Key, public members only."""
        x, y = (_base64url(part) for part in self.coordinates)
        if not y:
            return {"kty": "OKP", "crv": "Ed25519", "x": x}
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, object]) -> Self:
        """Read a JSON Web Key as WebCrypto exports it; refuse one that says it is not for verifying signatures.

        A key with a private member `d` is refused: whoever sends one has lost it. Other members are not looked at.
        """
        if "d" in jwk:
            raise KeyFormatError("a private key was sent where a public key was expected")
        # RFC 7517, 4.2 and 4.3: a key for encryption verifies nothing.
        if jwk.get("use", "sig") != "sig" or ("key_ops" in jwk and not _may_verify(jwk["key_ops"])):
            raise KeyFormatError("a key that is not for signatures")
        kind = (jwk.get("kty"), jwk.get("crv"))
        if kind == ("EC", "P-256"):
            return cls._on_p256(b"\x04" + _from_base64url(jwk.get("x")) + _from_base64url(jwk.get("y")))
        if kind == ("OKP", "Ed25519"):
            return cls._on_ed25519(_from_base64url(jwk.get("x")))
        raise KeyFormatError("not a JSON Web Key of P-256 or Ed25519")

    @classmethod
    def _on_p256(cls, point: bytes) -> Self:
        try:
            return cls(ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))
        except (ValueError, UnsupportedAlgorithm):
            raise KeyFormatError("no point of P-256") from None

    @classmethod
    def _on_ed25519(cls, raw: bytes) -> Self:
        try:
            return cls(ed25519.Ed25519PublicKey.from_public_bytes(raw))
        except (ValueError, UnsupportedAlgorithm):
            raise KeyFormatError("no key of Ed25519") from None


class SigningKey(Protocol):
    """A private key somewhere: a file, a device, a hardware module."""

    @property
    def public(self) -> PublicKey:
        """The public half."""

    def sign(self, data: bytes) -> bytes:
        """Give the 64-byte signature over `data`, by the key's one algorithm."""


@dataclass(frozen=True)
class SoftwareKey:
    """A private key in this process's memory; `deterministic` (RFC 6979) is for reproducible test vectors."""

    private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    deterministic: bool = False

    @classmethod
    def generate(cls, *, algorithm: Algorithm = Algorithm.ES256) -> Self:
        """Make a new key."""
        if algorithm is Algorithm.EDDSA:
            return cls(ed25519.Ed25519PrivateKey.generate())
        return cls(ec.generate_private_key(_CURVE))

    @cached_property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self.private.public_key())

    def sign(self, data: bytes) -> bytes:
        """Give the 64-byte signature over `data`."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(data)
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True) if self.deterministic else _ECDSA
        r, s = decode_dss_signature(self.private.sign(data, algorithm))
        return r.to_bytes(COORDINATE_BYTES, "big") + s.to_bytes(COORDINATE_BYTES, "big")

    def to_pem(self, *, passphrase: bytes) -> bytes:
        """Give the key as PKCS#8 PEM encrypted with `passphrase`."""
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        )

    @classmethod
    def from_pem(cls, pem: bytes, *, passphrase: bytes) -> Self:
        """Open an encrypted PKCS#8 PEM; raise `KeyFormatError` for a wrong passphrase or another kind of key."""
        try:
            private = serialization.load_pem_private_key(pem, passphrase)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise KeyFormatError("a key file that this passphrase does not open") from None
        if isinstance(private, ed25519.Ed25519PrivateKey):
            return cls(private)
        if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name == _CURVE.name:
            return cls(private)
        raise KeyFormatError("a key of an algorithm that we do not use")


def _der(signature: bytes) -> bytes:
    """Give r and s, 32 bytes each, as OpenSSL wants them: Ecdsa-Sig-Value (RFC 3279, 2.2.3) in DER."""
    parts = b""
    for half in (signature[:COORDINATE_BYTES], signature[COORDINATE_BYTES:]):
        number = half.lstrip(b"\0")
        if not number or number[0] & _SIGN_BIT:
            number = b"\0" + number
        parts += bytes((_DER_INTEGER, len(number))) + number
    return bytes((_DER_SEQUENCE, len(parts))) + parts


def _may_verify(operations: object) -> bool:
    return isinstance(operations, list) and "verify" in operations


def _base64url(data: bytes) -> str:
    return base64url.encode(data).decode("ascii")


def _from_base64url(text: object) -> bytes:
    try:
        data = base64url.decode(text.encode("ascii")) if type(text) is str else b""
    except (FormatError, UnicodeEncodeError):
        data = b""
    if len(data) != COORDINATE_BYTES:
        raise KeyFormatError("a coordinate that is not 32 bytes of base64url")
    return data
