"""What is known of a case when the rule book is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from .words import Category, Occasion, Paper


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that a rule may ask for. What is unknown stays None and is never held against the holder."""

    papers: frozenset[Paper] = frozenset()
    occasion: Occasion | None = None
    days_since_entry: int | None = None
    has_physical_card: bool = False
    category: Category | None = None
    legacy_valid_until: date | None = None


NO_FACTS = Facts()
