"""Who waits at the counter, and what was verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rongka.registers.journal.errors import NotFound
from rongka.registers.permits.models import Admission
from rongka.registers.permits.queries import permit_state
from rongka.rulebook.order import State

from .models import Examination, FaceProof, OneTimeCode, Passkey, Verification
from .outcomes import Outcome
from .proofs import (
    ProofCard,
    ProofToReview,
    ReviewCase,
    own_proofs,
    proof_of,
    proofs_to_review,
    review_case,
    tries_left,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

__all__ = [
    "COUNTERSIGN_WITHIN",
    "ExaminationCard",
    "PasskeyCard",
    "PrintedCode",
    "ProofCard",
    "ProofToReview",
    "ReviewCase",
    "VerificationCard",
    "Waiting",
    "identity_state",
    "open_examinations",
    "own_proofs",
    "passkey_of",
    "passkeys_of",
    "printed_code",
    "proof_of",
    "proofs_to_review",
    "review_case",
    "tries_left",
    "verification_of",
    "verifications_of",
    "verifications_under_way",
    "waiting_at_the_counter",
]

COUNTERSIGN_WITHIN = timedelta(minutes=30)  # the person is still at the counter


@dataclass(frozen=True, slots=True)
class ExaminationCard:
    """An examination that waits for its countersignature."""

    id: UUID
    admission_id: UUID
    person_id: UUID
    officer_id: UUID
    examined_at: datetime

    def has_lapsed(self, *, at: datetime) -> bool:
        """Tell whether it is too late to countersign, so that any counter may examine anew."""
        return at - self.examined_at > COUNTERSIGN_WITHIN


@dataclass(frozen=True, slots=True)
class VerificationCard:
    """A verification: at which level, by whom (two officers of a counter, or who reviewed the proof), when."""

    id: UUID
    person_id: UUID
    admission_id: UUID
    level: str
    examined_by: UUID | None
    countersigned_by: UUID | None
    reviewed_by: UUID | None
    proof_id: UUID | None
    document_check_id: UUID | None
    verified_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who was admitted and is not verified yet."""

    admission_id: UUID
    person_id: UUID
    admitted_at: datetime
    examination: ExaminationCard | None


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """A passkey as its holder sees it."""

    id: UUID
    label: str
    added_at: datetime
    used_at: datetime | None
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A one-time code that a counter printed."""

    id: UUID
    person_id: UUID
    counter_id: UUID | None
    issued_at: datetime
    is_open: bool


def passkeys_of(person_id: UUID) -> list[PasskeyCard]:
    """Return the passkeys that sign a person in, the newest first."""
    rows = Passkey.objects.filter(person_id=person_id, removed_at__isnull=True).order_by("-added_at")
    return [_passkey(row) for row in rows]


def passkey_of(person_id: UUID, *, passkey_id: UUID) -> PasskeyCard:
    """Return one of a person's passkeys, removed or not; raise `NotFound`."""
    row = Passkey.objects.filter(person_id=person_id, id=passkey_id).first()
    if row is None:
        raise NotFound
    return _passkey(row)


def printed_code(code_id: UUID, *, counter_id: UUID) -> PrintedCode:
    """Return a code that this counter printed; raise `NotFound`."""
    row = OneTimeCode.objects.filter(id=code_id, counter_id=counter_id).first()
    if row is None:
        raise NotFound
    is_open = row.spent_at is None and row.replaced_at is None
    return PrintedCode(
        id=row.id, person_id=row.person_id, counter_id=row.counter_id, issued_at=row.issued_at, is_open=is_open
    )


def _passkey(row: Passkey) -> PasskeyCard:
    return PasskeyCard(
        id=row.id, label=row.label, added_at=row.added_at, used_at=row.used_at, removed_at=row.removed_at
    )


def waiting_at_the_counter() -> list[Waiting]:
    """Return the admitted who are not verified yet, the longest waiting first."""
    admissions = Admission.objects.filter(verification__isnull=True).order_by("admitted_at")
    rows = list(admissions)
    open_ones = open_examinations(row.id for row in rows)
    return [
        Waiting(
            admission_id=row.id,
            person_id=row.person_id,
            admitted_at=row.admitted_at,
            examination=open_ones.get(row.id),
        )
        for row in rows
    ]


def open_examinations(admission_ids: Iterable[UUID]) -> dict[UUID, ExaminationCard]:
    """Return the examinations, by admission, that wait for a countersignature."""
    rows = Examination.objects.filter(
        admission_id__in=set(admission_ids), rejected_at__isnull=True, verification__isnull=True
    )
    return {
        row.admission_id: ExaminationCard(
            id=row.id,
            admission_id=row.admission_id,
            person_id=row.person_id,
            officer_id=row.officer_id,
            examined_at=row.examined_at,
        )
        for row in rows
    }


def verification_of(person_id: UUID) -> VerificationCard | None:
    """Return a person's newest verification."""
    return verifications_of([person_id]).get(person_id)


def verifications_of(person_ids: Iterable[UUID]) -> dict[UUID, VerificationCard]:
    """Return several persons' newest verifications in one query."""
    rows = Verification.objects.filter(person_id__in=set(person_ids)).order_by("verified_at")
    return {
        row.person_id: VerificationCard(
            id=row.id,
            person_id=row.person_id,
            admission_id=row.admission_id,
            level=row.level,
            examined_by=row.examined_by,
            countersigned_by=row.countersigned_by,
            reviewed_by=row.reviewed_by,
            proof_id=row.proof_id,
            document_check_id=row.document_check_id,
            verified_at=row.verified_at,
        )
        for row in rows
    }


def verifications_under_way(person_ids: Iterable[UUID]) -> dict[UUID, tuple[State, datetime]]:
    """Return whose verification waits for an officer, in which state and since when, in two queries."""
    wanted = set(person_ids)
    submitted = FaceProof.objects.filter(person_id__in=wanted, outcome=Outcome.SUBMITTED)
    examined = Examination.objects.filter(person_id__in=wanted, rejected_at__isnull=True)
    found = {row.person_id: (State.PROOF_SUBMITTED, row.submitted_at) for row in submitted if row.submitted_at}
    return found | {row.person_id: (State.EXAMINED, row.examined_at) for row in examined}


def identity_state(person_id: UUID) -> State:
    """Return where a person stands, up to the verification."""
    if verification_of(person_id) is not None:
        return State.VERIFIED
    if Examination.objects.filter(person_id=person_id, rejected_at__isnull=True).exists():
        return State.EXAMINED
    if FaceProof.objects.filter(person_id=person_id, outcome=Outcome.SUBMITTED).exists():
        return State.PROOF_SUBMITTED
    return permit_state(person_id)
