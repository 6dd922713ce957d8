"""The rule book: the law as dated data with sources, and short functions that apply it.

No clock, no input or output but this package's own files: the date is always an argument.
The authority is the official guide; what goes beyond it carries its own source and a mark of how sure we are.
"""

from .decisions import Decision, Reason
from .rules import ALL_RULES, Rule, RuleId, RuleKind, RuleSet, rule
from .sources import Confidence, Source

__all__ = [
    "ALL_RULES",
    "Confidence",
    "Decision",
    "Reason",
    "Rule",
    "RuleId",
    "RuleKind",
    "RuleSet",
    "Source",
    "rule",
]
