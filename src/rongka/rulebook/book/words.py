"""The book's own words, and how sources and cases are written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.text import Text

if TYPE_CHECKING:
    from datetime import date

    from rongka.rulebook.cases import Case
    from rongka.rulebook.sources import Source

    from .markdown import Page


def word(name: str) -> Text:
    """Return one of the fixed words; `col.state` is the word `state` of the group `col`."""
    table: data.Table = _file()
    for part in name.split("."):
        table = table[part]
    return data.text(table)


def edition() -> date:
    """Return the day whose values the book shows."""
    day: date = _file()["edition"]
    return day


def cited(page: Page, source: Source) -> str:
    """Write a source in one line: document, clause, and a mark of how sure we are."""
    url = f" <{source.url}>" if source.url else ""
    return f"{page.words(source.cited)}{url} [{page.words(source.confidence.title)}]"


def situation(page: Page, case: Case) -> str:
    """Write the facts of a case in one line."""
    parts: list[str] = []
    if case.move is not None:
        parts += [page.words(text.title) for text in (case.move.state, case.move.actor, case.move.event)]
    parts += [page.words(paper.title) for paper in sorted(case.facts.papers)]
    parts += [page.words(fact.title) for fact in (case.facts.occasion, case.facts.category) if fact is not None]
    if case.facts.days_since_entry is not None:
        parts.append(page.words(word("word.days")).format(case.facts.days_since_entry))
    if case.facts.has_physical_card:
        parts.append(page.words(word("word.physical")))
    if case.facts.legacy_valid_until is not None:
        parts.append(page.words(word("word.until")).format(case.facts.legacy_valid_until.isoformat()))
    return " · ".join(parts)


def outcome(page: Page, case: Case) -> str:
    """Write what a case expects."""
    if case.codes:
        codes = ", ".join(f"`{code}`" for code in case.codes)
        return f"{page.words(word('word.refused'))} {codes}"
    to = f" → {page.words(case.to.title)}" if case.to is not None else ""
    return f"{page.words(word('word.allowed'))}{to}"


@cache
def _file() -> data.Table:
    return data.read_table("book", "words.toml")
