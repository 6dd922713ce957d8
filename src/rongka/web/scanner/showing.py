"""How a verdict's claims are shown: always in both languages, Chinese first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.html import format_html

from rongka.credential import CardClaims, NoticeClaims, VerdictKind
from rongka.rulebook.order import Category
from rongka.text import Text
from rongka.web.components.dates import last_valid_day
from rongka.web.components.parts import Row
from rongka.web.components.tags import VERDICTS
from rongka.web.components.words import typed
from rongka.web.desks.showing import in_both, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.utils.safestring import SafeString


# In the order in which an inspector compares: the work place first, then the person.
FIELDS: Mapping[str, Text] = {
    "employer": Text(zh="用人单位", en="Employer"),
    "post": Text(zh="岗位", en="Post"),
    "work_place": Text(zh="工作地点", en="Place of work"),
    "valid_until": Text(zh="有效期至", en="Valid until"),
    "name_viz": Text(zh="姓名", en="Name"),
    "name_mrz": Text(zh="机读码姓名", en="Name in the MRZ"),
    "name_zh": Text(zh="中文姓名", en="Chinese name"),
    "nationality": Text(zh="国籍", en="Nationality"),
    "passport": Text(zh="护照号码", en="Passport"),
    "category": Text(zh="类别", en="Category"),
    "permit_number": Text(zh="工作许可编号", en="Permit number"),
    "notice_number": Text(zh="通知编号", en="Notice number"),
}
# What nobody translates or reads out as words.
COPIED = frozenset({"name_viz", "name_mrz", "nationality", "passport", "permit_number", "notice_number"})


def rows_of(claims: CardClaims | NoticeClaims | None) -> Sequence[Row]:
    """Return what a verified code says, line by line; nothing without claims."""
    if claims is None:
        return ()
    values = _values_of(claims)
    return in_both(Row(title, values[name]) for name, title in FIELDS.items() if values.get(name))


def _values_of(claims: CardClaims | NoticeClaims) -> dict[str, Text | date | SafeString | str | None]:
    shared: dict[str, Text | date | SafeString | str | None] = {
        "employer": typed(claims.employer_name),
        "post": typed(claims.post),
        "valid_until": last_valid_day(claims.valid_until),
        "name_viz": number(claims.name_viz),
        "name_mrz": number(claims.name_mrz),
        "nationality": number(claims.nationality),
        "passport": number(claims.passport_masked),
        "category": Category(claims.category).title,
    }
    if isinstance(claims, NoticeClaims):
        return shared | {"notice_number": number(claims.notice_number)}
    return shared | {
        "name_zh": typed(claims.name_zh or ""),
        "work_place": typed(claims.work_place),
        "permit_number": number(claims.permit_number),
    }


def _place(name: str) -> SafeString:
    """Return the place of a value that the browser fills in."""
    if name in COPIED:
        return format_html('<span class="rk-number" translate="no" data-field="{}"></span>', name)
    return format_html('<span data-field="{}"></span>', name)


@dataclass(frozen=True, slots=True)
class Face:
    """What the browser's verdict is made of: the places of the claims, and the words of their values."""

    rows: Sequence[Row]
    categories: Mapping[str, Text]
    kinds: Mapping[str, Text]


FACE: Final = Face(
    rows=in_both(Row(title, _place(name)) for name, title in FIELDS.items()),
    categories={one.value: one.title for one in Category},
    kinds={kind.value: VERDICTS[kind.value.replace("_", "-")] for kind in VerdictKind},
)
