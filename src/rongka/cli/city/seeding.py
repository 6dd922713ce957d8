"""Brings the cast to where its stories stand today. Who is there already is left alone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from rongka.registers.cards.commands import cancel_permit, suspend_card
from rongka.registers.issuance.commands import publish_status_lists
from rongka.registers.journal.days import CITY_TIME, day_of
from rongka.registers.people.queries import person_of_passport_number
from rongka.registers.permits.outcomes import Outcome
from rongka.rulebook.order import Event, State

from . import checks, proofs
from .agencies import found_city
from .cast import CAST
from .walk import Walk

if TYPE_CHECKING:
    from rongka.registers.issuance.commands import Issuing

    from .agencies import City
    from .cast import Role
    from .walk import Clock

OPENING = time(9, 30)
# How long after the beginning of a story each act happens; the days of the desks, not of any law.
AFTER = {
    Event.SUBMIT_APPLICATION: timedelta(),
    Event.RETURN_APPLICATION: timedelta(days=3),
    Event.REFUSE_APPLICATION: timedelta(days=5),
    Event.ISSUE_NOTICE: timedelta(days=5),
    Event.ISSUE_VISA: timedelta(days=12),
    Event.RECORD_ENTRY: timedelta(days=20),
    Event.SUBMIT_SWITCH: timedelta(),
    Event.APPROVE_SWITCH: timedelta(days=4),
    Event.SUBMIT_PROOF: timedelta(days=22),
    Event.EXAMINE_IDENTITY: timedelta(days=22),
    Event.COUNTERSIGN_IDENTITY: timedelta(days=22, minutes=4),
    Event.CLAIM_CARD: timedelta(days=22, hours=1),
    Event.BIND_PERMIT_NUMBER: timedelta(days=22, hours=1, minutes=2),
    Event.GENERATE_QUALIFICATION: timedelta(days=22, hours=1, minutes=3),
    Event.SUSPEND_CARD: timedelta(days=100),
    Event.CANCEL_PERMIT: timedelta(days=180),
}
# A story goes this far by itself; the rest is one decision of the authority, or one act of the worker's own.
BEFORE_THE_END = {
    State.PROOF_SUBMITTED: State.ADMITTED,
    State.RETURNED: State.APPLIED,
    State.REFUSED: State.APPLIED,
    State.SUSPENDED: State.ACTIVE,
    State.CANCELLED: State.ACTIVE,
}
LEGACY_DAYS_LEFT = {State.LEGACY: 400, State.SWITCH_APPLIED: 60}


def seed(*, now: datetime, issuing: Issuing) -> int:
    """Found the city, enact the stories that are missing, publish the lists; return how many workers were new."""
    city = found_city(at=now)
    missing = [role for role in CAST if person_of_passport_number(role.worker.number) is None]
    for role in missing:
        with transaction.atomic():
            _enact(role, city=city, now=now, issuing=issuing)
    publish_status_lists(at=now, issuing=issuing)
    return len(missing)


def _enact(role: Role, *, city: City, now: datetime, issuing: Issuing) -> None:
    walk = Walk(city=city, worker=role.worker, clock=_clock(role, now=now))
    if role.is_legacy:
        walk.begin_with_legacy_permit(valid_until=day_of(now) + timedelta(days=LEGACY_DAYS_LEFT[role.state]))
    walk.go(until=BEFORE_THE_END.get(role.state, role.state))
    if role.state in BEFORE_THE_END:
        _end(walk, role.state)
    if role.is_chip_read:
        proofs.read_chip_at_the_counter(walk, at=now)
    if role.is_checked:
        checks.make(walk, at=now, issuing=issuing)


def _end(walk: Walk, state: State) -> None:
    authority = walk.city.actor("authority1")
    if state is State.PROOF_SUBMITTED:
        proofs.prove_online(walk, at=walk.clock(Event.SUBMIT_PROOF))
    elif state is State.RETURNED:
        walk.decide(
            Event.RETURN_APPLICATION,
            outcome=Outcome.RETURNED,
            reasons=("passport-copy-unreadable",),
            note="演示：请重新上传护照资料页。",
        )
    elif state is State.REFUSED:
        walk.decide(
            Event.REFUSE_APPLICATION,
            outcome=Outcome.REFUSED,
            reasons=("category-not-met",),
            note="演示：所申请岗位不属于可聘用外国人的岗位。",
        )
    elif state is State.SUSPENDED:
        at = walk.clock(Event.SUSPEND_CARD)
        suspend_card(actor=authority, at=at, person_id=walk.person_id, reason="演示：工作地点变更未办理手续，待核实")
    elif state is State.CANCELLED:
        at = walk.clock(Event.CANCEL_PERMIT)
        cancel_permit(actor=authority, at=at, person_id=walk.person_id, reason="演示：聘用合同已解除")


def _clock(role: Role, *, now: datetime) -> Clock:
    begun_on = day_of(now) - timedelta(days=role.began_days_ago)
    begun_at = datetime.combine(begun_on, OPENING, tzinfo=CITY_TIME)
    return lambda event: begun_at + AFTER[event]
