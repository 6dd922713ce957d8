"""The holder claims the card and binds the permit number; the system makes qualification and activation.

The authority may suspend, reinstate and cancel. None of it knows of credentials: `issuance` reads the state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from rongka.registers.agencies.permissions import Permission
from rongka.registers.identity.models import Verification
from rongka.registers.journal.commands import enqueue, record, require
from rongka.registers.journal.days import day_of
from rongka.registers.people.models import Person
from rongka.registers.people.queries import person_card
from rongka.registers.permits.models import PermitNumber
from rongka.registers.permits.queries import case_of_person
from rongka.rulebook.order import Event, Facts, decide

from .errors import CardNotFound, PermitNumberDiffers, ReasonMissing
from .events import (
    CardActivated,
    CardClaimed,
    CardReinstated,
    CardSuspended,
    PermitCancelled,
    PermitNumberBound,
    QualificationGenerated,
)
from .models import Activation, Binding, Cancellation, Card, Qualification, Suspension
from .queries import state_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor


@transaction.atomic
def claim_card(*, actor: Actor, at: datetime) -> UUID:
    """Claim the holder's own card; return its id. There is no time limit, and no physical card is needed."""
    person_id = access_own_person(actor=actor)
    case = case_of_person(person_id)
    entered_on = case.entered_on if case else None
    facts = Facts(days_since_entry=(day_of(at) - entered_on).days if entered_on else None)
    _ask(Event.CLAIM_CARD, person_id=person_id, actor=actor, at=at, facts=facts)
    person = person_card(person_id)
    card = Card.objects.create(
        verification=Verification.objects.get(person_id=person_id),
        person_id=person_id,
        # FACTS §4, unverified: country, one reserved digit, document number; at most 18 characters.
        number=f"{person.issuing_state}0{person.passport_number}",
        claimed_at=at,
    )
    record(CardClaimed(subject_id=card.id, person_id=person_id), actor=actor, at=at)
    return card.id


@transaction.atomic
def bind_permit_number(*, actor: Actor, at: datetime, permit_number: str) -> UUID:
    """Bind the holder's own work permit number to the card; the system does the rest by itself."""
    person_id = access_own_person(actor=actor)
    _ask(Event.BIND_PERMIT_NUMBER, person_id=person_id, actor=actor, at=at)
    own = PermitNumber.objects.filter(person_id=person_id, number=permit_number.strip().upper()).first()
    if own is None:
        raise PermitNumberDiffers
    card = Card.objects.get(person_id=person_id)
    binding = Binding.objects.create(card=card, person_id=person_id, permit_number=own, bound_at=at)
    record(PermitNumberBound(subject_id=binding.id, person_id=person_id), actor=actor, at=at)
    enqueue("complete_card", person_id=str(person_id))
    return binding.id


@transaction.atomic
def generate_qualification(*, actor: Actor, at: datetime, person_id: UUID) -> UUID:
    """Make the qualification of what the authority approved; return its id."""
    _lock_person(person_id)
    _ask(Event.GENERATE_QUALIFICATION, person_id=person_id, actor=actor, at=at)
    approved = case_of_person(person_id)
    if approved is None:
        raise CardNotFound
    qualification = Qualification.objects.create(
        binding=Binding.objects.get(person_id=person_id),
        person_id=person_id,
        employer_id=approved.employer_id,
        category=approved.category,
        post=approved.post,
        work_place=approved.work_place,
        valid_from=approved.valid_from,
        valid_until=approved.valid_until,
        generated_at=at,
    )
    record(QualificationGenerated(subject_id=qualification.id, person_id=person_id), actor=actor, at=at)
    return qualification.id


@transaction.atomic
def activate_card(*, actor: Actor, at: datetime, person_id: UUID) -> UUID:
    """Activate the card; return the activation's id."""
    _lock_person(person_id)
    _ask(Event.ACTIVATE_CARD, person_id=person_id, actor=actor, at=at)
    qualification = Qualification.objects.get(person_id=person_id)
    activation = Activation.objects.create(qualification=qualification, person_id=person_id, activated_at=at)
    record(CardActivated(subject_id=activation.id, person_id=person_id), actor=actor, at=at)
    return activation.id


@transaction.atomic
def suspend_card(*, actor: Actor, at: datetime, person_id: UUID, reason: str) -> UUID:
    """Take a card out of use until it is reinstated; return the suspension's id."""
    activation = access_activation(actor=actor, person_id=person_id)
    _ask(Event.SUSPEND_CARD, person_id=person_id, actor=actor, at=at)
    suspension = Suspension.objects.create(
        activation=activation,
        person_id=person_id,
        reason=_stated(reason),
        officer_id=actor.officer,
        suspended_at=at,
    )
    record(CardSuspended(subject_id=suspension.id, person_id=person_id, reason=reason), actor=actor, at=at)
    enqueue("publish_status_lists")
    return suspension.id


@transaction.atomic
def reinstate_card(*, actor: Actor, at: datetime, person_id: UUID) -> UUID:
    """Lift the suspension; return its id."""
    activation = access_activation(actor=actor, person_id=person_id)
    _ask(Event.REINSTATE_CARD, person_id=person_id, actor=actor, at=at)
    suspension = Suspension.objects.get(activation=activation, lifted_at__isnull=True)
    suspension.lifted_by, suspension.lifted_at = actor.staff_id, at
    suspension.save(update_fields=["lifted_by", "lifted_at"])
    record(CardReinstated(subject_id=suspension.id, person_id=person_id), actor=actor, at=at)
    enqueue("publish_status_lists")
    return suspension.id


@transaction.atomic
def cancel_permit(*, actor: Actor, at: datetime, person_id: UUID, reason: str) -> UUID:
    """Cancel the permit on the card, for good; return the cancellation's id."""
    activation = access_activation(actor=actor, person_id=person_id)
    _ask(Event.CANCEL_PERMIT, person_id=person_id, actor=actor, at=at)
    cancellation = Cancellation.objects.create(
        activation=activation,
        person_id=person_id,
        reason=_stated(reason),
        officer_id=actor.officer,
        cancelled_at=at,
    )
    record(PermitCancelled(subject_id=cancellation.id, person_id=person_id, reason=reason), actor=actor, at=at)
    enqueue("publish_status_lists")
    return cancellation.id


def access_own_person(*, actor: Actor) -> UUID:
    """Return the acting holder's person, locked: two tabs do not act at once."""
    return _lock_person(actor.person)


def access_activation(*, actor: Actor, person_id: UUID) -> Activation:
    """Return a person's activation for the authority, locked."""
    actor.must_have(Permission.GOVERN_CARDS)
    # The person too, as `issuance.access_own_active_card` does: no device is registered on a card being suspended.
    Person.objects.select_for_update().filter(id=person_id).first()
    activation = Activation.objects.select_for_update().filter(person_id=person_id).first()
    if activation is None:
        raise CardNotFound
    return activation


def _lock_person(person_id: UUID) -> UUID:
    return Person.objects.select_for_update().get(id=person_id).id


def _ask(event: Event, *, person_id: UUID, actor: Actor, at: datetime, facts: Facts | None = None) -> None:
    decision = decide(event=event, state=state_of(person_id), actor=actor.kind, on=day_of(at), facts=facts or Facts())
    require(decision)


def _stated(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
