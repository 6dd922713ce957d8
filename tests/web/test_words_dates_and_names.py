"""Words in two languages, dates that cannot be misread, names as the passport prints them, masks."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from rongka.text import Text
from rongka.web.components import dates, names, words

TERM = Text(zh="核验", en="Verification")


def test_a_date_is_written_out_in_both_languages():
    written = dates.day_in_words(date(2026, 11, 5))

    assert written == Text(zh="2026年11月5日", en="5 November 2026")


def test_an_instant_is_told_as_a_clock_in_shanghai_shows_it():
    written = dates.instant_in_words(datetime(2026, 11, 24, 16, 5, tzinfo=UTC))

    assert written == Text(zh="2026年11月25日00:05", en="25 November 2026, 00:05")


def test_a_date_element_carries_the_date_as_data():
    with override("zh-hans"):
        element = dates.day_element(date(2026, 11, 25))

    assert element == '<time datetime="2026-11-25">2026年11月25日</time>'


@pytest.mark.parametrize(
    ("surname", "given", "printed"),
    [
        ("Müller", "Anna Maria", "MÜLLER, ANNA MARIA"),
        ("O'Connor", "Seán", "O'CONNOR, SEÁN"),
        ("Suharto", "", "SUHARTO"),
        ("", "Madonna", "MADONNA"),
        ("NGUYEN", "VAN AN", "NGUYEN, VAN AN"),
    ],
)
def test_a_name_is_printed_as_in_the_passport_and_a_single_name_stays_single(surname, given, printed):
    assert names.printed_name(surname, given) == printed


@pytest.mark.parametrize(
    ("name", "masked"),
    [("MÜLLER, ANNA MARIA", "M***, A*** M***"), ("安娜·穆勒", "安***·穆***"), ("SUHARTO", "S***"), ("", "")],
)
def test_a_masked_name_shows_the_first_letter_of_each_part(name, masked):
    assert names.masked_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"), [("31012026000042", "3101***0042"), ("C01X00T47", "C0***47"), ("1234", "***"), ("", "***")]
)
def test_a_masked_number_never_shows_most_of_a_short_one(number, masked):
    assert names.masked_number(number) == masked


def test_an_english_page_shows_the_official_chinese_term_with_its_language():
    with override("en"):
        shown = words.with_official_term(TERM)

    assert shown == 'Verification <span class="rk-term" lang="zh-Hans">核验</span>'


def test_both_languages_stand_chinese_first_and_are_escaped():
    shown = words.both(Text(zh="<核验>", en="a & b"))

    assert '<span lang="zh-Hans">&lt;核验&gt;</span> <span lang="en">a &amp; b</span>' in shown
