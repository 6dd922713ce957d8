"""Words in two languages, and dates that cannot be misread."""

from datetime import UTC, date, datetime

from django.utils.translation import override

from rongka.text import Text
from rongka.web.components import dates, words

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


def test_an_english_page_shows_the_official_chinese_term_with_its_language():
    with override("en"):
        shown = words.with_official_term(TERM)

    assert shown == 'Verification <span class="rk-term" lang="zh-Hans">核验</span>'


def test_both_languages_stand_chinese_first_and_are_escaped():
    shown = words.both(Text(zh="<核验>", en="a & b"))

    assert '<span lang="zh-Hans">&lt;核验&gt;</span> <span lang="en">a &amp; b</span>' in shown
