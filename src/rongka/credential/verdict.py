"""The verdict on a code: one function, the same for the command line, the scanner's page and the browser's twin.

Signatures are checked before anything is said about a person. What must be known and is not gives "check", never
"valid"; what is known to be wrong gives "not valid", whatever else is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rongka.credential import reasons
from rongka.credential.claims import CardClaims, NoticeClaims
from rongka.credential.codes import (
    UnverifiedCode,
    check_times,
    read_code,
    verify_device,
    verify_issuer,
)
from rongka.credential.documents import CardDocument, document_id
from rongka.credential.errors import ForeignCodeError, FormatError, RefusedError
from rongka.credential.fields import midnight
from rongka.credential.live_code import Challenge
from rongka.credential.reasons import VerdictReason
from rongka.credential.status_list import StatusAnswer, VerifiedStatusList, ask_status
from rongka.credential.trust_list import Issuer, VerifiedTrustList

if TYPE_CHECKING:
    from rongka.credential.document_types import DisclosedClaims

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

    def differences(self, *, employer_credit_code: object, work_place: object) -> list[VerdictReason]:
        """Give what a card says otherwise; None for what it was not asked or does not tell."""
        doubts = []
        if None not in {self.employer_credit_code, employer_credit_code} and (
            employer_credit_code != self.employer_credit_code
        ):
            doubts.append(reasons.EMPLOYER_DIFFERS)
        if self.work_place is not None and isinstance(work_place, str) and not _same_place(self.work_place, work_place):
            doubts.append(reasons.PLACE_DIFFERS)
        return doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer; `claims` and `issuer` only when both signatures were verified and nothing is wrong.

    `reason` is the first reason, `also` the further ones of a "check". `document_id` names the issued document without
    naming the person: 32 hexadecimal digits of its digest. Of a document in another format than a code there is what
    the holder disclosed instead of `claims`.
    """

    kind: VerdictKind
    reason: VerdictReason
    also: tuple[VerdictReason, ...] = ()
    claims: CardClaims | NoticeClaims | None = None
    issuer: Issuer | None = None
    document_id: str | None = None
    presented_at: datetime | None = None
    disclosed: "DisclosedClaims | None" = None


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
        if issuer is not None and trust is not None:
            doubts += _check_status(unverified, status_lists=status_lists, trust=trust, issuer=issuer, now=now)
            doubts += _second_looks(unverified, expected=expected or Expected(), now=now)
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
    trust: VerifiedTrustList,
    issuer: Issuer,
    now: datetime,
) -> list[VerdictReason]:
    """Refuse what a list says is revoked."""
    reference = unverified.document.status
    if reference is None:
        return []
    found = ask_status(reference=reference, issuer=issuer, status_lists=status_lists, trust=trust, now=now)
    if found.answer is StatusAnswer.NOT_VALID:
        raise RefusedError(found.reason)
    return [] if found.answer is StatusAnswer.VALID else [found.reason]


def _second_looks(unverified: UnverifiedCode, *, expected: Expected, now: datetime) -> list[VerdictReason]:
    """Give what is right by itself and still wants a second look."""
    document = unverified.document
    if isinstance(document, CardDocument):
        claims = document.claims
        doubts = expected.differences(employer_credit_code=claims.employer_credit_code, work_place=claims.work_place)
    else:
        doubts = [reasons.PRINTED]
    return doubts + ([reasons.EXPIRING] if is_expiring(midnight(document.claims.valid_until), now=now) else [])


def is_expiring(valid_until: datetime, *, now: datetime) -> bool:
    """Tell whether a permit ends so soon that it should be extended."""
    return valid_until - now <= EXPIRING_WITHIN


def _same_place(one: str, other: str) -> bool:
    """Tell whether one address lies within the other: a district and a street in it are the same place."""
    # Upper case is the one folding that browsers have too; both write STRASSE for straße.
    a, b = ("".join(place.split()).upper() for place in (one, other))
    return a.startswith(b) or b.startswith(a)
