"""COSE_Sign1 as mdocs carry it (ISO/IEC 18013-5, 9.1.2.4 and 9.1.3.6): untagged, the algorithm alone protected.

A signature of an unexpected shape is a failure, never an absence: nothing here gives None for what it cannot read.
"""

from typing import Final

from rongka.credential import cose
from rongka.credential.cose import UnverifiedSign1
from rongka.credential.errors import CoseError
from rongka.credential.keys import SIGNATURE_BYTES, Algorithm, SigningKey
from rongka.credential.mdoc import encoding

X5CHAIN: Final = 33  # RFC 9360, 2
_PARTS: Final = 4
# The two headers that nearly every message has need no reading.
_HEADERS: Final[dict[bytes, dict[object, object]]] = {
    encoding.encode({cose.ALG: int(algorithm)}): {cose.ALG: int(algorithm)} for algorithm in Algorithm
}


def read_issuer_auth(value: object) -> tuple[UnverifiedSign1, bytes]:
    """Give the message around the mobile security object and the one certificate beside it (DER).

    RFC 9360 has one certificate as a byte string. More of them, as an array, are refused: the signer stands directly
    below a root, and a root that comes with the message proves nothing.
    """
    protected, unprotected, payload, signature = _parts(value)
    if unprotected.keys() != {X5CHAIN}:
        raise CoseError("an unprotected header that is not the certificate alone")
    certificate = unprotected[X5CHAIN]
    if type(certificate) is not bytes:
        raise CoseError("not exactly one certificate")
    if type(payload) is not bytes:
        raise CoseError("a signature without what it is over")
    return _message(protected, payload, signature), certificate


def read_device_signature(value: object, *, content: bytes) -> UnverifiedSign1:
    """Give the device's message over `content`, which is detached: the message itself has nil in its place."""
    protected, unprotected, payload, signature = _parts(value)
    if unprotected:
        raise CoseError("an unprotected header that is not empty")
    if payload is not None:
        raise CoseError("a device signature that brings what it is over")
    return _message(protected, content, signature)


def sign(*, content: bytes, key: SigningKey, unprotected: dict[int, object], is_detached: bool) -> list[object]:
    """Give the four parts of a message over `content`."""
    protected = encoding.encode({cose.ALG: int(key.public.algorithm)})
    signature = key.sign(cose.to_be_signed(protected, content))
    return [protected, unprotected, None if is_detached else content, signature]


def _parts(value: object) -> tuple[bytes, dict[object, object], object, bytes]:
    if type(value) is not list or len(value) != _PARTS:
        raise CoseError("not the four parts of a COSE_Sign1")
    protected, unprotected, payload, signature = value
    if type(protected) is not bytes or type(unprotected) is not dict:
        raise CoseError("headers of an unexpected shape")
    if type(signature) is not bytes or len(signature) != SIGNATURE_BYTES:
        raise CoseError("a signature of an unexpected shape")
    return protected, unprotected, payload, signature


def _message(protected: bytes, payload: bytes, signature: bytes) -> UnverifiedSign1:
    headers = _HEADERS.get(protected) or encoding.decode_map(protected)
    # ISO/IEC 18013-5, 9.1.2.4: nothing else should be protected; and `crit` would be fatal (RFC 9052, 3.1).
    if headers.keys() != {cose.ALG}:
        raise CoseError("protected headers beside the algorithm")
    return UnverifiedSign1(protected=protected, headers=headers, payload=payload, signature=signature)
