"""Dates and instants in words: 2026年11月25日, 25 November 2026; data and documents use 2026-11-25.

Django's own formats are not used: its ``en`` is ambiguous between day and month.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.html import format_html

from rongka.text import Text

from .words import both, in_page_language

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

ZONE = ZoneInfo("Asia/Shanghai")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a line to read
)


def day_in_words(day: date) -> Text:
    """Return a date in words. An instant counts as its day in Shanghai."""
    if isinstance(day, datetime):
        day = day.astimezone(ZONE).date()
    return Text(
        zh=f"{day.year}年{day.month}月{day.day}日",
        en=f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    )


def instant_in_words(at: datetime) -> Text:
    """Return an instant in words, to the minute, as a clock in Shanghai shows it."""
    local = at.astimezone(ZONE)
    words = day_in_words(local.date())
    return Text(zh=f"{words.zh}{local:%H:%M}", en=f"{words.en}, {local:%H:%M}")


def clock(at: datetime) -> str:
    """Return the clock time of an instant in Shanghai: 10:32."""
    return f"{at.astimezone(ZONE):%H:%M}"


def day_element(day: date) -> SafeString:
    """Return a ``time`` element with the date in the page's language."""
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", in_page_language(day_in_words(day)))


def instant_element(at: datetime) -> SafeString:
    """Return a ``time`` element with the instant in the page's language."""
    local = at.astimezone(ZONE)
    words = in_page_language(instant_in_words(at))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


def day_in_both(day: date) -> SafeString:
    """Return a date in both languages on one line, for notices and receipts."""
    return both(day_in_words(day), inline=True)


def last_valid_day(until: date) -> date:
    """Return the last day of a period on record, which is half open; on paper and on screen both days count."""
    return until - timedelta(days=1)
