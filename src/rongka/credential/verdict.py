"""The verdict on a code: one function, the same for the command line, the scanner's page and the browser's twin.

Signatures are checked before anything is said about a person. What must be known and is not gives "check", never
"valid"; what is known to be wrong gives "not valid", whatever else is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from rongka.credential import reasons
from rongka.credential.claims import CardClaims, NoticeClaims
from rongka.credential.codes import (
    CLOCK_DIFFERENCE_TO_CHECK,
    UnverifiedCode,
    check_times,
    read_code,
    verify_device,
    verify_issuer,
)
from rongka.credential.documents import CardDocument, Purpose, document_id
from rongka.credential.errors import ForeignCodeError, FormatError, RefusedError, StatusError
from rongka.credential.fields import midnight
from rongka.credential.live_code import Challenge
from rongka.credential.reasons import VerdictReason
from rongka.credential.status_list import Status, VerifiedStatusList
from rongka.credential.trust_list import Issuer, VerifiedTrustList, counts

STATUS_LIFE: Final = timedelta(hours=24)  # a revocation is known everywhere within a day
EXPIRING_WITHIN: Final = timedelta(days=30)  # the window for an extension closes 30 days before expiry


class VerdictKind(StrEnum):
    """The four answers."""

    VALID = "valid"
    CHECK = "check"
    NOT_VALID = "not_valid"
    NOT_OUR_CODE = "not_our_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the inspector sees around: whose workplace this is, by credit code, and where."""

    employer_credit_code: str | None = None
    work_place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer; `claims` and `issuer` only when both signatures were verified and nothing is wrong.

    `reason` is the first reason, `also` the further ones of a "check". `document_id` names the issued document without
    naming the person: 32 hexadecimal digits of its digest.
    """

    kind: VerdictKind
    reason: VerdictReason
    also: tuple[VerdictReason, ...] = ()
    claims: CardClaims | NoticeClaims | None = None
    issuer: Issuer | None = None
    document_id: str | None = None
    presented_at: datetime | None = None


def judge(
    *,
    code: str,
    trust: VerifiedTrustList | None,
    status_lists: Mapping[str, VerifiedStatusList],
    now: datetime,
    expected: Expected | None = None,
    challenge: Challenge | None = None,
) -> Verdict:
    """Judge the text of a QR code at the instant `now` (aware); never raises for anything that `code` holds.

    `status_lists` are the verified lists at hand by their URI. With a `challenge` only a live code that answers passes.
    """
    try:
        unverified = read_code(code)
    except ForeignCodeError:
        return Verdict(kind=VerdictKind.NOT_OUR_CODE, reason=reasons.FOREIGN)
    except FormatError as error:
        reason = reasons.DAMAGED if error.code == "credential.damaged" else reasons.MALFORMED
        return Verdict(kind=VerdictKind.NOT_VALID, reason=reason)
    issued_id = document_id(unverified.issued.payload)
    try:
        verify_device(unverified)
        issuer, doubts = verify_issuer(unverified, trust=trust, now=now)
        doubts += check_times(unverified, now=now, challenge=challenge)
        if issuer is not None:
            doubts += _check_status(unverified, status_lists=status_lists, trust=trust, issuer=issuer, now=now)
            doubts += _check_surroundings(unverified, expected=expected or Expected(), now=now)
    except RefusedError as refusal:
        return Verdict(kind=VerdictKind.NOT_VALID, reason=refusal.reason, document_id=issued_id)
    first, *more = doubts or [reasons.VALID]
    presentation = unverified.presentation
    return Verdict(
        kind=VerdictKind.CHECK if doubts else VerdictKind.VALID,
        reason=first,
        also=tuple(more),
        claims=unverified.document.claims if issuer is not None else None,
        issuer=issuer,
        document_id=issued_id,
        presented_at=presentation.presented_at if presentation else None,
    )


def _check_status(
    unverified: UnverifiedCode,
    *,
    status_lists: Mapping[str, VerifiedStatusList],
    trust: VerifiedTrustList | None,
    issuer: Issuer,
    now: datetime,
) -> list[VerdictReason]:
    """Refuse what a list says is revoked; an old list still knows that, but cannot say that something is good."""
    reference = unverified.document.status
    if reference is None:
        return []
    found = status_lists.get(reference.uri)
    entry = trust.by_kid.get(found.kid) if trust is not None and found is not None else None
    # One city's key says nothing of another city's cards, whatever address it writes on its list.
    if found is None or entry is None or entry[0] != issuer or found.uri != reference.uri:
        return [reasons.STATUS_MISSING]
    if entry[1].purpose is not Purpose.STATUS or not counts(entry[1], issued_at=found.issued_at, now=now):
        return [reasons.STATUS_MISSING]
    try:
        status = found.status(reference.index)
    except StatusError:
        return [reasons.STATUS_MISSING]
    if status is Status.INVALID:
        raise RefusedError(reasons.REVOKED)
    if _is_old(found, now=now):
        return [reasons.STATUS_STALE]
    if status is Status.SUSPENDED:
        raise RefusedError(reasons.SUSPENDED)
    return []


def _is_old(found: VerifiedStatusList, *, now: datetime) -> bool:
    age = now - found.issued_at
    # `ttl` says when to fetch anew, not until when a list holds (`docs/divergences.md`).
    return age > STATUS_LIFE or now >= found.expires_at or -age > CLOCK_DIFFERENCE_TO_CHECK


def _check_surroundings(unverified: UnverifiedCode, *, expected: Expected, now: datetime) -> list[VerdictReason]:
    """Give what is right by itself and still wants a second look."""
    document = unverified.document
    doubts = []
    if isinstance(document, CardDocument):
        claims = document.claims
        if expected.employer_credit_code not in {None, claims.employer_credit_code}:
            doubts.append(reasons.EMPLOYER_DIFFERS)
        if expected.work_place is not None and not _same_place(expected.work_place, claims.work_place):
            doubts.append(reasons.PLACE_DIFFERS)
    else:
        doubts.append(reasons.PRINTED)
    if midnight(document.claims.valid_until) - now <= EXPIRING_WITHIN:
        doubts.append(reasons.EXPIRING)
    return doubts


def _same_place(one: str, other: str) -> bool:
    """Tell whether one address lies within the other: a district and a street in it are the same place."""
    # Upper case is the one folding that browsers have too; both write STRASSE for straße.
    a, b = ("".join(place.split()).upper() for place in (one, other))
    return a.startswith(b) or b.startswith(a)
