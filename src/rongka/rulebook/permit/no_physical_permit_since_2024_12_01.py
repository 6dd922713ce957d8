"""Rule `permit.no-physical-permit-since-2024-12-01`: from that day no physical work permit is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.rules import RuleId, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet


def physical_permit_refusals(*, on: date, rules: RuleSet) -> Iterator[Reason]:
    """Yield the refusal from the first day of the reform on."""
    this = rule(RuleId.PERMIT_NO_PHYSICAL_PERMIT)
    if rules.has(this.id) and on >= this.source.effective_from:
        yield this.reason("no-longer-issued")
