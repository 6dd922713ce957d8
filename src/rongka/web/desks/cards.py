"""The permit authority's cards: those that were activated, and taking one out of use, back, or out for good."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Permission
from rongka.registers.agencies.queries import agency_card, agency_cards
from rongka.registers.cards.commands import cancel_permit, reinstate_card, suspend_card
from rongka.registers.cards.errors import CardNotFound
from rongka.registers.cards.queries import CardView, Standing, cards_active, cards_of, standing_of
from rongka.registers.journal.days import day_of
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.people.queries import person_card, person_cards, person_of_passport_number
from rongka.registers.permits.queries import permit_numbers_of, person_of_permit_number
from rongka.rulebook.order import ActorKind, State
from rongka.text import Text
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.dates import last_valid_day
from rongka.web.components.parts import Column, Link, Row
from rongka.web.components.words import typed

from . import showing
from .acting import Command, command_page
from .forms import CardReasonForm, NothingToFill
from .receipts import receipt
from .showing import number

NEWEST = 200  # cards that a name is looked for in; a number finds any card
TOLD = ("card.", "qualification.", "permit.")


@audience(Audience.STAFF, permission=Permission.READ_APPLICATIONS)
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    query, chosen = showing.searched(request), request.GET.get("state", "")
    found = _search(query) if query else cards_active(most=NEWEST)
    if chosen in _STATES:
        found = [card for card in found if card.state is _STATES[chosen]]
    page = showing.page_of(request, found)
    context = {
        "page": page,
        "address": showing.page_address(request),
        "columns": _columns(),
        "rows": _rows(list(page.object_list)),
        "query": query,
        "chosen": chosen if chosen in _STATES else "",
        "groups": [
            ("", _("All")),
            ("active", _("Active")),
            ("suspended", _("Suspended")),
            ("cancelled", _("Cancelled")),
        ],
        "empty": _("No card fits your search") if query or chosen else _("No card has been activated yet"),
    }
    return render(request, "desks/cards.html", context)


_STATES = {"active": State.ACTIVE, "suspended": State.SUSPENDED, "cancelled": State.CANCELLED}


@audience(Audience.STAFF, permission=Permission.READ_APPLICATIONS)
@require_safe
def card(request: HttpRequest, person_id: UUID) -> HttpResponse:
    standing = _standing(person_id)
    told = [one for one in happenings_of_person(person_id) if one.code.startswith(TOLD)]
    context = _context(standing) | {
        "may_govern": Permission.GOVERN_CARDS in actor_of(request).permissions,
        "is_active": standing.state is State.ACTIVE,
        "is_suspended": standing.state is State.SUSPENDED,
        "happenings": showing.timeline_of(told),
    }
    return render(request, "desks/card.html", context)


@audience(Audience.STAFF, permission=Permission.GOVERN_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, person_id: UUID) -> HttpResponse:
    return _reasoned(request, person_id, suspend_card, heading=_("Suspend the card"))


@audience(Audience.STAFF, permission=Permission.GOVERN_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, person_id: UUID) -> HttpResponse:
    warning = _("A cancelled permit does not come back: the employer would have to apply anew.")
    return _reasoned(request, person_id, cancel_permit, heading=_("Cancel the permit"), warning=warning)


@audience(Audience.STAFF, permission=Permission.GOVERN_CARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def reinstate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    return command_page(
        request,
        form=NothingToFill,
        template="desks/card_reinstate.html",
        command=reinstate_card,
        arguments=lambda _answers: {"person_id": person_id},
        then=lambda _id: reverse("desks:card-done", args=[person_id]),
        context=_context(_standing(person_id)),
    )


@audience(Audience.STAFF, permission=Permission.READ_APPLICATIONS)
@require_safe
def done(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Confirm what was done to a card: its state now, since when, why, and what comes next."""
    standing = _standing(person_id)
    last = [one for one in happenings_of_person(person_id) if one.code.startswith(TOLD)][-1]
    return receipt(
        request,
        title=last.title,
        reference=standing.permit_number or "",
        at=last.at,
        rows=_rows_of(standing),
        state=standing.state,
        onward=Link(_("Back to the card"), reverse("desks:card", args=[person_id])),
    )


def _reasoned(
    request: HttpRequest, person_id: UUID, command: Command, *, heading: str, warning: str = ""
) -> HttpResponse:
    return command_page(
        request,
        form=CardReasonForm,
        template="desks/card_reason.html",
        check_template="desks/card_reason_check.html",
        command=command,
        arguments=lambda answers: {"person_id": person_id, "reason": answers["reason"]},
        then=lambda _id: reverse("desks:card-done", args=[person_id]),
        context=_context(_standing(person_id)) | {"heading": heading, "warning": warning},
    )


def _standing(person_id: UUID) -> Standing:
    standing = standing_of(person_id)
    if standing.card is None or standing.card.activation_id is None:
        raise CardNotFound
    return standing


def _context(standing: Standing) -> dict[str, object]:
    return {
        "person_id": standing.person_id,
        "name": showing.plain_name(person_card(standing.person_id)),
        "status": showing.state_status(standing.state, reader=ActorKind.AUTHORITY),
        "rows": _rows_of(standing),
    }


def _rows_of(standing: Standing) -> list[Row]:
    card = standing.card
    if card is None or card.qualification is None:
        raise CardNotFound
    hold = card.cancellation or card.suspension
    held = [Row(Text(zh="理由", en="Reason"), typed(hold.reason))] if hold else []
    return [
        Row(Text(zh="持卡人", en="Holder"), showing.name_of(person_card(standing.person_id))),
        Row(Text(zh="工作许可编号", en="Work permit number"), number(standing.permit_number)),
        Row(Text(zh="卡号", en="Card number"), number(card.number)),
        Row(Text(zh="状态", en="State"), standing.state.title),
        *held,
        Row(Text(zh="用人单位", en="Employer"), agency_card(card.qualification.employer_id).name),
        Row(Text(zh="岗位", en="Post"), typed(card.qualification.post)),
        Row(Text(zh="工作地点", en="Place of work"), typed(card.qualification.work_place)),
        Row(
            Text(zh="有效期", en="Valid"),
            showing.period(card.qualification.valid_from, card.qualification.valid_until),
        ),
    ]


def _search(query: str) -> list[CardView]:
    """Find a card by the exact permit or passport number, else by name among the newest."""
    person_id = person_of_permit_number(query) or person_of_passport_number(query)
    if person_id is not None:
        return [card for card in cards_of([person_id]).values() if card.activation_id]
    newest = cards_active(most=NEWEST)
    people = person_cards(card.person_id for card in newest)
    return [card for card in newest if showing.fits_person(query, people[card.person_id])]


def _columns() -> list[Column]:
    return [
        Column(_("Holder")),
        Column(_("Work permit number")),
        Column(_("Employer")),
        Column(_("State")),
        Column(_("Since"), is_short=True),
        Column(_("Valid until"), is_short=True),
    ]


def _rows(found: list[CardView]) -> list[list[object]]:
    people, numbers = (
        person_cards(card.person_id for card in found),
        permit_numbers_of(card.person_id for card in found),
    )
    employers = agency_cards(card.qualification.employer_id for card in found if card.qualification)
    return [
        [
            Link(showing.name_of(people[card.person_id]), reverse("desks:card", args=[card.person_id])),
            number(numbers.get(card.person_id)),
            employers[card.qualification.employer_id].name,
            showing.state_status(card.state, reader=ActorKind.AUTHORITY),
            _since(card),
            last_valid_day(card.qualification.valid_until),
        ]
        for card in found
        if card.qualification
    ]


def _since(card: CardView) -> date | None:
    hold = card.cancellation or card.suspension
    at = hold.since if hold else card.activated_at
    return day_of(at) if at else None
