"""Writing a passport's machine readable zone for specimens and demo persons."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongka.proofing.mrz import MrzError, Sex, build_td3, mrz_names, parse_td3
from rongka.proofing.mrz.layout import NAME_LENGTH

ON = date(2026, 11, 25)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
part = st.text(LETTERS, min_size=1, max_size=18)
names = st.lists(part, min_size=1, max_size=5).map(" ".join)
states = st.text(LETTERS, min_size=1, max_size=3)


def zone_of(**changes: object) -> str:
    data: dict[str, object] = {
        "issuing_state": "UTO",
        "surname": "Eriksson",
        "given_names": "Anna Maria",
        "number": "L898902C3",
        "nationality": "UTO",
        "birth_on": date(1974, 8, 12),
        "sex": Sex.FEMALE,
        "expires_on": date(2012, 4, 15),
        "optional_data": "ZE184226B",
    }
    return build_td3(**(data | changes))


def test_the_icao_specimen_is_written_to_the_letter() -> None:
    assert zone_of() == ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10")


def test_absent_optional_data_has_the_filler_as_check_digit() -> None:
    zone = zone_of(optional_data="")

    assert zone[-16:-1] == "<" * 15
    assert parse_td3(zone, on=ON).optional_data == ""


@given(
    surname=names,
    given_names=names | st.just(""),
    number=st.text(LETTERS + string.digits, min_size=1, max_size=9),
    issuing_state=states,
    nationality=states,
    birth_on=st.dates(date(1926, 11, 26), ON),
    expires_on=st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    sex=st.sampled_from(Sex),
    optional_data=st.text(LETTERS + string.digits, max_size=14),
)
def test_what_is_written_is_read_back(**data: object) -> None:
    zone = build_td3(**data)
    mrz = parse_td3(zone, on=ON)

    assert {len(line) for line in zone.split("\n")} == {44}
    for field in ("number", "issuing_state", "nationality", "birth_on", "expires_on", "sex", "optional_data"):
        assert getattr(mrz, field) == data[field]
    assert (mrz.surname, mrz.given_names) == mrz_names(surname=data["surname"], given_names=data["given_names"])
    # A name that fits comes back whole. (Initials may be cut before a separator, and then the zone does not show it.)
    if len(data["surname"]) + len("<<") + len(data["given_names"]) <= NAME_LENGTH:
        assert (mrz.surname, mrz.given_names) == (data["surname"], data["given_names"])


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (("Müller", "Anna Maria"), ("MUELLER", "ANNA MARIA")),
        (("O'Connor", "Seán"), ("OCONNOR", "SEAN")),
        (("O’Connor", "Siobhán"), ("OCONNOR", "SIOBHAN")),
        (("Sørensen", "Åse"), ("SOERENSEN", "AASE")),
        (("Groß-Weiß", "Björn"), ("GROSS WEISS", "BJOERN")),
        (("Þórðardóttir", "Æsa"), ("THORDARDOTTIR", "AESA")),
        (("Nguyễn", "Văn Ân"), ("NGUYEN", "VAN AN")),
        (("Đặng", "Thị Ước"), ("DANG", "THI UOC")),
        (("Yıldız", "İlkay Şükrü"), ("YILDIZ", "ILKAY SUEKRUE")),
        (("Wałęsa", "Lech"), ("WALESA", "LECH")),
        (("Muñoz", "María José"), ("MUNOZ", "MARIA JOSE")),
        (("Mu\u0308ller", "Jose\u0301"), ("MUELLER", "JOSE")),
        (("ＬＩ", "Ｎａ"), ("LI", "NA")),
        (("Sukarno", ""), ("SUKARNO", "")),
        (("van der Berg, Jr.", "J.-P."), ("VAN DER BERG JR", "J P")),
        (("Dvořák", "Ĳsbrand Œuvrard"), ("DVORAK", "IJSBRAND OEUVRARD")),
    ],
)
def test_names_are_written_as_icao_9303_says(printed: tuple[str, str], written: tuple[str, str]) -> None:
    assert mrz_names(surname=printed[0], given_names=printed[1]) == written


@pytest.mark.parametrize(
    ("surname", "given_names"),
    [
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang"),
        ("Bennelong Wooloomooloo Warrandyte Warnambool", "Dingo Potoroo"),
        ("Wolfeschlegelsteinhausenbergerdorff-Sr", "Adolph Blaine Charles"),
        ("Li", "Abcdefghijklmnopqrstuvwxyzabcdefghij Zoe"),
        ("Venkatanarasimharajuvaripeta Subrahmanya Rao", ""),
    ],
)
def test_a_name_over_39_characters_is_cut_and_shows_it(surname: str, given_names: str) -> None:
    zone = zone_of(surname=surname, given_names=given_names)
    mrz = parse_td3(zone, on=ON)

    assert mrz.name_is_cut
    assert bool(mrz.given_names) == bool(given_names)
    full = surname.upper().replace("-", " ").split() + given_names.upper().split()
    kept = mrz.surname.split() + mrz.given_names.split()
    assert all(any(whole.startswith(piece) for whole in full) for piece in kept)


def test_a_cut_that_would_end_in_a_filler_shortens_an_earlier_part_instead() -> None:
    # ICAO 9303-4, examples of truncated names: ...<<CHAYAPA<DEJTH<KRASUANG
    surname, given_names = mrz_names(surname="Li", given_names="Abcdefghijklmnopqrstuvwxyzabcdefgh Zoe")

    assert (surname, given_names) == ("LI", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG Z")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"surname": "穆勒"}, "mrz.name.not-writable"),
        ({"surname": ""}, "mrz.name.not-writable"),
        ({"surname": "'"}, "mrz.name.not-writable"),
        ({"surname": "A" * 500}, "mrz.name.not-writable"),
        ({"number": "L898902C33"}, "mrz.number.not-writable"),
        ({"number": ""}, "mrz.number.not-writable"),
        ({"number": "L89\u0660"}, "mrz.number.not-writable"),
        ({"optional_data": "123456789012345"}, "mrz.optional-data.not-writable"),
        ({"nationality": "Utopia"}, "mrz.nationality.form"),
        ({"issuing_state": ""}, "mrz.issuing-state.form"),
    ],
)
def test_what_a_zone_cannot_hold_is_refused(changes: dict[str, str], code: str) -> None:
    with pytest.raises(MrzError) as caught:
        zone_of(**changes)

    assert caught.value.code == code


def test_hostile_names_are_written_or_refused_but_never_crash(naughty_strings: list[str]) -> None:
    codes = set()
    for text in naughty_strings:
        try:
            zone = zone_of(surname=text, given_names=text)
        except MrzError as error:
            codes.add(error.code)
        else:
            assert parse_td3(zone, on=ON).lines == tuple(zone.split("\n"))

    assert codes == {"mrz.name.not-writable"}
