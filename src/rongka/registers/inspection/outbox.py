"""Taking in the checks that a scanner made by itself, perhaps without a network: each one exactly once.

The scanner numbers its checks; a number counts once for an inspectorate, however often and from wherever it is sent.
What the inspector saw then is the check. The server judges the code again as of that moment, and keeps both answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from rongka.credential import Challenge, Verdict, VerdictKind, judge
from rongka.registers.issuance.queries import person_of_document
from rongka.registers.journal.commands import record
from rongka.registers.journal.days import day_of
from rongka.registers.permits.queries import person_of_permit_number

from .commands import number_answer
from .errors import CheckFromFuture, CheckIdReused, CheckTooOld
from .events import CheckSynchronised
from .keeping import CARD_FIELDS, NOTICE_FIELDS, SHOWING, must_be_allowed, surroundings
from .methods import Method
from .models import Check
from .queries import Lists, lists_as_of, seen_elsewhere
from .sightings import PresentedCode, Sighting, presented_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor

OLDEST = timedelta(days=30)  # a scanner that was away for longer reports on paper
CLOCK_AHEAD = timedelta(minutes=5)  # as far as a code's own clock may be ahead (`credential.codes`)
# With these doubts a verdict has no claims, so that the inspector saw nothing of the person.
_WITHOUT_CLAIMS = frozenset({"trust.missing", "signature.uncheckable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedCheck:
    """A check as the scanner wrote it down; `code` is the typed number when that is the method."""

    id: UUID
    code: str
    checked_at: datetime
    verdict: VerdictKind
    reason: str
    purpose: str
    method: Method
    place: str = ""
    employer: str = ""
    challenge: Challenge | None = None


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """The check that was written down, now or before, and where else its code was seen."""

    check_id: UUID
    is_new: bool
    elsewhere: Sighting | None


@transaction.atomic
def keep_check(*, actor: Actor, at: datetime, lists: Lists, scanned: ScannedCheck) -> KeptCheck:
    """Write a scanner's check down unless it is known; raise when it cannot be one."""
    must_be_allowed(actor, purpose=scanned.purpose)
    code = presented_code(scanned.code)
    check, is_new = _known(actor, scanned), False
    if check is None:
        _must_be_in_time(scanned, at=at)
        check, is_new = _keep_once(actor=actor, at=at, lists=lists, scanned=scanned, code=code)
    if (check.code_digest, check.checked_at) != (code.digest, scanned.checked_at):
        raise CheckIdReused
    elsewhere = seen_elsewhere(code, inspector_id=actor.officer, place=scanned.place)
    return KeptCheck(check_id=check.id, is_new=is_new, elsewhere=elsewhere)


def _known(actor: Actor, scanned: ScannedCheck) -> Check | None:
    return Check.objects.filter(inspectorate_id=actor.agency, client_id=scanned.id).first()


def _must_be_in_time(scanned: ScannedCheck, *, at: datetime) -> None:
    if scanned.checked_at - at > CLOCK_AHEAD:
        raise CheckFromFuture
    if at - scanned.checked_at > OLDEST:
        raise CheckTooOld(OLDEST.days)


def _keep_once(
    *, actor: Actor, at: datetime, lists: Lists, scanned: ScannedCheck, code: PresentedCode
) -> tuple[Check, bool]:
    """Write the check down; whoever sends the same one at the same time waits here, and gets this one."""
    try:
        with transaction.atomic():
            return _keep(actor=actor, at=at, lists=lists, scanned=scanned, code=code), True
    except IntegrityError:
        known = _known(actor, scanned)
        if known is None:
            raise
        return known, False


def _keep(*, actor: Actor, at: datetime, lists: Lists, scanned: ScannedCheck, code: PresentedCode) -> Check:
    person_id, judged = _judge(scanned, lists=lists, code=code)
    check = Check.objects.create(
        person_id=person_id,
        inspectorate_id=actor.agency,
        inspector_id=actor.officer,
        method=scanned.method,
        purpose=scanned.purpose,
        place=scanned.place,
        verdict=scanned.verdict,
        reason=scanned.reason,
        fields_seen=list(_fields_seen(scanned, code=code)) if person_id else [],
        checked_at=scanned.checked_at,
        code_digest=code.digest,
        client_id=scanned.id,
        received_at=at,
        judged_verdict=judged.kind,
        judged_reason=judged.reason.code,
    )
    event = CheckSynchronised(
        subject_id=check.id,
        person_id=person_id,
        verdict=scanned.verdict,
        reason=scanned.reason,
        judged=judged.kind,
        checked_at=scanned.checked_at,
    )
    record(event, actor=actor, at=at)
    return check


def _judge(scanned: ScannedCheck, *, lists: Lists, code: PresentedCode) -> tuple[UUID | None, Verdict]:
    """Judge again, as of the moment of the check."""
    at = scanned.checked_at
    if scanned.method is Method.NUMBER:
        person_id = person_of_permit_number(scanned.code)
        return person_id, number_answer(person_id, on=day_of(at))
    then = lists_as_of(lists, at=at, document_id=code.document_id)
    verdict = judge(
        code=scanned.code,
        trust=then.trust,
        status_lists=then.status,
        now=at,
        expected=surroundings(purpose=scanned.purpose, place=scanned.place, employer=scanned.employer),
        challenge=scanned.challenge,
    )
    return person_of_document(verdict.document_id), verdict


def _fields_seen(scanned: ScannedCheck, *, code: PresentedCode) -> Sequence[str]:
    """Return what the inspector's screen showed of the person: by what the scanner said, whatever is right."""
    if scanned.verdict not in SHOWING or scanned.reason in _WITHOUT_CLAIMS or scanned.method is Method.NUMBER:
        return ()
    return CARD_FIELDS if code.is_live else NOTICE_FIELDS
