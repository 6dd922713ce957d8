"""Specimen passports of every kind that we read, each with the trust store under which it passes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial

from rongka.proofing.chip import ChipDocument, ChipVerifier, DocumentResult, TrustStore
from rongka.proofing.chip.curves import CURVES
from rongka.proofing.chip.signatures import SHA1, SHA224, SHA256, SHA384, SHA512, Digest
from rongka.proofing.chip.specimens import (
    CurveKey,
    Holder,
    RsaKey,
    Secrets,
    SpecimenAuthority,
    SpecimenKey,
    SpecimenPassport,
    SpecimenSigner,
)

SEED = b"specimens of the tests"
MADE = datetime(2024, 1, 1, tzinfo=UTC)
SIGNED = MADE + timedelta(days=30)
AT = datetime(2026, 11, 1, tzinfo=UTC)
NONCE = bytes.fromhex("0123456789abcdef")


@dataclass(frozen=True)
class World:
    name: str
    authority: SpecimenAuthority
    signer: SpecimenSigner
    passport: SpecimenPassport
    trust: TrustStore

    @property
    def document(self) -> ChipDocument:
        return self.passport.document()

    @property
    def answered(self) -> ChipDocument:
        return self.passport.document(answer=self.passport.answer(NONCE))


def trusting(*authorities: SpecimenAuthority) -> TrustStore:
    certificates = [authority.certificate for authority in authorities]
    return TrustStore.of_certificates(certificates, version="specimens", dated_on=date(2024, 1, 1))


def verify(world: World, document: ChipDocument | None = None, *, trust: TrustStore | None = None) -> DocumentResult:
    return ChipVerifier(trust or world.trust).verify(document or world.document, at=AT)


def check(result: DocumentResult, name: str) -> str:
    """Give the code and the outcome of one check, in one word."""
    return next((f"{row.outcome} {row.code}" for row in result.checks if row.name == name), "not asked")


def make(
    *,
    root_key: SpecimenKey | None = None,
    key: SpecimenKey | None = None,
    digest: Digest = SHA256,
    lds_version: int = 1,
    signed_at: datetime | None = SIGNED,
    state: str = "UTO",
    holder: Holder | None = None,
    chip_key: CurveKey | RsaKey | None = None,
    signer_life: timedelta = timedelta(days=4000),
    seed: bytes = SEED,
) -> World:
    authority = SpecimenAuthority.make(valid_from=MADE, state=state, key=root_key, digest=digest, seed=seed)
    signer = authority.signer(valid_from=MADE, life=signer_life, key=key)
    holder = holder or Holder(issuing_state=state)
    passport = SpecimenPassport.make(
        signer=signer,
        signed_at=signed_at,
        holder=holder,
        digest=digest,
        lds_version=lds_version,
        chip_key=chip_key,
        seed=seed,
    )
    return World("", authority, signer, passport, trusting(authority))


def _on_curve(number: int, *, explicit: bool) -> World:
    keys = {
        place: CurveKey.make(place, secrets_=Secrets(SEED), curve=CURVES[number], explicit=explicit)
        for place in ("root_key", "key", "chip_key")
    }
    return make(digest=_DIGESTS[number], **keys)


@cache
def rsa_key(*, pss: bool = False, bits: int = 2048) -> RsaKey:
    return RsaKey(private=_rsa(bits), pss=pss)


@cache
def _rsa(bits: int):
    return RsaKey.make(bits_=bits).private


_DIGESTS = (SHA256, SHA384, SHA512, SHA256, SHA384, SHA512)

KINDS: dict[str, Callable[[], World]] = {
    **{
        f"{curve.kind.name}, {words}": partial(_on_curve, number, explicit=explicit)
        for explicit, words in ((False, "named"), (True, "in full"))
        for number, curve in enumerate(CURVES)
    },
    "RSA PKCS#1": lambda: make(root_key=rsa_key(), key=rsa_key(), chip_key=rsa_key(bits=1024), digest=SHA512),
    "RSA-PSS, LDS 0": lambda: make(
        root_key=rsa_key(pss=True), key=rsa_key(pss=True), chip_key=rsa_key(bits=1024), lds_version=0
    ),
    "P-256, SHA-224, LDS 0": lambda: make(digest=SHA224, lds_version=0),
    "P-256, SHA-1, no time": lambda: make(digest=SHA1, lds_version=0, signed_at=None),
}
QUICK = ("secp256r1, named", "secp256r1, in full", "RSA PKCS#1", "RSA-PSS, LDS 0", "P-256, SHA-1, no time")


@cache
def world_of(kind: str) -> World:
    return replace(KINDS[kind](), name=kind)
