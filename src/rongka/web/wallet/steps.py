"""The steps 办理进度: whose turn it is, what is done, what to do now, and the clocks that run beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rongka.registers.agencies.permissions import Kind
from rongka.registers.cards.queries import Standing, standing_of
from rongka.registers.identity.events import IdentityRejected, ProofRejected
from rongka.registers.identity.reasons import AFTER_A_REVIEW, REVIEW_REASONS
from rongka.registers.identity.reasons import REASONS as IDENTITY_REASONS
from rongka.registers.journal.days import day_of
from rongka.registers.journal.queries import happenings_of_person
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.reasons import REASONS as RULING_REASONS
from rongka.rulebook.order import ActorKind, State
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import Link, Status, StatusKind
from rongka.web.components.tracker import tracker

from .acting import own_id
from .clocks import clocks_of
from .showing import places, typed

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

# Where the button of each step leads; in the other states nothing is the holder's to do.
PAGES = {
    State.NOTICE_ISSUED: "wallet:notice",
    State.VISA_ISSUED: "wallet:notice",
    State.ADMITTED: "wallet:verification",
    State.PROOF_SUBMITTED: "wallet:proving-result",
    State.VERIFIED: "wallet:claim",
    State.CARD_CLAIMED: "wallet:bind",
    State.BOUND: "wallet:bound",
    State.QUALIFIED: "wallet:bound",
    State.ACTIVE: "wallet:code",
}

AT_A_COUNTER, IN_A_REVIEW = IdentityRejected.code, ProofRejected.code
EXPIRED = Text(zh="已过期", en="Expired")
RENEW = Text(
    zh="工作许可已过有效期；如需继续工作，由用人单位重新提出申请。",
    en="The permit has run out. To go on working, your employer files a new application.",
)


@dataclass(frozen=True, slots=True)
class Setback:
    """Why something did not go on: what happened, when, the reasons, what to do, whom to ask."""

    status: Status
    at: date
    reasons: tuple[Text | SafeString, ...]
    todo: Text


@audience(Audience.HOLDER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show where the holder stands."""
    standing = standing_of(own_id(request))
    today = day_of(timezone.now())
    setback = setback_of(standing, on=today)
    context = {
        "tracker": tracker(standing, reader=ActorKind.HOLDER),
        "action": action_of(standing.state),
        "standing": standing,
        "setback": setback,
        "contacts": places(Kind.AUTHORITY) if setback else [],
        "is_held": setback is not None and standing.card is not None,
        "clocks": clocks_of(standing, on=today),
    }
    return render(request, "wallet/steps.html", context)


def action_of(state: State) -> Link | None:
    """Return the one button of the page."""
    if state in PAGES:
        return Link(_action_words(state), reverse(PAGES[state]))
    try:
        return Link(_("Read what happens in this step"), reverse("guide:guide"))
    except NoReverseMatch:
        return None


def setback_of(standing: Standing, *, on: date) -> Setback | None:
    """Return what stands in the way, if anything does."""
    state, card = standing.state, standing.card
    if card and card.cancellation:
        word = Status(StatusKind.REFUSED, Text(zh="已注销", en="Cancelled"))
        return Setback(word, card.cancellation.since, (typed(card.cancellation.reason),), state.todo)
    if card and card.suspension:
        word = Status(StatusKind.REFUSED, Text(zh="已暂停使用", en="Suspended"))
        return Setback(word, card.suspension.since, (typed(card.suspension.reason),), state.todo)
    if card and card.qualification and card.qualification.valid_until <= on:
        return Setback(Status(StatusKind.REFUSED, EXPIRED), card.qualification.valid_until, (), RENEW)
    if state is State.ADMITTED:
        return _rejection(standing.person_id)
    return _ruling(standing)


def _ruling(standing: Standing) -> Setback | None:
    """Return the authority's decision that stopped the newest application, unless a newer step was reached."""
    ruling = standing.case.ruling if standing.case else None
    if ruling is None or ruling.outcome is Outcome.APPROVED:
        return None
    returned = ruling.outcome is Outcome.RETURNED
    word = Text(zh="已退回补正", en="Returned for correction") if returned else Text(zh="不予许可", en="Refused")
    reasons = [RULING_REASONS[code] for code in ruling.reasons if code in RULING_REASONS]
    noted = (typed(ruling.note),) if ruling.note else ()
    kind = StatusKind.ATTENTION if returned else StatusKind.REFUSED
    return Setback(Status(kind, word), ruling.decided_at, (*reasons, *noted), standing.state.todo)


def _rejection(person_id: UUID) -> Setback | None:
    rejected = [one for one in happenings_of_person(person_id) if one.code in {AT_A_COUNTER, IN_A_REVIEW}]
    if not rejected:
        return None
    codes, known = rejected[-1].data.get("reasons"), IDENTITY_REASONS | REVIEW_REASONS
    reasons = [known[code] for code in codes if code in known] if isinstance(codes, list) else []
    word = Status(StatusKind.REFUSED, Text(zh="核验未通过", en="Not verified"))
    todo = Text(
        zh="请按理由准备后再次到窗口办理；次数不限。",
        en="Prepare what the reasons say, then come to a counter again. You may come as often as you need.",
    )
    if rejected[-1].code == IN_A_REVIEW:
        todo = AFTER_A_REVIEW
    return Setback(word, rejected[-1].at, tuple(reasons), todo)


def _action_words(state: State) -> str:
    return {
        State.NOTICE_ISSUED: _("Open my notice (PDF)"),
        State.VISA_ISSUED: _("Open my notice (PDF)"),
        State.ADMITTED: _("Get verified"),
        State.PROOF_SUBMITTED: _("See where it stands"),
        State.VERIFIED: _("Claim my card"),
        State.CARD_CLAIMED: _("Bind my permit number"),
        State.BOUND: _("See the progress"),
        State.QUALIFIED: _("See the progress"),
        State.ACTIVE: _("Show my code"),
    }[state]
