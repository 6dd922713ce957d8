"""Master lists: the roots of all states as one of them has checked and signed them (ICAO 9303-12, 8).

Who signed such a list is told from outside: the operator names the fingerprint of the root that it stands under.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import CSCA_MASTER_LIST, MasterList, reading
from rongka.proofing.chip.certificates import Certificate, read_certificate
from rongka.proofing.chip.cms import SignedMessage, read_signed_message
from rongka.proofing.chip.trust import MAX_ROOTS, TrustStore
from rongka.proofing.errors import ChipError, ChipFormatError, TrustStoreError

MAX_LIST_BYTES: Final = 8_388_608  # the German list has 1 MB
_WHAT: Final = reasons.MASTER_LIST
_VERSION: Final = 0  # ICAO 9303-12, 8.2


def read_master_list(data: bytes, *, anchors: frozenset[str], at: datetime) -> TrustStore:
    """Read a master list (DER) that stands under a root with one of these fingerprints (SHA-256 in hex).

    Its version is the signer's country, the day of signing and the list's own hash. Certificates in it that cannot be
    read, or are no roots, are skipped and counted. Raises ChipFormatError, ChipMismatchError, ChipUnknownError, and
    TrustStoreError when nobody named signed it.
    """
    if len(data) > MAX_LIST_BYTES:
        raise ChipFormatError(reasons.too_large(_WHAT, limit=MAX_LIST_BYTES))
    message = read_signed_message(data, content_type=CSCA_MASTER_LIST, what=_WHAT)
    message.verify()
    listed = _certificates(message.content)
    roots = tuple(_roots(listed))
    signed_at = _checked_time(message, anchors=_named(anchors, (*message.certificates, *roots)), at=at)
    return TrustStore(
        version=f"{message.signer.country} {signed_at:%Y-%m-%d} {sha256(data).hexdigest()[:16]}",
        dated_on=signed_at.date(),
        roots=roots,
        skipped=len(listed) - len(roots),
    )


def _certificates(content: bytes) -> list[bytes]:
    with reading(_WHAT):
        parsed = MasterList.load(content, strict=True)
        listed = [row.dump() for row in parsed["certificates"]]
        version = parsed["version"].native
    if version != _VERSION or len(listed) > MAX_ROOTS:
        raise ChipFormatError(reasons.malformed(_WHAT))
    return listed


def _roots(listed: Iterable[bytes]) -> Iterable[Certificate]:
    """Read what can be read: one state's odd certificate must not take all others' passports away."""
    for der in listed:
        try:
            certificate = read_certificate(der)
        except ChipError:
            continue
        if certificate.signs_certificates:
            yield certificate


def _named(anchors: frozenset[str], certificates: Iterable[Certificate]) -> list[Certificate]:
    wanted = {anchor.lower() for anchor in anchors}
    return [row for row in certificates if row.fingerprint in wanted and row.signs_certificates]


def _checked_time(message: SignedMessage, *, anchors: list[Certificate], at: datetime) -> datetime:
    """Give the time of signing once signer, its root and that time fit together."""
    signer, signed_at = message.signer, message.signed_at
    # ICAO 9303-12, 8.1: the time of signing is mandatory here.
    if signed_at is None or signed_at > at or not signer.signs_master_lists:
        raise TrustStoreError(reasons.LIST_NOT_TRUSTED)
    for anchor in anchors:
        is_in_time = signer.could_sign_at(signed_at) and anchor.stood_at(signed_at)
        if is_in_time and anchor.country == signer.country and _has_issued(anchor, signer):
            return signed_at
    raise TrustStoreError(reasons.LIST_NOT_TRUSTED)


def _has_issued(anchor: Certificate, signer: Certificate) -> bool:
    try:
        signer.check_issued_by(anchor)
    except ChipError:
        return False
    return True
