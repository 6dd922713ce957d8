"""Certificates of document signers, each directly below a root that the trust list names (ISO/IEC 18013-5, annex B.1).

No path is searched: a message brings one certificate, the verifier holds the roots. What is not of the profile is
refused, whoever signed it. Revocation is the trust list's (`distrusted_from`); no CRL is fetched.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import ExtensionOID, ObjectIdentifier

from rongka.credential.errors import CertificateError
from rongka.credential.keys import PublicKey

DOCUMENT_SIGNER_USE: Final = ObjectIdentifier("1.0.18013.5.1.2")  # ISO/IEC 18013-5, B.1.4: extended key usage
MAX_CERTIFICATE_BYTES: Final = 4_096  # a document signer's has some 700 bytes; without a limit a parser reads megabytes
ROOTS_READ_ONCE: Final = 256  # read roots are kept by their bytes: a list names few, and no message can add one
# The same for signers: one certificate signs a whole city's documents. Only reading is remembered, so that a stranger's
# certificate in here gains nothing; every signature is checked each time. At most 64 x 4 KB.
SIGNERS_READ_ONCE: Final = 64
_ECDSA_OF_DIGEST: Final = ec.ECDSA(Prehashed(hashes.SHA256()))
_CURVE: Final = "secp256r1"
_VERSION_3: Final = bytes.fromhex("a003020102")
_ECDSA_WITH_SHA256: Final = bytes.fromhex("300a06082a8648ce3d040302")  # RFC 5758, 3.2: no parameters
_SHORT_FORM: Final = 0x80  # DER lengths below it are one byte
# What our profile understands; another extension that is critical is fatal (RFC 5280, 4.2).
_UNDERSTOOD: Final = frozenset(
    {ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.EXTENDED_KEY_USAGE}
)
# Everything that reading hostile DER was seen to raise. A warning, of a serial number that is not positive or of a NULL
# in ECDSA's parameters, is an exception where filters make it one; both are refused by the profile anyway.
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    Warning,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True)
class _Extensions:
    """The extensions of one certificate by their numbers."""

    rows: dict[ObjectIdentifier, x509.Extension[x509.ExtensionType]]

    def critical(self, oid: ObjectIdentifier) -> x509.ExtensionType | None:
        """Give an extension that must be critical, or None."""
        row = self.rows.get(oid)
        return row.value if row is not None and row.critical else None

    @property
    def basic_constraints(self) -> x509.BasicConstraints | None:
        row = self.rows.get(ExtensionOID.BASIC_CONSTRAINTS)
        return row.value if row is not None and isinstance(row.value, x509.BasicConstraints) else None

    @property
    def subject_key_identifier(self) -> bytes | None:
        row = self.rows.get(ExtensionOID.SUBJECT_KEY_IDENTIFIER)
        return row.value.digest if row is not None and isinstance(row.value, x509.SubjectKeyIdentifier) else None

    @property
    def authority_key_identifier(self) -> bytes | None:
        row = self.rows.get(ExtensionOID.AUTHORITY_KEY_IDENTIFIER)
        is_right = row is not None and isinstance(row.value, x509.AuthorityKeyIdentifier)
        return row.value.key_identifier if is_right else None  # type: ignore[union-attr] # `is_right` says it

    @property
    def purposes(self) -> x509.ExtendedKeyUsage | None:
        value = self.critical(ExtensionOID.EXTENDED_KEY_USAGE)
        return value if isinstance(value, x509.ExtendedKeyUsage) else None

    def allows_only(self, *uses: str) -> bool:
        """Tell whether the key may do exactly this: names of `x509.KeyUsage`'s first seven uses."""
        value = self.critical(ExtensionOID.KEY_USAGE)
        return isinstance(value, x509.KeyUsage) and all(getattr(value, use) is (use in uses) for use in _USES)


_USES: Final = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A root that is what a root must be and signed itself; whether it counts is the trust list's word."""

    key: ec.EllipticCurvePublicKey
    key_identifier: bytes
    subject: bytes  # the name, DER
    valid_from: datetime
    valid_until: datetime  # the last instant itself (RFC 5280, 4.1.2.5)


@lru_cache(maxsize=ROOTS_READ_ONCE)
def read_root(certificate: bytes) -> Root:
    """Read a root's DER; raise `CertificateError` unless it is of the profile of ISO/IEC 18013-5, B.1.2."""
    parsed, extensions = _read(certificate)
    constraints, identifier = extensions.basic_constraints, extensions.subject_key_identifier
    if constraints is None or not constraints.ca or constraints.path_length != 0:
        raise CertificateError("a root that is no certification authority with path length 0")
    if not extensions.allows_only("key_cert_sign", "crl_sign") or identifier is None:
        raise CertificateError("a root without its key usage or key identifier")
    try:
        # RFC 5280, 6.1 asks nothing of an anchor; we ask that name, key and signature agree, against mixed-up files.
        parsed.verify_directly_issued_by(parsed)
        subject = parsed.subject.public_bytes()
    except (*_UNREADABLE, InvalidSignature):
        raise CertificateError("a root that did not sign itself") from None
    return Root(
        key=_key(parsed),
        key_identifier=identifier,
        subject=subject,
        valid_from=parsed.not_valid_before_utc,
        valid_until=parsed.not_valid_after_utc,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedSigner:
    """A document signer's certificate of the right form; whose it is, only `verify` tells."""

    key: PublicKey
    root_identifier: bytes
    valid_from: datetime
    valid_until: datetime  # the last instant itself
    begin: bytes  # what stands before the issuer's name in `signed`, and must
    signed: bytes
    digest: bytes  # SHA-256 of `signed`
    signature: bytes

    @classmethod
    @lru_cache(maxsize=SIGNERS_READ_ONCE)
    def read(cls, certificate: bytes) -> Self:
        """Read its DER; raise `CertificateError` unless it is of the profile of ISO/IEC 18013-5, B.1.4."""
        parsed, extensions = _read(certificate)
        identifier, constraints = extensions.authority_key_identifier, extensions.basic_constraints
        if constraints is not None and constraints.ca:
            raise CertificateError("a certification authority's key, which signs no documents")
        if not extensions.allows_only("digital_signature"):
            raise CertificateError("a key that may do other things than sign")
        purposes = extensions.purposes
        if purposes is None or list(purposes) != [DOCUMENT_SIGNER_USE]:
            raise CertificateError("no certificate for signing documents")
        if identifier is None:
            raise CertificateError("a certificate that does not say which key signed it")
        # What `tbs_certificate_bytes` would write anew, as it came.
        signed = certificate[_head_bytes(certificate) : -len(_end(parsed))]
        return cls(
            key=PublicKey(_key(parsed)),
            root_identifier=identifier,
            valid_from=parsed.not_valid_before_utc,
            valid_until=parsed.not_valid_after_utc,
            begin=_begin(parsed),
            signed=signed,
            digest=sha256(signed).digest(),
            signature=parsed.signature,
        )

    def verify(self, *, root: Root, signed_at: datetime, now: datetime) -> PublicKey:
        """Give the signer's key when `root` issued the certificate and both stood at `signed_at` and stand at `now`.

        Raise `CertificateError` otherwise (ISO/IEC 18013-5, 9.3.1 and 9.3.3).
        """
        for valid in (self, root):
            for at in (signed_at, now):
                if not valid.valid_from <= at <= valid.valid_until:
                    raise CertificateError("a certificate outside its time, when it signed or now")
        # The names are compared as bytes, and with them the version and the algorithm that the signature covers.
        is_named = self.signed.startswith(self.begin + root.subject, _head_bytes(self.signed))
        if self.root_identifier != root.key_identifier or not is_named:
            raise CertificateError("a certificate by another issuer")
        try:
            root.key.verify(self.signature, self.digest, _ECDSA_OF_DIGEST)
        except (InvalidSignature, ValueError):
            raise CertificateError("a certificate that the root did not sign") from None
        return self.key


def _begin(certificate: x509.Certificate) -> bytes:
    """Give the DER of version 3, the serial number and ES256 (RFC 5280, 4.1)."""
    number = certificate.serial_number
    serial = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return _VERSION_3 + bytes((2, len(serial))) + serial + _ECDSA_WITH_SHA256


def _end(certificate: x509.Certificate) -> bytes:
    """Give the DER of what follows the signed part: ES256, and the signature as a bit string."""
    signature = certificate.signature
    return _ECDSA_WITH_SHA256 + bytes((3, (len(signature) + 1) & 0xFF, 0)) + signature


def _head_bytes(signed: bytes) -> int:
    """Count the bytes of the tag and the length that a DER value begins with."""
    return 2 if signed[1] < _SHORT_FORM else 2 + (signed[1] & ~_SHORT_FORM)


def _read(certificate: bytes) -> tuple[x509.Certificate, _Extensions]:
    if len(certificate) > MAX_CERTIFICATE_BYTES:
        raise CertificateError("a certificate of unusual size")
    try:
        parsed = x509.load_der_x509_certificate(certificate)
        extensions = {row.oid: row for row in parsed.extensions}
        is_positive = parsed.serial_number > 0
    except _UNREADABLE:
        raise CertificateError("bytes that are no certificate") from None
    # RFC 5280, 4.1.1.2: the algorithm outside must be the one inside. It is not signed, so its bytes are compared.
    if not certificate.endswith(_end(parsed)):
        raise CertificateError("a certificate that is not signed by ECDSA with SHA-256")
    if any(row.critical and oid not in _UNDERSTOOD for oid, row in extensions.items()):
        raise CertificateError("a critical extension that we do not know")
    # RFC 5280, 4.1.2.2: positive and at most 20 bytes; a longer one is refused by the parser.
    if parsed.version is not x509.Version.v3 or not is_positive:
        raise CertificateError("no certificate of version 3 with a serial number")
    return parsed, _Extensions(extensions)


def _key(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey:
    try:
        key = certificate.public_key()
    except _UNREADABLE:
        raise CertificateError("a certificate with a key that we do not know") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != _CURVE:
        raise CertificateError("a certificate with a key that is not of P-256")
    return key
