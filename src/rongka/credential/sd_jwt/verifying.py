"""Verifying an SD-JWT VC: the issuer's signature first, before anything of the payload is read, then all the rest.

`verify_issued` and `key_binding.verify` are the general rules of RFC 9901; `verify_sd_jwt_vc` is what our documents
must be on top of them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from rongka.credential import base64url, strict_json
from rongka.credential.document_types import BY_VCT, DisclosedClaims, DocumentType, disclosed_from
from rongka.credential.documents import MAX_INDEX, StatusReference, document_id
from rongka.credential.errors import (
    ClaimsError,
    DistrustedError,
    ExpiredError,
    FormatError,
    JwsError,
    NotYetValidError,
    TrustError,
)
from rongka.credential.fields import mapping, moment, text, whole_number
from rongka.credential.keys import PublicKey
from rongka.credential.sd_jwt import disclosures, key_binding
from rongka.credential.sd_jwt.issuing import TYPE
from rongka.credential.sd_jwt.reading import UnverifiedSdJwt, read
from rongka.credential.trust_list import Issuer, TrustedKey, VerifiedTrustList, counts

CLOCK_DIFFERENCE: Final = timedelta(seconds=300)  # between the issuer and a verifier whose clock was set by hand
# RFC 7515, 4.1.6: `x5c` is allowed for verifiers that want it; a key in it is never used.
_HEADERS: Final = (frozenset({"alg", "typ", "kid"}), frozenset({"alg", "typ", "kid", "x5c"}))
# Claims about the document (RFC 7519, 4.1; RFC 7800; draft-ietf-oauth-sd-jwt-vc); every other one is an element.
_ABOUT: Final = frozenset({"iss", "sub", "aud", "iat", "nbf", "exp", "jti", "vct", "vct#integrity", "cnf", "status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedSdJwt:
    """A document shown by its holder: everything in it is signed, and `disclosed` is what the holder chose to show.

    It may have been revoked since: look up `status`. `claim_set` is the payload as the issuer signed it.
    """

    document_type: DocumentType
    disclosed: DisclosedClaims
    issuer: Issuer
    issued_at: datetime
    valid_from: datetime | None
    valid_until: datetime
    status: StatusReference
    holder_key: PublicKey
    presented_at: datetime
    claim_set: bytes

    @property
    def document_id(self) -> str:
        """The document's name, of which nobody can tell whose it is: the same for all who see it."""
        return document_id(self.claim_set)


def verify_sd_jwt_vc(
    *, presentation: str, trust: VerifiedTrustList, now: datetime, audience: str, nonce: str
) -> VerifiedSdJwt:
    """Verify a presentation made for `audience` in answer to `nonce`, at the instant `now` (aware).

    Raise `TrustError` for an issuer that does not count, `SignatureError` for a wrong signature of the issuer,
    `PresentationError` for a missing or foreign key binding, `ExpiredError` or `NotYetValidError`, and a `FormatError`
    for all that is malformed. Whether `trust` is stale and the document revoked is the caller's to ask.
    """
    unverified = read(presentation, types=(TYPE,))
    issuer, trusted = _issuer_of(unverified, trust=trust)
    claims = verify_issued(unverified, key=trusted.key)
    document_type = _type_of(claims)
    issued_at = moment(claims, "iat")
    if trusted.purpose is not document_type.purpose or not counts(trusted, issued_at=issued_at, now=now):
        raise DistrustedError("a key that is not trusted for such documents, or was not then")
    valid_from, valid_until = _check_times(claims, issued_at=issued_at, now=now)
    holder_key = holder_key_of(claims)
    presented_at = key_binding.verify(
        token=unverified.key_binding,
        bound=unverified.bound,
        key=holder_key,
        audience=audience,
        nonce=nonce,
        now=now,
    )
    elements = {name: value for name, value in claims.items() if name not in _ABOUT}
    return VerifiedSdJwt(
        document_type=document_type,
        disclosed=disclosed_from(document_type=document_type, elements=elements),
        issuer=issuer,
        issued_at=issued_at,
        valid_from=valid_from,
        valid_until=valid_until,
        status=_status_of(claims),
        holder_key=holder_key,
        presented_at=presented_at,
        claim_set=unverified.issued.payload,
    )


def verify_issued(unverified: UnverifiedSdJwt, *, key: PublicKey) -> dict[str, object]:
    """Give the claims that `key` signed, with the disclosed ones in their places.

    Raise `SignatureError`, or a `FormatError` for a payload or disclosures that break the rules. Neither times nor key
    binding are checked.
    """
    payload = strict_json.decode_object(unverified.issued.verify(key=key))
    return disclosures.process(payload=payload, disclosures=unverified.disclosures)


def holder_key_of(claims: dict[str, object]) -> PublicKey:
    """Give the key in `cnf` (RFC 7800, 3.2): exactly one, as a JWK; raise `ClaimsError` or `KeyFormatError`."""
    confirmation = mapping(claims, "cnf")
    if len(confirmation) != 1:
        raise ClaimsError("not exactly one way to confirm the holder")
    return PublicKey.from_jwk(mapping(confirmation, "jwk"))


def _issuer_of(unverified: UnverifiedSdJwt, *, trust: VerifiedTrustList) -> tuple[Issuer, TrustedKey]:
    if unverified.issued.header.keys() not in _HEADERS:
        raise JwsError("header parameters other than those of this format")
    entry = trust.by_kid.get(_decoded(unverified.issued.kid))
    if entry is None:
        raise TrustError("an issuer that is not on the trust list")
    return entry


@lru_cache(maxsize=64)  # few keys sign many documents
def _decoded(kid: str) -> bytes:
    """Give a key's identifier. A path or an address is none: nothing is opened or fetched, it is on no list."""
    try:
        return base64url.decode(kid.encode("ascii"))
    except (FormatError, UnicodeEncodeError):
        return b""


def _type_of(claims: dict[str, object]) -> DocumentType:
    vct = claims.get("vct")
    document_type = BY_VCT.get(vct) if type(vct) is str else None
    if document_type is None:
        raise ClaimsError("a type of document that we do not know")
    return document_type


def _check_times(claims: dict[str, object], *, issued_at: datetime, now: datetime) -> tuple[datetime | None, datetime]:
    valid_from = moment(claims, "nbf") if "nbf" in claims else None
    valid_until = moment(claims, "exp")
    if now >= valid_until:
        raise ExpiredError("the document's time is over")
    if issued_at - now > CLOCK_DIFFERENCE or (valid_from is not None and now < valid_from):
        raise NotYetValidError("the document's time has not come")
    return valid_from, valid_until


def _status_of(claims: dict[str, object]) -> StatusReference:
    reference = mapping(mapping(claims, "status"), "status_list")
    return StatusReference(uri=text(reference, "uri"), index=whole_number(reference, "idx", most=MAX_INDEX))
