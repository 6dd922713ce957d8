"""The walk: every place that a case can reach, and the answers of the rule book there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from rongka.rulebook import legacy, residence
from rongka.rulebook.order import Track, decide
from rongka.rulebook.rules import ALL_RULES, RuleSet
from rongka.rulebook.vocabulary import ActorKind, Event, Facts, Occasion, Paper, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Decision
    from rongka.rulebook.order import OrderTable

FIRST_DAY = date(2024, 12, 1)
DAY = date(2025, 6, 30)
STARTS = {Track.OVERSEAS: State.NOTHING, Track.LEGACY: State.LEGACY}
EVERYTHING = Facts(papers=frozenset(Paper), occasion=Occasion.EXTENSION, days_since_entry=0, has_physical_card=True)
# What a new arrival has who did no more than the guide asks: no physical card, no copy, years after the entry.
MODEST = Facts(
    papers=frozenset({Paper.PASSPORT, Paper.VISA, Paper.ORIGINAL_NOTICE}),
    occasion=Occasion.EXTENSION,
    days_since_entry=3650,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands, and what happened last: at a start the track, None when it does not matter."""

    state: State
    last: Event | Track | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """One answer that breaks an invariant."""

    finding: str
    place: Place | None = None
    event: Event | None = None
    actor: ActorKind | None = None
    on: date = DAY
    facts: Facts | None = None


class Law:
    """The rule book as the invariants see it: questions and answers."""

    def __init__(self, *, rules: RuleSet = ALL_RULES, table: OrderTable | None = None) -> None:
        """Walk from both starts under these rules and this table."""
        self.rules = rules
        self.table = table
        self.questions = 0
        self.places = tuple(self._reach())
        self.states = tuple(dict.fromkeys(place.state for place in self.places))

    def ask(
        self, *, event: Event, state: State, actor: ActorKind, on: date = DAY, facts: Facts = EVERYTHING
    ) -> Decision:
        """Ask whether the event may be done."""
        self.questions += 1
        return decide(event=event, state=state, actor=actor, on=on, facts=facts, rules=self.rules, table=self.table)

    def triples(self) -> Iterator[tuple[State, Event, ActorKind]]:
        """Yield every (state, event, actor) of the states that can be reached."""
        return ((state, event, actor) for state in self.states for event in Event for actor in ActorKind)

    def papers_for_residence(self, papers: frozenset[Paper]) -> Decision:
        """Ask whether the papers are enough for a residence permit."""
        self.questions += 1
        return residence.papers_for_residence(papers=papers, rules=self.rules)

    def legacy_validity(self, *, on: date, valid_until: date) -> Decision:
        """Ask whether a legacy permit is valid."""
        self.questions += 1
        return legacy.legacy_validity(on=on, valid_until=valid_until, rules=self.rules)

    def may_require_switch(self, occasion: Occasion | None) -> Decision:
        """Ask whether a switch may be required."""
        self.questions += 1
        return legacy.may_require_switch(occasion=occasion, rules=self.rules)

    def places_after(self, *lasts: Event | Track) -> tuple[Place, ...]:
        """Return the places where one of these was the last thing that happened."""
        return tuple(place for place in self.places if place.last in lasts)

    def steps_from(self, place: Place, *, facts: Facts) -> Iterator[tuple[Event, ActorKind, Place]]:
        """Yield what may be done at a place with these facts, by whom, and where it leads."""
        for event in Event:
            for actor in ActorKind:
                to = self.ask(event=event, state=place.state, actor=actor, facts=facts).to
                if to is not None:
                    yield event, actor, Place(state=to, last=event)

    def _reach(self) -> Iterator[Place]:
        waiting = [Place(state=state, last=track) for track, state in STARTS.items()]
        seen = set(waiting)
        while waiting:
            place = waiting.pop(0)
            yield place
            for _, _, following in self.steps_from(place, facts=EVERYTHING):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)


@cache
def paper_sets() -> tuple[frozenset[Paper], ...]:
    """Return every set of papers, from none to all."""
    papers = list(Paper)
    sizes = range(len(papers) + 1)
    return tuple(frozenset(chosen) for size in sizes for chosen in combinations(papers, size))
