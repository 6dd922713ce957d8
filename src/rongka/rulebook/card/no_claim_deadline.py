"""Rule `card.no-claim-deadline`: the card may be claimed at any time after entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.rules import RuleId, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet
    from rongka.rulebook.vocabulary import Facts

SUPPOSED_LIMIT_DAYS = 30  # the deadline that the guide denies; applied only when the rule is taken out


def claim_refusals(*, facts: Facts, rules: RuleSet) -> Iterator[Reason]:
    """Yield nothing, however long ago the entry was. With the rule taken out, a deadline would hold."""
    days = facts.days_since_entry
    if not rules.has(RuleId.CARD_NO_CLAIM_DEADLINE) and days is not None and days > SUPPOSED_LIMIT_DAYS:
        yield rule(RuleId.CARD_NO_CLAIM_DEADLINE).reason("late")
