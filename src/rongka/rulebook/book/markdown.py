"""Writing Markdown: headings, paragraphs, tables, lists. One language a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rongka.text import Text


class Page:
    """A page that grows from top to bottom, in one language."""

    def __init__(self, *, language: str) -> None:
        """Begin an empty page."""
        self.language = language
        self._blocks: list[str] = []

    def words(self, text: Text) -> str:
        """Return the text in the page's language."""
        return text.in_language(self.language)

    def heading(self, text: Text | str, *, level: int = 1) -> None:
        """Add a heading."""
        self._blocks.append(f"{'#' * level} {self._plain(text)}")

    def paragraph(self, text: Text | str) -> None:
        """Add a paragraph."""
        self._blocks.append(self._plain(text))

    def quote(self, text: Text) -> None:
        """Add a quotation."""
        self._blocks.append(f"> {self.words(text)}")

    def bullets(self, lines: Iterable[Text | str]) -> None:
        """Add a list, if there is anything to list."""
        found = [f"- {self._plain(line)}" for line in lines]
        if found:
            self._blocks.append("\n".join(found))

    def table(self, *, head: Iterable[Text | str], rows: Iterable[Iterable[Text | str]]) -> None:
        """Add a table."""
        titles = [self._plain(cell) for cell in head]
        lines = [titles, ["---"] * len(titles), *([self._cell(cell) for cell in row] for row in rows)]
        self._blocks.append("\n".join(f"| {' | '.join(line)} |" for line in lines))

    def as_text(self) -> str:
        """Return the whole page."""
        return "\n\n".join(self._blocks) + "\n"

    def _cell(self, cell: Text | str) -> str:
        return self._plain(cell).replace("|", "\\|") or "–"

    def _plain(self, text: Text | str) -> str:
        return text if isinstance(text, str) else self.words(text)
