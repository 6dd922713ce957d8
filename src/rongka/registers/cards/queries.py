"""Where each person stands in the whole order, and the card as pages and credentials need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.registers.identity.queries import VerificationCard, verifications_of, verifications_under_way
from rongka.registers.permits.models import LegacyPermit
from rongka.registers.permits.queries import Case, cases_of_persons, permit_numbers_of
from rongka.rulebook.order import State

from .models import Activation, Binding, Card, Qualification, Suspension

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class QualificationCard:
    """The permission to work, as generated."""

    id: UUID
    employer_id: UUID
    category: str
    post: str
    work_place: str
    valid_from: date
    valid_until: date
    generated_at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Why and since when a card is suspended or cancelled."""

    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CardView:
    """A card with what has followed its claim so far."""

    id: UUID
    person_id: UUID
    number: str
    claimed_at: datetime
    bound_at: datetime | None
    qualification: QualificationCard | None
    activation_id: UUID | None
    activated_at: datetime | None
    suspension: Hold | None
    cancellation: Hold | None

    @property
    def state(self) -> State:
        """Return where the card stands, read off the rows that exist."""
        reached = [
            (self.cancellation, State.CANCELLED),
            (self.suspension, State.SUSPENDED),
            (self.activated_at, State.ACTIVE),
            (self.qualification, State.QUALIFIED),
            (self.bound_at, State.BOUND),
        ]
        return next((state for row, state in reached if row is not None), State.CARD_CLAIMED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands in the whole order."""

    person_id: UUID
    state: State
    since: datetime | None
    case: Case | None
    verification: VerificationCard | None
    card: CardView | None
    permit_number: str | None


def standing_of(person_id: UUID) -> Standing:
    """Return where one person stands."""
    return standings_of([person_id])[person_id]


def standings_of(person_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """Return where each person stands, in a fixed number of queries."""
    wanted = set(person_ids)
    cases, verifications, cards = cases_of_persons(wanted), verifications_of(wanted), cards_of(wanted)
    numbers = permit_numbers_of(wanted)
    under_way = verifications_under_way(wanted)
    legacy = dict(LegacyPermit.objects.filter(person_id__in=wanted).values_list("person_id", "recorded_at"))
    standings = {}
    for person_id in wanted:
        case, verification, card = cases.get(person_id), verifications.get(person_id), cards.get(person_id)
        state, since = _reached(case, verification, card, under_way.get(person_id), legacy.get(person_id))
        standings[person_id] = Standing(
            person_id=person_id,
            state=state,
            since=since,
            case=case,
            verification=verification,
            card=card,
            permit_number=numbers.get(person_id),
        )
    return standings


def state_of(person_id: UUID) -> State:
    """Return the state of one person: what the rule book is asked with."""
    return standing_of(person_id).state


def card_of(person_id: UUID) -> CardView | None:
    """Return a person's card, if claimed."""
    return cards_of([person_id]).get(person_id)


def cards_of(person_ids: Iterable[UUID]) -> dict[UUID, CardView]:
    """Return several persons' cards in two queries."""
    wanted = set(person_ids)
    rows = Card.objects.filter(person_id__in=wanted).select_related("binding__qualification__activation__cancellation")
    open_suspensions = Suspension.objects.filter(person_id__in=wanted, lifted_at__isnull=True)
    holds = {row.person_id: Hold(reason=row.reason, since=row.suspended_at) for row in open_suspensions}
    return {row.person_id: _card(row, holds.get(row.person_id)) for row in rows}


def persons_left_bound(*, before: datetime) -> list[UUID]:
    """Return those who bound before an instant and whose card the system has not activated yet, the longest first."""
    left = Binding.objects.filter(bound_at__lt=before, qualification__activation__isnull=True)
    return list(left.order_by("bound_at").values_list("person_id", flat=True))


def cards_active(*, most: int) -> list[CardView]:
    """Return the newest activated cards, for the desk that governs them."""
    rows = Activation.objects.order_by("-activated_at").values_list("person_id", flat=True)[:most]
    found = cards_of(rows)
    return [found[person_id] for person_id in rows]


def _reached(
    case: Case | None,
    verification: VerificationCard | None,
    card: CardView | None,
    under_way: tuple[State, datetime] | None,
    legacy_since: datetime | None,
) -> tuple[State, datetime | None]:
    if card is not None:
        since = card.activated_at or (card.qualification and card.qualification.generated_at) or card.bound_at
        hold = card.cancellation or card.suspension
        return card.state, hold.since if hold else since or card.claimed_at
    if verification is not None:
        return State.VERIFIED, verification.verified_at
    if under_way is not None:
        return under_way
    if case is not None:
        reached = (case.admitted_at, case.visa and case.visa.recorded_at, case.ruling and case.ruling.decided_at)
        return case.state, next((at for at in reached if at), case.submitted_at)
    return (State.LEGACY, legacy_since) if legacy_since else (State.NOTHING, None)


def _card(row: Card, suspension: Hold | None) -> CardView:
    binding = getattr(row, "binding", None)
    qualification = getattr(binding, "qualification", None)
    activation = getattr(qualification, "activation", None)
    cancellation = getattr(activation, "cancellation", None)
    return CardView(
        id=row.id,
        person_id=row.person_id,
        number=row.number,
        claimed_at=row.claimed_at,
        bound_at=binding.bound_at if binding else None,
        qualification=_qualification(qualification) if qualification else None,
        activation_id=activation.id if activation else None,
        activated_at=activation.activated_at if activation else None,
        suspension=suspension,
        cancellation=Hold(reason=cancellation.reason, since=cancellation.cancelled_at) if cancellation else None,
    )


def _qualification(row: Qualification) -> QualificationCard:
    return QualificationCard(
        id=row.id,
        employer_id=row.employer_id,
        category=row.category,
        post=row.post,
        work_place=row.work_place,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        generated_at=row.generated_at,
    )
