"""CBOR as mdocs use it: strict about what could be read in two ways, patient about how it is spelled.

Definite lengths, no key twice, depth and size bounded, nothing after the end; tags 0, 24 and 1004 alone mean something.
Other wallets write map keys in their own order and heads wider than need be (ISO/IEC 18013-5 does not ask for
deterministic CBOR), so those are read; digests and signatures are over the bytes as they came.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Final, NoReturn

import cbor2

from rongka.credential import cbor
from rongka.credential.errors import CborError, MdocError

DATE_TIME, ENCODED, FULL_DATE = 0, 24, 1004  # RFC 8949, 3.4.1 and 3.4.5.1; RFC 8943
# Ours have some 4,000. Arrays as map keys can be made to share one hash, and then reading takes time by the square of
# the size: half a second for 64 kB, a thirtieth of a second for this.
MAX_RESPONSE_BYTES: Final = 16_384
MAX_DEPTH: Final = 8  # the response's own: a certificate inside a header inside a signature inside a document
# Tags that cbor2 would make Python objects of by itself, some at unbounded cost.
_TAGS_OF_CBOR2: Final = (1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 43, 100, 256, 258, 260, 261, 43000, 55799)


def _refuse(*_: object) -> NoReturn:
    raise CborError("a CBOR type that mdocs do not use")


def _keep_date_time(value: object, _immutable: object = None) -> cbor2.CBORTag:
    return cbor2.CBORTag(DATE_TIME, value)


def _keep_full_date(value: object, _immutable: object = None) -> cbor2.CBORTag:
    return cbor2.CBORTag(FULL_DATE, value)


_DECODERS: Final[dict[int, Callable[..., object]]] = {
    **dict.fromkeys(_TAGS_OF_CBOR2, _refuse),
    DATE_TIME: _keep_date_time,
    FULL_DATE: _keep_full_date,
}
# cbor2 reads one value and does not say what follows it. So after each value stands this mark, which nobody can
# foresee: a value that is cut takes the mark in, one that goes on puts something else in its place.
_MARK: Final = secrets.token_bytes(16)
_END: Final = b"\x50" + _MARK
_ARRAY, _BYTES, _TEXT = 0x80, 0x40, 0x60  # major types 4, 2 and 3


def decode_each(contents: Sequence[bytes]) -> list[object]:
    """Read exactly one value from each of `contents`; raise `CborError` for anything that is not strict.

    One call for many, since the call costs as much as the reading. Tags are `cbor2.CBORTag`. Tags, floats and simple
    values that we do not use may still be in the values: whoever takes one looks at its type.
    """
    if not contents:
        return []
    try:
        values: list[object] = cbor2.loads(
            head(_ARRAY, 2 * len(contents)) + _END.join(contents) + _END,
            semantic_decoders=_DECODERS,
            max_depth=MAX_DEPTH + 1,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORError, TypeError, ValueError) as error:
        raise CborError("not strict CBOR") from error
    if any(mark != _MARK for mark in values[1::2]):
        raise CborError("bytes after the end")
    return values[0::2]


def decode(data: bytes) -> object:
    """Read exactly one value, as `decode_each` does."""
    return decode_each((data,))[0]


def decode_map(data: bytes) -> dict[object, object]:
    """Read a map, as `decode` does."""
    value = decode(data)
    if type(value) is not dict:
        raise CborError("not a map")
    return value


def encode(value: object) -> bytes:
    """Write a value in the one form that we write."""
    return cbor.encode(value)


def embedded(value: object) -> bytes:
    """Give the bytes inside a value of tag 24 (encoded CBOR data item)."""
    if not isinstance(value, cbor2.CBORTag) or value.tag != ENCODED or type(value.value) is not bytes:
        raise MdocError("no encoded CBOR data item")
    return value.value


def unembed(data: bytes) -> bytes:
    """Give the bytes inside tag 24, from the bytes of that very value."""
    # Nearly all have a head of two bytes for the length; the others are decoded.
    if data.startswith(_LONG_HEAD) and int.from_bytes(data[3:5], "big") == len(data) - 5:
        return data[5:]
    return embedded(decode(data))


def embed(content: bytes) -> bytes:
    """Give the bytes of tag 24 around `content`: its heads in their shortest form, the content as it is."""
    length = len(content)
    return (_SHORT_HEADS[length] if length < _ONE_BYTE else _TAG + head(_BYTES, length)) + content


_SMALL, _ONE_BYTE, _TWO_BYTES = 24, 0x100, 0x10000


def text(value: str) -> bytes:
    """Give the bytes of a text string."""
    encoded = value.encode()
    return head(_TEXT, len(encoded)) + encoded


def head(major: int, number: int) -> bytes:
    """Give the shortest head (RFC 8949, 3) of a value of up to 65,535 bytes or items."""
    if number < _SMALL:
        return bytes((major | number,))
    if number < _ONE_BYTE:
        return bytes((major | 24, number))
    if number < _TWO_BYTES:
        return bytes((major | 25, number >> 8, number & 0xFF))
    raise CborError("longer than an mdoc may be")


_TAG: Final = b"\xd8\x18"
_LONG_HEAD: Final = _TAG + b"\x59"
_SHORT_HEADS: Final = tuple(_TAG + head(_BYTES, length) for length in range(_ONE_BYTE))  # of nearly every element


def write_moment(at: datetime) -> cbor2.CBORTag:
    """Give an aware instant as a tdate: UTC, whole seconds (ISO/IEC 18013-5, 9.1.2.4)."""
    return cbor2.CBORTag(DATE_TIME, f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")


def read_moment(value: object) -> datetime:
    """Read a tdate of exactly the form that ISO/IEC 18013-5, 9.1.2.4 asks for: no fraction, no offset but Z."""
    text = value.value if isinstance(value, cbor2.CBORTag) and value.tag == DATE_TIME else None
    try:
        at = datetime.fromisoformat(text) if type(text) is str else None
    except ValueError:
        at = None
    # Python reads a dozen other spellings; this writes the one that counts.
    if at is None or at.tzinfo is None or at.isoformat().replace("+00:00", "Z") != text:
        raise MdocError("no date and time in UTC")
    return at


_PLAIN: Final = frozenset({str, bytes, int, bool, type(None)})


def write_date(on: date) -> cbor2.CBORTag:
    """Give a day as a full-date (RFC 8943)."""
    return cbor2.CBORTag(FULL_DATE, on.isoformat())


def read_value(value: object) -> object:
    """Give an element's value, a full-date as `date`; raise `MdocError` for floats, simple values and other tags."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, list | dict):
        # Elements of other people's documents: a driving licence has maps of dates.
        if type(value) is dict:
            return {read_value(name): read_value(inner) for name, inner in value.items()}
        return [read_value(inner) for inner in value]
    if not isinstance(value, cbor2.CBORTag):
        raise MdocError("an element that is no value of ours")
    text = value.value if value.tag == FULL_DATE else None
    try:
        day = date.fromisoformat(text) if type(text) is str else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise MdocError("an element that is no value of ours")
    return day
