"""The check itself: walk, search every invariant, tell what was found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.rulebook.rules import ALL_RULES, RuleSet
from rongka.rulebook.vocabulary import ActorKind, Event

from .invariants import ALL_INVARIANTS
from .walk import Law

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rongka.rulebook.order import OrderTable

    from .invariant import Invariant
    from .walk import Witness

JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that does not hold: how many answers break it, and the first of them."""

    invariant: Invariant
    count: int
    first: Witness

    def as_json(self) -> JsonObject:
        """Return the violation for a machine."""
        return {
            "invariant": self.invariant.code,
            "rule": self.invariant.rule.value,
            "statement": {"zh": self.invariant.statement.zh, "en": self.invariant.statement.en},
            "count": self.count,
            "first": _witness_as_json(self.first),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What was walked and what was found. `triples` are (state, event, actor), `questions` all that was asked."""

    states: int
    triples: int
    questions: int
    invariants: int
    violations: tuple[Violation, ...]

    def as_json(self) -> JsonObject:
        """Return the report for a machine."""
        return {
            "states": self.states,
            "triples": self.triples,
            "questions": self.questions,
            "invariants": self.invariants,
            "violations": [violation.as_json() for violation in self.violations],
        }

    def as_words(self) -> str:
        """Return the report for a reader, in both languages."""
        english = (
            f"{self.states} states, {self.triples} (state, event, actor), {self.questions} questions, "
            f"{self.invariants} invariants, {len(self.violations)} violated"
        )
        chinese = (
            f"{self.states}个状态，{self.triples}个（状态、事项、主体）组合，{self.questions}次询问，"
            f"{self.invariants}项断言，{len(self.violations)}项不成立"
        )
        lines = [english, chinese]
        for violation in self.violations:
            broken = violation.invariant
            lines += ["", f"✗ {broken.code} ({broken.rule.value}), {violation.count} times"]
            lines += [f"  {broken.statement.zh}", f"  {broken.statement.en}"]
            lines.append(f"  first: {json.dumps(_witness_as_json(violation.first), ensure_ascii=False)}")
        return "\n".join(lines)


def check_rules(
    *,
    rules: RuleSet = ALL_RULES,
    table: OrderTable | None = None,
    invariants: Iterable[Invariant] = ALL_INVARIANTS,
) -> Report:
    """Walk under these rules and this table and hold every answer against the invariants."""
    law = Law(rules=rules, table=table)
    searched = tuple(invariants)
    violations = []
    for invariant in searched:
        found = list(invariant.search(law))
        if found:
            violations.append(Violation(invariant=invariant, count=len(found), first=found[0]))
    return Report(
        states=len(law.states),
        triples=len(law.states) * len(Event) * len(ActorKind),
        questions=law.questions,
        invariants=len(searched),
        violations=tuple(violations),
    )


def _witness_as_json(witness: Witness) -> JsonObject:
    place, facts = witness.place, witness.facts
    found: JsonObject = {"finding": witness.finding, "on": witness.on.isoformat()}
    if place is not None:
        found["state"] = place.state.value
        if place.last is not None:
            found["after"] = place.last.value
    if witness.event is not None and witness.actor is not None:
        found |= {"event": witness.event.value, "actor": witness.actor.value}
    if facts is not None:
        found["facts"] = {
            "papers": sorted(paper.value for paper in facts.papers),
            "occasion": facts.occasion and facts.occasion.value,
            "days_since_entry": facts.days_since_entry,
            "has_physical_card": facts.has_physical_card,
            "category": facts.category and facts.category.value,
            "legacy_valid_until": facts.legacy_valid_until and facts.legacy_valid_until.isoformat(),
        }
    return found
