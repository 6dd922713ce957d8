"""Rule `card.physical-is-optional`: nothing about the electronic card depends on a physical one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.rules import RuleId, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet
    from rongka.rulebook.vocabulary import Facts


def use_refusals(*, facts: Facts, rules: RuleSet) -> Iterator[Reason]:
    """Yield nothing, with or without a physical card. With the rule taken out, one would be needed."""
    if not rules.has(RuleId.CARD_PHYSICAL_IS_OPTIONAL) and not facts.has_physical_card:
        yield rule(RuleId.CARD_PHYSICAL_IS_OPTIONAL).reason("no-physical-card")
