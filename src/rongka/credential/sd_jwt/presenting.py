"""Presenting an SD-JWT VC: the wallet's part, from what the issuer gave to what one verifier gets."""

from collections.abc import Collection
from datetime import datetime

from rongka.credential import strict_json
from rongka.credential.errors import ClaimsError, PresentationError
from rongka.credential.fields import mapping
from rongka.credential.keys import PublicKey, SigningKey
from rongka.credential.sd_jwt import disclosures, key_binding
from rongka.credential.sd_jwt.issuing import TYPE
from rongka.credential.sd_jwt.reading import UnverifiedSdJwt, read


def present_sd_jwt_vc(
    *, sd_jwt: str, disclose: Collection[str], holder: SigningKey, audience: str, nonce: str, presented_at: datetime
) -> str:
    """Give the presentation of the elements named in `disclose`, bound to this verifier's question.

    `sd_jwt` is what the issuer gave. Raise `ClaimsError` for a name that it does not have, `PresentationError` when it
    is bound to another key than `holder`'s, a `FormatError` when it cannot be read. Does not check the issuer.
    """
    unverified = read(sd_jwt, types=(TYPE,))
    if unverified.key_binding:
        raise PresentationError("a presentation made for somebody is not presented again")
    _check_holder(unverified, holder=holder)
    found = {item.name: item for item in map(disclosures.read, unverified.disclosures)}
    if unknown := set(disclose) - set(found):
        raise ClaimsError(f"nothing to disclose by the names {sorted(unknown)}")
    # Sorted by their digests, so that the order tells nothing of how the issuer or the wallet had them.
    chosen = sorted((found[name] for name in set(disclose)), key=lambda item: item.digest)
    token = unverified.bound.split(b"~", 1)[0]
    bound = b"~".join([token, *(item.sent for item in chosen), b""])
    binding = key_binding.sign(bound=bound, holder=holder, audience=audience, nonce=nonce, presented_at=presented_at)
    return (bound + binding).decode("ascii")


def _check_holder(unverified: UnverifiedSdJwt, *, holder: SigningKey) -> None:
    claims = strict_json.decode_object(unverified.issued.payload)
    if PublicKey.from_jwk(mapping(mapping(claims, "cnf"), "jwk")) != holder.public:
        raise PresentationError("bound to another key than this holder's")
