"""Tries to prove oneself online, as the holder and the reviewing officer see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from rongka.registers.evidence.queries import check_by_id, consent_by_id, images_of
from rongka.registers.journal.days import CITY_TIME, day_of
from rongka.registers.journal.errors import NotFound
from rongka.rulebook.parameters import parameter
from rongka.text import Text

from .models import FaceProof
from .outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from rongka.registers.evidence.queries import ConsentCard, DocumentCheckCard, ImageCard


@dataclass(frozen=True, slots=True)
class GivenReason:
    """Why a try led nowhere, in the words of that day."""

    code: str
    text: Text
    next_step: Text | None


@dataclass(frozen=True, slots=True)
class ProofCard:
    """The newest try as its holder sees it."""

    id: UUID
    admission_id: UUID
    person_id: UUID
    outcome: Outcome
    reasons: tuple[GivenReason, ...]
    started_at: datetime
    submitted_at: datetime | None
    ended_at: datetime | None
    review_by: date | None
    reviewed_by: UUID | None


@dataclass(frozen=True, slots=True)
class ProofToReview:
    """One line of the reviewers' list."""

    proof_id: UUID
    admission_id: UUID
    person_id: UUID
    submitted_at: datetime
    review_by: date


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """Everything that a review rests on but the pictures themselves, which `looking.open_images` opens."""

    proof_id: UUID
    admission_id: UUID
    person_id: UUID
    outcome: Outcome
    consent: ConsentCard
    check: DocumentCheckCard
    challenge: dict[str, Any]
    looks: tuple[dict[str, Any], ...]
    result: dict[str, Any]
    images: tuple[ImageCard, ...]
    started_at: datetime
    submitted_at: datetime
    review_by: date
    ended_at: datetime | None
    reviewed_by: UUID | None
    reasons: tuple[str, ...]


def proof_of(admission_id: UUID) -> ProofCard | None:
    """Return the newest try for an admission."""
    row = FaceProof.objects.filter(admission_id=admission_id).order_by("-started_at", "-id").first()
    return _card(row) if row else None


def tries_left(admission_id: UUID, *, at: datetime) -> int:
    """Return how often the face may still be shown today; every start counted."""
    today = datetime.combine(day_of(at), time(), tzinfo=CITY_TIME)
    begun = FaceProof.objects.filter(admission_id=admission_id, started_at__gte=today, started_at__lte=at)
    allowed = parameter("verification.tries-a-day", on=day_of(at)).value
    return max(0, allowed - begun.count())


def proofs_to_review(*, at: datetime) -> list[ProofToReview]:
    """Return what waits for a review and can still be reviewed, the longest waiting first."""
    rows = FaceProof.objects.filter(outcome=Outcome.SUBMITTED).order_by("submitted_at", "id")
    return [
        ProofToReview(
            proof_id=row.id,
            admission_id=row.admission_id,
            person_id=row.person_id,
            submitted_at=row.submitted_at,
            review_by=day_of(until),
        )
        for row in rows.select_related("document_check").defer("looks", "result", "document_check__result")
        if row.submitted_at and (until := review_until(row)) and until >= at
    ]


def review_case(proof_id: UUID) -> ReviewCase:
    """Return a try that was submitted, whatever became of it; raise `NotFound`."""
    row = FaceProof.objects.filter(id=proof_id, submitted_at__isnull=False).first()
    until = review_until(row) if row else None
    if row is None or row.submitted_at is None or until is None:
        raise NotFound
    return ReviewCase(
        proof_id=row.id,
        admission_id=row.admission_id,
        person_id=row.person_id,
        outcome=Outcome(row.outcome),
        consent=consent_by_id(row.consent_id),
        check=check_by_id(row.document_check_id),
        challenge=row.challenge,
        looks=tuple(row.looks),
        result=row.result or {},
        images=tuple(images_of(check_id=row.document_check_id, proof_id=row.id)),
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        review_by=day_of(until),
        ended_at=row.ended_at,
        reviewed_by=row.reviewed_by,
        reasons=tuple(reason["code"] for reason in row.reasons),
    )


def own_proofs(person_id: UUID) -> list[dict[str, Any]]:
    """Return all of a person's tries, for the person: ready for JSON."""
    names = ("id", "challenge", "looks", "started_at", "submitted_at", "ended_at", "outcome", "result", "reasons")
    return list(FaceProof.objects.filter(person_id=person_id).order_by("started_at").values(*names))


def pictures_of(proof: FaceProof) -> Q:
    """Return which pictures belong to a try: its frames, and the portrait that they are compared with."""
    return Q(proof_id=proof.id) | Q(document_check_id=proof.document_check_id)


def review_until(proof: FaceProof) -> datetime | None:
    """Return until when a submitted try can be reviewed: the review's time, and not after the first picture's end."""
    if proof.submitted_at is None:
        return None
    on = day_of(proof.submitted_at)
    within = timedelta(days=parameter("verification.review-within", on=on).value)
    return min(proof.submitted_at + within, proof.document_check.checked_at + kept_for(on))


def kept_for(on: date) -> timedelta:
    """Return how long a picture is kept at most, from when it was taken or read."""
    return timedelta(days=parameter("verification.images-kept", on=on).value)


def reason_as_json(code: str, text: Text, next_step: Text | None = None) -> dict[str, Any]:
    """Return a reason as a try keeps it: with its words, which the program may change later."""
    step = {"next_zh": next_step.zh, "next_en": next_step.en} if next_step else {}
    return {"code": code, "zh": text.zh, "en": text.en, **step}


def _card(row: FaceProof) -> ProofCard:
    until = review_until(row)
    return ProofCard(
        id=row.id,
        admission_id=row.admission_id,
        person_id=row.person_id,
        outcome=Outcome(row.outcome),
        reasons=tuple(_given(reason) for reason in row.reasons),
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        ended_at=row.ended_at,
        review_by=day_of(until) if until else None,
        reviewed_by=row.reviewed_by,
    )


def _given(kept: dict[str, Any]) -> GivenReason:
    step = Text(zh=kept["next_zh"], en=kept["next_en"]) if "next_zh" in kept else None
    return GivenReason(code=kept["code"], text=Text(zh=kept["zh"], en=kept["en"]), next_step=step)
