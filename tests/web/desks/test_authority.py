"""The permit authority: queue, case page, decision with a preview, and two officers who meet over one version."""

import pytest
from django.urls import reverse

from rongka.registers.permits.commands import correct_application, decide_application
from rongka.registers.permits.models import Ruling
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from rongka.web.components.dates import instant_in_words
from tests.registers.city import JOB, NOW, passport
from tests.web.desks.reading import confirmed, text_of

RETURN = {"outcome": "returned", "reasons": ["degree-not-verified"], "note": "Please add the apostille."}


@pytest.fixture
def case(city):
    return case_of_person(city.person_at(State.APPLIED, data=passport("MÜLLER", "ANNA MARIA")))


def decide_address(case):
    return f"/en/desk/cases/{case.application_id}/decide/"


def decision(case, **more):
    return {"submission_id": str(case.submission_id), "outcome": "approved", "note": ""} | more


def test_the_queue_counts_and_leads_to_the_case_that_waited_longest(city, desk, case):
    city.person_at(State.SWITCH_APPLIED, legacy=True)
    browser = desk(city.authority)

    page = text_of(browser.get("/en/desk/cases/"))
    first = browser.get("/en/desk/cases/next/")

    assert "1 Applications to decide" in page
    assert "1 Legacy permits to switch" in page
    assert "MÜLLER, ANNA MARIA" in page
    assert first["Location"] == reverse("desks:case", args=[case.application_id])


def test_the_queue_shows_a_number_as_no_word_to_translate(city, desk, case):
    page = desk(city.authority).get("/zh-hans/desk/cases/").content.decode()

    assert f'translate="no">{case.reference}</span>' in page


def test_an_empty_queue_says_so(city, desk):
    browser = desk(city.authority)

    assert "No cases here" in text_of(browser.get("/en/desk/cases/"))
    assert browser.get("/en/desk/cases/next/")["Location"] == "/en/desk/cases/"


@pytest.mark.parametrize(
    ("query", "is_found"), [("müller", True), ("MUELLER", True), ("demo employer", True), ("zzz", False)]
)
def test_the_queue_is_searched(city, desk, case, query, is_found):
    page = text_of(desk(city.authority).get("/en/desk/cases/", {"q": query}))

    assert (case.reference in page) is is_found


def test_the_case_page_sets_the_application_beside_the_passport(city, desk, case):
    page = text_of(desk(city.authority).get(f"/en/desk/cases/{case.application_id}/"))

    assert "Surname MÜLLER MUELLER Agrees" in page
    assert "Application submitted" in page
    assert "Demo employer" in page


def test_a_name_that_differs_from_the_zone_is_marked(city, desk, case):
    from rongka.registers.people.models import Passport

    Passport.objects.filter(person_id=case.person_id).update(surname="SCHMIDT")

    page = desk(city.authority).get(f"/en/desk/cases/{case.application_id}/")

    assert "Surname SCHMIDT MUELLER Differs" in text_of(page)
    assert "rk-status--refused" in page.content.decode()


def test_before_a_decision_is_made_its_officer_reads_what_the_applicant_will_read(city, desk, case):
    look = desk(city.authority).post(decide_address(case), decision(case, **RETURN))

    page = text_of(look)
    assert look.status_code == 200
    assert "What the applicant will see" in page
    assert "学历学位未经认证" in page
    assert "已退回，待补正 Returned for correction" in page
    assert Ruling.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ({"outcome": "approved"}, State.NOTICE_ISSUED),
        (RETURN, State.RETURNED),
        (RETURN | {"outcome": "refused"}, State.REFUSED),
    ],
)
def test_a_decision_is_confirmed_with_what_comes_next(city, desk, case, sent, state):
    browser = desk(city.authority)

    answer = confirmed(browser, decide_address(case), decision(case, **sent))
    receipt = text_of(browser.get(answer["Location"]))

    decided = case_of_person(case.person_id)
    assert decided.state is state
    assert "决定已作出 Decision made" in receipt
    assert case.reference in receipt
    assert state.todo.zh in receipt
    assert (decided.notice is not None) is (state is State.NOTICE_ISSUED)


def test_approving_a_switch_admits(city, desk):
    case = case_of_person(city.person_at(State.SWITCH_APPLIED, legacy=True))

    confirmed(desk(city.authority), decide_address(case), decision(case))

    assert case_of_person(case.person_id).state is State.ADMITTED


@pytest.mark.parametrize("outcome", ["returned", "refused"])
def test_a_decision_against_the_applicant_needs_a_reason(city, desk, case, outcome):
    answer = desk(city.authority).post(decide_address(case), decision(case, outcome=outcome, note="because"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ruling.reason-missing" in page
    assert 'href="#id_reasons_0"' in page
    assert "because" in page
    assert Ruling.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [{"outcome": ""}, {"outcome": "nonsense"}, {"reasons": ["nonsense"]}, {"submission_id": "x"}, {"note": "a" * 1001}],
)
def test_a_decision_that_cannot_be_read_is_422(city, desk, case, sent):
    answer = desk(city.authority).post(decide_address(case), decision(case, **sent))

    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()


def test_whoever_comes_second_is_told_who_was_first_and_when(city, desk, case):
    second = desk(city.authority_colleague)
    second.post(decide_address(case), decision(case, **RETURN))
    decide_application(actor=city.authority, at=NOW, submission_id=case.submission_id, outcome=Outcome.APPROVED)

    answer = second.post(decide_address(case), decision(case, **RETURN, confirm="1"))

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Somebody else has decided this version" in page
    assert "ruling.already-decided" in page
    assert instant_in_words(NOW).en in page
    assert "authority" in page
    assert Ruling.objects.get().outcome == Outcome.APPROVED


def test_the_same_decision_sent_twice_is_made_once_and_confirmed_twice(city, desk, case):
    browser = desk(city.authority)
    sent = decision(case, confirm="1", idempotency_key="the-same")

    first, second = browser.post(decide_address(case), sent), browser.post(decide_address(case), sent)

    assert first.status_code == second.status_code == 302
    assert Ruling.objects.count() == 1


def test_a_version_that_was_replaced_meanwhile_is_not_decided(city, desk, case):
    browser = desk(city.authority)
    decide_application(
        actor=city.authority,
        at=NOW,
        submission_id=case.submission_id,
        outcome=Outcome.RETURNED,
        reasons=("other",),
    )
    correct_application(actor=city.employer, at=NOW, application_id=case.application_id, job=JOB)

    answer = browser.post(decide_address(case), decision(case, confirm="1"))
    page = text_of(browser.get(f"/en/desk/cases/{case.application_id}/"))

    assert answer.status_code == 409
    assert "Version 1" in page
    assert "What changes" in page


def test_a_submission_of_another_case_is_not_decided_here(city, desk, case):
    other = case_of_person(city.person_at(State.APPLIED))

    answer = desk(city.authority).post(decide_address(case), decision(other))

    assert answer.status_code == 404
    assert Ruling.objects.count() == 0


def test_a_case_that_does_not_exist_is_404(city, desk):
    from uuid import uuid4

    assert desk(city.authority).get(f"/en/desk/cases/{uuid4()}/").status_code == 404
