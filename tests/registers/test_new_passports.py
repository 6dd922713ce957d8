"""A person is not a passport: renewing it breaks nothing. And words that no code can carry."""

from dataclasses import replace

import pytest

from rongka.registers.cards.queries import state_of
from rongka.registers.issuance.commands import notice_code
from rongka.registers.issuance.errors import ClaimsUnfit
from rongka.registers.journal.errors import NotFound, NotPermitted, TooLong
from rongka.registers.people.errors import PassportOfAnother
from rongka.registers.people.models import Passport, Person
from rongka.registers.permits import commands as permits
from rongka.registers.permits.errors import PassportDiffers, PassportNotNew
from rongka.registers.permits.models import Submission
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import ENTRY_PAPERS, JOB, LEGACY, NOW, OVERSEAS, City, found_city, passport
from tests.web.wallet.issuer import issuing

STATES = [(state, False) for state in OVERSEAS] + [(state, True) for state in LEGACY[:2]]


def renew(actor, person_id, data):
    return permits.record_new_passport(actor=actor, at=NOW, person_id=person_id, passport=data)


@pytest.mark.parametrize(("state", "legacy"), STATES)
def test_a_passport_is_renewed_at_any_state_and_the_state_stays(city: City, state, legacy):
    person_id = city.person_at(state, legacy=legacy)

    renew(city.employer, person_id, replace(passport("DEMO WED", number="XD7654321"), chinese_name="安娜"))

    person = permits.person_card(person_id)
    assert (person.passport_number, person.surname, person.chinese_name) == ("XD7654321", "DEMO WED", "安娜")
    assert Passport.objects.filter(person_id=person_id).count() == 2
    assert state_of(person_id) is state


def test_border_and_counter_take_the_new_passport(city: City):
    person_id = city.person_at(State.VISA_ISSUED)
    before = permits.person_card(person_id).passport_number
    renew(city.employer, person_id, passport())

    with pytest.raises(PassportDiffers):
        permits.record_entry(
            actor=city.border,
            at=NOW,
            passport_number=before,
            notice_number=case_of_person(person_id).notice.number,
            papers=ENTRY_PAPERS,
        )
    city.advance(person_id, to=State.ADMITTED)
    city.advance(person_id, to=State.EXAMINED)

    assert state_of(person_id) is State.EXAMINED


def test_only_the_own_employer_records_it(city: City):
    person_id = city.person_at(State.APPLIED)

    with pytest.raises(NotFound):
        renew(found_city().employer, person_id, passport())
    for actor in (city.authority, city.border, city.examiner):
        with pytest.raises(NotPermitted):
            renew(actor, person_id, passport())


def test_a_passport_of_somebody_else_or_the_one_on_record_is_no_new_one(city: City):
    data, others = passport(), passport("OTHER")
    person_id = city.person_at(State.APPLIED, data=data)
    city.person_at(State.APPLIED, data=others)

    with pytest.raises(PassportOfAnother):
        renew(city.employer, person_id, others)
    with pytest.raises(PassportNotNew):
        renew(city.employer, person_id, data)


@pytest.mark.parametrize("recorded", [{"birth_on": "1991-05-17"}, {"sex": "M"}])
def test_birth_date_and_sex_stay_what_they_were(city: City, recorded):
    person_id = city.person_at(State.APPLIED)
    Person.objects.filter(id=person_id).update(**recorded)

    with pytest.raises(PassportOfAnother):
        renew(city.employer, person_id, passport())


LONG = {
    "the whole name": ({"surname": "DEMO " * 22, "given_names": "ANNA MARIA " * 10}, {}, "given_names"),
    "the surname": ({"surname": "D" * 121}, {}, "surname"),
    "the Chinese name": ({"chinese_name": "安" * 61}, {}, "chinese_name"),
    "the post": ({}, {"post": "工" * 121}, "post"),
    "the place": ({}, {"work_place": "市" * 121}, "work_place"),
}


@pytest.mark.parametrize("words", LONG)
def test_words_too_long_for_a_code_are_refused_where_they_are_typed(city: City, words):
    of_passport, of_job, field = LONG[words]

    with pytest.raises(TooLong) as refused:
        permits.submit_application(
            actor=city.employer, at=NOW, passport=replace(passport(), **of_passport), job=replace(JOB, **of_job)
        )

    assert refused.value.field == field


def test_a_record_that_no_code_can_carry_is_a_refusal_and_no_fault(city: City):
    person_id = city.person_at(State.NOTICE_ISSUED)
    notice_id = case_of_person(person_id).notice.id
    Submission.objects.filter(person_id=person_id).update(post=" ")

    with pytest.raises(ClaimsUnfit):
        notice_code(actor=city.employer, at=NOW, issuing=issuing(), notice_id=notice_id)
