"""Unified social credit codes (GB 32100-2015) as eleven bytes: 17 characters of base 31; the 18th is their check."""

from typing import Final

from rongka.credential.errors import ClaimsError

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BASE: Final = 31
_BODY: Final = 17
_BYTES: Final = 11  # 31 ** 17 is under 2 ** 85
# Two digits at a time, last pair first: what they are, their part of the check, and its weight (`_check`).
_PAIRS: Final = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_PAIR_SUMS: Final = tuple(first + 3 * second for first in range(_BASE) for second in range(_BASE))
_PAIR_WEIGHTS: Final = tuple(pow(3, place, _BASE) for place in range(_BODY - 2, 0, -2))


def pack(code: str) -> str | bytes:
    """Give a well-formed code as eleven bytes, and anything else as it is."""
    if len(code) != _BODY + 1 or not set(code) <= set(_ALPHABET) or code[_BODY] != _check(code[:_BODY]):
        return code
    value = 0
    for character in code[:_BODY]:
        value = value * _BASE + _ALPHABET.index(character)
    return value.to_bytes(_BYTES, "big")


def unpack(packed: bytes) -> str:
    """Give the 18 characters of a packed code; raise `ClaimsError` for bytes that `pack` does not make."""
    value = int.from_bytes(packed, "big")
    if len(packed) != _BYTES or value >= _BASE**_BODY:
        raise ClaimsError("no packed credit code")
    pairs = []
    total = 0
    for weight in _PAIR_WEIGHTS:
        value, pair = divmod(value, len(_PAIRS))
        pairs.append(_PAIRS[pair])
        total += weight * _PAIR_SUMS[pair]
    body = _ALPHABET[value] + "".join(pairs[::-1])
    return body + _ALPHABET[-(total + value) % _BASE]


def _check(body: str) -> str:
    # GB 32100-2015, annex A: weights 3^(i-1) mod 31, check = (31 - sum mod 31) mod 31.
    total = sum(_ALPHABET.index(character) * pow(3, place, _BASE) for place, character in enumerate(body))
    return _ALPHABET[-total % _BASE]
