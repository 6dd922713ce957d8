import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongka.rulebook.identifiers import IdentifierError, parse_credit_code, parse_resident_id
from rongka.rulebook.identifiers.cases import CASE_FILES, identifier_cases
from rongka.rulebook.identifiers.credit_code import ALPHABET

CREDIT_CODE = "91350100M000100Y43"
RESIDENT_ID = "911124198108030024"
CASES = [case for name in CASE_FILES for case in identifier_cases(name)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.identifier}: {case.title.en}")
def test_the_cases_read_as_expected(case):
    assert case.result() == (case.value, case.code)


@pytest.mark.parametrize("place", range(18))
def test_every_single_wrong_character_of_a_credit_code_is_found(place):
    for character in ALPHABET.replace(CREDIT_CODE[place], ""):
        wrong = CREDIT_CODE[:place] + character + CREDIT_CODE[place + 1 :]

        with pytest.raises(IdentifierError):
            parse_credit_code(wrong)


@pytest.mark.parametrize("place", range(18))
def test_every_single_wrong_character_of_a_residents_number_is_found(place):
    for character in "0123456789X".replace(RESIDENT_ID[place], ""):
        wrong = RESIDENT_ID[:place] + character + RESIDENT_ID[place + 1 :]

        with pytest.raises(IdentifierError):
            parse_resident_id(wrong)


@pytest.mark.parametrize("parse", [parse_credit_code, parse_resident_id])
@settings(max_examples=50)
@given(text=st.one_of(st.text(max_size=30), st.text(alphabet="0123456789X９一iosvzIOSVZ", min_size=18, max_size=18)))
def test_any_text_gives_a_value_or_a_coded_error_in_both_languages(parse, text):
    value, error = None, None
    try:
        value = parse(text)
    except IdentifierError as found:
        error = found

    if error is None:
        assert str(value) == text.strip().upper()
    else:
        assert "." in error.code
        assert error.text.zh != error.text.en
