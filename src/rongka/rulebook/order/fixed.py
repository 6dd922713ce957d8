"""Rule `order.fixed`: each event in its own state, by its own actor; nothing that the table does not list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rongka.rulebook.rules import Rule, RuleId, RuleSet, rule
from rongka.rulebook.vocabulary import Event, Paper, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.vocabulary import ActorKind
    from rongka.rulebook.vocabulary.facts import Facts

    from .table import OrderTable, Transition

WRONG_ACTOR = "order.wrong-actor"


def in_force(*, on: date) -> bool:
    """Say whether the order holds on that day."""
    return on >= _rule().source.effective_from


def refusals(*, event: Event, state: State, actor: ActorKind, on: date, table: OrderTable) -> Iterator[Reason]:
    """Yield why this actor may not do this now: the day, the actor, the place in the order."""
    if not in_force(on=on) and not all(row.former for row in table.rows_of(event=event)):
        yield _rule().reason("not-in-force", event=event.title)
    for reason in (_wrong_actor(event, actor, table), _wrong_place(event, state, table)):
        if reason is not None:
            yield reason


def visa_refusals(*, facts: Facts, rules: RuleSet) -> Iterator[Reason]:
    """Yield the refusal of an entry at which the step before it, the visa, is not shown."""
    if Paper.VISA not in facts.papers and rules.has(RuleId.ORDER_FIXED):
        yield _rule().reason("visa-not-shown")


@cache
def _wrong_actor(event: Event, actor: ActorKind, table: OrderTable) -> Reason | None:
    rightful = [row.actor for row in table.rows_of(event=event)]
    if not rightful or actor in rightful:
        return None
    return _rule().reason("wrong-actor", event=event.title, actor=rightful[0].title)


@cache
def _wrong_place(event: Event, state: State, table: OrderTable) -> Reason | None:
    if table.find(state=state, event=event) is not None:
        return None
    rows = table.rows_of(event=event)
    way = _way_ahead(rows, state, table)
    if way is None:
        name = _why_no_more(rows, state, table)
        return _rule().reason(name, event=event.title, state=state.title, todo=state.todo)
    following = way[0]
    return _rule().reason(
        "not-yet",
        event=event.title,
        state=state.title,
        before=way[-1].event.title,
        actor=following.actor.title,
        next=following.event.title,
    )


def _way_ahead(rows: tuple[Transition, ...], state: State, table: OrderTable) -> tuple[Transition, ...] | None:
    """Return the way to where the event is possible: forward, else with a step back, unless the event lies behind."""
    sources = [row.state for row in rows if not row.former]
    forward = table.path(start=state, ends=sources, forward_only=True)
    if forward is not None or _was_just_passed(rows, state, table):
        return forward
    return table.path(start=state, ends=sources, forward_only=False)


def _was_just_passed(rows: tuple[Transition, ...], state: State, table: OrderTable) -> bool:
    ahead = [row for row in rows if not row.back and not row.former]
    return any(table.path(start=row.to, ends=[state], forward_only=True) is not None for row in ahead)


def _why_no_more(rows: tuple[Transition, ...], state: State, table: OrderTable) -> str:
    led_here = any(row.to is state for row in rows)
    is_open = any(row.state is state and not row.former for row in table.rows)
    if not led_here and not is_open:
        return "ended"
    return "already-done" if led_here or _is_past(rows, state, table) else "other-track"


def _is_past(rows: tuple[Transition, ...], state: State, table: OrderTable) -> bool:
    behind = [row for row in rows if not row.former]
    return any(table.path(start=row.to, ends=[state], forward_only=False) is not None for row in behind)


def _rule() -> Rule:
    return rule(RuleId.ORDER_FIXED)
