"""Who a person is, by the current passport."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.registers.journal.errors import NotFound

from .models import Passport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person with the current passport, names in both forms."""

    id: UUID
    surname: str
    given_names: str
    mrz_surname: str
    mrz_given_names: str
    chinese_name: str
    birth_on: date
    sex: str
    nationality: str
    passport_id: UUID
    passport_number: str
    issuing_state: str
    passport_expires_on: date
    mrz: str


def person_card(person_id: UUID) -> PersonCard:
    """Return one person."""
    found = person_cards([person_id])
    if person_id not in found:
        raise NotFound
    return found[person_id]


def person_cards(person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Return several persons in one query."""
    current = Passport.objects.select_related("person").filter(person_id__in=set(person_ids), replaced_at__isnull=True)
    return {passport.person_id: _card(passport) for passport in current}


def person_of_passport_number(number: str) -> UUID | None:
    """Return whose passport has this number, current or earlier; None when nobody's or several persons'."""
    owners = set(Passport.objects.filter(number=number.strip().upper()).values_list("person_id", flat=True)[:2])
    return owners.pop() if len(owners) == 1 else None


def _card(passport: Passport) -> PersonCard:
    person = passport.person
    return PersonCard(
        id=person.id,
        surname=passport.surname,
        given_names=passport.given_names,
        mrz_surname=passport.mrz_surname,
        mrz_given_names=passport.mrz_given_names,
        chinese_name=person.chinese_name,
        birth_on=person.birth_on,
        sex=person.sex,
        nationality=person.nationality,
        passport_id=passport.id,
        passport_number=passport.number,
        issuing_state=passport.issuing_state,
        passport_expires_on=passport.expires_on,
        mrz=passport.mrz,
    )
