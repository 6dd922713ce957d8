"""Strict JSON (RFC 8259, and RFC 7493 where that is narrower).

One value in UTF-8, no name twice, numbers and depth within bounds, no NaN, no half of a surrogate pair.
"""

import json
import re
from collections.abc import Callable
from typing import Final, NoReturn

from rongka.credential.errors import JsonError

MAX_BYTES: Final = 64 << 10  # a token of ours has 3 kB; the rest is room for a portrait in somebody else's
MAX_DEPTH: Final = 16  # ours need 3; the deepest example of the specifications has 8
MAX_NUMBER: Final = 32  # characters; a double has 24 at most, a long integer costs time that grows with its square

# The end is optional, so that a string without one is read once and not again from each quotation mark in it.
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKET: Final = re.compile(r"[\[\]{}]")
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


def decode(data: bytes, *, max_bytes: int = MAX_BYTES) -> object:
    """Read exactly one value; raise `JsonError` for anything that is not strict or over `max_bytes`."""
    if len(data) > max_bytes:
        raise JsonError("more bytes than this kind of document may have")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise JsonError("not UTF-8") from None
    # Brackets are counted first, since nearly every document has fewer in all than may stand in each other.
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise JsonError("nested too deeply")
    try:
        value, end = _scan(text, 0)
    except (ValueError, StopIteration):
        end = -1
    if end != len(text):
        value = _decode_between_spaces(text)
    if "\\" in text and _HALF.search(text):
        _refuse_half_pairs(value)
    return value


def decode_object(data: bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, object]:
    """Read an object, as `decode` does."""
    value = decode(data, max_bytes=max_bytes)
    if type(value) is not dict:
        raise JsonError("not an object")
    return value


def encode(value: object) -> bytes:
    """Write a value without spaces, in UTF-8; raise `JsonError` for what JSON cannot say."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except (TypeError, ValueError, RecursionError):
        raise JsonError("cannot be written as JSON") from None


def _decode_between_spaces(text: str) -> object:
    try:
        return _DECODER.decode(text)
    except ValueError:
        raise JsonError("not JSON") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        # RFC 7493, 2.3: two readers may believe two different ones.
        raise JsonError("a name twice in one object")
    return found


def _integer(text: str) -> int:
    if len(text) > MAX_NUMBER:
        raise JsonError("a number that is too long")
    return int(text)


def _float(text: str) -> float:
    if len(text) > MAX_NUMBER:
        raise JsonError("a number that is too long")
    value = float(text)
    if value in {float("inf"), float("-inf")}:
        raise JsonError("a number that is too large")
    return value


def _constant(_text: str) -> NoReturn:
    raise JsonError("NaN and Infinity are no JSON")


def _depth(text: str) -> int:
    """Give the deepest nesting of brackets outside strings; exact for JSON, and a bound for what is not."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse_half_pairs(value: object) -> None:
    try:
        encode(value)
    except JsonError:
        # RFC 7493, 2.1: half of a surrogate pair is no character, and no two readers agree on it.
        raise JsonError("half of a surrogate pair") from None


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
)
# The scanner by itself takes a third of the decoder's time. It reads one value and says where that ends.
_scan: Final[Callable[[str, int], tuple[object, int]]] = _DECODER.scan_once  # type: ignore[attr-defined] # not in stubs
