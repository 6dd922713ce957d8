"""Claiming the card: a last look at what will be on it, one button, a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.cards.commands import claim_card
from rongka.registers.cards.queries import standing_of
from rongka.registers.journal.days import day_of
from rongka.registers.people.queries import PersonCard, person_card
from rongka.rulebook.order import ActorKind, Event, State, decide
from rongka.rulebook.rules import RuleId, rule
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import Row

from .acting import act, own_id
from .showing import machine_name, name, number, printed_name, shown_number, typed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from rongka.rulebook import Decision


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Let the holder look at the own data, then claim."""
    if request.method == "POST":
        act(request, claim_card)
        return HttpResponseRedirect(reverse("wallet:claimed"))
    standing = standing_of(own_id(request))
    if standing.card is not None:
        return HttpResponseRedirect(reverse("wallet:claimed"))
    decision = may(Event.CLAIM_CARD, standing.state)
    if not decision.allowed:
        return render(request, "wallet/not_yet.html", {"reasons": decision.reasons})
    context = {
        "rows": identity_rows(person_card(standing.person_id)),
        "no_deadline": rule(RuleId.CARD_NO_CLAIM_DEADLINE),
        "physical": rule(RuleId.CARD_PHYSICAL_IS_OPTIONAL),
    }
    return render(request, "wallet/claim.html", context)


@audience(Audience.HOLDER)
@require_safe
def claimed(request: HttpRequest) -> HttpResponse:
    """Confirm the claim: the card's number, when, and the step that follows."""
    standing = standing_of(own_id(request))
    if standing.card is None:
        return HttpResponseRedirect(reverse("wallet:claim"))
    context = {"card": standing.card, "is_binding_next": standing.state is State.CARD_CLAIMED}
    return render(request, "wallet/claimed.html", context)


def may(event: Event, state: State) -> Decision:
    """Ask the rule book whether the holder may do this now; what it refuses, it explains."""
    return decide(event=event, state=state, actor=ActorKind.HOLDER, on=day_of(timezone.now()))


def identity_rows(person: PersonCard) -> list[Row]:
    """Return who the holder is, by the passport."""
    chinese = [Row(Text(zh="中文姓名", en="Chinese name"), typed(person.chinese_name))] if person.chinese_name else []
    return [
        Row(Text(zh="护照所印姓名", en="Name as printed"), name(printed_name(person))),
        Row(Text(zh="机读码姓名", en="Name in the machine-readable zone"), number(machine_name(person))),
        *chinese,
        Row(Text(zh="护照号码", en="Passport number"), shown_number(person.passport_number, masked=True)),
        Row(Text(zh="国籍", en="Nationality"), number(person.nationality)),
        Row(Text(zh="出生日期", en="Date of birth"), person.birth_on),
    ]
