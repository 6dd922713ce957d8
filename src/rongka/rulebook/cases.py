"""Worked examples: facts and the decision that an official would expect; they are tests, and pages of the book.

Every rule has a file `<topic>/cases/<rule>.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from . import data, legacy, residence
from .order import decide
from .rules import ALL_RULES, RuleId, RuleSet
from .vocabulary import ActorKind, Category, Event, Facts, Occasion, Paper, State

if TYPE_CHECKING:
    from datetime import date

    from rongka.text import Text

    from .decisions import Decision


class Question(StrEnum):
    """What a case asks the rule book."""

    EVENT = "event"
    PAPERS_FOR_RESIDENCE = "papers-for-residence"
    LEGACY_VALIDITY = "legacy-validity"
    MAY_REQUIRE_SWITCH = "may-require-switch"


@dataclass(frozen=True, slots=True)
class Move:
    """Who does what, where the case stands."""

    event: Event
    state: State
    actor: ActorKind


@dataclass(frozen=True, slots=True)
class Case:
    """One example. `codes` are the reasons expected, none when it is allowed; `to` the state that follows."""

    rule: RuleId
    title: Text
    question: Question
    on: date
    move: Move | None
    facts: Facts
    codes: tuple[str, ...]
    to: State | None

    def decision(self, *, rules: RuleSet = ALL_RULES) -> Decision:
        """Ask the rule book."""
        if self.question is Question.PAPERS_FOR_RESIDENCE:
            return residence.papers_for_residence(papers=self.facts.papers, rules=rules)
        if self.question is Question.MAY_REQUIRE_SWITCH:
            return legacy.may_require_switch(occasion=self.facts.occasion, rules=rules)
        if self.question is Question.LEGACY_VALIDITY:
            if self.facts.legacy_valid_until is None:
                msg = f"{self.title.en}: valid_until is missing"
                raise ValueError(msg)
            return legacy.legacy_validity(on=self.on, valid_until=self.facts.legacy_valid_until, rules=rules)
        if self.move is None:
            msg = f"{self.title.en}: event, state and actor are missing"
            raise ValueError(msg)
        move = self.move
        return decide(event=move.event, state=move.state, actor=move.actor, on=self.on, facts=self.facts, rules=rules)


def cases_of(rule_id: RuleId) -> tuple[Case, ...]:
    """Return the cases of a rule, in the order of its file."""
    return tuple(case for case in all_cases() if case.rule is rule_id)


@cache
def all_cases() -> tuple[Case, ...]:
    """Return every case of every rule."""
    return tuple(
        _case(rule_id, table)
        for rule_id in RuleId
        for table in data.read_table(rule_id.topic, "cases", f"{rule_id.file_name}.toml")["case"]
    )


def _case(rule_id: RuleId, table: data.Table) -> Case:
    return Case(
        rule=rule_id,
        title=data.text(table["title"]),
        question=Question(table.get("question", Question.EVENT)),
        on=table["on"],
        move=_move(table) if "event" in table else None,
        facts=_facts(table),
        codes=tuple(table.get("refused", ())),
        to=State(table["to"]) if "to" in table else None,
    )


def _move(table: data.Table) -> Move:
    return Move(event=Event(table["event"]), state=State(table["state"]), actor=ActorKind(table["actor"]))


def _facts(table: data.Table) -> Facts:
    return Facts(
        papers=frozenset(Paper(paper) for paper in table.get("papers", ())),
        occasion=Occasion(table["occasion"]) if "occasion" in table else None,
        days_since_entry=table.get("days_since_entry"),
        has_physical_card=table.get("has_physical_card", False),
        category=Category(table["category"]) if "category" in table else None,
        legacy_valid_until=table.get("valid_until"),
    )
