"""Rule `entry.original-notice`: passport and original notice, neither may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.rules import RuleId, rule
from rongka.rulebook.vocabulary import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet

# 入境必须携带护照+工作许可通知原件，缺一不可。
REQUIRED = frozenset({Paper.PASSPORT, Paper.ORIGINAL_NOTICE})


def missing_papers(*, papers: frozenset[Paper], rules: RuleSet) -> frozenset[Paper]:
    """Return what is required and was not shown. A copy is not the original."""
    required = REQUIRED if rules.has(RuleId.ENTRY_ORIGINAL_NOTICE) else frozenset()
    return required - papers


def refusals(*, missing: frozenset[Paper]) -> Iterator[Reason]:
    """Yield a reason for each paper that is missing."""
    if Paper.ORIGINAL_NOTICE in missing:
        yield rule(RuleId.ENTRY_ORIGINAL_NOTICE).reason("no-original")
    if Paper.PASSPORT in missing:
        yield rule(RuleId.ENTRY_ORIGINAL_NOTICE).reason("no-passport")
