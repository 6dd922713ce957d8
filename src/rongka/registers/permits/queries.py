"""Where each person's case stands, up to the admission; and the queues of the desks that work on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from rongka.rulebook.order import State

from .errors import NoticeNotFound
from .models import Admission, Entry, LegacyPermit, Notice, PermitNumber, Ruling, Submission, Switch, Visa
from .outcomes import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class RulingCard:
    """What the authority decided on a submission."""

    outcome: Outcome
    reasons: tuple[str, ...]
    note: str
    officer_id: UUID
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice as the desks and the holder see it."""

    id: UUID
    person_id: UUID
    number: str
    issued_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class VisaCard:
    """A Z visa as recorded by the consulate."""

    number: str
    consulate_id: UUID
    issued_on: date
    expires_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """The newest submission of a person's newest application, and all that followed from it."""

    application_id: UUID
    submission_id: UUID
    person_id: UUID
    employer_id: UUID
    reference: str
    kind: Kind
    version: int
    category: str
    post: str
    work_place: str
    valid_from: date
    valid_until: date
    submitted_at: datetime
    ruling: RulingCard | None
    notice: NoticeCard | None
    visa: VisaCard | None
    entered_on: date | None
    switched_on: date | None
    admission_id: UUID | None
    admitted_at: datetime | None

    @property
    def state(self) -> State:
        """Return where the case stands, read off the rows that exist."""
        if self.admission_id is not None:
            return State.ADMITTED
        if self.visa is not None:
            return State.VISA_ISSUED
        if self.notice is not None:
            return State.NOTICE_ISSUED
        overseas = self.kind is Kind.OVERSEAS
        if self.ruling is None:
            return State.APPLIED if overseas else State.SWITCH_APPLIED
        if self.ruling.outcome is Outcome.RETURNED:
            return State.RETURNED if overseas else State.SWITCH_RETURNED
        return State.REFUSED if overseas else State.LEGACY

    def has_lapsed(self, *, on: date) -> bool:
        """Tell whether the case ended by itself: the notice ran out without a visa, or the visa without an entry."""
        if self.admission_id is not None:
            return False
        waiting = self.visa or self.notice
        return waiting is not None and waiting.expires_on < on

    def is_closed(self, *, on: date) -> bool:
        """Tell whether nothing can follow any more, so that a new case may begin, with any employer."""
        return self.state is State.REFUSED or self.has_lapsed(on=on)


@dataclass(frozen=True, slots=True)
class LegacyCard:
    """A permit from before the integration."""

    id: UUID
    person_id: UUID
    employer_id: UUID
    category: str
    post: str
    work_place: str
    issued_on: date
    valid_until: date


def case_of_person(person_id: UUID) -> Case | None:
    """Return a person's newest case, if there is one."""
    return cases_of_persons([person_id]).get(person_id)


def cases_of_persons(person_ids: Iterable[UUID]) -> dict[UUID, Case]:
    """Return the newest case of each person, in one query."""
    newest = (
        _with_what_followed()
        .filter(person_id__in=set(person_ids))
        .order_by("person_id", "-application__opened_at", "-version")
        .distinct("person_id")
    )
    return {submission.person_id: _case(submission) for submission in newest}


def case_of_application(application_id: UUID) -> Case | None:
    """Return one application's case at its newest version."""
    submission = _with_what_followed().filter(application_id=application_id).order_by("-version").first()
    return _case(submission) if submission else None


def case_of_notice(notice_id: UUID) -> Case:
    """Return the case in which a notice was issued, which need not be the person's newest."""
    return _case(_with_what_followed().get(ruling__notice=notice_id))


def case_of_admission(admission_id: UUID) -> Case | None:
    """Return the case that led to an admission."""
    led_here = Q(ruling__notice__visa__entry__admission=admission_id) | Q(ruling__switch__admission=admission_id)
    submission = _with_what_followed().filter(led_here).first()
    return _case(submission) if submission else None


def versions_of_application(application_id: UUID) -> list[Case]:
    """Return every version of an application, oldest first."""
    return [_case(row) for row in _with_what_followed().filter(application_id=application_id).order_by("version")]


def permit_state(person_id: UUID) -> State:
    """Return where a person stands, up to the admission."""
    case = case_of_person(person_id)
    if case is not None:
        return case.state
    return State.LEGACY if LegacyPermit.objects.filter(person_id=person_id).exists() else State.NOTHING


def cases_to_decide() -> list[Case]:
    """Return the authority's queue, the oldest first."""
    return [_case(row) for row in _with_what_followed().filter(ruling__isnull=True).order_by("submitted_at")]


def cases_returned() -> list[Case]:
    """Return the cases that wait for the employer's correction, the longest waiting first."""
    newer = Submission.objects.filter(application=OuterRef("application"), version__gt=OuterRef("version"))
    returned = _with_what_followed().filter(~Exists(newer), ruling__outcome=Outcome.RETURNED)
    return [_case(row) for row in returned.order_by("ruling__decided_at")]


def cases_decided(*, most: int) -> list[Case]:
    """Return the newest decisions of the authority."""
    decided = _with_what_followed().filter(ruling__isnull=False).order_by("-ruling__decided_at")
    return [_case(row) for row in decided[:most]]


def cases_awaiting_visa() -> list[Case]:
    """Return the notices on which no visa has been issued."""
    waiting = _with_what_followed().filter(ruling__notice__isnull=False, ruling__notice__visa__isnull=True)
    return [_case(row) for row in waiting.order_by("ruling__notice__issued_on", "id")]


def cases_awaiting_entry() -> list[Case]:
    """Return the visas whose holders have not entered."""
    waiting = _with_what_followed().filter(ruling__notice__visa__isnull=False, ruling__notice__visa__entry__isnull=True)
    return [_case(row) for row in waiting.order_by("ruling__notice__visa__issued_on", "id")]


def persons_of_employer(employer_id: UUID) -> list[UUID]:
    """Return the persons for whom this employer has a case or a legacy permit, the newest first."""
    cases = Submission.objects.filter(application__employer_id=employer_id).order_by("-submitted_at")
    legacy = LegacyPermit.objects.filter(employer_id=employer_id).order_by("-recorded_at")
    found = [*cases.values_list("person_id", flat=True), *legacy.values_list("person_id", flat=True)]
    return list(dict.fromkeys(found))


def notice_by_number(number: str) -> NoticeCard:
    """Return the notice of this number; raise `NoticeNotFound`."""
    notice = Notice.objects.filter(number=number.strip().upper()).first()
    if notice is None:
        raise NoticeNotFound
    return _notice(notice)


def permit_number_of(person_id: UUID) -> str | None:
    """Return a person's work permit number, once there is one."""
    return PermitNumber.objects.filter(person_id=person_id).values_list("number", flat=True).first()


def permit_numbers_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return several persons' work permit numbers in one query."""
    rows = PermitNumber.objects.filter(person_id__in=set(person_ids))
    return dict(rows.values_list("person_id", "number"))


def person_of_permit_number(number: str) -> UUID | None:
    """Return whose work permit number this is."""
    rows = PermitNumber.objects.filter(number=number.strip().upper())
    return rows.values_list("person_id", flat=True).first()


def legacy_permit_of(person_id: UUID) -> LegacyCard | None:
    """Return a person's legacy permit, if there is one."""
    row = LegacyPermit.objects.filter(person_id=person_id).first()
    return _legacy(row) if row else None


def legacy_permits_of(person_ids: Iterable[UUID]) -> dict[UUID, LegacyCard]:
    """Return several persons' legacy permits in one query."""
    return {row.person_id: _legacy(row) for row in LegacyPermit.objects.filter(person_id__in=set(person_ids))}


def _with_what_followed() -> QuerySet[Submission]:
    return Submission.objects.select_related(
        "application",
        "ruling__notice__visa__entry__admission",
        "ruling__switch__admission",
    )


def _case(submission: Submission) -> Case:
    # A missing one-to-one raises an AttributeError, so `getattr` with a default walks the chain as far as it goes.
    ruling: Ruling | None = getattr(submission, "ruling", None)
    notice: Notice | None = getattr(ruling, "notice", None)
    switch: Switch | None = getattr(ruling, "switch", None)
    visa: Visa | None = getattr(notice, "visa", None)
    entry: Entry | None = getattr(visa, "entry", None)
    admission: Admission | None = getattr(entry, "admission", None) or getattr(switch, "admission", None)
    return Case(
        application_id=submission.application_id,
        submission_id=submission.id,
        person_id=submission.person_id,
        employer_id=submission.application.employer_id,
        reference=submission.application.reference,
        kind=Kind(submission.kind),
        version=submission.version,
        category=submission.category,
        post=submission.post,
        work_place=submission.work_place,
        valid_from=submission.valid_from,
        valid_until=submission.valid_until,
        submitted_at=submission.submitted_at,
        ruling=_ruling(ruling) if ruling else None,
        notice=_notice(notice) if notice else None,
        visa=_visa(visa) if visa else None,
        entered_on=entry.entered_on if entry else None,
        switched_on=switch.switched_on if switch else None,
        admission_id=admission.id if admission else None,
        admitted_at=admission.admitted_at if admission else None,
    )


def _ruling(row: Ruling) -> RulingCard:
    return RulingCard(
        outcome=Outcome(row.outcome),
        reasons=tuple(row.reasons),
        note=row.note,
        officer_id=row.officer_id,
        decided_at=row.decided_at,
    )


def _notice(row: Notice) -> NoticeCard:
    return NoticeCard(
        id=row.id, person_id=row.person_id, number=row.number, issued_on=row.issued_on, expires_on=row.expires_on
    )


def _visa(row: Visa) -> VisaCard:
    return VisaCard(
        number=row.number,
        consulate_id=row.consulate_id,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        recorded_at=row.recorded_at,
    )


def _legacy(row: LegacyPermit) -> LegacyCard:
    return LegacyCard(
        id=row.id,
        person_id=row.person_id,
        employer_id=row.employer_id,
        category=row.category,
        post=row.post,
        work_place=row.work_place,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
    )
