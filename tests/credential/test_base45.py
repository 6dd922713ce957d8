import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongka.credential import base45
from rongka.credential.errors import Base45Error


@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")])
def test_the_examples_of_the_rfc_are_written_and_read(data, text):
    assert base45.encode(data) == text
    assert base45.decode(text) == data


def test_every_pair_of_bytes_is_written_and_read_back():
    everything = b"".join(word.to_bytes(2, "big") for word in range(1 << 16))

    texts = [base45.encode(everything[at : at + 4096]) for at in range(0, len(everything), 4096)]

    assert b"".join(base45.decode(text) for text in texts) == everything


@given(st.binary(max_size=600))
def test_any_bytes_come_back(data):
    assert base45.decode(base45.encode(data)) == data


@given(st.text(alphabet=base45.ALPHABET, max_size=60))
def test_a_text_that_is_read_is_the_only_spelling(text):
    try:
        data = base45.decode(text)
    except Base45Error:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize(
    "text",
    ["A", "AAAA", ":::", "GGW", "::", "bb8", "BB8\n", "BB\u00e9", "BB\U0001f600", "B=8", "BB8" * 3_000],
    ids=lambda text: repr(text[:12]),
)
def test_what_the_rfc_does_not_allow_is_refused(text):
    with pytest.raises(Base45Error):
        base45.decode(text)


def test_the_largest_triple_is_read_and_the_next_refused():
    assert base45.decode("FGW") == b"\xff\xff"
    with pytest.raises(Base45Error):
        base45.decode("GGW")


def test_random_lengths_around_the_lanes_are_exact():
    for length in range(70):
        data = os.urandom(length)
        assert base45.decode(base45.encode(data)) == data
