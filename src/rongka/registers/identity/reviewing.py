"""The review of an online verification: one officer of a counter accepts or rejects it, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from rongka.registers.agencies.permissions import Permission
from rongka.registers.evidence.errors import ConsentMissing, ImagesDeleted
from rongka.registers.evidence.models import StoredImage
from rongka.registers.evidence.pictures import delete_pictures
from rongka.registers.journal.commands import record, require
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.permits.models import Admission
from rongka.rulebook.order import Event, decide
from rongka.rulebook.verification import Level, passport_expired, passport_replaced

from .errors import NotLookedAt, ProofEnded, ProofNotPossible, ReasonMissing
from .events import IdentityVerified, ProofAccepted, ProofRejected
from .looking import has_looked
from .models import FaceProof, Verification
from .outcomes import Outcome
from .proofs import pictures_of, reason_as_json, review_until
from .queries import identity_state
from .reasons import AFTER_A_REVIEW, REVIEW_REASONS

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor


@transaction.atomic
def accept_proof(*, actor: Actor, at: datetime, proof_id: UUID) -> UUID:
    """Make the verification of a submitted try, level L2, and return its id.

    The officer has looked at the pictures before; they are deleted.
    """
    proof = access_submitted(actor=actor, at=at, proof_id=proof_id)
    _decide(Event.ACCEPT_PROOF, proof, actor=actor, at=at)
    if proof.document_check.passport.replaced_at is not None:
        raise ProofNotPossible(passport_replaced())
    if proof.document_check.passport.expires_on < day_of(at):
        raise ProofNotPossible(passport_expired())
    if proof.consent.withdrawn_at is not None:
        raise ConsentMissing
    if StoredImage.objects.filter(pictures_of(proof), deleted_at__isnull=False).exists():
        raise ImagesDeleted  # nobody can have compared what is not there
    if not has_looked(actor, subject_id=proof.id, person_id=proof.person_id):
        raise NotLookedAt
    _end(proof, Outcome.ACCEPTED, actor=actor, at=at)
    verification = Verification.objects.create(
        admission_id=proof.admission_id,
        person_id=proof.person_id,
        proof=proof,
        proof_outcome=proof.outcome,
        reviewed_by=proof.reviewed_by,
        document_check=proof.document_check,
        document_level=proof.document_check.level,
        level=Level.L2,
        verified_at=at,
    )
    record(ProofAccepted(subject_id=proof.id, person_id=proof.person_id), actor=actor, at=at)
    event = IdentityVerified(subject_id=verification.id, person_id=proof.person_id, level=verification.level)
    record(event, actor=actor, at=at)
    # With those of earlier tries, which nobody needs any more: the consent says so.
    while delete_pictures(Q(person_id=proof.person_id), actor=actor, at=at, reason="accepted"):
        pass
    return verification.id


@transaction.atomic
def reject_proof(*, actor: Actor, at: datetime, proof_id: UUID, reasons: tuple[str, ...]) -> UUID:
    """End a submitted try with reasons that its holder reads; both ways are open again."""
    proof = access_submitted(actor=actor, at=at, proof_id=proof_id)
    if not (reasons and set(reasons) <= set(REVIEW_REASONS)):
        raise ReasonMissing
    _decide(Event.REJECT_PROOF, proof, actor=actor, at=at)
    proof.reasons = [reason_as_json(code, REVIEW_REASONS[code], AFTER_A_REVIEW) for code in reasons]
    _end(proof, Outcome.REJECTED, actor=actor, at=at)
    record(ProofRejected(subject_id=proof.id, person_id=proof.person_id, reasons=list(reasons)), actor=actor, at=at)
    return proof.id


def access_submitted(*, actor: Actor, at: datetime, proof_id: UUID) -> FaceProof:
    """Return a try that waits for its review, locked with its admission; raise `ProofEnded` for any other."""
    actor.must_have(Permission.REVIEW_PROOFS)
    found = FaceProof.objects.filter(id=proof_id, submitted_at__isnull=False).first()
    if found is None:
        raise NotFound
    Admission.objects.select_for_update().get(id=found.admission_id)
    locked = FaceProof.objects.select_for_update(of=("self",))
    proof = locked.select_related("consent", "document_check__passport").get(id=proof_id)
    if proof.outcome != Outcome.SUBMITTED:
        raise ProofEnded(outcome=Outcome(proof.outcome).title, officer_id=proof.reviewed_by, at=proof.ended_at)
    until = review_until(proof)
    if until is not None and at > until:
        raise ProofEnded(outcome=Outcome.LAPSED.title, officer_id=None, at=until)
    return proof


def _decide(event: Event, proof: FaceProof, *, actor: Actor, at: datetime) -> None:
    require(decide(event=event, state=identity_state(proof.person_id), actor=actor.kind, on=day_of(at)))


def _end(proof: FaceProof, outcome: Outcome, *, actor: Actor, at: datetime) -> None:
    proof.outcome, proof.ended_at, proof.reviewed_by = outcome, at, actor.officer
    proof.save(update_fields=["outcome", "ended_at", "reviewed_by", "reasons"])
