"""What is refused: a step out of order, a wrong actor, wrong identifiers, a second time. Nothing is written by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rongka.registers.agencies.commands import register_agency
from rongka.registers.agencies.errors import CreditCodeInvalid
from rongka.registers.agencies.permissions import Kind
from rongka.registers.cards import commands as cards
from rongka.registers.cards.errors import PermitNumberDiffers
from rongka.registers.cards.queries import state_of
from rongka.registers.identity import commands as identity
from rongka.registers.identity.errors import DocumentMismatch, ExaminationLapsed, SameOfficer
from rongka.registers.identity.queries import open_examinations
from rongka.registers.identity.signing_in import sign_in_holder
from rongka.registers.journal.actors import SYSTEM, holder
from rongka.registers.journal.errors import NotFound, NotPermitted, Refused, RegisterError
from rongka.registers.journal.models import Record
from rongka.registers.people.errors import MrzInvalid, NamesDiffer, PassportOfAnother
from rongka.registers.permits import commands as permits
from rongka.registers.permits.errors import AlreadyDecided, NoticeDiffers, OpenElsewhere, ReasonMissing, VersionReplaced
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import case_of_person, legacy_permit_of, permit_number_of
from rongka.rulebook.order import Occasion, Paper, State
from rongka.text import Text
from tests.registers.city import ENTRY_PAPERS, JOB, LEGACY, NOW, OVERSEAS, City, found_city, passport

STATES = [(state, False) for state in OVERSEAS] + [(state, True) for state in LEGACY]


def records() -> int:
    return Record.objects.count()


@pytest.fixture(scope="module")
def people(founded, module_transaction):
    """Take a person to each state."""
    with module_transaction():
        return {(state, legacy): founded.person_at(state, legacy=legacy) for state, legacy in STATES}


@pytest.mark.parametrize(("state", "legacy"), STATES)
@pytest.mark.parametrize("step", OVERSEAS[4:])
def test_only_the_next_step_can_be_taken(people, city: City, state, legacy, step):
    """Every act inside China, from every state: the next one is done, all others are refused and write nothing."""
    states = LEGACY if legacy else OVERSEAS
    person_id = people[state, legacy]
    is_next = states.index(step) == states.index(state) + 1
    before = records()

    try:
        city.advance(person_id, to=step)
    except (Refused, NotFound, AttributeError, KeyError):
        assert not is_next
        assert (state_of(person_id), records()) == (state, before)
    else:
        assert is_next
        assert state_of(person_id) is step


@pytest.mark.parametrize(
    ("papers", "rule"),
    [
        ({Paper.PASSPORT, Paper.VISA, Paper.CARD}, "entry.card-is-no-entry-document"),
        ({Paper.PASSPORT, Paper.VISA, Paper.NOTICE_COPY}, "entry.original-notice"),
        ({Paper.PASSPORT, Paper.VISA}, "entry.original-notice"),
        ({Paper.ORIGINAL_NOTICE, Paper.VISA}, "entry.original-notice"),
    ],
)
def test_at_the_border_only_passport_and_original_notice_will_do(city: City, papers, rule):
    person_id = city.person_at(State.VISA_ISSUED)

    with pytest.raises(Refused) as refused:
        permits.record_entry(
            actor=city.border,
            at=NOW,
            passport_number=permits.person_card(person_id).passport_number,
            notice_number=case_of_person(person_id).notice.number,
            papers=frozenset(papers),
        )

    named = {reason.rule for reason in refused.value.decision.reasons}
    assert rule in named
    assert all(reason.next_step.en and reason.source for reason in refused.value.decision.reasons)
    assert state_of(person_id) is State.VISA_ISSUED


def test_another_persons_notice_is_no_entry_paper(city: City):
    mine, theirs = city.person_at(State.VISA_ISSUED), city.person_at(State.VISA_ISSUED)

    with pytest.raises(NoticeDiffers):
        permits.record_entry(
            actor=city.border,
            at=NOW,
            passport_number=permits.person_card(mine).passport_number,
            notice_number=case_of_person(theirs).notice.number,
            papers=ENTRY_PAPERS,
        )


def test_a_second_visa_on_one_notice_is_refused(city: City):
    person_id = city.person_at(State.VISA_ISSUED)

    with pytest.raises(Refused) as refused:
        city.advance(person_id, to=State.VISA_ISSUED)

    assert refused.value.code.startswith("order.")


def test_the_wrong_agency_may_not_act(city: City):
    person_id = city.person_at(State.APPLIED)
    submission_id = case_of_person(person_id).submission_id

    for actor in [city.employer, city.consulate, city.border, city.examiner, city.inspector, holder(person_id)]:
        with pytest.raises(NotPermitted):
            permits.decide_application(actor=actor, at=NOW, submission_id=submission_id, outcome=Outcome.APPROVED)


def test_an_employer_sees_and_corrects_only_its_own_applications(city: City):
    person_id = city.person_at(State.APPLIED)
    case = case_of_person(person_id)
    stranger = found_city().employer

    with pytest.raises(NotFound):
        permits.correct_application(actor=stranger, at=NOW, application_id=case.application_id, job=JOB)
    data = passport_of(person_id)
    with pytest.raises(OpenElsewhere):
        permits.submit_application(actor=stranger, at=NOW, passport=data, job=JOB)


def test_one_version_is_decided_once_and_only_the_newest(city: City):
    person_id = city.person_at(State.APPLIED)
    first = case_of_person(person_id)
    returned = {"outcome": Outcome.RETURNED, "reasons": ("contract-missing",)}
    permits.decide_application(actor=city.authority, at=NOW, submission_id=first.submission_id, **returned)

    with pytest.raises(AlreadyDecided) as decided:
        permits.decide_application(
            actor=city.authority_colleague, at=NOW, submission_id=first.submission_id, outcome=Outcome.APPROVED
        )
    assert decided.value.officer_id == city.authority.staff_id

    permits.correct_application(actor=city.employer, at=NOW, application_id=first.application_id, job=JOB)
    second = case_of_person(person_id)
    assert (second.version, second.state) == (2, State.APPLIED)
    with pytest.raises(AlreadyDecided):
        permits.decide_application(
            actor=city.authority, at=NOW, submission_id=first.submission_id, outcome=Outcome.APPROVED
        )


def test_an_undecided_version_cannot_be_corrected_underneath_the_officer(city: City):
    person_id = city.person_at(State.APPLIED)

    with pytest.raises(Refused):
        permits.correct_application(
            actor=city.employer, at=NOW, application_id=case_of_person(person_id).application_id, job=JOB
        )
    assert VersionReplaced().status == 409


def test_refusing_needs_a_reason_from_the_list(city: City):
    submission_id = case_of_person(city.person_at(State.APPLIED)).submission_id

    for reasons in [(), ("because",)]:
        with pytest.raises(ReasonMissing):
            permits.decide_application(
                actor=city.authority, at=NOW, submission_id=submission_id, outcome=Outcome.REFUSED, reasons=reasons
            )


def test_after_a_refusal_a_new_application_may_be_made(city: City):
    person_id = city.person_at(State.APPLIED)
    case = case_of_person(person_id)
    permits.decide_application(
        actor=city.authority,
        at=NOW,
        submission_id=case.submission_id,
        outcome=Outcome.REFUSED,
        reasons=("category-not-met",),
    )
    assert state_of(person_id) is State.REFUSED

    permits.submit_application(
        actor=city.employer, at=NOW + timedelta(seconds=1), passport=passport_of(person_id), job=JOB
    )

    assert state_of(person_id) is State.APPLIED


@pytest.mark.parametrize("position", [10, 20, 28, 44 + 1 + 9, 44 + 1 + 19, 44 + 1 + 43])
def test_a_wrong_machine_readable_zone_is_refused(city: City, position):
    data = passport()
    wrong = "8" if data.mrz[position] != "8" else "7"
    before = records()

    with pytest.raises((MrzInvalid, NamesDiffer)):
        permits.submit_application(
            actor=city.employer,
            at=NOW,
            passport=replace(data, mrz=data.mrz[:position] + wrong + data.mrz[position + 1 :]),
            job=JOB,
        )

    assert records() == before


def test_a_printed_name_that_is_not_the_zones_is_refused_with_an_explanation(city: City):
    data = replace(passport(), given_names="BERTA")

    with pytest.raises(NamesDiffer) as refused:
        permits.submit_application(actor=city.employer, at=NOW, passport=data, job=JOB)

    assert refused.value.text.en
    assert refused.value.text.zh


def test_a_passport_number_of_somebody_else_is_refused(city: City):
    data = passport(number="XD0000001")
    permits.submit_application(actor=city.employer, at=NOW, passport=data, job=JOB)
    other = replace(data, mrz=data.mrz.replace("900517", "910517"))

    with pytest.raises((PassportOfAnother, MrzInvalid)):
        permits.submit_application(actor=city.employer, at=NOW, passport=other, job=JOB)


@pytest.mark.parametrize("code", ["91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43", "", "💳" * 18])
def test_a_wrong_credit_code_is_refused(db, code):
    with pytest.raises(CreditCodeInvalid) as refused:
        register_agency(
            actor=SYSTEM, at=NOW, kind=Kind.EMPLOYER, name=Text(zh="演示", en="Demo"), place="上海", credit_code=code
        )

    assert refused.value.code.startswith("credit-code.")


def test_two_officers_verify_and_they_are_two(city: City):
    person_id = city.person_at(State.EXAMINED)
    admission_id = case_of_person(person_id).admission_id
    examination = open_examinations([admission_id])[admission_id]

    with pytest.raises(SameOfficer):
        identity.countersign_identity(actor=city.examiner, at=NOW, examination_id=examination.id)
    late = NOW + timedelta(minutes=31)
    with pytest.raises(ExaminationLapsed):
        identity.countersign_identity(actor=city.countersigner, at=late, examination_id=examination.id)

    identity.reject_identity(
        actor=city.countersigner, at=late, examination_id=examination.id, reasons=("countersigned-too-late",)
    )
    assert state_of(person_id) is State.ADMITTED


def test_another_passport_at_the_counter_is_refused_field_by_field(city: City):
    person_id = city.person_at(State.ADMITTED)

    with pytest.raises(DocumentMismatch) as refused:
        identity.examine_identity(
            actor=city.examiner, at=NOW, admission_id=case_of_person(person_id).admission_id, mrz=passport().mrz
        )

    assert [field.en for field in refused.value.fields] == ["passport number"]


def test_only_the_own_permit_number_is_bound(city: City):
    mine, theirs = city.person_at(State.CARD_CLAIMED), city.person_at(State.CARD_CLAIMED)

    for number in [permit_number_of(theirs), "WP000", ""]:
        with pytest.raises(PermitNumberDiffers):
            cards.bind_permit_number(actor=holder(mine), at=NOW, permit_number=number)


def test_a_card_can_be_claimed_years_after_the_entry(city: City):
    person_id = city.person_at(State.VERIFIED)

    cards.claim_card(actor=holder(person_id), at=NOW + timedelta(days=3650))

    assert state_of(person_id) is State.CARD_CLAIMED


def test_a_legacy_permit_is_switched_only_on_an_occasion(city: City):
    person_id = city.person_at(State.LEGACY, legacy=True)
    legacy = legacy_permit_of(person_id)

    with pytest.raises(Refused) as refused:
        permits.submit_switch(actor=city.employer, at=NOW, legacy_permit_id=legacy.id, occasion=None, job=JOB)
    assert refused.value.decision.reasons[0].rule == "legacy.no-change-unless-renewal"

    permits.submit_switch(actor=city.employer, at=NOW, legacy_permit_id=legacy.id, occasion=Occasion.CHANGE, job=JOB)
    assert state_of(person_id) is State.SWITCH_APPLIED


def test_a_card_is_suspended_reinstated_and_cancelled_with_a_reason(city: City):
    person_id = city.person_at(State.ACTIVE)

    with pytest.raises(RegisterError):
        cards.suspend_card(actor=city.authority, at=NOW, person_id=person_id, reason=" ")
    cards.suspend_card(actor=city.authority, at=NOW, person_id=person_id, reason="演示")
    assert state_of(person_id) is State.SUSPENDED
    cards.reinstate_card(actor=city.authority, at=NOW, person_id=person_id)
    assert state_of(person_id) is State.ACTIVE
    cards.cancel_permit(actor=city.authority, at=NOW, person_id=person_id, reason="演示")
    assert state_of(person_id) is State.CANCELLED
    with pytest.raises(Refused):
        cards.reinstate_card(actor=city.authority, at=NOW, person_id=person_id)


def test_sign_in_waits_after_five_wrong_names(city: City):
    person_id = city.person_at(State.NOTICE_ISSUED)
    number = case_of_person(person_id).notice.number
    attempt = {"number": number, "pepper": b"test", "name_alone": True}

    for _ in range(5):
        assert sign_in_holder(at=NOW, name="WRONG, NAME", **attempt).person_id is None
    locked = sign_in_holder(at=NOW, name="DEMO, ANNA MARIA", **attempt)
    later = sign_in_holder(at=NOW + timedelta(minutes=16), name="anna maria demo", **attempt)

    assert (locked.person_id, locked.retry_at) == (None, NOW + timedelta(minutes=15))
    assert later.person_id == person_id


def passport_of(person_id):
    person = permits.person_card(person_id)
    return permits.PassportData(surname=person.surname, given_names=person.given_names, mrz=person.mrz)


@pytest.mark.parametrize(
    "error", [MrzInvalid, NamesDiffer, CreditCodeInvalid, PermitNumberDiffers, DocumentMismatch, NotPermitted]
)
def test_a_refusal_by_a_standard_or_the_guide_cites_it(error):
    assert error.source.document.zh
    assert error.source.clause.en
