"""Revocation lists of national roots (ICAO 9303-12, 7.1.4; RFC 5280, 5), handed in by who fetched them.

A signer that is listed is refused whatever the date: whoever has its key can write any time of signing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import crl

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import algorithm_of, instant_of, is_absent, reading
from rongka.proofing.chip.certificates import Certificate, Name, name_of
from rongka.proofing.chip.signatures import scheme_of
from rongka.proofing.errors import ChipFormatError, ChipMismatchError, TrustStoreError

MAX_LIST_BYTES: Final = 1_048_576  # real ones have a few KB: states have few signers
_WHAT: Final = reasons.REVOCATION_LIST


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList:
    """The serial numbers that one issuer has revoked, and the time for which the list speaks."""

    issuer: Name
    serials: frozenset[int]
    made_at: datetime
    next_at: datetime | None

    def is_current(self, at: datetime) -> bool:
        """Whether a newer list was not yet due."""
        return self.made_at <= at and (self.next_at is None or at <= self.next_at)


def read_revocation_list(der: bytes, *, roots: Iterable[Certificate]) -> RevocationList:
    """Read a list and verify that one of `roots` with its issuer's name signed it.

    Raises ChipFormatError, TrustStoreError when no root did, ChipUnknownError for algorithms that we do not know.
    """
    if len(der) > MAX_LIST_BYTES:
        raise ChipFormatError(reasons.too_large(_WHAT, limit=MAX_LIST_BYTES))
    with reading(_WHAT):
        parsed = crl.CertificateList.load(der, strict=True)
        found = _read(parsed["tbs_cert_list"])
        signed, algorithm = parsed["tbs_cert_list"].dump(), algorithm_of(parsed["signature_algorithm"])
        signature = bytes(parsed["signature"].contents)
        is_whole = parsed["signature_algorithm"].dump() == parsed["tbs_cert_list"]["signature"].dump()
    # RFC 5280, 5.1.1.2: the algorithm outside is the one inside, as in certificates. No unused bits.
    if not is_whole or signature[:1] != b"\0":
        raise ChipFormatError(reasons.malformed(_WHAT))
    scheme = scheme_of(*algorithm)
    for root in roots:
        if root.subject != found.issuer:
            continue
        try:
            scheme.verify(key=root.key, signature=signature[1:], data=signed)
        except ChipMismatchError:
            continue
        return found
    raise TrustStoreError(reasons.LIST_NOT_TRUSTED)


def _read(body: Any) -> RevocationList:  # noqa: ANN401  # asn1crypto has no types
    extensions = body["crl_extensions"]
    # RFC 5280, 5.2: a list of changes, or of a part of the certificates, says so critically. We read whole lists.
    if not is_absent(extensions) and any(row["critical"].native for row in extensions):
        raise ChipFormatError(reasons.malformed(_WHAT))
    revoked = body["revoked_certificates"]
    next_update = body["next_update"]
    return RevocationList(
        issuer=name_of(body["issuer"]),
        serials=frozenset(() if is_absent(revoked) else (row["user_certificate"].native for row in revoked)),
        made_at=instant_of(body["this_update"]),
        next_at=None if is_absent(next_update) else instant_of(next_update),
    )
