"""The key binding: the holder's own signature over what is shown, to whom, in answer to what, when (RFC 9901, 4.3)."""

from datetime import datetime, timedelta
from typing import Final

from rongka.credential import jws, strict_json
from rongka.credential.errors import PresentationError, SignatureError
from rongka.credential.fields import checked_text, moment, seconds
from rongka.credential.keys import PublicKey, SigningKey
from rongka.credential.sd_jwt.disclosures import digest_of

TYPE: Final = "kb+jwt"
# The nonce proves that an answer is fresh; the date only bounds how wrong the clock of a telephone may be.
LIFE: Final = timedelta(seconds=300)
CLOCK_DIFFERENCE: Final = timedelta(seconds=300)
_HEADER: Final = {"alg", "typ"}


def sign(*, bound: bytes, holder: SigningKey, audience: str, nonce: str, presented_at: datetime) -> bytes:
    """Give the compact token that binds `bound` (the SD-JWT up to and with its last tilde) to one question."""
    claims = {
        "iat": seconds(presented_at),
        "aud": checked_text(audience, name="audience"),
        "nonce": checked_text(nonce, name="nonce"),
        "sd_hash": digest_of(bound),
    }
    return jws.sign(header={"typ": TYPE}, payload=strict_json.encode(claims), key=holder)


def verify(*, token: bytes, bound: bytes, key: PublicKey, audience: str, nonce: str, now: datetime) -> datetime:
    """Give when the holder presented.

    Raise `PresentationError` when the token is missing, not by `key`, or for another verifier, question, presentation
    or time; a `FormatError` when it is malformed.
    """
    if not token:
        raise PresentationError("no key binding: anybody may have shown this")
    unverified = jws.read(token, types=(TYPE,))
    if unverified.header.keys() != _HEADER:
        raise PresentationError("header parameters other than those of a key binding")
    try:
        claims = strict_json.decode_object(unverified.verify(key=key))
    except SignatureError as error:
        raise PresentationError(f"not by the holder's key: {error}") from None
    # RFC 9901, 7.3 steps 5.d to 5.g. `aud` is one text there, not a list as in other JWTs.
    for name, expected in (("nonce", nonce), ("aud", audience), ("sd_hash", digest_of(bound))):
        if claims.get(name) != expected:
            raise PresentationError(f"{name} is another one than was asked for")
    presented_at = moment(claims, "iat")
    if not now - LIFE <= presented_at <= now + CLOCK_DIFFERENCE:
        raise PresentationError("made at another time")
    return presented_at
