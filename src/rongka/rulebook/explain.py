"""A rule or an event in words, for a reader at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.text import Text

from .cases import cases_of
from .order import the_order
from .rules import RuleId, rule
from .vocabulary import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULES = Text(zh="规则", en="Rules")
_EVENTS = Text(zh="办理事项", en="Events")
_SOURCE = Text(zh="依据", en="Source")
_SINCE = Text(zh="施行日期", en="In force from")
_CASES = Text(zh="案例", en="Cases")
_ALLOWED = Text(zh="准予", en="allowed")
_REFUSED = Text(zh="不予办理", en="refused")
_BY = Text(zh="办理主体", en="By")
_NEVER = Text(zh="不属于现行时序，不得办理。", en="No part of today's order; it may not be done.")


def explain(name: str, *, language: str) -> str:
    """Explain the rule or event of that name; raise `ValueError` when there is none."""
    if name in set(RuleId):
        return "\n".join(_rule_lines(RuleId(name), language))
    return "\n".join(_event_lines(Event(name), language))


def explain_all(*, language: str) -> str:
    """List every rule and every event that can be explained."""
    lines = [_RULES.in_language(language)]
    lines += [f"  {rule_id.value}  {rule(rule_id).title.in_language(language)}" for rule_id in RuleId]
    lines += ["", _EVENTS.in_language(language)]
    lines += [f"  {event.value}  {event.title.in_language(language)}" for event in Event]
    return "\n".join(lines)


def _rule_lines(rule_id: RuleId, language: str) -> Iterator[str]:
    shown = rule(rule_id)
    source = shown.source
    yield f"{shown.title.in_language(language)}  [{rule_id.value}]"
    yield ""
    yield shown.statement.in_language(language)
    yield shown.explanation.in_language(language)
    yield ""
    cited = (text.in_language(language) for text in (source.cited, source.confidence.title))
    yield f"{_SOURCE.in_language(language)}: {' · '.join(cited)}"
    yield f"{_SINCE.in_language(language)}: {source.effective_from.isoformat()}"
    yield ""
    yield f"{_CASES.in_language(language)}:"
    for case in cases_of(rule_id):
        outcome = _REFUSED if case.codes else _ALLOWED
        codes = f" ({', '.join(case.codes)})" if case.codes else ""
        yield f"  {case.on.isoformat()}  {case.title.in_language(language)}  → {outcome.in_language(language)}{codes}"


def _event_lines(event: Event, language: str) -> Iterator[str]:
    yield f"{event.title.in_language(language)}  [{event.value}]"
    yield ""
    rows = [row for row in the_order().rows_of(event=event) if not row.former]
    if not rows:
        yield _NEVER.in_language(language)
    for row in rows:
        state, to = row.state.title.in_language(language), row.to.title.in_language(language)
        yield f"  {_BY.in_language(language)}: {row.actor.title.in_language(language)}  |  {state} → {to}"
    shown = {
        case.rule: None for rule_id in RuleId for case in cases_of(rule_id) if case.move and case.move.event is event
    }
    yield ""
    yield f"{_RULES.in_language(language)}:"
    for rule_id in shown:
        yield f"  {rule_id.value}  {rule(rule_id).title.in_language(language)}"
