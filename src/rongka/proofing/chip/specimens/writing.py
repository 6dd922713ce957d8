"""The few ASN.1 types that certificates and SODs are made of, written as DER (ITU-T X.690)."""

from datetime import datetime
from typing import Final

from rongka.proofing.chip.der import encode

NULL: Final = encode(0x05, b"")
TRUE: Final = encode(0x01, b"\xff")
_LAST_UTC_YEAR: Final = 2049  # RFC 5280, 4.1.2.5


def sequence(*parts: bytes) -> bytes:
    """Write a SEQUENCE."""
    return encode(0x30, b"".join(parts))


def set_of(*parts: bytes) -> bytes:
    """Write a SET OF, sorted as DER wants it."""
    return encode(0x31, b"".join(sorted(parts)))


def integer(value: int) -> bytes:
    """Write an INTEGER that is not negative."""
    return encode(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def identifier(dotted: str) -> bytes:
    """Write an OBJECT IDENTIFIER."""
    first, second, *others = (int(part) for part in dotted.split("."))
    return encode(0x06, b"".join(_base128(arc) for arc in (first * 40 + second, *others)))


def octets(value: bytes) -> bytes:
    """Write an OCTET STRING."""
    return encode(0x04, value)


def bits(value: bytes, *, unused: int = 0) -> bytes:
    """Write a BIT STRING."""
    return encode(0x03, bytes((unused,)) + value)


def printable(value: str) -> bytes:
    """Write a PrintableString."""
    return encode(0x13, value.encode("ascii"))


def instant(value: datetime) -> bytes:
    """Write a UTCTime until 2049, a GeneralizedTime after; `value` is aware and in UTC."""
    if value.year > _LAST_UTC_YEAR:
        return encode(0x18, f"{value:%Y%m%d%H%M%SZ}".encode())
    return encode(0x17, f"{value:%y%m%d%H%M%SZ}".encode())


def tagged(number: int, content: bytes) -> bytes:
    """Write a context tag around elements."""
    return encode(0xA0 | number, content)


def algorithm(dotted: str, parameters: bytes = b"") -> bytes:
    """Write an AlgorithmIdentifier."""
    return sequence(identifier(dotted), parameters)


def extension(dotted: str, value: bytes, *, critical: bool = False) -> bytes:
    """Write one extension of a certificate."""
    return sequence(identifier(dotted), TRUE if critical else b"", octets(value))


def name(*, country: str, common_name: str) -> bytes:
    """Write a name that says that it is a specimen's."""
    parts = (("2.5.4.6", country), ("2.5.4.10", "SPECIMEN - NOT A STATE"), ("2.5.4.3", common_name))
    return sequence(*(set_of(sequence(identifier(number), printable(text))) for number, text in parts))


def _base128(value: int) -> bytes:
    out = bytes((value & 0x7F,))
    while value := value >> 7:
        out = bytes((value & 0x7F | 0x80,)) + out
    return out
