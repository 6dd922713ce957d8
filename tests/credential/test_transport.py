import zlib

import pytest

from rongka.credential import base45, transport
from rongka.credential.cbor import MAX_CODE_BYTES
from rongka.credential.errors import ForeignCodeError, TransportError

OURS = b"\xd2\x84" + transport.OUR_CLAIMS[0] + bytes(range(200))
TEXT = transport.write(OURS)


def test_a_message_comes_back_and_any_zlib_reads_it():
    assert transport.read(TEXT) == OURS
    assert zlib.decompress(base45.decode(TEXT)) == OURS
    assert TEXT.startswith(transport.PREFIX)


@pytest.mark.parametrize("level", range(10))
def test_the_same_message_compressed_in_another_way_is_refused_as_ours(level):
    other = base45.encode(zlib.compress(OURS, level))

    if other != TEXT:
        with pytest.raises(TransportError):
            transport.read(other)


@pytest.mark.parametrize("cut", [1, 2, 3, 10, 100, 200])
def test_a_cut_code_is_damaged_and_not_foreign(cut):
    with pytest.raises(TransportError):
        transport.read(TEXT[:-cut])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NCF",
        "https://example.com/" + "a" * 300,
        "HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEXWK G2EP4J0BGJLFX3R3VHXK.PJ:2DPF6R:5SVBHABVCNN95SWMPHQUHQN",
        "WIFI:T:WPA;S:cafe;P:secret;;" + "x" * 60,
        base45.encode(zlib.compress(b"\xd2\x84 a token of somebody else, long enough to look like one" * 3, 9)),
        "一" * 200,
        "\x00" * 400,
    ],
    ids=lambda text: repr(text[:10]),
)
def test_codes_of_other_systems_are_foreign(text):
    with pytest.raises(ForeignCodeError):
        transport.read(text)


def test_a_bomb_is_refused_without_inflating_it():
    bomb = base45.encode(zlib.compress(bytes(4_000_000), 9))

    with pytest.raises((TransportError, ForeignCodeError)):
        transport.read(bomb)


def test_bytes_after_the_end_are_refused():
    with pytest.raises(TransportError):
        transport.read(base45.encode(base45.decode(TEXT) + b"\x00"))


def test_a_message_larger_than_a_code_is_not_written():
    with pytest.raises(TransportError):
        transport.write(bytes(MAX_CODE_BYTES + 1))
