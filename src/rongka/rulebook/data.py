"""Reading the rule book's own data files: TOML inside this package, nothing else."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

from rongka.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

Table = dict[str, Any]


def folder(*parts: str) -> Traversable:
    """Return a folder or file of the rule book's package."""
    return resources.files(__package__).joinpath(*parts)


def read_table(*parts: str) -> Table:
    """Read one TOML file, named by its path inside the rule book."""
    return tomllib.loads(folder(*parts).read_text(encoding="utf-8"))


def data_files(kind: str) -> Iterator[tuple[str, str]]:
    """Yield (topic, file name) of every TOML file in the folders `<topic>/<kind>/`, in the order of their names."""
    topics = sorted(entry.name for entry in folder().iterdir() if entry.is_dir())
    for topic in topics:
        place = folder(topic, kind)
        if place.is_dir():
            names = sorted(entry.name for entry in place.iterdir() if entry.name.endswith(".toml"))
            yield from ((topic, name) for name in names)


def text(table: Table) -> Text:
    """Make a text of a table with the keys `zh` and `en`; both are required."""
    return Text(zh=table["zh"], en=table["en"])
