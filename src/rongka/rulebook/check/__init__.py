"""`rongka rules check`: the rule book's answers held against the guide's statements.

The walk asks every (state, event, actor) that can be reached and varies the facts. The invariants say what the guide
says about the answers; they are written without the tables and rules that give them, so that a mistake in either shows.
"""

from .invariants import ALL_INVARIANTS
from .report import Report, Violation, check_rules
from .walk import Law

__all__ = ["ALL_INVARIANTS", "Law", "Report", "Violation", "check_rules"]
