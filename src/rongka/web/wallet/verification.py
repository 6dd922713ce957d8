"""Verification 实名实人核验: what is needed, the two ways, and honestly which of them exists here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Kind
from rongka.registers.cards.queries import standing_of
from rongka.registers.journal.days import day_of
from rongka.rulebook.order import State
from rongka.web.audience import Audience, audience

from .acting import own_id
from .showing import places
from .steps import setback_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Say how to get verified, or that it is done, or what comes before."""
    standing = standing_of(own_id(request))
    context = {
        "standing": standing,
        "is_now": standing.state is State.ADMITTED,
        "is_examined": standing.state is State.EXAMINED,
        "setback": setback_of(standing, on=day_of(timezone.now())) if standing.state is State.ADMITTED else None,
        "counters": places(Kind.COUNTER),
    }
    return render(request, "wallet/verification.html", context)
