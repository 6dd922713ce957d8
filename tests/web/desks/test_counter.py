"""The verification counter: two officers, and they are two."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rongka.registers.cards.queries import state_of
from rongka.registers.identity.models import Examination
from rongka.registers.identity.queries import COUNTERSIGN_WITHIN, open_examinations
from rongka.registers.people.queries import person_card
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import NOW, found_city, passport
from tests.web.desks.reading import confirmed, text_of


@pytest.fixture
def waiting(city):
    return city.person_at(State.ADMITTED, data=passport("MÜLLER", "ANNA MARIA"))


@pytest.fixture
def examined(city):
    return city.person_at(State.EXAMINED, data=passport("MÜLLER", "ANNA MARIA"))


def admission(person_id):
    return case_of_person(person_id).admission_id


def address(person_id, act=""):
    return f"/en/desk/verifications/{admission(person_id)}/{act}"


def examination(person_id):
    return {"examination_id": str(open_examinations([admission(person_id)])[admission(person_id)].id)}


def test_the_waiting_list_says_what_is_to_be_done_and_by_whom(city, desk, waiting):
    city.person_at(State.EXAMINED, data=passport("SECOND"))

    own = text_of(desk(city.examiner).get("/en/desk/verifications/"))
    colleague = text_of(desk(city.countersigner).get("/en/desk/verifications/"))
    elsewhere = text_of(desk(found_city().examiner).get("/en/desk/verifications/"))

    assert "To examine" in own
    assert "Another officer countersigns" in own
    assert "To countersign" in colleague
    assert "At another counter" in elsewhere


def test_nobody_waiting_is_said(city, desk):
    assert "Nobody is waiting" in text_of(desk(city.examiner).get("/en/desk/verifications/"))


@pytest.mark.parametrize("written", [str, str.lower, lambda mrz: mrz.replace("\n", "\r\n").replace("<<", "<< ")])
def test_an_examination_is_recorded_and_waits_for_the_colleague(city, desk, waiting, written):
    browser = desk(city.examiner)

    answer = browser.post(address(waiting, "examine/"), {"mrz": written(person_card(waiting).mrz)})
    receipt = text_of(browser.get(answer["Location"]))
    page = text_of(browser.get(address(waiting)))

    assert answer.status_code == 302
    assert "另一名工作人员复核" in receipt
    assert "Another officer must countersign" in page
    assert state_of(waiting) is State.EXAMINED


def test_a_colleague_countersigns(city, desk, examined):
    browser = desk(city.countersigner)

    page = text_of(browser.get(address(examined)))
    answer = browser.post(address(examined, "countersign/"), examination(examined))
    receipt = text_of(browser.get(answer["Location"]))

    assert "Your signature completes the verification." in page
    assert "实名实人核验已完成" in receipt
    assert state_of(examined) is State.VERIFIED


def test_nobody_countersigns_the_own_examination(city, desk, examined):
    browser = desk(city.examiner)

    page = browser.get(address(examined))
    answer = browser.post(address(examined, "countersign/"), examination(examined))

    assert "examination_id" not in page.content.decode()
    assert answer.status_code == 409
    assert "identity.same-officer" in text_of(answer)
    assert state_of(examined) is State.EXAMINED


def test_another_passport_is_refused_and_the_fields_are_named(city, desk, waiting):
    answer = desk(city.examiner).post(address(waiting, "examine/"), {"mrz": passport().mrz})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "identity.document-mismatch" in page
    assert "passport number" in page
    assert 'href="#id_mrz"' in answer.content.decode()
    assert Examination.objects.count() == 0


@pytest.mark.parametrize("mrz", ["", "nonsense", "P<" * 400, "护照", passport(number="XD0000000").mrz[:-1] + "X"])
def test_a_zone_that_cannot_be_read_is_422(city, desk, waiting, mrz):
    answer = desk(city.examiner).post(address(waiting, "examine/"), {"mrz": mrz})

    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()


def test_nobody_is_examined_twice_at_once(city, desk, examined):
    answer = desk(city.countersigner).post(address(examined, "examine/"), {"mrz": person_card(examined).mrz})

    assert answer.status_code == 409
    assert "order." in text_of(answer)


def test_a_rejection_says_why_and_the_person_may_come_again(city, desk, examined):
    browser = desk(city.countersigner)
    sent = examination(examined) | {"reasons": ["face-differs"]}

    answer = confirmed(browser, address(examined, "reject/"), sent)
    receipt = text_of(browser.get(answer["Location"]))

    assert "实名实人核验未通过" in receipt
    assert "The person does not look like the passport photo" in receipt
    assert state_of(examined) is State.ADMITTED


def test_a_rejection_needs_a_reason(city, desk, examined):
    answer = desk(city.countersigner).post(address(examined, "reject/"), examination(examined))

    assert answer.status_code == 422
    assert "identity.reason-missing" in text_of(answer)
    assert state_of(examined) is State.EXAMINED


def test_a_countersignature_on_what_was_rejected_meanwhile_is_refused(city, desk, examined):
    browser = desk(city.countersigner)
    sent = examination(examined)
    confirmed(browser, address(examined, "reject/"), sent | {"reasons": ["not-present"]})

    answer = browser.post(address(examined, "countersign/"), sent)

    assert answer.status_code == 409


def test_another_counter_does_not_finish_what_was_begun_here(city, desk, examined):
    other = desk(found_city().examiner)

    page = other.get(address(examined))
    answer = other.post(address(examined, "countersign/"), examination(examined))

    assert "Your signature" not in text_of(page)
    assert answer.status_code == 404


def test_an_examination_that_nobody_countersigned_in_time_is_open_to_every_counter(city, desk, examined, monkeypatch):
    elsewhere = desk(found_city().examiner)
    in_time = text_of(elsewhere.get(address(examined)))
    monkeypatch.setattr(timezone, "now", lambda: NOW + COUNTERSIGN_WITHIN + timedelta(minutes=1))

    too_late = text_of(elsewhere.get(address(examined)))
    listed = text_of(elsewhere.get("/en/desk/verifications/"))
    answer = elsewhere.post(address(examined, "examine/"), {"mrz": person_card(examined).mrz})

    assert "Examine passport and person" not in in_time
    assert "Examine passport and person" in too_late
    assert "To examine" in listed
    assert answer.status_code == 302
    assert state_of(examined) is State.EXAMINED
