"""CMS SignedData with one signature (RFC 5652, 5), as SODs (ICAO 9303-10, 4.6.2) and master lists (9303-12, 8) have it.

Read first, verified by asking: `verify` proves that the holder of the enclosed certificate's key signed the content,
and nothing about whose certificate that is.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hmac import compare_digest
from typing import Any, Final

from asn1crypto import cms

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import algorithm_of, instant_of, is_absent, reading
from rongka.proofing.chip.certificates import Certificate, read_certificate
from rongka.proofing.chip.der import check_der, encode
from rongka.proofing.chip.signatures import Digest, Scheme, digest_of, scheme_of
from rongka.proofing.errors import ChipFormatError, ChipMismatchError, ChipUnknownError
from rongka.text import Text

MAX_CERTIFICATES: Final = 16  # an SOD has one; a master list its signer's and that one's root
MAX_DIGESTS: Final = 8  # listed ahead of the signature, and unsigned; in practice one
MAX_ATTRIBUTES: Final = 16  # signed ones; in practice three
READ_ONCE: Final = 64  # one signer signs 100,000 passports; only reading is remembered, every signature is checked
_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
_SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
_VERSION: Final = "v3"  # RFC 5652, 5.1: of content that is not plain data
_SIGNER_VERSIONS: Final = {"issuer_and_serial_number": "v1", "subject_key_identifier": "v3"}  # RFC 5652, 5.3
_SET_OF: Final = 0x31
_read_once: Final = lru_cache(maxsize=READ_ONCE)(read_certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedMessage:
    """A content and its signature, both as they came; `verify` says whether they belong together."""

    content: bytes
    certificates: tuple[Certificate, ...]
    signer: Certificate
    digest: Digest
    scheme: Scheme
    signed_attributes: bytes  # DER of a SET OF, which is what was signed
    content_digest: bytes
    signed_at: datetime | None  # the signer's own claim; signed
    signature: bytes

    def verify(self) -> None:
        """Raise ChipMismatchError unless the signer's key signed the digest of this content (RFC 5652, 5.4, 5.6)."""
        if not compare_digest(self.digest.of(self.content), self.content_digest):
            raise ChipMismatchError(reasons.DIGEST)
        self.scheme.verify(key=self.signer.key, signature=self.signature, data=self.signed_attributes)


def read_signed_message(data: bytes, *, content_type: str, what: Text) -> SignedMessage:
    """Read a ContentInfo that holds signed content of this type; the caller has bounded its size.

    Raises ChipFormatError, ChipUnknownError for several signatures, no certificate or unknown algorithms, and
    ChipMismatchError for algorithms that contradict each other.
    """
    check_der(data, what=what)
    with reading(what):
        outer = cms.ContentInfo.load(data, strict=True)
        if outer["content_type"].dotted != _SIGNED_DATA:
            raise ChipFormatError(reasons.malformed(what))
        return _read(outer["content"], content_type=content_type, what=what)


def _read(message: Any, *, content_type: str, what: Text) -> SignedMessage:  # noqa: ANN401  # asn1crypto has no types
    inner = message["encap_content_info"]
    if message["version"].native != _VERSION or inner["content_type"].dotted != content_type:
        raise ChipFormatError(reasons.malformed(what))
    if len(message["signer_infos"]) != 1:
        raise ChipUnknownError(reasons.SEVERAL_SIGNERS)
    row = message["signer_infos"][0]
    # ICAO 9303-10, 4.6.2.1: not to be used; what nobody signed must not stand beside what was.
    if not is_absent(row["unsigned_attrs"]):
        raise ChipFormatError(reasons.malformed(what))
    attributes = _Attributes.of(row["signed_attrs"], what=what)
    if attributes.one(_CONTENT_TYPE).dotted != content_type:
        raise ChipFormatError(reasons.malformed(what))
    certificates = _certificates(message["certificates"], what=what)
    digest = digest_of(*algorithm_of(row["digest_algorithm"]))
    _check_listed(digest, message["digest_algorithms"])
    return SignedMessage(
        content=bytes(inner["content"]),
        certificates=certificates,
        signer=_signer(row, certificates, what=what),
        digest=digest,
        scheme=scheme_of(*algorithm_of(row["signature_algorithm"]), digest=digest),
        signed_attributes=attributes.der,
        content_digest=bytes(attributes.one(_MESSAGE_DIGEST).native),
        signed_at=attributes.signed_at,
        signature=bytes(row["signature"].native),
    )


@dataclass(frozen=True, slots=True)
class _Attributes:
    """The signed attributes by their numbers, each with one value; call inside `reading`."""

    rows: dict[str, Any]
    der: bytes
    what: Text

    @classmethod
    def of(cls, attributes: Any, *, what: Text) -> "_Attributes":  # noqa: ANN401
        # RFC 5652, 5.3: content that is not plain data must have them. Without, a signature over attributes could be
        # passed off as one over a content.
        if is_absent(attributes) or len(attributes) > MAX_ATTRIBUTES:
            raise ChipFormatError(reasons.malformed(what))
        rows = {row["type"].dotted: row["values"] for row in attributes}
        if len(rows) != len(attributes):
            raise ChipFormatError(reasons.malformed(what))
        # X.690, 11.6: DER sorts a set's elements by their bytes, and the DER is what was signed (RFC 5652, 5.4).
        return cls(rows, encode(_SET_OF, b"".join(sorted(row.dump() for row in attributes))), what)

    def one(self, number: str) -> Any:  # noqa: ANN401
        values = self.rows.get(number)
        if values is None or len(values) != 1:
            raise ChipFormatError(reasons.malformed(self.what))
        return values[0]

    @property
    def signed_at(self) -> datetime | None:
        if _SIGNING_TIME not in self.rows:
            return None
        return instant_of(self.one(_SIGNING_TIME))


def _certificates(rows: Any, *, what: Text) -> tuple[Certificate, ...]:  # noqa: ANN401
    if is_absent(rows) or not len(rows):
        raise ChipUnknownError(reasons.NO_SIGNER)
    if len(rows) > MAX_CERTIFICATES or any(row.name != "certificate" for row in rows):
        raise ChipFormatError(reasons.malformed(what))
    return tuple(_read_once(row.chosen.dump()) for row in rows)


def _signer(row: Any, certificates: tuple[Certificate, ...], *, what: Text) -> Certificate:  # noqa: ANN401
    """Find the certificate that the signature names; what names it is unsigned, so nothing in it may vary."""
    named = row["sid"]
    if row["version"].native != _SIGNER_VERSIONS[named.name]:
        raise ChipFormatError(reasons.malformed(what))
    for certificate in certificates:
        if named.name == "subject_key_identifier":
            is_named = bytes(named.chosen.native) == certificate.key_identifier
        else:
            issuer, serial = named.chosen["issuer"].dump(), named.chosen["serial_number"].native
            is_named = (issuer, serial) == (certificate.issuer_der, certificate.serial)
        if is_named:
            return certificate
    raise ChipUnknownError(reasons.NO_SIGNER)


def _check_listed(digest: Digest, rows: Any) -> None:  # noqa: ANN401
    """RFC 5652, 5.1: the signer's digest is one of those listed ahead, and nothing that we do not know is."""
    if len(rows) > MAX_DIGESTS:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
    listed = [digest_of(*algorithm_of(row)) for row in rows]
    if digest not in listed:
        raise ChipMismatchError(reasons.ALGORITHMS_DISAGREE)
