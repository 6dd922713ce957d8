"""The words in which the rule book is asked: states, events, actors, papers, categories, occasions, facts."""

from .facts import NO_FACTS, Facts
from .words import ActorKind, Category, Event, Occasion, Paper, State

__all__ = ["NO_FACTS", "ActorKind", "Category", "Event", "Facts", "Occasion", "Paper", "State"]
