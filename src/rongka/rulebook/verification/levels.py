"""The levels of assurance, and which of them a verification at the counter reaches."""

from __future__ import annotations

from enum import StrEnum

from .assurance import ChipFacts, Judgement, document_reasons, judged

__all__ = ["ChipFacts", "Level", "level_at_counter"]


class Level(StrEnum):
    """How surely a person was proved; a data page with a selfie (L1) binds nothing and is not among them."""

    OFFICER_DUAL = "officer_dual"  # two officers, by the passport in hand
    L2 = "L2"  # chip and face online, reviewed by an officer
    L3 = "L3"  # two officers, and a chip that is no copy


def level_at_counter(chip: ChipFacts | None) -> Level | Judgement:
    """Return the level that two officers reach with what the chip said; a chip that failed or differs stops them.

    A chip that was not read, or cannot be verified, takes nothing from what the officers saw.
    """
    if chip is None or chip.status == "cannot_verify":
        return Level.OFFICER_DUAL
    reasons = tuple(document_reasons(chip))
    if reasons:
        return judged(reasons)
    return Level.L3 if chip.is_original else Level.OFFICER_DUAL
