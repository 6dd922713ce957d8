"""A code's text: base45 of a zlib stream (RFC 1950) of exactly one stored block, so that a message has one spelling.

Our messages are keys, signatures and short names, which deflate cannot shrink (measured: it stores them itself).
Writing that block by rule costs nothing, needs no inflater, cannot bomb, and leaves no bit that may change unseen:
Huffman headers, distances and padding bits, where zlib accepts many spellings of one message, do not occur.
"""

import struct
import zlib
from typing import Final, NoReturn

from rongka.credential import base45
from rongka.credential.cbor import MAX_CODE_BYTES
from rongka.credential.errors import Base45Error, ForeignCodeError, TransportError

PREFIX: Final = "NCF"  # base45 of 78 DA, the zlib header
_HEADER: Final = b"\x78\xda\x01"  # RFC 1950, 2.2: deflate, 32 K window, level 3; RFC 1951, 3.2.4: final, stored
_LENGTHS: Final = struct.Struct("<HH")
_CHECKSUM: Final = struct.Struct(">I")
_START: Final = len(_HEADER) + _LENGTHS.size
_OVERHEAD: Final = _START + _CHECKSUM.size
# Shorter texts in our alphabet are somebody else's ticket or part number; our shortest code has about 300 characters.
_SHORTEST_OF_OURS: Final = 60
_CHARACTERS_MISREAD: Final = 2
OUR_CLAIMS: Final = (
    b"\x3a\x00\x01\x00\x00",
    b"\x3a\x00\x01\x00\x01",
)  # the permit's claims, -65537 and -65538, in CBOR


def write(message: bytes) -> str:
    """Give the text of a message of at most `MAX_CODE_BYTES`."""
    size = len(message)
    if size > MAX_CODE_BYTES:
        raise TransportError("a message larger than a QR code")
    stream = _HEADER + _LENGTHS.pack(size, size ^ 0xFFFF) + message + _CHECKSUM.pack(zlib.adler32(message))
    return base45.encode(stream)


def read(text: str) -> bytes:
    """Give the message in a text.

    Raise `ForeignCodeError` when the text never was a code of ours, `TransportError` when it was one but is damaged,
    cut or respelled.
    """
    try:
        stream = base45.decode(text)
    except Base45Error:
        _refuse(text)
    message = stream[_START:-4]
    size = len(message)
    if (
        len(stream) < _OVERHEAD
        or stream[:_START] != _HEADER + _LENGTHS.pack(size & 0xFFFF, size & 0xFFFF ^ 0xFFFF)
        or stream[-4:] != _CHECKSUM.pack(zlib.adler32(message))
    ):
        _refuse(text, stream=stream)
    return message


def _refuse(text: str, *, stream: bytes = b"") -> NoReturn:
    """Say whether a text that cannot be read is somebody else's code, or one of ours in a bad state."""
    inside = _inflated(stream)
    ours = any(claim in inside for claim in OUR_CLAIMS) if inside else _looks_like_ours(text)
    if not ours:
        raise ForeignCodeError("a code of some other system")
    raise TransportError("a code of ours that is cut, damaged or spelled differently")


def _inflated(stream: bytes) -> bytes:
    """Give what a whole zlib stream holds, however it was compressed, or nothing."""
    inflater = zlib.decompressobj()
    try:
        inside = inflater.decompress(stream, MAX_CODE_BYTES + 1)  # one more, or a whole stream would seem to go on
    except zlib.error:
        return b""
    return inside if inflater.eof and not inflater.unused_data and len(inside) <= MAX_CODE_BYTES else b""


def _looks_like_ours(text: str) -> bool:
    """Tell whether a text was once a code of ours; a camera may have missed a character or two."""
    start = text[:_SHORTEST_OF_OURS]
    wrong_at_start = sum(a != b for a, b in zip(start, PREFIX, strict=False))
    outside = sum(character not in base45.ALPHABET for character in start)
    return len(start) == _SHORTEST_OF_OURS and wrong_at_start <= 1 and outside <= _CHARACTERS_MISREAD
