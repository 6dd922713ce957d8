"""The permit authority's queue: what is to be decided, what waits for employers, what was decided last."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import agency_cards
from rongka.registers.journal.days import day_of
from rongka.registers.people.queries import person_cards
from rongka.registers.permits.outcomes import Kind
from rongka.registers.permits.queries import Case, cases_decided, cases_returned, cases_to_decide
from rongka.rulebook.order import ActorKind
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.parts import Column, Link

from . import showing

NEWEST = 100  # decisions shown; older ones are found by their number


@audience(Audience.STAFF, permission=Permission.READ_APPLICATIONS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    query, chosen = showing.searched(request), request.GET.get("state", "")
    to_decide, returned = cases_to_decide(), cases_returned()
    groups = {
        "": to_decide,
        "applications": [case for case in to_decide if case.kind is Kind.OVERSEAS],
        "switches": [case for case in to_decide if case.kind is not Kind.OVERSEAS],
        "returned": returned,
    }
    listed: Sequence[Case] = cases_decided(most=NEWEST) if chosen == "decided" else groups.get(chosen, to_decide)
    if query:
        listed = _fitting(query, listed)
    page = showing.page_of(request, listed)
    context = {
        "page": page,
        "address": showing.page_address(request),
        "columns": _columns(),
        "rows": _rows(list(page.object_list)),
        "query": query,
        "chosen": chosen,
        "tiles": [(key, word, len(groups[key]), hint) for key, word, hint in _tiles()],
        "waiting": len(to_decide),
        "may_decide": Permission.DECIDE in actor_of(request).permissions,
        "title": _titles().get(chosen, _("To decide")),
        "empty": _("No case fits your search") if query else _("No cases here"),
    }
    return render(request, "desks/queue.html", context)


@audience(Audience.STAFF, permission=Permission.DECIDE)
@require_safe
def next_case(_request: HttpRequest) -> HttpResponse:
    """Lead to the case that has waited longest; with none left, back to the queue."""
    waiting = cases_to_decide()
    if not waiting:
        return HttpResponseRedirect(reverse("desks:queue"))
    return HttpResponseRedirect(reverse("desks:case", args=[waiting[0].application_id]))


def _tiles() -> list[tuple[str, str, str]]:
    return [
        ("applications", _("Applications to decide"), _("Wait for the permit authority")),
        ("switches", _("Legacy permits to switch"), _("Extension, change, reissue")),
        ("returned", _("Returned"), _("Wait for the employer's correction")),
    ]


def _titles() -> dict[str, str]:
    return {key: word for key, word, _hint in _tiles()} | {"decided": _("Decided last")}


def _columns() -> list[Column]:
    return [
        Column(_("Case"), is_short=True),
        Column(_("Foreigner")),
        Column(_("Employer")),
        Column(_("Whose turn")),
        Column(_("Submitted"), is_short=True),
        Column(_("Work begins"), is_short=True),
    ]


def _rows(cases: Sequence[Case]) -> list[list[object]]:
    people = person_cards(case.person_id for case in cases)
    employers = agency_cards(case.employer_id for case in cases)
    return [
        [
            Link(
                showing.number(case.reference),
                reverse("desks:case", args=[case.application_id]),
                showing.name_of(people[case.person_id]),
            ),
            showing.name_of(people[case.person_id]),
            employers[case.employer_id].name,
            showing.state_status(case.state, reader=ActorKind.AUTHORITY),
            day_of(case.submitted_at),
            case.valid_from,
        ]
        for case in cases
    ]


def _fitting(query: str, cases: Sequence[Case]) -> list[Case]:
    people = person_cards(case.person_id for case in cases)
    employers = agency_cards(case.employer_id for case in cases)
    return [
        case
        for case in cases
        if showing.fits_person(
            query,
            people[case.person_id],
            case.reference,
            employers[case.employer_id].name.zh,
            employers[case.employer_id].name.en,
        )
    ]
