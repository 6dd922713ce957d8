"""The levels of assurance, and which of them a verification at the counter reaches."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from .assurance import ChipFacts, Judgement, document_reasons, judged

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ChipFacts", "Level", "chip_that_counts", "level_at_counter"]


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


def chip_that_counts(read: Sequence[ChipFacts]) -> int | None:
    """Return which of several readings at one counter, oldest first, the officers' level rests on; None without any.

    One that failed or differs stands until a later one agrees, and is the original where an earlier was a copy. Of
    those that agree the newest original counts, else the newest; one that cannot be verified takes nothing away.
    """
    found: int | None = None
    for number, chip in enumerate(read):
        needs_original = any(earlier.is_copy for earlier in read[:number])
        if found is None or _is_against(chip) or _outdoes(chip, read[found], needs_original=needs_original):
            found = number
    return found


def _outdoes(chip: ChipFacts, before: ChipFacts, *, needs_original: bool) -> bool:
    """Tell whether a later reading takes the place of the one that counted, where it says nothing against."""
    if _agrees(before):
        return _agrees(chip) and chip.is_original >= before.is_original
    if _is_against(before):
        return _agrees(chip) and (chip.is_original or not needs_original)
    return True


def _agrees(chip: ChipFacts) -> bool:
    return chip.status == "pass" and not chip.differences


def _is_against(chip: ChipFacts) -> bool:
    return chip.status == "fail" or bool(chip.differences)
