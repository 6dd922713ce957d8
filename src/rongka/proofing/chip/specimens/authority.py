"""The specimens' root (CSCA), its document signers, its revocation list and its master list (ICAO 9303-12, 7 and 8)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha1
from typing import Final, Self

from rongka.proofing.chip.asn1 import CSCA_MASTER_LIST, MASTER_LIST_SIGNER
from rongka.proofing.chip.der import encode
from rongka.proofing.chip.signatures import SHA256, Digest
from rongka.proofing.chip.specimens.cms import signed_data
from rongka.proofing.chip.specimens.keys import CurveKey, Secrets, SpecimenKey
from rongka.proofing.chip.specimens.writing import (
    TRUE,
    bits,
    extension,
    identifier,
    instant,
    integer,
    name,
    octets,
    sequence,
    set_of,
    tagged,
)
from rongka.proofing.chip.states import UTOPIA, country_of

ROOT_LIFE: Final = timedelta(days=15 * 365)
SIGNER_LIFE: Final = timedelta(days=11 * 365)  # as long as the passports that it signed, which is ten years
SIGNER_USE: Final = timedelta(days=92)  # ICAO 9303-12, 5: a document signer's key signs for some three months
_SERIALS: Final = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenSigner:
    """A certificate (DER) below a specimen root, and its private key."""

    certificate: bytes
    issuer: bytes  # the root's name (DER)
    serial: int
    key: SpecimenKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenAuthority:
    """A root's certificate (DER) and its private key."""

    certificate: bytes
    state: str  # as passports write it
    country: str  # as certificates write it
    key: SpecimenKey
    digest: Digest
    secrets_: Secrets = field(repr=False)

    @classmethod
    def make(
        cls,
        *,
        valid_from: datetime,
        state: str = UTOPIA,
        life: timedelta = ROOT_LIFE,
        key: SpecimenKey | None = None,
        digest: Digest = SHA256,
        seed: bytes | None = None,
    ) -> Self:
        """Make the specimen root of a state; raises ValueError for a state that has no letters in certificates."""
        country, secrets_ = country_of(state), Secrets(seed)
        if country is None:
            msg = f"no country code is known for the state {state!r}"
            raise ValueError(msg)
        key = key or CurveKey.make("root", secrets_=secrets_)
        authority = cls(certificate=b"", state=state, country=country, key=key, digest=digest, secrets_=secrets_)
        own = authority.certify(
            subject=authority.name,
            key_info=key.key_info,
            valid=(valid_from, valid_from + life),
            extensions=(_basic_constraints(), _key_usage(0b0000_0110, unused=1), authority.state_name),
            serial=1,
        )
        return cls(certificate=own, state=state, country=country, key=key, digest=digest, secrets_=secrets_)

    @property
    def name(self) -> bytes:
        """The root's name (DER)."""
        return name(country=self.country, common_name="SPECIMEN CSCA")

    @property
    def state_name(self) -> bytes:
        """The alternative name with the state's letters in passports (ICAO 9303-12, 7.1.1.2)."""
        place = sequence(set_of(sequence(identifier("2.5.4.7"), encode(0x0C, self.state.encode()))))
        return extension("2.5.29.17", sequence(tagged(4, place)))

    def signer(
        self,
        *,
        valid_from: datetime,
        life: timedelta = SIGNER_LIFE,
        use: timedelta = SIGNER_USE,
        key: SpecimenKey | None = None,
        serial: int | None = None,
        purposes: tuple[str, ...] = (),
        label: str = "document signer",
    ) -> SpecimenSigner:
        """Make a document signer; with `purposes`, extended key usages, it is none."""
        key = key or CurveKey.make(label, secrets_=self.secrets_)
        serial = serial or self.secrets_.number(f"serial {label}", below=_SERIALS)
        extended = sequence(*(identifier(purpose) for purpose in purposes))
        certificate = self.certify(
            subject=name(country=self.country, common_name="SPECIMEN DOCUMENT SIGNER"),
            key_info=key.key_info,
            valid=(valid_from, valid_from + life),
            extensions=(
                _key_usage(0b1000_0000, unused=7),
                _usage_period(valid_from, valid_from + use),
                *((extension("2.5.29.37", extended, critical=True),) if purposes else ()),
            ),
            serial=serial,
        )
        return SpecimenSigner(certificate=certificate, issuer=self.name, serial=serial, key=key)

    def certify(
        self,
        *,
        subject: bytes,
        key_info: bytes,
        valid: tuple[datetime, datetime],
        extensions: Iterable[bytes],
        serial: int,
    ) -> bytes:
        """Sign a certificate (RFC 5280, 4.1)."""
        own = _key_identifier(self.key.key_info)
        identifiers = (
            extension("2.5.29.14", octets(_key_identifier(key_info))),
            extension("2.5.29.35", sequence(encode(0x80, own))),
        )
        body = sequence(
            tagged(0, integer(2)),
            integer(serial),
            self.key.algorithm(self.digest),
            self.name,
            sequence(*(instant(at) for at in valid)),
            subject,
            key_info,
            tagged(3, sequence(*identifiers, *extensions)),
        )
        return self._signed(body)

    def revocation_list(self, *, serials: Iterable[int], made_at: datetime, next_at: datetime) -> bytes:
        """Revoke these serial numbers (RFC 5280, 5.1)."""
        rows = [sequence(integer(serial), instant(made_at)) for serial in serials]
        body = sequence(
            integer(1),
            self.key.algorithm(self.digest),
            self.name,
            instant(made_at),
            instant(next_at),
            sequence(*rows) if rows else b"",
        )
        return self._signed(body)

    def master_list(self, *, certificates: Iterable[bytes], signed_at: datetime) -> bytes:
        """Sign a list of roots (ICAO 9303-12, 8.2) with a key that this root certifies for it."""
        signer = self.signer(
            valid_from=signed_at - timedelta(days=1), purposes=(MASTER_LIST_SIGNER,), label="master list signer"
        )
        content = sequence(integer(0), set_of(*certificates))
        return signed_data(
            content,
            content_type=CSCA_MASTER_LIST,
            signer=signer,
            certificates=(signer.certificate, self.certificate),
            digest=SHA256,
            signed_at=signed_at,
        )

    def _signed(self, body: bytes) -> bytes:
        return sequence(body, self.key.algorithm(self.digest), bits(self.key.sign(body, self.digest)))


def _basic_constraints() -> bytes:
    return extension("2.5.29.19", sequence(TRUE, integer(0)), critical=True)


def _key_usage(flags: int, *, unused: int) -> bytes:
    return extension("2.5.29.15", bits(bytes((flags,)), unused=unused), critical=True)


def _usage_period(begin: datetime, end: datetime) -> bytes:
    """Say when the private key signs (RFC 3280, 4.2.1.4, as ICAO 9303-12 keeps it)."""
    ends = (encode(0x80 + number, f"{at:%Y%m%d%H%M%SZ}".encode()) for number, at in enumerate((begin, end)))
    return extension("2.5.29.16", sequence(*ends))


def _key_identifier(key_info: bytes) -> bytes:
    return sha1(key_info, usedforsecurity=False).digest()
