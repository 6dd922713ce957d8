"""How a verdict's claims are shown: always in both languages, Chinese first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.credential import CardClaims, NoticeClaims
from rongka.rulebook.order import Category
from rongka.text import Text
from rongka.web.components.dates import last_valid_day
from rongka.web.components.parts import Row
from rongka.web.components.words import typed
from rongka.web.desks.showing import in_both, number

if TYPE_CHECKING:
    from collections.abc import Sequence


def rows_of(claims: CardClaims | NoticeClaims | None) -> Sequence[Row]:
    """Return what a verified code says, line by line; nothing without claims."""
    if claims is None:
        return ()
    rows = [
        Row(Text(zh="姓名", en="Name"), number(claims.name_viz)),
        Row(Text(zh="机读码姓名", en="Name in the MRZ"), number(claims.name_mrz)),
        *_chinese_name(claims),
        Row(Text(zh="国籍", en="Nationality"), number(claims.nationality)),
        Row(Text(zh="护照号码", en="Passport"), number(claims.passport_masked)),
        Row(Text(zh="用人单位", en="Employer"), typed(claims.employer_name)),
        Row(Text(zh="岗位", en="Post"), typed(claims.post)),
        *_own_rows(claims),
        Row(Text(zh="类别", en="Category"), Category(claims.category).title),
        Row(Text(zh="有效期至", en="Valid until"), last_valid_day(claims.valid_until)),
    ]
    return in_both(rows)


def _chinese_name(claims: CardClaims | NoticeClaims) -> list[Row]:
    name = claims.name_zh if isinstance(claims, CardClaims) else None
    return [Row(Text(zh="中文姓名", en="Chinese name"), typed(name))] if name else []


def _own_rows(claims: CardClaims | NoticeClaims) -> list[Row]:
    if isinstance(claims, CardClaims):
        return [
            Row(Text(zh="工作地点", en="Place of work"), typed(claims.work_place)),
            Row(Text(zh="工作许可编号", en="Permit number"), number(claims.permit_number)),
        ]
    return [Row(Text(zh="通知编号", en="Notice number"), number(claims.notice_number))]
