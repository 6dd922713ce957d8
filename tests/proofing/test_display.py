"""How names and numbers are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongka.proofing.display import display_name, mask_name, mask_number


@pytest.mark.parametrize(
    ("surname", "given_names", "shown"),
    [
        ("Müller", "Anna  Maria", "MÜLLER, ANNA MARIA"),
        ("SUKARNO", "", "SUKARNO"),
        ("", "Sukarno", "SUKARNO"),
        ("Groß", "Björn", "GROẞ, BJÖRN"),
        ("O'Connor", "Liam", "O'CONNOR, LIAM"),
    ],
)
def test_the_surname_comes_first_in_capitals(surname: str, given_names: str, shown: str) -> None:
    assert display_name(surname=surname, given_names=given_names) == shown


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("MÜLLER, ANNA MARIA", "M***, A*** M***"),
        ("O'CONNOR, LIAM", "O***, L***"),
        ("SUKARNO", "S***"),
        ("安娜·穆勒", "安***·穆***"),
        ("E\u0301MILE", "É***"),
        ("", ""),
    ],
)
def test_a_masked_name_keeps_the_first_letter_of_each_part(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("310000198901011234", "3100**********1234"),
        ("WP2026000123", "WP20****0123"),
        ("C01X00T47", "C0*****47"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_masked_number_keeps_both_ends(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text("ABC0123456789", min_size=4, max_size=30))
def test_a_masked_number_hides_at_least_four_characters_and_keeps_its_length(number: str) -> None:
    masked = mask_number(number)

    assert len(masked) == len(number)
    assert masked.count("*") >= 4
