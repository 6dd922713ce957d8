"""The consulate checks a notice by its number and records one visa on it."""

from datetime import timedelta

import pytest

from rongka.registers.permits.models import Notice, Visa
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import TODAY, passport
from tests.web.desks.reading import confirmed, day, day_of_date, text_of


@pytest.fixture
def notice(city):
    return case_of_person(city.person_at(State.NOTICE_ISSUED, data=passport("MÜLLER", "ANNA MARIA"))).notice


def visa(number="z1234567", **changes):
    return {"visa_number": number, **day_of_date("expires_on", TODAY + timedelta(days=70))} | changes


def address(notice):
    return f"/en/desk/notices/{notice.number}/visa/"


def test_a_number_leads_to_its_notice(city, desk, notice):
    browser = desk(city.consulate)

    answer = browser.get("/en/desk/notices/", {"number": f" {notice.number.lower()} "})
    page = text_of(browser.get(answer["Location"]))

    assert "MÜLLER, ANNA MARIA" in page
    assert "Ready for a visa" in page
    assert "Demo employer" in page


def test_the_last_day_of_a_notice_is_marked_as_unconfirmed_in_the_list_too(city, desk, notice):
    page = text_of(desk(city.consulate).get("/en/desk/notices/"))

    assert "unverified)" in page


def test_an_unknown_number_is_answered_in_both_languages(city, desk):
    answer = desk(city.consulate).get("/en/desk/notices/", {"number": "TZ000000000000"})

    page = text_of(answer)
    assert answer.status_code == 404
    assert "notice.not-found" in page
    assert "No notice has this number." in page
    assert "未找到该编号的工作许可通知。" in page
    assert 'value="TZ000000000000"' in answer.content.decode()


def test_a_visa_is_recorded_and_confirmed(city, desk, notice):
    browser = desk(city.consulate)

    answer = confirmed(browser, address(notice), visa())
    receipt = text_of(browser.get(answer["Location"]))

    assert "签证已登记 Visa recorded" in receipt
    assert "Z1234567" in receipt
    assert notice.number in receipt
    assert Visa.objects.get().notice_id == notice.id


def test_a_second_visa_on_one_notice_is_refused_with_its_source(city, desk, notice):
    city.advance(notice.person_id, to=State.VISA_ISSUED)
    browser = desk(city.consulate)

    page = browser.get(f"/en/desk/notices/{notice.number}/")
    answer = browser.post(address(notice), visa(confirm="1"))

    assert "Visa issued" in text_of(page)
    assert "id_visa_number" not in page.content.decode()
    assert answer.status_code == 409
    assert "order.already-done" in text_of(answer)
    assert "Source:" in text_of(answer)
    assert Visa.objects.count() == 1


def test_a_visa_number_is_given_once(city, desk, notice):
    other = case_of_person(city.person_at(State.NOTICE_ISSUED)).notice
    browser = desk(city.consulate)
    confirmed(browser, address(notice), visa())

    answer = browser.post(address(other), visa("Z1234567"))

    assert answer.status_code == 409
    assert "visa.number-taken" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (day_of_date("expires_on", TODAY), "visa.period-invalid"),
        (day("expires_on", 2027, 2, 30), "Enter a real date"),
        (day("expires_on", "", "", ""), "Enter the date"),
        ({"visa_number": ""}, "This field is required"),
        ({"visa_number": "X" * 21}, "20"),
    ],
)
def test_what_is_wrong_with_a_visa_is_said(city, desk, notice, changes, code):
    answer = desk(city.consulate).post(address(notice), visa(**changes))

    assert answer.status_code == 422
    assert code in text_of(answer)
    assert Visa.objects.count() == 0


def test_no_visa_on_an_expired_notice(city, desk, notice):
    Notice.objects.filter(id=notice.id).update(expires_on=TODAY - timedelta(days=1))
    browser = desk(city.consulate)

    page = text_of(browser.get(f"/en/desk/notices/{notice.number}/"))
    answer = browser.post(address(notice), visa())

    assert "Expired" in page
    assert answer.status_code == 422
    assert "notice.expired" in text_of(answer)
