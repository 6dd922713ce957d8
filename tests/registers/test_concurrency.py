"""Two at once: what is committed by one is seen by the other. These tests commit for real."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Timer

import pytest
from django.db import connection, transaction

from rongka.credential import VerdictKind
from rongka.registers.cards.commands import suspend_card
from rongka.registers.identity.models import OneTimeCode, SignInAttempt
from rongka.registers.identity.signing_in import Problem, code_for_notice, sign_in_holder
from rongka.registers.inspection.methods import Method
from rongka.registers.inspection.models import Check
from rongka.registers.inspection.outbox import ScannedCheck, keep_check
from rongka.registers.inspection.queries import Lists
from rongka.registers.issuance.commands import access_own_active_card
from rongka.registers.issuance.errors import CardNotActive
from rongka.registers.journal.actors import holder
from rongka.registers.journal.commands import once
from rongka.registers.journal.errors import Refused
from rongka.registers.permits.commands import decide_application, issue_visa, submit_application
from rongka.registers.permits.errors import AlreadyDecided, VisaNumberTaken
from rongka.registers.permits.models import Application, Ruling
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import JOB, NOW, TODAY, found_city, passport

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed_city(transactional_db):
    return found_city()


def at_once(*calls):
    """Run the calls in threads of their own, each with its own connection; return results and errors."""

    def run(call):
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - the tests look at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_officers_decide_one_version_once(committed_city):
    city = committed_city
    submission_id = case_of_person(city.person_at(State.APPLIED)).submission_id

    def decide(actor):
        return lambda: decide_application(actor=actor, at=NOW, submission_id=submission_id, outcome=Outcome.APPROVED)

    results = at_once(*[decide(city.authority), decide(city.authority_colleague)] * 3)

    assert sum(isinstance(result, uuid.UUID) for result in results) == 1
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 5
    assert Ruling.objects.filter(submission_id=submission_id).count() == 1


def test_a_request_sent_twice_at_once_is_performed_once(committed_city):
    city, data, key = committed_city, passport(), uuid.uuid4().hex

    def send():
        return once(submit_application, actor=city.employer, at=NOW, key=key, passport=data, job=JOB)

    results = at_once(*[send] * 6)

    assert len(set(results)) == 1
    assert Application.objects.filter(employer_id=city.employer.agency).count() == 1


def test_two_requests_for_one_person_open_one_case(committed_city):
    city, data = committed_city, passport()

    def send():
        return submit_application(actor=city.employer, at=NOW, passport=data, job=JOB)

    results = at_once(*[send] * 4)

    assert sum(isinstance(result, uuid.UUID) for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert Application.objects.filter(employer_id=city.employer.agency).count() == 1


def test_no_device_slips_in_while_a_card_is_being_suspended(committed_city):
    """Whoever registers a device waits for the suspension, so that no credential misses the list made after it."""
    city = committed_city
    person_id = city.person_at(State.ACTIVE)
    suspended, may_end = Event(), Event()

    def suspend():
        with transaction.atomic():
            suspend_card(actor=city.authority, at=NOW, person_id=person_id, reason="演示")
            suspended.set()
            may_end.wait(timeout=10)

    def ask_for_the_card():
        suspended.wait(timeout=10)
        Timer(0.5, may_end.set).start()
        with transaction.atomic():
            return access_own_active_card(actor=holder(person_id))

    _, answer = at_once(suspend, ask_for_the_card)

    assert isinstance(answer, CardNotActive)


def test_guesses_sent_at_once_are_no_more_than_those_sent_one_by_one(transactional_db):
    def guess():
        return sign_in_holder(at=NOW, number="TZ00000000XXXX", name="WRONG, NAME", pepper=b"test").retry_at

    results = at_once(*[guess] * 12)

    assert Counter(results) == {None: 5, NOW + timedelta(minutes=15): 7}
    assert SignInAttempt.objects.count() == 5


def test_a_scanners_check_sent_twice_at_once_is_written_down_once(committed_city):
    scanned = ScannedCheck(
        id=uuid.uuid4(),
        code="https://example.org/",
        checked_at=NOW,
        verdict=VerdictKind.NOT_OUR_CODE,
        reason="code.foreign",
        purpose="daily-inspection",
        method=Method.CAMERA,
    )

    def send():
        return keep_check(actor=committed_city.inspector, at=NOW, lists=Lists(), scanned=scanned)

    results = at_once(*[send] * 8)

    assert Counter(result.is_new for result in results) == {True: 1, False: 7}
    assert len({result.check_id for result in results}) == 1
    assert Check.objects.filter(client_id=scanned.id).count() == 1


def test_a_one_time_code_typed_in_several_browsers_at_once_lets_one_in(committed_city):
    notice = case_of_person(committed_city.person_at(State.NOTICE_ISSUED)).notice
    code = code_for_notice(at=NOW, notice_id=notice.id, pepper=b"test")

    def enter(browser):
        typed = {"number": notice.number, "name": "Anna Maria Demo", "code": code}
        return lambda: sign_in_holder(at=NOW, pepper=b"test", browser=browser, **typed).problem

    results = at_once(*[enter(f"browser {place}") for place in range(4)])

    assert Counter(results) == {None: 1, Problem.CODE_WRONG: 3}


def test_several_readers_of_one_notice_get_one_code(committed_city):
    notice_id = case_of_person(committed_city.person_at(State.NOTICE_ISSUED)).notice.id

    codes = at_once(*[lambda: code_for_notice(at=NOW, notice_id=notice_id, pepper=b"test")] * 4)

    assert len(set(codes)) == 1
    assert OneTimeCode.objects.filter(notice_id=notice_id).count() == 1


def test_one_visa_number_is_recorded_on_one_notice(committed_city):
    city = committed_city
    notices = [case_of_person(city.person_at(State.NOTICE_ISSUED)).notice.number for _ in range(4)]

    def issue(notice_number):
        expires_on = TODAY + timedelta(days=90)
        return lambda: issue_visa(
            actor=city.consulate, at=NOW, notice_number=notice_number, visa_number="Z00000001", expires_on=expires_on
        )

    results = at_once(*[issue(number) for number in notices])

    assert Counter(map(type, results)) == {uuid.UUID: 1, VisaNumberTaken: 3}
