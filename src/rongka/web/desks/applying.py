"""The employer applies for a foreigner, corrects what came back, and switches legacy permits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import agency_card
from rongka.registers.journal.actors import Actor
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.commands import PassportData
from rongka.registers.people.queries import PersonCard, person_card
from rongka.registers.permits.commands import Job, correct_application, submit_application, submit_switch
from rongka.registers.permits.outcomes import Kind
from rongka.registers.permits.queries import Case, LegacyCard, case_of_application
from rongka.rulebook.order import Occasion, State
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.dates import last_valid_day
from rongka.web.components.parts import Link, Row

from . import showing
from .acting import command_page
from .forms import ApplicationForm, SwitchForm
from .receipts import receipt
from .workers import worker_of

# ICAO 9303-4, appendix B: the specimen of Utopia, whom nobody mistakes for a real person.
SPECIMEN = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


@audience(Audience.STAFF, permission=Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    return command_page(
        request,
        form=ApplicationForm,
        template="desks/apply.html",
        check_template="desks/apply_check.html",
        command=submit_application,
        arguments=lambda answers: {"passport": passport_of(answers), "job": _job(answers)},
        then=_submitted,
        context={"specimen": SPECIMEN, "heading": _("New application")},
    )


@audience(Audience.STAFF, permission=Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, application_id: UUID) -> HttpResponse:
    case = own_case(actor_of(request), application_id)
    if request.method == "GET" and case.state not in {State.RETURNED, State.SWITCH_RETURNED}:
        return HttpResponseRedirect(reverse("desks:worker", args=[case.person_id]))
    person = person_card(case.person_id)
    return command_page(
        request,
        form=ApplicationForm,
        template="desks/apply.html",
        check_template="desks/apply_check.html",
        command=correct_application,
        arguments=lambda answers: {
            "application_id": application_id,
            "passport": passport_of(answers),
            "job": _job(answers),
        },
        then=_submitted,
        initial=_person_before(person) | _job_before(case),
        context={
            "specimen": SPECIMEN,
            "heading": _("Correct the application"),
            "case": case,
            "reasons": showing.reasons_of(case.ruling) if case.ruling else "",
        },
    )


@audience(Audience.STAFF, permission=Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest, person_id: UUID) -> HttpResponse:
    worker = worker_of(actor_of(request), person_id)
    legacy = worker.legacy
    if legacy is None:
        raise NotFound
    return command_page(
        request,
        form=SwitchForm,
        template="desks/switch.html",
        check_template="desks/apply_check.html",
        command=submit_switch,
        arguments=lambda answers: {
            "legacy_permit_id": legacy.id,
            "occasion": Occasion(answers["occasion"]) if answers["occasion"] else None,
            "job": _job(answers),
        },
        then=_submitted,
        initial=_job_before(legacy),
        context={"legacy": showing.job_rows(legacy), "person": person_card(person_id), "person_id": person_id},
    )


@audience(Audience.STAFF, permission=Permission.READ_OWN_WORKERS)
@require_safe
def submitted(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Confirm what was submitted: reference number, when, what comes next."""
    case = own_case(actor_of(request), application_id)
    person = person_card(case.person_id)
    rows = [
        Row(Text(zh="姓名", en="Name"), showing.name_of(person)),
        Row(Text(zh="用人单位", en="Employer"), agency_card(case.employer_id).name),
        Row(Text(zh="事项", en="Matter"), matter_of(case)),
        *showing.job_rows(case),
    ]
    return receipt(
        request,
        title=Text(zh="申请已提交", en="Application submitted"),
        reference=case.reference,
        at=case.submitted_at,
        rows=rows,
        state=case.state,
        onward=Link(_("See the steps of this worker"), reverse("desks:worker", args=[case.person_id])),
    )


def own_case(actor: Actor, application_id: UUID) -> Case:
    """Return one of the employer's own cases; others look as if they did not exist."""
    case = case_of_application(application_id)
    if case is None or case.employer_id != actor.agency_id:
        raise NotFound
    return case


def matter_of(case: Case) -> Text:
    """Return what an application asks for."""
    if case.kind is Kind.OVERSEAS:
        return Text(zh="外国人来华工作许可（境外申请）", en="Work permit, applied for from overseas")
    return showing.heading_of(Occasion(case.kind.value).title)


def _submitted(application_id: UUID) -> str:
    return reverse("desks:submitted", args=[application_id])


def passport_of(answers: dict[str, Any]) -> PassportData:
    """Return the passport that was typed into a form about a person."""
    return PassportData(
        surname=answers["surname"],
        given_names=answers["given_names"],
        mrz=answers["mrz"],
        chinese_name=answers["chinese_name"],
    )


def _job(answers: dict[str, Any]) -> Job:
    return Job(
        category=answers["category"],
        post=answers["post"],
        work_place=answers["work_place"],
        valid_from=answers["valid_from"],
        # The form asks for the last day of work; a period on record ends the day after.
        valid_until=answers["valid_until"] + showing.ONE_DAY,
    )


def _person_before(person: PersonCard) -> dict[str, Any]:
    return {
        "surname": person.surname,
        "given_names": person.given_names,
        "chinese_name": person.chinese_name,
        "mrz": person.mrz,
    }


def _job_before(job: Case | LegacyCard) -> dict[str, Any]:
    before: dict[str, Any] = {"category": job.category, "post": job.post, "work_place": job.work_place}
    if isinstance(job, Case):
        before |= {"valid_from": job.valid_from, "valid_until": last_valid_day(job.valid_until)}
    return before
