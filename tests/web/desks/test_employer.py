"""The employer applies, corrects, switches, and sees every own worker."""

from datetime import timedelta

import pytest
from django.urls import reverse

from rongka.registers.permits.commands import decide_application
from rongka.registers.permits.models import Application, Submission
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from rongka.web.components.dates import day_in_words
from tests.registers.city import NOW, TODAY, found_city, passport
from tests.web.desks.reading import confirmed, day_of_date, text_of

APPLY = "/en/desk/applications/new/"


FIRST_DAY, LAST_DAY = TODAY + timedelta(days=8), TODAY + timedelta(days=738)


def application(data=None, **changes):
    data = data or passport("MÜLLER", "ANNA MARIA")
    form = {
        "surname": data.surname,
        "given_names": data.given_names,
        "chinese_name": "安娜·穆勒",
        "mrz": data.mrz,
        "category": "A",
        "post": "光学工程师",
        "work_place": "上海市浦东新区",
        **day_of_date("valid_from", FIRST_DAY),
        **day_of_date("valid_until", LAST_DAY),
    }
    return form | changes


def returned(city):
    person_id = city.person_at(State.APPLIED)
    decide_application(
        actor=city.authority,
        at=NOW,
        submission_id=case_of_person(person_id).submission_id,
        outcome=Outcome.RETURNED,
        reasons=("degree-not-verified",),
        note="Please add the apostille.",
    )
    return person_id


def test_an_application_is_looked_at_again_before_it_is_submitted(city, desk):
    browser = desk(city.employer)

    look = browser.post(APPLY, application())

    assert look.status_code == 200
    assert "Check your answers" in text_of(look)
    assert "MÜLLER" in text_of(look)
    assert Application.objects.count() == 0


def test_a_submitted_application_is_confirmed_with_its_number_and_what_comes_next(city, desk):
    browser = desk(city.employer)

    answer = confirmed(browser, APPLY, application())
    receipt = text_of(browser.get(answer["Location"]))

    [made] = Application.objects.all()
    assert answer.status_code == 302
    assert made.reference in receipt
    assert "申请已提交 Application submitted" in receipt
    assert "许可机关正在审批" in receipt
    assert f"{day_in_words(FIRST_DAY).zh}至{day_in_words(LAST_DAY).zh}" in receipt


def test_the_last_day_of_work_is_the_last_day_of_the_period(city, desk):
    confirmed(desk(city.employer), APPLY, application())

    [submission] = Submission.objects.all()

    assert submission.valid_until == LAST_DAY + timedelta(days=1)


def test_sending_the_same_form_twice_makes_one_application(city, desk):
    browser = desk(city.employer)
    form = application() | {"idempotency_key": "the-same", "confirm": "1"}

    first, second = browser.post(APPLY, form), browser.post(APPLY, form)

    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1


@pytest.mark.parametrize(("year", "month", "day"), [("9999", "12", "31"), ("1", "1", "1")])
def test_a_day_at_the_end_of_the_calendar_is_no_real_date(city, desk, year, month, day):
    last = {"valid_until_year": year, "valid_until_month": month, "valid_until_day": day}

    answer = desk(city.employer).post(APPLY, application(**last))

    assert answer.status_code == 422
    assert "Enter a real date" in text_of(answer)


def test_an_idempotency_key_that_is_none_of_ours_is_no_server_error(city, desk):
    browser = desk(city.employer)
    browser.raise_request_exception = False

    answer = browser.post(APPLY, application() | {"idempotency_key": "a\0b", "confirm": "1"})

    assert answer.status_code == 302


WRONG = {
    "a check digit of the zone": ({"mrz": passport().mrz[:-1] + "X"}, "mrz."),
    "a name that is not the passport's": ({"surname": "SCHMIDT"}, "passport.names-differ"),
    "a period that runs backwards": (
        day_of_date("valid_until", FIRST_DAY - timedelta(days=2)),
        "application.period-invalid",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_right_is_refused_before_the_last_look(city, desk, case):
    changes, code = WRONG[case]

    answer = desk(city.employer).post(APPLY, application(**changes))

    page = text_of(answer)
    assert answer.status_code == 422
    assert code in page
    assert "What to do" in page
    assert "光学工程师" in answer.content.decode()  # what was typed stays
    assert Application.objects.count() == 0


@pytest.mark.parametrize("field", ["surname", "mrz", "category", "post", "work_place", "valid_from_month"])
def test_what_is_missing_is_named_with_a_link_to_its_box(city, desk, field):
    answer = desk(city.employer).post(APPLY, application(**{field: ""}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "data-error-summary" in page
    assert f'href="#id_{field.removesuffix("_month")}' in page


def test_a_person_with_another_employer_is_not_taken_over(city, desk):
    data = passport()
    city.person_at(State.APPLIED, data=data)
    other = found_city()

    answer = desk(other.employer).post(APPLY, application(data))

    assert answer.status_code == 409
    assert "application.open-elsewhere" in text_of(answer)


def test_a_second_application_for_the_same_person_is_out_of_order(city, desk):
    data = passport()
    city.person_at(State.APPLIED, data=data)

    answer = desk(city.employer).post(APPLY, application(data))

    assert answer.status_code == 409
    assert "order." in text_of(answer)


def test_a_returned_application_shows_why_and_keeps_what_was_written(city, desk):
    case = case_of_person(returned(city))
    browser = desk(city.employer)

    page = browser.get(reverse("desks:correct", args=[case.application_id]))

    assert "学历学位未经认证" in text_of(page)
    assert "Please add the apostille." in text_of(page)
    assert case.post in page.content.decode()


def test_a_correction_is_a_new_version(city, desk):
    person_id = returned(city)
    case = case_of_person(person_id)
    browser = desk(city.employer)
    form = application(passport(), post="高级工程师")
    form |= {"mrz": city_mrz(person_id), "surname": "DEMO", "given_names": "ANNA MARIA"}

    answer = confirmed(browser, f"/en/desk/applications/{case.application_id}/correct/", form)

    newest = case_of_person(person_id)
    assert answer.status_code == 302
    assert (newest.version, newest.post, newest.state) == (2, "高级工程师", State.APPLIED)


def city_mrz(person_id):
    from rongka.registers.people.queries import person_card

    return person_card(person_id).mrz


def test_the_case_of_another_employer_does_not_exist_here(city, desk):
    case = case_of_person(returned(city))
    browser = desk(found_city().employer)

    answers = [
        browser.get(reverse("desks:worker", args=[case.person_id])),
        browser.get(reverse("desks:worker-notice", args=[case.person_id])),
        browser.get(reverse("desks:submitted", args=[case.application_id])),
        browser.post(reverse("desks:correct", args=[case.application_id]), application()),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_the_list_says_whose_turn_it_is_and_until_when(city, desk):
    waiting = city.person_at(State.NOTICE_ISSUED, data=passport("WAITING"))
    returned(city)

    page = text_of(desk(city.employer).get("/en/desk/workers/"))

    until = case_of_person(waiting).notice.expires_on
    assert "WAITING, ANNA MARIA" in page
    assert "Holder" in page
    assert "Your turn" in page
    assert f"Notice valid until {until.day} " in page


def test_the_list_is_searched_and_filtered(city, desk):
    city.person_at(State.APPLIED, data=passport("ALPHA"))
    city.person_at(State.APPLIED, data=passport("BETA"))
    browser = desk(city.employer)

    found = text_of(browser.get("/en/desk/workers/?q=alph"))
    none = text_of(browser.get("/en/desk/workers/?turn=yours&q=alpha"))

    assert "ALPHA" in found
    assert "BETA" not in found
    assert "No worker fits your search" in none


def test_an_employer_without_workers_is_told_so(city, desk):
    assert "No workers yet" in text_of(desk(city.employer).get("/en/desk/workers/"))


@pytest.mark.parametrize("state", [State.APPLIED, State.NOTICE_ISSUED, State.ADMITTED, State.EXAMINED, State.ACTIVE])
def test_the_page_of_a_worker_shows_the_steps(city, desk, state):
    person_id = city.person_at(state)

    answer = desk(city.employer).get(reverse("desks:worker", args=[person_id]))

    assert answer.status_code == 200
    assert answer.content.decode().count('aria-current="step"') == (0 if state is State.ACTIVE else 1)


def test_an_employer_does_not_read_when_the_holder_signed_in(city, desk):
    from rongka.registers.identity.signing_in import sign_in_holder

    person_id = city.person_at(State.NOTICE_ISSUED)
    notice = case_of_person(person_id).notice
    sign_in_holder(at=NOW, number=notice.number, name="DEMO, ANNA MARIA", pepper=b"x", name_alone=True)

    page = text_of(desk(city.employer).get(f"/en/desk/workers/{person_id}/"))

    assert "Work permit notice issued" in page
    assert "Holder signed in" not in page


def switch(**changes):
    form = application()
    for name in ("surname", "given_names", "chinese_name", "mrz"):
        form.pop(name)
    return form | {"occasion": "extension"} | changes


def test_a_legacy_permit_is_switched_at_its_extension(city, desk):
    person_id = city.person_at(State.LEGACY, legacy=True)

    answer = confirmed(desk(city.employer), f"/en/desk/workers/{person_id}/switch/", switch())

    assert answer.status_code == 302
    assert case_of_person(person_id).state is State.SWITCH_APPLIED


def test_a_legacy_permit_is_not_switched_without_an_occasion(city, desk):
    person_id = city.person_at(State.LEGACY, legacy=True)

    answer = desk(city.employer).post(f"/en/desk/workers/{person_id}/switch/", switch(occasion=""))

    page = text_of(answer)
    assert answer.status_code == 409
    assert "legacy.no-change-unless-renewal" in page
    assert "Source:" in page
    assert Application.objects.count() == 0


@pytest.mark.parametrize("page", ["?page=0", "?page=x", "?page=99999", "?q=%00", "?turn=nonsense", "?q=" + "a" * 5000])
def test_odd_addresses_are_no_errors_of_ours(city, desk, page):
    assert desk(city.employer).get("/en/desk/workers/" + page).status_code in {200, 400}


def test_the_notice_is_downloaded_once_there_is_one(city, desk, settings):
    settings.RONGKA_ISSUING = "tests.web.wallet.issuer.issuing"
    early, ready = city.person_at(State.APPLIED), city.person_at(State.NOTICE_ISSUED)
    browser = desk(city.employer)

    nothing = browser.get(f"/en/desk/workers/{early}/notice.pdf")
    paper = browser.get(f"/en/desk/workers/{ready}/notice.pdf")

    assert nothing.status_code == 404
    assert "notice.not-issued" in text_of(nothing)
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert "notice.pdf" in browser.get(f"/en/desk/workers/{ready}/").content.decode()
    assert "notice.pdf" not in browser.get(f"/en/desk/workers/{early}/").content.decode()


def new_passport(**changes):
    data = passport("DEMO", "ANNA MARIA", number="XD7654321")
    form = {"surname": data.surname, "given_names": data.given_names, "chinese_name": "", "mrz": data.mrz}
    return form | changes


@pytest.mark.parametrize("state", [State.VISA_ISSUED, State.ACTIVE])
def test_a_new_passport_is_recorded_at_any_state_and_confirmed(city, desk, state):
    person_id = city.person_at(state)
    browser, address = desk(city.employer), f"/en/desk/workers/{person_id}/passport/"

    link = browser.get(f"/en/desk/workers/{person_id}/").content.decode()
    asked = text_of(browser.get(address))
    answer = confirmed(browser, address, new_passport())
    receipt = text_of(browser.get(answer["Location"]))

    assert address in link
    assert "The case goes on as it stands." in asked
    assert "护照已登记 Passport recorded" in receipt
    assert "XD7654321" in receipt
    assert case_of_person(person_id).notice is not None


def test_the_new_passport_is_the_persons_and_another_one(city, desk):
    data = passport()
    person_id = city.person_at(State.APPLIED, data=data)
    browser, address = desk(city.employer), f"/en/desk/workers/{person_id}/passport/"

    same = browser.post(address, new_passport(mrz=data.mrz))
    unreadable = browser.post(address, new_passport(mrz="nonsense"))
    elsewhere = desk(found_city().employer).post(address, new_passport())

    assert (same.status_code, unreadable.status_code, elsewhere.status_code) == (409, 422, 404)
    assert "passport.not-new" in text_of(same)


def test_a_reader_is_offered_no_new_passport(city, desk, reader_of):
    person_id = city.person_at(State.APPLIED)
    browser = desk(reader_of(city.employer))

    page = browser.get(f"/en/desk/workers/{person_id}/").content.decode()

    assert "/passport/" not in page
    assert browser.get(f"/en/desk/workers/{person_id}/passport/").status_code == 403
