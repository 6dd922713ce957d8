"""Live and printed codes: reading, and verifying up to the issuer's word. What may change later is the status list's.

`verify_live_code` and `verify_printed_code` give a verified value or raise. `verdict.judge`, which must also answer
where something cannot be known, stands on the same steps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from rongka.credential import cbor, cose, reasons, transport
from rongka.credential.documents import (
    CardDocument,
    NoticeDocument,
    Purpose,
    StatusReference,
    document_id,
    read_document,
)
from rongka.credential.errors import CoseError, RefusedError, SignatureError
from rongka.credential.fields import midnight
from rongka.credential.live_code import Challenge, Presentation
from rongka.credential.reasons import VerdictReason
from rongka.credential.trust_list import Issuer, VerifiedTrustList, counts

CODE_LIFE: Final = timedelta(seconds=60)  # two codes of 30 s: slow hands pass, yesterday's screenshot does not
CLOCK_TOLERANCE: Final = timedelta(seconds=30)  # phones that take the network's time differ by less
CLOCK_DIFFERENCE_TO_CHECK: Final = timedelta(seconds=300)  # a clock set by hand; beyond it we assume forgery
_ISSUER_HEADERS: Final = {cose.ALG, cose.KID}
_DEVICE_HEADERS: Final = {cose.ALG, cose.KCWT}


class UnverifiedCode(NamedTuple):
    """A code taken apart; nothing in it is known to be true."""

    issued: cose.UnverifiedSign1
    document: CardDocument | NoticeDocument
    shown: cose.UnverifiedSign1 | None = None
    presentation: Presentation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedCode:
    """A code whose signatures, issuer and times were checked; `status` says where to look whether it was revoked.

    A printed code has no `presentation`: it proves the document and never the person.
    """

    document: CardDocument | NoticeDocument
    issuer: Issuer
    claim_set: bytes
    presentation: Presentation | None = None

    @property
    def status(self) -> StatusReference | None:
        """Where the status of the document stands, if anywhere."""
        return self.document.status

    @property
    def document_id(self) -> str:
        """The document's name, which tells nothing of the person: 32 hexadecimal digits."""
        return document_id(self.claim_set)


def verify_live_code(
    *, code: str, trust: VerifiedTrustList, now: datetime, challenge: Challenge | None = None
) -> VerifiedCode:
    """Give what a live code says at the instant `now` (aware), its device's and its issuer's signatures verified.

    Raise `ForeignCodeError` for another system's code, a `FormatError` for a broken one, `RefusedError` with its
    reason for one that is not good now or cannot be told: an old trust list is a reason too.
    """
    unverified = read_code(code)
    if unverified.presentation is None:
        raise RefusedError(reasons.NO_DEVICE)
    return _verify(unverified, trust=trust, now=now, challenge=challenge)


def verify_printed_code(*, code: str, trust: VerifiedTrustList, now: datetime) -> VerifiedCode:
    """Give what a printed code says at the instant `now` (aware), its issuer's signature verified.

    Raise as `verify_live_code` does.
    """
    unverified = read_code(code)
    if unverified.presentation is not None:
        raise RefusedError(reasons.MALFORMED)
    return _verify(unverified, trust=trust, now=now, challenge=None)


def _verify(
    unverified: UnverifiedCode, *, trust: VerifiedTrustList, now: datetime, challenge: Challenge | None
) -> VerifiedCode:
    verify_device(unverified)
    issuer, doubts = verify_issuer(unverified, trust=trust, now=now)
    doubts += check_times(unverified, now=now, challenge=challenge)
    if issuer is None or doubts:
        raise RefusedError(doubts[0])
    return VerifiedCode(
        document=unverified.document,
        issuer=issuer,
        claim_set=unverified.issued.payload,
        presentation=unverified.presentation,
    )


def read_code(code: str) -> UnverifiedCode:
    """Take a code's text apart; raise `ForeignCodeError` when it is not ours, a `FormatError` when it is broken."""
    message = cose.read(transport.read(code))
    issued = message.headers.get(cose.KCWT)
    if not isinstance(issued, cose.UnverifiedSign1):
        return UnverifiedCode(issued=message, document=_read_issued(message))
    _only(message, _DEVICE_HEADERS)
    document = _read_issued(issued)
    if not isinstance(document, CardDocument):
        raise CoseError("a device that shows something other than a card")
    presentation = Presentation.from_claim_set(message.payload)
    return UnverifiedCode(issued=issued, document=document, shown=message, presentation=presentation)


def _read_issued(issued: cose.UnverifiedSign1) -> CardDocument | NoticeDocument:
    document = read_document(cbor.decode_map(issued.payload))
    _only(issued, _ISSUER_HEADERS)
    return document


def _only(message: cose.UnverifiedSign1, allowed: set[int]) -> None:
    if message.headers.keys() != allowed:
        raise CoseError("header parameters other than those of this format")


def verify_device(unverified: UnverifiedCode) -> None:
    """Refuse a card that its own device did not show; a notice has no device."""
    document = unverified.document
    if not isinstance(document, CardDocument):
        return
    if unverified.shown is None:
        raise RefusedError(reasons.NO_DEVICE)
    try:
        unverified.shown.verify(key=document.device_key)
    except SignatureError:
        raise RefusedError(reasons.OTHER_DEVICE) from None


def verify_issuer(
    unverified: UnverifiedCode, *, trust: VerifiedTrustList | None, now: datetime
) -> tuple[Issuer | None, list[VerdictReason]]:
    """Give the issuer, verified, or None when it cannot be told who that is; and why one should look twice."""
    if trust is None:
        return None, [reasons.TRUST_MISSING]
    stale = is_stale(trust, now=now)
    entry = trust.by_kid.get(unverified.issued.kid)
    if entry is None:
        if stale:  # a newer list may well know this issuer
            return None, [reasons.TRUST_STALE]
        raise RefusedError(reasons.ISSUER_UNKNOWN)
    issuer, key = entry
    purpose = Purpose.CARD if isinstance(unverified.document, CardDocument) else Purpose.NOTICE
    if key.purpose is not purpose or not counts(key, issued_at=unverified.document.issued_at, now=now):
        raise RefusedError(reasons.ISSUER_DISTRUSTED)
    try:
        unverified.issued.verify(key=key.key)
    except SignatureError:
        raise RefusedError(reasons.ISSUER_SIGNATURE) from None
    return issuer, [reasons.TRUST_STALE] if stale else []


def is_stale(trust: VerifiedTrustList, *, now: datetime) -> bool:
    """Tell whether a list is past its date, or so far ahead that one of the clocks is wrong."""
    return now >= trust.next_update or trust.issued_at - now > CLOCK_DIFFERENCE_TO_CHECK


def check_times(unverified: UnverifiedCode, *, now: datetime, challenge: Challenge | None) -> list[VerdictReason]:
    """Refuse codes and documents outside their time, and codes that do not answer the challenge."""
    document, presentation = unverified.document, unverified.presentation
    ahead = document.issued_at - now
    if presentation is not None:
        if now - presentation.presented_at > CODE_LIFE:
            raise RefusedError(reasons.STALE)
        ahead = max(ahead, presentation.presented_at - now)
    if ahead > CLOCK_DIFFERENCE_TO_CHECK:
        raise RefusedError(reasons.FROM_FUTURE)
    if now >= midnight(document.claims.valid_until):
        raise RefusedError(reasons.EXPIRED)
    if isinstance(document, CardDocument) and now < midnight(document.claims.valid_from):
        raise RefusedError(reasons.NOT_YET_VALID)
    if challenge is not None and (presentation is None or presentation.challenge != challenge):
        raise RefusedError(reasons.CHALLENGE_UNANSWERED)
    return [reasons.CLOCKS_DIFFER] if ahead > CLOCK_TOLERANCE else []
