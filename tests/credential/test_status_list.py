import random
import zlib
from datetime import timedelta

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
from rongka.credential.status_list import (
    MAX_LIST_BYTES,
    TYPE,
    WIDTHS,
    check_status_claim_set,
    sign_status_claim_set,
    status_claim_set,
    unverified_status_list,
)
from rongka.credential.status_list.deflate import PIECE_BYTES
from tests.credential.world import INDEX, LIST_URI, NOW, World


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


def signed(world, entries, **changes):
    given = {"uri": LIST_URI, "issued_at": NOW, "expires_at": NOW + timedelta(days=2), "ttl": timedelta(hours=1)}
    return world.signer.sign_status_list(claim_set=status_claim_set(entries=entries, **given | changes))


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


@pytest.mark.parametrize("bits", WIDTHS)
def test_a_list_of_each_width_comes_back_entry_by_entry(world, bits):
    entries, given = StatusList(size=64, bits=bits), [index % (1 << bits) for index in range(64)]
    for index, value in enumerate(given):
        entries.set(index, value)

    verified = verify_status_list(token=signed(world, entries), trust=world.trust(), now=NOW, uri=LIST_URI)

    assert [verified.value(index) for index in range(verified.size)] == given == [entries.value(i) for i in range(64)]
    assert [verified.status(index) for index in (0, 1)] == [Status.VALID, Status.INVALID]
    assert (verified.bits, verified.size) == (bits, 64)


def test_a_value_that_we_do_not_know_is_no_status():
    entries = StatusList(size=8, bits=2)
    entries.set(3, 3)

    assert entries.value(3) == 3
    with pytest.raises(StatusError):
        entries.get(3)
    with pytest.raises(StatusError):
        entries.set(3, 4)


@pytest.mark.parametrize("bits", [0, 3, 5, 16, -1])
def test_there_are_no_other_widths(bits):
    with pytest.raises(StatusError):
        StatusList(size=64, bits=bits)


@pytest.mark.parametrize("every", [PIECE_BYTES, 800, 1], ids=["hardly anybody", "few", "everybody"])
@pytest.mark.parametrize("thoroughly", [True, False])
def test_any_zlib_reads_a_list_of_several_pieces_before_and_after_a_change(every, thoroughly):
    stored = bytearray(PIECE_BYTES * 2 + 100)
    stored[::every] = random.Random(7).randbytes(-(-len(stored) // every))
    entries = StatusList(size=len(stored) * 4, entries=bytes(stored))
    before = entries.packed(thoroughly=thoroughly)
    assert zlib.decompress(before) == entries.entries

    entries.set(entries.size - 1, Status.SUSPENDED)
    entries.set(PIECE_BYTES * 4, Status.SUSPENDED)

    after = entries.packed(thoroughly=thoroughly)
    assert zlib.decompress(after) == entries.entries
    assert after != before
    assert entries.packed(thoroughly=thoroughly) == after


def test_a_list_packed_in_a_hurry_is_small_again_when_it_is_packed_thoroughly():
    made_up = random.Random(7)
    entries = StatusList(size=1 << 15)
    for index in made_up.sample(range(entries.size), entries.size // 100):
        entries.set(index, Status.INVALID)

    hasty, thorough = entries.packed(thoroughly=False), entries.packed()

    assert len(thorough) < len(hasty)
    assert len(thorough) <= len(zlib.compress(entries.entries, 9))
    assert zlib.decompress(hasty) == zlib.decompress(thorough)
    assert entries.packed(thoroughly=False) == thorough


def test_a_published_list_is_read_by_whoever_trusts_its_key(world):
    token = world.status_token(Status.SUSPENDED)

    verified = verify_status_list(token=token, trust=world.trust(), now=NOW)

    assert verified.uri == LIST_URI
    assert verified.status(INDEX) is Status.SUSPENDED
    assert verified.status(INDEX + 1) is Status.VALID


def test_an_index_outside_a_published_list_is_refused(world):
    verified = verify_status_list(token=world.status_token(), trust=world.trust(), now=NOW)

    for index in (-1, verified.size, 1 << 70):
        with pytest.raises(StatusError):
            verified.status(index)
        with pytest.raises(StatusError):
            verified.value(index)


def test_the_list_of_another_address_is_refused_where_one_was_asked_for(world):
    token = world.status_token(uri=LIST_URI + "1")

    with pytest.raises(StatusError):
        verify_status_list(token=token, trust=world.trust(), now=NOW, uri=LIST_URI)


def test_a_list_names_where_the_list_of_lists_is(world):
    token = signed(world, StatusList(size=8), aggregation_uri="https://rongka.example/s")

    assert verify_status_list(token=token, trust=world.trust(), now=NOW).aggregation_uri == "https://rongka.example/s"
    assert unverified_status_list(token).kid == world.keys["status"].public.kid


def test_a_list_by_a_key_that_is_not_trusted_for_lists_is_refused(world):
    with pytest.raises(TrustError):
        verify_status_list(token=World().status_token(), trust=world.trust(), now=NOW)
    token = cose.sign(headers={16: TYPE, 4: world.keys["card"].public.kid}, payload=claim_set(), key=world.keys["card"])
    with pytest.raises(TrustError):
        verify_status_list(token=token, trust=world.trust(), now=NOW)


def test_nothing_of_a_strangers_list_is_read(world):
    # Arrays as keys of a map can be made to share one hash: reading a megabyte of them would take minutes.
    headers = {16: TYPE, 4: world.keys["status"].public.kid}
    junk = cose.sign(headers=headers, payload=b"\xff", key=world.device)

    with pytest.raises(SignatureError):
        verify_status_list(token=junk, trust=world.trust(), now=NOW)


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
        {"_65533": {"bits": 2, "lst": zlib.compress(bytes(MAX_LIST_BYTES + 1))}},
        {"_65533": {"bits": 0, "lst": zlib.compress(bytes(8))}},
        {"_65533": {"bits": 16, "lst": zlib.compress(bytes(8))}},
        {"_65533": {"bits": True, "lst": zlib.compress(bytes(8))}},
        {"_65533": {"bits": 2, "lst": zlib.compress(bytes(8)), "more": 1}},
        {"_65533": {"bits": 2, "lst": zlib.compress(bytes(8)), "aggregation_uri": 7}},
        {"_65534": 0},
        {"_65534": None},
        {"_2": LIST_URI.encode("utf-16-be")},
        {"_6": None},
        {"_6": -1},
        {"_6": 1 << 60},
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
