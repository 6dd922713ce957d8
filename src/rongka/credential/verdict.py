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
from rongka.credential.documents import CardDocument, Purpose, document_id
from rongka.credential.errors import ForeignCodeError, FormatError, SignatureError, StatusError
from rongka.credential.fields import midnight
from rongka.credential.live_code import Challenge, UnverifiedCode, read_code
from rongka.credential.reasons import VerdictReason
from rongka.credential.status_list import Status, VerifiedStatusList
from rongka.credential.trust_list import Issuer, VerifiedTrustList, counts

CODE_LIFE: Final = timedelta(seconds=60)  # two codes of 30 s: slow hands pass, yesterday's screenshot does not
CLOCK_TOLERANCE: Final = timedelta(seconds=30)  # phones that take the network's time differ by less
CLOCK_DIFFERENCE_TO_CHECK: Final = timedelta(seconds=300)  # a clock set by hand; beyond it we assume forgery
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


class _Refusal(Exception):  # noqa: N818 - it is a verdict on its way out, not an error
    def __init__(self, reason: VerdictReason) -> None:
        super().__init__(reason.code)
        self.reason = reason


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
        _check_device(unverified)
        issuer, doubts = _check_issuer(unverified, trust=trust, now=now)
        doubts += _check_times(unverified, now=now, challenge=challenge)
        if issuer is not None:
            doubts += _check_status(unverified, status_lists=status_lists, trust=trust, issuer=issuer, now=now)
            doubts += _check_surroundings(unverified, expected=expected or Expected(), now=now)
    except _Refusal as refusal:
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


def _check_device(unverified: UnverifiedCode) -> None:
    """Refuse a card that its own device did not show; a notice has no device."""
    document = unverified.document
    if not isinstance(document, CardDocument):
        return
    if unverified.shown is None:
        raise _Refusal(reasons.NO_DEVICE)
    try:
        unverified.shown.verify(key=document.device_key)
    except SignatureError:
        raise _Refusal(reasons.OTHER_DEVICE) from None


def _check_issuer(
    unverified: UnverifiedCode, *, trust: VerifiedTrustList | None, now: datetime
) -> tuple[Issuer | None, list[VerdictReason]]:
    """Give the issuer, verified, or None when it cannot be told who that is."""
    if trust is None:
        return None, [reasons.TRUST_MISSING]
    stale = _is_stale(trust, now=now)
    entry = trust.by_kid.get(unverified.issued.kid)
    if entry is None:
        if stale:  # a newer list may well know this issuer
            return None, [reasons.TRUST_STALE]
        raise _Refusal(reasons.ISSUER_UNKNOWN)
    issuer, key = entry
    purpose = Purpose.CARD if isinstance(unverified.document, CardDocument) else Purpose.NOTICE
    if key.purpose is not purpose or not counts(key, issued_at=unverified.document.issued_at, now=now):
        raise _Refusal(reasons.ISSUER_DISTRUSTED)
    try:
        unverified.issued.verify(key=key.key)
    except SignatureError:
        raise _Refusal(reasons.ISSUER_SIGNATURE) from None
    return issuer, [reasons.TRUST_STALE] if stale else []


def _is_stale(trust: VerifiedTrustList, *, now: datetime) -> bool:
    return now >= trust.next_update or trust.issued_at - now > CLOCK_DIFFERENCE_TO_CHECK


def _check_times(unverified: UnverifiedCode, *, now: datetime, challenge: Challenge | None) -> list[VerdictReason]:
    """Refuse codes and documents outside their time, and codes that do not answer the challenge."""
    document, presentation = unverified.document, unverified.presentation
    ahead = document.issued_at - now
    if presentation is not None:
        if now - presentation.presented_at > CODE_LIFE:
            raise _Refusal(reasons.STALE)
        ahead = max(ahead, presentation.presented_at - now)
    if ahead > CLOCK_DIFFERENCE_TO_CHECK:
        raise _Refusal(reasons.FROM_FUTURE)
    if now >= midnight(document.claims.valid_until):
        raise _Refusal(reasons.EXPIRED)
    if isinstance(document, CardDocument) and now < midnight(document.claims.valid_from):
        raise _Refusal(reasons.NOT_YET_VALID)
    if challenge is not None and (presentation is None or presentation.challenge != challenge):
        raise _Refusal(reasons.CHALLENGE_UNANSWERED)
    return [reasons.CLOCKS_DIFFER] if ahead > CLOCK_TOLERANCE else []


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
        raise _Refusal(reasons.REVOKED)
    if _is_old(found, now=now):
        return [reasons.STATUS_STALE]
    if status is Status.SUSPENDED:
        raise _Refusal(reasons.SUSPENDED)
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
    a, b = ("".join(place.split()).casefold() for place in (one, other))
    return a.startswith(b) or b.startswith(a)
