"""In which form something was given, by its first bytes; nothing of it is known to be true or even sound."""

from enum import StrEnum
from typing import Final

from rongka.credential import base64url
from rongka.credential.errors import FormatError

_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")  # PNG, JPEG, and what WebP is wrapped in
_PDF: Final = b"%PDF-"  # ISO 32000-1, 7.5.2
_PDF_WITHIN: Final = 1_024  # bytes before which readers accept the mark
_SHORTEST_RESPONSE: Final = 300  # bytes: two signatures and a certificate; a shorter text in base64url is some word
_FIRST_OF_MAP: Final = range(0xA0, 0xC0)  # RFC 8949, 3.1: a map, of whatever length


class Form(StrEnum):
    """What we can read."""

    CODE = "code"
    SD_JWT_VC = "sd_jwt_vc"
    DEVICE_RESPONSE = "device_response"
    PICTURE = "picture"
    PDF = "pdf"


def form_of(data: bytes) -> Form:
    """Give the form; whatever looks like nothing else is taken for the text of a code."""
    if data.startswith(_PICTURES):
        return Form.PICTURE
    if _PDF in data[:_PDF_WITHIN]:
        return Form.PDF
    if b"~" in data and data.isascii():  # RFC 9901, 4: every disclosure ends with a tilde
        return Form.SD_JWT_VC
    return Form.DEVICE_RESPONSE if cbor_of(data) else Form.CODE


def cbor_of(data: bytes) -> bytes:
    """Give the CBOR map that `data` is, in binary or in base64url as OpenID4VP sends it; no bytes when it is none."""
    try:
        decoded = base64url.decode(data.strip())
    except FormatError:
        decoded = b""
    found = decoded if len(decoded) >= _SHORTEST_RESPONSE else data
    return found if found and found[0] in _FIRST_OF_MAP else b""
