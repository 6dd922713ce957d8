"""What the verifier of faces says, as this register keeps it: JSON of plain values, no template of a face.

The one module here that knows the types of `proofing.face`; it needs neither models nor numpy.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from rongka.proofing.face import reasons
from rongka.proofing.face.challenge import Challenge, Pose, Turn, progress
from rongka.proofing.face.results import Frame, PersonStatus
from rongka.rulebook.verification import FaceVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rongka.proofing.face.challenge import Progress
    from rongka.proofing.face.results import Look, PersonResult
    from rongka.registers.evidence.pictures import OpenedImage

Json = dict[str, Any]
NO_PICTURE = frozenset({reasons.NOT_A_PICTURE.code, reasons.PICTURE_TOO_LARGE.code})


def challenge_as_json(challenge: Challenge) -> Json:
    """Return what a challenge asks, when it was asked, and for how long."""
    return {
        "nonce": challenge.nonce,
        "turns": [turn.value for turn in challenge.turns],
        "issued_at": challenge.issued_at.isoformat(),
        "window_seconds": challenge.window_seconds,
    }


def challenge_of(kept: Json) -> Challenge:
    """Return the challenge that was kept so."""
    return Challenge(
        nonce=kept["nonce"],
        turns=tuple(Turn(turn) for turn in kept["turns"]),
        issued_at=datetime.fromisoformat(kept["issued_at"]),
        window_seconds=kept["window_seconds"],
    )


def look_as_json(look: Look, *, at: datetime, sha256: str, size: int) -> Json:
    """Return where the head pointed in one picture and what was wrong with it."""
    pose = None if look.pose is None else {"yaw": look.pose.yaw, "pitch": look.pose.pitch}
    found = [one.code for one in look.findings]
    return {"at": at.isoformat(), "sha256": sha256, "bytes": size, "pose": pose, "findings": found}


def is_picture(look: Look) -> bool:
    """Tell whether whoever looked could read the bytes as a picture within the limits; others are not kept."""
    return not NO_PICTURE & {one.code for one in look.findings}


def in_order(looks: Iterable[Json]) -> list[Json]:
    """Return looks by the time at which their pictures came; some take longer to be looked at than others."""
    return sorted(looks, key=lambda look: datetime.fromisoformat(look["at"]))


def progress_of(challenge: Challenge, looks: Iterable[Json]) -> Progress:
    """Return how far the pictures so far have come along the challenge."""
    return progress(challenge, [_pose(look["pose"]) for look in looks])


def frames_of(opened: Sequence[OpenedImage]) -> list[Frame]:
    """Return decrypted pictures as the verifier takes them."""
    return [Frame(image=one.data, received_at=one.taken_at) for one in opened]


def verdict_of(result: PersonResult) -> FaceVerdict:
    """Return what the rule book is asked with beside `is_live`.

    Where only the challenge failed, the face is not blamed for it: nobody passes who is not live.
    """
    is_alike = result.score is None or result.score >= result.thresholds.review_at
    if result.status is PersonStatus.FAIL and not is_live(result) and is_alike:
        return FaceVerdict.REVIEW
    return FaceVerdict(result.status.value)


def is_live(result: PersonResult) -> bool:
    """Tell whether the challenge was met."""
    return result.liveness.result is PersonStatus.PASS


def reasons_of(result: PersonResult) -> list[Json]:
    """Return what the verifier found wrong, each code once."""
    found = {one.code: {"code": one.code, **as_json(one.text)} for one in (*result.reasons, *result.findings)}
    return list(found.values())


def as_json(value: object) -> Any:  # noqa: ANN401 - JSON has no type of its own
    """Return a result as plain values; findings and reasons keep the words that they had."""
    if isinstance(value, Enum | date):
        return value.value if isinstance(value, Enum) else value.isoformat()
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(as_json(key)): as_json(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, frozenset)):
        return [as_json(inner) for inner in value]
    return value


def _pose(kept: Json | None) -> Pose | None:
    return None if kept is None else Pose(yaw=kept["yaw"], pitch=kept["pitch"])
