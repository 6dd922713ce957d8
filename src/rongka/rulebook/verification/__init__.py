"""Real-name and real-person verification: what its facts lead to, and its levels. Our policy; no law says it."""

from .assurance import (
    FIELDS,
    FaceVerdict,
    Judgement,
    ProofFacts,
    ProofReason,
    Way,
    before_the_face,
    judge_proof,
)
from .levels import ChipFacts, Level, level_at_counter

__all__ = [
    "FIELDS",
    "ChipFacts",
    "FaceVerdict",
    "Judgement",
    "Level",
    "ProofFacts",
    "ProofReason",
    "Way",
    "before_the_face",
    "judge_proof",
    "level_at_counter",
]
