import zlib

import pytest

from tests.vectors import city
from tests.vectors.__main__ import MAKERS


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.FILE.name)
def test_a_vector_file_is_what_the_kit_writes(maker):
    # Other implementations are held to these files: when one must change, run `python -m tests.vectors`.
    assert maker.FILE.read_text(encoding="utf-8") == maker.written()


def test_the_bomb_of_the_vectors_is_one():
    assert zlib.decompress(city.BOMB) == bytes(5_000_000)
