"""What an invariant is: a statement of the guide, the rule that stands for it, and the search for a counterexample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rongka.rulebook.rules import RuleId
from rongka.text import Text

from .walk import Law, Witness

Search = Callable[[Law], Iterator[Witness]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """A statement that every answer must keep; `search` yields the answers that do not."""

    code: str
    rule: RuleId
    statement: Text
    search: Search
