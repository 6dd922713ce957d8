"""Base45 (RFC 9285), strict and fast.

Two bytes are three characters, little end first. All triples are worked at once: each sits in a lane of one big
integer, so that the arithmetic runs in C; a loop in Python costs half a signature check for one code.
"""

from typing import Final

from rongka.credential.errors import Base45Error

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MAX_CHARACTERS: Final = 8_192  # a QR code holds 4,296 alphanumeric characters (ISO/IEC 18004, table 7)

_OUTSIDE: Final = 0xFF  # no value of base45, so one search finds every foreign character
_VALUES: Final = bytes(ALPHABET.index(chr(i)) if chr(i) in ALPHABET else _OUTSIDE for i in range(256))
_CHARACTERS: Final = ALPHABET.encode().ljust(256, b"?")
_BYTE: Final = 0xFF
# Masks of the first and the third byte of every lane of three, for the longest text.
_FIRST: Final = int.from_bytes(b"\xff\x00\x00" * (MAX_CHARACTERS // 3), "little")
_THIRD: Final = _FIRST << 16
_LANE: Final = 8  # bytes a lane when encoding: holds a 16-bit value times a 32-bit reciprocal
# Division by a constant as multiplication: (w * RECIPROCAL) >> 32 is w // divisor for every 16-bit w (tested whole).
_SHIFT: Final = 32
_BY_2025: Final = (1 << _SHIFT) // 2025 + 1
_BY_45: Final = (1 << _SHIFT) // 45 + 1


def decode(text: str) -> bytes:
    """Give the bytes of a base45 text; raise `Base45Error` for anything else, lower case included."""
    if len(text) > MAX_CHARACTERS:
        raise Base45Error("text is longer than any QR code")
    try:
        values = text.encode("ascii").translate(_VALUES)
    except UnicodeEncodeError:
        raise Base45Error("a character outside the alphabet") from None
    if b"\xff" in values:
        raise Base45Error("a character outside the alphabet")
    triples, rest = divmod(len(values), 3)
    if rest == 0:
        return _decode_triples(values, triples)
    if rest == 1:
        raise Base45Error("a length that no bytes encode to")
    return _decode_triples(values[:-2], triples) + _decode_tail(values[-2:])


def _decode_triples(values: bytes, count: int) -> bytes:
    # The text itself is the lanes: three bytes each, and no triple of values is above 91,124, so that none overflows.
    lanes = int.from_bytes(values, "little")
    words = (lanes & _FIRST) + 45 * (lanes >> 8 & _FIRST) + 2025 * (lanes >> 16 & _FIRST)
    if words & _THIRD:
        # RFC 9285, 4.2: a triple above 65535 is no encoding of two bytes.
        raise Base45Error("a triple above 65535")
    spread = words.to_bytes(3 * count, "little")
    decoded = bytearray(2 * count)
    decoded[0::2] = spread[1::3]
    decoded[1::2] = spread[0::3]
    return bytes(decoded)


def _decode_tail(values: bytes) -> bytes:
    value = values[0] + 45 * values[1]
    if value > _BYTE:
        raise Base45Error("a last pair above 255")
    return bytes((value,))


def encode(data: bytes) -> str:
    """Give the base45 text of any bytes."""
    pairs, rest = divmod(len(data), 2)
    words = _lanes(data[1 : 2 * pairs : 2]) + (_lanes(data[0 : 2 * pairs : 2]) << 8)
    mask = int.from_bytes(b"\xff\xff\x00\x00\x00\x00\x00\x00" * pairs, "little")
    high = (words * _BY_2025 >> _SHIFT) & mask
    low = words - high * 2025
    middle = (low * _BY_45 >> _SHIFT) & mask
    text = bytearray(3 * pairs)
    for place, part in enumerate((low - middle * 45, middle, high)):
        text[place::3] = part.to_bytes(_LANE * pairs, "little")[::_LANE]
    tail = bytes((data[-1] % 45, data[-1] // 45)) if rest else b""
    return (bytes(text) + tail).translate(_CHARACTERS).decode("ascii")


def _lanes(values: bytes) -> int:
    """Spread bytes into lanes of one little-endian integer, `_LANE` bytes each."""
    spread = bytearray(_LANE * len(values))
    spread[::_LANE] = values
    return int.from_bytes(spread, "little")
