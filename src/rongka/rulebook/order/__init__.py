"""The one order: states, events, actors, and the question whether an event may be done."""

from rongka.rulebook.vocabulary import ActorKind, Category, Event, Occasion, Paper, State
from rongka.rulebook.vocabulary.facts import Facts

from .decide import decide
from .steps import STEPS, Step, Track, progress, steps_of
from .table import OrderTable, Transition, the_order

__all__ = [
    "STEPS",
    "ActorKind",
    "Category",
    "Event",
    "Facts",
    "Occasion",
    "OrderTable",
    "Paper",
    "State",
    "Step",
    "Track",
    "Transition",
    "decide",
    "progress",
    "steps_of",
    "the_order",
]
