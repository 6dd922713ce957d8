import json
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from rongka.credential import (
    ClaimsError,
    SignatureError,
    Status,
    StatusError,
    StatusList,
    TrustError,
    cbor,
    cose,
    verify_status_list,
)
from rongka.credential.errors import FormatError
from rongka.credential.status_list import TYPE, check_status_claim_set, random_index, sign_status_claim_set
from tests.credential.world import INDEX, LIST_URI, NOW, World

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "token-status-list" / "appendix-C-vectors.json"


def claim_set(**changes):
    claims = {
        2: LIST_URI,
        6: int(NOW.timestamp()),
        4: int(NOW.timestamp()) + 1000,
        65534: 3600,
        65533: {"bits": 2, "lst": zlib.compress(bytes(16))},
    }
    given = {**claims, **{int(key[1:]): value for key, value in changes.items()}}
    return cbor.encode({key: value for key, value in given.items() if value is not None})


def test_a_status_is_kept_where_it_was_set():
    entries = StatusList(size=64)

    entries.set(7, Status.SUSPENDED)
    entries.set(8, Status.INVALID)
    entries.set(7, Status.INVALID)
    entries.set(8, Status.VALID)

    assert [entries.get(index) for index in (6, 7, 8)] == [Status.VALID, Status.INVALID, Status.VALID]
    assert StatusList(size=64, entries=entries.entries).get(7) is Status.INVALID


@pytest.mark.parametrize("index", [-1, 64, 1 << 40])
def test_an_index_outside_the_list_is_refused(index):
    entries = StatusList(size=64)

    with pytest.raises(StatusError):
        entries.get(index)
    with pytest.raises(StatusError):
        entries.set(index, Status.INVALID)


@pytest.mark.parametrize("size", [0, -4, 3, (1 << 24) + 4])
def test_a_list_of_an_unfit_size_is_refused(size):
    with pytest.raises(StatusError):
        StatusList(size=size)


def test_random_indices_lie_in_the_list():
    assert all(0 <= random_index(size=64) < 64 for _ in range(200))


def test_the_two_bit_vector_of_the_specification_is_read():
    if not VECTORS.exists():
        pytest.skip("the set token-status-list is missing")
    vector = next(v for v in json.loads(VECTORS.read_text(encoding="utf-8")) if v["bits"] == 2)
    packed = cbor.decode_map(bytes.fromhex(vector["cbor_hex"]))["lst"]
    entries = zlib.decompress(packed)

    for index, bits in vector["statuses"]:
        value = int(bits, 2)
        if value == 3:
            with pytest.raises(StatusError):
                StatusList(size=len(entries) * 4, entries=entries).get(int(index))
        else:
            assert StatusList(size=len(entries) * 4, entries=entries).get(int(index)) == value


def test_a_published_list_is_read_by_whoever_trusts_its_key(world):
    token = world.status_token(Status.SUSPENDED)

    verified = verify_status_list(token=token, trust=world.trust(), now=NOW)

    assert verified.uri == LIST_URI
    assert verified.status(INDEX) is Status.SUSPENDED
    assert verified.status(INDEX + 1) is Status.VALID


def test_a_list_by_a_key_that_is_not_trusted_for_lists_is_refused(world):
    with pytest.raises(TrustError):
        verify_status_list(token=World().status_token(), trust=world.trust(), now=NOW)
    token = cose.sign(headers={16: TYPE, 4: world.keys["card"].public.kid}, payload=claim_set(), key=world.keys["card"])
    with pytest.raises(TrustError):
        verify_status_list(token=token, trust=world.trust(), now=NOW)


def test_a_list_with_one_changed_byte_is_refused(world):
    token = bytearray(world.status_token())
    token[-1] ^= 1

    with pytest.raises(SignatureError):
        verify_status_list(token=bytes(token), trust=world.trust(), now=NOW)


def test_a_token_of_another_type_is_refused(world):
    key = world.keys["status"]
    token = cose.sign(headers={4: key.public.kid}, payload=claim_set(), key=key)

    with pytest.raises(FormatError):
        verify_status_list(token=token, trust=world.trust(), now=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"_2": None},
        {"_4": None},
        {"_65533": None},
        {"_65533": {"bits": 3, "lst": zlib.compress(bytes(8))}},
        {"_65533": {"bits": 2, "lst": b"no zlib at all"}},
        {"_65533": {"bits": 2, "lst": zlib.compress(bytes(8)) + b"\x00"}},
        {"_65533": {"bits": 2, "lst": zlib.compress(bytes(8))[:-2]}},
        {"_65533": {"bits": 2, "lst": zlib.compress(bytes((1 << 22) + 1))}},
        {"_65533": {"bits": 2, "lst": "text"}},
        {"_65534": -5},
        {"_99": 1},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_claim_set_that_is_no_status_list_is_not_signed(changes):
    with pytest.raises(ClaimsError):
        check_status_claim_set(claim_set(**changes))


def test_the_claim_set_of_a_status_list_is_signed_and_verified(world):
    check_status_claim_set(claim_set())

    token = sign_status_claim_set(claim_set=claim_set(), key=world.keys["status"])

    assert verify_status_list(token=token, trust=world.trust(), now=NOW).ttl == timedelta(hours=1)
