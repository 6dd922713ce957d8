"""Issue and present: from claims to IssuerSigned, and from that to a response for one verifier."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Final, TypedDict

from rongka.credential.certificates import UnverifiedSigner
from rongka.credential.claims import CardClaims
from rongka.credential.document_types import Claims, elements_of, type_of
from rongka.credential.documents import StatusReference
from rongka.credential.errors import CertificateError, ClaimsError
from rongka.credential.fields import midnight
from rongka.credential.keys import PublicKey, SigningKey
from rongka.credential.mdoc import encoding, signature
from rongka.credential.mdoc.issuer_signed import UnverifiedIssuerSigned, to_value
from rongka.credential.mdoc.items import SALT_BYTES, Item
from rongka.credential.mdoc.response import EMPTY_NAMESPACES, write_response
from rongka.credential.mdoc.security_object import SecurityObject
from rongka.credential.mdoc.session_transcript import device_authentication

DIGESTS: Final = 24  # of every document, decoys among them: how many elements it has cannot be told


def issue_mdoc(
    *,
    claims: Claims,
    device_key: PublicKey,
    status: StatusReference,
    issued_at: datetime,
    key: SigningKey,
    certificate: bytes,
) -> bytes:
    """Give the IssuerSigned of a document for one device, signed by `key`, whose certificate (DER) goes with it.

    It is valid from `issued_at`, or from the first day of a card that begins later, until the claims end or the
    certificate does, whichever is first. Raise `CertificateError` for a certificate that is not the key's or does not
    stand at `issued_at`, `ClaimsError` when no time would be left.
    """
    signer = UnverifiedSigner.read(certificate)
    if signer.key != key.public or not signer.valid_from <= issued_at <= signer.valid_until:
        raise CertificateError("a certificate that is not this key's, or not of this time")
    doc_type = type_of(claims).doc_type
    items = _items(claims)
    security_object = SecurityObject(
        doc_type=doc_type,
        digests={doc_type: _with_decoys(items)},
        device_key=device_key,
        status=status,
        **_times(claims, issued_at=issued_at, signer=signer),
    )
    issuer_auth = signature.sign(
        content=security_object.to_bytes(),
        key=key,
        unprotected={signature.X5CHAIN: certificate},
        is_detached=False,
    )
    return encoding.encode(to_value(namespaces={doc_type: items}, issuer_auth=issuer_auth))


def present_mdoc(
    *, issuer_signed: bytes, disclose: Collection[str], device: SigningKey, session_transcript: bytes
) -> bytes:
    """Give the DeviceResponse that shows the elements named in `disclose`, signed by the device for this session.

    Raise a `FormatError` when `issuer_signed` is none, `ClaimsError` for an element that the document does not have.
    Nothing that the issuer signed is verified here: the wallet did that when it took the document.
    """
    document = UnverifiedIssuerSigned.read(issuer_signed)
    names = frozenset(disclose)
    if not names <= {item.name for items in document.namespaces.values() for item in items}:
        raise ClaimsError("an element that this document does not have")
    doc_type = document.security_object.doc_type
    content = device_authentication(
        session_transcript=session_transcript, doc_type=doc_type, device_namespaces=EMPTY_NAMESPACES
    )
    message = document.message
    issuer_auth = [message.protected, {signature.X5CHAIN: document.certificate}, message.payload, message.signature]
    return write_response(
        doc_type=doc_type,
        issuer_signed=to_value(namespaces=document.namespaces, issuer_auth=issuer_auth, names=names),
        device_signature=signature.sign(content=content, key=device, unprotected={}, is_detached=True),
    )


class _Times(TypedDict):
    signed_at: datetime
    valid_from: datetime
    valid_until: datetime
    expected_update: datetime | None


def _items(claims: Claims) -> tuple[Item, ...]:
    """Write each element under a number that tells nothing, in the order of the numbers."""
    elements = elements_of(claims)
    numbers = secrets.SystemRandom().sample(range(DIGESTS), len(elements))
    items = (
        Item.write(digest_id=number, name=name, value=value, salt=secrets.token_bytes(SALT_BYTES))
        for number, (name, value) in zip(numbers, elements.items(), strict=True)
    )
    return tuple(sorted(items, key=lambda item: item.digest_id))


def _with_decoys(items: tuple[Item, ...]) -> dict[int, bytes]:
    """Give all digests; a number without an element has random bytes, which no one can tell from a digest."""
    signed = {item.digest_id: item.digest for item in items}
    return {number: signed.get(number) or secrets.token_bytes(32) for number in range(DIGESTS)}


def _times(claims: Claims, *, issued_at: datetime, signer: UnverifiedSigner) -> _Times:
    # ISO/IEC 18013-5, 9.1.2.4: whole seconds, and validFrom not before `signed`.
    signed_at = issued_at.replace(microsecond=0)
    begins = midnight(claims.valid_from) if isinstance(claims, CardClaims) else signed_at
    ends = midnight(claims.valid_until)
    valid_from, valid_until = max(signed_at, begins), min(ends, signer.valid_until)
    if valid_from >= valid_until:
        raise ClaimsError("a document that would end before it begins")
    return _Times(
        signed_at=signed_at,
        valid_from=valid_from,
        valid_until=valid_until,
        expected_update=valid_until if valid_until < ends else None,
    )
