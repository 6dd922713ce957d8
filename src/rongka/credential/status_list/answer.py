"""What the lists at hand say of one document: valid, not valid, or cannot tell (Token Status List, 8.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rongka.credential import reasons
from rongka.credential.documents import Purpose, StatusReference
from rongka.credential.errors import StatusError
from rongka.credential.reasons import VerdictReason
from rongka.credential.status_list.entries import Status
from rongka.credential.trust_list import counts

if TYPE_CHECKING:
    from rongka.credential.status_list.tokens import VerifiedStatusList
    from rongka.credential.trust_list import Issuer, VerifiedTrustList

LIST_LIFE: Final = timedelta(hours=24)  # a revocation is known everywhere within a day
LIST_AHEAD: Final = timedelta(seconds=300)  # a clock set by hand; a list from beyond that is no statement about now


class StatusAnswer(StrEnum):
    """The three answers."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class StatusFinding:
    """An answer and its reason; `reason` is `reasons.VALID` for a valid document."""

    answer: StatusAnswer
    reason: VerdictReason


_VALID: Final = StatusFinding(StatusAnswer.VALID, reasons.VALID)
_REVOKED: Final = StatusFinding(StatusAnswer.NOT_VALID, reasons.REVOKED)
_SUSPENDED: Final = StatusFinding(StatusAnswer.NOT_VALID, reasons.SUSPENDED)
_MISSING: Final = StatusFinding(StatusAnswer.CANNOT_TELL, reasons.STATUS_MISSING)
_STALE: Final = StatusFinding(StatusAnswer.CANNOT_TELL, reasons.STATUS_STALE)


def ask_status(
    *,
    reference: StatusReference,
    issuer: "Issuer",
    status_lists: "Mapping[str, VerifiedStatusList]",
    trust: "VerifiedTrustList",
    now: datetime,
) -> StatusFinding:
    """Say what `status_lists` (by their URI) know at `now` of a document of `issuer`; never raises.

    An old list still knows who was revoked, and cannot say that something is good.
    """
    # Token Status List, 8.3 step 4a: the list's own subject, not only the name under which somebody kept it.
    found = status_lists.get(reference.uri)
    if found is None or found.uri != reference.uri or not _counts(found, issuer=issuer, trust=trust, now=now):
        return _MISSING
    try:
        status = found.status(reference.index)
    except StatusError:
        return _MISSING
    if status is Status.INVALID:
        return _REVOKED
    if _is_old(found, now=now):
        return _STALE
    return _SUSPENDED if status is Status.SUSPENDED else _VALID


def _counts(found: "VerifiedStatusList", *, issuer: "Issuer", trust: "VerifiedTrustList", now: datetime) -> bool:
    """Tell whether the list's key still counts: it may have been distrusted since the list was verified."""
    entry = trust.by_kid.get(found.kid)
    # One city's key says nothing of another city's cards, whatever address it writes on its list.
    if entry is None or entry[0] != issuer or entry[1].purpose is not Purpose.STATUS:
        return False
    return counts(entry[1], issued_at=found.issued_at, now=now)


def _is_old(found: "VerifiedStatusList", *, now: datetime) -> bool:
    age = now - found.issued_at
    # `ttl` says when to fetch anew, not until when a list holds (`docs/divergences.md`).
    return age > LIST_LIFE or now >= found.expires_at or -age > LIST_AHEAD
