"""The verdict on a document that a wallet presents, as SD-JWT VC or mdoc: the answers and reasons of `verdict.judge`.

Both formats give a verified value or raise; here what was raised becomes a reason, and what cannot be told a "check".
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from rongka.credential import reasons
from rongka.credential.codes import is_stale
from rongka.credential.document_types import DocumentType
from rongka.credential.errors import (
    CertificateError,
    CredentialError,
    DistrustedError,
    ExpiredError,
    ForeignCodeError,
    NotYetValidError,
    PresentationError,
    SignatureError,
    TrustError,
)
from rongka.credential.mdoc.response import UnverifiedResponse
from rongka.credential.mdoc.verifying import VerifiedMdoc, verify_device_response
from rongka.credential.reasons import VerdictReason
from rongka.credential.sd_jwt.issuing import TYPE
from rongka.credential.sd_jwt.reading import read
from rongka.credential.sd_jwt.verifying import VerifiedSdJwt, verify_sd_jwt_vc
from rongka.credential.status_list import StatusAnswer, VerifiedStatusList, ask_status
from rongka.credential.trust_list import VerifiedTrustList
from rongka.credential.verdict import Expected, Verdict, VerdictKind, is_expiring

Presented: TypeAlias = VerifiedSdJwt | VerifiedMdoc

# The first class that an error belongs to says why; whatever is not named here is malformed.
_REASONS: Final[tuple[tuple[type[CredentialError], VerdictReason], ...]] = (
    (PresentationError, reasons.CHALLENGE_UNANSWERED),
    (SignatureError, reasons.ISSUER_SIGNATURE),
    (DistrustedError, reasons.ISSUER_DISTRUSTED),
    (TrustError, reasons.ISSUER_UNKNOWN),
    (CertificateError, reasons.ISSUER_UNKNOWN),
    (ExpiredError, reasons.EXPIRED),
    (NotYetValidError, reasons.NOT_YET_VALID),
)


def judge_sd_jwt_vc(
    *,
    presentation: str,
    trust: VerifiedTrustList | None,
    status_lists: Mapping[str, VerifiedStatusList],
    now: datetime,
    audience: str,
    nonce: str,
    expected: Expected | None = None,
) -> Verdict:
    """Judge what a wallet answered to `nonce` for `audience`; never raises for anything that `presentation` holds."""

    def verify(trust: VerifiedTrustList | None) -> Presented | None:
        if trust is None:
            read(presentation, types=(TYPE,))
            return None
        return verify_sd_jwt_vc(presentation=presentation, trust=trust, now=now, audience=audience, nonce=nonce)

    return _judge(verify, trust=trust, status_lists=status_lists, now=now, expected=expected or Expected())


def judge_device_response(
    *,
    response: bytes,
    trust: VerifiedTrustList | None,
    status_lists: Mapping[str, VerifiedStatusList],
    now: datetime,
    session_transcript: bytes,
    expected: Expected | None = None,
) -> Verdict:
    """Judge what a wallet answered in the session of `session_transcript`; never raises for what `response` holds."""

    def verify(trust: VerifiedTrustList | None) -> Presented | None:
        if trust is None:
            UnverifiedResponse.read(response)
            return None
        return verify_device_response(response=response, trust=trust, session_transcript=session_transcript, now=now)

    return _judge(verify, trust=trust, status_lists=status_lists, now=now, expected=expected or Expected())


def _judge(
    verify: Callable[[VerifiedTrustList | None], Presented | None],
    *,
    trust: VerifiedTrustList | None,
    status_lists: Mapping[str, VerifiedStatusList],
    now: datetime,
    expected: Expected,
) -> Verdict:
    stale = trust is not None and is_stale(trust, now=now)
    try:
        shown = verify(trust)
    except ForeignCodeError:
        return Verdict(kind=VerdictKind.NOT_OUR_CODE, reason=reasons.FOREIGN)
    except CredentialError as error:
        reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), reasons.MALFORMED)
        if stale and reason is reasons.ISSUER_UNKNOWN:  # a newer list may well know this issuer
            return Verdict(kind=VerdictKind.CHECK, reason=reasons.TRUST_STALE)
        return Verdict(kind=VerdictKind.NOT_VALID, reason=reason)
    if shown is None or trust is None:
        return Verdict(kind=VerdictKind.CHECK, reason=reasons.TRUST_MISSING)
    status = ask_status(reference=shown.status, issuer=shown.issuer, status_lists=status_lists, trust=trust, now=now)
    if status.answer is StatusAnswer.NOT_VALID:
        return Verdict(kind=VerdictKind.NOT_VALID, reason=status.reason, document_id=shown.document_id)
    doubts = [reasons.TRUST_STALE] if stale else []
    doubts += [status.reason] if status.answer is StatusAnswer.CANNOT_TELL else []
    return _good(shown, doubts=doubts + _surroundings(shown, expected=expected, now=now))


def _surroundings(shown: Presented, *, expected: Expected, now: datetime) -> list[VerdictReason]:
    """Give what is right by itself and still wants a second look, as far as it was disclosed."""
    doubts = []
    if shown.document_type is DocumentType.CARD:
        elements = shown.disclosed.elements
        doubts = expected.differences(
            employer_credit_code=elements.get("employer_credit_code"), work_place=elements.get("work_place")
        )
    # A proof of payment is of the past and is never extended.
    if shown.document_type is not DocumentType.PAYMENT and is_expiring(shown.valid_until, now=now):
        doubts.append(reasons.EXPIRING)
    return doubts


def _good(shown: Presented, *, doubts: list[VerdictReason]) -> Verdict:
    first, *more = doubts or [reasons.VALID]
    return Verdict(
        kind=VerdictKind.CHECK if doubts else VerdictKind.VALID,
        reason=first,
        also=tuple(more),
        disclosed=shown.disclosed,
        issuer=shown.issuer,
        document_id=shown.document_id,
    )
