"""What is in the data groups that we read: DG1, DG2, DG14, DG15 (ICAO 9303-10, 4.7).

Call these after the group's hash was found in a verified SOD; before that they read what anybody may have written.
"""

from dataclasses import dataclass
from typing import Final

from asn1crypto.core import ObjectIdentifier

from rongka.proofing.chip import reasons
from rongka.proofing.chip.asn1 import ACTIVE_AUTHENTICATION, SecurityInfos, is_absent, reading
from rongka.proofing.chip.der import content_of, read_element
from rongka.proofing.chip.keys import MIN_CHIP_BITS, PublicKey, read_public_key
from rongka.proofing.chip.signatures import SHA1, SHA224, SHA256, SHA384, SHA512, Digest
from rongka.proofing.errors import ChipFormatError, ChipUnknownError

# Real files: 93 bytes, 12 to 60 KB, under 1 KB, under 1 KB.
MAX_BYTES: Final = {1: 256, 2: 524_288, 14: 16_384, 15: 4_096}
_DG1, _DG2, _DG14, _DG15 = 0x61, 0x75, 0x6E, 0x6F  # ICAO 9303-10, table 38
_ZONE: Final = 0x5F1F
_TEMPLATES, _TEMPLATE = 0x7F61, 0x7F60  # ICAO 9303-10, 4.7.2
_BIOMETRIC_DATA: Final = (0x5F2E, 0x7F2E)
MAX_TEMPLATES: Final = 16
# ISO/IEC 19794-5:2005, 5.4 to 5.7: bytes of the record's header, a face's facts, one point, the image's facts.
_FACE_RECORD: Final = b"FAC\x00010\x00"
_HEADER, _FACTS, _POINT, _IMAGE = 14, 20, 8, 12
_MEDIA_TYPES: Final = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x00\x00\x00\x0cjP": "image/jp2",
    b"\xff\x4f\xff\x51": "image/j2c",
}
# BSI TR-03111, 5.2.1.1: the numbers of plain ECDSA.
_PLAIN_ECDSA: Final = {f"0.4.0.127.0.7.1.1.4.1.{n}": d for n, d in enumerate((SHA1, SHA224, SHA256, SHA384, SHA512), 1)}


@dataclass(frozen=True, slots=True)
class Portrait:
    """The holder's picture as the chip has it; usually JPEG 2000. Its bytes are as hostile as any picture's."""

    image: bytes
    media_type: str


def read_zone(dg1: bytes) -> str:
    """Give the machine readable zone of DG1, in one line; raises ChipFormatError."""
    content = content_of(dg1, tag=_DG1, what=reasons.GROUP[1])
    zone = content_of(content, tag=_ZONE, what=reasons.GROUP[1])
    try:
        return zone.decode("ascii")
    except UnicodeDecodeError:
        raise ChipFormatError(reasons.malformed(reasons.GROUP[1])) from None


def read_chip_key(dg15: bytes) -> PublicKey:
    """Give the key that only this chip has (ICAO 9303-11, 6.1); raises as `read_public_key`."""
    return read_public_key(content_of(dg15, tag=_DG15, what=reasons.GROUP[15]), min_bits=MIN_CHIP_BITS)


def read_answer_digest(dg14: bytes) -> Digest | None:
    """Give the digest of the chip's ECDSA answers (ICAO 9303-11, 9.2.3), or None when DG14 does not say.

    Raises ChipFormatError, and ChipUnknownError for a number that we do not know.
    """
    with reading(reasons.GROUP[14]):
        for info in SecurityInfos.load(content_of(dg14, tag=_DG14, what=reasons.GROUP[14]), strict=True):
            if info["protocol"].dotted == ACTIVE_AUTHENTICATION and not is_absent(info["optional"]):
                number = ObjectIdentifier.load(info["optional"].dump(), strict=True).dotted
                return _known(number)
    return None


def read_portrait(dg2: bytes) -> Portrait:
    """Give the first picture of DG2 (ISO/IEC 19794-5 inside CBEFF); ISO/IEC 39794-5 is not read.

    Raises ChipFormatError when there is none.
    """
    templates = content_of(content_of(dg2, tag=_DG2, what=reasons.GROUP[2]), tag=_TEMPLATES, what=reasons.GROUP[2])
    record = _first(_first(templates, (_TEMPLATE,)), _BIOMETRIC_DATA)
    if not record.startswith(_FACE_RECORD):
        raise ChipFormatError(reasons.NO_PORTRAIT)
    points = int.from_bytes(record[_HEADER + 4 : _HEADER + 6], "big")
    size = int.from_bytes(record[_HEADER : _HEADER + 4], "big")
    image = record[_HEADER + _FACTS + points * _POINT + _IMAGE : _HEADER + size]
    for begin, media_type in _MEDIA_TYPES.items():
        if image.startswith(begin):
            return Portrait(image=image, media_type=media_type)
    raise ChipFormatError(reasons.NO_PORTRAIT)


def _known(number: str) -> Digest:
    digest = _PLAIN_ECDSA.get(number)
    if digest is None:
        raise ChipUnknownError(reasons.ALGORITHM_UNKNOWN)
    return digest


def _first(data: bytes, tags: tuple[int, ...]) -> bytes:
    """Give the content of the first element with one of these tags."""
    at = 0
    for _ in range(MAX_TEMPLATES):
        element = read_element(data, at=at, end=len(data), what=reasons.GROUP[2])
        if element.tag in tags:
            return data[element.start : element.end]
        at = element.end
    raise ChipFormatError(reasons.NO_PORTRAIT)
