"""A small city for tests: agencies, officers, and persons at any state, all made by the real commands."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from rongka.proofing.mrz import Sex, build_td3
from rongka.registers.agencies.commands import add_staff, register_agency
from rongka.registers.agencies.permissions import Kind, Role
from rongka.registers.agencies.queries import actor_of_staff
from rongka.registers.cards import commands as cards
from rongka.registers.identity import commands as identity
from rongka.registers.identity.queries import open_examinations
from rongka.registers.journal.actors import SYSTEM, Actor, holder
from rongka.registers.journal.days import day_of
from rongka.registers.people.commands import PassportData
from rongka.registers.permits import commands as permits
from rongka.registers.permits.commands import Job
from rongka.registers.permits.outcomes import Outcome
from rongka.registers.permits.queries import case_of_person, legacy_permit_of, permit_number_of
from rongka.rulebook.order import Occasion, Paper, State
from rongka.text import Text

if TYPE_CHECKING:
    from uuid import UUID

NOW = datetime.now(tz=UTC).replace(microsecond=0)  # pages read the clock, so the city lives in the present
TODAY = day_of(NOW)
PASSWORD = "demo-only-password"
ENTRY_PAPERS = frozenset({Paper.PASSPORT, Paper.VISA, Paper.ORIGINAL_NOTICE})
JOB = Job(
    category="B",
    post="工程师",
    work_place="上海市浦东新区演示路1号",
    valid_from=TODAY - timedelta(days=22),
    valid_until=TODAY + timedelta(days=700),
)
LEGACY_JOB = Job(
    category="A",
    post="教师",
    work_place="上海市徐汇区演示路2号",
    valid_from=date(2024, 3, 1),
    valid_until=TODAY + timedelta(days=100),
)
OVERSEAS = [
    State.APPLIED,
    State.NOTICE_ISSUED,
    State.VISA_ISSUED,
    State.ADMITTED,
    State.EXAMINED,
    State.VERIFIED,
    State.CARD_CLAIMED,
    State.BOUND,
    State.QUALIFIED,
    State.ACTIVE,
]
LEGACY = [State.LEGACY, State.SWITCH_APPLIED, *OVERSEAS[3:]]


def passport(surname: str = "DEMO", given_names: str = "ANNA MARIA", *, number: str | None = None) -> PassportData:
    """Make a passport's data with a number of its own."""
    mrz = build_td3(
        issuing_state="UTO",
        surname=surname,
        given_names=given_names,
        number=number or f"XD{secrets.randbelow(10**7):07}",
        nationality="UTO",
        birth_on=date(1990, 5, 17),
        sex=Sex.FEMALE,
        expires_on=TODAY + timedelta(days=2000),
    )
    return PassportData(surname=surname, given_names=given_names, mrz=mrz)


@dataclass(frozen=True, slots=True)
class City:
    """The actors of a city; `examiner` and `countersigner` are two officers of one counter."""

    employer: Actor
    authority: Actor
    authority_colleague: Actor
    consulate: Actor
    border: Actor
    examiner: Actor
    countersigner: Actor
    inspector: Actor

    def person_at(self, state: State, *, data: PassportData | None = None, legacy: bool = False) -> UUID:
        """Make a new person and take them to the state by the real commands."""
        data = data or passport()
        states = LEGACY if legacy else OVERSEAS
        person_id = self._begin_legacy(data) if legacy else self._apply(data)
        for reached in states[1 : states.index(state) + 1]:
            self.advance(person_id, to=reached)
        return person_id

    def advance(self, person_id: UUID, *, to: State) -> None:
        """Do the one act that leads to a state."""
        acts = {
            State.NOTICE_ISSUED: self._approve,
            State.VISA_ISSUED: self._issue_visa,
            State.SWITCH_APPLIED: self._switch,
            State.ADMITTED: self._admit,
            State.EXAMINED: self._examine,
            State.VERIFIED: self._countersign,
            State.CARD_CLAIMED: lambda person: cards.claim_card(actor=holder(person), at=NOW),
            State.BOUND: self._bind,
            State.QUALIFIED: lambda person: cards.generate_qualification(actor=SYSTEM, at=NOW, person_id=person),
            State.ACTIVE: lambda person: cards.activate_card(actor=SYSTEM, at=NOW, person_id=person),
        }
        acts[to](person_id)

    def _apply(self, data: PassportData) -> UUID:
        permits.submit_application(actor=self.employer, at=NOW, passport=data, job=JOB)
        return permits.record_person(actor=self.employer, at=NOW, on=TODAY, passport=data)

    def _begin_legacy(self, data: PassportData) -> UUID:
        permits.record_legacy_permit(
            actor=self.authority,
            at=NOW,
            passport=data,
            number=f"DEMO{secrets.randbelow(10**9):09}",
            employer_id=self.employer.agency,
            job=LEGACY_JOB,
        )
        return permits.record_person(actor=self.authority, at=NOW, on=TODAY, passport=data)

    def _switch(self, person_id: UUID) -> None:
        legacy = legacy_permit_of(person_id)
        permits.submit_switch(
            actor=self.employer, at=NOW, legacy_permit_id=legacy.id, occasion=Occasion.EXTENSION, job=JOB
        )

    def _approve(self, person_id: UUID) -> None:
        case = case_of_person(person_id)
        permits.decide_application(
            actor=self.authority, at=NOW, submission_id=case.submission_id, outcome=Outcome.APPROVED
        )

    def _issue_visa(self, person_id: UUID) -> None:
        permits.issue_visa(
            actor=self.consulate,
            at=NOW,
            notice_number=case_of_person(person_id).notice.number,
            visa_number=f"Z{secrets.randbelow(10**8):08}",
            expires_on=TODAY + timedelta(days=90),
        )

    def _admit(self, person_id: UUID) -> None:
        case = case_of_person(person_id)
        if case.visa is None:
            self._approve(person_id)
            return
        permits.record_entry(
            actor=self.border,
            at=NOW,
            passport_number=permits.person_card(person_id).passport_number,
            notice_number=case.notice.number,
            papers=ENTRY_PAPERS,
        )

    def _examine(self, person_id: UUID) -> None:
        identity.examine_identity(
            actor=self.examiner,
            at=NOW,
            admission_id=case_of_person(person_id).admission_id,
            mrz=permits.person_card(person_id).mrz,
        )

    def _countersign(self, person_id: UUID) -> None:
        admission_id = case_of_person(person_id).admission_id
        examination = open_examinations([admission_id])[admission_id]
        identity.countersign_identity(actor=self.countersigner, at=NOW, examination_id=examination.id)

    def _bind(self, person_id: UUID) -> None:
        cards.bind_permit_number(actor=holder(person_id), at=NOW, permit_number=permit_number_of(person_id))


def found_city() -> City:
    """Register one agency of each kind, with the officers that a journey needs."""
    return City(
        employer=_officer(Kind.EMPLOYER, "employer", credit_code=_credit_code()),
        authority=(authority := _officer(Kind.AUTHORITY, "authority")),
        authority_colleague=_colleague(authority, "authority"),
        consulate=_officer(Kind.CONSULATE, "consulate"),
        border=_officer(Kind.BORDER, "border"),
        examiner=(examiner := _officer(Kind.COUNTER, "counter")),
        countersigner=_colleague(examiner, "counter"),
        inspector=_officer(Kind.INSPECTORATE, "inspector"),
    )


def _officer(kind: Kind, name: str, *, credit_code: str | None = None) -> Actor:
    agency_id = register_agency(
        actor=SYSTEM,
        at=NOW,
        kind=kind,
        name=Text(zh="演示机构", en=f"Demo {name}"),
        place="上海市",
        credit_code=credit_code,
    )
    return _staff(agency_id, name)


def _colleague(officer: Actor, name: str) -> Actor:
    return _staff(officer.agency, name)


def _staff(agency_id: UUID, name: str) -> Actor:
    username = f"{name}-{secrets.token_hex(4)}"
    staff_id = add_staff(
        actor=SYSTEM, at=NOW, agency_id=agency_id, username=username, name=name, role=Role.OFFICER, password=PASSWORD
    )
    return actor_of_staff(staff_id)


def _credit_code() -> str:
    """Make a credit code with a right check character (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91310000" + "".join(secrets.choice(alphabet) for _ in range(9))
    total = sum(alphabet.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + alphabet[-total % 31]
