"""Where a rule or a value comes from, since when it holds, and how sure we are of it.

The documents are named once, in `sources.toml`; a rule or a parameter adds the clause and its dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rongka.text import Text

from . import data
from .titled import TitledEnum

if TYPE_CHECKING:
    from datetime import date


class Confidence(TitledEnum):
    """How sure we are; pages show the mark of everything that is not `seed` or `official`."""

    SEED = "seed"
    OFFICIAL = "official"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    POLICY = "policy"

    def _find_title(self) -> Text:
        return data.text(_file()["confidence"][self.value])


@dataclass(frozen=True, slots=True)
class Source:
    """One clause of one document. `url` is None when no public address is known."""

    document: Text
    clause: Text
    url: str | None
    effective_from: date
    checked_on: date
    confidence: Confidence

    @property
    def doubt(self) -> Text | None:
        """Return the mark that stands beside a value of this source; None where an official text confirms it."""
        return None if self.confidence in {Confidence.SEED, Confidence.OFFICIAL} else self.confidence.title

    @property
    def cited(self) -> Text:
        """Return document and clause in one line; in Chinese what is in title marks needs nothing between."""
        article = self.document.zh.endswith("》") or self.clause.zh.startswith("第")
        zh = f"{self.document.zh}{'' if article else '：'}{self.clause.zh}"
        return Text(zh=zh, en=f"{self.document.en}, {self.clause.en}")


def read_source(table: data.Table) -> Source:
    """Make a source of a `[source]` table: document (a key of `sources.toml`), clause, dates, confidence."""
    document = _file()["document"][table["document"]]
    return Source(
        document=data.text(document),
        clause=data.text(table["clause"]),
        url=document.get("url"),
        effective_from=table["effective_from"],
        checked_on=table["checked_on"],
        confidence=Confidence(table["confidence"]),
    )


@cache
def named_source(name: str) -> Source:
    """Return a source that no rule holds and that a refusal cites: a key of `[named]` in `sources.toml`."""
    return read_source(_file()["named"][name])


def document_title(key: str) -> Text:
    """Return the title of a document by its key in `sources.toml`."""
    return data.text(_file()["document"][key])


@cache
def _file() -> data.Table:
    return data.read_table("sources.toml")
