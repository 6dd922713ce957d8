"""Things that happen a second time: after a rejection, after a refusal, by another employer, in another process."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rongka.registers.cards.queries import state_of
from rongka.registers.identity import commands as identity
from rongka.registers.identity.errors import ExaminationEnded
from rongka.registers.identity.models import Examination, Verification
from rongka.registers.identity.queries import open_examinations
from rongka.registers.inspection.commands import check_number
from rongka.registers.journal.commands import once
from rongka.registers.journal.errors import KeyReused, Refused, Unprintable
from rongka.registers.permits import commands as permits
from rongka.registers.permits.models import Submission
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import case_of_application, case_of_person, permit_number_of
from rongka.rulebook.order import State
from tests.registers.city import JOB, LEGACY_JOB, NOW, TODAY, City, found_city, passport

LATER = NOW + timedelta(minutes=5)


def open_examination(person_id):
    admission_id = case_of_person(person_id).admission_id
    return open_examinations([admission_id])[admission_id]


def decided(city: City, person_id, outcome: Outcome):
    case = case_of_person(person_id)
    permits.decide_application(
        actor=city.authority, at=NOW, submission_id=case.submission_id, outcome=outcome, reasons=("contract-missing",)
    )
    return case


def test_a_rejected_examination_is_never_countersigned_though_a_newer_one_is_open(city: City):
    person_id = city.person_at(State.EXAMINED)
    rejected = open_examination(person_id)
    identity.reject_identity(actor=city.countersigner, at=NOW, examination_id=rejected.id, reasons=("face-differs",))
    city.advance(person_id, to=State.EXAMINED)

    with pytest.raises(ExaminationEnded):
        identity.countersign_identity(actor=city.countersigner, at=LATER, examination_id=rejected.id)
    with pytest.raises(ExaminationEnded):
        identity.reject_identity(actor=city.examiner, at=LATER, examination_id=rejected.id, reasons=("face-differs",))

    assert Verification.objects.count() == 0
    assert Examination.objects.get(id=rejected.id).rejected_by == city.countersigner.staff_id
    assert state_of(person_id) is State.EXAMINED


def test_a_refused_application_is_not_opened_again_by_another_employers_return(city: City):
    data, other = passport(), found_city().employer
    person_id = city.person_at(State.APPLIED, data=data)
    refused = decided(city, person_id, Outcome.REFUSED)
    permits.submit_application(actor=other, at=LATER, passport=data, job=JOB)
    decided(city, person_id, Outcome.RETURNED)

    with pytest.raises(Refused):
        permits.correct_application(actor=city.employer, at=LATER, application_id=refused.application_id, job=JOB)

    assert Submission.objects.filter(application_id=refused.application_id).count() == 1
    assert case_of_application(refused.application_id).state is State.REFUSED


def test_the_same_set_in_another_order_is_the_same_request(db, city: City):
    one, other = frozenset([0, 8]), frozenset([8, 0])
    assert repr(one) != repr(other)
    asked = {"actor": city.border, "at": NOW, "key": "a-key"}

    assert once(made_of, **asked, papers=one) == once(made_of, **asked, papers=other)
    with pytest.raises(KeyReused):
        once(made_of, **asked, papers=frozenset([0, 9]))


def made_of(*, actor, at, papers):
    assert actor
    assert at
    assert papers


@pytest.mark.parametrize("space", ["\u3000", "\u00a0", "\n"])
def test_spaces_of_every_keyboard_become_plain_ones(city: City, space):
    job = replace(JOB, post=f"光学{space}工程师", work_place=f"上海市{space}浦东新区")
    data = replace(passport(), chinese_name=f"安娜{space}样本")

    permits.submit_application(actor=city.employer, at=NOW, passport=data, job=job)

    [submission] = Submission.objects.all()
    assert (submission.post, submission.work_place) == ("光学 工程师", "上海市 浦东新区")
    assert permits.person_card(submission.person_id).chinese_name == "安娜 样本"


@pytest.mark.parametrize("field", ["post", "work_place", "chinese_name"])
def test_words_that_no_code_could_show_are_refused_where_they_are_typed(city: City, field):
    job, data = JOB, passport()
    if field == "chinese_name":
        data = replace(data, chinese_name="安娜\u200b样本")
    else:
        job = replace(JOB, **{field: "光学\u200b工程师"})

    with pytest.raises(Unprintable) as refused:
        permits.submit_application(actor=city.employer, at=NOW, passport=data, job=job)

    assert refused.value.field == field


def answer_on(city: City, person_id, day) -> str:
    checked = check_number(
        actor=city.inspector, at=NOW + (day - TODAY), number=permit_number_of(person_id), purpose="report"
    )
    return checked.verdict.reason.code


def test_a_claimed_card_does_not_prolong_the_legacy_permit(city: City):
    person_id = city.person_at(State.CARD_CLAIMED, legacy=True)

    last = LEGACY_JOB.valid_until - timedelta(days=1)
    assert answer_on(city, person_id, last) == "number.legacy"
    assert answer_on(city, person_id, LEGACY_JOB.valid_until) == "number.expired"


def test_the_number_of_a_permit_is_good_from_its_first_day_to_its_last(city: City):
    person_id = city.person_at(State.ACTIVE)
    day = timedelta(days=1)

    answers = [answer_on(city, person_id, on) for on in (
        JOB.valid_from - day, JOB.valid_from, JOB.valid_until - day, JOB.valid_until
    )]  # fmt: skip

    assert answers == ["number.not-yet-valid", "number.active", "number.active", "number.expired"]
