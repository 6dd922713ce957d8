"""One worker's way along the order. The rule book says what comes next; each act is the command that a desk uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rongka.jobs.completion import complete_card
from rongka.registers.cards.queries import card_of, state_of
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.numbers import random_number
from rongka.registers.people.queries import person_of_passport_number
from rongka.registers.permits.commands import decide_application, record_legacy_permit
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import STEPS, ActorKind, Event, State

from . import acts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.permits.outcomes import Outcome
    from rongka.registers.permits.queries import Case

    from .agencies import City
    from .workers import Worker

    Clock = Callable[[Event], datetime]

LEGACY_PERMIT_ISSUED_ON = date(2024, 6, 3)  # before 2024-12-01: from that day on none was issued


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done: for which step of the rule book, by whom (a user name, the holder, the system), when."""

    event: Event
    step: str
    actor: ActorKind
    by: str
    at: datetime


@dataclass(slots=True)
class Walk:
    """A worker's way; `clock` gives the instant of the next act."""

    city: City
    worker: Worker
    clock: Clock
    done: list[Act] = field(default_factory=list)

    @property
    def person_id(self) -> UUID:
        """The person of the registers, who exists from the first act on."""
        person_id = person_of_passport_number(self.worker.number)
        if person_id is None:
            raise NotFound
        return person_id

    @property
    def state(self) -> State:
        """Where the worker stands."""
        person_id = person_of_passport_number(self.worker.number)
        return state_of(person_id) if person_id else State.NOTHING

    @property
    def case(self) -> Case:
        """The worker's case."""
        case = case_of_person(self.person_id)
        if case is None:
            raise NotFound
        return case

    def go(self, *, until: State) -> None:
        """Do one act after the other until the worker stands there."""
        for _ in self.acts(until=until):
            pass

    def acts(self, *, until: State) -> Iterator[Act]:
        """Do what comes next and say so, until the worker stands there."""
        state = self.state
        while state is not until:
            event = state.next_event
            if event is None:
                msg = f"no way leads from {state} to {until}"
                raise ValueError(msg)
            at = self.clock(event)
            if acts.ACTORS[event] is ActorKind.SYSTEM:
                state = complete_card(person_id=self.person_id, at=at)
                continue
            by = acts.perform(event, walk=self, at=at)
            self.done.append(Act(event=event, step=_step_of(state), actor=acts.ACTORS[event], by=by, at=at))
            yield self.done[-1]
            state = acts.leads_to(event, state=state)
        if until is State.ACTIVE:
            yield from self._acts_of_the_system()

    def decide(self, event: Event, *, outcome: Outcome, reasons: tuple[str, ...], note: str) -> None:
        """Let the authority return or refuse what was submitted."""
        decide_application(
            actor=self.city.actor("authority1"),
            at=self.clock(event),
            submission_id=self.case.submission_id,
            outcome=outcome,
            reasons=reasons,
            note=note,
        )

    def begin_with_legacy_permit(self, *, valid_until: date) -> None:
        """Take a permit from before the integration into the register, as the authority does when it moves its data."""
        at = self.clock(Event.SUBMIT_SWITCH) - timedelta(days=1)
        record_legacy_permit(
            actor=self.city.actor("authority1"),
            at=at,
            passport=self.worker.passport(on=day_of(at)),
            number=random_number(prefix="LG", length=12),
            employer_id=self.city.agency_id(self.worker.employer),
            job=self.worker.job(valid_from=LEGACY_PERMIT_ISSUED_ON, valid_until=valid_until),
        )

    def _acts_of_the_system(self) -> Iterator[Act]:
        """Read them from the register: where a worker process runs, it may have been faster than we."""
        card = card_of(self.person_id)
        if card is None or card.qualification is None or card.activated_at is None:
            raise NotFound
        for state, at in ((State.BOUND, card.qualification.generated_at), (State.QUALIFIED, card.activated_at)):
            event = state.next_event
            if event is not None:
                act = Act(event=event, step=_step_of(state), actor=ActorKind.SYSTEM, by="system", at=at)
                self.done.append(act)
                yield act


def _step_of(state: State) -> str:
    """Return the step in which a case waits while in this state: what is done there belongs to it."""
    return next(step.code for step in STEPS if state in step.states)
