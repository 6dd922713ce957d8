"""The border's desk: an entry on passport, Z visa and original notice, in three inputs. A card replaces none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import agency_card
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.queries import person_card, person_cards
from rongka.registers.permits.commands import record_entry
from rongka.registers.permits.queries import Case, case_of_admission, cases_awaiting_entry, permit_number_of
from rongka.rulebook.order import Paper
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.parts import Column, Link, Row

from . import showing
from .acting import command_page
from .forms import EntryForm
from .receipts import receipt
from .showing import number

# The officer reads the number off the passport in hand, and the visa is in it.
IN_HAND = frozenset({Paper.PASSPORT, Paper.VISA})


@audience(Audience.STAFF, permission=Permission.READ_ARRIVALS)
@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    return render(request, "desks/arrivals.html", _context(request) | {"form": EntryForm()})


@audience(Audience.STAFF, permission=Permission.RECORD_ENTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desks:arrivals"))
    return command_page(
        request,
        form=EntryForm,
        template="desks/arrivals.html",
        command=record_entry,
        arguments=lambda answers: {
            "passport_number": answers["passport_number"],
            "notice_number": answers["notice_number"],
            "papers": IN_HAND | {Paper(answers["shown"])},
        },
        then=lambda admission_id: reverse("desks:entered", args=[admission_id]),
        context=_context(request),
    )


@audience(Audience.STAFF, permission=Permission.READ_ARRIVALS)
@require_safe
def entered(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    case = case_of_admission(admission_id)
    if case is None or case.notice is None:
        raise NotFound
    person = person_card(case.person_id)
    rows = [
        Row(Text(zh="姓名", en="Name"), showing.name_of(person)),
        Row(Text(zh="护照号码", en="Passport number"), number(person.passport_number)),
        Row(Text(zh="入境日期", en="Entered on"), case.entered_on),
        Row(Text(zh="用人单位", en="Employer"), agency_card(case.employer_id).name),
        Row(Text(zh="工作许可编号", en="Work permit number"), number(permit_number_of(case.person_id))),
    ]
    return receipt(
        request,
        title=Text(zh="入境已登记", en="Entry recorded"),
        reference=case.notice.number,
        at=case.admitted_at,
        rows=rows,
        state=case.state,
        onward=Link(_("Next arrival"), reverse("desks:arrivals")),
    )


def _context(request: HttpRequest) -> dict[str, Any]:
    page = showing.page_of(request, cases_awaiting_entry())
    return {
        "page": page,
        "columns": [
            Column(_("Foreigner")),
            Column(_("Passport"), is_short=True),
            Column(_("Notice"), is_short=True),
            Column(_("Visa valid until"), is_short=True),
        ],
        "rows": _rows(list(page.object_list)),
        "may_record": Permission.RECORD_ENTRY in actor_of(request).permissions,
    }


def _rows(cases: list[Case]) -> list[list[object]]:
    people = person_cards(case.person_id for case in cases)
    return [
        [
            showing.name_of(people[case.person_id]),
            number(people[case.person_id].passport_number),
            number(case.notice.number),
            case.visa.expires_on,
        ]
        for case in cases
        if case.notice and case.visa
    ]
