"""The system's two acts after the binding: it generates the qualification, then it activates the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.registers.cards.commands import activate_card, generate_qualification
from rongka.registers.cards.queries import state_of
from rongka.registers.journal.actors import SYSTEM
from rongka.registers.journal.errors import Refused
from rongka.rulebook.order import State

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

ACTS = ((State.BOUND, generate_qualification), (State.QUALIFIED, activate_card))


def complete_card(*, person_id: UUID, at: datetime) -> State:
    """Bring a bound card to its activation and return where it stands; what is done already is left as it is."""
    for state, act in ACTS:
        if state_of(person_id) is not state:
            continue
        try:
            act(actor=SYSTEM, at=at, person_id=person_id)
        except Refused:
            # Another worker may have been first; a refusal in the same state is a real one.
            if state_of(person_id) is state:
                raise
    return state_of(person_id)
