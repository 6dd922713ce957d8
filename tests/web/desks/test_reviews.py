"""The review desk: evidence on one page, one decision, once."""

import re
import struct
from datetime import timedelta
from zlib import crc32

import pytest
from django.utils import timezone

from rongka.registers.cards.queries import state_of
from rongka.registers.evidence.models import StoredImage
from rongka.registers.identity.proving import withdraw_proof
from rongka.registers.identity.queries import verification_of
from rongka.registers.journal.actors import holder
from rongka.registers.journal.queries import happenings_of_person
from rongka.rulebook.order import State
from tests.registers.city import NOW, passport
from tests.web.desks.faces import grey_picture, submit_proof
from tests.web.desks.reading import confirmed, text_of

LIST = "/en/desk/reviews/"


@pytest.fixture
def person(city):
    return city.person_at(State.ADMITTED, data=passport("MÜLLER", "ANNA MARIA"))


@pytest.fixture
def proof(person):
    return submit_proof(person)


def looks_at(person_id):
    return [one for one in happenings_of_person(person_id) if one.code == "evidence.pictures-seen"]


def pictures_on(page):
    return re.findall(r'<img src="([^"]+[.]jpg)"', page.content.decode())


def test_the_list_says_who_waits_while_there_is_time_to_review(city, desk, proof, monkeypatch):
    browser = desk(city.examiner)

    page = text_of(browser.get(LIST))
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=9))
    later = text_of(desk(city.examiner).get(LIST))

    assert "MÜLLER, ANNA MARIA" in page
    assert "To review" in page
    assert "MÜLLER" not in later


def test_all_evidence_stands_on_one_page_and_says_what_it_does_not_prove(city, desk, person, proof):
    browser = desk(city.examiner)

    answer = browser.get(f"{LIST}{proof}/")
    page = text_of(answer)

    assert "Likeness 0.610" in page
    assert "Uncalibrated." in page
    assert "They stop no mask" in page
    assert "left, then up" in page
    assert "Chip verified" in page
    assert page.count("Agrees") == 5
    assert "Consent to face data" in page
    assert "no-store" in answer["Cache-Control"]
    assert len(looks_at(person)) == 1


def test_the_language_of_a_consent_has_its_name(city, desk, person):
    proof = submit_proof(person, language="zh-Hans")

    page = text_of(desk(city.examiner).get(f"{LIST}{proof}/"))

    assert "Language Chinese" in page
    assert "zh-Hans" not in page


def test_pictures_are_drawn_anew_kept_by_nobody_and_one_look_is_recorded(city, desk, person, proof):
    browser = desk(city.examiner)
    pictures = pictures_on(browser.get(f"{LIST}{proof}/"))

    answers = [browser.get(address) for address in pictures]

    assert len(pictures) == 4  # the portrait and three frames
    assert {answer["Content-Type"] for answer in answers} == {"image/jpeg"}
    assert all("no-store" in answer["Cache-Control"] for answer in answers)
    kept = {bytes(row.box) for row in StoredImage.objects.all()}
    assert not kept & {answer.content for answer in answers}
    assert len(looks_at(person)) == 1


def planted(kind):
    """Make a picture that would cost the server dearly, or is none."""
    if kind == "bomb":
        size = struct.pack(">II", 30_000, 30_000) + b"\x08\x02\0\0\0"
        return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + size + struct.pack(">I", crc32(b"IHDR" + size))
    drawn = grey_picture(1)
    begin = drawn.index(b"\xff\xda")
    return {"scans": drawn[:begin] + drawn[begin:-2] * 65 + drawn[-2:], "words": b"0 0 1"}[kind]


@pytest.mark.parametrize("kind", ["bomb", "scans", "words"])
def test_a_planted_picture_is_not_drawn_and_breaks_no_page(city, desk, person, kind, monkeypatch):
    data = planted(kind)
    monkeypatch.setattr("tests.web.desks.faces.grey_picture", lambda shade: data + bytes([shade]))
    browser, proof = desk(city.examiner), submit_proof(person, frames=1)
    [portrait, frame] = pictures_on(browser.get(f"{LIST}{proof}/"))

    answers = [browser.get(frame), browser.get(portrait)]

    assert [answer.status_code for answer in answers] == [404, 200]
    assert "evidence.picture-unreadable" in text_of(answers[0])


@pytest.mark.parametrize("who", ["authority", "employer", "inspector"])
def test_nobody_else_sees_a_picture(city, desk, proof, who):
    [address, *_] = pictures_on(desk(city.examiner).get(f"{LIST}{proof}/"))

    assert desk(getattr(city, who)).get(address).status_code == 403


def test_an_accepted_proof_verifies_at_level_two_and_its_pictures_are_gone(city, desk, person, proof):
    browser = desk(city.examiner)
    [address, *_] = pictures_on(browser.get(f"{LIST}{proof}/"))

    look = text_of(browser.post(f"{LIST}{proof}/decide/", {"outcome": "accepted"}))
    answer = confirmed(browser, f"{LIST}{proof}/decide/", {"outcome": "accepted"})
    receipt = text_of(browser.get(answer["Location"]))

    assert "What the holder will see" in look
    assert verification_of(person).level == "L2"
    assert state_of(person) is State.VERIFIED
    assert "审核通过" in receipt
    assert browser.get(address).status_code == 404
    assert "Accepted" in text_of(browser.get(f"{LIST}{proof}/"))


def test_whoever_never_opened_the_page_with_the_pictures_accepts_nothing(city, desk, person, proof):
    answer = desk(city.examiner).post(f"{LIST}{proof}/decide/", {"outcome": "accepted", "confirm": "1"})

    assert answer.status_code == 409
    assert "proof.not-looked-at" in text_of(answer)
    assert looks_at(person) == []
    assert state_of(person) is State.PROOF_SUBMITTED


def test_a_rejection_tells_the_holder_why_and_both_ways_are_open_again(city, desk, person, proof):
    browser = desk(city.examiner)
    sent = {"outcome": "rejected", "reasons": ["review-face-not-clear"]}

    look = text_of(browser.post(f"{LIST}{proof}/decide/", sent))
    answer = confirmed(browser, f"{LIST}{proof}/decide/", sent)
    receipt = text_of(browser.get(answer["Location"]))

    assert "图像不清楚" in look
    assert "The pictures are not clear enough to compare" in receipt
    assert state_of(person) is State.ADMITTED


def test_a_rejection_needs_a_reason(city, desk, person, proof):
    answer = desk(city.examiner).post(f"{LIST}{proof}/decide/", {"outcome": "rejected"})

    assert answer.status_code == 422
    assert "identity.reason-missing" in text_of(answer)
    assert state_of(person) is State.PROOF_SUBMITTED


def test_the_second_officer_is_told_who_was_first(city, desk, person, proof):
    first = desk(city.examiner)
    first.get(f"{LIST}{proof}/")
    confirmed(first, f"{LIST}{proof}/decide/", {"outcome": "accepted"})

    late = {"outcome": "rejected", "reasons": ["review-face-differs"], "confirm": "1"}
    answer = desk(city.countersigner).post(f"{LIST}{proof}/decide/", late)

    assert answer.status_code == 409
    assert "Your own decision was not recorded" in text_of(answer)
    assert "counter" in text_of(answer)
    assert verification_of(person).level == "L2"


def test_what_its_holder_took_back_is_decided_by_nobody(city, desk, person, proof):
    withdraw_proof(actor=holder(person), at=NOW + timedelta(minutes=1), proof_id=proof)
    browser = desk(city.examiner)

    answer = browser.post(f"{LIST}{proof}/decide/", {"outcome": "accepted", "confirm": "1"})
    page = text_of(browser.get(f"{LIST}{proof}/"))

    assert answer.status_code == 409
    assert "Withdrawn by the holder" in page
    assert "Your review" not in page


def test_a_score_between_the_thresholds_asks_for_a_closer_look(city, desk, person):
    proof = submit_proof(person, score=0.4)

    page = text_of(desk(city.examiner).get(f"{LIST}{proof}/"))

    assert "Between the two: look closely" in page
