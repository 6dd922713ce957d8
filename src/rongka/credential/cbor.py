"""Strict CBOR (RFC 8949): one value, definite lengths, shortest forms, no duplicate keys, no floats, no tag but 18.

Strictness is proved by writing what was read and comparing the bytes: whatever has a second spelling is refused.
Map keys are whole numbers or texts, so that all languages agree on which are the same: to Python `true` is the key 1.
We write map keys shortest first (RFC 8949, 4.2.3), which is also what cborg does in the browser.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final, NoReturn

import cbor2

from rongka.credential.errors import CborError

MAX_DEPTH: Final = 8  # the deepest of our formats, a key inside a card inside a live code, needs 6
MAX_CODE_BYTES: Final = 3_072  # a QR code holds 2,953 bytes at most (ISO/IEC 18004); lists pass their own limit
COSE_SIGN1_TAG: Final = 18  # RFC 9052, 2
# Every tag that cbor2 would turn into a Python object by itself (dates, decimals, regular expressions, shared values):
# some of them cost unbounded time on hostile input, none of them stands in our formats.
_TAGS_OF_CBOR2: Final = (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 43, 100, 256, 258, 260, 261, 1004, 43000, 55799)


def _refuse(*_: object) -> NoReturn:
    raise CborError("a CBOR type that our formats do not use")


def _keep_sign1(tag: cbor2.CBORTag, _immutable: object = None) -> cbor2.CBORTag:
    if tag.tag != COSE_SIGN1_TAG:
        _refuse()
    _check_types((tag.value,))
    return tag


def _plain_map(value: Mapping[object, object], _immutable: object = None) -> Mapping[object, object]:
    if not _KEYS.issuperset(map(type, value)):
        _refuse()
    _check_types(value.values())
    return value


def _check_types(values: Collection[object]) -> None:
    kinds = {*map(type, values)}
    if not kinds <= _TYPES:
        _refuse()
    if kinds & _ARRAYS:
        for value in values:
            if isinstance(value, list | tuple):
                _check_types(value)


_KEYS: Final = frozenset((int, str))
# No floats, no simple values but false, true and null. Asking the types of what was read costs less than half of what
# it costs to have cbor2 refuse them while it writes.
_ARRAYS: Final = frozenset((list, tuple))  # cbor2 gives a tuple, and a frozendict, below a tag
_TYPES: Final = _ARRAYS | {int, str, bytes, bool, type(None), dict, cbor2.frozendict, cbor2.CBORTag}
_DECODERS: Final = dict.fromkeys(_TAGS_OF_CBOR2, _refuse)
_ENCODERS: Final[dict[type, Callable[..., NoReturn]]] = dict.fromkeys(
    (float, type(cbor2.undefined), cbor2.CBORSimpleValue), _refuse
)


def decode(data: bytes, *, max_bytes: int = MAX_CODE_BYTES) -> object:
    """Read exactly one value from `data`; raise `CborError` for anything that is not strict or over `max_bytes`.

    The order of map keys is the writer's own, so that lists signed by other implementations can be read.
    """
    if len(data) > max_bytes:
        raise CborError("more bytes than this kind of document may have")
    try:
        value = cbor2.loads(
            data,
            tag_hook=_keep_sign1,
            object_hook=_plain_map,
            semantic_decoders=_DECODERS,
            max_depth=MAX_DEPTH,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
        _check_types((value,))
        written = cbor2.dumps(value)
    except (cbor2.CBORError, TypeError, ValueError) as error:
        raise CborError("not strict CBOR") from error
    if written != data:
        raise CborError("a second spelling of a value, or bytes after the end")
    return value


def decode_map(data: bytes, *, max_bytes: int = MAX_CODE_BYTES) -> dict[object, object]:
    """Read a map, as `decode` does."""
    value = decode(data, max_bytes=max_bytes)
    if type(value) is not dict:
        raise CborError("not a map")
    return value


def encode(value: object) -> bytes:
    """Write a value in the one form that we write; raise `CborError` for types that our formats do not use."""
    try:
        return cbor2.dumps(value, canonical=True, encoders=_ENCODERS)
    except (cbor2.CBORError, TypeError, ValueError) as error:
        raise CborError("cannot be written as CBOR") from error
