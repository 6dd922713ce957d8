"""One specimen passport's chip: SOD, DG1, DG2, DG14, DG15, and the chip's own key that answers a nonce."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from rongka.proofing.chip.active_authentication import Answer
from rongka.proofing.chip.asn1 import ACTIVE_AUTHENTICATION, LDS_SECURITY_OBJECT
from rongka.proofing.chip.der import encode
from rongka.proofing.chip.results import ChipDocument
from rongka.proofing.chip.signatures import SHA256, Digest
from rongka.proofing.chip.specimens.authority import SpecimenSigner
from rongka.proofing.chip.specimens.cms import signed_data
from rongka.proofing.chip.specimens.keys import CurveKey, RsaKey, Secrets, digest_algorithm
from rongka.proofing.chip.specimens.portrait import drawn_portrait, portrait_group
from rongka.proofing.chip.specimens.writing import identifier, integer, octets, printable, sequence, set_of
from rongka.proofing.chip.states import UTOPIA
from rongka.proofing.mrz import Sex, build_td3

_ECDSA_SHA256: Final = "0.4.0.127.0.7.1.1.4.1.3"  # BSI TR-03111, 5.2.1.1
_SHA256_TRAILER: Final = b"\x34\xcc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose passport it is: nobody's, by default a citizen of Utopia, ICAO's example state."""

    issuing_state: str = UTOPIA
    nationality: str = UTOPIA
    surname: str = "SPECIMEN"
    given_names: str = "ANNA MARIA"
    number: str = "SPEC00001"
    birth_on: date = date(1984, 8, 12)
    sex: Sex = Sex.FEMALE
    expires_on: date = date(2032, 4, 15)

    @property
    def zone(self) -> str:
        """The machine readable zone, two lines."""
        return build_td3(
            issuing_state=self.issuing_state,
            surname=self.surname,
            given_names=self.given_names,
            number=self.number,
            nationality=self.nationality,
            birth_on=self.birth_on,
            sex=self.sex,
            expires_on=self.expires_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenPassport:
    """A chip's files, and its private key, which a copy of the files does not have."""

    sod: bytes
    groups: Mapping[int, bytes]
    chip_key: CurveKey | RsaKey = field(repr=False)

    @classmethod
    def make(
        cls,
        *,
        signer: SpecimenSigner,
        signed_at: datetime | None,
        holder: Holder | None = None,
        zone: str | None = None,
        digest: Digest = SHA256,
        lds_version: int = 1,
        chip_key: CurveKey | RsaKey | None = None,
        portrait: bytes | None = None,
        seed: bytes | None = None,
    ) -> Self:
        """Make a passport; `portrait` is a JPEG, `zone` stands for the holder's where it is given.

        Raises MrzError for a holder whom a zone cannot hold.
        """
        chip_key = chip_key or CurveKey.make("chip", secrets_=Secrets(seed))
        groups = {
            1: encode(0x61, encode(0x5F1F, (zone or (holder or Holder()).zone).replace("\n", "").encode())),
            2: portrait_group(portrait or drawn_portrait()),
            14: _security_infos(chip_key),
            15: encode(0x6F, chip_key.key_info),
        }
        content = security_object(groups, digest=digest, lds_version=lds_version)
        message = signed_data(
            content,
            content_type=LDS_SECURITY_OBJECT,
            signer=signer,
            certificates=(signer.certificate,),
            digest=digest,
            signed_at=signed_at,
        )
        return cls(sod=encode(0x77, message), groups=groups, chip_key=chip_key)

    def answer(self, nonce: bytes) -> Answer:
        """Sign a nonce with the chip's key (ICAO 9303-11, 6.1)."""
        if isinstance(self.chip_key, RsaKey):
            return Answer(nonce=nonce, signature=_sign_with_recovery(nonce, self.chip_key))
        return Answer(nonce=nonce, signature=_sign_plainly(nonce, self.chip_key))

    def document(self, *, answer: Answer | None = None) -> ChipDocument:
        """Read all files, as a reader of chips would."""
        return ChipDocument(
            sod=self.sod,
            dg1=self.groups[1],
            dg2=self.groups[2],
            dg14=self.groups[14],
            dg15=self.groups[15],
            answer=answer,
        )


def security_object(groups: Mapping[int, bytes], *, digest: Digest, lds_version: int) -> bytes:
    """List the groups' hashes (ICAO 9303-10, 4.6.2.2)."""
    rows = [sequence(integer(number), octets(digest.of(data))) for number, data in sorted(groups.items())]
    info = sequence(printable("0108"), printable("040000")) if lds_version else b""
    return sequence(integer(lds_version), digest_algorithm(digest), sequence(*rows), info)


def _security_infos(key: CurveKey | RsaKey) -> bytes:
    """DG14: that the chip answers, and for ECDSA with which digest (ICAO 9303-11, 9.2.3)."""
    chosen = identifier(_ECDSA_SHA256) if isinstance(key, CurveKey) else b""
    return encode(0x6E, set_of(sequence(identifier(ACTIVE_AUTHENTICATION), integer(1), chosen)))


def _sign_plainly(nonce: bytes, key: CurveKey) -> bytes:
    size = (key.curve.n.bit_length() + 7) // 8
    return b"".join(part.to_bytes(size, "big") for part in decode_dss_signature(key.sign(nonce, SHA256)))


def _sign_with_recovery(nonce: bytes, key: RsaKey) -> bytes:
    """ISO/IEC 9796-2, scheme 1, with a trailer of two bytes; the chip's own part of the message fills the rest."""
    numbers = key.private.private_numbers()
    size = key.private.key_size // 8
    part = SHA256.of(b"the chip's own part" + nonce)
    own = (part * (size // len(part) + 1))[: size - 1 - SHA256.size - len(_SHA256_TRAILER)]
    block = b"\x6a" + own + SHA256.of(own + nonce) + _SHA256_TRAILER
    return pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n).to_bytes(size, "big")
