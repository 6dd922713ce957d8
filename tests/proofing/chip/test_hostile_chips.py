"""Whatever bytes a chip sends, a verifier gives a result, in bounded time, and never a pass."""

import random
from dataclasses import replace
from time import process_time

import pytest

from rongka.proofing.chip import ChipDocument, DocumentStatus, read_portrait
from rongka.proofing.chip.certificates import read_certificate
from rongka.proofing.chip.data_groups import read_answer_digest, read_chip_key, read_zone
from rongka.proofing.chip.der import check_der, encode, read_element
from rongka.proofing.chip.keys import read_public_key
from rongka.proofing.chip.reasons import SOD
from rongka.proofing.chip.security_object import read_sod
from rongka.proofing.chip.signatures import SHA256
from rongka.proofing.chip.specimens import Holder
from rongka.proofing.chip.specimens.keys import digest_algorithm
from rongka.proofing.chip.specimens.portrait import drawn_portrait
from rongka.proofing.chip.specimens.writing import (
    NULL,
    algorithm,
    bits,
    identifier,
    integer,
    sequence,
    tagged,
)
from rongka.proofing.errors import ChipError, ChipFormatError, ChipMismatchError
from tests.proofing.chip.world import World, check, make, verify

READERS = (read_sod, read_zone, read_chip_key, read_answer_digest, read_portrait, read_certificate, read_public_key)


@pytest.fixture(scope="module")
def world() -> World:
    return make()


@pytest.mark.parametrize(
    "sod",
    [
        b"",
        b"\x77",
        b"\x77\x00",
        b"\x77\x80\x00\x00",
        b"\x77\x84\xff\xff\xff\xff",
        bytes(32_768),
        bytes(32_769),
        encode(0x77, b"\x30\x80" * 8_000),
        encode(0x77, b"\x30\x00" * 16_000),
    ],
    ids=lambda data: f"{len(data)} {data[:4].hex()}",
)
def test_bytes_that_are_no_sod_fail(world, sod):
    result = verify(world, replace(world.document, sod=sod))

    assert result.status is DocumentStatus.FAIL
    assert check(result, "form") in {"failed chip.malformed", "failed chip.too-large"}


def test_depth_is_bounded():
    deep = b""
    for _ in range(30):
        deep = encode(0x30, deep)

    with pytest.raises(ChipFormatError):
        check_der(deep, what=SOD)


@pytest.mark.parametrize("name", ["dg1", "dg2", "dg14", "dg15"])
def test_a_data_group_that_is_too_large_is_not_read(world, name):
    result = verify(world, replace(world.document, **{name: bytes(524_289)}))

    assert (result.status, check(result, "form")) == (DocumentStatus.FAIL, "failed chip.too-large")


@pytest.mark.parametrize(
    "change",
    [lambda sod: sod + b"\0", lambda sod: sod[:-1], lambda sod: sod[4:], lambda sod: b"\x77\x83\x00" + sod[2:]],
    ids=["longer", "shorter", "bare", "length not shortest"],
)
def test_an_sod_has_one_form(world, change):
    result = verify(world, replace(world.document, sod=change(world.document.sod)))

    assert (result.status, check(result, "form")) == (DocumentStatus.FAIL, "failed chip.malformed")


def test_what_nobody_signed_cannot_be_repeated_without_end(world):
    listed = encode(0x31, digest_algorithm(SHA256))
    sod = read_element(world.document.sod, at=0, end=len(world.document.sod), what=SOD)
    message = world.document.sod[sod.start :].replace(listed, encode(0x31, digest_algorithm(SHA256) * 9), 1)
    longer = _with_lengths(message)

    result = verify(world, replace(world.document, sod=longer))

    assert (result.status, check(result, "form")) == (DocumentStatus.FAIL, "failed chip.algorithms-disagree")


def _with_lengths(message: bytes) -> bytes:
    """Write the four lengths around a message's version anew, after something behind it grew."""
    version = message.index(b"\x02\x01\x03")
    return encode(0x77, sequence(identifier("1.2.840.113549.1.7.2"), tagged(0, sequence(message[version:]))))


def test_readers_raise_our_errors_only(world):
    chance = random.Random(7)
    key_info = world.passport.chip_key.key_info
    files = (world.document.sod, *world.passport.groups.values(), world.signer.certificate, key_info)

    for _ in range(300):
        data = bytearray(chance.choice(files)[:1_500])
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(data))
            data[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        found = [_refusal(reader, bytes(data)) for reader in READERS]
        assert all(error is None or (error.text.zh and error.code.startswith("chip.")) for error in found)


def _refusal(reader, data: bytes) -> ChipError | None:
    try:
        reader(data)
    except ChipError as error:
        return error
    return None


def test_random_bytes_never_pass():
    chance, world = random.Random(8), make()

    for size in (0, 1, 10, 100, 1_000):
        parts = [chance.randbytes(size) for _ in range(5)]
        assert verify(world, ChipDocument(*parts)).status is DocumentStatus.FAIL


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [(2**1_024 - 1, 65_537), (2**9_000 + 1, 65_537), (2**2_048 + 1, 2**65 + 1), (2**2_048 + 1, 2), (1, 1), (0, 0)],
    ids=["short", "long", "slow exponent", "even exponent", "one", "zero"],
)
def test_odd_rsa_keys_are_refused(modulus, exponent):
    info = sequence(algorithm("1.2.840.113549.1.1.1", NULL), bits(sequence(integer(modulus), integer(exponent))))

    with pytest.raises(ChipMismatchError):
        read_public_key(info)


@pytest.mark.parametrize("exponent", [b"\x03", b"\x83"], ids=["negative modulus", "both negative"])
def test_negative_rsa_numbers_are_refused(exponent):
    numbers = sequence(encode(0x02, b"\x80" + bytes(254) + b"\x01"), encode(0x02, exponent))

    with pytest.raises(ChipMismatchError):
        read_public_key(sequence(algorithm("1.2.840.113549.1.1.1", NULL), bits(numbers)))


def test_the_slowest_that_is_let_in_takes_less_than_the_limit(world):
    wide = encode(0x77, encode(0x30, b"\x30\x02\x05\x00" * 990))
    deep = encode(0x77, encode(0x30, b"\x04\x82\x10\x00" + bytes(4_096)) * 6)

    begin = process_time()
    for sod in (wide, deep):
        verify(world, replace(world.document, sod=sod))

    assert process_time() - begin < 0.5  # measured 10 ms; a machine may be busy


def test_a_zone_with_a_wrong_check_digit_fails_although_it_was_signed(world):
    zone = Holder().zone.replace("SPEC00001", "SPEC00002")
    signed = make(holder=_Written(zone))

    result = verify(signed)

    assert (result.status, check(result, "zone")) == (DocumentStatus.FAIL, "failed mrz.number.check-digit")


def test_the_portrait_is_found(world):
    portrait = read_portrait(world.document.dg2)

    assert (portrait.image, portrait.media_type) == (drawn_portrait(), "image/jpeg")


@pytest.mark.parametrize(
    "record", [b"", b"FAC\x00010\x00", b"FAC\x00010\x00" + b"\xff" * 60, b"FAC\x00020\x00" + bytes(60)], ids=len
)
def test_a_group_without_a_picture_is_refused(record):
    template = encode(0x7F60, encode(0xA1, b"") + encode(0x5F2E, record))

    with pytest.raises(ChipFormatError):
        read_portrait(encode(0x75, encode(0x7F61, encode(0x02, b"\x01") + template)))


class _Written(Holder):
    """A holder whose zone is what it is told to be."""

    __slots__ = ("_zone",)

    def __init__(self, zone: str) -> None:
        object.__setattr__(self, "_zone", zone)

    @property
    def zone(self) -> str:
        return self._zone
