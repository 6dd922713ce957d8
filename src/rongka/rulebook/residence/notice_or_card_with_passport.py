"""Rule `residence.notice-or-card-with-passport`: the notice or the loaded card, either one, with the passport.

Whether a copy of the notice is enough, the guide does not say; here only the notice itself counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.decisions import Decision, answer
from rongka.rulebook.rules import ALL_RULES, RuleId, rule
from rongka.rulebook.vocabulary import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet

PROOFS = frozenset({Paper.ORIGINAL_NOTICE, Paper.CARD})


def papers_for_residence(*, papers: frozenset[Paper], rules: RuleSet = ALL_RULES) -> Decision:
    """Decide whether these papers are enough to apply for a residence permit, the first or a renewed one."""
    return answer(reasons=_refusals(papers, rules))


def _refusals(papers: frozenset[Paper], rules: RuleSet) -> Iterator[Reason]:
    this = rule(RuleId.RESIDENCE_NOTICE_OR_CARD)
    if Paper.PASSPORT not in papers:
        yield this.reason("no-passport")
    if not papers & PROOFS:
        yield this.reason("no-proof")
    elif not rules.has(this.id) and not papers >= PROOFS:
        yield this.reason("both-required")
