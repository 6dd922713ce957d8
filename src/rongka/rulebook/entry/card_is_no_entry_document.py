"""Rule `entry.card-is-no-entry-document`: at the border a card stands in for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.rules import RuleId, rule
from rongka.rulebook.vocabulary import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet

CARDS = frozenset({Paper.CARD, Paper.BARE_CARD, Paper.PHYSICAL_CARD})
NONE: frozenset[Paper] = frozenset()


def papers_replaced(*, papers: frozenset[Paper], rules: RuleSet) -> frozenset[Paper]:
    """Return the papers that a card stands in for: none. With the rule taken out it would stand in for the notice."""
    if rules.has(RuleId.ENTRY_CARD_IS_NO_ENTRY_DOCUMENT) or not papers & CARDS:
        return NONE
    return frozenset({Paper.ORIGINAL_NOTICE})


def refusals(*, papers: frozenset[Paper]) -> Iterator[Reason]:
    """Tell who shows a card while an entry document is missing that the card does not count."""
    if papers & CARDS:
        yield rule(RuleId.ENTRY_CARD_IS_NO_ENTRY_DOCUMENT).reason("card-shown")
