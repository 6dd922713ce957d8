"""What ends by itself: a notice without a visa, a visa without an entry, an examination without a countersignature."""

from datetime import timedelta

import pytest

from rongka.registers.cards.queries import state_of
from rongka.registers.identity import commands as identity
from rongka.registers.identity.models import Examination
from rongka.registers.identity.queries import COUNTERSIGN_WITHIN, open_examinations
from rongka.registers.journal.errors import Refused
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits import commands as permits
from rongka.registers.permits.errors import NoticeDiffers, NoticeExpired, OpenElsewhere
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import State
from tests.registers.city import ENTRY_PAPERS, JOB, NOW, TODAY, City, found_city, passport

ONE_DAY = timedelta(days=1)
WAITING = [State.NOTICE_ISSUED, State.VISA_ISSUED]


def last_day(case):
    """Return the moment on the last day on which the case can go on."""
    return NOW + ((case.visa or case.notice).expires_on - TODAY)


def apply(actor, *, at, data):
    return permits.submit_application(actor=actor, at=at, passport=data, job=JOB)


def notice_anew(city: City, person_id, *, at, data):
    """Open a new case, have it approved, and return the number of its notice."""
    apply(city.employer, at=at, data=data)
    submission_id = case_of_person(person_id).submission_id
    permits.decide_application(actor=city.authority, at=at, submission_id=submission_id, outcome=Outcome.APPROVED)
    return case_of_person(person_id).notice.number


def issue_visa(city: City, notice_number, *, at):
    expires_on = TODAY + (at - NOW) + timedelta(days=90)
    permits.issue_visa(
        actor=city.consulate, at=at, notice_number=notice_number, visa_number="Z9", expires_on=expires_on
    )


def enter(city: City, person_id, notice_number, *, at):
    permits.record_entry(
        actor=city.border,
        at=at,
        passport_number=permits.person_card(person_id).passport_number,
        notice_number=notice_number,
        papers=ENTRY_PAPERS,
    )


@pytest.mark.parametrize("state", WAITING)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_after_a_lapsed_notice_or_visa_a_new_case_begins_with_any_employer(city: City, state, elsewhere):
    data, employer = passport(), found_city().employer if elsewhere else city.employer
    person_id = city.person_at(state, data=data)

    opened = apply(employer, at=last_day(case_of_person(person_id)) + ONE_DAY, data=data)

    newest = case_of_person(person_id)
    assert (newest.application_id, newest.employer_id, newest.state) == (opened, employer.agency, State.APPLIED)


@pytest.mark.parametrize("state", WAITING)
def test_until_its_last_day_a_case_keeps_another_one_out(city: City, state):
    data = passport()
    case = case_of_person(city.person_at(state, data=data))

    with pytest.raises(Refused):
        apply(city.employer, at=last_day(case), data=data)
    with pytest.raises(OpenElsewhere):
        apply(found_city().employer, at=last_day(case), data=data)


def test_the_case_of_who_has_entered_never_lapses(city: City):
    case = case_of_person(city.person_at(State.ADMITTED))

    assert not case.has_lapsed(on=JOB.valid_until)


@pytest.mark.parametrize(("state", "error"), [(State.NOTICE_ISSUED, NoticeExpired), (State.VISA_ISSUED, Refused)])
def test_a_lapsed_notice_does_not_live_on_a_newer_one(city: City, state, error):
    data = passport()
    person_id = city.person_at(state, data=data)
    lapsed = case_of_person(person_id)
    later = last_day(lapsed) + ONE_DAY
    newer = notice_anew(city, person_id, at=later, data=data)

    with pytest.raises(error):
        issue_visa(city, lapsed.notice.number, at=later)
    issue_visa(city, newer, at=later)
    with pytest.raises(NoticeDiffers):
        enter(city, person_id, lapsed.notice.number, at=later)
    enter(city, person_id, newer, at=later)

    assert state_of(person_id) is State.ADMITTED


def examine(actor, person_id, *, at):
    case, mrz = case_of_person(person_id), permits.person_card(person_id).mrz
    return identity.examine_identity(actor=actor, at=at, admission_id=case.admission_id, mrz=mrz)


def test_an_examination_that_nobody_countersigned_in_time_keeps_no_other_counter_out(city: City):
    person_id, elsewhere = city.person_at(State.EXAMINED), found_city().examiner
    admission_id = case_of_person(person_id).admission_id
    lapsed = open_examinations([admission_id])[admission_id]

    with pytest.raises(Refused):
        examine(elsewhere, person_id, at=NOW + COUNTERSIGN_WITHIN)
    newer = examine(elsewhere, person_id, at=NOW + COUNTERSIGN_WITHIN + timedelta(seconds=1))

    ended = Examination.objects.get(id=lapsed.id)
    assert (ended.rejected_by, ended.reasons) == (elsewhere.staff_id, ["countersigned-too-late"])
    assert open_examinations([admission_id])[admission_id].id == newer
    told = [one.code for one in happenings_of_person(person_id)]
    assert told[-2:] == ["identity.rejected", "identity.examined"]
