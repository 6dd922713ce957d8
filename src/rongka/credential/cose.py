"""COSE_Sign1 (RFC 9052, 4.2) as we allow it: tagged, the unprotected header empty, the algorithm that of the key."""

from typing import Final, NamedTuple

import cbor2

from rongka.credential import cbor
from rongka.credential.errors import CoseError, SignatureError
from rongka.credential.keys import KID_BYTES, SIGNATURE_BYTES, Algorithm, PublicKey, SigningKey

# Header parameters: RFC 9052, 3.1; RFC 9596 (typ); RFC 9528, 3.5.3 (kcwt).
ALG, CRIT, KID, TYP, KCWT = 1, 2, 4, 16, 13
_SIGN1_PARTS: Final = 4

# The one spelling of what stands around the parts of a message (RFC 8949, 4.1): tag 18 and an array of four; an empty
# map; a byte string of 64. Reading it by hand takes a tenth of the time of decoding it and writing it again.
_START: Final = bytes((0xC0 | cbor.COSE_SIGN1_TAG, 0x84))
_NO_HEADERS: Final = 0xA0
_SIGNATURE_HEAD: Final = bytes((0x58, SIGNATURE_BYTES))
_BYTES, _ONE_BYTE, _TWO_BYTES, _FOUR_BYTES = 0x40, 0x58, 0x59, 0x5A  # heads of byte strings, by their length's own
# The protected headers of an issuer (algorithm and a key identifier of four bytes) and of a device (algorithm, kcwt),
# up to where the second value begins.
_ALG_KID: Final = {b"\xa2\x01\x26\x04\x44": Algorithm.ES256, b"\xa2\x01\x27\x04\x44": Algorithm.EDDSA}
_ALG_KID_BYTES: Final = 5 + KID_BYTES
_ALG_KCWT: Final = {b"\xa2\x01\x26\x0d\xd2": Algorithm.ES256, b"\xa2\x01\x27\x0d\xd2": Algorithm.EDDSA}
_BEFORE_KCWT: Final = 4


class UnverifiedSign1(NamedTuple):
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
    return b"\x84\x6aSignature1" + _byte_string(protected) + b"\x40" + _byte_string(payload)


def sign(*, headers: dict[int, object], payload: bytes, key: SigningKey) -> bytes:
    """Give a tagged COSE_Sign1 with `headers`, and the key's algorithm, all protected."""
    protected = cbor.encode({ALG: int(key.public.algorithm), **headers})
    signature = key.sign(to_be_signed(protected, payload))
    return cbor.encode(cbor2.CBORTag(cbor.COSE_SIGN1_TAG, [protected, {}, payload, signature]))


def read(data: bytes, *, max_bytes: int = cbor.MAX_CODE_BYTES) -> UnverifiedSign1:
    """Read a COSE_Sign1; raise `CborError` or `CoseError` unless it is strict and complete.

    A message in header 13 (kcwt) is taken apart too.
    """
    if len(data) > max_bytes:
        raise CoseError("more bytes than this kind of document may have")
    try:
        protected, end = _take_bytes(data, len(_START))
        payload, signed = _take_bytes(data, end + 1)
    except IndexError:
        raise CoseError("a COSE_Sign1 that is cut") from None
    start = signed + len(_SIGNATURE_HEAD)
    # What is not protected could be changed by anyone, so that nothing may stand there.
    if (
        not data.startswith(_START)
        or data[end] != _NO_HEADERS
        or data[signed:start] != _SIGNATURE_HEAD
        or len(data) != start + SIGNATURE_BYTES
    ):
        raise CoseError("not a tagged COSE_Sign1 with an empty unprotected header and a whole signature")
    headers = _read_headers(protected)
    return UnverifiedSign1(protected=protected, headers=headers, payload=payload, signature=data[start:])


def from_value(value: object) -> UnverifiedSign1:
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
    headers = _read_headers(protected)
    return UnverifiedSign1(protected=protected, headers=headers, payload=payload, signature=signature)


def _read_headers(protected: bytes) -> dict[object, object]:
    start = protected[:5]
    if start in _ALG_KID and len(protected) == _ALG_KID_BYTES:
        return {ALG: _ALG_KID[start], KID: protected[5:]}
    if start in _ALG_KCWT:
        return {ALG: _ALG_KCWT[start], KCWT: read(protected[_BEFORE_KCWT:])}
    headers = cbor.decode_map(protected)
    if CRIT in headers:
        # RFC 9052, 3.1: a critical header that is not understood is fatal; we define none.
        raise CoseError("a critical header parameter that we do not know")
    if KCWT in headers:
        headers[KCWT] = from_value(headers[KCWT])
    return headers


def _take_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    """Give the byte string at a place, in its shortest form only, and where it ends; raise `IndexError` when cut."""
    head = data[at]
    if head == _ONE_BYTE:
        start, least = at + 2, 24
    elif head == _TWO_BYTES:
        start, least = at + 3, 1 << 8
    elif head == _FOUR_BYTES:
        start, least = at + 5, 1 << 16
    else:
        start, least = at + 1, 0
    length = int.from_bytes(data[at + 1 : start], "big") if least else head - _BYTES
    end = start + length
    if length < least or end >= len(data) or not _BYTES <= head <= _FOUR_BYTES:
        raise CoseError("a part of a COSE_Sign1 that is no byte string or longer than the message")
    return data[start:end], end


def _byte_string(data: bytes) -> bytes:
    length = len(data)
    if length < 24:  # noqa: PLR2004 - RFC 8949, 3: lengths up to 23 stand in the head itself
        return bytes((_BYTES + length,)) + data
    if length < 1 << 8:
        return bytes((_ONE_BYTE, length)) + data
    if length < 1 << 16:
        return bytes((_TWO_BYTES,)) + length.to_bytes(2, "big") + data
    return bytes((_FOUR_BYTES,)) + length.to_bytes(4, "big") + data
