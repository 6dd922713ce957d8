"""The acts up to the admission: apply, correct, decide, issue a visa, record an entry; record a legacy permit.

Each is one transaction: permission and row lock, then the rule book, then the rows, then the event.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from rongka.registers.agencies.permissions import Permission
from rongka.registers.journal.commands import record, require
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.numbers import random_number
from rongka.registers.journal.wording import one_line
from rongka.registers.people.commands import PassportData, record_person, replace_passport
from rongka.registers.people.models import Person
from rongka.registers.people.queries import person_card, person_of_passport_number
from rongka.rulebook.notice import notice_validity
from rongka.rulebook.order import Event, Facts, Occasion, Paper, State, decide

from .errors import (
    AlreadyDecided,
    ArrivalNotFound,
    NoticeDiffers,
    NoticeExpired,
    OpenElsewhere,
    PassportDiffers,
    PassportNotNew,
    PeriodInvalid,
    ReasonMissing,
    VersionReplaced,
    VisaExpired,
    VisaNumberTaken,
    VisaPeriodInvalid,
)
from .events import (
    ApplicationRefused,
    ApplicationReturned,
    ApplicationSubmitted,
    EntryRecorded,
    LegacyPermitRecorded,
    LegacyPermitSwitched,
    NoticeIssued,
    VisaIssued,
)
from .models import Admission, Application, Entry, LegacyPermit, Notice, PermitNumber, Ruling, Submission, Switch, Visa
from .outcomes import Kind, Outcome
from .queries import (
    case_of_application,
    case_of_notice,
    case_of_person,
    legacy_permit_of,
    notice_by_number,
    permit_state,
)
from .reasons import REASONS

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor

CODE_LENGTH = 12  # 30^12 numbers: about 59 bits, so that a notice number cannot be guessed


@dataclass(frozen=True, slots=True)
class Job:
    """What the foreigner is to do, and where and when."""

    category: str
    post: str
    work_place: str
    valid_from: date
    valid_until: date


@transaction.atomic
def submit_application(*, actor: Actor, at: datetime, passport: PassportData, job: Job) -> UUID:
    """Open a case for a foreigner who is still abroad; return the application's id."""
    actor.must_have(Permission.APPLY)
    job = _readable(job)
    _period_must_run(job, on=day_of(at))
    person_id = record_person(actor=actor, at=at, on=day_of(at), passport=passport)
    _lock_person(person_id)
    case = case_of_person(person_id)
    # A refused application is closed, and so is one whose notice or visa ran out unused: the next begins from nothing.
    is_over = case is not None and case.is_closed(on=day_of(at))
    if case is not None and case.employer_id != actor.agency_id and not is_over:
        raise OpenElsewhere
    state = State.NOTHING if is_over else permit_state(person_id)
    require(decide(event=Event.SUBMIT_APPLICATION, state=state, actor=actor.kind, on=day_of(at)))
    return _open(actor=actor, at=at, person_id=person_id, kind=Kind.OVERSEAS, legacy_permit_id=None, job=job)


@transaction.atomic
def submit_switch(*, actor: Actor, at: datetime, legacy_permit_id: UUID, occasion: Occasion | None, job: Job) -> UUID:
    """Ask for the extension, change or reissue of a legacy permit, which moves it to the card."""
    actor.must_have(Permission.APPLY)
    job = _readable(job)
    _period_must_run(job, on=day_of(at))
    legacy = LegacyPermit.objects.select_for_update().filter(id=legacy_permit_id, employer_id=actor.agency).first()
    if legacy is None:
        raise NotFound
    facts = Facts(occasion=occasion, legacy_valid_until=legacy.valid_until)
    state = permit_state(legacy.person_id)
    require(decide(event=Event.SUBMIT_SWITCH, state=state, actor=actor.kind, on=day_of(at), facts=facts))
    # The rule book has refused a switch without an occasion, so there is one here.
    kind = Kind(str(occasion))
    return _open(actor=actor, at=at, person_id=legacy.person_id, kind=kind, legacy_permit_id=legacy.id, job=job)


@transaction.atomic
def correct_application(
    *, actor: Actor, at: datetime, application_id: UUID, job: Job, passport: PassportData | None = None
) -> UUID:
    """Submit a new version after a return; return the application's id."""
    application = access_own_application(actor=actor, application_id=application_id)
    job = _readable(job)
    _period_must_run(job, on=day_of(at))
    event = Event.CORRECT_APPLICATION if application.kind == Kind.OVERSEAS else Event.CORRECT_SWITCH
    facts = Facts() if application.kind == Kind.OVERSEAS else Facts(occasion=Occasion(application.kind))
    state = _state_of_application(application.id)
    require(decide(event=event, state=state, actor=actor.kind, on=day_of(at), facts=facts))
    if passport is not None:
        replace_passport(actor=actor, at=at, on=day_of(at), person_id=application.person_id, passport=passport)
    version = application.submissions.count() + 1
    _submit(actor=actor, at=at, application=application, version=version, job=job)
    return application.id


@transaction.atomic
def decide_application(
    *, actor: Actor, at: datetime, submission_id: UUID, outcome: Outcome, reasons: tuple[str, ...] = (), note: str = ""
) -> UUID:
    """Decide one version: approve (which issues the notice, or switches the legacy permit), return or refuse it."""
    submission = access_submission(actor=actor, submission_id=submission_id)
    _must_be_newest(submission)
    if outcome is not Outcome.APPROVED and not (reasons and set(reasons) <= set(REASONS)):
        raise ReasonMissing
    state = _state_of_application(submission.application_id)
    event = _RULING_EVENTS[submission.kind == Kind.OVERSEAS, outcome]
    occasion = None if submission.kind == Kind.OVERSEAS else Occasion(submission.kind)
    require(decide(event=event, state=state, actor=actor.kind, on=day_of(at), facts=Facts(occasion=occasion)))
    ruling = Ruling.objects.create(
        submission=submission,
        person_id=submission.person_id,
        kind=submission.kind,
        outcome=outcome,
        reasons=[] if outcome is Outcome.APPROVED else list(reasons),
        note=note,
        officer_id=actor.officer,
        agency_id=actor.agency,
        decided_at=at,
    )
    _carry_out(actor=actor, at=at, submission=submission, ruling=ruling)
    return ruling.id


@transaction.atomic
def issue_visa(*, actor: Actor, at: datetime, notice_number: str, visa_number: str, expires_on: date) -> UUID:
    """Record the Z visa that the consulate issued on a notice; return the visa's id."""
    actor.must_have(Permission.ISSUE_VISA)
    notice, on = notice_by_number(notice_number), day_of(at)
    _lock_person(notice.person_id)
    # The notice's own case is asked, and not the person's newest: a lapsed notice does not live on a later case.
    state = case_of_notice(notice.id).state
    require(decide(event=Event.ISSUE_VISA, state=state, actor=actor.kind, on=on))
    if notice.expires_on < on:
        raise NoticeExpired
    if expires_on <= on:
        raise VisaPeriodInvalid
    try:
        with transaction.atomic():
            visa = Visa.objects.create(
                notice_id=notice.id,
                person_id=notice.person_id,
                number=visa_number.strip().upper(),
                consulate_id=actor.agency,
                officer_id=actor.officer,
                issued_on=on,
                expires_on=expires_on,
                recorded_at=at,
            )
    except IntegrityError as error:
        # The person is locked, so there is no other visa on this notice: it is the number that is taken.
        raise VisaNumberTaken from error
    record(VisaIssued(subject_id=visa.id, person_id=visa.person_id), actor=actor, at=at)
    return visa.id


@transaction.atomic
def record_entry(
    *, actor: Actor, at: datetime, passport_number: str, notice_number: str, papers: frozenset[Paper]
) -> UUID:
    """Record an entry on passport, Z visa and original notice; return the admission's id."""
    actor.must_have(Permission.RECORD_ENTRY)
    person_id = person_of_passport_number(passport_number)
    if person_id is None:
        raise ArrivalNotFound
    _lock_person(person_id)
    case = case_of_person(person_id)
    if case is None:
        raise ArrivalNotFound
    facts = Facts(papers=papers)
    require(decide(event=Event.RECORD_ENTRY, state=case.state, actor=actor.kind, on=day_of(at), facts=facts))
    notice = notice_by_number(notice_number)
    if notice != case.notice:  # another person's, or that of an earlier case which has lapsed
        raise NoticeDiffers
    if person_card(person_id).passport_number != passport_number.strip().upper():
        raise PassportDiffers
    visa = Visa.objects.get(notice_id=notice.id)
    if visa.expires_on < day_of(at):
        raise VisaExpired
    entry = Entry.objects.create(
        visa=visa, person_id=person_id, port_id=actor.agency, officer_id=actor.officer, entered_on=day_of(at)
    )
    event = EntryRecorded(subject_id=entry.id, person_id=person_id, papers=sorted(papers))
    record(event, actor=actor, at=at)
    return Admission.objects.create(person_id=person_id, entry=entry, admitted_at=at).id


@transaction.atomic
def record_legacy_permit(
    *,
    actor: Actor,
    at: datetime,
    passport: PassportData,
    number: str,
    employer_id: UUID,
    job: Job,
) -> UUID:
    """Take a permit from before the integration into the register, with its number; it stays valid as it is."""
    actor.must_have(Permission.DECIDE)
    job = _readable(job)
    person_id = record_person(actor=actor, at=at, on=day_of(at), passport=passport)
    legacy = LegacyPermit.objects.create(
        person_id=person_id,
        employer_id=employer_id,
        category=job.category,
        post=job.post,
        work_place=job.work_place,
        issued_on=job.valid_from,
        valid_until=job.valid_until,
        recorded_at=at,
    )
    PermitNumber.objects.create(person_id=person_id, number=number, assigned_at=at)
    record(LegacyPermitRecorded(subject_id=legacy.id, person_id=person_id), actor=actor, at=at)
    return legacy.id


@transaction.atomic
def record_new_passport(*, actor: Actor, at: datetime, person_id: UUID, passport: PassportData) -> UUID:
    """Record the passport that an own worker holds from now on, wherever the case stands; return the passport's id."""
    access_own_worker(actor=actor, person_id=person_id)
    before = person_card(person_id).passport_id
    recorded = replace_passport(actor=actor, at=at, on=day_of(at), person_id=person_id, passport=passport)
    if recorded == before:
        raise PassportNotNew
    return recorded


def access_own_worker(*, actor: Actor, person_id: UUID) -> Person:
    """Return a person whose newest case, or legacy permit, is the employer's own, locked."""
    actor.must_have(Permission.APPLY)
    person = Person.objects.select_for_update().filter(id=person_id).first()
    held = case_of_person(person_id) or legacy_permit_of(person_id)
    if person is None or held is None or held.employer_id != actor.agency_id:
        raise NotFound
    return person


def access_own_application(*, actor: Actor, application_id: UUID) -> Application:
    """Return the employer's own application, locked; others look as if they did not exist."""
    actor.must_have(Permission.APPLY)
    own = Application.objects.select_for_update().filter(id=application_id, employer_id=actor.agency).first()
    if own is None:
        raise NotFound
    return own


def access_submission(*, actor: Actor, submission_id: UUID) -> Submission:
    """Return the submission, its application locked: corrections and other officers wait."""
    actor.must_have(Permission.DECIDE)
    submission = Submission.objects.filter(id=submission_id).first()
    if submission is None:
        raise NotFound
    Application.objects.select_for_update().get(id=submission.application_id)
    return submission


_RULING_EVENTS = {
    (True, Outcome.APPROVED): Event.ISSUE_NOTICE,
    (True, Outcome.RETURNED): Event.RETURN_APPLICATION,
    (True, Outcome.REFUSED): Event.REFUSE_APPLICATION,
    (False, Outcome.APPROVED): Event.APPROVE_SWITCH,
    (False, Outcome.RETURNED): Event.RETURN_SWITCH,
    (False, Outcome.REFUSED): Event.REFUSE_SWITCH,
}


def _state_of_application(application_id: UUID) -> State:
    """Return where this very application stands: a refused one is not opened again by the state of a newer one."""
    case = case_of_application(application_id)
    if case is None:
        raise NotFound
    return case.state


def _lock_person(person_id: UUID) -> None:
    Person.objects.select_for_update().get(id=person_id)


def _readable(job: Job) -> Job:
    """Return the job with its words as they will stand in the codes."""
    return replace(
        job,
        post=one_line(job.post, field="post"),
        work_place=one_line(job.work_place, field="work_place"),
    )


def _period_must_run(job: Job, *, on: date) -> None:
    if not (job.valid_from < job.valid_until and on < job.valid_until):
        raise PeriodInvalid


def _open(*, actor: Actor, at: datetime, person_id: UUID, kind: Kind, legacy_permit_id: UUID | None, job: Job) -> UUID:
    application = Application.objects.create(
        person_id=person_id,
        employer_id=actor.agency,
        kind=kind,
        legacy_permit_id=legacy_permit_id,
        reference=random_number(prefix="SQ", length=CODE_LENGTH),
        opened_at=at,
    )
    _submit(actor=actor, at=at, application=application, version=1, job=job)
    return application.id


def _submit(*, actor: Actor, at: datetime, application: Application, version: int, job: Job) -> None:
    submission = Submission.objects.create(
        application=application,
        person_id=application.person_id,
        kind=application.kind,
        version=version,
        category=job.category,
        post=job.post,
        work_place=job.work_place,
        valid_from=job.valid_from,
        valid_until=job.valid_until,
        submitted_by=actor.officer,
        submitted_at=at,
    )
    event = ApplicationSubmitted(
        subject_id=application.id,
        person_id=submission.person_id,
        reference=application.reference,
        kind=application.kind,
        version=version,
    )
    record(event, actor=actor, at=at)


def _must_be_newest(submission: Submission) -> None:
    earlier = Ruling.objects.filter(submission=submission).first()
    if earlier is not None:
        raise AlreadyDecided(officer_id=earlier.officer_id, at=earlier.decided_at)
    if Submission.objects.filter(application=submission.application_id, version__gt=submission.version).exists():
        raise VersionReplaced


def _carry_out(*, actor: Actor, at: datetime, submission: Submission, ruling: Ruling) -> None:
    """Make of the ruling what it says: a notice, a switch with its admission, or words to the applicant."""
    if ruling.outcome == Outcome.APPROVED and ruling.kind == Kind.OVERSEAS:
        _issue_notice(actor=actor, at=at, ruling=ruling)
    elif ruling.outcome == Outcome.APPROVED:
        _switch(actor=actor, at=at, ruling=ruling)
    else:
        kind = ApplicationReturned if ruling.outcome == Outcome.RETURNED else ApplicationRefused
        event = kind(
            subject_id=submission.application_id,
            person_id=ruling.person_id,
            version=submission.version,
            reasons=ruling.reasons,
            note=ruling.note,
        )
        record(event, actor=actor, at=at)


def _issue_notice(*, actor: Actor, at: datetime, ruling: Ruling) -> None:
    on = day_of(at)
    days = notice_validity(on=on).value
    notice = Notice.objects.create(
        ruling=ruling,
        person_id=ruling.person_id,
        number=random_number(prefix="TZ", length=CODE_LENGTH),
        issued_on=on,
        expires_on=on + timedelta(days=days),
    )
    PermitNumber.objects.get_or_create(
        person_id=ruling.person_id,
        defaults={"number": random_number(prefix="WP", length=CODE_LENGTH), "assigned_at": at},
    )
    record(NoticeIssued(subject_id=notice.id, person_id=notice.person_id, number=notice.number), actor=actor, at=at)


def _switch(*, actor: Actor, at: datetime, ruling: Ruling) -> None:
    switch = Switch.objects.create(ruling=ruling, person_id=ruling.person_id, kind=ruling.kind, switched_on=day_of(at))
    event = LegacyPermitSwitched(subject_id=switch.id, person_id=switch.person_id, kind=switch.kind)
    record(event, actor=actor, at=at)
    Admission.objects.create(person_id=switch.person_id, switch=switch, admitted_at=at)
