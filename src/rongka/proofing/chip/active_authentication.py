"""Active authentication (ICAO 9303-11, 6.1): the chip signs our nonce with a key that cannot be read out of it.

RSA answers are ISO/IEC 9796-2, scheme 1, where the signature holds a part of the message; ECDSA answers are r and s.
It tells a copied chip from the real one. It does not tell where the chip is: an answer can be relayed.
"""

from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from rongka.proofing.chip import reasons
from rongka.proofing.chip.keys import PublicKey
from rongka.proofing.chip.signatures import SHA1, SHA224, SHA256, SHA384, SHA512, Digest
from rongka.proofing.errors import ChipMismatchError, ChipUnknownError

NONCE_BYTES: Final = 8  # ICAO 9303-11, 6.1.2: RND.IFD
_LAST_NIBBLE: Final = 0xC  # ISO/IEC 9796-2, 8.1: every trailer ends with it
_IMPLICIT, _EXPLICIT = 0xBC, 0xCC
# ISO/IEC 10118-3: the hash functions' numbers in trailers of two bytes.
_BY_NUMBER: Final = {0x33: SHA1, 0x34: SHA256, 0x35: SHA512, 0x36: SHA384, 0x38: SHA224}
_BEGIN, _BEGIN_PADDED, _PADDING, _PADDING_END = 0x6A, 0x6B, 0xBB, 0xBA  # partial recovery, ISO/IEC 9796-2, 8.1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chip signed, and the nonce of ours that it should have signed."""

    nonce: bytes
    signature: bytes


def check_answer(answer: Answer, *, key: PublicKey, digest: Digest | None) -> None:
    """Raise ChipMismatchError unless the chip's key signed our nonce; `digest` is DG14's word on ECDSA.

    Raises ChipUnknownError when DG14 does not name the digest of an ECDSA answer.
    """
    if len(answer.nonce) != NONCE_BYTES:
        raise ChipMismatchError(reasons.CLONE)
    if isinstance(key.key, rsa.RSAPublicKey):
        _check_rsa(answer, key.key)
    elif digest is None:
        raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN)
    else:
        _check_ecdsa(answer, key.key, digest)


@dataclass(frozen=True, slots=True)
class _Recovered:
    """The part of the message that the signature holds, and the digest of the whole."""

    part: bytes
    digest: Digest
    value: bytes


def _check_rsa(answer: Answer, key: rsa.RSAPublicKey) -> None:
    found = _recover(answer.signature, key)
    if not compare_digest(found.digest.of(found.part + answer.nonce), found.value):
        raise ChipMismatchError(reasons.CLONE)


def _recover(signature: bytes, key: rsa.RSAPublicKey) -> _Recovered:
    numbers, size = key.public_numbers(), (key.key_size + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) != size or number >= numbers.n:
        raise ChipMismatchError(reasons.CLONE)
    opened = pow(number, numbers.e, numbers.n)
    # ISO/IEC 9796-2, B.3: the signer may take the smaller of two numbers that stand for the same.
    if opened % 16 != _LAST_NIBBLE:
        opened = numbers.n - opened
    return _taken_apart(opened.to_bytes(size, "big"))


def _taken_apart(block: bytes) -> _Recovered:
    digest, trailer = SHA1, 1
    if block[-1] == _EXPLICIT and block[-2] in _BY_NUMBER:
        digest, trailer = _BY_NUMBER[block[-2]], 2
    elif block[-1] != _IMPLICIT:
        raise ChipMismatchError(reasons.CLONE)
    start, end = _begin(block), len(block) - trailer
    if end - start < digest.size:
        raise ChipMismatchError(reasons.CLONE)
    return _Recovered(part=block[start : end - digest.size], digest=digest, value=block[end - digest.size : end])


def _begin(block: bytes) -> int:
    """Give where the message begins, behind the header and its padding."""
    if block[0] == _BEGIN:
        return 1
    start = 1
    while start < len(block) and block[start] == _PADDING:
        start += 1
    if block[0] != _BEGIN_PADDED or start == len(block) or block[start] != _PADDING_END:
        raise ChipMismatchError(reasons.CLONE)
    return start + 1


def _check_ecdsa(answer: Answer, key: ec.EllipticCurvePublicKey, digest: Digest) -> None:
    # BSI TR-03111, 5.2.1: r and s, each as long as the curve's order.
    size = (key.curve.key_size + 7) // 8
    if len(answer.signature) != 2 * size:
        raise ChipMismatchError(reasons.CLONE)
    r, s = (int.from_bytes(part, "big") for part in (answer.signature[:size], answer.signature[size:]))
    try:
        key.verify(encode_dss_signature(r, s), answer.nonce, ec.ECDSA(digest.algorithm))
    except (InvalidSignature, ValueError):
        raise ChipMismatchError(reasons.CLONE) from None
