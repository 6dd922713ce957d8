"""The glossary: the nouns that code and pages use, and the words of the order, in one bilingual page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.rulebook.vocabulary import ActorKind, Event, Occasion, Paper, State

from .markdown import Page
from .words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rongka.rulebook.titled import TitledEnum

GROUPS: tuple[type[TitledEnum], ...] = (State, Event, ActorKind, Paper, Occasion)


def glossary_page() -> str:
    """Return the page `docs/glossary.md`; Chinese is authoritative."""
    page = Page(language="en")
    page.paragraph(f"<!-- {word('notice').en} -->")
    page.heading("Glossary · 词汇表")
    page.paragraph(
        "Code and pages use these nouns and no others. Chinese is authoritative. 程序和页面只用这些名词，中文为准。"
    )
    page.table(head=("zh", "en", "code", "what it is", "含义"), rows=_term_rows())
    for group in GROUPS:
        page.heading(f"`{group.__name__}`", level=2)
        page.table(head=("zh", "en", "code"), rows=_member_rows(group))
    return page.as_text()


def _term_rows() -> Iterable[list[str]]:
    for term in data.read_table("glossary.toml")["term"]:
        code = f"`{term['code']}`" if "code" in term else ""
        yield [term["zh"], term["en"], code, term["meaning"]["en"], term["meaning"]["zh"]]


def _member_rows(group: type[TitledEnum]) -> Iterable[list[str]]:
    for member in group:
        yield [member.title.zh, member.title.en, f"`{member.name}`"]
