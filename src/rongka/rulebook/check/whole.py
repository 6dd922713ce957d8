"""Invariants of the order as a whole: nobody stuck, no difference between categories, an end is an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rongka.rulebook.rules import RuleId
from rongka.rulebook.vocabulary import ActorKind, Category, Event, Facts, Paper
from rongka.text import Text

from .invariant import Invariant
from .walk import EVERYTHING, FIRST_DAY, MODEST, Place, Witness, paper_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .walk import Law

LATER_DAYS = (date(2024, 12, 2), date(2025, 1, 1), date(2030, 12, 31))
ENDS = frozenset({Event.REFUSE_APPLICATION, Event.CANCEL_PERMIT})


def _same_for_all_categories(law: Law) -> Iterator[Witness]:
    for state, event, actor in law.triples():
        without = law.ask(event=event, state=state, actor=actor)
        for category in Category:
            facts = replace(EVERYTHING, category=category)
            if law.ask(event=event, state=state, actor=actor, facts=facts) != without:
                yield Witness(finding="differs by category", place=Place(state), event=event, actor=actor, facts=facts)


def _same_on_every_day(law: Law) -> Iterator[Witness]:
    for state, event, actor in law.triples():
        first = law.ask(event=event, state=state, actor=actor, on=FIRST_DAY)
        for day in LATER_DAYS:
            if law.ask(event=event, state=state, actor=actor, on=day) != first:
                yield Witness(finding="differs by day", place=Place(state), event=event, actor=actor, on=day)


def _refusals_explain(law: Law) -> Iterator[Witness]:
    for state, event, actor in law.triples():
        decision = law.ask(event=event, state=state, actor=actor)
        codes = [reason.code for reason in decision.reasons]
        if not decision.allowed and (not codes or len(codes) != len(set(codes))):
            yield Witness(finding="refused without distinct reasons", place=Place(state), event=event, actor=actor)
        if decision.allowed and decision.to is None:
            yield Witness(finding="allowed, leading nowhere", place=Place(state), event=event, actor=actor)


def _nobody_is_stuck(law: Law) -> Iterator[Witness]:
    for place in law.places:
        if place.last not in ENDS and not _can_become_active(law, place):
            yield Witness(finding="cannot reach activation", place=place, facts=MODEST)


def _can_become_active(law: Law, start: Place) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        place = waiting.pop()
        if place.last in {Event.ACTIVATE_CARD, Event.REINSTATE_CARD}:
            return True
        for _, _, following in law.steps_from(place, facts=MODEST):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return False


def _an_end_is_an_end(law: Law) -> Iterator[Witness]:
    for place in law.places_after(*ENDS):
        for event, actor, _ in law.steps_from(place, facts=EVERYTHING):
            yield Witness(finding="goes on after the end", place=place, event=event, actor=actor)


def _ends_are_told_apart(law: Law) -> Iterator[Witness]:
    refused, cancelled = ({place.state for place in law.places_after(end)} for end in sorted(ENDS, reverse=True))
    if refused & cancelled or len(refused) != 1 or len(cancelled) != 1:
        yield Witness(finding="a refusal and a cancellation end in the same state, or in several")


def _both_tracks_meet(law: Law) -> Iterator[Witness]:
    meeting = {place.state for place in law.places_after(Event.RECORD_ENTRY, Event.APPROVE_SWITCH)}
    if len(meeting) != 1:
        yield Witness(finding="the two tracks do not meet in one state")


def _visa_is_shown(law: Law) -> Iterator[Witness]:
    # Only border inspection is asked here; that nobody else records an entry, the sequence checks.
    event, actor = Event.RECORD_ENTRY, ActorKind.BORDER
    for state in law.states:
        for papers in paper_sets():
            facts = Facts(papers=papers)
            if Paper.VISA not in papers and law.ask(event=event, state=state, actor=actor, facts=facts).allowed:
                yield Witness(finding="entry without visa", place=Place(state), event=event, actor=actor, facts=facts)


WHOLE_INVARIANTS = (
    Invariant(
        code="order.same-for-all-categories",
        rule=RuleId.ORDER_FIXED,
        statement=Text(zh="办理时序适配所有A、B、C类人员。", en="The order is the same for categories A, B and C."),
        search=_same_for_all_categories,
    ),
    Invariant(
        code="order.same-on-every-day",
        rule=RuleId.ORDER_FIXED,
        statement=Text(
            zh="自2024年12月1日当日起全面执行，此后每日相同。",
            en="In full force from 2024-12-01, and the same on every later day.",
        ),
        search=_same_on_every_day,
    ),
    Invariant(
        code="order.refusals-explain",
        rule=RuleId.ORDER_FIXED,
        statement=Text(
            zh="凡不予办理的，均说明理由和下一步；凡可办理的，均有去向。",
            en="Every refusal has its reasons and the next step; whatever is allowed leads somewhere.",
        ),
        search=_refusals_explain,
    ),
    Invariant(
        code="order.nobody-is-stuck",
        rule=RuleId.ORDER_FIXED,
        statement=Text(
            zh="除不予许可和注销外，任何案件最终都能办到激活。",
            en="But for a refusal or a cancellation, every case can come to activation.",
        ),
        search=_nobody_is_stuck,
    ),
    Invariant(
        code="order.an-end-is-an-end",
        rule=RuleId.ORDER_FIXED,
        statement=Text(
            zh="不予许可和注销之后，本案不再办理任何事项。",
            en="After a refusal or a cancellation nothing more is done.",
        ),
        search=_an_end_is_an_end,
    ),
    Invariant(
        code="order.ends-are-told-apart",
        rule=RuleId.ORDER_FIXED,
        statement=Text(
            zh="不予许可和注销是两种不同的办结。",
            en="A refused application and a cancelled permit are different ends.",
        ),
        search=_ends_are_told_apart,
    ),
    Invariant(
        code="order.both-tracks-meet",
        rule=RuleId.ORDER_FIXED,
        statement=Text(zh="两条流程在境内手续处会合。", en="The two tracks meet inside China."),
        search=_both_tracks_meet,
    ),
    Invariant(
        code="order.visa-is-shown",
        rule=RuleId.ORDER_FIXED,
        statement=Text(zh="没有Z字签证，不得登记入境。", en="Without the Z visa no entry is recorded."),
        search=_visa_is_shown,
    ),
)
