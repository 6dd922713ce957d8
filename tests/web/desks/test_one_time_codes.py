"""The counter prints a new one-time code for whoever shows the passport."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from rongka.registers.identity.models import OneTimeCode
from rongka.registers.identity.signing_in import one_time_code
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits.queries import case_of_person, permit_number_of
from rongka.rulebook.order import State
from tests.registers.city import found_city, passport

DESK = "/en/desk/one-time-codes/"
MUELLER = passport("MÜLLER", "ANNA MARIA", number="XD0000001")


@pytest.fixture
def person_id(city):
    return city.person_at(State.NOTICE_ISSUED, data=MUELLER)


@pytest.fixture
def number(person_id):
    return case_of_person(person_id).notice.number


def test_the_passport_gets_a_code_that_is_shown_in_both_languages(desk, city, number, person_id):
    counter = desk(city.examiner)

    answer = counter.post(DESK, {"number": number.lower(), "mrz": MUELLER.mrz, "idempotency_key": "one"}, follow=True)

    made = OneTimeCode.objects.get(person_id=person_id)
    page = answer.content.decode()
    assert one_time_code(made.id, pepper=settings.SECRET_KEY.encode()) in page
    assert "一次性登录码" in page
    assert "One-time code" in page
    assert [one.code for one in happenings_of_person(person_id)][-1] == "sign-in.code-printed"


def test_a_permit_number_does_as_well(desk, city):
    person_id = city.person_at(State.LEGACY, data=MUELLER, legacy=True)

    answer = desk(city.examiner).post(DESK, {"number": permit_number_of(person_id), "mrz": MUELLER.mrz})

    assert answer.status_code == 302


def test_another_passport_gets_none(desk, city, number, person_id):
    answer = desk(city.examiner).post(DESK, {"number": number, "mrz": passport("SMITH", "JOHN").mrz})

    assert answer.status_code == 422
    assert "identity.document-mismatch" in answer.content.decode()
    assert not OneTimeCode.objects.filter(person_id=person_id).exists()


@pytest.mark.parametrize("given", [{}, {"number": "TZ22222222", "mrz": MUELLER.mrz}, {"number": "x", "mrz": "x"}])
def test_what_fits_nobody_is_explained(desk, city, given):
    assert desk(city.examiner).post(DESK, given).status_code in {404, 422}


def test_the_code_is_shown_to_the_counter_that_printed_it_and_for_half_an_hour(desk, city, number, person_id):
    counter = desk(city.examiner)
    shown = counter.post(DESK, {"number": number, "mrz": MUELLER.mrz})["Location"]

    elsewhere = desk(found_city().examiner).get(shown)
    OneTimeCode.objects.update(issued_at=timezone.now() - timedelta(minutes=31))
    later = desk(city.examiner).get(shown)

    assert elsewhere.status_code == 404
    assert (later.status_code, later["Location"]) == (302, DESK)


def test_a_second_one_replaces_the_first(desk, city, number, person_id):
    counter = desk(city.examiner)
    first, _second = (counter.post(DESK, {"number": number, "mrz": MUELLER.mrz})["Location"] for _ in range(2))

    open_ones = OneTimeCode.objects.filter(person_id=person_id, replaced_at__isnull=True)

    assert open_ones.count() == 1
    assert counter.get(first).status_code == 302


@pytest.mark.parametrize("who", ["employer", "authority", "border", "inspector"])
def test_no_other_desk_prints_codes(desk, city, who):
    assert desk(getattr(city, who)).get(DESK).status_code == 403
