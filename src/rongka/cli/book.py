"""``rongka book``: write the official's book, the public guide and the glossary from the rule book."""

import argparse
import sys
from pathlib import Path

from rongka.home import checkout

OK = 0
STALE = 1
NOWHERE = 2


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("book", help="write the official's book from the rule book")
    command.add_argument("--check", action="store_true", help="write nothing; exit 1 when the pages are stale")
    command.add_argument("--docs", metavar="FOLDER", type=Path, help="where docs/ is (default: in the checkout)")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the pages, or compare them with what is there."""
    from rongka.rulebook.book import all_pages

    root = checkout()
    docs: Path | None = arguments.docs or (root / "docs" if root else None)
    if docs is None:
        print("There is no checkout here; say where with --docs FOLDER.", file=sys.stderr)
        return NOWHERE
    pages = all_pages()
    stale = sorted([*_different(docs, pages), *_left_over(docs, pages)])
    if arguments.check:
        return _report(stale)
    _write(docs, pages)
    print(f"{len(pages)} pages, {len(stale)} changed, in {docs}")
    return OK


def _different(docs: Path, pages: dict[str, str]) -> list[str]:
    return [name for name, page in pages.items() if not _has(docs / name, page)]


def _has(path: Path, page: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == page


def _left_over(docs: Path, pages: dict[str, str]) -> list[str]:
    """Pages of the book that the rule book no longer writes."""
    return [name for path in (docs / "book").rglob("*.md") if (name := path.relative_to(docs).as_posix()) not in pages]


def _report(stale: list[str]) -> int:
    for name in stale:
        print(f"stale: {name}", file=sys.stderr)
    if stale:
        print("Run `make book` and commit the result.", file=sys.stderr)
    return STALE if stale else OK


def _write(docs: Path, pages: dict[str, str]) -> None:
    for name in _left_over(docs, pages):
        (docs / name).unlink()
    for name, page in pages.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
