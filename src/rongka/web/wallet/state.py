"""What a wallet asks in the background: whether to show the code, whose turn it is, which devices count, the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Kind
from rongka.registers.agencies.queries import agencies_of_kind
from rongka.registers.cards.queries import Standing, standing_of
from rongka.registers.issuance.queries import devices_of
from rongka.registers.journal.days import day_of
from rongka.rulebook.order import ActorKind
from rongka.rulebook.wallet import connect_after_days, hide_after_days
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import StepKind
from rongka.web.components.tracker import tracker
from rongka.web.components.words import in_page_language

from .acting import own_id
from .clocks import RESIDENCE, clocks_of
from .code import is_shown
from .steps import setback_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

NOT_YET = Text(zh="卡尚未激活。", en="The card is not active yet.")


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> JsonResponse:
    """Answer with where the holder stands."""
    standing, now = standing_of(own_id(request)), timezone.now()
    today = day_of(now)
    shown = is_shown(standing, on=today)
    devices = [
        {"id": str(device.id), "revoked": device.revoked_at is not None} for device in devices_of(standing.person_id)
    ]
    answer = {
        "card": str(standing.card.id) if standing.card else None,
        "shown": shown,
        "devices": devices,
        "now": now.isoformat(),
        "connect_days": connect_after_days(on=today),
        "hide_days": hide_after_days(on=today),
        "steps": _steps(standing),
        "residence": _residence_day(standing, on=today),
    }
    return JsonResponse(answer if shown else answer | _why_not(standing, on=today))


def _why_not(standing: Standing, *, on: date) -> dict[str, object]:
    """Say why there is no code, and whom to ask."""
    setback = setback_of(standing, on=on)
    if setback is None:
        return {"reason": in_page_language(NOT_YET)}
    contacts = [
        {"name": in_page_language(agency.name), "place": agency.place} for agency in agencies_of_kind(Kind.AUTHORITY)
    ]
    word = setback.status.word
    return {"reason": in_page_language(word) if isinstance(word, Text) else word, "contacts": contacts}


def _residence_day(standing: Standing, *, on: date) -> str | None:
    """Return the last day to apply for a residence permit, for the page of the services."""
    clock = next((clock for clock in clocks_of(standing, on=on) if clock.name == RESIDENCE), None)
    return clock.day.isoformat() if clock and clock.day else None


def _steps(standing: Standing) -> dict[str, object]:
    """Give the small form of the tracker, for a page that is opened without a network."""
    steps = tracker(standing, reader=ActorKind.HOLDER)
    current = next((step for step in steps if step.kind in {StepKind.CURRENT, StepKind.REFUSED}), None)
    return {
        "done": sum(step.kind is StepKind.DONE for step in steps),
        "of": len(steps),
        "title": in_page_language(current.title) if current else None,
        "turn": in_page_language(current.turn) if current and current.turn else None,
        "since": current.since.isoformat() if current and current.since else None,
    }
