"""Reading a passport's machine readable zone."""

from datetime import date

import pytest

from rongka.proofing.mrz import MrzError, Sex, check_digit, parse_td3
from rongka.proofing.mrz.layout import ALPHABET

ON = date(2026, 11, 25)
# ICAO 9303-4, appendix A.
SPECIMEN = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
EVERY_CHARACTER = f"{ALPHABET}<"
# Positions of line 2 (from 0) that a check digit protects: all but nationality and sex.
PROTECTED = [*range(10), *range(13, 20), *range(21, 44)]


def value(character: str) -> int:
    return int(check_digit(f"<<{character}"))  # the third weight is 1, so the digit is the value modulo 10


def refused(text: str) -> MrzError:
    with pytest.raises(MrzError) as caught:
        parse_td3(text, on=ON)
    return caught.value


def with_second_line(line: str) -> str:
    return f"{SPECIMEN[0]}\n{line}"


def test_the_icao_specimen_is_read() -> None:
    mrz = parse_td3("\n".join(SPECIMEN), on=ON)

    assert (mrz.document_code, mrz.issuing_state, mrz.nationality) == ("P", "UTO", "UTO")
    assert (mrz.surname, mrz.given_names, mrz.name_is_cut) == ("ERIKSSON", "ANNA MARIA", False)
    assert (mrz.number, mrz.optional_data, mrz.sex) == ("L898902C3", "ZE184226B", Sex.FEMALE)
    assert (mrz.birth_on, mrz.expires_on) == (date(1974, 8, 12), date(2012, 4, 15))
    assert mrz.lines == SPECIMEN


@pytest.mark.parametrize(
    "typed",
    [
        "\r\n".join(SPECIMEN),
        "\r".join(SPECIMEN),
        "\u2028".join(SPECIMEN),
        "".join(SPECIMEN),
        "\n".join(SPECIMEN).lower(),
        f"\n\n  {SPECIMEN[0]}  \n\n\t{SPECIMEN[1]}\n\n",
        "\n".join(" ".join(line) for line in SPECIMEN),
        "\n".join(SPECIMEN).translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)}),
    ],
    ids=["crlf", "cr", "line separator", "one line", "lower case", "blank lines", "spaced out", "full width"],
)
def test_typing_habits_are_normalised(typed: str) -> None:
    assert parse_td3(typed, on=ON).lines == SPECIMEN


@pytest.mark.parametrize("position", PROTECTED)
def test_every_substitution_that_check_digits_can_see_is_refused(position: int) -> None:
    line = SPECIMEN[1]
    visible = [c for c in EVERY_CHARACTER if value(c) != value(line[position])]

    assert visible
    for character in visible:
        error = refused(with_second_line(line[:position] + character + line[position + 1 :]))
        assert error.problems[0].line == 2


@pytest.mark.parametrize("position", PROTECTED)
def test_every_swap_of_neighbours_that_differ_by_other_than_five_is_refused(position: int) -> None:
    line = SPECIMEN[1]
    first, second = line[position : position + 1], line[position + 1 : position + 2]
    if position + 1 not in PROTECTED or (value(first) - value(second)) % 5 == 0:
        return

    error = refused(with_second_line(line[:position] + second + first + line[position + 2 :]))

    assert error.code.startswith("mrz.")


@pytest.mark.parametrize(
    ("line", "code", "position", "expected"),
    [
        ("L898902C46UTO7408122F1204159ZE184226B<<<<<10", "mrz.number.check-digit", 10, "7"),
        ("L898902C36UTO7408132F1204159ZE184226B<<<<<10", "mrz.birth-date.check-digit", 20, "3"),
        ("L898902C36UTO7408122F1204158ZE184226B<<<<<10", "mrz.expiry-date.check-digit", 28, "9"),
        ("L898902C36UTO7408122F1204159ZE184226B<<<<<<0", "mrz.optional-data.check-digit", 43, "1"),
        ("L898902C36UTO7408122F1204159ZE184226B<<<<<11", "mrz.composite.check-digit", 44, "0"),
    ],
)
def test_a_wrong_check_digit_is_named_with_its_place_and_what_it_should_be(
    line: str, code: str, position: int, expected: str
) -> None:
    error = refused(with_second_line(line))

    assert [problem.code for problem in error.problems] == [code]
    assert (error.problems[0].position, error.problems[0].expected) == (position, expected)
    assert f"position {position}" in error.text.en
    assert f"第{position}位" in error.text.zh


def test_all_failing_elements_are_told_at_once() -> None:
    error = refused(with_second_line("L898902C37UTO7408123F1204159ZE184226B<<<<<10"))

    assert [problem.code for problem in error.problems] == ["mrz.number.check-digit", "mrz.birth-date.check-digit"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mrz.line-count"),
        (SPECIMEN[0], "mrz.line-count"),
        ("\n".join((*SPECIMEN, "P<")), "mrz.line-count"),
        ("\n".join(SPECIMEN)[:-1], "mrz.line-length"),
        ("\n".join(SPECIMEN) + "<", "mrz.line-length"),
        ("\n".join(SPECIMEN).replace("ERIKSSON", "ÉRIKSSON"), "mrz.character"),
        ("\n".join(SPECIMEN).replace("<<ANNA", "<<ANN\x00"), "mrz.character"),
        ("\n".join(SPECIMEN).replace("L898902C3", "L89890٢C3"), "mrz.character"),
        ("\n".join(SPECIMEN).replace("P<UTO", "V<UTO"), "mrz.not-a-passport"),
        ("\n".join(SPECIMEN).replace("P<UTO", "P<U<O"), "mrz.issuing-state.form"),
        ("\n".join(SPECIMEN).replace("ERIKSSON", "ERIK550N"), "mrz.name.form"),
        ("\n".join(SPECIMEN).replace("ERIKSSON", "<<IKSSON"), "mrz.name.form"),
        ("\n".join(SPECIMEN).replace("6UTO7", "6UT07"), "mrz.nationality.form"),
        ("\n".join(SPECIMEN).replace("2F1", "2E1"), "mrz.sex.form"),
        ("\n".join(SPECIMEN).replace("7408122", "74O8122"), "mrz.birth-date.form"),
        ("<" * 500, "mrz.too-long"),
    ],
)
def test_what_is_no_zone_is_refused_with_its_code(text: str, code: str) -> None:
    error = refused(text)

    assert error.code == code


@pytest.mark.parametrize("digits", ["740230", "741301", "740800", "74<<<<", "<<<<<<"])
def test_a_date_that_does_not_exist_is_refused_even_with_right_check_digits(digits: str) -> None:
    number, expiry, optional = "L898902C36", "1204159", "ZE184226B<<<<<1"
    birth = digits + check_digit(digits)
    line = f"{number}UTO{birth}F{expiry}{optional}{check_digit(number + birth + expiry + optional)}"

    error = refused(with_second_line(line))

    assert error.code == "mrz.birth-date.not-a-date"


@pytest.mark.parametrize(
    ("digits", "on", "expected"),
    [
        ("261125", date(2026, 11, 25), date(2026, 11, 25)),
        ("261126", date(2026, 11, 25), date(1926, 11, 26)),
        ("000229", date(2026, 11, 25), date(2000, 2, 29)),
        ("991231", date(2026, 11, 25), date(1999, 12, 31)),
        ("991231", date(1999, 12, 31), date(1999, 12, 31)),
    ],
)
def test_a_birth_is_never_in_the_future(digits: str, on: date, expected: date) -> None:
    number, expiry, optional = "L898902C36", "1204159", "ZE184226B<<<<<1"
    birth = digits + check_digit(digits)
    line = f"{number}UTO{birth}F{expiry}{optional}{check_digit(number + birth + expiry + optional)}"

    assert parse_td3(with_second_line(line), on=on).birth_on == expected


def test_the_published_samples_are_read_or_refused_as_they_should_be(pymrtd_zones: list[str]) -> None:
    outcomes = []
    for zone in pymrtd_zones:
        try:
            outcomes.append(parse_td3(zone, on=ON).surname)
        except MrzError as error:
            outcomes.append(error.code)

    # 3 of the 11 are valid TD3 zones; the first two are a TD1 and a TD2, the others are spoiled on purpose.
    assert outcomes == [
        "mrz.line-count",
        "mrz.line-count",
        "ERIKSSON",
        "MUSTERMANN",
        "SCHMIDT",
        "mrz.line-count",
        "mrz.birth-date.form",
        "mrz.birth-date.form",
        "mrz.expiry-date.form",
        "mrz.expiry-date.form",
        "mrz.expiry-date.check-digit",
    ]


def test_hostile_text_gets_a_coded_answer_in_both_languages(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        for zone in (text, f"{text}\n{SPECIMEN[1]}", with_second_line(text)):
            error = refused(zone)
            assert error.code.startswith("mrz.")
            assert error.text.zh
            assert error.text.en.isascii()
