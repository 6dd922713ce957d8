"""The head-turn challenge: what counts as done, in which order, and what begins it anew."""

import random
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from rongka.proofing.face.challenge import MAX_RESTARTS, Challenge, Pose, Step, Turn, make_challenge, progress

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OWN = Pose(yaw=-6, pitch=20)  # this person's straight look; no face reads as zero
POSES = {
    "ahead": OWN,
    "left": Pose(OWN.yaw + 20, OWN.pitch + 9),
    "right": Pose(OWN.yaw - 20, OWN.pitch - 12),
    "up": Pose(OWN.yaw + 3, OWN.pitch + 13),
    "down": Pose(OWN.yaw - 3, OWN.pitch - 13),
    "away": None,
}


class Dice:
    """A source of chance that can be repeated."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)
        self.choice = self._random.choice

    def token_hex(self, nbytes: int) -> str:
        return self._random.randbytes(nbytes).hex()


def asked(*turns: str) -> Challenge:
    return Challenge("00" * 16, tuple(Turn(turn) for turn in turns), AT)


def after(challenge: Challenge, row: str):
    return progress(challenge, [POSES[name] for name in row.split()])


def test_all_twelve_orders_are_drawn_about_as_often_and_never_the_last_one():
    before = (Turn.UP, Turn.LEFT)

    drawn = [make_challenge(at=AT, before=before, source=Dice(seed)) for seed in range(1_100)]

    counts = Counter(challenge.turns for challenge in drawn)
    assert len(counts) == 11
    assert before not in counts
    assert min(counts.values()) > 60
    assert len({challenge.nonce for challenge in drawn}) == 1_100
    assert {len(challenge.nonce) for challenge in drawn} == {32}
    assert make_challenge(at=AT).ends_at == AT + timedelta(seconds=10)


@pytest.mark.parametrize(("first", "second"), [("left", "right"), ("up", "left"), ("down", "up"), ("right", "down")])
def test_turns_in_their_order_complete_it(first, second):
    found = after(asked(first, second), f"away ahead ahead {first} {first} {first} ahead ahead {second} {second} ahead")

    assert found.is_complete
    assert found.awaited is None
    assert found.made_by == ((1, 2), (3, 4), (6, 7), (8, 9))
    assert found.restarts == 0


@pytest.mark.parametrize(
    ("row", "awaited"),
    [
        ("", Step.AHEAD),
        ("ahead", Step.AHEAD),
        ("ahead ahead", Step.LEFT),
        ("ahead ahead left", Step.LEFT),
        ("ahead ahead left ahead left", Step.LEFT),  # one frame alone may be a slip
        ("ahead ahead left left", Step.AHEAD),
        ("ahead ahead left left left left", Step.AHEAD),
        ("ahead ahead left left up up ahead ahead", Step.UP),
        ("away left away", Step.AHEAD),
    ],
)
def test_the_awaited_step_is_told(row, awaited):
    found = after(asked("left", "up"), row)

    assert found.awaited is awaited
    assert not found.is_complete


@pytest.mark.parametrize("wrong", ["right right", "up up", "away away"])
def test_another_turn_or_a_face_that_goes_away_begins_anew(wrong):
    found = after(asked("left", "up"), f"ahead ahead {wrong}")

    assert (found.awaited, found.restarts, found.made_by) == (Step.AHEAD, 1, ())


def test_a_film_of_all_turns_is_over_before_the_right_ones_come():
    found = after(asked("down", "up"), "ahead ahead left left ahead ahead right right ahead ahead up up " * 3)

    assert found.is_over
    assert found.restarts == MAX_RESTARTS + 1
    assert found.awaited is None
    assert not found.is_complete


def test_the_other_order_is_no_pass():
    assert not after(asked("left", "right"), "ahead ahead right right ahead ahead left left ahead").is_complete


def test_nobody_who_holds_still_ever_completes_it():
    trembling = random.Random(7)
    poses = [Pose(trembling.gauss(0, 2.5), trembling.gauss(0, 3.5)) for _ in range(60)]

    assert not any(progress(make_challenge(at=AT, source=Dice(seed)), poses).is_complete for seed in range(50))


def test_whoever_only_asks_needs_no_models():
    code = "import sys, rongka.proofing.face.results; sys.exit(bool({'numpy', 'cv2', 'PIL'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
