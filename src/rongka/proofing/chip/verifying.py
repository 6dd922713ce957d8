"""Passive authentication of a passport's chip (ICAO 9303-11, 5.1), and the check for copies when the chip answered.

A chip's files in, a result with every check out. Hostile files make checks fail; nothing else is raised.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from rongka.proofing.chip import reasons
from rongka.proofing.chip.active_authentication import check_answer
from rongka.proofing.chip.certificates import Certificate
from rongka.proofing.chip.checks import REQUIRED, Check, CheckLog, CheckName, Outcome
from rongka.proofing.chip.data_groups import MAX_BYTES, read_answer_digest, read_chip_key, read_zone
from rongka.proofing.chip.results import (
    ChipDocument,
    DocumentLevel,
    DocumentResult,
    DocumentStatus,
    FileHash,
    VerifiedClaims,
)
from rongka.proofing.chip.security_object import UnverifiedSod, read_sod
from rongka.proofing.chip.states import country_of
from rongka.proofing.chip.trust import TrustStore, check_signing_time
from rongka.proofing.errors import ChipFormatError, ChipMismatchError, ChipUnknownError
from rongka.proofing.mrz import Mrz, parse_td3

_DG1, _DG14, _DG15 = 1, 14, 15
_ANSWER_BYTES: Final = 1_024  # RSA 8192


@dataclass(frozen=True, slots=True)
class ChipVerifier:
    """The built-in `DocumentVerifier`: asks the roots of one trust store."""

    trust: TrustStore

    def verify(self, document: ChipDocument, *, at: datetime) -> DocumentResult:
        """Verify a chip's files as of `at`, an aware instant that decides centuries and what is in the future."""
        log = CheckLog()
        sod = log.take(CheckName.FORM, lambda: _read(document))
        root = zone = None
        if sod is not None:
            root = self._check_signature(log, sod, at=at)
            zone = _check_groups(log, sod, document, at=at)
        if root is not None and zone is not None:
            log.take(CheckName.ISSUING_STATE, lambda: _check_state(zone.issuing_state, root))
        return _result(document, log.rows, trust=self.trust, sod=sod, root=root, zone=zone)

    def _check_signature(self, log: CheckLog, sod: UnverifiedSod, *, at: datetime) -> Certificate | None:
        """Ask who signed, and whether they could; give the root under which the signer stands."""
        message = sod.message
        log.take(CheckName.SIGNATURE, message.verify)
        root = log.take(CheckName.SIGNER, lambda: self.trust.root_of(message.signer))
        if root is not None:
            log.take(CheckName.SIGNER_TIME, lambda: check_signing_time(message, root=root, at=at))
            self._check_revocation(log, message.signer, at=at)
            _note_legacy(log, sod)
        return root

    def _check_revocation(self, log: CheckLog, signer: Certificate, *, at: datetime) -> None:
        lists = [row for row in self.trust.revocations if row.issuer == signer.issuer]
        if any(signer.serial in row.serials for row in lists):
            log.take(CheckName.REVOCATION, _refuse_revoked)
        elif any(row.is_current(at) for row in lists):
            log.passed(CheckName.REVOCATION)
        elif lists:
            log.note(CheckName.REVOCATION, Outcome.WARNED, "chip.revocation-list-old")
        else:
            log.note(CheckName.REVOCATION, Outcome.NOT_DONE, "chip.no-revocation-list")


def _note_legacy(log: CheckLog, sod: UnverifiedSod) -> None:
    digests = (sod.digest, sod.message.digest, sod.message.signer.scheme.digest)
    if any(digest.legacy for digest in digests):
        log.note(CheckName.ALGORITHMS, Outcome.WARNED, "chip.sha-1")
    else:
        log.passed(CheckName.ALGORITHMS)


def _read(document: ChipDocument) -> UnverifiedSod:
    """Bound every file before anything is read, then read the SOD."""
    for number, data in document.groups.items():
        if len(data) > MAX_BYTES[number]:
            raise ChipFormatError(reasons.too_large(reasons.GROUP[number], limit=MAX_BYTES[number]))
    if document.answer is not None and len(document.answer.signature) > _ANSWER_BYTES:
        raise ChipFormatError(reasons.too_large(reasons.CHIP_ANSWER, limit=_ANSWER_BYTES))
    return read_sod(document.sod)


def _check_groups(log: CheckLog, sod: UnverifiedSod, document: ChipDocument, *, at: datetime) -> Mrz | None:
    """Ask whether the data groups are those that were signed; only then read what is in them."""
    groups = log.take(CheckName.DATA_GROUPS, lambda: _checked_groups(sod, document))
    if groups is None:
        return None
    zone = log.take(CheckName.ZONE, lambda: parse_td3(read_zone(groups[_DG1]), on=at.date()))
    if document.answer is None:
        log.note(CheckName.CLONE, Outcome.NOT_DONE, "chip.clone-not-checked")
    else:
        log.take(CheckName.CLONE, lambda: _check_clone(document, groups))
    return zone


def _checked_groups(sod: UnverifiedSod, document: ChipDocument) -> dict[int, bytes]:
    groups = document.groups
    for number, data in groups.items():
        sod.check_group(number, data)
    if _DG1 not in groups:
        raise ChipUnknownError(reasons.GROUP_MISSING)
    return groups


def _check_clone(document: ChipDocument, groups: dict[int, bytes]) -> None:
    if _DG15 not in groups or document.answer is None:
        raise ChipUnknownError(reasons.NO_CHIP_KEY)
    digest = read_answer_digest(groups[_DG14]) if _DG14 in groups else None
    check_answer(document.answer, key=read_chip_key(groups[_DG15]), digest=digest)


def _check_state(state: str, root: Certificate) -> None:
    """Raise unless the zone's issuing state is the root's country."""
    country = country_of(state)
    if country is not None and country == root.country:
        return
    # ICAO 9303-12, 7.1.1.2: newer roots have the zone's own letters in their alternative name. It decides for states
    # whose code we do not know. Against a code that we know it decides nothing: a state must not speak for another.
    if state in root.state_names and country is None:
        return
    if state in root.state_names or country is None:
        raise ChipUnknownError(reasons.STATE_UNKNOWN)
    raise ChipMismatchError(reasons.STATE_DIFFERS)


def _refuse_revoked() -> None:
    raise ChipMismatchError(reasons.REVOKED)


def _result(
    document: ChipDocument,
    checks: Sequence[Check],
    *,
    trust: TrustStore,
    sod: UnverifiedSod | None,
    root: Certificate | None,
    zone: Mrz | None,
) -> DocumentResult:
    status = _status(checks)
    has_passed = status is DocumentStatus.PASS
    return DocumentResult(
        status=status,
        level=_level(checks) if has_passed else DocumentLevel.NONE,
        claims=VerifiedClaims.of_zone(zone) if has_passed and zone is not None else None,
        checks=tuple(checks),
        signer_fingerprint=None if sod is None else sod.message.signer.fingerprint,
        csca_fingerprint=None if root is None else root.fingerprint,
        trust_list_version=trust.version,
        hashes=tuple(_hashes(document)),
    )


def _status(checks: Sequence[Check]) -> DocumentStatus:
    """One failure fails. A pass needs every required check to have been asked and to have passed."""
    outcomes = {check.outcome for check in checks}
    if Outcome.FAILED in outcomes:
        return DocumentStatus.FAIL
    passed = {check.name for check in checks if check.outcome is Outcome.PASSED}
    return DocumentStatus.PASS if passed >= REQUIRED else DocumentStatus.CANNOT_VERIFY


def _level(checks: Sequence[Check]) -> DocumentLevel:
    is_original = any(check.name is CheckName.CLONE and check.outcome is Outcome.PASSED for check in checks)
    return DocumentLevel.L3 if is_original else DocumentLevel.L2


def _hashes(document: ChipDocument) -> list[FileHash]:
    rows = {"SOD": document.sod} | {f"DG{number}": data for number, data in document.groups.items()}
    return [FileHash(name, sha256(data).hexdigest()) for name, data in rows.items()]
