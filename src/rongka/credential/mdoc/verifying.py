"""Verify a DeviceResponse: chain, issuer, digests, times, device, elements. Raises, or gives what was verified."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from rongka.credential.certificates import UnverifiedSigner, read_root
from rongka.credential.document_types import BY_DOC_TYPE, DisclosedClaims, DocumentType, disclosed_from
from rongka.credential.documents import StatusReference, document_id
from rongka.credential.errors import (
    CertificateError,
    ClaimsError,
    CredentialError,
    DistrustedError,
    ForeignCodeError,
    MdocError,
)
from rongka.credential.fields import checked_text
from rongka.credential.keys import PublicKey
from rongka.credential.mdoc.issuer_signed import UnverifiedIssuerSigned
from rongka.credential.mdoc.response import UnverifiedResponse
from rongka.credential.trust_list import Issuer, VerifiedTrustList, counts

if TYPE_CHECKING:
    from rongka.credential.documents import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedMdoc:
    """A document that its issuer signed and its own device showed in this session, at a moment when it was valid.

    `disclosed` has what the holder chose to show. `expected_update` is set when the document ends before the permit
    does. Whether it was revoked is to be looked up by `status`, in a list of the same `issuer`.
    """

    document_type: DocumentType
    disclosed: DisclosedClaims
    issuer: Issuer
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime
    expected_update: datetime | None
    status: StatusReference
    holder_key: PublicKey
    document_id: str


def verify_device_response(
    *, response: bytes, trust: VerifiedTrustList, session_transcript: bytes, now: datetime
) -> VerifiedMdoc:
    """Give the one document of a response; `session_transcript` is the verifier's own, never one that came with it.

    Whether the trust list is fresh and the document was revoked is not asked here (`rongka.credential.presentations`).
    Raise a `FormatError` for bytes that are no such response (`ForeignCodeError` for another type of document),
    `CertificateError` for a signer below no root, `DistrustedError` for one whose root or own key does not count,
    `SignatureError` for an element or a security object that was not signed, `PresentationError` for another session or
    device, `ExpiredError` or `NotYetValidError` outside the document's time.
    """
    unverified = UnverifiedResponse.read(response)
    issuer_signed = unverified.issuer_signed
    signed = issuer_signed.security_object
    document_type = _document_type(unverified)
    issuer = _verify_issuer(issuer_signed, trust=trust, purpose=document_type.purpose, now=now)
    signed.check_times(now=now)
    unverified.verify_device(session_transcript=session_transcript)
    if signed.status is None:
        raise ClaimsError("a document that does not say where its status stands")
    return VerifiedMdoc(
        document_type=document_type,
        disclosed=_disclosed(issuer_signed, document_type=document_type),
        issuer=issuer,
        issued_at=signed.signed_at,
        valid_from=signed.valid_from,
        valid_until=signed.valid_until,
        expected_update=signed.expected_update,
        status=signed.status,
        holder_key=signed.device_key,
        document_id=document_id(issuer_signed.message.payload),
    )


def _document_type(unverified: UnverifiedResponse) -> DocumentType:
    if unverified.doc_type != unverified.issuer_signed.security_object.doc_type:
        raise MdocError("a document of another type than the issuer signed")
    document_type = BY_DOC_TYPE.get(unverified.doc_type)
    if document_type is None:
        raise ForeignCodeError("a type of document that is not ours")
    return document_type


def _verify_issuer(
    issuer_signed: UnverifiedIssuerSigned, *, trust: VerifiedTrustList, purpose: "Purpose", now: datetime
) -> Issuer:
    """Give the issuer one of whose roots certified the signer, which signed every element."""
    signer = UnverifiedSigner.read(issuer_signed.certificate)
    signed_at = issuer_signed.security_object.signed_at
    refusal: CredentialError = CertificateError("a signer below no root for such documents")
    for issuer, trusted in trust.by_root_purpose[purpose]:
        try:
            root = read_root(trusted.certificate)
            if root.key_identifier != signer.root_identifier:
                continue
            key = signer.verify(root=root, signed_at=signed_at, now=now)
        except CertificateError as error:
            refusal = error  # a renewed root has its forerunner's identifier, so that another may still fit
            continue
        if not counts(trusted, issued_at=signed_at, now=now):
            refusal = DistrustedError("a signer whose root does not count")
            continue
        _check_key(key, trust=trust, purpose=purpose, signed_at=signed_at, now=now)
        issuer_signed.verify(key=key)
        return issuer
    raise refusal


def _check_key(
    key: PublicKey, *, trust: VerifiedTrustList, purpose: "Purpose", signed_at: datetime, now: datetime
) -> None:
    """Raise `DistrustedError` when the list names the signer's own key and that does not count.

    So a lost key can be distrusted without its root.
    """
    _, entry = trust.by_kid.get(key.kid, (None, None))
    if entry is None or entry.key != key:
        return
    if entry.purpose is not purpose or not counts(entry, issued_at=signed_at, now=now):
        raise DistrustedError("a signer whose key does not count")


def _disclosed(issuer_signed: UnverifiedIssuerSigned, *, document_type: DocumentType) -> DisclosedClaims:
    namespace = document_type.doc_type
    if not issuer_signed.namespaces.keys() <= {namespace}:
        raise MdocError("a namespace that such documents do not have")
    elements = {item.name: item.value for item in issuer_signed.namespaces.get(namespace, ())}
    disclosed = disclosed_from(document_type=document_type, elements=elements)
    # JSON has days as texts; here they are full-dates, or no days.
    if any(type(value) is date and type(elements[name]) is not date for name, value in disclosed.elements.items()):
        raise ClaimsError("a day that is no full-date")
    for name in disclosed.unknown:
        checked_text(name, name="elementIdentifier")
    return disclosed
