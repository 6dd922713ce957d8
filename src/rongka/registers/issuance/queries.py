"""Devices, credentials, and what a status list says at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from rongka.credential import Status
from rongka.registers.cards.models import Cancellation, Suspension
from rongka.registers.journal.errors import NotFound

from .models import Credential, Device, NoticeCode, Publication

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

TRUST_LIST = "trust"


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """A device as its holder sees it."""

    id: UUID
    person_id: UUID
    label: str
    registered_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Published:
    """A signed list as it is served."""

    name: str
    token: bytes
    published_at: datetime


def devices_of(person_id: UUID) -> list[DeviceCard]:
    """Return a holder's devices, the newest first."""
    rows = Device.objects.filter(person_id=person_id).order_by("-registered_at")
    return [
        DeviceCard(
            id=row.id,
            person_id=row.person_id,
            label=row.label,
            registered_at=row.registered_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]


def credential_token(device_id: UUID) -> bytes:
    """Return the newest credential that was issued for a device."""
    row = Credential.objects.filter(device_id=device_id).order_by("-issued_at").first()
    if row is None:
        raise NotFound
    return bytes(row.token)


def person_of_document(document_id: str | None) -> UUID | None:
    """Return whose card or notice this is; None for a document that was not issued here."""
    for issued in (Credential, NoticeCode):
        row = issued.objects.filter(document_id=document_id).values_list("person_id", flat=True).first()
        if row is not None:
            return row
    return None


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """What was so of one issued card: which entry of which list speaks of it, and what it should have said."""

    list_name: str
    index: int
    status: Status


def status_of_document(document_id: str, *, at: datetime) -> DocumentStatus | None:
    """Return the status of a card at a moment in the past; None for what is no card issued here."""
    row = Credential.objects.select_related("slot__status_list", "device").filter(document_id=document_id).first()
    if row is None:
        return None
    lasting = Q(lifted_at__isnull=True) | Q(lifted_at__gt=at)
    if (row.device.revoked_at is not None and row.device.revoked_at <= at) or Cancellation.objects.filter(
        activation=row.activation_id, cancelled_at__lte=at
    ).exists():
        status = Status.INVALID
    elif Suspension.objects.filter(lasting, activation=row.activation_id, suspended_at__lte=at).exists():
        status = Status.SUSPENDED
    else:
        status = Status.VALID
    return DocumentStatus(list_name=str(row.slot.status_list.number), index=row.slot.index, status=status)


def published(name: str) -> Published:
    """Return a signed list: `trust`, or the number of a status list."""
    row = Publication.objects.filter(name=name).first()
    if row is None:
        raise NotFound
    return Published(name=row.name, token=bytes(row.token), published_at=row.published_at)


def published_status_lists() -> list[Published]:
    """Return every signed status list."""
    rows = Publication.objects.exclude(name=TRUST_LIST).order_by("name")
    return [Published(name=row.name, token=bytes(row.token), published_at=row.published_at) for row in rows]


def statuses_by_list() -> dict[UUID, dict[int, Status]]:
    """Return, by status list, the index of every entry that is not valid now: cancelled or revoked, else suspended."""
    issued = Credential.objects.all()
    suspended = issued.filter(activation__in=Suspension.objects.filter(lifted_at__isnull=True).values("activation"))
    cancelled = issued.filter(activation__in=Cancellation.objects.values("activation"))
    revoked = issued.filter(device__revoked_at__isnull=False)
    statuses: dict[UUID, dict[int, Status]] = {}
    # Who is revoked stays so, suspended or not: the later status replaces the earlier one.
    for rows, status in ((suspended, Status.SUSPENDED), (cancelled, Status.INVALID), (revoked, Status.INVALID)):
        for list_id, index in rows.values_list("slot__status_list_id", "slot__index"):
            statuses.setdefault(list_id, {})[index] = status
    return statuses
