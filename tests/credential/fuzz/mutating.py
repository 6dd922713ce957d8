"""Makes new inputs out of good ones: flips, cuts, splices, repetitions, lengths that lie, and now and then noise."""

import random
from collections.abc import Callable, Sequence

_NOISE = 0.05  # how many inputs are random from the second byte on; the first chooses a layer in most targets
_MOST_CHANGES = 4
# Heads of CBOR and JSON, and numbers at the edges of their sizes.
_TOKENS = (
    b"\x00", b"\x18\x00", b"\x1b" + b"\xff" * 8, b"\x3b" + b"\xff" * 8, b"\x58\x00", b"\x5b" + b"\xff" * 8, b"\x5f",
    b"\x7b" + b"\xff" * 8, b"\x9b" + b"\xff" * 8, b"\x9f", b"\xa0", b"\xbb" + b"\xff" * 8, b"\xbf", b"\xc2\x49",
    b"\xd2\x84", b"\xd8\x18", b"\xf4", b"\xf6", b"\xf7", b"\xf9\x7e\x00", b"\xfb" + b"\x7f" + b"\xf0" * 7, b"\xff",
    b"\x81" * 40, b'{"":', b'"a":', b"[" * 40, b"null", b"NaN", b"1e999", b"-0", b"\\ud800", b"9" * 40, b"~", b".",
    b"=", b"\xe2\x80\xae", b"\xed\xa0\x80", b"NCF", b":::", b"\x7f\xff\xff\xff",
)  # fmt: skip


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Give one new input."""
    data = bytearray(chance.choice(seeds))
    if chance.random() < _NOISE:
        return bytes(data[:1]) + chance.randbytes(chance.randrange(300))
    for _ in range(chance.randrange(1, _MOST_CHANGES + 1)):
        chance.choice(_CHANGES)(data, seeds, chance)
    return bytes(data)


def _place(data: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(data)) if data else 0


def _flip_bit(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    if data:
        data[_place(data, chance)] ^= 1 << chance.randrange(8)


def _set_byte(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    if data:
        data[_place(data, chance)] = chance.randrange(256)


def _step_byte(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    # Lengths, numbers and letters of base45 lie next to each other.
    if data:
        at = _place(data, chance)
        data[at] = (data[at] + chance.choice((-1, 1))) % 256


def _cut(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    del data[_place(data, chance) :]


def _remove(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = _place(data, chance)
    del data[at : at + chance.randrange(1, 20)]


def _repeat(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = _place(data, chance)
    data[at:at] = data[at : at + chance.randrange(1, 60)] * chance.choice((1, 1, 2, 20))


def _splice(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    other = chance.choice(seeds)
    start = chance.randrange(len(other)) if other else 0
    at = _place(data, chance)
    data[at : at + chance.choice((0, 8, 40))] = other[start : start + chance.randrange(1, 80)]


def _insert_token(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = _place(data, chance)
    token = chance.choice(_TOKENS)
    data[at : at + chance.choice((0, 1, len(token)))] = token


def _swap(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    if data:
        a, b = _place(data, chance), _place(data, chance)
        data[a], data[b] = data[b], data[a]


_CHANGES: tuple[Callable[[bytearray, Sequence[bytes], random.Random], None], ...] = (
    _flip_bit, _flip_bit, _set_byte, _step_byte, _cut, _remove, _repeat, _splice, _insert_token, _swap,
)  # fmt: skip
