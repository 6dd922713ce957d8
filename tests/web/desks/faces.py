"""People who prove themselves online in front of a verifier that sees what the test says, and no face at all."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from PIL import Image

from rongka.config.proofing import document_verifier, key_wrap
from rongka.proofing.face.challenge import Challenge, Pose, Turn
from rongka.proofing.face.results import Liveness, Look, PersonResult, PersonStatus, Thresholds
from rongka.registers.evidence.commands import check_document, give_consent
from rongka.registers.identity.proving import finish_proof, start_proof, take_frame
from rongka.registers.journal.actors import holder
from rongka.registers.permits.queries import case_of_person
from tests.registers.city import NOW
from tests.web.desks.chips import chip_of


@dataclass(frozen=True)
class ToldVerifier:
    """Answers with the score that it was given."""

    score: float = 0.61

    def start(self, *, at, before=None):  # noqa: ARG002 - a protocol's
        return Challenge(nonce="00" * 16, turns=(Turn.LEFT, Turn.UP), issued_at=at)

    def look(self, frame):  # noqa: ARG002 - a protocol's
        return Look((), pose=Pose(0.0, 0.0))

    def verify(self, *, challenge, portrait, frames, at):  # noqa: ARG002 - a protocol's
        limits = Thresholds()
        return PersonResult(
            status=PersonStatus.PASS if self.score >= limits.pass_at else PersonStatus.REVIEW,
            score=self.score,
            thresholds=limits,
            liveness=Liveness("head-turns", PersonStatus.PASS),
            findings=(),
            reasons=(),
            model_hashes=("ab" * 32,),
            frame_hashes=tuple(f"{number:064x}" for number in range(len(frames))),
            method="a test's",
        )


def grey_picture(shade):
    """Make a JPEG of one shade of grey."""
    out = BytesIO()
    Image.new("RGB", (60, 80), (shade % 256, shade // 256, 90)).save(out, "JPEG")
    return out.getvalue()


def submit_proof(person_id, *, score=0.61, frames=3, first=0, language="en"):
    """Let somebody prove themself online; return the id of the proof that waits for its review."""
    actor, admission_id, verifier = holder(person_id), case_of_person(person_id).admission_id, ToldVerifier(score)
    keys = key_wrap()
    give_consent(actor=actor, at=NOW, admission_id=admission_id, language=language, text_version="2026-11")
    check_document(
        actor=actor,
        at=NOW,
        admission_id=admission_id,
        files=chip_of(person_id).document(),
        source="wallet",
        verifier=document_verifier(),
        keys=keys,
    )
    started = start_proof(actor=actor, at=NOW, admission_id=admission_id, verifier=verifier, keys=keys)
    for number in range(frames):
        at = NOW + timedelta(seconds=1 + number / 5)
        image = grey_picture(first + number)
        take_frame(actor=actor, at=at, proof_id=started.id, image=image, verifier=verifier, keys=keys)
    finish_proof(actor=actor, at=NOW + timedelta(seconds=9), proof_id=started.id, verifier=verifier, keys=keys)
    return started.id
