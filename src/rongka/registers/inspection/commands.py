"""Checking a code or a number, and filing an inspection.

Every check by an inspector is written down, for the holder to see those of their card; of the public's, the ones that
concern a person, up to `PUBLIC_CHECKS_AN_HOUR`: nobody may fill the journal, which forgets nothing, with junk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from rongka.credential import Expected, Verdict, judge
from rongka.registers.agencies.permissions import Permission
from rongka.registers.cards.queries import Standing, standing_of
from rongka.registers.issuance.queries import person_of_document
from rongka.registers.journal.actors import Actor
from rongka.registers.journal.commands import record
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.queries import person_card
from rongka.registers.permits.errors import NoticeNotFound
from rongka.registers.permits.queries import LegacyCard, legacy_permit_of, notice_by_number, person_of_permit_number
from rongka.rulebook.order import State

from . import answers
from .errors import AlreadyFiled
from .events import InspectionFiled
from .keeping import fields_shown, keep, must_be_allowed
from .methods import Method
from .models import Check, Filing
from .purposes import PUBLIC
from .queries import seen_elsewhere
from .sightings import presented_code

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from rongka.registers.people.queries import PersonCard

    from .queries import Lists
    from .sightings import Sighting

PUBLIC_CHECKS_AN_HOUR = 20  # of one person: that many tell the holder as much as thousands, and no row is ever deleted


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict, the check that was written down, and where else the same live code was seen."""

    check_id: UUID
    verdict: Verdict
    elsewhere: Sighting | None = None


@transaction.atomic
def check_code(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    lists: Lists,
    method: Method,
    purpose: str,
    place: str = "",
    expected: Expected | None = None,
) -> Checked:
    """Judge a code for an inspector, who sees whose it is."""
    must_be_allowed(actor, purpose=purpose)
    verdict = judge(code=code, trust=lists.trust, status_lists=lists.status, now=at, expected=expected)
    presented = presented_code(code)
    check_id = keep(
        actor=actor,
        at=at,
        verdict=verdict,
        person_id=person_of_document(verdict.document_id),
        method=method,
        purpose=purpose,
        place=place,
        seen=fields_shown(verdict),
        code_digest=presented.digest,
    )
    elsewhere = seen_elsewhere(presented, inspector_id=actor.officer, place=place)
    return Checked(check_id=check_id, verdict=verdict, elsewhere=elsewhere)


@transaction.atomic
def check_code_for_public(*, at: datetime, code: str, lists: Lists, method: Method) -> Verdict:
    """Judge a code for whoever asks: they learn the validity, and nothing of the person."""
    verdict = judge(code=code, trust=lists.trust, status_lists=lists.status, now=at)
    return _answer_public(
        replace(verdict, claims=None), at=at, person_id=person_of_document(verdict.document_id), method=method
    )


@transaction.atomic
def check_number(*, actor: Actor, at: datetime, number: str, purpose: str, place: str = "") -> Checked:
    """Look a permit number up. It proves no card and no device, so the best answer is "check"."""
    must_be_allowed(actor, purpose=purpose)
    person_id = person_of_permit_number(number)
    verdict = number_answer(person_id, on=day_of(at))
    check_id = keep(
        actor=actor,
        at=at,
        verdict=verdict,
        person_id=person_id,
        method=Method.NUMBER,
        purpose=purpose,
        place=place,
    )
    return Checked(check_id=check_id, verdict=verdict)


@transaction.atomic
def check_notice(*, at: datetime, number: str, initials: str) -> Verdict:
    """Tell the public whether a notice is valid, to whoever knows its number and the first letters on it."""
    person_id, verdict = None, answers.NOTICE_UNKNOWN
    try:
        notice = notice_by_number(number)
    except NoticeNotFound:
        notice = None
    if notice is not None and _initials_fit(person_card(notice.person_id), initials):
        person_id = notice.person_id
        verdict = answers.NOTICE_EXPIRED if notice.expires_on < day_of(at) else answers.NOTICE_ISSUED
    return _answer_public(verdict, at=at, person_id=person_id, method=Method.NUMBER)


@transaction.atomic
def file_inspection(*, actor: Actor, at: datetime, check_id: UUID, result: str, note: str = "") -> UUID:
    """File an inspection on a check of one's own inspectorate; return the filing's id."""
    check = access_check(actor=actor, check_id=check_id)
    if Filing.objects.filter(check_made=check).exists():
        raise AlreadyFiled
    filing = Filing.objects.create(
        check_made=check,
        inspectorate_id=actor.agency,
        inspector_id=actor.officer,
        result=result,
        note=note,
        filed_at=at,
    )
    record(InspectionFiled(subject_id=filing.id, person_id=check.person_id, result=result), actor=actor, at=at)
    return filing.id


def access_check(*, actor: Actor, check_id: UUID) -> Check:
    """Return a check of the inspector's own inspectorate, locked."""
    actor.must_have(Permission.INSPECT)
    check = Check.objects.select_for_update().filter(id=check_id, inspectorate_id=actor.agency).first()
    if check is None:
        raise NotFound
    return check


def _initials_fit(person: PersonCard, typed: str) -> bool:
    """Compare the first letters of surname and given names, as in the machine-readable zone, in either order."""
    stored = person.mrz_surname[:1] + person.mrz_given_names[:1]
    letters = "".join(character for character in typed.upper() if character.isalpha())
    return letters in {stored, stored[::-1]}


def number_answer(person_id: UUID | None, *, on: date) -> Verdict:
    """Say what is known on that day of the permit whose number was typed."""
    if person_id is None:
        return answers.NUMBER_UNKNOWN
    return _answer_for(standing_of(person_id), legacy=legacy_permit_of(person_id), on=on)


def _answer_for(standing: Standing, *, legacy: LegacyCard | None, on: date) -> Verdict:
    if standing.state is State.CANCELLED:
        return answers.NUMBER_CANCELLED
    if standing.state is State.SUSPENDED:
        return answers.NUMBER_SUSPENDED
    qualification = standing.card.qualification if standing.card else None
    is_active = standing.state is State.ACTIVE and qualification is not None
    if qualification is not None and is_active and qualification.valid_from <= on:
        return answers.NUMBER_ACTIVE if on < qualification.valid_until else answers.NUMBER_EXPIRED
    if legacy is not None:
        # Until the card is good, the legacy permit is what there is: claiming a card does not prolong it.
        return answers.NUMBER_LEGACY if on < legacy.valid_until else answers.NUMBER_EXPIRED
    return answers.NUMBER_NOT_YET_VALID if is_active else answers.NUMBER_NOT_ACTIVE


def _answer_public(verdict: Verdict, *, at: datetime, person_id: UUID | None, method: Method) -> Verdict:
    """Give the verdict, and write the check down when it concerns a person who has not had too many of them."""
    if person_id is not None:
        recent = Check.objects.filter(person_id=person_id, purpose=PUBLIC, checked_at__gt=at - timedelta(hours=1))
        if recent.count() < PUBLIC_CHECKS_AN_HOUR:
            keep(actor=None, at=at, verdict=verdict, person_id=person_id, method=method, purpose=PUBLIC)
    return verdict
