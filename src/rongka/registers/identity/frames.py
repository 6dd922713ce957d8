"""The pictures of a try, one by one: looked at while nothing is locked, kept encrypted; an answer says what is next."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from rongka.registers.evidence.pictures import keep_frame, was_sent_before
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.text import Text

from . import faces
from .errors import FrameTooLarge, ProofEnded, ProofLate, TooManyFrames
from .models import FaceProof
from .outcomes import Outcome
from .proofs import kept_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.proofing.face.challenge import Step
    from rongka.proofing.face.results import Look, PersonVerifier
    from rongka.registers.evidence.sealing import KeyWrap
    from rongka.registers.journal.actors import Actor

MOST_FRAMES = 60  # five a second for the whole window, and some
MOST_FRAME_BYTES = 300_000  # a JPEG of 640 pixels has about 60,000
MOST_BYTES = 6_000_000  # of all pictures of a try: the reviewer's page and the holder's file have them all


@dataclass(frozen=True, slots=True)
class FrameFinding:
    """What is wrong with a picture, for the person before the camera."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class FrameAnswer:
    """What one picture showed, and what is awaited next."""

    findings: tuple[FrameFinding, ...]
    awaited: Step | None
    steps_made: int
    steps: int
    is_complete: bool
    is_over: bool  # other turns were made too often: only a new try helps
    seconds_left: float


REPEATED = FrameFinding(
    "proof.frame-repeated",
    Text(zh="这张图像以前发送过。", en="This very picture was sent before."),
)


def take_frame(
    *, actor: Actor, at: datetime, proof_id: UUID, image: bytes, verifier: PersonVerifier, keys: KeyWrap
) -> FrameAnswer:
    """Look at one picture, keep it, and say what comes next.

    Not kept: one that was sent before, bytes that are no picture within the limits, and what comes after the last step.
    """
    if len(image) > MOST_FRAME_BYTES:
        raise FrameTooLarge(most=MOST_FRAME_BYTES)
    with transaction.atomic():
        answer = _answer_at_once(_access_awaiting(actor=actor, at=at, proof_id=proof_id, image=image), image, at=at)
    if answer is not None:
        return answer
    look = verifier.look(image)
    with transaction.atomic():
        proof = _access_awaiting(actor=actor, at=at, proof_id=proof_id, image=image)  # again: others came meanwhile
        answer = _answer_at_once(proof, image, at=at)
        if answer is None:
            _take(proof, image, look, at=at, keys=keys)
            answer = _answer(proof, tuple(FrameFinding(one.code, one.text) for one in look.findings), at=at)
    return answer


def _access_awaiting(*, actor: Actor, at: datetime, proof_id: UUID, image: bytes) -> FaceProof:
    """Return the holder's own open try, locked, while it takes one more picture of that size."""
    proof = FaceProof.objects.select_for_update().filter(id=proof_id, person_id=actor.person).first()
    if proof is None:
        raise NotFound
    if proof.outcome != Outcome.OPEN:
        raise ProofEnded(outcome=Outcome(proof.outcome).title, officer_id=proof.reviewed_by, at=proof.ended_at)
    if _seconds_left(proof, at=at) < 0:
        raise ProofLate
    taken = sum(look["bytes"] for look in proof.looks)
    if len(proof.looks) >= MOST_FRAMES or taken + len(image) > MOST_BYTES:
        raise TooManyFrames
    return proof


def _answer_at_once(proof: FaceProof, image: bytes, *, at: datetime) -> FrameAnswer | None:
    """Return what is answered without a look: nothing more is awaited, or these bytes came before."""
    answer = _answer(proof, (), at=at)
    if answer.is_complete or answer.is_over:
        return answer
    return _answer(proof, (REPEATED,), at=at) if was_sent_before(image) else None


def _take(proof: FaceProof, image: bytes, look: Look, *, at: datetime, keys: KeyWrap) -> None:
    if faces.is_picture(look):
        until = at + kept_for(day_of(at))
        keep_frame(at=at, person_id=proof.person_id, proof_id=proof.id, image=image, keys=keys, delete_after=until)
    hashed = hashlib.sha256(image).hexdigest()
    proof.looks = faces.in_order([*proof.looks, faces.look_as_json(look, at=at, sha256=hashed, size=len(image))])
    proof.save(update_fields=["looks"])


def _answer(proof: FaceProof, findings: tuple[FrameFinding, ...], *, at: datetime) -> FrameAnswer:
    challenge = faces.challenge_of(proof.challenge)
    reached = faces.progress_of(challenge, proof.looks)
    return FrameAnswer(
        findings=findings,
        awaited=reached.awaited,
        steps_made=len(reached.made_by),
        steps=len(challenge.steps),
        is_complete=reached.is_complete,
        is_over=reached.is_over,
        seconds_left=round(_seconds_left(proof, at=at), 1),
    )


def _seconds_left(proof: FaceProof, *, at: datetime) -> float:
    window = timedelta(seconds=faces.challenge_of(proof.challenge).window_seconds)
    return (proof.started_at + window - at).total_seconds()
