"""The signature of an answer: a compact JWS (RFC 7515) of one type, by ES256 or Ed25519, under a known key."""

import binascii
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import Final, Self

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from rongka.proofing.remote.errors import ProviderError
from rongka.proofing.remote.fields import Fields

ANSWER_TYPE: Final = "rongka-proofing-answer+jwt"
_PARTS: Final = 3
_HEADER: Final = {"alg", "typ", "kid"}
# The key decides, not the answer's own word (RFC 8725, 3.1).
_ALGORITHMS: Final = {"P-256": "ES256", "Ed25519": "Ed25519"}


@dataclass(frozen=True, slots=True)
class ProviderKeys:
    """The public keys of a provider, by their `kid`."""

    keys: dict[str, ECKey | OKPKey]

    @classmethod
    def of_jwks(cls, data: bytes) -> Self:
        """Read a JWK set (RFC 7517, 5): public keys on P-256 or Ed25519, each with a `kid`. Raises ValueError."""
        try:
            keys = dict(_read_key(row) for row in Fields.of_json(data).rows("keys"))
        except (ProviderError, JoseError, KeyError) as error:
            msg = "no set of public keys (JWK) with a kid each"
            raise ValueError(msg) from error
        if not keys:
            msg = "the key set is empty"
            raise ValueError(msg)
        return cls(keys)

    def open(self, token: bytes) -> Fields:
        """Give the claims of an answer; raises ProviderError."""
        header = _header(token)
        key = self.keys.get(header.text("kid"))
        if key is None or header.names != _HEADER or header.text("typ") != ANSWER_TYPE:
            raise ProviderError.of("remote.not-signed")
        algorithm = _ALGORITHMS[key.curve_name]
        if header.text("alg") != algorithm:
            raise ProviderError.of("remote.not-signed")
        try:
            return Fields.of_json(jws.deserialize_compact(token, key, algorithms=[algorithm]).payload)
        except (JoseError, ValueError) as error:
            raise ProviderError.of("remote.not-signed") from error


def _header(token: bytes) -> Fields:
    parts = token.split(b".")
    if len(parts) != _PARTS:
        raise ProviderError.of("remote.malformed")
    try:
        return Fields.of_json(urlsafe_b64decode(parts[0] + b"=" * (-len(parts[0]) % 4)))
    except binascii.Error:
        raise ProviderError.of("remote.malformed") from None


def _read_key(row: Fields) -> tuple[str, ECKey | OKPKey]:
    if row.text("crv") not in _ALGORITHMS or "d" in row.names:
        msg = "a provider's key is a public one on P-256 or Ed25519"
        raise ValueError(msg)
    kind = ECKey if row.text("kty") == "EC" else OKPKey
    return row.text("kid"), kind.import_key(row.values)
