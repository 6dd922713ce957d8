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
_LANE: Final = 8  # bytes a lane: holds a 16-bit value times a 32-bit reciprocal
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
    if rest == 1:
        raise Base45Error("a length that no bytes encode to")
    whole = _decode_triples(values[: 3 * triples], triples)
    return whole + _decode_tail(values[-2:]) if rest else whole


def _decode_triples(values: bytes, count: int) -> bytes:
    total = sum(_lanes(values[place::3], 4) * 45**place for place in range(3))
    lanes = total.to_bytes(4 * count, "little")
    if any(lanes[2::4]):
        # RFC 9285, 4.2: a triple above 65535 is no encoding of two bytes.
        raise Base45Error("a triple above 65535")
    decoded = bytearray(2 * count)
    decoded[0::2] = lanes[1::4]
    decoded[1::2] = lanes[0::4]
    return bytes(decoded)


def _decode_tail(values: bytes) -> bytes:
    value = values[0] + 45 * values[1]
    if value > _BYTE:
        raise Base45Error("a last pair above 255")
    return bytes((value,))


def encode(data: bytes) -> str:
    """Give the base45 text of any bytes."""
    pairs, rest = divmod(len(data), 2)
    words = _lanes(data[1 : 2 * pairs : 2], _LANE) + (_lanes(data[0 : 2 * pairs : 2], _LANE) << 8)
    mask = int.from_bytes(b"\xff\xff\x00\x00\x00\x00\x00\x00" * pairs, "little")
    high = (words * _BY_2025 >> _SHIFT) & mask
    low = words - high * 2025
    middle = (low * _BY_45 >> _SHIFT) & mask
    text = bytearray(3 * pairs)
    for place, part in enumerate((low - middle * 45, middle, high)):
        text[place::3] = part.to_bytes(_LANE * pairs, "little")[::_LANE]
    tail = bytes((data[-1] % 45, data[-1] // 45)) if rest else b""
    return (bytes(text) + tail).translate(_CHARACTERS).decode("ascii")


def _lanes(values: bytes, width: int) -> int:
    """Spread bytes into lanes of one little-endian integer, `width` bytes each."""
    spread = bytearray(width * len(values))
    spread[::width] = values
    return int.from_bytes(spread, "little")
