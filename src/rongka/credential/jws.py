"""Compact JWS (RFC 7515, 7.1) as we allow it: the algorithm that of the key, the type named, nothing critical.

A key is never taken from a header. `none`, HMAC and encryption have no way in: only a `PublicKey` verifies.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from rongka.credential import base64url, strict_json
from rongka.credential.errors import FormatError, JwsError, SignatureError
from rongka.credential.keys import SIGNATURE_BYTES, Algorithm, PublicKey, SigningKey

# RFC 7518, 3.1 and RFC 8037, 3.1: the names of our two algorithms.
_ES256, _EDDSA = "ES256", "EdDSA"
MAX_HEADER_BYTES: Final = 16 << 10  # room for a chain of certificates, at which we do not look
# What would change how a token is read or bring a key with it. RFC 7515, 4.1.11: an extension that is critical and not
# understood is fatal; we define none. RFC 7797 (b64) and RFC 7516 (enc, zip) belong to other things than a JWT.
_REFUSED: Final = frozenset({"crit", "b64", "zip", "enc", "jwk", "jku", "x5u"})
_REMEMBERED_CHARACTERS: Final = 256  # of a header without certificates; bounds what is kept of what strangers send


class UnverifiedJws(NamedTuple):
    """A token that is well formed; nothing in it is known to be true until `verify` has returned."""

    header: Mapping[str, object]
    payload: bytes
    signature: bytes
    signing_input: bytes

    @property
    def kid(self) -> str:
        """The key identifier, or no text when the header has none."""
        kid = self.header.get("kid")
        return kid if type(kid) is str else ""

    def verify(self, *, key: PublicKey) -> bytes:
        """Give the payload when `key` signed it; raise `SignatureError` otherwise."""
        # RFC 8725, 3.1: the algorithm must be the key's own, whatever the message says.
        if self.header.get("alg") != name_of(key.algorithm):
            raise SignatureError("an algorithm that is not the key's own")
        key.verify(signature=self.signature, data=self.signing_input)
        return self.payload


def read(token: bytes, *, types: Collection[str] | None, max_bytes: int = strict_json.MAX_BYTES) -> UnverifiedJws:
    """Take a compact token apart; raise a `FormatError` unless it is strict, and typed as one of `types`.

    `types` are lower-case media types without ``application/``; None takes a token with or without a type.
    """
    if len(token) > max_bytes:
        raise JwsError("more bytes than this kind of token may have")
    # Searching for each point is a fourth of the work of splitting at all of them.
    protected, _, rest = token.partition(b".")
    encoded, _, signed = rest.partition(b".")
    header, typ = _read_again(protected) if len(protected) <= _REMEMBERED_CHARACTERS else _read_header(protected)
    # RFC 8725, 3.11: the type is named, so that no token passes for one of another kind.
    if types is not None and typ not in types:
        raise JwsError("a token of another type")
    try:
        payload, signature = base64url.decode(encoded), base64url.decode(signed)  # in which a third point is foreign
    except FormatError as error:
        raise JwsError(str(error)) from None
    if len(signature) != SIGNATURE_BYTES:
        raise JwsError("an empty or cut signature")
    return UnverifiedJws(header, payload, signature, token[: -len(signed) - 1])


def sign(*, header: dict[str, object], payload: bytes, key: SigningKey) -> bytes:
    """Give a compact token with `header`, to which the key's algorithm is added."""
    protected = strict_json.encode({"alg": name_of(key.public.algorithm), **header})
    signing_input = base64url.encode(protected) + b"." + base64url.encode(payload)
    return signing_input + b"." + base64url.encode(key.sign(signing_input))


def _read_header(part: bytes) -> tuple[Mapping[str, object], str]:
    try:
        header = strict_json.decode_object(base64url.decode(part), max_bytes=MAX_HEADER_BYTES)
    except FormatError as error:
        raise JwsError(f"a header that cannot be read: {error}") from None
    if not _REFUSED.isdisjoint(header):
        raise JwsError("a header parameter that is critical, brings a key, or is of another kind of token")
    if type(header.get("alg")) is not str:
        raise JwsError("no algorithm is named")
    return MappingProxyType(header), media_type(header.get("typ"))


# All tokens by one key have one header, and so have all key bindings.
_read_again: Final = lru_cache(maxsize=64)(_read_header)


def name_of(algorithm: Algorithm) -> str:
    """Give the name of an algorithm in a header."""
    return _ES256 if algorithm is Algorithm.ES256 else _EDDSA


def media_type(value: object) -> str:
    """Give a `typ` in the short form of RFC 7515, 4.1.9: lower case, without ``application/``; no text for no type."""
    return value.lower().removeprefix("application/") if type(value) is str else ""
