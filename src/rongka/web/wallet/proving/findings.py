"""Why a chip's files were not enough, in the rule book's words, with the checks and the fields that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.proofing.chip import Outcome
from rongka.rulebook.verification.assurance import ChipFacts, document_reasons, reason
from rongka.text import Text

if TYPE_CHECKING:
    from rongka.registers.evidence.queries import DocumentCheckCard
    from rongka.rulebook.verification import ProofReason

_TELLING = frozenset({Outcome.FAILED, Outcome.CANNOT_TELL})


@dataclass(frozen=True, slots=True)
class ChipProblem:
    """The rule book's reason, what the checks found, and the codes to quote."""

    reason: ProofReason
    details: tuple[Text, ...]
    codes: str


def chip_problems(check: DocumentCheckCard) -> list[ChipProblem]:
    """Return why a check does not lead on; empty for one that does."""
    found = [one for one in check.result["checks"] if one["outcome"] in _TELLING]
    details = tuple(Text(zh=one["zh"], en=one["en"]) for one in found)
    facts = ChipFacts(status=check.status, differences=check.differences)
    reasons = [*document_reasons(facts)] or ([] if check.has_portrait else [reason("no-portrait")])
    return [
        ChipProblem(reason=one, details=details, codes=", ".join([one.code, *(row["code"] for row in found)]))
        for one in reasons
    ]
