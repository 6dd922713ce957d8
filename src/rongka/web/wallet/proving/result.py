"""Where a verification by phone stands: handed in, not successful, sent back, taken back; and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from rongka.registers.agencies.permissions import Kind
from rongka.registers.identity.outcomes import Outcome
from rongka.registers.identity.proving import withdraw_proof
from rongka.rulebook.order import State
from rongka.web.audience import Audience, audience
from rongka.web.wallet.acting import act
from rongka.web.wallet.showing import places

from .parts import PAGES, Part, Way, to_part, way_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from rongka.registers.identity.queries import ProofCard

HEADINGS = {
    Outcome.OPEN: _("The check was not finished"),
    Outcome.FAILED: _("It did not work this time"),
    Outcome.REJECTED: _("The officer sent it back"),
    Outcome.WITHDRAWN: _("Withdrawn"),
    Outcome.LAPSED: _("Nobody reviewed it in time"),
}


@audience(Audience.HOLDER)
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """Show what became of the newest try."""
    way = way_of(request)
    if way.proof is None or way.proof.outcome is Outcome.ACCEPTED:
        return to_part(Part.NONE)
    if way.proof.outcome is Outcome.SUBMITTED:
        context = {"proof": way.proof, "reference": way.proof.id.hex[-8:].upper()}
        return render(request, "wallet/proving/submitted.html", context)
    return render(request, "wallet/proving/ended.html", _ended(way, way.proof))


def _ended(way: Way, proof: ProofCard) -> dict[str, object]:
    is_open = way.first is not Part.NONE
    return {
        "heading": HEADINGS[proof.outcome],
        "is_refused": proof.outcome in {Outcome.FAILED, Outcome.REJECTED},
        "reasons": proof.reasons,
        "tries_left": way.tries_left,
        "may_go_on": is_open and way.tries_left > 0,
        "is_used_up": is_open and way.tries_left < 1,
        "next_page": PAGES[way.first],
        "counters": places(Kind.COUNTER),
    }


@audience(Audience.HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask once more, then take back what was handed in; both ways are open again."""
    way = way_of(request)
    if way.standing.state is not State.PROOF_SUBMITTED or way.proof is None:
        return HttpResponseRedirect(reverse("wallet:proving-result"))
    if request.method == "POST":
        act(request, withdraw_proof, proof_id=way.proof.id)
        return HttpResponseRedirect(reverse("wallet:proving-result"))
    return render(request, "wallet/proving/withdraw.html", {"counters": places(Kind.COUNTER)})
