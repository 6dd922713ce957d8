"""What can go wrong with codes, keys and lists. Hostile input raises these and nothing else.

CredentialError
├── FormatError             bytes, text or claims that do not have the form they must have
│   ├── Base45Error         text that is not base45 (RFC 9285)
│   ├── TransportError      a code's text that is not our canonical zlib stream, or is cut or damaged
│   ├── CborError           bytes that are not strict CBOR (RFC 8949)
│   ├── CoseError           no COSE_Sign1 as we allow it (RFC 9052)
│   ├── JsonError           bytes that are not strict JSON (RFC 8259, RFC 7493)
│   ├── JwsError            no compact JWS as we allow it (RFC 7515)
│   ├── DisclosureError     selective disclosure that breaks its rules (RFC 9901, 7.1)
│   ├── ClaimsError         claims that are missing, of the wrong type or out of range
│   ├── KeyFormatError      no key of an algorithm that we know
│   ├── MdocError           no mdoc as we allow it (ISO/IEC 18013-5)
│   ├── ImageError          an image that cannot be read, is too large, or holds no code
│   └── ForeignCodeError    well formed, but made by some other system
├── SignatureError          the signature is not by this key over these bytes
├── PresentationError       not shown by its holder, to this verifier, in answer to this question, now
├── ValidityError
│   ├── ExpiredError        the document's time is over
│   └── NotYetValidError    the document's time has not come
├── CertificateError        a certificate that is not of the profile, or not below a root that counts
├── TrustError              a trust list that is not signed by the anchor, or an issuer that is not on it
│   └── DistrustedError     a key on the list that does not count for this document
├── RefusedError            a code that is well formed and not good now; `reason` says why
├── StatusError             a status list that is not the one asked for, or an index outside it
└── KeyStoreError           issuing keys that cannot be opened or made
"""

from typing import ClassVar

from rongka.credential.reasons import VerdictReason


class CredentialError(Exception):
    """Root of the tree; ``code`` is stable and documented, the message is for logs only."""

    code: ClassVar[str] = "credential.error"


class FormatError(CredentialError):
    """Input does not have the form it must have."""

    code = "credential.format"


class Base45Error(FormatError):
    """Text is not base45."""

    code = "credential.base45"


class TransportError(FormatError):
    """A code's text is cut, damaged or not in its one canonical form."""

    code = "credential.damaged"


class CborError(FormatError):
    """Bytes are not CBOR as we allow it."""

    code = "credential.cbor"


class CoseError(FormatError):
    """Bytes are no COSE_Sign1 as we allow it."""

    code = "credential.cose"


class JsonError(FormatError):
    """Bytes are not JSON as we allow it."""

    code = "credential.json"


class JwsError(FormatError):
    """Text is no compact JWS as we allow it."""

    code = "credential.jws"


class DisclosureError(FormatError):
    """Disclosures and digests do not fit together, or name what may not be selectively disclosed."""

    code = "credential.disclosure"


class ClaimsError(FormatError):
    """Claims are missing, of the wrong type or out of range."""

    code = "credential.claims"


class KeyFormatError(FormatError):
    """A key is malformed or of an algorithm that we do not know."""

    code = "credential.key"


class MdocError(FormatError):
    """Bytes are no mdoc as we allow it."""

    code = "credential.mdoc"


class ImageError(FormatError):
    """An image cannot be read, is too large, or holds no code."""

    code = "credential.image"


class ForeignCodeError(FormatError):
    """A code of some other system."""

    code = "credential.foreign"


class SignatureError(CredentialError):
    """The signature is not by this key over these bytes."""

    code = "credential.signature"


class PresentationError(CredentialError):
    """The holder's own signature is missing, or answers another question, another verifier or another time."""

    code = "credential.presentation"


class ValidityError(CredentialError):
    """A document outside its time."""

    code = "credential.validity"


class ExpiredError(ValidityError):
    """The document's time is over."""

    code = "credential.expired"


class NotYetValidError(ValidityError):
    """The document's time has not come, or it claims to be issued in the future."""

    code = "credential.not_yet_valid"


class CertificateError(CredentialError):
    """A certificate is not of the profile, or does not stand below a root that counts."""

    code = "credential.certificate"


class TrustError(CredentialError):
    """A trust list cannot be trusted or must not be published as it is, or an issuer is not on it."""

    code = "credential.trust"


class DistrustedError(TrustError):
    """A key on the trust list does not count for this document, or no longer, or did not when it signed."""

    code = "credential.distrusted"


class RefusedError(CredentialError):
    """A code is well formed and not good now, or it cannot be told that it is; `reason` says why."""

    code = "credential.refused"

    def __init__(self, reason: VerdictReason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class StatusError(CredentialError):
    """A status list is not the one asked for, or an index lies outside it."""

    code = "credential.status"


class KeyStoreError(CredentialError):
    """Issuing keys cannot be opened or made."""

    code = "credential.keystore"
