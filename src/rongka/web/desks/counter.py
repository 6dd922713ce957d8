"""The verification counter: one officer examines, another one countersigns, or rejects with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import StaffCard, agency_card, staff_cards
from rongka.registers.evidence.kinds import Source
from rongka.registers.evidence.queries import DocumentCheckCard, checks_of
from rongka.registers.identity.commands import countersign_identity, examine_identity, reject_identity
from rongka.registers.identity.counter_chips import chips_read_here, counted
from rongka.registers.identity.queries import (
    COUNTERSIGN_WITHIN,
    ExaminationCard,
    Waiting,
    open_examinations,
    proofs_to_review,
    verification_of,
    waiting_at_the_counter,
)
from rongka.registers.journal.actors import Actor
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.people.queries import person_card, person_cards
from rongka.registers.permits.queries import Case, case_of_admission, permit_number_of, permit_numbers_of
from rongka.rulebook.order import State
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.parts import Column, Link, Row, Status, StatusKind

from . import showing
from .acting import command_page
from .evidence import READ_ELSEWHERE, Reached, chip_evidence, reached_by, readings
from .forms import CountersignForm, ExaminationForm, RejectionForm
from .pictures import portrait_of_check
from .receipts import receipt
from .showing import number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

TO_EXAMINE = Text(zh="待初核", en="To examine")
TO_COUNTERSIGN = Text(zh="待您复核", en="To countersign")
ANOTHER = Text(zh="待另一位工作人员复核", en="Another officer countersigns")
ELSEWHERE = Text(zh="其他窗口办理中", en="At another counter")
ONLINE = Text(zh="线上核验待审核", en="Online, to be reviewed")


@audience(Audience.STAFF, permission=Permission.READ_VERIFICATIONS)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    query = showing.searched(request)
    everyone = waiting_at_the_counter()
    if query:
        everyone = _fitting(query, everyone)
    page = showing.page_of(request, everyone)
    may_review = Permission.REVIEW_PROOFS in actor_of(request).permissions
    context = {
        "page": page,
        "address": showing.page_address(request),
        "columns": [
            Column(_("Foreigner")),
            Column(_("Passport"), is_short=True),
            Column(_("Waiting since"), is_short=True),
            Column(_("State")),
            Column(_("Examined by")),
        ],
        "rows": _rows(list(page.object_list), actor_of(request)),
        "query": query,
        "to_review": len(proofs_to_review(at=timezone.now())) if may_review else 0,
        "empty": _("Nobody waiting fits your search") if query else _("Nobody is waiting"),
    }
    return render(request, "desks/verifications.html", context)


@audience(Audience.STAFF, permission=Permission.READ_VERIFICATIONS)
@require_safe
def verification(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    return render(request, "desks/verification.html", _context(request, admission_id) | {"form": ExaminationForm()})


@audience(Audience.STAFF, permission=Permission.VERIFY_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def examine(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(_address(admission_id))
    return command_page(
        request,
        form=ExaminationForm,
        template="desks/verification.html",
        command=examine_identity,
        arguments=lambda answers: {"admission_id": admission_id, "mrz": answers["mrz"]},
        then=lambda _id: _done_address(admission_id),
        context=_context(request, admission_id),
    )


@audience(Audience.STAFF, permission=Permission.VERIFY_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(_address(admission_id))
    return command_page(
        request,
        form=CountersignForm,
        template="desks/verification.html",
        command=countersign_identity,
        arguments=lambda answers: {"examination_id": answers["examination_id"]},
        then=lambda _id: _done_address(admission_id),
        context=_context(request, admission_id),
    )


@audience(Audience.STAFF, permission=Permission.VERIFY_IDENTITY)
@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    examination = _open(admission_id)
    if request.method != "POST" and examination is None:
        return HttpResponseRedirect(_address(admission_id))
    return command_page(
        request,
        form=RejectionForm,
        template="desks/reject.html",
        check_template="desks/reject_check.html",
        command=reject_identity,
        arguments=lambda answers: {
            "examination_id": answers["examination_id"],
            "reasons": tuple(answers["reasons"]),
        },
        initial={"examination_id": examination.id if examination else None},
        then=lambda _id: _done_address(admission_id),
        context=_context(request, admission_id),
    )


@audience(Audience.STAFF, permission=Permission.READ_VERIFICATIONS)
@require_safe
def done(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    """Confirm the last act: examined, verified or rejected; who, when, what comes next."""
    case = _case(admission_id)
    acts = [one for one in happenings_of_person(case.person_id) if one.code.startswith("identity.")]
    if not acts:
        return HttpResponseRedirect(_address(admission_id))
    last = showing.timeline_of(acts[-1:])[0]
    rows = [
        Row(Text(zh="姓名", en="Name"), showing.name_of(person_card(case.person_id))),
        Row(Text(zh="经办", en="Done by"), last.who),
        *([Row(Text(zh="理由", en="Reasons"), last.note)] if last.note else []),
    ]
    return receipt(
        request,
        title=last.what,
        reference=permit_number_of(case.person_id) or "",
        at=last.at,
        rows=rows,
        state=_state(admission_id, case),
        onward=Link(_("Next person"), reverse("desks:counter")),
    )


def _address(admission_id: UUID) -> str:
    return reverse("desks:verification", args=[admission_id])


def _done_address(admission_id: UUID) -> str:
    return reverse("desks:verification-done", args=[admission_id])


def _case(admission_id: UUID) -> Case:
    case = case_of_admission(admission_id)
    if case is None:
        raise NotFound
    return case


def _open(admission_id: UUID) -> ExaminationCard | None:
    return _in_time(open_examinations([admission_id]).get(admission_id))


def _in_time(examination: ExaminationCard | None) -> ExaminationCard | None:
    """Return the examination while it can be countersigned; after that any counter may examine anew."""
    return None if examination is None or examination.has_lapsed(at=timezone.now()) else examination


def _state(admission_id: UUID, case: Case) -> State:
    if verification_of(case.person_id):
        return State.VERIFIED
    if _open(admission_id):
        return State.EXAMINED
    return State.PROOF_SUBMITTED if case.person_id in _proved_online([case.person_id]) else State.ADMITTED


def _proved_online(person_ids: Iterable[UUID]) -> set[UUID]:
    """Return those whose online verification waits for its review."""
    return {one.person_id for one in proofs_to_review(at=timezone.now())} & set(person_ids)


def _context(request: HttpRequest, admission_id: UUID) -> dict[str, Any]:
    case, examination = _case(admission_id), _open(admission_id)
    person, actor = person_card(case.person_id), actor_of(request)
    state = _state(admission_id, case)
    since = _begun(examination) - COUNTERSIGN_WITHIN
    passport_id, counter_id = person.passport_id, actor.agency_id
    here = chips_read_here(admission_id, passport_id=passport_id, counter_id=counter_id, since=since)
    check = counted(here) or next(iter(checks_of(admission_id)), None)
    examiner = staff_cards([examination.officer_id])[examination.officer_id] if examination else None
    may = Permission.VERIFY_IDENTITY in actor.permissions
    is_here = examiner is not None and examiner.agency.id == actor.agency_id
    return {
        "admission_id": admission_id,
        "examination_form": ExaminationForm(),
        "name": showing.plain_name(person),
        "state": state,
        "status": _status_in(state, _status(examination, examiner, actor)),
        "is_online": state is State.PROOF_SUBMITTED,
        "person": showing.person_rows(person),
        "summary": [
            Row(Text(zh="工作许可编号", en="Work permit number"), number(permit_number_of(case.person_id))),
            Row(Text(zh="用人单位", en="Employer"), agency_card(case.employer_id).name),
            Row(Text(zh="可办理境内手续起", en="Admitted"), case.admitted_at),
        ],
        "examination": examination,
        "examiner": examiner,
        "may_examine": may and state is State.ADMITTED,
        "may_countersign": may and is_here and examination is not None and examination.officer_id != actor.staff_id,
        "is_own": examination is not None and examination.officer_id == actor.staff_id,
        "may_reject": may and is_here,
        "may_read_chip": may and state is not State.VERIFIED,
        "chip": chip_evidence(check, person) if check else None,
        "reached": _reached(check, counts=bool(here)) if state is not State.VERIFIED else None,
        "readings": readings(here, counted(here)) if len(here) > 1 else None,
        "portrait": portrait_of_check(request, check_id=check.id) if check and may and _is_own(check) else "",
    }


def _begun(examination: ExaminationCard | None) -> datetime:
    return examination.examined_at if examination else timezone.now()


def _is_own(check: DocumentCheckCard) -> bool:
    return check.source is Source.COUNTER and check.has_portrait


def _reached(check: DocumentCheckCard | None, *, counts: bool) -> Reached | None:
    """Say what the chip adds to the officers' level: only what this counter read while the person is here counts."""
    if check is None:
        return None
    return reached_by(check) if counts else READ_ELSEWHERE


def _status(examination: ExaminationCard | None, examiner: StaffCard | None, actor: Actor) -> Status:
    if examination is None or examiner is None:
        return Status(StatusKind.YOURS, TO_EXAMINE)
    if examination.officer_id == actor.staff_id:
        return Status(StatusKind.WAITING, ANOTHER)
    if examiner.agency.id != actor.agency_id:
        return Status(StatusKind.WAITING, ELSEWHERE)
    return Status(StatusKind.YOURS, TO_COUNTERSIGN)


def _status_in(state: State, status: Status) -> Status | None:
    """Return what a page says: nothing of the counter's once it is over, or while the online way is under way."""
    if state is State.PROOF_SUBMITTED:
        return Status(StatusKind.WAITING, ONLINE)
    return None if state is State.VERIFIED else status


def _rows(found: list[Waiting], actor: Actor) -> list[list[object]]:
    people = person_cards(one.person_id for one in found)
    examinations = {one.admission_id: _in_time(one.examination) for one in found}
    officers = staff_cards(one.officer_id for one in examinations.values() if one)
    online = _proved_online(one.person_id for one in found)
    rows: list[list[object]] = []
    for one in found:
        examination = examinations[one.admission_id]
        examiner = officers.get(examination.officer_id) if examination else None
        status = _status(examination, examiner, actor)
        rows.append(
            [
                Link(showing.name_of(people[one.person_id]), _address(one.admission_id)),
                number(people[one.person_id].passport_number),
                day_of(one.admitted_at),
                _status_in(State.PROOF_SUBMITTED, status) if one.person_id in online else status,
                showing.colleague_name(examiner) if examiner else "",
            ]
        )
    return rows


def _fitting(query: str, everyone: list[Waiting]) -> list[Waiting]:
    people = person_cards(one.person_id for one in everyone)
    numbers = permit_numbers_of(one.person_id for one in everyone)
    return [one for one in everyone if showing.fits_person(query, people[one.person_id], numbers.get(one.person_id))]
