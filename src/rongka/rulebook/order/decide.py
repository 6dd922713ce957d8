"""May this actor do this now? The one question that every command asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook import card, entry, legacy, permit
from rongka.rulebook.decisions import Decision, Reason, answer
from rongka.rulebook.rules import ALL_RULES, RuleId, RuleSet
from rongka.rulebook.vocabulary import Event, State
from rongka.rulebook.vocabulary.facts import NO_FACTS, Facts

from . import fixed
from .table import OrderTable, the_order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rongka.rulebook.vocabulary import ActorKind


def decide(
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
    by_order = tuple(fixed.refusals(event=event, state=state, actor=actor, on=on, table=order))
    if not rules.has(RuleId.ORDER_FIXED):
        # Taken out, the order lets an actor do their own events at any point.
        by_order = tuple(reason for reason in by_order if reason.code == fixed.WRONG_ACTOR)
    named = tuple(_named_reasons(event, on, facts, rules))
    if event is Event.ISSUE_PHYSICAL_PERMIT:
        # The prohibition says all there is to say; that the event has no place in the order follows from it.
        return answer(reasons=named or by_order, to=_target(event, state, order))
    return answer(reasons=(*by_order, *named), to=_target(event, state, order))


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
