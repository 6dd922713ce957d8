"""Services 服务: what the card is good for today, each with the rule that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.registers.cards.queries import standing_of
from rongka.registers.journal.days import day_of
from rongka.rulebook.order import Paper
from rongka.rulebook.residence import papers_for_residence
from rongka.rulebook.rules import RuleId, rule
from rongka.web.audience import Audience, audience

from .acting import own_id
from .clocks import RESIDENCE, clocks_of
from .code import is_shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Two ways, equal: the rule book says for each that it is enough.
WAYS = (frozenset({Paper.PASSPORT, Paper.ORIGINAL_NOTICE}), frozenset({Paper.PASSPORT, Paper.CARD}))


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the services that exist."""
    standing = standing_of(own_id(request))
    today = day_of(timezone.now())
    clocks = clocks_of(standing, on=today)
    context = {
        "has_card": is_shown(standing, on=today),
        "residence": rule(RuleId.RESIDENCE_NOTICE_OR_CARD),
        "residence_clock": next((clock for clock in clocks if clock.name == RESIDENCE), None),
        "ways": residence_ways(),
        "physical": rule(RuleId.CARD_PHYSICAL_IS_OPTIONAL),
        "entry": rule(RuleId.ENTRY_CARD_IS_NO_ENTRY_DOCUMENT),
        "notice": standing.case.notice if standing.case else None,
    }
    return render(request, "wallet/services.html", context)


def residence_ways() -> list[list[Paper]]:
    """Return the papers that are enough for a residence permit, each way in the rule book's order."""
    return [sorted(way, key=list(Paper).index) for way in WAYS if papers_for_residence(papers=way).allowed]
