import zlib

from tests.vectors import city


def test_the_bomb_of_the_vectors_is_one():
    assert zlib.decompress(city.BOMB) == bytes(5_000_000)
