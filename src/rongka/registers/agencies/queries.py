"""Who an agency is, and what its staff may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.registers.journal.actors import Actor
from rongka.registers.journal.errors import NotFound
from rongka.text import Text

from .models import Agency, Staff
from .permissions import ACTOR_KINDS, Kind, Role, permissions_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """An agency as others see it."""

    id: UUID
    kind: Kind
    name: Text
    place: str
    credit_code: str | None


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A member of staff as colleagues see them."""

    id: UUID
    name: str
    role: Role
    agency: AgencyCard


def agency_card(agency_id: UUID) -> AgencyCard:
    """Return one agency."""
    return agency_cards([agency_id])[agency_id]


def agency_cards(agency_ids: Iterable[UUID]) -> dict[UUID, AgencyCard]:
    """Return several agencies in one query."""
    return {agency.id: _card(agency) for agency in Agency.objects.filter(id__in=set(agency_ids))}


def agencies_of_kind(kind: Kind) -> list[AgencyCard]:
    """Return the agencies of one kind, by name: the counters to go to, the authorities to ask."""
    return [_card(agency) for agency in Agency.objects.filter(kind=kind).order_by("name_zh")]


def staff_cards(staff_ids: Iterable[UUID]) -> dict[UUID, StaffCard]:
    """Return several members of staff in one query."""
    found = Staff.objects.select_related("agency").filter(id__in=set(staff_ids))
    return {
        staff.id: StaffCard(id=staff.id, name=staff.name, role=Role(staff.role), agency=_card(staff.agency))
        for staff in found
    }


def actor_of_staff(staff_id: UUID) -> Actor:
    """Return the actor that a signed-in member of staff is."""
    staff = Staff.objects.select_related("agency").filter(id=staff_id, is_active=True).first()
    if staff is None:
        raise NotFound
    kind = Kind(staff.agency.kind)
    return Actor(
        kind=ACTOR_KINDS[kind],
        staff_id=staff.id,
        agency_id=staff.agency_id,
        permissions=permissions_of(kind=kind, role=Role(staff.role)),
    )


def _card(agency: Agency) -> AgencyCard:
    return AgencyCard(
        id=agency.id,
        kind=Kind(agency.kind),
        name=Text(zh=agency.name_zh, en=agency.name_en),
        place=agency.place,
        credit_code=agency.credit_code,
    )
