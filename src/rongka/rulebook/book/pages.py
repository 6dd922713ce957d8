"""The pages of the book, one file each, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import chapters
from .markdown import Page
from .words import word

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("zh", "en")

CHAPTERS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "order.md": ("order", chapters.write_order),
    "rules.md": ("rules", chapters.write_rules),
    "verification.md": ("assurance", chapters.write_assurance),
    "clocks.md": ("clocks", chapters.write_clocks),
    "categories.md": ("categories", chapters.write_categories),
    "guide.md": ("guide", chapters.write_guide),
    "identifiers.md": ("identifiers", chapters.write_identifiers),
    "check.md": ("invariants", chapters.write_invariants),
}


def book_pages() -> dict[str, str]:
    """Return every page by its path below `docs/`."""
    pages: dict[str, str] = {}
    for language in LANGUAGES:
        pages[f"book/{language}/README.md"] = _contents(language)
        for name, (title, write) in CHAPTERS.items():
            page = _begin(language, title)
            write(page)
            pages[f"book/{language}/{name}"] = page.as_text()
    return pages


def _contents(language: str) -> str:
    page = _begin(language, "title")
    page.paragraph(word("intro"))
    page.bullets(f"[{page.words(word(title))}]({name})" for name, (title, _) in CHAPTERS.items())
    return page.as_text()


def _begin(language: str, title: str) -> Page:
    page = Page(language=language)
    page.paragraph(f"<!-- {page.words(word('notice'))} -->")
    page.heading(word(title))
    return page
