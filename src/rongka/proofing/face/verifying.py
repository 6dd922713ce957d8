"""The verifier of persons that is built in: the turns that were asked for, by one face, alike in the frames compared.

It deters a photograph that is held up. It sees no mask, no film that answers the challenge, and no camera that is made
of software; nobody has tested it by ISO/IEC 30107-3, and its thresholds are uncalibrated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np
import numpy.typing as npt

from rongka.proofing.errors import FaceImageError, FaceReason
from rongka.proofing.face import reasons
from rongka.proofing.face.challenge import WINDOW_SECONDS, Challenge, Progress, Turn, make_challenge, progress
from rongka.proofing.face.engine import Face, FaceEngine, Seen
from rongka.proofing.face.images import read_image
from rongka.proofing.face.quality import Quality, quality_of
from rongka.proofing.face.relief import LEAST_RELIEF, relief_between
from rongka.proofing.face.results import Frame, Liveness, Look, PersonResult, PersonStatus, Thresholds
from rongka.proofing.pictures import FRAME, PORTRAIT

METHOD: Final = "rongka-face-1: YuNet, SFace"
LIVENESS_METHOD: Final = "head-turns-1: two of four, with relief"
MIN_FRAMES: Final = 8  # two for each of the four steps
MAX_FRAMES: Final = 60
_COMPARED: Final = 12  # frames: those that made the steps, and others in between
_TOO_ALIKE: Final = 0.92  # two photographs of one person hardly ever reach it


@dataclass(frozen=True, slots=True)
class BuiltInPersonVerifier:
    """The `PersonVerifier` of this machine; safe to share between threads."""

    engine: FaceEngine
    thresholds: Thresholds = field(default_factory=Thresholds)
    window_seconds: int = WINDOW_SECONDS

    def start(self, *, at: datetime, before: tuple[Turn, ...] | None = None) -> Challenge:
        """Draw a challenge; `before` are the turns of this person's last one, which do not come again in that order."""
        return make_challenge(at=at, before=before, window_seconds=self.window_seconds)

    def look(self, frame: bytes) -> Look:
        """Say what one frame shows: findings, pose, light. Takes some 40 ms of one core."""
        return self._sight(frame).look

    def verify(self, *, challenge: Challenge, portrait: bytes, frames: Sequence[Frame], at: datetime) -> PersonResult:
        """Judge a try: its times, its frames one by one, the turns, one person throughout, the portrait's likeness."""
        answer = _Answer(self, tuple(sha256(frame.image).hexdigest() for frame in frames))
        if wrong := tuple(_wrong_in_form(challenge, frames, answer.frame_hashes, at)):
            return answer.failed(wrong)
        target = self._portrait(portrait)
        if target is None:
            return answer.give(PersonStatus.CANNOT_VERIFY, PersonStatus.CANNOT_VERIFY, [reasons.NO_PORTRAIT_FACE])
        sights = [self._sight(frame.image) for frame in frames]
        answer.findings = tuple(dict.fromkeys(found for sight in sights for found in sight.look.findings))
        found = progress(challenge, [sight.look.pose for sight in sights])
        if wrong := tuple(_wrong_in_turns(sights, found)):
            return answer.failed(wrong)
        return self._compare(answer, target, frames, sights, found)

    def _compare(
        self, answer: "_Answer", target: Seen, frames: Sequence[Frame], sights: "Sequence[_Sight]", found: Progress
    ) -> PersonResult:
        chosen = _chosen(sights, found)
        seen = {
            number: Seen(read_image(frames[number].image, limits=FRAME), face)
            for number in chosen
            if (face := sights[number].face)
        }
        cosines = self.engine.similarities([target, *seen.values()])
        if not self._is_one_person(cosines):
            return answer.failed([reasons.ANOTHER_PERSON])
        if _is_flat(seen, found):
            return answer.failed([reasons.FLAT])
        ahead = {number for numbers in found.made_by[::2] for number in numbers}
        score = median(float(cosines[0, place + 1]) for place, number in enumerate(chosen) if number in ahead)
        return answer.scored(score)

    def _is_one_person(self, cosines: npt.NDArray[np.float64]) -> bool:
        """Whether each compared frame is like the one before it, and like the portrait; row 0 is the portrait's."""
        beside = np.diagonal(cosines[1:, 1:], offset=1)
        limits = self.thresholds
        return bool(beside.min() >= limits.neighbour_at and cosines[0, 1:].min() >= limits.turned_at)

    def _portrait(self, data: bytes) -> Seen | None:
        """Give the portrait's face; None for a portrait that cannot be read or does not show one face."""
        try:
            picture = read_image(data, limits=PORTRAIT)
        except FaceImageError:
            return None
        faces = self.engine.detect(picture)
        return Seen(picture, faces[0]) if len(faces) == 1 else None

    def _sight(self, frame: bytes) -> "_Sight":
        try:
            picture = read_image(frame, limits=FRAME)
        except FaceImageError as error:
            return _Sight(Look((error.reason,)))
        faces = self.engine.detect(picture)
        if len(faces) != 1:
            return _Sight(Look((reasons.SEVERAL_FACES if faces else reasons.NO_FACE,)))
        return _Sight(_look(faces[0], quality_of(picture, faces[0])), faces[0])


@dataclass(frozen=True, slots=True)
class _Sight:
    look: Look
    face: Face | None = None


def _look(face: Face, quality: Quality) -> Look:
    return Look(quality.findings, face.pose, quality.brightness, quality.sharpness, quality.width)


@dataclass(slots=True)
class _Answer:
    """What stands in a result whatever comes out."""

    verifier: BuiltInPersonVerifier
    frame_hashes: tuple[str, ...]
    findings: tuple[FaceReason, ...] = ()

    def failed(self, why: Iterable[FaceReason]) -> PersonResult:
        """Refuse a try in which nobody was compared."""
        return self.give(PersonStatus.FAIL, PersonStatus.FAIL, why)

    def scored(self, score: float) -> PersonResult:
        """Judge the likeness of somebody who made the turns."""
        limits = self.verifier.thresholds
        if score >= _TOO_ALIKE:
            self.findings = (*self.findings, reasons.TOO_ALIKE)
        if score >= limits.pass_at:
            return self.give(PersonStatus.PASS, PersonStatus.PASS, (), score)
        if score >= limits.review_at:
            return self.give(PersonStatus.REVIEW, PersonStatus.PASS, [reasons.UNSURE], score)
        return self.give(PersonStatus.FAIL, PersonStatus.PASS, [reasons.DIFFERS], score)

    def give(
        self, status: PersonStatus, liveness: PersonStatus, why: Iterable[FaceReason], score: float | None = None
    ) -> PersonResult:
        """Fill in the rest."""
        return PersonResult(
            status=status,
            score=score,
            thresholds=self.verifier.thresholds,
            liveness=Liveness(LIVENESS_METHOD, liveness),
            findings=self.findings,
            reasons=tuple(why),
            model_hashes=self.verifier.engine.model_hashes,
            frame_hashes=self.frame_hashes,
            method=METHOD,
        )


def _wrong_in_form(
    challenge: Challenge, frames: Sequence[Frame], hashes: Sequence[str], at: datetime
) -> Iterable[FaceReason]:
    """Give what is wrong with numbers and times; after this nobody decodes more than `MAX_FRAMES` pictures."""
    times = [frame.received_at for frame in frames]
    wrong = {
        reasons.TOO_FEW_FRAMES: len(frames) < MIN_FRAMES,
        reasons.TOO_MANY_FRAMES: len(frames) > MAX_FRAMES,
        reasons.BEFORE_CHALLENGE: any(time < challenge.issued_at for time in times),
        reasons.LATE: any(time > min(challenge.ends_at, at) for time in times),
        reasons.OUT_OF_ORDER: any(later < earlier for earlier, later in pairwise(times)),
        reasons.REPEATED: len(set(hashes)) < len(hashes),
    }
    return (reason for reason, is_wrong in wrong.items() if is_wrong)


def _wrong_in_turns(sights: Sequence[_Sight], found: Progress) -> Iterable[FaceReason]:
    """Give what is wrong with the row of poses: not the turns, or somebody else beside while they were made."""
    several = any(reasons.SEVERAL_FACES in sight.look.findings for sight in _span(sights, found))
    wrong = {reasons.TURNS_NOT_MADE: not found.is_complete, reasons.SEVERAL_FACES: several}
    return (reason for reason, is_wrong in wrong.items() if is_wrong)


def _span(sights: Sequence[_Sight], found: Progress) -> Sequence[_Sight]:
    """Give the frames from the first step to the last, or all when the steps were not made."""
    return sights[found.made_by[0][0] : found.made_by[-1][-1] + 1] if found.is_complete else sights


def _is_flat(seen: Mapping[int, Seen], found: Progress) -> bool:
    """Whether one of the turns shows no relief against the straight look before it."""
    steps = [[seen[number] for number in numbers] for numbers in found.made_by]
    turns = zip(steps[::2], steps[1::2], strict=True)
    return any(median(relief_between(ahead[0], look) for look in turned) < LEAST_RELIEF for ahead, turned in turns)


def _chosen(sights: Sequence[_Sight], found: Progress) -> list[int]:
    """Give the numbers of the frames to compare: all that made a step, and evenly some of the others in between."""
    used = [number for numbers in found.made_by for number in numbers]
    others = [number for number in range(used[0], used[-1]) if number not in used and sights[number].face]
    more = max(_COMPARED - len(used), 0)
    spread = others if len(others) <= more else [others[place * len(others) // more] for place in range(more)]
    return sorted({*used, *spread})
