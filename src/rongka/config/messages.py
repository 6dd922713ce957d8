"""Keeps the Chinese catalogue in step with the pages: ``python -m rongka.config.messages`` adds what is missing.

With ``--prune`` it also drops what nobody uses. For developers: Babel, not GNU gettext, so that no machine needs
msgfmt. `make setup` compiles the catalogue.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import rongka

PACKAGE = Path(rongka.__file__).parent
CATALOGUE = PACKAGE / "web" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
LINE = 110  # characters
HEADER = r"""msgid ""
msgstr ""
"Language: zh_Hans\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"Content-Type: text/plain; charset=utf-8\n"

"""

MessageId = str | tuple[str, ...] | list[str]

_KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}
_IN_TEMPLATE = re.compile(r""" gettext\(([ur]?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))\) """)
_PLURAL = re.compile(r""" ngettext\((u?['"].*?['"]), (u?['"].*?['"]), ?count\) """)


def used() -> set[MessageId]:
    """Return every message that Python code or a template asks for."""
    in_python = (message for path in PACKAGE.rglob("*.py") for message in _in_python(path))
    in_templates = (message for path in PACKAGE.rglob("*.html") for message in _in_template(path))
    return {*in_python, *in_templates}


def _in_python(path: Path) -> Iterator[MessageId]:
    for _line, _function, message, _comments in extract_python(BytesIO(path.read_bytes()), _KEYWORDS, [], {}):
        yield _id(message)


def _id(message: Any) -> MessageId:  # noqa: ANN401 - Babel gives a text, or singular, plural and the rest
    return message if isinstance(message, str) else (message[0], message[1])


def _in_template(path: Path) -> Iterator[MessageId]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    yield from (ast.literal_eval(found) for found in _IN_TEMPLATE.findall(source))
    yield from ((ast.literal_eval(one), ast.literal_eval(many)) for one, many in _PLURAL.findall(source))


def catalogue() -> Catalog:
    """Return the Chinese catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def bring_into_step(*, prune: bool = False) -> list[MessageId]:
    """Add what is used and missing, compile, and return what still has no Chinese."""
    messages, wanted = catalogue(), used()
    for message in wanted:
        if message not in messages:
            messages.add(message)
    if prune:
        for unused in [message.id for message in messages if message.id and message.id not in wanted]:
            messages.delete(unused)
    _write(messages)
    return untranslated(messages)


def untranslated(messages: Catalog) -> list[MessageId]:
    """Return the messages of a catalogue that have no Chinese."""
    return [message.id for message in messages if message.id and not _is_translated(message.string)]


def _is_translated(string: str | Sequence[str] | None) -> bool:
    return bool(string) and all(string or "")


def _write(messages: Catalog) -> None:
    written = BytesIO()
    # Babel's own header holds the time of writing, which would make every run a change.
    write_po(written, messages, width=LINE, omit_header=True, sort_output=True)
    CATALOGUE.write_bytes(HEADER.encode() + written.getvalue())
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, messages)


if __name__ == "__main__":
    missing = bring_into_step(prune="--prune" in sys.argv)
    for one in missing:
        print(f"no Chinese yet: {one}")  # noqa: T201 - a developer's command prints
    sys.exit(bool(missing))
