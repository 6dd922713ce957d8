"""The chip of a passport: whether the issuing state signed what is in it, and whether it is the original.

Bytes in, a result with every check out; no clock, no network. Needs `rongka[server]`. `docs/proofing.md` says what it
proves and what it does not. Specimen passports are made by ``rongka.proofing.chip.specimens``.
"""

from rongka.proofing.chip.active_authentication import NONCE_BYTES, Answer
from rongka.proofing.chip.checks import Check, CheckName, Outcome
from rongka.proofing.chip.data_groups import Portrait, read_portrait
from rongka.proofing.chip.master_list import read_master_list
from rongka.proofing.chip.results import (
    ChipDocument,
    ClaimSource,
    DocumentLevel,
    DocumentResult,
    DocumentStatus,
    DocumentVerifier,
    FileHash,
    VerifiedClaims,
)
from rongka.proofing.chip.revocation import RevocationList, read_revocation_list
from rongka.proofing.chip.trust import TrustStore
from rongka.proofing.chip.verifying import ChipVerifier

__all__ = [
    "NONCE_BYTES",
    "Answer",
    "Check",
    "CheckName",
    "ChipDocument",
    "ChipVerifier",
    "ClaimSource",
    "DocumentLevel",
    "DocumentResult",
    "DocumentStatus",
    "DocumentVerifier",
    "FileHash",
    "Outcome",
    "Portrait",
    "RevocationList",
    "TrustStore",
    "VerifiedClaims",
    "read_master_list",
    "read_portrait",
    "read_revocation_list",
]
