"""Verification in the demo city: specimen chips of its workers, and one who proved themself online with a drawn face.

Everything goes through the commands that pages use, and is really verified: the chips under the demo's own roots, the
drawing by the models. Where the models are not installed nobody proves anything online, here as in that city's wallet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rongka.config.proofing import document_verifier, key_wrap, person_verifier
from rongka.proofing.chip.specimens import SpecimenPassport
from rongka.proofing.chip.specimens.demo import demo_authority
from rongka.registers.evidence.commands import check_document, give_consent
from rongka.registers.evidence.kinds import Source
from rongka.registers.identity.outcomes import Outcome
from rongka.registers.identity.proving import finish_proof, start_proof, take_frame
from rongka.registers.journal.actors import holder
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.queries import person_card

from .drawn_face import drawn_face

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.proofing.face.challenge import Step
    from rongka.proofing.face.results import PersonVerifier
    from rongka.registers.journal.actors import Actor

    from .walk import Walk

_AGE: Final = timedelta(days=30)  # the signer is older than what it signs
_NONCE: Final = bytes(range(8))
_FRAMES_A_STEP: Final = 2  # as many as the challenge wants to see a turn held
_FRAME: Final = timedelta(seconds=0.4)
_TRIES: Final = 3  # as many as there are in a day
_BETWEEN: Final = timedelta(minutes=1)
_ANGLES: Final = {"ahead": (0, 0), "left": (16, 0), "right": (-14, 0), "up": (0, 16), "down": (0, -19)}


def prove_online(walk: Walk, *, at: datetime) -> None:
    """Let the worker consent, hand in the chip's files and turn a drawn head before the challenge: a review waits."""
    verifier = person_verifier()
    if verifier is None:
        return
    actor, admission_id = holder(walk.person_id), _admission_id(walk)
    give_consent(actor=actor, at=at, admission_id=admission_id, language="en", text_version="demo")
    check_document(
        actor=actor,
        at=at,
        admission_id=admission_id,
        files=_chip(walk, at=at).document(),
        source=Source.WALLET,
        verifier=document_verifier(),
        keys=key_wrap(),
    )
    for number in range(_TRIES):  # of a drawing the detector is not always sure
        outcome = _show_face(actor, at=at + number * _BETWEEN, admission_id=admission_id, verifier=verifier)
        if outcome is Outcome.SUBMITTED:
            return


def _show_face(actor: Actor, *, at: datetime, admission_id: UUID, verifier: PersonVerifier) -> Outcome:
    keys = key_wrap()
    begun = start_proof(actor=actor, at=at, admission_id=admission_id, verifier=verifier, keys=keys)
    for step in _held(begun.challenge.steps):
        at += _FRAME
        take_frame(actor=actor, at=at, proof_id=begun.id, image=_frame(step), verifier=verifier, keys=keys)
    return finish_proof(actor=actor, at=at, proof_id=begun.id, verifier=verifier, keys=keys)


def read_chip_at_the_counter(walk: Walk, *, at: datetime) -> None:
    """Let the counter's reader read the worker's chip, which answers a nonce."""
    chip = _chip(walk, at=at)
    check_document(
        actor=walk.city.actor("counter1"),
        at=at,
        admission_id=_admission_id(walk),
        files=chip.document(answer=chip.answer(_NONCE)),
        source=Source.COUNTER,
        verifier=document_verifier(),
        keys=key_wrap(),
    )


def _chip(walk: Walk, *, at: datetime) -> SpecimenPassport:
    """Make the specimen chip of a worker's passport as it is on record."""
    person, signed_at = person_card(walk.person_id), at - _AGE
    return SpecimenPassport.make(
        signer=demo_authority(person.issuing_state).signer(valid_from=signed_at - _AGE),
        signed_at=signed_at,
        zone=person.mrz,
        portrait=drawn_face(yaw=-4, is_younger=True),
        seed=f"{person.issuing_state} {person.passport_number}".encode(),
    )


def _held(steps: tuple[Step, ...]) -> list[Step]:
    return [step for step in steps for _ in range(_FRAMES_A_STEP)]


def _frame(step: Step) -> bytes:
    yaw, pitch = _ANGLES[step.value]
    return drawn_face(yaw=yaw, pitch=pitch)


def _admission_id(walk: Walk) -> UUID:
    if walk.case.admission_id is None:
        raise NotFound
    return walk.case.admission_id
