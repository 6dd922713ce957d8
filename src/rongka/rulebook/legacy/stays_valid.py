"""Rule `legacy.stays-valid`: a legacy permit is as good as before the reform, until the day it runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.decisions import Decision, answer
from rongka.rulebook.rules import ALL_RULES, RuleId, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet


def legacy_validity(*, on: date, valid_until: date, rules: RuleSet = ALL_RULES) -> Decision:
    """Decide whether a legacy permit is valid on that day; `valid_until` is the first day on which it no longer is."""
    return answer(reasons=validity_refusals(on=on, valid_until=valid_until, rules=rules))


def validity_refusals(*, on: date, valid_until: date, rules: RuleSet) -> Iterator[Reason]:
    """Yield why the permit is not valid: it has run out. With the rule taken out, the reform would end it."""
    this = rule(RuleId.LEGACY_STAYS_VALID)
    if on >= valid_until:
        yield this.reason("expired")
    elif not rules.has(this.id) and on >= this.source.effective_from:
        yield this.reason("ended-by-reform")
