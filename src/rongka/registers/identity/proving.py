"""Proving oneself online: the holder's consent, a chip that agrees, the face before a challenge; then a review.

Every start counts as a try. The pictures come one by one (`frames`) and are kept encrypted; whoever verifies is handed
in, and is asked for looks and comparisons while nothing is locked, since it may be a service that takes its time.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rongka.registers.evidence.commands import access_own_admission, end_consent
from rongka.registers.evidence.models import FaceConsent, StoredImage
from rongka.registers.evidence.pictures import delete_pictures, open_image_row
from rongka.registers.evidence.queries import check_by_id, check_to_compare
from rongka.registers.journal.actors import SYSTEM
from rongka.registers.journal.commands import record, require
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound, RegisterError
from rongka.registers.people.models import Passport
from rongka.registers.permits.models import Admission
from rongka.rulebook.order import Event, decide
from rongka.rulebook.verification import (
    ChipFacts,
    Judgement,
    ProofFacts,
    Way,
    before_the_face,
    judge_proof,
    rules_version,
)
from rongka.text import Text

from . import faces
from .errors import ProofEnded, ProofNotPossible
from .events import ProofFailed, ProofLapsed, ProofStarted, ProofSubmitted, ProofWithdrawn
from .frames import FrameAnswer, take_frame
from .models import FaceProof
from .outcomes import Outcome
from .proofs import kept_for, pictures_of, reason_as_json, review_until, tries_left
from .queries import identity_state

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from rongka.proofing.face.challenge import Challenge, Turn
    from rongka.proofing.face.results import PersonResult, PersonVerifier
    from rongka.registers.evidence.queries import DocumentCheckCard
    from rongka.registers.evidence.sealing import KeyWrap
    from rongka.registers.journal.actors import Actor

__all__ = [
    "FrameAnswer",
    "StartedProof",
    "end_late_proof",
    "finish_proof",
    "lapse_proofs",
    "start_proof",
    "take_frame",
    "withdraw_consent",
    "withdraw_proof",
]

SAME_START = timedelta(seconds=2)  # a button that was pressed twice starts one try
_log = logging.getLogger(__name__)

LEAST_REVIEW = timedelta(days=2)  # a try that officers would have less time for is not begun
FORGOTTEN_AFTER = timedelta(hours=1)  # a try that was begun and left


@dataclass(frozen=True, slots=True)
class StartedProof:
    """A try that has begun: what the camera is to see, and until when."""

    id: UUID
    challenge: Challenge


@transaction.atomic
def start_proof(
    *,
    actor: Actor,
    at: datetime,
    admission_id: UUID,
    verifier: PersonVerifier,
    keys: KeyWrap,  # noqa: ARG001 - all three steps are called alike
) -> StartedProof:
    """Begin a try; raise `ProofNotPossible` with every reason why not. An earlier open one ends by it."""
    admission = access_own_admission(actor=actor, admission_id=admission_id)
    end_late_proof(at=at, admission_id=admission.id)
    state = identity_state(admission.person_id)
    require(decide(event=Event.SUBMIT_PROOF, state=state, actor=actor.kind, on=day_of(at)))
    earlier = FaceProof.objects.filter(admission=admission, outcome=Outcome.OPEN).first()
    if earlier is not None and not earlier.looks and at - earlier.started_at < SAME_START:
        return StartedProof(id=earlier.id, challenge=faces.challenge_of(earlier.challenge))
    if earlier is not None:
        _fail(earlier, actor=actor, at=at, reasons=[_UNFINISHED])
    consent, check = _consent(admission), check_to_compare(admission.id, passport_id=_passport(admission).id)
    judgement = before_the_face(_facts(admission, consent=consent, check=check, at=at))
    if judgement is not None or consent is None or check is None:
        raise ProofNotPossible(judgement or Judgement(Way.REFUSE))
    challenge = verifier.start(at=at, before=_turns_before(admission))
    proof = FaceProof.objects.create(
        admission=admission,
        person_id=admission.person_id,
        consent=consent,
        document_check_id=check.id,
        challenge=faces.challenge_as_json(challenge),
        started_at=at,
    )
    record(ProofStarted(subject_id=proof.id, person_id=proof.person_id), actor=actor, at=at)
    return StartedProof(id=proof.id, challenge=challenge)


def finish_proof(*, actor: Actor, at: datetime, proof_id: UUID, verifier: PersonVerifier, keys: KeyWrap) -> Outcome:
    """Have the face compared, ask the rule book, and submit or end the try. Asked again, say how it ended."""
    proof = FaceProof.objects.filter(id=proof_id, person_id=actor.person).first()
    if proof is None:
        raise NotFound
    if proof.outcome != Outcome.OPEN:
        return Outcome(proof.outcome)
    _must_be_next(proof, actor=actor, at=at)  # before the work of comparing, which would be for nothing
    result = _verified(proof, at=at, verifier=verifier, keys=keys)
    with transaction.atomic():
        admission = access_own_admission(actor=actor, admission_id=proof.admission_id)
        proof.refresh_from_db()
        if proof.outcome != Outcome.OPEN:
            return Outcome(proof.outcome)  # ended while the face was compared
        _conclude(proof, admission=admission, actor=actor, at=at, result=result)
    return Outcome(proof.outcome)


@transaction.atomic
def withdraw_proof(*, actor: Actor, at: datetime, proof_id: UUID) -> UUID:
    """Take a try back, open or submitted; its pictures are deleted, and both ways are open again."""
    proof = _access_own(actor=actor, proof_id=proof_id)
    if proof.outcome not in {Outcome.OPEN, Outcome.SUBMITTED}:
        raise ProofEnded(outcome=Outcome(proof.outcome).title, officer_id=proof.reviewed_by, at=proof.ended_at)
    _withdraw(proof, actor=actor, at=at)
    return proof.id


@transaction.atomic
def withdraw_consent(*, actor: Actor, at: datetime, admission_id: UUID) -> UUID:
    """Take the consent back: an open or submitted try ends, and every picture of the person is deleted."""
    admission = access_own_admission(actor=actor, admission_id=admission_id)
    for proof in FaceProof.objects.filter(admission=admission, outcome__in=[Outcome.OPEN, Outcome.SUBMITTED]):
        _withdraw(proof, actor=actor, at=at)
    return end_consent(actor=actor, at=at, admission_id=admission_id)


def lapse_proofs(*, actor: Actor, at: datetime) -> int:
    """End what nobody reviewed in time, and tries that were begun and left; return how many.

    One that cannot be ended is written to the log and keeps no other waiting.
    """
    begun = FaceProof.objects.filter(outcome=Outcome.OPEN, started_at__lt=at - FORGOTTEN_AFTER)
    found = [*begun.values_list("id", flat=True), *_late(FaceProof.objects.all(), at=at)]
    return sum(_lapse_or_log(proof_id, actor=actor, at=at) for proof_id in found)


def end_late_proof(*, at: datetime, admission_id: UUID) -> None:
    """End the admission's try if nobody reviewed it in time, so that both ways are open before the job has run."""
    for proof_id in _late(FaceProof.objects.filter(admission_id=admission_id), at=at):
        _lapse(proof_id, actor=SYSTEM, at=at)


def _late(proofs: QuerySet[FaceProof], *, at: datetime) -> list[UUID]:
    waiting = proofs.filter(outcome=Outcome.SUBMITTED).select_related("document_check")
    return [proof.id for proof in waiting if (until := review_until(proof)) and until < at]


def _lapse_or_log(proof_id: UUID, *, actor: Actor, at: datetime) -> bool:
    try:
        return _lapse(proof_id, actor=actor, at=at)
    except RegisterError:
        _log.exception("the online verification %s could not be ended", proof_id)
        return False


def _access_own(*, actor: Actor, proof_id: UUID) -> FaceProof:
    """Return the holder's own try, locked with its admission, so that no counter begins meanwhile."""
    found = FaceProof.objects.filter(id=proof_id, person_id=actor.person).first()
    if found is None:
        raise NotFound
    access_own_admission(actor=actor, admission_id=found.admission_id)
    return FaceProof.objects.select_for_update().get(id=proof_id)


def _consent(admission: Admission) -> FaceConsent | None:
    return FaceConsent.objects.filter(admission=admission, withdrawn_at__isnull=True).first()


def _facts(
    admission: Admission, *, consent: FaceConsent | None, check: DocumentCheckCard | None, at: datetime
) -> ProofFacts:
    return ProofFacts(
        has_consent=consent is not None,
        chip=ChipFacts(check.status, check.differences) if check else None,
        has_portrait=check is not None and check.has_portrait,
        is_expired=_passport(admission).expires_on < day_of(at),
        is_portrait_ending=check is not None and check.at + kept_for(day_of(at)) - at < LEAST_REVIEW,
        tries_left=tries_left(admission.id, at=at),
    )


def _passport(admission: Admission) -> Passport:
    return Passport.objects.get(person_id=admission.person_id, replaced_at__isnull=True)


def _turns_before(admission: Admission) -> tuple[Turn, ...] | None:
    """Return what was asked in the newest try, so that the same is not asked again."""
    newest = FaceProof.objects.filter(admission=admission).order_by("-started_at", "-id").first()
    return faces.challenge_of(newest.challenge).turns if newest else None


def _verified(proof: FaceProof, *, at: datetime, verifier: PersonVerifier, keys: KeyWrap) -> PersonResult:
    portrait = StoredImage.objects.filter(document_check_id=proof.document_check_id).first()
    if portrait is None:
        raise NotFound
    rows = StoredImage.objects.filter(proof_id=proof.id).order_by("taken_at", "id")
    return verifier.verify(
        challenge=faces.challenge_of(proof.challenge),
        portrait=open_image_row(portrait, keys=keys).data,
        frames=faces.frames_of([open_image_row(row, keys=keys) for row in rows]),
        at=at,
    )


def _conclude(proof: FaceProof, *, admission: Admission, actor: Actor, at: datetime, result: PersonResult) -> None:
    """Write down what came of the comparison: a submission, or a try that failed with its reasons."""
    check = check_by_id(proof.document_check_id)
    before = _facts(admission, consent=_consent(admission), check=check, at=at)
    # Whoever began in time has not come too late by the seconds that it took.
    # A consent that was withdrawn carries nothing, though another was given: nobody could accept it.
    begun = replace(before, is_portrait_ending=False, has_consent=proof.consent.withdrawn_at is None)
    facts = replace(begun, face=faces.verdict_of(result), is_live=faces.is_live(result))
    judgement = judge_proof(facts)
    proof.result = faces.as_json(result) | {"rules_version": rules_version()}
    if judgement.way is not Way.BIND_NEEDS_REVIEW:
        given = [reason_as_json(one.code, one.text, one.next_step) for one in judgement.reasons]
        _fail(proof, actor=actor, at=at, reasons=[*given, *faces.reasons_of(result)])
        return
    _must_be_next(proof, actor=actor, at=at)
    proof.outcome, proof.submitted_at = Outcome.SUBMITTED, at
    proof.save(update_fields=["outcome", "submitted_at", "result"])
    # The portrait, which would have gone after a day, now stays as long as the frames do.
    portrait = StoredImage.objects.filter(document_check_id=proof.document_check_id, deleted_at__isnull=True)
    portrait.update(delete_after=check.at + kept_for(day_of(at)))
    record(ProofSubmitted(subject_id=proof.id, person_id=proof.person_id), actor=actor, at=at)


def _must_be_next(proof: FaceProof, *, actor: Actor, at: datetime) -> None:
    state = identity_state(proof.person_id)
    require(decide(event=Event.SUBMIT_PROOF, state=state, actor=actor.kind, on=day_of(at)))


def _fail(proof: FaceProof, *, actor: Actor, at: datetime, reasons: list[dict[str, Any]]) -> None:
    proof.outcome, proof.ended_at, proof.reasons = Outcome.FAILED, at, reasons
    proof.save(update_fields=["outcome", "ended_at", "reasons", "result"])
    codes = [reason["code"] for reason in reasons]
    record(ProofFailed(subject_id=proof.id, person_id=proof.person_id, reasons=codes), actor=actor, at=at)


def _withdraw(proof: FaceProof, *, actor: Actor, at: datetime) -> None:
    if proof.outcome == Outcome.SUBMITTED:
        state = identity_state(proof.person_id)
        require(decide(event=Event.WITHDRAW_PROOF, state=state, actor=actor.kind, on=day_of(at)))
    proof.outcome, proof.ended_at = Outcome.WITHDRAWN, at
    proof.save(update_fields=["outcome", "ended_at"])
    record(ProofWithdrawn(subject_id=proof.id, person_id=proof.person_id), actor=actor, at=at)
    delete_pictures(pictures_of(proof), actor=actor, at=at, reason="withdrawn")


@transaction.atomic
def _lapse(proof_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """End one; tell whether it was still there to be ended."""
    found = FaceProof.objects.get(id=proof_id)
    Admission.objects.select_for_update().get(id=found.admission_id)
    proof = FaceProof.objects.select_for_update().get(id=proof_id)
    if proof.outcome == Outcome.OPEN:
        _fail(proof, actor=actor, at=at, reasons=[_UNFINISHED])
        return True
    if proof.outcome != Outcome.SUBMITTED:
        return False
    state = identity_state(proof.person_id)
    require(decide(event=Event.LAPSE_PROOF, state=state, actor=actor.kind, on=day_of(at)))
    proof.outcome, proof.ended_at = Outcome.LAPSED, at
    proof.save(update_fields=["outcome", "ended_at"])
    record(ProofLapsed(subject_id=proof.id, person_id=proof.person_id), actor=actor, at=at)
    return True


_UNFINISHED = reason_as_json(
    "proof.unfinished",
    Text(zh="本次人脸核验没有完成。", en="This try was not finished."),
    Text(zh="请再试一次，或到核验窗口办理。", en="Try once more, or go to a verification counter."),
)
