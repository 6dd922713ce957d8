"""The permit authority's case page: the application beside the passport, earlier versions, decision, timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import AgencyCard, agency_card, staff_cards
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.people.queries import PersonCard, person_card
from rongka.registers.permits.commands import decide_application
from rongka.registers.permits.errors import AlreadyDecided
from rongka.registers.permits.outcomes import Kind, Outcome
from rongka.registers.permits.queries import (
    Case,
    LegacyCard,
    legacy_permit_of,
    permit_number_of,
    versions_of_application,
)
from rongka.registers.permits.reasons import REASONS
from rongka.rulebook.order import ActorKind, State
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.parts import Link, Row
from rongka.web.components.words import both, typed
from rongka.web.errors import problems_of
from rongka.web.forms import form_page

from . import comparing, showing
from .acting import perform, rehearse
from .applying import matter_of
from .forms import OUTCOMES, DecisionForm
from .receipts import receipt
from .showing import number

# What the authority's timeline leaves out: where a holder signs in and who inspects the card is the holder's own.
NOT_TOLD = ("holder.", "device.", "credential.", "check.", "inspection.")


@audience(Audience.STAFF, permission=Permission.READ_APPLICATIONS)
@require_safe
def case(request: HttpRequest, application_id: UUID) -> HttpResponse:
    versions = _versions(application_id)
    form = DecisionForm(initial={"submission_id": versions[-1].submission_id})
    return render(request, "desks/case.html", _context(request, versions) | {"form": form})


@audience(Audience.STAFF, permission=Permission.DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Decide the version that the officer has read; whoever comes second is told who was first, and when."""
    versions = _versions(application_id)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desks:case", args=[application_id]))

    def carry_out(sent: forms.Form) -> HttpResponse:
        try:
            perform(request, decide_application, **_arguments(sent, versions))
        except AlreadyDecided as error:
            return _too_late(request, versions[-1], error)
        return HttpResponseRedirect(reverse("desks:decided", args=[application_id]))

    def try_first(sent: forms.Form) -> HttpResponse | None:
        try:
            rehearse(request, decide_application, **_arguments(sent, versions))
        except AlreadyDecided as error:
            return _too_late(request, versions[-1], error)
        return None

    context = _context(request, versions) | {"preview": _preview(request, versions[-1])}
    return form_page(
        request,
        form=DecisionForm,
        template="desks/case.html",
        check_template="desks/case_check.html",
        rehearse=try_first,
        carry_out=carry_out,
        context=context,
    )


@audience(Audience.STAFF, permission=Permission.READ_APPLICATIONS)
@require_safe
def decided(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Confirm the newest decision: what was decided, by whom, when, what comes next."""
    newest = next((one for one in reversed(_versions(application_id)) if one.ruling), None)
    if newest is None or newest.ruling is None:
        raise NotFound
    may_decide = Permission.DECIDE in actor_of(request).permissions
    officer = staff_cards([newest.ruling.officer_id])[newest.ruling.officer_id]
    rows = [
        Row(Text(zh="姓名", en="Name"), showing.name_of(person_card(newest.person_id))),
        Row(Text(zh="用人单位", en="Employer"), agency_card(newest.employer_id).name),
        Row(Text(zh="决定", en="Decision"), OUTCOMES[newest.ruling.outcome.value]),
        *([Row(Text(zh="理由", en="Reasons"), showing.reasons_of(newest.ruling))] if newest.ruling.reasons else []),
        *([Row(Text(zh="通知编号", en="Notice number"), number(newest.notice.number))] if newest.notice else []),
        Row(Text(zh="工作许可编号", en="Work permit number"), number(permit_number_of(newest.person_id))),
        Row(Text(zh="承办人", en="Officer"), showing.colleague_name(officer)),
    ]
    return receipt(
        request,
        title=Text(zh="决定已作出", en="Decision made"),
        reference=newest.reference,
        at=newest.ruling.decided_at,
        rows=rows,
        state=newest.state,
        onward=Link(_("Back to the queue"), reverse("desks:queue")),
        primary=Link(_("Take next case"), reverse("desks:next-case")) if may_decide else None,
    )


def _versions(application_id: UUID) -> list[Case]:
    versions = versions_of_application(application_id)
    if not versions:
        raise NotFound
    return versions


def _arguments(sent: forms.Form, versions: list[Case]) -> dict[str, Any]:
    answers = sent.cleaned_data
    if answers["submission_id"] not in {one.submission_id for one in versions}:
        raise NotFound
    return {
        "submission_id": answers["submission_id"],
        "outcome": Outcome(answers["outcome"]),
        "reasons": tuple(answers["reasons"]),
        "note": answers["note"],
    }


def _context(request: HttpRequest, versions: list[Case]) -> dict[str, Any]:
    newest = versions[-1]
    person = person_card(newest.person_id)
    columns, compared = comparing.table_of(comparing.with_passport(newest, person), beside=_("Passport"))
    legacy = None if newest.kind is Kind.OVERSEAS else legacy_permit_of(newest.person_id)
    before = versions[-2] if len(versions) > 1 else legacy
    told = [one for one in happenings_of_person(newest.person_id) if not one.code.startswith(NOT_TOLD)]
    return {
        "case": newest,
        "name": showing.plain_name(person),
        "summary": _summary(newest, person, agency_card(newest.employer_id)),
        "asked": showing.job_rows(newest),
        "before": _beside(newest, before),
        "columns": columns,
        "compared": compared,
        "mrz": person.mrz,
        "earlier": [_earlier(one) for one in reversed(versions[:-1])],
        "reasons": showing.reasons_of(newest.ruling) if newest.ruling and newest.ruling.reasons else "",
        "ruling_word": OUTCOMES[newest.ruling.outcome.value] if newest.ruling else None,
        "status": showing.state_status(newest.state, reader=ActorKind.AUTHORITY),
        "may_decide": newest.ruling is None and Permission.DECIDE in actor_of(request).permissions,
        "happenings": showing.timeline_of(told),
    }


def _beside(newest: Case, before: Case | LegacyCard | None) -> dict[str, Any] | None:
    if before is None:
        return None
    name = _("Version before") if isinstance(before, Case) else _("Legacy permit")
    columns, rows = comparing.table_of(comparing.with_before(newest, before), beside=name)
    return {"columns": columns, "rows": rows}


def _summary(case: Case, person: PersonCard, employer: AgencyCard) -> list[Row]:
    return [
        Row(Text(zh="申请编号", en="Application"), number(case.reference)),
        Row(Text(zh="事项", en="Matter"), matter_of(case)),
        Row(Text(zh="外国人", en="Foreigner"), showing.name_of(person)),
        Row(Text(zh="用人单位", en="Employer"), employer.name),
        Row(Text(zh="统一社会信用代码", en="Unified social credit code"), number(employer.credit_code)),
        Row(Text(zh="提交时间", en="Submitted"), case.submitted_at),
        Row(Text(zh="版本", en="Version"), str(case.version)),
    ]


def _earlier(version: Case) -> dict[str, Any]:
    return {
        "version": version.version,
        "at": version.submitted_at,
        "rows": showing.job_rows(version),
        "reasons": showing.reasons_of(version.ruling) if version.ruling else "",
        "decided_at": version.ruling.decided_at if version.ruling else None,
    }


@dataclass(frozen=True, slots=True)
class Preview:
    """What the applicant will see when this decision is made."""

    title: Text
    next_step: Text
    reasons: list[SafeString]
    note: SafeString | str


def _preview(request: HttpRequest, case: Case) -> Preview | None:
    outcome = request.POST.get("outcome", "")
    if outcome not in OUTCOMES:
        return None
    state = _STATES_AFTER[case.kind is Kind.OVERSEAS, Outcome(outcome)]
    against = outcome != Outcome.APPROVED
    return Preview(
        title=state.title,
        next_step=state.todo,
        reasons=[both(REASONS[code]) for code in request.POST.getlist("reasons") if against and code in REASONS],
        note=typed(request.POST.get("note", "").strip()) if against else "",
    )


_STATES_AFTER = {
    (True, Outcome.APPROVED): State.NOTICE_ISSUED,
    (True, Outcome.RETURNED): State.RETURNED,
    (True, Outcome.REFUSED): State.REFUSED,
    (False, Outcome.APPROVED): State.ADMITTED,
    (False, Outcome.RETURNED): State.SWITCH_RETURNED,
    (False, Outcome.REFUSED): State.LEGACY,
}


def _too_late(request: HttpRequest, case: Case, error: AlreadyDecided) -> HttpResponse:
    officer = staff_cards([error.officer_id]).get(error.officer_id)
    context = {
        "case": case,
        "problem": problems_of(error)[0],
        "rows": [
            Row(Text(zh="承办人", en="Officer"), showing.colleague_name(officer) if officer else ""),
            Row(Text(zh="单位", en="Unit"), officer.agency.name if officer else None),
            Row(Text(zh="决定时间", en="Decided at"), error.at),
        ],
    }
    return render(request, "desks/already_decided.html", context, status=error.status)
