"""A provider that tells whether a living person is the one in a portrait. The challenge and the hashes are ours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from rongka.proofing.errors import FaceReason
from rongka.proofing.face.challenge import WINDOW_SECONDS, Challenge, Pose, Turn, make_challenge
from rongka.proofing.face.results import Frame, Liveness, Look, PersonResult, PersonStatus, Thresholds
from rongka.proofing.remote.errors import ProviderError
from rongka.proofing.remote.exchange import Provider
from rongka.proofing.remote.fields import Fields, base64_of

LOOK_PATIENCE: Final = timedelta(seconds=3)  # the person waits with the camera on
_NO_THRESHOLDS: Final = Thresholds(pass_at=1.0, review_at=1.0, neighbour_at=1.0, turned_at=1.0)


@dataclass(frozen=True, slots=True)
class RemotePersonVerifier:
    """A `PersonVerifier` that asks a provider; the built-in one is not needed."""

    provider: Provider
    window_seconds: int = WINDOW_SECONDS

    def start(self, *, at: datetime, before: tuple[Turn, ...] | None = None) -> Challenge:
        """Draw a challenge here: whoever answers it must not be who chose it."""
        return make_challenge(at=at, before=before, window_seconds=self.window_seconds)

    def look(self, frame: bytes) -> Look:
        """Ask what one frame shows; without an answer that counts the finding says why."""
        provider = replace(self.provider, patience=min(LOOK_PATIENCE, self.provider.patience))
        try:
            return _read_look(provider.ask("look", {"frame": base64_of(frame)}))
        except ProviderError as error:
            return Look((FaceReason(error.code, error.text),))

    def verify(self, *, challenge: Challenge, portrait: bytes, frames: Sequence[Frame], at: datetime) -> PersonResult:
        """Ask; without an answer that counts the result is `CANNOT_VERIFY` with the reason."""
        hashes = tuple(sha256(frame.image).hexdigest() for frame in frames)
        try:
            answer = self.provider.ask("person", _written(challenge, portrait, frames), at=at)
            result = self._read(answer, hashes)
            _check_agreement(result)
        except ProviderError as error:
            return self._unverified(error, hashes)
        return result

    def _read(self, answer: Fields, hashes: tuple[str, ...]) -> PersonResult:
        liveness = answer.inner("liveness")
        return PersonResult(
            status=answer.word("status", PersonStatus),
            score=answer.optional_number("score"),
            thresholds=_read_thresholds(answer.inner("thresholds")),
            liveness=Liveness(
                method=liveness.text("method"),
                result=liveness.word("result", PersonStatus),
                certified=liveness.flag("certified"),
            ),
            findings=_read_reasons(answer, "findings"),
            reasons=_read_reasons(answer, "reasons"),
            model_hashes=tuple(answer.texts("model_hashes")),
            frame_hashes=hashes,
            method=f"{self.provider.name}: {answer.text('method')}",
        )

    def _unverified(self, error: ProviderError, hashes: tuple[str, ...]) -> PersonResult:
        return PersonResult(
            status=PersonStatus.CANNOT_VERIFY,
            score=None,
            thresholds=_NO_THRESHOLDS,
            liveness=Liveness(method="-", result=PersonStatus.CANNOT_VERIFY),
            findings=(),
            reasons=(FaceReason(error.code, error.text),),
            model_hashes=(),
            frame_hashes=hashes,
            method=self.provider.name,
        )


def _written(challenge: Challenge, portrait: bytes, frames: Sequence[Frame]) -> dict[str, object]:
    asked = {
        "nonce": challenge.nonce,
        "turns": [turn.value for turn in challenge.turns],
        "issued_at": challenge.issued_at.isoformat(),
        "window_seconds": challenge.window_seconds,
    }
    rows = [{"image": base64_of(frame.image), "received_at": frame.received_at.isoformat()} for frame in frames]
    return {"challenge": asked, "portrait": base64_of(portrait), "frames": rows}


def _read_look(answer: Fields) -> Look:
    pose = answer.optional_inner("pose")
    return Look(
        findings=_read_reasons(answer, "findings"),
        pose=None if pose is None else Pose(pose.number("yaw"), pose.number("pitch")),
        brightness=answer.optional_number("brightness"),
        sharpness=answer.optional_number("sharpness"),
        width=answer.optional_number("width"),
    )


def _read_reasons(answer: Fields, name: str) -> tuple[FaceReason, ...]:
    return tuple(FaceReason(row.text("code"), row.words("text")) for row in answer.rows(name))


def _read_thresholds(row: Fields) -> Thresholds:
    """Read the two that decide; a provider need not have the others, and then compares no neighbours with them."""
    return Thresholds(
        pass_at=row.number("pass_at"),
        review_at=row.number("review_at"),
        neighbour_at=row.optional_number("neighbour_at") or 0.0,
        turned_at=row.optional_number("turned_at") or 0.0,
    )


def _check_agreement(result: PersonResult) -> None:
    """Raise unless a pass is one by the provider's own numbers, with a challenge that was met and no reason against."""
    score, limits = result.score, result.thresholds
    is_pass = result.status is PersonStatus.PASS
    contradictions = (
        not -1 <= limits.review_at <= limits.pass_at <= 1,
        score is not None and not -1 <= score <= 1,
        is_pass and (score is None or score < limits.pass_at),
        is_pass and (result.liveness.result is not PersonStatus.PASS or bool(result.reasons)),
        result.status is PersonStatus.REVIEW and (score is None or score < limits.review_at),
        not is_pass and not result.reasons,
    )
    if any(contradictions):
        raise ProviderError.of("remote.contradiction")
