"""Words in HTML: one language or both, each run of the other language with its own ``lang``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from rongka.text import Text

ZH = "zh-Hans"
EN = "en"
_CHINESE = re.compile(r"([\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+)")


def page_language() -> str:
    """Return the language of the page as HTML names it: ``zh-Hans`` or ``en``."""
    return ZH if (get_language() or ZH).lower().startswith("zh") else EN


def other_language() -> str:
    """Return the language that the page is not in."""
    return EN if page_language() == ZH else ZH


def in_page_language(text: Text) -> str:
    """Return the words in the language of the page."""
    return text.in_language(page_language())


def in_other_language(text: Text) -> str:
    """Return the words in the language that the page is not in."""
    return text.in_language(other_language())


def both(text: Text, *, inline: bool = False) -> SafeString:
    """Return both versions, Chinese first, for what is officially bilingual."""
    return format_html(
        '<span class="rk-both{}"><span lang="zh-Hans">{}</span> <span lang="en">{}</span></span>',
        " rk-both--inline" if inline else "",
        text.zh,
        text.en,
    )


def with_official_term(text: Text) -> SafeString:
    """Return the words in the page's language, on an English page with the official Chinese term beside them."""
    if page_language() == ZH:
        return format_html("{}", text.zh)
    return format_html('{} <span class="rk-term" lang="zh-Hans">{}</span>', text.en, text.zh)


def typed(words: str) -> SafeString | str:
    """Mark the language of what somebody typed, run by run, so that it is read out and set right."""
    if not _CHINESE.search(words):
        return format_html('<span lang="{}">{}</span>', EN, words) if words else ""
    runs = [(ZH if _CHINESE.match(run) else EN, run) for run in _CHINESE.split(words) if run]
    return format_html_join("", '<span lang="{}">{}</span>', runs)
