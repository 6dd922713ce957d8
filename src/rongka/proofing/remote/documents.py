"""A provider that tells whether a passport's chip is genuine; its answer is compared with the files that were sent."""

from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Final

from rongka.proofing.chip.checks import REQUIRED, Check, CheckName, Outcome
from rongka.proofing.chip.data_groups import read_zone
from rongka.proofing.chip.results import (
    ChipDocument,
    ClaimSource,
    DocumentLevel,
    DocumentResult,
    DocumentStatus,
    FileHash,
    VerifiedClaims,
)
from rongka.proofing.errors import ChipError, MrzError
from rongka.proofing.mrz import Sex, parse_td3
from rongka.proofing.remote.errors import ProviderError
from rongka.proofing.remote.exchange import Provider
from rongka.proofing.remote.fields import Fields, base64_of
from rongka.text import Text

_ANSWERED: Final = Text(
    "由外部核验服务核对，其回答有可信的签名。",
    "Checked by an outside provider, whose answer has a signature that we trust.",
)


@dataclass(frozen=True, slots=True)
class RemoteDocumentVerifier:
    """A `DocumentVerifier` that asks a provider."""

    provider: Provider

    def verify(self, document: ChipDocument, *, at: datetime) -> DocumentResult:
        """Ask; without an answer that counts the result is `CANNOT_VERIFY` with the reason as its one check."""
        try:
            answer = self.provider.ask("document", _written(document), at=at)
            result = self._read(answer, document)
            _check_agreement(result, document, at=at)
        except ProviderError as error:
            return self._unverified(document, error)
        return result

    def _read(self, answer: Fields, document: ChipDocument) -> DocumentResult:
        claims = answer.optional_inner("claims")
        own = Check(CheckName.PROVIDER, Outcome.PASSED, "chip.provider", _ANSWERED)
        return DocumentResult(
            status=answer.word("status", DocumentStatus),
            level=answer.word("level", DocumentLevel),
            claims=None if claims is None else _read_claims(claims),
            checks=(own, *(_read_check(row) for row in answer.rows("checks"))),
            signer_fingerprint=answer.optional_text("signer_fingerprint"),
            csca_fingerprint=answer.optional_text("csca_fingerprint"),
            trust_list_version=f"{self.provider.name}: {answer.text('trust_list_version')}",
            hashes=_hashes(document),
        )

    def _unverified(self, document: ChipDocument, error: ProviderError) -> DocumentResult:
        return DocumentResult(
            status=DocumentStatus.CANNOT_VERIFY,
            level=DocumentLevel.NONE,
            claims=None,
            checks=(Check(CheckName.PROVIDER, Outcome.CANNOT_TELL, error.code, error.text),),
            signer_fingerprint=None,
            csca_fingerprint=None,
            trust_list_version=f"{self.provider.name}: -",
            hashes=_hashes(document),
        )


def _written(document: ChipDocument) -> dict[str, object]:
    groups = {f"dg{number}": base64_of(data) for number, data in document.groups.items()}
    answer = document.answer
    said = {} if answer is None else {"nonce": answer.nonce.hex(), "signature": base64_of(answer.signature)}
    return {"sod": base64_of(document.sod)} | groups | ({"answer": said} if said else {})


def _read_claims(claims: Fields) -> VerifiedClaims:
    days = {"birth_on", "expires_on"}
    texts = {one.name for one in fields(VerifiedClaims)} - days - {"source", "sex"}
    return VerifiedClaims(
        source=ClaimSource.CHIP_ZONE,
        sex=claims.word("sex", Sex),
        birth_on=claims.day("birth_on"),
        expires_on=claims.day("expires_on"),
        **{name: claims.text(name) for name in texts},
    )


def _read_check(row: Fields) -> Check:
    name = row.word("name", CheckName)
    if name is CheckName.PROVIDER:  # is ours to say
        raise ProviderError.of("remote.malformed")
    return Check(name, row.word("outcome", Outcome), row.text("code"), row.words("text"))


def _check_agreement(result: DocumentResult, document: ChipDocument, *, at: datetime) -> None:
    """Raise unless a pass is one by our own rule, and its claims are those of the very DG1 that was sent."""
    outcomes = {check.outcome for check in result.checks}
    passed = {check.name for check in result.checks if check.outcome is Outcome.PASSED}
    is_pass = result.status is DocumentStatus.PASS
    is_original = result.level is DocumentLevel.L3
    contradictions = (
        is_pass and (not passed >= REQUIRED or Outcome.FAILED in outcomes or result.level is DocumentLevel.NONE),
        is_pass and result.claims != _claims_in(document, at=at),
        not is_pass and (result.level is not DocumentLevel.NONE or result.claims is not None),
        is_original and (CheckName.CLONE not in passed or document.answer is None),
        len({check.name for check in result.checks}) != len(result.checks),
    )
    if any(contradictions):
        raise ProviderError.of("remote.contradiction")


def _claims_in(document: ChipDocument, *, at: datetime) -> VerifiedClaims | None:
    """Give what DG1 says, as nobody has verified it yet."""
    try:
        return VerifiedClaims.of_zone(parse_td3(read_zone(document.dg1 or b""), on=at.date()))
    except (ChipError, MrzError):
        return None


def _hashes(document: ChipDocument) -> tuple[FileHash, ...]:
    rows = {"SOD": document.sod} | {f"DG{number}": data for number, data in document.groups.items()}
    return tuple(FileHash(name, sha256(data).hexdigest()) for name, data in rows.items())
