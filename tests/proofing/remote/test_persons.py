"""A provider's word on a face: the same rules as on a chip, and a pass must be one by the provider's own numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rongka.config.provider import HttpsTransport
from rongka.proofing.errors import FaceReason
from rongka.proofing.face.challenge import Challenge, Pose, Turn
from rongka.proofing.face.results import Frame, Liveness, Look, PersonResult, PersonStatus, Thresholds
from rongka.proofing.face.verifying import BuiltInPersonVerifier
from rongka.proofing.remote import Provider, ProviderKeys, RemotePersonVerifier
from rongka.text import Text
from tests.peers.agency import NAME, Agency
from tests.proofing.face import motion

REASON = FaceReason("face.unsure", Text("不确定", "unsure"))


class Answering:
    """Stands for what an agency compares faces with: says what it was told to say."""

    result = PersonResult(
        status=PersonStatus.PASS,
        score=0.62,
        thresholds=Thresholds(),
        liveness=Liveness(method="turns", result=PersonStatus.PASS),
        findings=(),
        reasons=(),
        model_hashes=("ab" * 32,),
        frame_hashes=(),
        method="theirs",
    )

    def look(self, frame):
        return Look((REASON,), Pose(1.5, -2.0), 120.0, 80.5, None) if frame == b"a face" else Look((REASON,))

    def verify(self, **asked):
        self.asked = asked
        return self.result


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with Agency(tmp_path_factory.mktemp("agency"), persons=Answering()) as agency:
        yield agency


@pytest.fixture
def agency(running):
    running.be_well_behaved()
    running.persons.result = Answering.result
    return running


@pytest.fixture
def verifier(agency):
    transport = HttpsTransport.to(agency.url, roots=str(agency.ca_file))
    keys = ProviderKeys.of_jwks(agency.jwks)
    return RemotePersonVerifier(Provider(name=NAME, asked_by="us", keys=keys, transport=transport))


def verify(verifier):
    now = datetime.now(UTC)
    challenge = verifier.start(at=now - timedelta(seconds=6))
    frames = [Frame(b"frame %d" % number, now - timedelta(seconds=5 - number)) for number in range(3)]
    return verifier.verify(challenge=challenge, portrait=b"portrait", frames=frames, at=now), challenge, frames


def test_a_provider_is_asked_about_the_challenge_that_we_made(agency, verifier):
    result, challenge, frames = verify(verifier)

    asked = agency.persons.asked
    assert (asked["challenge"], asked["portrait"], asked["frames"]) == (challenge, b"portrait", frames)
    assert replace(result, method="theirs", frame_hashes=()) == Answering.result
    assert (len(set(result.frame_hashes)), result.method) == (3, "https://agency.example: theirs")


def test_the_same_turns_are_not_asked_for_twice_in_a_row(verifier):
    before = (Turn.LEFT, Turn.UP)

    drawn = {verifier.start(at=datetime.now(UTC), before=before).turns for _ in range(60)}

    assert before not in drawn
    assert isinstance(verifier.start(at=datetime.now(UTC)), Challenge)


def test_one_frame_is_looked_at_for_guidance(agency, verifier):
    look = verifier.look(b"a face")
    agency.send = lambda handler, _token: handler.reply(503, b"")
    away = verifier.look(b"a face")

    assert (look.pose, look.brightness, look.width, look.findings) == (Pose(1.5, -2.0), 120.0, None, (REASON,))
    assert [row.code for row in away.findings] == ["remote.failed"]
    assert away.pose is None


@pytest.mark.parametrize(
    "changes",
    [
        {"score": 0.4},
        {"score": None},
        {"score": 1.2},
        {"reasons": (REASON,)},
        {"liveness": Liveness(method="turns", result=PersonStatus.REVIEW)},
        {"thresholds": Thresholds(pass_at=0.3, review_at=0.4)},
        {"status": PersonStatus.REVIEW},
        {"status": PersonStatus.REVIEW, "reasons": (REASON,), "score": 0.1},
        {"status": PersonStatus.FAIL},
    ],
)
def test_an_answer_that_contradicts_itself_verifies_nobody(agency, verifier, changes):
    agency.persons.result = replace(Answering.result, **changes)

    assert reasons_of(verify(verifier)[0]) == ["remote.contradiction"]


def test_a_review_and_a_failure_come_back_as_they_are(agency, verifier):
    for status, score in ((PersonStatus.REVIEW, 0.4), (PersonStatus.FAIL, None), (PersonStatus.CANNOT_VERIFY, None)):
        agency.persons.result = replace(Answering.result, status=status, score=score, reasons=(REASON,))
        assert verify(verifier)[0].status is status


def without(name):
    return lambda claims: claims | {"result": {key: row for key, row in claims["result"].items() if key != name}}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda claims: claims | {"iat": claims["iat"] - 3_600}, "remote.not-in-time"),
        (lambda claims: claims | {"request_sha256": "0" * 64}, "remote.other-request"),
        (without("liveness"), "remote.malformed"),
        (without("thresholds"), "remote.malformed"),
        (lambda claims: claims | {"result": claims["result"] | {"score": "high"}}, "remote.malformed"),
    ],
)
def test_an_answer_that_does_not_count_verifies_nobody(agency, verifier, change, code):
    agency.change = change

    assert reasons_of(verify(verifier)[0]) == [code]


def reasons_of(result):
    assert (result.status, result.score) == (PersonStatus.CANNOT_VERIFY, None)
    assert result.liveness.result is PersonStatus.CANNOT_VERIFY
    assert len(result.frame_hashes) == 3
    return [row.code for row in result.reasons]


def test_an_agency_may_compare_faces_with_the_built_in_verifier(tmp_path):
    built_in = BuiltInPersonVerifier(motion.engine())
    challenge = built_in.start(at=datetime.now(UTC) - timedelta(seconds=8))
    since = challenge.issued_at
    rows = enumerate(motion.film(challenge.turns))
    frames = [Frame(image, since + timedelta(seconds=1 + number / 4)) for number, image in rows]
    with Agency(tmp_path, persons=built_in) as agency:
        transport = HttpsTransport.to(agency.url, roots=str(agency.ca_file))
        keys = ProviderKeys.of_jwks(agency.jwks)
        verifier = RemotePersonVerifier(Provider(name=NAME, asked_by="us", keys=keys, transport=transport))
        case = {"challenge": challenge, "portrait": frames[0].image, "at": datetime.now(UTC)}
        result = verifier.verify(frames=frames, **case)
        replayed = verifier.verify(frames=[*frames, frames[-1]], **case)

    assert (result.status, result.thresholds) == (PersonStatus.PASS, built_in.thresholds)
    assert result.model_hashes == built_in.engine.model_hashes
    assert [reason.code for reason in replayed.reasons] == ["face.repeated"]
