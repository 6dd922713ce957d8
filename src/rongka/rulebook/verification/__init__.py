"""Real-name and real-person verification: what its facts lead to, and its levels. Our policy; no law says it."""

from .assurance import (
    FIELDS,
    FaceVerdict,
    Judgement,
    ProofFacts,
    ProofReason,
    Way,
    all_reasons,
    before_the_face,
    judge_proof,
    passport_expired,
    passport_replaced,
    rules_version,
)
from .levels import ChipFacts, Level, chip_that_counts, level_at_counter

__all__ = [
    "FIELDS",
    "ChipFacts",
    "FaceVerdict",
    "Judgement",
    "Level",
    "ProofFacts",
    "ProofReason",
    "Way",
    "all_reasons",
    "before_the_face",
    "chip_that_counts",
    "judge_proof",
    "level_at_counter",
    "passport_expired",
    "passport_replaced",
    "rules_version",
]
