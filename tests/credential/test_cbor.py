import json
from pathlib import Path

import cbor2
import pytest

from rongka.credential import cbor
from rongka.credential.errors import CborError

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "cbor-vectors" / "appendix_a.json"


@pytest.mark.parametrize(
    "hexadecimal",
    [
        "1800",  # a second spelling of 0
        "190001",
        "5800",
        "9f01ff",  # indefinite lengths
        "bf0102ff",
        "5f4101ff",
        "a201010102",  # a key twice
        "a2616101616102",
        "a1f500",  # keys that are no numbers and no texts: true, null, bytes, a list, a map
        "a1f600",
        "a1416100",
        "a1810100",
        "a1a000",
        "f97e00",  # not a number
        "fb3ff8000000000000",  # a float
        "f7",  # undefined
        "f0",  # a simple value
        "c11a514b67b0",  # tags: a date, a bignum, a decimal, a regular expression, a shared value
        "c249010000000000000000",
        "c4821b7fffffffffffffff01",
        "d82363612b2b",
        "d81c81d81d00",
        "d9d9f700",
        "d903e700",
        "0102",  # bytes after the end
        "",
        "9bffffffffffffffff",  # lengths beyond the end
        "5bffffffffffffffff",
        "bb7fffffffffffffff",
        "62c328",  # no UTF-8
        "81" * 9 + "00",  # too deep
        "81" * 3000 + "00",
        "ff",
        "1c",
    ],
    ids=lambda text: text[:20] or "nothing",
)
def test_cbor_that_is_not_strict_is_refused(hexadecimal):
    with pytest.raises(CborError):
        cbor.decode(bytes.fromhex(hexadecimal))


def test_more_bytes_than_a_code_has_are_refused_unread():
    with pytest.raises(CborError):
        cbor.decode(cbor2.dumps(b"x" * cbor.MAX_CODE_BYTES))


def test_strict_values_come_back():
    value = {1: -7, "a": [b"x", True, None, "名"], -3: {2: 1}}

    assert cbor.decode(cbor.encode(value)) == value


def test_map_keys_are_written_shortest_first():
    assert cbor.encode({169: 1, "a": 1, -1: 1, 4: 1}).hex() == "a40401200118a901616101"


def test_a_value_of_another_type_is_not_written():
    with pytest.raises(CborError):
        cbor.encode({1: 1.5})


def test_the_vectors_of_rfc_8949_are_read_or_refused_as_they_should():
    if not VECTORS.exists():
        pytest.skip("the set cbor-vectors is missing")
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    read = 0
    for vector in vectors:
        try:
            value = cbor.decode(bytes.fromhex(vector["hex"]))
        except CborError:
            continue
        read += 1
        assert vector["roundtrip"]
        assert not isinstance(value, float)
    # Exact, so that a set that shrinks is seen; the others have floats, tags, indefinite lengths, odd keys.
    assert (read, len(vectors)) == (37, 82)
