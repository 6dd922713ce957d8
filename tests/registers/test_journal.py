"""The journal is written once; a request is performed once."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from rongka.registers.journal.commands import once
from rongka.registers.journal.errors import Invalid, KeyReused
from rongka.registers.journal.models import Performed, Record
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits.commands import submit_application
from rongka.registers.permits.errors import PeriodInvalid
from rongka.registers.permits.models import Application
from rongka.rulebook.order import State
from tests.registers.city import JOB, NOW, City, passport

CHANGES = [
    "UPDATE journal_record SET event = 'nothing.happened'",
    "DELETE FROM journal_record",
    "TRUNCATE journal_record",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_journal_refuses_change_even_by_its_owner(city: City, change):
    city.person_at(State.APPLIED)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert Record.objects.count() > 0


@pytest.mark.parametrize("change", CHANGES)
def test_the_applications_role_may_not_even_try(as_application, change):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_another_table_can_be_changed_by_the_same_way(city: City):
    """The negative control: what refuses above is the journal's trigger."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_agency SET place = 'elsewhere' WHERE id = %s", [city.employer.agency])
        changed = cursor.rowcount

    assert changed == 1


def test_a_journey_is_told_in_order(city: City):
    person_id = city.person_at(State.ACTIVE)

    told = [happening.code for happening in happenings_of_person(person_id)]

    assert told == [
        "person.recorded",
        "passport.recorded",
        "application.submitted",
        "notice.issued",
        "visa.issued",
        "entry.recorded",
        "identity.examined",
        "identity.verified",
        "card.claimed",
        "card.bound",
        "qualification.generated",
        "card.activated",
    ]


def test_a_repeated_request_gets_the_first_answer_and_acts_once(city: City):
    data = passport()
    request = {"actor": city.employer, "at": NOW, "key": uuid.uuid4().hex, "passport": data, "job": JOB}

    first = once(submit_application, **request)
    second = once(submit_application, **request)

    assert first == second
    assert Application.objects.filter(id=first).count() == 1


def test_one_key_for_two_different_requests_is_refused(city: City):
    key = uuid.uuid4().hex
    once(submit_application, actor=city.employer, at=NOW, key=key, passport=passport(), job=JOB)

    with pytest.raises(KeyReused):
        once(submit_application, actor=city.employer, at=NOW, key=key, passport=passport(), job=JOB)


def test_a_refused_request_leaves_nothing_and_may_be_sent_again(city: City):
    key, data = uuid.uuid4().hex, passport()
    backwards = type(JOB)("B", "post", "place", JOB.valid_until, JOB.valid_from)
    before = Record.objects.count()

    with pytest.raises(PeriodInvalid):
        once(submit_application, actor=city.employer, at=NOW, key=key, passport=data, job=backwards)

    assert (Performed.objects.filter(key=key).count(), Record.objects.count()) == (0, before)
    assert once(submit_application, actor=city.employer, at=NOW, key=key, passport=data, job=JOB)


def test_every_error_has_a_code_and_both_languages(city: City):
    error = PeriodInvalid()

    assert isinstance(error, Invalid)
    assert error.code == "application.period-invalid"
    assert error.text.zh
    assert error.text.en
    assert error.next_step.en
