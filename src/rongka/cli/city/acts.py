"""What each event of the order takes: who does it, and with which command and papers. The system's own are a job."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rongka.registers.cards.commands import bind_permit_number, claim_card
from rongka.registers.identity.commands import countersign_identity, examine_identity
from rongka.registers.identity.queries import open_examinations
from rongka.registers.journal.actors import holder
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.journal.numbers import random_number
from rongka.registers.people.queries import person_card
from rongka.registers.permits.commands import (
    decide_application,
    issue_visa,
    record_entry,
    submit_application,
    submit_switch,
)
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import legacy_permit_of, permit_number_of
from rongka.rulebook.order import Event, Occasion, Paper, State, the_order

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.permits.commands import Job

    from .walk import Walk

    Act = Callable[[Walk, datetime], str]

BORDER_PAPERS = frozenset({Paper.PASSPORT, Paper.VISA, Paper.ORIGINAL_NOTICE})
VISA_LIFE = timedelta(days=90)
TERM = timedelta(days=365)
ACTORS = {row.event: row.actor for row in the_order().rows}


def perform(event: Event, *, walk: Walk, at: datetime) -> str:
    """Do it, and say who did: a user name, or `holder`."""
    return _ACTS[event](walk, at)


def leads_to(event: Event, *, state: State) -> State:
    """Return where the event leads: asking the register after each act would cost a third of a journey's time."""
    return next(row.to for row in the_order().rows if row.event is event and row.state is state)


def _apply(walk: Walk, at: datetime) -> str:
    actor = walk.city.actor(walk.worker.employer)
    submit_application(actor=actor, at=at, passport=walk.worker.passport(on=day_of(at)), job=_job(walk, at))
    return walk.worker.employer


def _apply_for_switch(walk: Walk, at: datetime) -> str:
    legacy = legacy_permit_of(walk.person_id)
    if legacy is None:
        raise NotFound
    actor = walk.city.actor(walk.worker.employer)
    submit_switch(actor=actor, at=at, legacy_permit_id=legacy.id, occasion=Occasion.EXTENSION, job=_job(walk, at))
    return walk.worker.employer


def _approve(walk: Walk, at: datetime) -> str:
    actor = walk.city.actor("authority1")
    decide_application(actor=actor, at=at, submission_id=walk.case.submission_id, outcome=Outcome.APPROVED)
    return "authority1"


def _issue_visa(walk: Walk, at: datetime) -> str:
    issue_visa(
        actor=walk.city.actor("consulate1"),
        at=at,
        notice_number=_notice_number(walk),
        visa_number=random_number(prefix="XD", length=8),
        expires_on=day_of(at) + VISA_LIFE,
    )
    return "consulate1"


def _enter(walk: Walk, at: datetime) -> str:
    record_entry(
        actor=walk.city.actor("border1"),
        at=at,
        passport_number=walk.worker.number,
        notice_number=_notice_number(walk),
        papers=BORDER_PAPERS,
    )
    return "border1"


def _examine(walk: Walk, at: datetime) -> str:
    mrz = person_card(walk.person_id).mrz
    examine_identity(actor=walk.city.actor("counter1"), at=at, admission_id=_admission_id(walk), mrz=mrz)
    return "counter1"


def _countersign(walk: Walk, at: datetime) -> str:
    admission_id = _admission_id(walk)
    examination = open_examinations([admission_id])[admission_id]
    countersign_identity(actor=walk.city.actor("counter2"), at=at, examination_id=examination.id)
    return "counter2"


def _claim(walk: Walk, at: datetime) -> str:
    claim_card(actor=holder(walk.person_id), at=at)
    return "holder"


def _bind(walk: Walk, at: datetime) -> str:
    number = permit_number_of(walk.person_id)
    if number is None:
        raise NotFound
    bind_permit_number(actor=holder(walk.person_id), at=at, permit_number=number)
    return "holder"


_ACTS: dict[Event, Act] = {
    Event.SUBMIT_APPLICATION: _apply,
    Event.ISSUE_NOTICE: _approve,
    Event.ISSUE_VISA: _issue_visa,
    Event.RECORD_ENTRY: _enter,
    Event.SUBMIT_SWITCH: _apply_for_switch,
    Event.APPROVE_SWITCH: _approve,
    Event.EXAMINE_IDENTITY: _examine,
    Event.COUNTERSIGN_IDENTITY: _countersign,
    Event.CLAIM_CARD: _claim,
    Event.BIND_PERMIT_NUMBER: _bind,
}


def _job(walk: Walk, at: datetime) -> Job:
    on = day_of(at)
    return walk.worker.job(valid_from=on, valid_until=on + TERM)


def _notice_number(walk: Walk) -> str:
    notice = walk.case.notice
    if notice is None:
        raise NotFound
    return notice.number


def _admission_id(walk: Walk) -> UUID:
    if walk.case.admission_id is None:
        raise NotFound
    return walk.case.admission_id
