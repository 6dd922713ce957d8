"""Registering agencies and their staff. The operator of the city does this, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from rongka.registers.journal.commands import record
from rongka.rulebook.identifiers.credit_code import parse_credit_code
from rongka.rulebook.identifiers.errors import IdentifierError

from .errors import CreditCodeInvalid
from .events import AgencyRegistered, StaffAdded
from .models import Agency, Staff
from .permissions import Kind, Role

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor
    from rongka.text import Text


@transaction.atomic
def register_agency(
    *, actor: Actor, at: datetime, kind: Kind, name: Text, place: str, credit_code: str | None = None
) -> UUID:
    """Register an agency; an employer brings its unified social credit code."""
    if credit_code is not None:
        try:
            credit_code = str(parse_credit_code(credit_code))
        except IdentifierError as cause:
            raise CreditCodeInvalid(cause) from cause
    agency = Agency.objects.create(kind=kind, name_zh=name.zh, name_en=name.en, place=place, credit_code=credit_code)
    record(AgencyRegistered(subject_id=agency.id, person_id=None, kind=kind), actor=actor, at=at)
    return agency.id


@transaction.atomic
def add_staff(
    *, actor: Actor, at: datetime, agency_id: UUID, username: str, name: str, role: Role, password: str
) -> UUID:
    """Add a member of staff, who signs in with the password."""
    staff = Staff(username=username, name=name, agency_id=agency_id, role=role)
    staff.set_password(password)
    staff.save()
    record(StaffAdded(subject_id=staff.id, person_id=None, role=role), actor=actor, at=at)
    return staff.id
