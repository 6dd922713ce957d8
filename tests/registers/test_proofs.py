"""Proving oneself online: the whole way, and everything that stops it, with its reason; the counter is always open."""

import uuid
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from rongka.jobs.retention import delete_due_images, lapse_proofs
from rongka.proofing.chip import ChipVerifier, TrustStore
from rongka.proofing.face.challenge import Step
from rongka.proofing.face.reasons import NOT_A_PICTURE
from rongka.proofing.face.results import Look, PersonStatus
from rongka.registers.cards.queries import standing_of, state_of
from rongka.registers.evidence.commands import check_document, give_consent
from rongka.registers.evidence.errors import ConsentMissing, ImagesDeleted
from rongka.registers.evidence.kinds import Source
from rongka.registers.evidence.models import PersonKey, StoredImage
from rongka.registers.evidence.queries import newest_check
from rongka.registers.identity import frames
from rongka.registers.identity.commands import countersign_identity, examine_identity
from rongka.registers.identity.errors import (
    ChipAgainst,
    FrameTooLarge,
    NotLookedAt,
    ProofEnded,
    ProofLate,
    ProofNotPossible,
    ReasonMissing,
    TooManyFrames,
)
from rongka.registers.identity.looking import open_image, open_images, own_pictures
from rongka.registers.identity.models import FaceProof
from rongka.registers.identity.outcomes import Outcome
from rongka.registers.identity.proving import withdraw_consent, withdraw_proof
from rongka.registers.identity.queries import open_examinations, proofs_to_review, review_case, tries_left
from rongka.registers.identity.reviewing import accept_proof, reject_proof
from rongka.registers.journal.actors import holder
from rongka.registers.journal.commands import once
from rongka.registers.journal.errors import NotFound, NotPermitted, Refused
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.people.commands import replace_passport
from rongka.registers.people.models import Passport
from rongka.registers.people.queries import person_card
from rongka.rulebook.order import State
from tests.registers.city import NOW, TODAY, City, found_city, passport
from tests.registers.online import KEYS, PORTRAIT, Online, ReadingVerifier, chip_verifier, frame, specimen
from tests.registers.test_concurrency import at_once

pytestmark = pytest.mark.usefixtures("as_application")  # with no more rights than the running application has
LATER = NOW + timedelta(hours=1)
WEEK = timedelta(days=7)


def codes(person_id) -> list[str]:
    return [one.code for one in happenings_of_person(person_id)]


def accept(officer, proof_id):
    open_images(actor=officer, at=LATER, subject_id=proof_id, keys=KEYS)
    return accept_proof(actor=officer, at=LATER, proof_id=proof_id)


def refused(proof) -> list[str]:
    return [reason.code for reason in proof.reasons]


def test_chip_and_face_lead_through_one_officers_review_to_a_verification_of_level_2(city: City):
    online = Online.admitted(city)

    proof_id = online.submit()
    submitted, waiting = standing_of(online.person_id), proofs_to_review(at=NOW)
    case = review_case(proof_id)
    with pytest.raises(NotLookedAt):
        accept_proof(actor=city.examiner, at=LATER, proof_id=proof_id)
    accept(city.examiner, proof_id)

    assert (submitted.state, [one.proof_id for one in waiting]) == (State.PROOF_SUBMITTED, [proof_id])
    assert online.verifier.portraits == [PORTRAIT]
    assert (case.result["status"], len(case.images), case.check.agrees) == ("pass", 9, True)
    verified = standing_of(online.person_id)
    assert (verified.state, verified.verification.level) == (State.VERIFIED, "L2")
    assert verified.verification.reviewed_by == city.examiner.staff_id
    assert codes(online.person_id)[-8:] == [
        "consent.given", "document.checked", "proof.started", "proof.submitted", "evidence.pictures-seen",
        "proof.accepted", "identity.verified", "evidence.pictures-deleted",
    ]  # fmt: skip
    assert not StoredImage.objects.filter(deleted_at__isnull=True).exists()
    assert not PersonKey.objects.filter(wrapped__isnull=False).exists()
    city.advance(online.person_id, to=State.CARD_CLAIMED)


def test_what_the_database_holds_of_a_face_cannot_be_read_from_it(city: City):
    online = Online.admitted(city)
    online.submit()

    with connection.cursor() as cursor:
        cursor.execute("SELECT box FROM evidence_storedimage")
        boxes = [bytes(box) for (box,) in cursor.fetchall()]
        cursor.execute("SELECT result::text || looks::text FROM identity_faceproof")
        (told,) = cursor.fetchone()

    assert len(boxes) == 9
    assert not [box for box in boxes if PORTRAIT[:20] in box or b"25 0" in box]
    assert "embedding" not in told
    assert "template" not in told


def test_the_face_is_looked_at_only_after_consent_and_a_chip_that_agrees(city: City):
    online, other = Online.admitted(city), Online.admitted(city)

    def why() -> list[str]:
        with pytest.raises(ProofNotPossible) as refusal:
            online.start()
        return [reason.code for reason in refusal.value.judgement.reasons]

    with pytest.raises(ConsentMissing):
        online.read_chip()
    assert why() == ["proof.no-consent", "proof.no-document"]
    online.consent()
    good = specimen(online.person_id).document()
    online.read_chip(specimen(other.person_id).document())
    assert why() == ["proof.document-differs"]
    online.read_chip(replace(good, dg2=None))
    assert why() == ["proof.no-portrait"]
    online.read_chip(replace(good, dg1=specimen(other.person_id).document().dg1))
    check = newest_check(online.admission_id)
    assert (check.status, check.level, check.has_portrait) == ("fail", "none", False)
    online.read_chip(good)
    assert online.start().challenge.turns
    assert state_of(online.person_id) is State.ADMITTED


def test_three_tries_a_day_then_the_counter_or_another_day(city: City):
    online = Online.admitted(city, verifier=ReadingVerifier(score=0.2))
    online.consent()
    online.read_chip()

    asked = []
    for number in range(3):
        online.show_face(at=NOW + timedelta(seconds=20 * number))
        asked.append(refused(online.proof))
    with pytest.raises(ProofNotPossible) as refusal:
        online.start(at=NOW + timedelta(minutes=2))

    assert asked == [["proof.face-differs"]] * 2 + [["proof.face-differs", "proof.no-tries-left"]]
    assert refusal.value.code == "proof.no-tries-left"
    assert "counter" in refusal.value.next_step.en
    assert tries_left(online.admission_id, at=NOW + timedelta(days=1)) == 3
    city.advance(online.person_id, to=State.EXAMINED)


def test_a_try_without_the_turns_fails_for_the_turns_and_not_for_the_face(city: City):
    online = Online.admitted(city)
    online.consent()
    online.read_chip()
    started = online.start()

    answer = online.send(started.id, frame(Step.AHEAD))
    outcome = online.finish(started.id)

    assert (answer.steps_made, answer.steps, answer.awaited) == (0, 4, Step.AHEAD)
    assert outcome is Outcome.FAILED is online.finish(started.id)
    assert refused(online.proof) == ["proof.not-live", "face.turns-not-made"]
    assert all(reason.text.zh for reason in online.proof.reasons)


def test_what_cannot_be_verified_is_no_pass(city: City):
    online = Online.admitted(city)
    online.consent()
    online.read_chip()

    online.show_face(verifier=ReadingVerifier(status=PersonStatus.CANNOT_VERIFY))

    assert refused(online.proof) == ["proof.face-cannot-be-verified"]
    assert state_of(online.person_id) is State.ADMITTED


def test_pictures_are_bounded_in_time_size_and_number_and_count_once(city: City, monkeypatch):
    monkeypatch.setattr(frames, "MOST_FRAMES", 3)  # instead of 60, to be quick
    online, other = Online.admitted(city), Online.admitted(city)
    for one in (online, other):
        one.consent()
        one.read_chip()
    started, again = online.start(), other.start()
    image = frame(Step.AHEAD)

    online.send(started.id, image)
    repeated = [online.send(started.id, image), other.send(again.id, image)]

    assert [[finding.code for finding in answer.findings] for answer in repeated] == [["proof.frame-repeated"]] * 2
    assert StoredImage.objects.filter(proof_id__isnull=False).count() == 1
    with pytest.raises(FrameTooLarge):
        online.send(started.id, bytes(300_001))
    with pytest.raises(ProofLate):
        online.send(started.id, frame(Step.AHEAD), at=NOW + timedelta(seconds=10, milliseconds=1))
    with pytest.raises(NotFound):
        other.send(started.id, frame(Step.AHEAD))
    online.send(started.id, frame(Step.AHEAD))
    online.send(started.id, frame(Step.AHEAD))
    with pytest.raises(TooManyFrames):
        online.send(started.id, frame(Step.AHEAD))


def test_nothing_is_locked_while_a_picture_is_looked_at_and_only_pictures_of_an_unfinished_try_are_kept(
    city: City, monkeypatch
):
    online = Online.admitted(city)
    online.consent()
    online.read_chip()
    started, depth = online.start(), len(connection.savepoint_ids)
    seen, look = [], ReadingVerifier.look

    def looked(verifier, image):
        seen.append(len(connection.savepoint_ids))
        return Look((NOT_A_PICTURE,)) if image == b"no picture" else look(verifier, image)

    monkeypatch.setattr(ReadingVerifier, "look", looked)

    (finding,) = online.send(started.id, b"no picture").findings
    kept = StoredImage.objects.filter(proof_id=started.id)
    assert (finding.code, kept.count()) == ("face.not-a-picture", 0)
    for step in started.challenge.steps:
        online.send(started.id, frame(step))
        answer = online.send(started.id, frame(step))
    after = online.send(started.id, frame(Step.AHEAD))
    assert (answer.is_complete, after.is_complete, kept.count(), set(seen)) == (True, True, 8, {depth})

    monkeypatch.setattr(frames, "MOST_BYTES", 20)
    again = online.start(at=LATER)
    online.send(again.id, frame(Step.AHEAD), at=LATER)
    with pytest.raises(TooManyFrames):
        online.send(again.id, bytes(20), at=LATER)


def test_the_same_turns_are_not_asked_twice_in_a_row_and_a_double_click_starts_once(city: City):
    online = Online.admitted(city)
    online.consent()
    online.read_chip()

    first, same = online.start(), online.start(at=NOW + timedelta(seconds=1))
    second = online.start(at=NOW + timedelta(seconds=30))

    assert (same.id, same.challenge) == (first.id, first.challenge)
    assert second.id != first.id
    assert second.challenge.turns != first.challenge.turns
    assert tries_left(online.admission_id, at=LATER) == 1


@pytest.mark.parametrize("withdraw", ["proof", "consent"])
def test_what_was_handed_in_can_be_taken_back_and_its_pictures_are_gone(city: City, withdraw):
    online = Online.admitted(city)
    proof_id = online.submit()

    if withdraw == "proof":
        withdraw_proof(actor=online.actor, at=LATER, proof_id=proof_id)
    else:
        withdraw_consent(actor=online.actor, at=LATER, admission_id=online.admission_id)

    assert (online.proof.outcome, state_of(online.person_id)) == (Outcome.WITHDRAWN, State.ADMITTED)
    assert not StoredImage.objects.filter(deleted_at__isnull=True).exists()
    with pytest.raises(ProofEnded) as ended:
        accept_proof(actor=city.examiner, at=LATER, proof_id=proof_id)
    assert ended.value.officer_id is None
    city.advance(online.person_id, to=State.EXAMINED)


def test_a_rejection_says_why_and_both_ways_are_open_again(city: City):
    online = Online.admitted(city)
    proof_id = online.submit()

    with pytest.raises(ReasonMissing):
        reject_proof(actor=city.examiner, at=LATER, proof_id=proof_id, reasons=("because",))
    reject_proof(actor=city.examiner, at=LATER, proof_id=proof_id, reasons=("review-face-not-clear",))

    (reason,) = online.proof.reasons
    assert (reason.code, online.proof.outcome) == ("review-face-not-clear", Outcome.REJECTED)
    assert "counter" in reason.next_step.en
    assert StoredImage.objects.filter(deleted_at__isnull=True).count() == 9
    with pytest.raises(ProofEnded) as ended:
        accept_proof(actor=city.countersigner, at=LATER, proof_id=proof_id)
    assert (ended.value.officer_id, ended.value.at) == (city.examiner.staff_id, LATER)
    online.show_face(at=LATER)
    assert state_of(online.person_id) is State.PROOF_SUBMITTED


def test_a_review_that_comes_too_late_is_refused_and_the_job_ends_the_wait(city: City):
    online = Online.admitted(city)
    proof_id = online.submit()
    late = NOW + WEEK + timedelta(milliseconds=1)

    with pytest.raises(ProofEnded):
        accept_proof(actor=city.examiner, at=late, proof_id=proof_id)
    assert [len(proofs_to_review(at=at)) for at in (NOW + WEEK, late)] == [1, 0]
    ended = [lapse_proofs(at=NOW + WEEK), lapse_proofs(at=late), lapse_proofs(at=late)]

    assert ended == [0, 1, 0]
    assert (online.proof.outcome, state_of(online.person_id)) == (Outcome.LAPSED, State.ADMITTED)
    assert delete_due_images(at=late) == 1  # the portrait; no picture outlives its week by being reviewed
    assert delete_due_images(at=late + timedelta(seconds=9)) == 8


def test_what_nobody_reviewed_in_time_keeps_neither_counter_nor_holder_waiting_for_the_job(city: City, caplog):
    at_counter, again, other = (Online.admitted(city) for _ in range(3))
    for one in (at_counter, again, other):
        one.submit()
    late = NOW + WEEK + timedelta(minutes=1)
    mrz = person_card(at_counter.person_id).mrz

    examine_identity(actor=city.examiner, at=late, admission_id=at_counter.admission_id, mrz=mrz)
    again.read_chip(at=late)
    again.start(at=late)
    FaceProof.objects.filter(person_id=at_counter.person_id).update(outcome=Outcome.SUBMITTED, ended_at=None)

    assert (at_counter.proof.outcome, lapse_proofs(at=late)) == (Outcome.SUBMITTED, 1)
    assert other.proof.outcome is Outcome.LAPSED
    assert "could not be ended" in caplog.text


def test_a_consent_that_was_given_anew_during_a_try_carries_a_new_try(city: City):
    online = Online.admitted(city)
    online.consent()
    online.read_chip()
    started = online.start()
    give_consent(actor=online.actor, at=NOW, admission_id=online.admission_id, language="zh-Hans", text_version="1")
    for step in started.challenge.steps:
        online.send(started.id, frame(step))
        online.send(started.id, frame(step))

    assert online.finish(started.id) is Outcome.FAILED
    assert refused(online.proof) == ["proof.no-consent"]
    online.show_face(at=LATER)
    assert online.proof.outcome is Outcome.SUBMITTED


def test_pictures_that_are_gone_cannot_have_been_compared(city: City):
    online = Online.admitted(city)
    proof_id = online.submit()
    StoredImage.objects.filter(kind="portrait").update(box=None, deleted_at=NOW)

    with pytest.raises(ImagesDeleted):
        accept_proof(actor=city.examiner, at=LATER, proof_id=proof_id)


def test_an_expired_passport_is_neither_compared_nor_accepted(city: City):
    online, late = Online.admitted(city), Online.admitted(city)
    proof_id = online.submit()
    late.consent()
    late.read_chip()
    for one in (online, late):
        Passport.objects.filter(person_id=one.person_id).update(expires_on=TODAY - timedelta(days=1))

    for attempt in (partial(accept_proof, actor=city.examiner, at=LATER, proof_id=proof_id), late.start):
        with pytest.raises(ProofNotPossible) as refusal:
            attempt()
        assert refusal.value.code == "proof.document-expired"


def test_a_portrait_that_goes_before_a_review_could_be_had_is_read_again(city: City):
    online = Online.admitted(city)
    reject_proof(actor=city.examiner, at=LATER, proof_id=online.submit(), reasons=("review-face-not-clear",))

    with pytest.raises(ProofNotPossible) as refusal:
        online.start(at=NOW + timedelta(days=5, minutes=1))
    assert refusal.value.code == "proof.chip-read-too-long-ago"
    online.show_face(at=NOW + timedelta(days=5))
    assert online.proof.outcome is Outcome.SUBMITTED


def test_a_passport_that_was_replaced_meanwhile_carries_no_verification(city: City):
    online = Online.admitted(city)
    proof_id = online.submit()
    new = {"actor": city.employer, "person_id": online.person_id, "passport": passport()}

    replace_passport(at=LATER, on=TODAY, **new)

    with pytest.raises(ProofNotPossible) as refusal:
        accept_proof(actor=city.examiner, at=LATER, proof_id=proof_id)
    assert refusal.value.code == "proof.passport-replaced"
    withdraw_proof(actor=online.actor, at=LATER, proof_id=proof_id)
    with pytest.raises(ProofNotPossible) as refusal:
        online.start(at=LATER)
    assert refusal.value.code == "proof.no-document"


def test_only_a_counters_officer_reviews_and_only_what_waits(city: City):
    online = Online.admitted(city)
    online.consent()
    online.read_chip()
    started = online.start()

    with pytest.raises(NotFound):
        accept_proof(actor=city.examiner, at=NOW, proof_id=started.id)
    for actor in (city.authority, city.border, online.actor):
        with pytest.raises(NotPermitted):
            accept_proof(actor=actor, at=NOW, proof_id=started.id)
    with pytest.raises(NotFound):
        online.finish(uuid.uuid4())


def test_counter_and_online_do_not_cross(city: City):
    online, at_counter = Online.admitted(city), Online.admitted(city)
    online.submit()
    mrz = person_card(online.person_id).mrz

    with pytest.raises(Refused) as refusal:
        examine_identity(actor=city.examiner, at=LATER, admission_id=online.admission_id, mrz=mrz)
    at_counter.consent()
    at_counter.read_chip()
    started = at_counter.start()
    city.advance(at_counter.person_id, to=State.EXAMINED)
    for step in started.challenge.steps:
        at_counter.send(started.id, frame(step))
        at_counter.send(started.id, frame(step))
    with pytest.raises(Refused):
        at_counter.finish(started.id)
    with pytest.raises(Refused):
        at_counter.start(at=LATER)

    assert refusal.value.code == "order.not-yet"
    assert state_of(at_counter.person_id) is State.EXAMINED


def test_every_look_at_pictures_is_recorded_once_and_the_holder_sees_it(city: City):
    online = Online.admitted(city)
    proof_id = online.submit()
    look = partial(open_images, subject_id=proof_id, keys=KEYS)

    images = look(actor=city.examiner, at=NOW)
    one = open_image(actor=city.examiner, at=NOW, subject_id=proof_id, image_id=images[3].id, keys=KEYS)
    look(actor=city.examiner, at=LATER)
    look(actor=city.countersigner, at=NOW)
    own = own_pictures(actor=online.actor, at=NOW, keys=KEYS)

    assert [image.data for image in images][:1] == [PORTRAIT]
    assert (one.data, len(own)) == (images[3].data, 9)
    looks = [one for one in happenings_of_person(online.person_id) if one.code == "evidence.pictures-seen"]
    assert [one.staff_id for one in looks] == [
        city.examiner.staff_id, city.countersigner.staff_id, None, city.examiner.staff_id,
    ]  # fmt: skip
    with pytest.raises(NotPermitted):
        look(actor=city.authority, at=NOW)
    accept_proof(actor=city.examiner, at=LATER, proof_id=proof_id)
    with pytest.raises(NotFound):
        look(actor=city.examiner, at=LATER)


@pytest.mark.parametrize(
    ("changed", "level"), [("clone checked", "L3"), ("not answered", "officer_dual"), ("unknown root", "officer_dual")]
)
def test_a_chip_at_the_counter_makes_level_3_when_it_is_no_copy(city: City, changed, level):
    online = Online.admitted(city)
    passport = specimen(online.person_id)
    files = passport.document(answer=passport.answer(bytes(8)) if changed == "clone checked" else None)
    trust = chip_verifier() if changed != "unknown root" else without_roots()

    check_id = online.read_chip(files, actor=city.examiner, source=Source.COUNTER, verifier=trust)
    shown = open_images(actor=city.countersigner, at=NOW, subject_id=check_id, keys=KEYS)
    with pytest.raises(NotFound):
        open_images(actor=found_city().examiner, at=NOW, subject_id=check_id, keys=KEYS)
    city.advance(online.person_id, to=State.EXAMINED)
    city.advance(online.person_id, to=State.VERIFIED)

    assert standing_of(online.person_id).verification.level == level
    assert [image.data for image in shown] == ([] if changed == "unknown root" else [PORTRAIT])
    assert not StoredImage.objects.filter(deleted_at__isnull=True).exists()


def without_roots():
    return ChipVerifier(TrustStore.of_certificates([], version="none", dated_on=NOW.date()))


def test_two_officers_do_not_overrule_a_chip_of_somebody_else(city: City):
    online, other = Online.admitted(city), Online.admitted(city)
    files = specimen(other.person_id).document()
    online.read_chip(files, actor=city.examiner, source=Source.COUNTER)
    city.advance(online.person_id, to=State.EXAMINED)
    examination = open_examinations([online.admission_id])[online.admission_id]

    with pytest.raises(ChipAgainst) as refusal:
        countersign_identity(actor=city.countersigner, at=NOW, examination_id=examination.id)

    assert "passport number" in refusal.value.text.en
    online.read_chip(actor=city.examiner, source=Source.COUNTER, at=NOW, verifier=without_roots())
    online.read_chip(actor=found_city().examiner, source=Source.COUNTER, at=NOW)
    with pytest.raises(ChipAgainst):
        countersign_identity(actor=city.countersigner, at=NOW, examination_id=examination.id)
    online.read_chip(actor=city.examiner, source=Source.COUNTER, at=LATER)
    countersign_identity(actor=city.countersigner, at=NOW, examination_id=examination.id)


def test_a_check_that_is_sent_twice_is_made_once_whoever_verifies(city: City):
    online = Online.admitted(city)
    online.consent()
    files = specimen(online.person_id).document()

    def send():
        command = partial(check_document, verifier=without_roots(), keys=KEYS)
        wanted = {"admission_id": online.admission_id, "files": files, "source": Source.WALLET}
        return once(command, actor=holder(online.person_id), at=NOW, key="k", **wanted)

    assert send() == send()


@pytest.mark.django_db(transaction=True)
def test_a_face_is_submitted_once_and_not_while_a_counter_examines():
    city = found_city()
    online = Online.admitted(city)
    online.consent()
    online.read_chip()
    started = online.start()
    for step in started.challenge.steps:
        online.send(started.id, frame(step))
        online.send(started.id, frame(step))
    mrz, admission_id = person_card(online.person_id).mrz, online.admission_id
    examine = partial(examine_identity, actor=city.examiner, at=NOW, admission_id=admission_id, mrz=mrz)

    results = at_once(*[partial(online.finish, started.id)] * 3, examine)

    was_submitted = codes(online.person_id).count("proof.submitted")
    assert (was_submitted, codes(online.person_id).count("identity.examined")) in {(1, 0), (0, 1)}
    assert sum(isinstance(result, Refused) for result in results) == (1 if was_submitted else 3)
    assert results.count(Outcome.SUBMITTED) == (3 if was_submitted else 0)


@pytest.mark.django_db(transaction=True)
def test_two_officers_decide_one_proof_once():
    city = found_city()
    online = Online.admitted(city)
    proof_id = online.submit()
    open_images(actor=city.examiner, at=LATER, subject_id=proof_id, keys=KEYS)
    calls = [
        partial(accept_proof, actor=city.examiner, at=LATER, proof_id=proof_id),
        partial(reject_proof, actor=city.countersigner, at=LATER, proof_id=proof_id, reasons=("review-not-alone",)),
        partial(withdraw_proof, actor=online.actor, at=LATER, proof_id=proof_id),
    ]

    results = at_once(*calls * 2)

    assert sum(isinstance(result, uuid.UUID) for result in results) == 1
    assert sum(isinstance(result, ProofEnded) for result in results) == 5
