"""The list as a JWT (Token Status List, 5.1), `statuslist+jwt`: what wallets and verifiers of SD-JWT VC fetch."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from rongka.credential import base64url, jws, strict_json
from rongka.credential.errors import ClaimsError, FormatError, TrustError
from rongka.credential.fields import checked_text, mapping, seconds
from rongka.credential.keys import KID_BYTES
from rongka.credential.status_list.entries import StatusList
from rongka.credential.status_list.tokens import (
    MAX_TOKEN_BYTES,
    VerifiedStatusList,
    check_subject,
    is_bare,
    read_claims,
)
from rongka.credential.trust_list import must_count

if TYPE_CHECKING:
    from rongka.credential.keys import SigningKey
    from rongka.credential.trust_list import VerifiedTrustList

TYPE: Final = "statuslist+jwt"
MEDIA_TYPE: Final = "application/statuslist+jwt"
_NAMES: Final = ("sub", "iat", "exp", "ttl", "status_list")


def status_claims_json(
    *,
    uri: str,
    entries: StatusList,
    issued_at: datetime,
    expires_at: datetime,
    ttl: timedelta,
    aggregation_uri: str | None = None,
    thoroughly: bool = True,
) -> bytes:
    """Give the claims of a status list token as JSON, in the one spelling that a signer signs."""
    packed = base64url.encode(entries.packed(thoroughly=thoroughly)).decode("ascii")
    inner: dict[str, object] = {"bits": entries.bits, "lst": packed}
    if aggregation_uri is not None:
        inner["aggregation_uri"] = checked_text(aggregation_uri, name="aggregation_uri")
    return strict_json.encode(
        {
            "sub": checked_text(uri, name="uri"),
            "iat": seconds(issued_at),
            "exp": seconds(expires_at),
            "ttl": int(ttl.total_seconds()),
            "status_list": inner,
        }
    )


def check_status_claims_json(claims_json: bytes) -> None:
    """Raise a `FormatError` unless `claims_json` has exactly the claims of a status list, as we spell them."""
    claims = _decode(claims_json)
    _read_claims(claims, kid=b"")
    known = set(claims) == set(_NAMES) and is_bare(mapping(claims, "status_list"))
    if not known or strict_json.encode(claims) != claims_json:
        raise ClaimsError("not the claims of a status list")


def sign_status_claims_json(*, claims_json: bytes, key: "SigningKey") -> bytes:
    """Give the signed token in ASCII; callers check the claims first."""
    kid = base64url.encode(key.public.kid).decode("ascii")
    return jws.sign(header={"typ": TYPE, "kid": kid}, payload=claims_json, key=key)


def verify_status_list_jwt(
    *, token: bytes, trust: "VerifiedTrustList", now: datetime, uri: str | None = None
) -> VerifiedStatusList:
    """Give a list that a trusted status key signed, in JWT; what is raised and what is not asked is as for the CWT."""
    message = jws.read(token, types={TYPE}, max_bytes=MAX_TOKEN_BYTES)
    kid = _kid(message.kid)
    key = trust.verify_status(message, kid=kid)
    verified = _read_claims(_decode(message.payload), kid=kid)
    must_count(key, issued_at=verified.issued_at, now=now)
    check_subject(verified, uri=uri)
    return verified


def _kid(text: str) -> bytes:
    """Give the key's identifier; a header that names a key in another way names none that we trust."""
    try:
        kid = base64url.decode(text.encode("ascii", "replace"))
    except FormatError:
        kid = b""
    if len(kid) != KID_BYTES:
        raise TrustError("no key that the trust list could name")
    return kid


def _decode(claims_json: bytes) -> dict[object, object]:
    return dict(strict_json.decode_object(claims_json, max_bytes=MAX_TOKEN_BYTES).items())


def _read_claims(claims: dict[object, object], *, kid: bytes) -> VerifiedStatusList:
    lst = mapping(claims, "status_list").get("lst")
    if type(lst) is not str or not lst.isascii():
        raise ClaimsError("a status list without entries")
    packed = base64url.decode(lst.encode("ascii"))
    return read_claims(claims, names=_NAMES, packed=packed, kid=kid)
