"""Verification 实名实人核验: what is needed, the two ways, equal from the start; where the way by phone stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Kind
from rongka.registers.journal.days import day_of
from rongka.rulebook.order import State
from rongka.rulebook.parameters import parameter
from rongka.web.audience import Audience, audience

from .proving.parts import PAGES, Part, way_of
from .showing import places
from .steps import setback_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Say how to get verified, or that it is done, or what comes before."""
    way, today = way_of(request), day_of(timezone.now())
    state = way.standing.state
    context = {
        "standing": way.standing,
        "is_now": state is State.ADMITTED,
        "is_examined": state is State.EXAMINED,
        "is_submitted": state is State.PROOF_SUBMITTED,
        "is_offered": way.verifier is not None,
        "is_begun": way.first > Part.CONSENT,
        "is_used_up": way.tries_left < 1,
        "consent": way.consent,
        "next_page": PAGES[way.first],
        "review_days": parameter("verification.review-within", on=today).value,
        "setback": setback_of(way.standing, on=today) if state is State.ADMITTED else None,
        "counters": places(Kind.COUNTER),
    }
    return render(request, "wallet/verification.html", context)
