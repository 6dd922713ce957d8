"""The national roots (CSCA) that count, and which of them issued a document signer's certificate (ICAO 9303-12, 5).

No path is searched: a chip brings one certificate, directly under a root that we hold. A missing root proves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Self

from rongka.proofing.chip import reasons
from rongka.proofing.chip.certificates import Certificate, read_certificate
from rongka.proofing.chip.cms import SignedMessage
from rongka.proofing.chip.revocation import RevocationList
from rongka.proofing.errors import ChipMismatchError, ChipUnknownError, TrustStoreError

MAX_ROOTS: Final = 4_000  # all states' lists together name some 600
MAX_SAME_KEY: Final = 8  # roots with one key identifier: the same key in several certificates; bounds the work


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustStore:
    """Roots with the version and the day of the list that names them; `skipped` counts what could not be read."""

    version: str
    dated_on: date
    roots: tuple[Certificate, ...]
    skipped: int = 0
    revocations: tuple[RevocationList, ...] = ()

    @classmethod
    def of_certificates(cls, certificates: Iterable[bytes], *, version: str, dated_on: date) -> Self:
        """Trust these certificates (DER), which the operator got from the states themselves.

        Raises ChipFormatError for bytes that are none, TrustStoreError for one that is no root.
        """
        roots = tuple(read_certificate(der) for der in certificates)
        if len(roots) > MAX_ROOTS or not all(root.signs_certificates for root in roots):
            raise TrustStoreError(reasons.LIST_NOT_TRUSTED)
        return cls(version=version, dated_on=dated_on, roots=roots)

    def with_more(self, other: "TrustStore") -> "TrustStore":
        """Give a store with the roots and lists of both; as old as the older one."""
        roots = {root.fingerprint: root for root in (*self.roots, *other.roots)}
        return TrustStore(
            version=f"{self.version} + {other.version}",
            dated_on=min(self.dated_on, other.dated_on),
            roots=tuple(roots.values()),
            skipped=self.skipped + other.skipped,
            revocations=self.revocations + other.revocations,
        )

    def with_revocations(self, *lists: RevocationList) -> "TrustStore":
        """Give a store that also knows these lists."""
        return replace(self, revocations=self.revocations + lists)

    def root_of(self, signer: Certificate) -> Certificate:
        """Give the root that issued a document signer's certificate.

        Raises ChipUnknownError when we hold none, ChipMismatchError when the one it names did not sign it, is of
        another country, or when it is no document signer's. Whether names agree is not asked: the signature does.
        """
        if not signer.signs_documents:
            raise ChipMismatchError(reasons.NOT_A_SIGNER)
        candidates = self._candidates(signer)
        if any(root.country != signer.country for root in candidates):
            raise ChipMismatchError(reasons.OTHER_COUNTRY)
        for root in candidates:
            if _has_issued(root, signer):
                return root
        if candidates and signer.issuer_key_identifier is not None:
            raise ChipMismatchError(reasons.CSCA_DID_NOT_SIGN)
        # Found by name alone, a root may have changed its key since: that is no proof of a forgery.
        raise ChipUnknownError(reasons.CSCA_UNKNOWN)

    def _candidates(self, signer: Certificate) -> list[Certificate]:
        identifier = signer.issuer_key_identifier
        if identifier is None:
            found = [root for root in self.roots if root.subject == signer.issuer]
        else:
            found = [root for root in self.roots if root.key_identifier == identifier]
        return found[:MAX_SAME_KEY]


def check_signing_time(message: SignedMessage, *, root: Certificate, at: datetime) -> None:
    """Raise unless signer and root were valid when they signed, which need not be `at` (ICAO 9303-11, 5.1).

    Raises ChipMismatchError; ChipUnknownError when the signature has no time and the signer has expired since.
    """
    signer, signed_at = message.signer, message.signed_at
    if signed_at is None:
        _check_without_time(signer, root=root, at=at)
        return
    if signed_at > at:
        raise ChipMismatchError(reasons.SIGNED_IN_THE_FUTURE)
    if not (signer.could_sign_at(signed_at) and root.stood_at(signed_at)):
        raise ChipMismatchError(reasons.OUTSIDE_ITS_TIME)


def _check_without_time(signer: Certificate, *, root: Certificate, at: datetime) -> None:
    """The time of signing is optional in an SOD (ICAO 9303-10, 4.6.2.1): then only a signer still valid is certain."""
    if at < signer.valid_from or not root.stood_at(signer.valid_from):
        raise ChipMismatchError(reasons.OUTSIDE_ITS_TIME)
    if at > signer.valid_until:
        raise ChipUnknownError(reasons.SIGNING_TIME_UNKNOWN)


def _has_issued(root: Certificate, signer: Certificate) -> bool:
    try:
        signer.check_issued_by(root)
    except ChipMismatchError:
        return False
    return True
