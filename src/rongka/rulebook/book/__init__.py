"""The official's book: the rule book as pages to read, in Chinese and in English, generated and never edited."""

from .glossary import glossary_page
from .pages import book_pages

__all__ = ["all_pages", "book_pages", "glossary_page"]


def all_pages() -> dict[str, str]:
    """Return every generated page by its path below `docs/`."""
    return {**book_pages(), "glossary.md": glossary_page()}
