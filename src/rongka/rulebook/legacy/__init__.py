"""Legacy permits: they stay valid, and are switched only when there is an occasion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .no_change_unless_renewal import may_require_switch, occasion_refusals
from .stays_valid import legacy_validity, validity_refusals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rongka.rulebook.decisions import Reason
    from rongka.rulebook.rules import RuleSet
    from rongka.rulebook.vocabulary import Facts

__all__ = ["legacy_validity", "may_require_switch", "switch_refusals"]


def switch_refusals(*, facts: Facts, on: date, rules: RuleSet) -> Iterator[Reason]:
    """Yield why a legacy permit may not be switched now: no occasion, or no longer a valid permit."""
    yield from occasion_refusals(facts=facts, rules=rules)
    if facts.legacy_valid_until is not None:
        yield from validity_refusals(on=on, valid_until=facts.legacy_valid_until, rules=rules)
