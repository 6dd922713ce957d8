"""Who passes as the person in a portrait, and what is refused although it nearly looks right."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import cv2
import numpy as np
import pytest

from rongka.proofing.face.challenge import Challenge, Turn
from rongka.proofing.face.results import Frame, PersonResult, PersonStatus, Thresholds
from rongka.proofing.face.verifying import BuiltInPersonVerifier
from tests.proofing.face.motion import engine, film, frame, grained, jpeg, portrait, posing, stranger, tilted

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHALLENGE = Challenge("5a" * 16, (Turn.LEFT, Turn.UP), AT)
NOW = AT + timedelta(seconds=9)


def verifier(**thresholds: float) -> BuiltInPersonVerifier:
    return BuiltInPersonVerifier(engine(), Thresholds(**thresholds))


@cache
def own_portrait() -> bytes:
    """The passport's picture: brighter, smaller, from a little nearer."""
    nearer = portrait()[20:260, 80:340]
    return jpeg(cv2.convertScaleAbs(nearer, alpha=1.1, beta=10), quality=70)


def as_frames(images: list[bytes], *, after: float = 0.5, every: float = 0.9) -> list[Frame]:
    return [Frame(image, AT + timedelta(seconds=after + every * place)) for place, image in enumerate(images)]


def verify(images: list[bytes], *, portrait: bytes | None = None, times=None, **thresholds: float) -> PersonResult:
    frames = as_frames(images, **(times or {}))
    return verifier(**thresholds).verify(
        challenge=CHALLENGE, portrait=portrait or own_portrait(), frames=frames, at=NOW
    )


def codes(result: PersonResult) -> list[str]:
    return [reason.code for reason in result.reasons]


def test_a_person_who_makes_the_turns_passes():
    result = verify(film(CHALLENGE.turns))

    assert result.status is PersonStatus.PASS
    assert result.score > 0.8
    assert (result.liveness.result, result.liveness.certified) == (PersonStatus.PASS, False)
    assert result.reasons == ()
    assert len(result.frame_hashes) == len(set(result.frame_hashes)) == 8
    assert len(result.model_hashes) == 2


@pytest.mark.parametrize(
    ("review_at", "status", "code"),
    [(0.363, PersonStatus.FAIL, "face.differs"), (-0.9, PersonStatus.REVIEW, "face.unsure")],
)
def test_another_person_is_refused_and_between_the_thresholds_an_officer_decides(review_at, status, code):
    result = verify(film(CHALLENGE.turns), portrait=jpeg(stranger()), turned_at=-1, review_at=review_at)

    assert (result.status, codes(result)) == (status, [code])
    assert result.score < 0.2


def test_frames_of_another_person_in_the_middle_are_refused():
    images = film(CHALLENGE.turns)
    images[2:4] = [jpeg(grained(stranger(30), number)) for number in (2, 3)]

    result = verify(images)

    assert (result.status, codes(result)) == (PersonStatus.FAIL, ["face.another-person"])
    assert result.score is None


def test_a_second_face_is_refused():
    images = film(CHALLENGE.turns)
    images.insert(4, jpeg(np.concatenate([portrait(), portrait()], axis=1)))

    assert codes(verify(images, times={"every": 0.8})) == ["face.several"]


@pytest.mark.parametrize(
    ("images", "found"),
    [
        pytest.param(film(["up", "left"]), "", id="the other order"),
        pytest.param([frame("ahead", number) for number in range(10)], "", id="no turn"),
        pytest.param(
            [jpeg(np.full((240, 320, 3), grey, np.uint8)) for grey in range(90, 99)], "face.none", id="nobody"
        ),
        pytest.param([bytes([number]) * 99 for number in range(9)], "face.not-a-picture", id="no pictures"),
    ],
)
def test_turns_that_were_not_made_are_refused(images, found):
    result = verify(images, times={"every": 0.8})

    assert (result.status, codes(result)) == (PersonStatus.FAIL, ["face.turns-not-made"])
    assert [finding.code for finding in result.findings] == ([found] if found else [])


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ({"every": 1.3}, "face.late"),
        ({"after": -0.1}, "face.before-challenge"),
        ({"after": 9, "every": -0.9}, "face.out-of-order"),
    ],
)
def test_frames_at_other_times_are_refused(times, code):
    assert code in codes(verify(film(CHALLENGE.turns), times=times))


def test_too_few_too_many_and_repeated_frames_are_refused():
    images = film(CHALLENGE.turns)

    assert codes(verify(images[:7])) == ["face.too-few-frames"]
    assert codes(verify([str(number).encode() for number in range(61)], times={"every": 0.1})) == [
        "face.too-many-frames"
    ]
    assert codes(verify([*images, images[0]], times={"every": 0.8})) == ["face.repeated"]


def test_a_portrait_that_shows_nobody_cannot_be_verified():
    result = verify(film(CHALLENGE.turns), portrait=jpeg(np.zeros((200, 200, 3), np.uint8)))

    assert (result.status, codes(result)) == (PersonStatus.CANNOT_VERIFY, ["face.portrait-unusable"])


def test_a_flat_picture_that_is_tilted_until_it_reads_as_turned_is_refused():
    sheet = portrait()[0:260, 80:340]
    looks = [sheet, tilted(sheet, 50, 0), sheet, tilted(sheet, 0, -50)]
    images = [jpeg(grained(looks[number // 2], number)) for number in range(8)]
    challenge = replace(CHALLENGE, turns=(Turn.RIGHT, Turn.UP))

    result = verifier().verify(challenge=challenge, portrait=own_portrait(), frames=as_frames(images), at=NOW)

    assert (result.status, codes(result)) == (PersonStatus.FAIL, ["face.flat"])


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        pytest.param(lambda: (portrait() * 0.1).astype(np.uint8), "face.too-dark", id="dark"),
        pytest.param(lambda: cv2.convertScaleAbs(portrait(), alpha=0.3, beta=190), "face.too-bright", id="bright"),
        pytest.param(lambda: cv2.GaussianBlur(portrait(), (0, 0), 2), "face.blurred", id="blurred"),
        pytest.param(lambda: cv2.resize(portrait(), None, fx=0.5, fy=0.5), "face.too-far", id="far"),
        pytest.param(lambda: cv2.resize(portrait()[60:140, 170:250], (400, 400)), "face.too-close", id="close"),
        pytest.param(lambda: np.ascontiguousarray(portrait()[:, :205]), "face.cut-off", id="cut off"),
    ],
)
def test_a_frame_that_is_hard_to_judge_says_what_to_do(picture, code):
    assert code in [finding.code for finding in verifier().look(jpeg(picture())).findings]


def test_a_good_frame_has_no_finding_and_its_numbers():
    look = verifier().look(jpeg(posing("ahead")))

    assert look.findings == ()
    assert 100 < look.brightness < 200
    assert 0.2 < look.width < 0.3
    assert look.sharpness > 50
