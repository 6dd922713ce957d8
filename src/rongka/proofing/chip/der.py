"""Tags and lengths, strictly (ITU-T X.690, clause 10): definite, shortest form, children that fill their parent.

What CMS leaves unsigned could otherwise be written in many ways. Depth and count are bounded before anything is parsed.
"""

from dataclasses import dataclass
from typing import Final

from rongka.proofing.chip import reasons
from rongka.proofing.errors import ChipFormatError
from rongka.text import Text

MAX_DEPTH: Final = 24  # an SOD with its certificate has 12; a parser's recursion stays far from its limit
MAX_ELEMENTS: Final = 2_000  # an SOD has some 200; bounds the time for hostile ones
_CONSTRUCTED: Final = 0x20
_APPLICATION: Final = 0x40  # the first tag of the next class
_SEQUENCE_AND_SET: Final = frozenset({0x30, 0x31})
_LONG_TAG: Final = 0x1F  # the tag's number follows in bytes of seven bits
_MORE: Final = 0x80
_MAX_LENGTH_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag's bytes as a number, and where its content lies in the data."""

    tag: int
    start: int
    end: int
    constructed: bool


def check_der(data: bytes, *, what: Text) -> None:
    """Raise ChipFormatError unless `data` is one element whose whole frame is DER."""
    waiting = [(0, len(data), 0)]
    seen = 0
    while waiting:
        at, end, depth = waiting.pop()
        while at < end:
            element = read_element(data, at=at, end=end, what=what)
            seen += 1
            is_alone = depth or element.end == end
            if seen > MAX_ELEMENTS or depth >= MAX_DEPTH or not is_alone or not _has_its_form(element):
                raise ChipFormatError(reasons.malformed(what))
            if element.constructed:
                waiting.append((element.start, element.end, depth + 1))
            at = element.end
    if not seen:
        raise ChipFormatError(reasons.malformed(what))


def read_element(data: bytes, *, at: int, end: int, what: Text) -> Element:
    """Read the element that begins at `at` and must end by `end`; raise ChipFormatError otherwise."""
    try:
        first = tag = data[at]
        at += 1
        if first & _LONG_TAG == _LONG_TAG:
            tag = tag << 8 | data[at]
            if data[at] & _MORE:  # ICAO 9303-10 has no tag of three bytes
                raise ChipFormatError(reasons.malformed(what))
            at += 1
        length, start = _length(data, at, what)
    except IndexError:
        raise ChipFormatError(reasons.malformed(what)) from None
    if start + length > end:
        raise ChipFormatError(reasons.malformed(what))
    return Element(tag=tag, start=start, end=start + length, constructed=bool(first & _CONSTRUCTED))


def content_of(data: bytes, *, tag: int, what: Text) -> bytes:
    """Give the content of `data` when it is one element of this tag and nothing else; raise ChipFormatError."""
    element = read_element(data, at=0, end=len(data), what=what)
    if element.tag != tag or element.end != len(data):
        raise ChipFormatError(reasons.malformed(what))
    return data[element.start : element.end]


def encode(tag: int, content: bytes) -> bytes:
    """Write one element; tags of one or two bytes."""
    head = tag.to_bytes((tag.bit_length() + 7) // 8, "big")
    size = len(content)
    if size < _MORE:
        return head + bytes((size,)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return head + bytes((_MORE | len(length),)) + length + content


def _has_its_form(element: Element) -> bool:
    """X.690, 10.2: of the universal types only SEQUENCE and SET are constructed, and they always are."""
    is_universal = element.tag < _APPLICATION
    return not is_universal or element.constructed == (element.tag in _SEQUENCE_AND_SET)


def _length(data: bytes, at: int, what: Text) -> tuple[int, int]:
    """Give the length and where the content begins."""
    first = data[at]
    if first < _MORE:
        return first, at + 1
    count = first - _MORE
    value = int.from_bytes(data[at + 1 : at + 1 + count], "big")
    # X.690, 10.1: the fewest bytes. Also refuses the indefinite form, whose count is 0.
    if not 1 <= count <= _MAX_LENGTH_BYTES or value < _MORE or value.bit_length() <= 8 * (count - 1):
        raise ChipFormatError(reasons.malformed(what))
    return value, at + 1 + count
