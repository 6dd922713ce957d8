"""What every way of checking does: ask whether the inspector may, and write the check down for the holder to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.credential import CardClaims, Expected, Verdict, VerdictKind
from rongka.registers.agencies.permissions import Permission
from rongka.registers.journal.actors import SYSTEM
from rongka.registers.journal.commands import record

from .errors import PurposeUnknown
from .events import CardChecked
from .models import Check
from .purposes import ON_SITE, PUBLIC, PURPOSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor

    from .methods import Method

CARD_FIELDS = ("name", "permit number", "category", "employer", "post", "work place", "valid until")
NOTICE_FIELDS = ("name", "notice number", "category", "employer", "post", "valid until")
SHOWING = frozenset({VerdictKind.VALID, VerdictKind.CHECK})  # red and grey show nothing of a person


def must_be_allowed(actor: Actor, *, purpose: str) -> None:
    """Raise unless this is an inspector who says why."""
    actor.must_have(Permission.INSPECT)
    if purpose not in PURPOSES or purpose == PUBLIC:
        raise PurposeUnknown


def surroundings(*, purpose: str, place: str, employer: str) -> Expected:
    """Return what a card is compared with. The place counts where people work; elsewhere it is only written down."""
    is_work_place = purpose == ON_SITE
    return Expected(
        employer_credit_code=employer.strip().upper() or None, work_place=(is_work_place and place.strip()) or None
    )


def fields_shown(verdict: Verdict) -> Sequence[str]:
    """Return which fields a verdict shows to an inspector."""
    if verdict.claims is None:
        return ()
    return CARD_FIELDS if isinstance(verdict.claims, CardClaims) else NOTICE_FIELDS


def keep(
    *,
    actor: Actor | None,
    at: datetime,
    verdict: Verdict,
    person_id: UUID | None,
    method: Method,
    purpose: str,
    place: str = "",
    seen: Sequence[str] = (),
    code_digest: str = "",
) -> UUID:
    """Write a check down that is made at this moment; without an actor it is the public's. Return its id."""
    check = Check.objects.create(
        person_id=person_id,
        inspectorate_id=actor.agency_id if actor else None,
        inspector_id=actor.staff_id if actor else None,
        method=method,
        purpose=purpose,
        place=place,
        verdict=verdict.kind,
        reason=verdict.reason.code,
        fields_seen=list(seen) if verdict.kind in SHOWING else [],
        checked_at=at,
        code_digest=code_digest,
    )
    event = CardChecked(subject_id=check.id, person_id=person_id, verdict=verdict.kind, reason=verdict.reason.code)
    record(event, actor=actor or SYSTEM, at=at)
    return check.id
