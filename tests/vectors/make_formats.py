"""Makes formats.json: what the readers below a verdict give for one input, or null for what they refuse."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from rongka.credential import (
    CredentialError,
    PublicKey,
    StatusList,
    base45,
    cbor,
    credit_code,
    mrz_name,
    verify_status_list,
    verify_trust_list,
)
from tests.vectors import city
from tests.vectors.fixed_keys import ed25519_key, p256_key
from tests.vectors.lines import in_lines

FILE = Path(__file__).with_name("formats.json")


def _key(encoded: str) -> dict[str, str]:
    key = _public(encoded)
    x, y = key.coordinates
    return {"raw": (b"\x04" * bool(y) + x + y).hex(), "kid": key.kid.hex()}


def _cbor(encoded: str) -> bool:
    cbor.decode(bytes.fromhex(encoded))
    return True


def _status(given: str) -> str:
    bits, entries, index = given.split(" ")
    packed = bytes.fromhex(entries)
    found = StatusList(size=len(packed) * 8 // int(bits), bits=int(bits), entries=packed).get(int(index))
    return found.name.lower()


def _trust_list(given: str) -> dict[str, object]:
    token, anchor, not_before = given.split(" ")
    held = None if not_before == "-" else datetime.fromtimestamp(int(not_before), UTC)
    found = verify_trust_list(token=bytes.fromhex(token), anchor=_public(anchor), not_before=held)
    kids = [kid.hex() for kid in found.by_kid]
    return {"issued_at": city.moment(found.issued_at), "next_update": city.moment(found.next_update), "kids": kids}


def _status_list(given: str) -> dict[str, object]:
    token, trust, anchor, now, uri = given.split(" ")
    found = verify_status_list(
        token=bytes.fromhex(token),
        trust=verify_trust_list(token=bytes.fromhex(trust), anchor=_public(anchor)),
        now=datetime.fromtimestamp(int(now), UTC),
        uri=None if uri == "-" else uri,
    )
    return {
        "uri": found.uri,
        "bits": found.bits,
        "kid": found.kid.hex(),
        "issued_at": city.moment(found.issued_at),
        "expires_at": city.moment(found.expires_at),
        "ttl": int(found.ttl.total_seconds()),
        "entries": found.entries.hex(),
    }


def _public(encoded: str) -> PublicKey:
    return PublicKey.from_cose(cbor.decode_map(bytes.fromhex(encoded)))


# By the names that the twin's harness knows too.
READERS: dict[str, Callable[[str], object]] = {
    "base45": lambda given: base45.decode(given).hex(),
    "base45_encode": lambda given: base45.encode(bytes.fromhex(given)),
    "cbor": _cbor,
    "key": _key,
    "name": mrz_name,
    "credit_code": lambda given: credit_code.unpack(bytes.fromhex(given)),
    "status": _status,
    "trust_list": _trust_list,
    "status_list": _status_list,
}


def read(name: str, given: str) -> object:
    """Give what a reader makes of one input."""
    try:
        return READERS[name](given)
    except CredentialError:
        return None


def _inputs() -> Iterator[tuple[str, str]]:
    # RFC 9285, 4.3 and 4.4, and what its section 6 warns of.
    for text in ("BB8", "%69 VD92EX0", "UJCLQE7W581", "QED8WEX0", "", "0", "GGW", "GGX", ":::", "5R", "6R", "::", "bb8",
                 "BB8 ", "BB8\n", "é00", "𠮷0", "００", "AB", "A" * 8190, "0" * 8191, "0" * 8194):  # fmt: skip
        yield "base45", text
    for data in ("", "00", "ff", "ffff", "00ff", "4142", "48656c6c6f2121", "626173652d3435", "696574662121", "ff" * 31):
        yield "base45_encode", data
    for encoded in CBOR:
        yield "cbor", encoded
    for key in _keys():
        yield "key", key
    for name in (
        "MÜLLER, ANNA",
        "SUKARNO",
        "",
        ",",
        "A,,B",
        " A , B ",
        "a b, c",
        "ＡＢ, Ｃ",
        "ŐŰ, Ș",
        "А, Б",
        "A'B’CʼD.E-F, G",
    ):
        yield "name", name
    for code in (
        "00" * 11,
        "ff" * 11,
        "00" * 10,
        "00" * 12,
        "",
        (31**17 - 1).to_bytes(11, "big").hex(),
        (31**17).to_bytes(11, "big").hex(),
    ):
        yield "credit_code", code
    yield from _statuses()
    yield from _lists()


def _keys() -> Iterator[str]:
    for number in range(40):
        key = p256_key(f"rongka test vector, key {number}").public
        yield cbor.encode(key.to_cose()).hex()
        yield cbor.encode(key.to_cose(compressed=False)).hex()
    yield cbor.encode(ed25519_key("rongka test vector, key").public.to_cose()).hex()
    prime = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
    for x in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, prime - 3, prime - 1, prime, prime + 5, (1 << 256) - 1):
        for odd in (False, True):
            yield cbor.encode({1: 2, -1: 1, -2: x.to_bytes(32, "big"), -3: odd}).hex()
    x, y = city.DEVICE.public.coordinates
    minus_y = (prime - int.from_bytes(y, "big")).to_bytes(32, "big")
    for parameters in (
        {1: 2, -1: 1, -2: x, -3: minus_y},
        {1: 2, -1: 1, -2: x, -3: bytes(32)},
        {1: 2, -1: 1, -2: bytes(32), -3: bytes(32)},
        {1: 2, -1: 1, -2: x, -3: b""},
        {1: 2, -1: 1, -2: b"", -3: x + y},
        {1: 2, -1: 1, -2: x + y, -3: b""},
        {1: 2, -1: 1, -2: x + y, -3: True},
        {1: 2, -1: 1, -2: x},
        {1: 1, -1: 6, -2: bytes(32)},
        {1: 1, -1: 6, -2: b"\xff" * 32},
        {1: 1, -1: 6, -2: bytes(33)},
        {1: 1, -1: 6, -2: "x"},
        {1: True, -1: 6, -2: x},
        {1: 1, -1: 5, -2: x},
        {},
    ):
        yield cbor.encode(parameters).hex()


def _statuses() -> Iterator[tuple[str, str]]:
    # Token Status List, 4.1: the example of one bit is B9 A3, the one of two bits C9 44 F9.
    for bits, entries in ((1, "b9a3"), (2, "c944f9"), (4, "2102"), (8, "00010203ff")):
        for index in range(len(entries) * 4 // bits + 2):
            yield "status", f"{bits} {entries} {index}"
    yield "status", f"2 c944f9 {1 << 31}"
    yield "status", f"2 c944f9 {(1 << 32) - 1}"


def _lists() -> Iterator[tuple[str, str]]:
    anchor = cbor.encode(city.ANCHOR.public.to_cose()).hex()
    now, later = city.moment(city.NOW), city.moment(city.NOW) + 1
    trust = city.trust().hex()
    with_roots = city.trust_with_roots(3).hex()
    yield "trust_list", f"{trust} {anchor} -"
    for count, size in ((0, 64), (3, 700), (16, 64), (17, 64), (1, 63), (1, 4096), (1, 4097)):
        yield "trust_list", f"{city.trust_with_roots(count, size=size).hex()} {anchor} -"
    for not_before in (now - 1, now, later):
        yield "trust_list", f"{trust} {anchor} {not_before}"
    for uri in ("-", "https://rongka.example/s/1", "https://rongka.example/s/10"):
        yield "status_list", f"{city.status(1).hex()} {trust} {anchor} {now} {uri}"
    for bits in (1, 2, 4, 8):
        token = city.status(1, bits=bits, _65533={"aggregation_uri": "https://rongka.example/s"}).hex()
        yield "status_list", f"{token} {with_roots} {anchor} {now} -"


# Heads of every kind in every length, and what only a strict reader refuses.
HEADS = """
00 17 1817 1818 18ff 1900ff 190100 19ffff 1a0000ffff 1a00010000 1affffffff 1b00000000ffffffff 1b0000000100000000
1b001fffffffffffff 1b0020000000000000 1bffffffffffffffff
20 37 3817 3818 3900ff 3a0000ffff 3b001fffffffffffff 3b0020000000000000 3bffffffffffffffff
40 4100 5f4100ff 58 5801 5a00000001 5bffffffffffffffff
60 6161 62c3bc 62c328 61ff 63eda080 63efbbbf 64f0a0aeb7 64f8808080 62c0af 7f6161ff
80 8100 9f00ff 9800 9a00000001 9bffffffffffffffff 81 8200
a0 a10000 a1 a100 a200000000 a200000100 a201000000 a2616100616200 a2616100616100 bf0000ff b800 a1200000 a12000
a11bffffffffffffffff00 a21bffffffffffffffff001bffffffffffffffff00 a21b0020000000000000001b002000000000000100
a1f500 a1f400 a1f600 a14000 a18000 a1a000 a1d20000 a1f9000000 a2010001f5
d200 d2 d2d200 d81200 c000 c100 c24100 c34100 c4820000 d8184100 d903ec6a d9d9f700 db000000000000001200
f4 f5 f6 f7 f0 f8ff f818 f820 f814 f90000 f97c00 f97e00 fa00000000 fb0000000000000000
ff fc 1c 3d 5e 7c 9d bc dc 0000 8000 00ff
"""
CBOR = (
    *HEADS.split(),
    "",
    "5817" + "00" * 23,
    "5818" + "00" * 24,
    "590018" + "00" * 24,
    "7817" + "61" * 23,
    "7818" + "61" * 24,
    "7820" + "61" * 32,
    "7821" + "61" * 31 + "c3bc",
    "7822" + "61" * 31 + "c3bc00",
    "9817" + "00" * 23,
    "9818" + "00" * 24,
    *("81" * depth + "00" for depth in (7, 8, 9, 3000)),
    *("a100" * depth + "00" for depth in (7, 8, 9, 1500)),
    *("d2" * depth + "00" for depth in (7, 8, 9, 3000)),
    *("81" * depth + empty for depth in (7, 8, 9) for empty in ("80", "a0", "d280")),
    *("8280" + "81" * depth + "00" for depth in (7, 8)),
    *("82" + "81" * depth + "0000" for depth in (7, 8)),
    *("a200" + "81" * depth + "000100" for depth in (7, 8)),
    *(f"59{size:04x}" + "00" * size for size in (3069, 3070)),
)


def written() -> str:
    """The file's text."""
    inputs = dict.fromkeys(_inputs())
    rows = [{"format": name, "given": given, "gives": read(name, given)} for name, given in inputs]
    return in_lines(
        {"note": "What each reader gives, or null for what it refuses. Bytes are hexadecimal.", "rows": rows}
    )
