"""Entry: which documents must be carried, and what a card is worth at the border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import card_is_no_entry_document, original_notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet
    from rongka.rulebook.vocabulary import Facts


def refusals(*, facts: Facts, rules: RuleSet) -> Iterator[Reason]:
    """Yield why these papers do not let their bearer in."""
    missing = original_notice.missing_papers(papers=facts.papers, rules=rules)
    missing -= card_is_no_entry_document.papers_replaced(papers=facts.papers, rules=rules)
    if missing:
        yield from card_is_no_entry_document.refusals(papers=facts.papers)
    yield from original_notice.refusals(missing=missing)
