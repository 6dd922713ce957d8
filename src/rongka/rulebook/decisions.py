"""The answer of the rule book: allowed, or refused with reasons that say what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rongka.text import Text

    from .rules import RuleId
    from .sources import Source
    from .vocabulary import State


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused. `code` is stable; `rule` is the rule that speaks."""

    code: str
    text: Text
    source: Source
    next_step: Text
    rule: RuleId


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed without reasons, or refused with at least one. `to` is the next state when an event was asked about."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()
    to: State | None = None

    def __post_init__(self) -> None:
        """Keep the two kinds apart: nothing is refused without a reason."""
        if self.allowed == bool(self.reasons):
            msg = "a decision is allowed without reasons, or refused with reasons"
            raise ValueError(msg)


def answer(*, reasons: Iterable[Reason], to: State | None = None) -> Decision:
    """Refuse for these reasons; allow, leading to `to`, when there are none."""
    found = tuple(reasons)
    return Decision(allowed=not found, reasons=found, to=None if found else to)
