"""Reading the journal: what happened to a person or to a thing, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .events import titles
from .models import Record

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from rongka.text import Text


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline."""

    at: datetime
    code: str
    title: Text
    actor_kind: str
    staff_id: UUID | None
    agency_id: UUID | None
    subject_id: UUID
    data: dict[str, object]


def happenings_of_person(person_id: UUID) -> list[Happening]:
    """Return everything recorded about one person."""
    return _happenings(Record.objects.filter(person_id=person_id))


def _happenings(records: QuerySet[Record]) -> list[Happening]:
    known = titles()
    return [
        Happening(
            at=record.at,
            code=record.event,
            title=known[record.event],
            actor_kind=record.actor_kind,
            staff_id=record.staff_id,
            agency_id=record.agency_id,
            subject_id=record.subject_id,
            data=record.data,
        )
        for record in records.order_by("at", "id")
    ]
