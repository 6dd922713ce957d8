"""How names are shown."""

import pytest

from rongka.proofing.display import display_name, mask_name


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
