"""The lists to judge with, and the checks that were made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rongka.credential import CredentialError, verify_status_list, verify_trust_list
from rongka.registers.issuance.queries import TRUST_LIST, published, published_status_lists
from rongka.registers.journal.errors import NotFound

from .models import Check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from rongka.credential import PublicKey, VerifiedStatusList, VerifiedTrustList


@dataclass(frozen=True, slots=True)
class Lists:
    """The verified lists at hand; what is missing or forged is not among them, and gives "cannot tell"."""

    trust: VerifiedTrustList | None = None
    status: Mapping[str, VerifiedStatusList] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilingCard:
    """What an inspector filed."""

    result: str
    note: str
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class CheckCard:
    """One check, as the holder and the inspector see it."""

    id: UUID
    person_id: UUID | None
    inspectorate_id: UUID | None
    inspector_id: UUID | None
    method: str
    purpose: str
    place: str
    verdict: str
    reason: str
    fields_seen: tuple[str, ...]
    checked_at: datetime
    filing: FilingCard | None


def lists_at_hand(*, anchor: PublicKey | None, now: datetime) -> Lists:
    """Return the published lists that verify under the pinned anchor."""
    if anchor is None:
        return Lists()
    try:
        trust = verify_trust_list(token=published(TRUST_LIST).token, anchor=anchor)
    except (CredentialError, NotFound):
        return Lists()
    status: dict[str, VerifiedStatusList] = {}
    for row in published_status_lists():
        try:
            verified = verify_status_list(token=row.token, trust=trust, now=now)
        except CredentialError:
            continue
        status[verified.uri] = verified
    return Lists(trust=trust, status=status)


def checks_of_person(person_id: UUID) -> list[CheckCard]:
    """Return every check made on a person, the newest first."""
    return _cards(Check.objects.filter(person_id=person_id))


def checks_of_inspectorate(inspectorate_id: UUID, *, most: int) -> list[CheckCard]:
    """Return the newest checks of an inspectorate."""
    return _cards(Check.objects.filter(inspectorate_id=inspectorate_id))[:most]


def check_of_inspectorate(*, check_id: UUID, inspectorate_id: UUID) -> CheckCard:
    """Return one check of an inspectorate; raise `NotFound`."""
    found = _cards(Check.objects.filter(id=check_id, inspectorate_id=inspectorate_id))
    if not found:
        raise NotFound
    return found[0]


def _cards(rows: QuerySet[Check]) -> list[CheckCard]:
    return [_card(row) for row in rows.select_related("filing").order_by("-checked_at", "-id")]


def _card(row: Check) -> CheckCard:
    filing = getattr(row, "filing", None)
    return CheckCard(
        id=row.id,
        person_id=row.person_id,
        inspectorate_id=row.inspectorate_id,
        inspector_id=row.inspector_id,
        method=row.method,
        purpose=row.purpose,
        place=row.place,
        verdict=row.verdict,
        reason=row.reason,
        fields_seen=tuple(row.fields_seen),
        checked_at=row.checked_at,
        filing=FilingCard(result=filing.result, note=filing.note, filed_at=filing.filed_at) if filing else None,
    )
