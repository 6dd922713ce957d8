"""What a verifier of documents is asked and what it answers; the built-in one reads chips."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from rongka.proofing.chip.active_authentication import Answer
from rongka.proofing.chip.checks import Check
from rongka.proofing.mrz import Mrz, Sex


class DocumentStatus(StrEnum):
    """`CANNOT_VERIFY` is never a pass: nothing is proved, nothing is refuted."""

    PASS = "pass"  # noqa: S105  # no password
    FAIL = "fail"
    CANNOT_VERIFY = "cannot_verify"


class DocumentLevel(StrEnum):
    """The highest level of assurance that this evidence can be a part of; it says nothing of the person."""

    NONE = "none"
    L2 = "L2"  # the data are the issuing state's
    L3 = "L3"  # and the chip that holds them is the original


class ClaimSource(StrEnum):
    """Where claims come from."""

    CHIP_ZONE = "dg1"  # the machine readable zone as the chip has it, signed by the issuing state


@dataclass(frozen=True, slots=True)
class ChipDocument:
    """The files of one passport's chip as they were read, whole, and its answer to our nonce; None for what was not."""

    sod: bytes
    dg1: bytes | None
    dg2: bytes | None = None
    dg14: bytes | None = None
    dg15: bytes | None = None
    answer: Answer | None = None

    @property
    def groups(self) -> dict[int, bytes]:
        """The data groups that were read, by their numbers."""
        rows = {1: self.dg1, 2: self.dg2, 14: self.dg14, 15: self.dg15}
        return {number: data for number, data in rows.items() if data is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedClaims:
    """What a document that passed says of its holder; names are in the zone's own letters."""

    source: ClaimSource
    issuing_state: str
    nationality: str
    surname: str
    given_names: str
    number: str
    birth_on: date
    sex: Sex
    expires_on: date

    @classmethod
    def of_zone(cls, zone: Mrz) -> "VerifiedClaims":
        """Take the claims of a machine readable zone that was verified in DG1."""
        return cls(
            source=ClaimSource.CHIP_ZONE,
            issuing_state=zone.issuing_state,
            nationality=zone.nationality,
            surname=zone.surname,
            given_names=zone.given_names,
            number=zone.number,
            birth_on=zone.birth_on,
            sex=zone.sex,
            expires_on=zone.expires_on,
        )


@dataclass(frozen=True, slots=True)
class FileHash:
    """A file's name (``SOD``, ``DG1``) and its SHA-256 in hex, kept as evidence instead of the file."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResult:
    """The answer about one document; `claims` only when it passed, and fingerprints (SHA-256 in hex) where known."""

    status: DocumentStatus
    level: DocumentLevel
    claims: VerifiedClaims | None
    checks: tuple[Check, ...]
    signer_fingerprint: str | None
    csca_fingerprint: str | None
    trust_list_version: str
    hashes: tuple[FileHash, ...]


class DocumentVerifier(Protocol):
    """Tells whether a document is genuine. Never raises for what the document holds; a time-out is `CANNOT_VERIFY`."""

    def verify(self, document: ChipDocument, *, at: datetime) -> DocumentResult:
        """Verify a document as of the instant `at`."""
        ...
