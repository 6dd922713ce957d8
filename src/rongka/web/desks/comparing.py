"""What the employer wrote beside what the passport says, field by field; and what changed between two versions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongka.documents.wording import SEXES
from rongka.proofing.names import match_names
from rongka.registers.people.queries import PersonCard
from rongka.registers.permits.queries import Case, LegacyCard
from rongka.text import Text
from rongka.web.components.dates import last_valid_day
from rongka.web.components.parts import Column, Status, StatusKind
from rongka.web.components.words import typed

from . import showing
from .showing import number


@dataclass(frozen=True, slots=True)
class Compared:
    """One field from two places; `problem` says what an officer should look at."""

    title: Text | str
    submitted: object
    beside: object
    problem: Text | None = None


DIFFERS = Text(zh="不一致", en="Differs")
ENDS_FIRST = Text(zh="早于工作期限", en="Ends before the work")
CHANGED = Text(zh="有变更", en="Changed")
OTHER_STATE = Text(zh="与签发国不同", en="Not the issuing state")


def with_passport(case: Case, person: PersonCard) -> list[Compared]:
    """Compare an application with the machine-readable zone of the passport."""
    return [
        Compared(
            Text(zh="姓", en="Surname"),
            typed(person.surname),
            number(person.mrz_surname),
            None if _same(person.surname, person.mrz_surname) else DIFFERS,
        ),
        Compared(
            Text(zh="名", en="Given names"),
            typed(person.given_names) or "",
            number(person.mrz_given_names),
            None if _same(person.given_names, person.mrz_given_names) else DIFFERS,
        ),
        Compared(Text(zh="中文姓名", en="Chinese name"), typed(person.chinese_name), ""),
        Compared(Text(zh="护照号码", en="Passport number"), "", number(person.passport_number)),
        Compared(
            Text(zh="国籍", en="Nationality"),
            "",
            number(person.nationality),
            None if person.nationality == person.issuing_state else OTHER_STATE,
        ),
        Compared(Text(zh="出生日期", en="Date of birth"), "", person.birth_on),
        Compared(Text(zh="性别", en="Sex"), "", SEXES[person.sex]),
        Compared(
            Text(zh="工作期限 / 护照有效期", en="End of work / of the passport"),
            last_valid_day(case.valid_until),
            person.passport_expires_on,
            ENDS_FIRST if person.passport_expires_on < last_valid_day(case.valid_until) else None,
        ),
    ]


def table_of(compared: list[Compared], *, beside: str) -> tuple[list[Column], list[list[object]]]:
    """Return columns and rows for the shared table; `beside` names what the application is compared with."""
    columns = [Column(_("Field")), Column(_("Application")), Column(beside), Column(_("Compared"))]
    rows = [[one.title, one.submitted, one.beside, _verdict(one)] for one in compared]
    return columns, rows


def _verdict(one: Compared) -> Status | SafeString | str:
    if one.problem is not None:
        return Status(StatusKind.REFUSED if one.problem is DIFFERS else StatusKind.ATTENTION, one.problem)
    if one.submitted and one.beside:
        return _("Agrees")
    return _("Read from the passport") if one.beside else _("Not in the zone")


def _same(printed: str, mrz: str) -> bool:
    if not printed or not mrz:
        return printed == mrz
    # The zone's part is looked for in the printed one: only the zone's is ever cut.
    return match_names(mrz, viz_surname=printed, viz_given_names="", mrz_surname="", mrz_given_names="").matched or (
        _is_cut(printed, mrz)
    )


def _is_cut(printed: str, mrz: str) -> bool:
    """Tell whether the zone had no room for all of a part (ICAO 9303-3: 39 characters for both names)."""
    start = printed[: len(mrz)]
    return (
        len(start) < len(printed)
        and match_names(mrz, viz_surname=start, viz_given_names="", mrz_surname="", mrz_given_names="").matched
    )


def with_before(case: Case, before: Case | LegacyCard) -> list[Compared]:
    """Compare what is asked for with the version before, or with the legacy permit."""
    return [
        Compared(now.key, now.value, then.value, CHANGED if _bare(now.value) != _bare(then.value) else None)
        for now, then in zip(showing.job_rows(case), showing.job_rows(before), strict=True)
    ]


def _bare(value: object) -> object:
    return value if isinstance(value, Text) else str(value)
