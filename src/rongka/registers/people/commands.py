"""Recording persons and passports. The callers hold the permission: the desks that take a person's data in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from rongka.credential.fields import MAX_TEXT
from rongka.proofing.display import display_name
from rongka.proofing.mrz import Mrz, MrzError, parse_td3
from rongka.proofing.names import match_names
from rongka.registers.journal.commands import record
from rongka.registers.journal.errors import TooLong
from rongka.registers.journal.wording import one_line

from .errors import MrzInvalid, NamesDiffer, PassportExpired, PassportOfAnother
from .events import PassportRecorded, PersonRecorded
from .models import Passport, Person

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from rongka.registers.journal.actors import Actor

MAX_CHINESE_NAME = 60  # characters: as many as the record holds


@dataclass(frozen=True, slots=True)
class PassportData:
    """What is read off a passport's data page: the printed names, and both lines of the MRZ."""

    surname: str
    given_names: str
    mrz: str
    chinese_name: str = ""


def read_mrz(text: str, *, on: date) -> Mrz:
    """Return the parsed zone of a passport that is valid on the day; raise `MrzInvalid` or `PassportExpired`."""
    try:
        mrz = parse_td3(text, on=on)
    except MrzError as cause:
        raise MrzInvalid(cause) from cause
    if mrz.expires_on < on:
        raise PassportExpired
    return mrz


@transaction.atomic
def record_person(*, actor: Actor, at: datetime, on: date, passport: PassportData) -> UUID:
    """Return the person of this passport, recording person and passport when they are new."""
    mrz, passport = read_mrz(passport.mrz, on=on), _readable(passport)
    _names_must_match(passport, mrz)
    known = _known_person(mrz)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _add_person(actor=actor, at=at, passport=passport, mrz=mrz)
    except IntegrityError:
        # Somebody else recorded the same passport a moment ago: theirs counts.
        known = _known_person(mrz)
        if known is None:
            raise
        return known


@transaction.atomic
def replace_passport(*, actor: Actor, at: datetime, on: date, person_id: UUID, passport: PassportData) -> UUID:
    """Record a person's corrected or new passport; the one before stays in the history."""
    mrz, passport = read_mrz(passport.mrz, on=on), _readable(passport)
    _names_must_match(passport, mrz)
    person = Person.objects.select_for_update().get(id=person_id)
    if (person.birth_on, person.sex) != (mrz.birth_on, mrz.sex):
        raise PassportOfAnother
    known = Passport.objects.filter(issuing_state=mrz.issuing_state, number=mrz.number).first()
    if known is not None and (known.person_id != person_id or known.replaced_at is not None):
        raise PassportOfAnother
    if person.chinese_name != passport.chinese_name:
        person.chinese_name = passport.chinese_name
        person.save(update_fields=["chinese_name"])
    if known is not None:
        _correct_names(actor=actor, at=at, passport=passport, known=known)
        return known.id
    return _add_passport(actor=actor, at=at, person=person, passport=passport, mrz=mrz)


def _known_person(mrz: Mrz) -> UUID | None:
    known = Passport.objects.select_related("person").filter(issuing_state=mrz.issuing_state, number=mrz.number).first()
    if known is None:
        return None
    if (known.person.birth_on, known.person.sex) != (mrz.birth_on, mrz.sex):
        raise PassportOfAnother
    return known.person_id


def _add_person(*, actor: Actor, at: datetime, passport: PassportData, mrz: Mrz) -> UUID:
    person = Person.objects.create(
        birth_on=mrz.birth_on, sex=mrz.sex, nationality=mrz.nationality, chinese_name=passport.chinese_name
    )
    record(PersonRecorded(subject_id=person.id, person_id=person.id), actor=actor, at=at)
    _add_passport(actor=actor, at=at, person=person, passport=passport, mrz=mrz)
    return person.id


def _readable(passport: PassportData) -> PassportData:
    """Return the data with the names as they will stand in the codes."""
    readable = replace(
        passport,
        surname=one_line(passport.surname, field="surname"),
        given_names=one_line(passport.given_names, field="given_names"),
        chinese_name=one_line(passport.chinese_name, field="chinese_name", most=MAX_CHINESE_NAME),
    )
    if len(display_name(surname=readable.surname, given_names=readable.given_names)) > MAX_TEXT:
        raise TooLong("given_names")
    return readable


def _names_must_match(passport: PassportData, mrz: Mrz) -> None:
    # The zone's name is looked for in the printed one, and not the reverse: only the zone's is ever cut at 39.
    match = match_names(
        _whole(mrz.surname, mrz.given_names),
        viz_surname=passport.surname,
        viz_given_names=passport.given_names,
        mrz_surname="",
        mrz_given_names="",
    )
    if not match.matched:
        # The words are for whoever typed the printed name, so they compare it with the zone's.
        explained = match_names(
            _whole(passport.surname, passport.given_names),
            viz_surname=mrz.surname,
            viz_given_names=mrz.given_names,
            mrz_surname=mrz.surname,
            mrz_given_names=mrz.given_names,
        )
        raise NamesDiffer(explained.text)


def _whole(surname: str, given_names: str) -> str:
    return ", ".join(part for part in (surname, given_names) if part)


def _correct_names(*, actor: Actor, at: datetime, passport: PassportData, known: Passport) -> None:
    """Write the printed names of a passport on record as they were typed anew; the journal keeps that they changed."""
    if (known.surname, known.given_names) == (passport.surname, passport.given_names):
        return
    known.surname, known.given_names = passport.surname, passport.given_names
    known.save(update_fields=["surname", "given_names"])
    record(PassportRecorded(subject_id=known.id, person_id=known.person_id, replaces=known.id), actor=actor, at=at)


def _add_passport(*, actor: Actor, at: datetime, person: Person, passport: PassportData, mrz: Mrz) -> UUID:
    current = Passport.objects.filter(person=person, replaced_at__isnull=True).first()
    if current is not None:
        current.replaced_at = at
        current.save(update_fields=["replaced_at"])
    added = Passport.objects.create(
        person=person,
        issuing_state=mrz.issuing_state,
        number=mrz.number,
        surname=passport.surname,
        given_names=passport.given_names,
        mrz_surname=mrz.surname,
        mrz_given_names=mrz.given_names,
        mrz="\n".join(mrz.lines),
        expires_on=mrz.expires_on,
        recorded_at=at,
    )
    event = PassportRecorded(subject_id=added.id, person_id=person.id, replaces=current.id if current else None)
    record(event, actor=actor, at=at)
    return added.id
