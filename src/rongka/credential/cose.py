"""COSE_Sign1 (RFC 9052, 4.2) as we allow it: tagged, the unprotected header empty, the algorithm that of the key."""

from dataclasses import dataclass
from typing import Final

import cbor2

from rongka.credential import cbor
from rongka.credential.errors import CoseError, SignatureError
from rongka.credential.keys import SIGNATURE_BYTES, PublicKey, SigningKey

# Header parameters: RFC 9052, 3.1; RFC 9596 (typ); RFC 9528, 3.5.3 (kcwt).
ALG, CRIT, KID, TYP, KCWT = 1, 2, 4, 16, 13
_SIGN1_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class UnverifiedSign1:
    """A message that is well formed; nothing in it is known to be true until `verify` has returned."""

    protected: bytes
    headers: dict[object, object]
    payload: bytes
    signature: bytes

    @property
    def kid(self) -> bytes:
        """The key identifier, or no bytes when the header has none."""
        kid = self.headers.get(KID)
        return kid if type(kid) is bytes else b""

    def verify(self, *, key: PublicKey) -> bytes:
        """Give the payload when `key` signed it; raise `SignatureError` otherwise."""
        # RFC 9052, 4.4 step 5: the algorithm must be the key's own, whatever the message says.
        if self.headers.get(ALG) != key.algorithm:
            raise SignatureError("an algorithm that is not the key's own")
        key.verify(signature=self.signature, data=to_be_signed(self.protected, self.payload))
        return self.payload


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Give the bytes that a COSE_Sign1 signature is over (RFC 9052, 4.4), the external data being empty."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def sign(*, headers: dict[int, object], payload: bytes, key: SigningKey) -> bytes:
    """Give a tagged COSE_Sign1 with `headers`, and the key's algorithm, all protected."""
    protected = cbor.encode({ALG: int(key.public.algorithm), **headers})
    signature = key.sign(to_be_signed(protected, payload))
    return cbor.encode(cbor2.CBORTag(cbor.COSE_SIGN1_TAG, [protected, {}, payload, signature]))


def read(data: bytes, *, max_bytes: int = cbor.MAX_CODE_BYTES) -> UnverifiedSign1:
    """Read a COSE_Sign1; raise `CborError` or `CoseError` unless it is strict and complete."""
    return from_value(cbor.decode(data, max_bytes=max_bytes), max_bytes=max_bytes)


def from_value(value: object, *, max_bytes: int = cbor.MAX_CODE_BYTES) -> UnverifiedSign1:
    """Take apart a decoded value that should be a COSE_Sign1."""
    if not isinstance(value, cbor2.CBORTag):
        raise CoseError("not a tagged COSE_Sign1")
    parts = value.value
    if not isinstance(parts, list | tuple) or len(parts) != _SIGN1_PARTS:
        raise CoseError("not the four parts of a COSE_Sign1")
    protected, unprotected, payload, signature = parts
    if not (type(protected) is type(payload) is type(signature) is bytes):
        raise CoseError("a part of a COSE_Sign1 that is not bytes; a detached payload is not allowed")
    # What is not protected could be changed by anyone, so that nothing may stand there.
    if unprotected != {}:
        raise CoseError("an unprotected header that is not empty")
    if len(signature) != SIGNATURE_BYTES:
        raise CoseError("an empty or cut signature")
    headers = cbor.decode_map(protected, max_bytes=max_bytes)
    if CRIT in headers:
        # RFC 9052, 3.1: a critical header that is not understood is fatal; we define none.
        raise CoseError("a critical header parameter that we do not know")
    return UnverifiedSign1(protected=protected, headers=headers, payload=payload, signature=signature)
