"""The head-turn challenge: which turns are asked for, and how far a row of poses has come. Pure; needs no models.

A person looks straight ahead, makes the first turn, looks ahead again, makes the second. What is measured is the change
from the person's own straight look, since where a nose sits between eyes and mouth differs from face to face.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import permutations
from typing import Final, Protocol

WINDOW_SECONDS: Final = 10
HELD_FRAMES: Final = 2  # one frame alone may be a slip of the detector
MAX_RESTARTS: Final = 2  # otherwise a film of all turns would at some time show those that are asked for

# In estimated degrees; docs/proofing.md says how they were measured.
TURNED_YAW: Final = 15.0
TURNED_PITCH: Final = 12.0
_AHEAD_YAW: Final = 15.0  # of the first straight look: what cameras beside the screen and uneven noses add up to
_AHEAD_PITCH: Final = 60.0  # the same; faces differ so much in it that only nonsense is left out
_BACK: Final = 11.0  # of the second straight look, from the first; less than a turn
_NONCE_BYTES: Final = 16


class Turn(StrEnum):
    """Where the head turns to, as the person who turns it says: their own left."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


class Step(StrEnum):
    """What the person is to do now."""

    AHEAD = "ahead"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a head points, in estimated degrees: `yaw` above 0 to the person's own left, `pitch` above 0 upwards."""

    yaw: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """Two turns in an order, to be made within a window from `issued_at` on; `nonce` is 32 hex digits."""

    nonce: str
    turns: tuple[Turn, ...]
    issued_at: datetime
    window_seconds: int = WINDOW_SECONDS

    @property
    def ends_at(self) -> datetime:
        """The last instant at which a frame may come."""
        return self.issued_at + timedelta(seconds=self.window_seconds)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that is asked for, in its order: a straight look before each turn."""
        return tuple(step for turn in self.turns for step in (Step.AHEAD, Step(turn.value)))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a challenge is; `awaited` is None when nothing is left to do, or nothing can be done any more.

    `made_by` has for each step that was made the numbers of its frames, from 0; `baseline` the straight look.
    """

    awaited: Step | None
    is_complete: bool
    restarts: int = 0
    made_by: tuple[tuple[int, ...], ...] = ()
    baseline: Pose | None = None

    @property
    def is_over(self) -> bool:
        """Whether other turns were made too often, so that only a new challenge helps."""
        return self.restarts > MAX_RESTARTS


class _Secrets(Protocol):
    def token_hex(self, nbytes: int) -> str: ...

    def choice(self, seq: Sequence[tuple[Turn, ...]]) -> tuple[Turn, ...]: ...


def make_challenge(
    *,
    at: datetime,
    before: tuple[Turn, ...] | None = None,
    window_seconds: int = WINDOW_SECONDS,
    source: _Secrets = secrets,
) -> Challenge:
    """Draw two different turns; never those of `before` in the same order."""
    orders = [order for order in permutations(Turn, 2) if order != before]
    return Challenge(source.token_hex(_NONCE_BYTES), source.choice(orders), at, window_seconds)


def progress(challenge: Challenge, poses: Iterable[Pose | None]) -> Progress:
    """Follow the poses of all frames from the first on; None is a frame without exactly one face.

    Another turn than the awaited one, or a face that is away, begins the challenge anew; that is allowed twice.
    """
    walk = _Walk(challenge.steps)
    for number, pose in enumerate(poses):
        if walk.is_ended:
            break
        walk = walk.after(number, pose)
    return Progress(walk.awaited, walk.is_complete, walk.restarts, walk.made_by, walk.baseline)


@dataclass(frozen=True, slots=True)
class _Walk:
    steps: tuple[Step, ...]
    restarts: int = 0
    made_by: tuple[tuple[int, ...], ...] = ()
    baseline: Pose | None = None
    held: tuple[tuple[int, Pose], ...] = ()  # frames that may become the awaited step
    against: int = 0  # frames in a row that speak for a new beginning

    @property
    def is_complete(self) -> bool:
        return len(self.made_by) == len(self.steps)

    @property
    def is_ended(self) -> bool:
        return self.is_complete or self.restarts > MAX_RESTARTS

    @property
    def awaited(self) -> Step | None:
        return None if self.is_ended else self.steps[len(self.made_by)]

    def after(self, number: int, pose: Pose | None) -> "_Walk":
        """Take one frame."""
        if pose is not None and self._is_made(pose):
            return self._hold(number, pose)
        speaks_against = bool(self.made_by) and (pose is None or self._is_another(pose))
        against = self.against + 1 if speaks_against else 0
        if against == HELD_FRAMES:
            return _Walk(self.steps, restarts=self.restarts + 1)
        return replace(self, held=(), against=against)

    def _hold(self, number: int, pose: Pose) -> "_Walk":
        held = (*self.held, (number, pose))
        if len(held) < HELD_FRAMES:
            return replace(self, held=held, against=0)
        numbers = tuple(number for number, _ in held)
        return replace(
            self, made_by=(*self.made_by, numbers), baseline=self.baseline or _mean(held), held=(), against=0
        )

    def _is_made(self, pose: Pose) -> bool:
        if self.baseline is None:
            return abs(pose.yaw) <= _AHEAD_YAW and abs(pose.pitch) <= _AHEAD_PITCH
        yaw, pitch = pose.yaw - self.baseline.yaw, pose.pitch - self.baseline.pitch
        if self.awaited is Step.AHEAD:
            return abs(yaw) <= _BACK and abs(pitch) <= _BACK
        return _turned(self.awaited, yaw, pitch)

    def _is_another(self, pose: Pose) -> bool:
        """Whether the head is turned, but elsewhere; between two turns it may still be on its way back."""
        if self.baseline is None or self.awaited is Step.AHEAD:
            return False
        yaw, pitch = pose.yaw - self.baseline.yaw, pose.pitch - self.baseline.pitch
        return any(_turned(other, yaw, pitch) for other in _TURNS if other is not self.awaited)


_TURNS: Final = (Step.LEFT, Step.RIGHT, Step.UP, Step.DOWN)


def _turned(step: Step | None, yaw: float, pitch: float) -> bool:
    """Whether a change is this turn; a pitch counts only while the head is not turned sideways, which blurs it."""
    sideways, upright = abs(yaw) >= TURNED_YAW, abs(yaw) < TURNED_YAW
    return {
        Step.LEFT: sideways and yaw > 0,
        Step.RIGHT: sideways and yaw < 0,
        Step.UP: upright and pitch >= TURNED_PITCH,
        Step.DOWN: upright and pitch <= -TURNED_PITCH,
    }.get(step or Step.AHEAD, False)


def _mean(held: Sequence[tuple[int, Pose]]) -> Pose:
    count = len(held)
    return Pose(sum(pose.yaw for _, pose in held) / count, sum(pose.pitch for _, pose in held) / count)
