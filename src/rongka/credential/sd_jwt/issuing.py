"""Issuing an SD-JWT VC: every element can be disclosed by itself, and the number of digests tells nothing."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from rongka.credential import base64url, jws, strict_json
from rongka.credential.document_types import ELEMENTS, Claims, Value, elements_of, type_of
from rongka.credential.documents import StatusReference
from rongka.credential.errors import ClaimsError
from rongka.credential.fields import checked_text, midnight, seconds
from rongka.credential.keys import PublicKey, SigningKey
from rongka.credential.sd_jwt import disclosures

TYPE: Final = "dc+sd-jwt"
SALT_BYTES: Final = 16  # RFC 9901, 9.3


def issue_sd_jwt_vc(
    *,
    claims: Claims,
    holder_key: PublicKey,
    status: StatusReference,
    issuer: str,
    issued_at: datetime,
    key: SigningKey,
    decoys: int | None = None,
    salt: Callable[[int], bytes] = secrets.token_bytes,
    certificates: Sequence[str] = (),
) -> str:
    """Give a document as SD-JWT VC, with all its disclosures, bound to the holder's key.

    `issuer` is the issuer's address. `decoys` is how many digests of nothing are mixed in; None puts one in the place
    of each optional element that is not there, so that all documents of a type have the same number.
    `salt` gives so many random bytes. `certificates` (base64 DER, leaf first) go into the header as `x5c` for wallets
    that ask for them; our verifier looks at the trust list instead. Raise `ClaimsError` for what cannot be written.
    """
    made = [
        disclosures.make(salt=salt(SALT_BYTES), name=name, value=_written(value))
        for name, value in elements_of(claims).items()
    ]
    count = len(ELEMENTS[type_of(claims)]) - len(made) if decoys is None else decoys
    # RFC 9901, 4.2.5: a decoy is the digest of random bytes. All are sorted, so that their order tells nothing.
    hidden = [disclosures.digest_of(base64url.encode(salt(SALT_BYTES))) for _ in range(count)]
    made.sort(key=lambda disclosure: disclosure.digest)
    payload = {
        **_payload(claims=claims, issuer=issuer, issued_at=issued_at),
        "cnf": {"jwk": holder_key.to_jwk()},
        "status": status.to_claim(),
        disclosures.ALGORITHM: disclosures.SHA_256,
        disclosures.DIGESTS: sorted([*hidden, *(disclosure.digest for disclosure in made)]),
    }
    header: dict[str, object] = {"typ": TYPE, "kid": base64url.encode(key.public.kid).decode("ascii")}
    if certificates:
        header["x5c"] = list(certificates)
    token = jws.sign(header=header, payload=strict_json.encode(payload), key=key)
    return b"~".join([token, *(disclosure.sent for disclosure in made), b""]).decode("ascii")


def _payload(*, claims: Claims, issuer: str, issued_at: datetime) -> dict[str, object]:
    valid_from: date | None = getattr(claims, "valid_from", None)
    if seconds(issued_at) >= seconds(midnight(claims.valid_until)):
        raise ClaimsError("a document that ends before it is issued")
    return {
        "vct": type_of(claims).vct,
        "iss": checked_text(issuer, name="issuer"),
        "iat": seconds(issued_at),
        **({} if valid_from is None else {"nbf": seconds(midnight(valid_from))}),
        "exp": seconds(midnight(claims.valid_until)),
    }


def _written(value: Value) -> object:
    return value.isoformat() if isinstance(value, date) else value
