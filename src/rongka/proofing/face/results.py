"""What a verifier of persons is asked and what it answers. Needs no models: an agency's own service answers so too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from rongka.proofing.errors import FaceReason
from rongka.proofing.face.challenge import Challenge, Pose, Turn


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of the camera, unmirrored, as it came (JPEG or PNG), and the aware instant when it came."""

    image: bytes
    received_at: datetime


class PersonStatus(StrEnum):
    """`CANNOT_VERIFY` is never a pass: nothing is proved, nothing is refuted. `REVIEW` is for an officer's eyes."""

    PASS = "pass"  # noqa: S105  # no password
    REVIEW = "review"
    FAIL = "fail"
    CANNOT_VERIFY = "cannot_verify"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Cosines between -1 and 1 from which on two pictures count as one person; uncalibrated starting values.

    From `pass_at` the match passes, from `review_at` an officer decides. Neighbouring frames of one try must reach
    `neighbour_at`, and every compared frame, turned or not, `turned_at` against the portrait.
    """

    pass_at: float = 0.45
    review_at: float = 0.363  # what the authors of the SFace model recommend; their data, not ours
    neighbour_at: float = 0.3
    turned_at: float = 0.2


@dataclass(frozen=True, slots=True)
class Liveness:
    """Whether somebody did what was asked, and by which method; `certified` only after a test by ISO/IEC 30107-3."""

    method: str
    result: PersonStatus
    certified: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame shows, without asking whose face it is; numbers are None when there is not exactly one face.

    `pose` in estimated degrees; `brightness` of the face 0 to 255; `sharpness` the variance of the Laplacian of the
    face at one size and contrast; `width` of the face as a share of the picture's.
    """

    findings: tuple[FaceReason, ...]
    pose: Pose | None = None
    brightness: float | None = None
    sharpness: float | None = None
    width: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonResult:
    """The answer about one person; hashes are SHA-256 in hex. It holds no template and no picture.

    `score` is the cosine between the portrait and the face that looks straight ahead, None when they were not compared.
    `reasons` say why it is no pass; `findings` what was wrong with single frames, each once.
    """

    status: PersonStatus
    score: float | None
    thresholds: Thresholds
    liveness: Liveness
    findings: tuple[FaceReason, ...]
    reasons: tuple[FaceReason, ...]
    model_hashes: tuple[str, ...]
    frame_hashes: tuple[str, ...]
    method: str


class PersonVerifier(Protocol):
    """Tells whether a living person is the one in a portrait. Never raises for what pictures hold."""

    def start(self, *, at: datetime, before: tuple[Turn, ...] | None = None) -> Challenge:
        """Make a challenge as of `at`; one that asks for the turns `before` in the same order is not made."""
        ...

    def look(self, frame: bytes) -> Look:
        """Say what one frame shows; nobody's identity is asked."""
        ...

    def verify(self, *, challenge: Challenge, portrait: bytes, frames: Sequence[Frame], at: datetime) -> PersonResult:
        """Compare a portrait with all frames that came for a challenge, in their order, as of `at`."""
        ...
