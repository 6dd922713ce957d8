"""Workers who do not exist: their passport numbers begin with XD, their zones are made and checked like real ones."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rongka.proofing.mrz import Sex, build_td3
from rongka.registers.journal.numbers import random_number
from rongka.registers.people.commands import PassportData
from rongka.registers.permits.commands import Job

if TYPE_CHECKING:
    from rongka.rulebook.order import Category

UTOPIA = "UTO"  # the state of specimens (ICAO 9303-3, section 5)
_SURNAMES = ("MUSTERMANN", "SPECIMEN", "DEMOPOULOS", "O'EXAMPLE", "VAN VOORBEELD", "BEISPIEL-SCHMIDT", "DÉMO")
_GIVEN_NAMES = ("ANNA MARIA", "JOSÉ", "SØREN", "LI", "ZOË", "FATIMA", "JEAN-LUC", "PRIYA", "OLUWASEUN", "MIA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One who does not exist, and the post that is asked for. `employer` is the user name of the employer's staff."""

    surname: str
    given_names: str
    number: str
    issuing_state: str
    birth_on: date
    sex: Sex
    category: Category
    employer: str
    post: str
    work_place: str
    chinese_name: str = ""

    def passport(self, *, on: date) -> PassportData:
        """Return what is read off the data page of a passport that is good for some years from a day."""
        mrz = build_td3(
            issuing_state=self.issuing_state,
            surname=self.surname,
            given_names=self.given_names,
            number=self.number,
            nationality=self.issuing_state,
            birth_on=self.birth_on,
            sex=self.sex,
            expires_on=date(on.year + 6, 6, 30),
        )
        return PassportData(surname=self.surname, given_names=self.given_names, mrz=mrz, chinese_name=self.chinese_name)

    def job(self, *, valid_from: date, valid_until: date) -> Job:
        """Return what the employer asks for."""
        return Job(
            category=self.category.value,
            post=self.post,
            work_place=self.work_place,
            valid_from=valid_from,
            valid_until=valid_until,
        )


def random_worker(*, category: Category) -> Worker:
    """Return somebody new; passport numbers drawn here never meet those of the cast, which have zeros."""
    return Worker(
        surname=secrets.choice(_SURNAMES),
        given_names=secrets.choice(_GIVEN_NAMES),
        number=random_number(prefix="XD", length=7),
        issuing_state=UTOPIA,
        birth_on=date(1970 + secrets.randbelow(30), 1 + secrets.randbelow(12), 1 + secrets.randbelow(28)),
        sex=secrets.choice(list(Sex)),
        category=category,
        employer="employer1",
        post="演示工程师",
        work_place="上海市徐汇区",
    )
