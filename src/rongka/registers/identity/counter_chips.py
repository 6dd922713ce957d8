"""The chips that one counter read around an examination, and which of them its two officers rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.proofing.chip.checks import CheckName, Outcome
from rongka.registers.agencies.queries import staff_cards
from rongka.registers.evidence.kinds import Source
from rongka.registers.evidence.queries import checks_of
from rongka.rulebook.verification import ChipFacts, Level, chip_that_counts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.evidence.queries import DocumentCheckCard


def chips_read_here(
    admission_id: UUID, *, passport_id: UUID, counter_id: UUID | None, since: datetime
) -> list[DocumentCheckCard]:
    """Return the checks of a passport that officers of one counter made since then, oldest first."""
    found = [one for one in checks_of(admission_id) if one.source is Source.COUNTER and one.at >= since]
    officers = staff_cards(one.officer_id for one in found if one.officer_id)
    here = {officer.id for officer in officers.values() if officer.agency.id == counter_id}
    return [one for one in found[::-1] if one.officer_id in here and one.passport_id == passport_id]


def counted(checks: Sequence[DocumentCheckCard]) -> DocumentCheckCard | None:
    """Return the check that the rule book lets count, of those of one counter, oldest first."""
    place = chip_that_counts([facts_of(one) for one in checks])
    return None if place is None else checks[place]


def facts_of(check: DocumentCheckCard) -> ChipFacts:
    """Return what a check says to the rule book."""
    is_copy = any(
        row["name"] == CheckName.CLONE.value and row["outcome"] == Outcome.FAILED.value
        for row in check.result["checks"]
    )
    return ChipFacts(check.status, check.differences, is_original=check.level == Level.L3, is_copy=is_copy)
