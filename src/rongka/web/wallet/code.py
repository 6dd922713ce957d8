"""The live code 亮码. The page brings the words and the island; the code itself is made on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Kind
from rongka.registers.cards.queries import Standing, standing_of
from rongka.registers.issuance.queries import devices_of
from rongka.registers.journal.days import day_of
from rongka.rulebook.order import State
from rongka.web.audience import Audience, audience

from .acting import own_id
from .licence import card_status
from .showing import places
from .steps import setback_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the code of an active card; of any other, why there is none."""
    standing = standing_of(own_id(request))
    today = day_of(timezone.now())
    if is_shown(standing, on=today):
        active = [str(device.id) for device in devices_of(standing.person_id) if device.revoked_at is None]
        return render(request, "wallet/code.html", {"card": standing.card, "devices": " ".join(active)})
    qualification = standing.card.qualification if standing.card else None
    context = {
        "standing": standing,
        "status": card_status(standing.state, qualification, on=today) if qualification else None,
        "setback": setback_of(standing, on=today),
        "contacts": places(Kind.AUTHORITY) if qualification else [],
    }
    return render(request, "wallet/no_code.html", context)


def is_shown(standing: Standing, *, on: date) -> bool:
    """Tell whether the wallet shows a code: only of a card that is active and has not run out."""
    qualification = standing.card.qualification if standing.card else None
    return standing.state is State.ACTIVE and qualification is not None and on < qualification.valid_until
