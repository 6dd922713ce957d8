"""Rule `legacy.no-change-unless-renewal`: a legacy permit is switched at extension or change, and not otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.decisions import Decision, answer
from rongka.rulebook.rules import ALL_RULES, RuleId, rule
from rongka.rulebook.vocabulary import Occasion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet
    from rongka.rulebook.vocabulary import Facts

# 仅延期、变更时统一切换。Reissue is an early switch by the employer's own choice, and nobody may demand it.
BINDING_OCCASIONS = frozenset({Occasion.EXTENSION, Occasion.CHANGE})


def occasion_refusals(*, facts: Facts, rules: RuleSet) -> Iterator[Reason]:
    """Yield the refusal of a switch without an occasion."""
    if facts.occasion is None and rules.has(RuleId.LEGACY_NO_CHANGE_UNLESS_RENEWAL):
        yield rule(RuleId.LEGACY_NO_CHANGE_UNLESS_RENEWAL).reason("no-occasion")


def may_require_switch(*, occasion: Occasion | None, rules: RuleSet = ALL_RULES) -> Decision:
    """Decide whether an authority may require the switch on this occasion: only at extension or change."""
    this = rule(RuleId.LEGACY_NO_CHANGE_UNLESS_RENEWAL)
    if occasion in BINDING_OCCASIONS or not rules.has(this.id):
        return answer(reasons=())
    return answer(reasons=[this.reason("not-to-be-required")])
