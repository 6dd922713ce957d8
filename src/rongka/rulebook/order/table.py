"""The one order as a table: (state, event, actor) → state, and what can be read off it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.rulebook.vocabulary import ActorKind, Event, State

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. `back` leads back, not forward; `former` was done before the reform and is no part of today's order.

    `document` is the key of its source in `sources.toml`.
    """

    state: State
    event: Event
    actor: ActorKind
    to: State
    document: str
    back: bool = False
    former: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class OrderTable:
    """All rows; at most one for each state and event. Two tables are the same only if they are one object."""

    rows: tuple[Transition, ...]

    def __post_init__(self) -> None:
        """Refuse a table in which two rows answer one question."""
        keys = [(row.state, row.event) for row in self.rows]
        if len(keys) != len(set(keys)):
            msg = "two rows for one state and event"
            raise ValueError(msg)

    def find(self, *, state: State, event: Event) -> Transition | None:
        """Return the row for this event in this state."""
        return next((row for row in _rows_by_state(self).get(state, ()) if row.event is event), None)

    def rows_of(self, *, event: Event) -> tuple[Transition, ...]:
        """Return every row of the event."""
        return _rows_by_event(self)[event]

    def path(self, *, start: State, ends: Iterable[State], forward_only: bool) -> tuple[Transition, ...] | None:
        """Return the shortest way from one state to any of the others; empty when already there, None when none."""
        goals = frozenset(ends)
        waiting: deque[tuple[State, tuple[Transition, ...]]] = deque([(start, ())])
        seen = {start}
        while waiting:
            state, way = waiting.popleft()
            if state in goals:
                return way
            for row in self._open_rows(state, forward_only=forward_only):
                if row.to not in seen:
                    seen.add(row.to)
                    waiting.append((row.to, (*way, row)))
        return None

    def _open_rows(self, state: State, *, forward_only: bool) -> Iterable[Transition]:
        rows = _rows_by_state(self).get(state, ())
        return (row for row in rows if not row.former and not (forward_only and row.back))


@cache
def the_order() -> OrderTable:
    """Return the order as `transitions.toml` has it."""
    rows = data.read_table("order", "transitions.toml")["transition"]
    return OrderTable(rows=tuple(_row(row) for row in rows))


def _row(table: data.Table) -> Transition:
    return Transition(
        state=State(table["from"]),
        event=Event(table["event"]),
        actor=ActorKind(table["actor"]),
        to=State(table["to"]),
        document=table["source"],
        back=table.get("back", False),
        former=table.get("former", False),
    )


@cache
def _rows_by_state(table: OrderTable) -> dict[State, tuple[Transition, ...]]:
    return {state: tuple(row for row in table.rows if row.state is state) for state in State}


@cache
def _rows_by_event(table: OrderTable) -> dict[Event, tuple[Transition, ...]]:
    return {event: tuple(row for row in table.rows if row.event is event) for event in Event}
