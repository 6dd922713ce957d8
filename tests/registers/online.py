"""Online verification for tests: specimen passports of the city's persons, and an agency's verifier that reads poses.

A frame here is no picture but a line of text, `yaw pitch n`: the service that reads it is another's, so that it may.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from rongka.config.proofing import FileKeyWrap
from rongka.proofing.chip import ChipVerifier, TrustStore
from rongka.proofing.chip.specimens import SpecimenAuthority, SpecimenPassport
from rongka.proofing.chip.specimens.portrait import drawn_portrait
from rongka.proofing.errors import FaceReason
from rongka.proofing.face.challenge import Pose, Step, Turn, make_challenge, progress
from rongka.proofing.face.results import Liveness, Look, PersonResult, PersonStatus, Thresholds
from rongka.registers.evidence.commands import check_document, give_consent
from rongka.registers.evidence.kinds import Source
from rongka.registers.identity.proving import finish_proof, start_proof, take_frame
from rongka.registers.identity.queries import proof_of
from rongka.registers.journal.actors import holder
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_person
from rongka.text import Text
from tests.registers.city import NOW

if TYPE_CHECKING:
    from uuid import UUID

    from rongka.proofing.chip import ChipDocument
    from rongka.registers.journal.actors import Actor
    from tests.registers.city import City

MADE = datetime.fromisoformat("2024-01-01T00:00:00+00:00")
KEYS = FileKeyWrap(secret=bytes(range(32)))
PORTRAIT = drawn_portrait()
HEADS = {
    Step.AHEAD: (0, 0), Step.LEFT: (25, 0), Step.RIGHT: (-25, 0), Step.UP: (0, 20), Step.DOWN: (0, -20)
}  # fmt: skip
NOT_MADE = FaceReason("face.turns-not-made", Text(zh="没有按提示转头。", en="The head was not turned as asked."))
_numbers = count()


@dataclass(frozen=True, slots=True)
class ReadingVerifier:
    """An agency's verifier of persons: looks at the poses that a frame spells, and is told the score."""

    score: float = 0.7
    status: PersonStatus | None = None
    turns: tuple[Turn, Turn] | None = None
    portraits: list[bytes] = field(default_factory=list)

    def start(self, *, at, before=None):
        challenge = make_challenge(at=at, before=before)
        return replace(challenge, turns=self.turns) if self.turns else challenge

    def look(self, frame):
        yaw, pitch, _ = frame.split()
        return Look(findings=(), pose=Pose(float(yaw), float(pitch)))

    def verify(self, *, challenge, portrait, frames, at):  # noqa: ARG002 - the clock is in the frames
        self.portraits.append(portrait)
        done = progress(challenge, [self.look(frame.image).pose for frame in frames]).is_complete
        by_score = PersonStatus.PASS if self.score >= 0.45 else PersonStatus.FAIL
        return PersonResult(
            status=self.status or (by_score if done else PersonStatus.FAIL),
            score=self.score,
            thresholds=Thresholds(),
            liveness=Liveness("head turns", PersonStatus.PASS if done else PersonStatus.FAIL),
            findings=(),
            reasons=() if done else (NOT_MADE,),
            model_hashes=("0" * 64,),
            frame_hashes=tuple(hashlib.sha256(frame.image).hexdigest() for frame in frames),
            method="a reader of poses",
        )


@cache
def authority(state: str = "UTO") -> SpecimenAuthority:
    return SpecimenAuthority.make(valid_from=MADE, state=state, seed=b"the registers' tests")


@cache
def chip_verifier() -> ChipVerifier:
    certificates = [authority().certificate]
    return ChipVerifier(TrustStore.of_certificates(certificates, version="specimens", dated_on=MADE.date()))


@cache
def _signer():
    return authority().signer(valid_from=MADE, life=timedelta(days=4000))


def specimen(person_id: UUID, **changes) -> SpecimenPassport:
    """Make the chip of a person's passport as the record has it."""
    facts = {"zone": person_card(person_id).mrz, "signed_at": MADE + timedelta(days=30), "portrait": PORTRAIT}
    return SpecimenPassport.make(signer=_signer(), seed=b"a chip", **(facts | changes))


def frame(step: Step | Turn) -> bytes:
    """Spell a frame in which the head points there; no two are the same."""
    yaw, pitch = HEADS[Step(step.value)]
    return f"{yaw} {pitch} {next(_numbers)}".encode()


@dataclass(frozen=True, slots=True)
class Online:
    """One person's way online, act by act, each at the instant that is given."""

    person_id: UUID
    verifier: ReadingVerifier = field(default_factory=ReadingVerifier)

    @classmethod
    def admitted(cls, city: City, **changes) -> Online:
        from rongka.rulebook.order import State

        return cls(city.person_at(State.ADMITTED), **changes)

    @property
    def actor(self) -> Actor:
        return holder(self.person_id)

    @property
    def admission_id(self) -> UUID:
        return case_of_person(self.person_id).admission_id

    @property
    def proof(self):
        return proof_of(self.admission_id)

    def consent(self, *, at: datetime = NOW) -> UUID:
        return give_consent(actor=self.actor, at=at, admission_id=self.admission_id, language="en", text_version="1")

    def read_chip(self, files: ChipDocument | None = None, *, at: datetime = NOW, **changes) -> UUID:
        wanted = {"actor": self.actor, "source": Source.WALLET, "verifier": chip_verifier(), "keys": KEYS} | changes
        files = files or specimen(self.person_id).document()
        return check_document(at=at, admission_id=self.admission_id, files=files, **wanted)

    def start(self, *, at: datetime = NOW):
        return start_proof(actor=self.actor, at=at, admission_id=self.admission_id, verifier=self.verifier, keys=KEYS)

    def send(self, proof_id: UUID, image: bytes, *, at: datetime = NOW):
        return take_frame(actor=self.actor, at=at, proof_id=proof_id, image=image, verifier=self.verifier, keys=KEYS)

    def finish(self, proof_id: UUID, *, at: datetime = NOW, verifier: ReadingVerifier | None = None):
        return finish_proof(actor=self.actor, at=at, proof_id=proof_id, verifier=verifier or self.verifier, keys=KEYS)

    def show_face(self, *, at: datetime = NOW, verifier: ReadingVerifier | None = None) -> UUID:
        """Make the whole try, as somebody does who follows the arrows; return its id."""
        started = self.start(at=at)
        moments = (at + timedelta(milliseconds=300 * number) for number in count(1))
        for step in started.challenge.steps:
            for _ in range(2):
                self.send(started.id, frame(step), at=next(moments))
        self.finish(started.id, at=next(moments), verifier=verifier)
        return started.id

    def submit(self, *, at: datetime = NOW) -> UUID:
        """Go the whole way to the review; return the try's id."""
        self.consent(at=at)
        self.read_chip(at=at)
        return self.show_face(at=at)
