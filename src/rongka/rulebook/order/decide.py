"""The one question that every command asks: may this actor do this now?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook import card, entry, legacy, permit
from rongka.rulebook.decisions import Decision, Reason, answer
from rongka.rulebook.rules import ALL_RULES, RuleId, RuleSet

from . import fixed
from rongka.rulebook.vocabulary.facts import NO_FACTS, Facts
from .table import OrderTable, the_order
from rongka.rulebook.vocabulary import Event, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rongka.rulebook.vocabulary import ActorKind


def decide(  # noqa: PLR0913 - the whole question: what, where, who, when, which facts; the last two are for checks
    *,
    event: Event,
    state: State,
    actor: ActorKind,
    on: date,
    facts: Facts = NO_FACTS,
    rules: RuleSet = ALL_RULES,
    table: OrderTable | None = None,
) -> Decision:
    """Allow the event, naming the next state, or refuse it with every reason that applies."""
    order = table or the_order()
    by_order = _order_reasons(event, state, actor, on, rules, order)
    named = tuple(_named_reasons(event, on, facts, rules))
    if event is Event.ISSUE_PHYSICAL_PERMIT:
        # The prohibition says all there is to say; that the event has no place in the order follows from it.
        return answer(reasons=named or by_order, to=_target(event, state, order))
    return answer(reasons=(*by_order, *named), to=_target(event, state, order))


def _order_reasons(  # noqa: PLR0913, PLR0917 - the same question, asked of one rule
    event: Event, state: State, actor: ActorKind, on: date, rules: RuleSet, order: OrderTable
) -> tuple[Reason, ...]:
    if rules.has(RuleId.ORDER_FIXED):
        return tuple(fixed.refusals(event=event, state=state, actor=actor, on=on, table=order))
    # Taken out, the order lets an actor do their own events at any point.
    found = fixed.refusals(event=event, state=state, actor=actor, on=on, table=order)
    return tuple(reason for reason in found if reason.code == "order.wrong-actor")


def _named_reasons(event: Event, on: date, facts: Facts, rules: RuleSet) -> Iterator[Reason]:
    if event is Event.RECORD_ENTRY:
        yield from entry.refusals(facts=facts, rules=rules)
        yield from fixed.visa_refusals(facts=facts, rules=rules)
    elif event is Event.SUBMIT_SWITCH:
        yield from legacy.switch_refusals(facts=facts, on=on, rules=rules)
    elif event is Event.ISSUE_PHYSICAL_PERMIT:
        yield from permit.physical_permit_refusals(on=on, rules=rules)
    elif event is Event.CLAIM_CARD:
        yield from card.claim_refusals(facts=facts, rules=rules)
    elif event in {Event.GENERATE_QUALIFICATION, Event.ACTIVATE_CARD}:
        yield from card.use_refusals(facts=facts, rules=rules)


def _target(event: Event, state: State, order: OrderTable) -> State | None:
    row = order.find(state=state, event=event)
    if row is not None:
        return row.to
    # Only reached when `order.fixed` is taken out: the event leads where it always leads.
    return next((row.to for row in order.rows_of(event=event)), None)
