"""The lists to judge with, and the checks that were made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rongka.credential import CredentialError, StatusList, verify_status_list, verify_trust_list
from rongka.registers.issuance.queries import TRUST_LIST, published, published_status_lists, status_of_document
from rongka.registers.journal.errors import NotFound

from .models import Check
from .sightings import PresentedCode, Sighting

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
    judged_verdict: str = ""
    judged_reason: str = ""


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


def lists_as_of(lists: Lists, *, at: datetime, document_id: str | None) -> Lists:
    """Return the lists as they would have read at an earlier moment, for one document.

    Lists are not archived. The registers know since when each card is out of use, so that the one entry that is asked
    for is set to what it was; and no list is from the future of that moment.
    """
    if lists.trust is None:
        return lists
    trust = replace(lists.trust, issued_at=min(lists.trust.issued_at, at))
    status = {uri: replace(one, issued_at=min(one.issued_at, at)) for uri, one in lists.status.items()}
    known = status_of_document(document_id, at=at) if document_id else None
    for uri, one in status.items():
        if known is not None and uri.endswith(f"/{known.list_name}") and known.index < one.size:
            entries = StatusList(size=one.size, bits=one.bits, entries=one.entries)
            entries.set(known.index, known.status)
            status[uri] = replace(one, entries=entries.entries)
    return Lists(trust=trust, status=status)


def seen_elsewhere(code: PresentedCode, *, inspector_id: UUID, place: str) -> Sighting | None:
    """Return the first check of the same live code by another inspector or at another place."""
    if not code.is_live:
        return None
    others = Check.objects.filter(code_digest=code.digest, inspectorate__isnull=False)
    row = others.exclude(inspector_id=inspector_id, place=place).order_by("checked_at", "id").first()
    if row is None or row.inspectorate_id is None:
        return None
    return Sighting(at=row.checked_at, inspectorate_id=row.inspectorate_id, place=row.place)


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
        judged_verdict=row.judged_verdict,
        judged_reason=row.judged_reason,
        filing=FilingCard(result=filing.result, note=filing.note, filed_at=filing.filed_at) if filing else None,
    )
