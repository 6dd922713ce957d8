"""SignedData as SODs and master lists have it (RFC 5652, 5; ICAO 9303-10, 4.6.2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rongka.proofing.chip.der import encode
from rongka.proofing.chip.signatures import Digest
from rongka.proofing.chip.specimens.keys import digest_algorithm
from rongka.proofing.chip.specimens.writing import identifier, instant, integer, octets, sequence, set_of, tagged

if TYPE_CHECKING:
    from rongka.proofing.chip.specimens.authority import SpecimenSigner  # which signs master lists by this module


def signed_data(
    content: bytes,
    *,
    content_type: str,
    signer: "SpecimenSigner",
    certificates: Sequence[bytes],
    digest: Digest,
    signed_at: datetime | None,
) -> bytes:
    """Sign a content; without `signed_at` the signature has no time."""
    row = _signer_info(content, content_type=content_type, signer=signer, digest=digest, signed_at=signed_at)
    body = sequence(
        integer(3),
        set_of(digest_algorithm(digest)),
        sequence(identifier(content_type), tagged(0, octets(content))),
        encode(0xA0, b"".join(sorted(certificates))),
        set_of(row),
    )
    return sequence(identifier("1.2.840.113549.1.7.2"), tagged(0, body))


def _signer_info(
    content: bytes, *, content_type: str, signer: "SpecimenSigner", digest: Digest, signed_at: datetime | None
) -> bytes:
    """RFC 5652, 5.3."""
    attributes = [
        _attribute("1.2.840.113549.1.9.3", identifier(content_type)),
        _attribute("1.2.840.113549.1.9.4", octets(digest.of(content))),
        *([_attribute("1.2.840.113549.1.9.5", instant(signed_at))] if signed_at else []),
    ]
    return sequence(
        integer(1),
        sequence(signer.issuer, integer(signer.serial)),
        digest_algorithm(digest),
        tagged(0, b"".join(sorted(attributes))),
        signer.key.algorithm(digest),
        octets(signer.key.sign(set_of(*attributes), digest)),
    )


def _attribute(number: str, value: bytes) -> bytes:
    return sequence(identifier(number), set_of(value))
